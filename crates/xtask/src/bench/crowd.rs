//! `cargo xtask crowd`: 200 people press Submit at the same moment for 25 places, again and
//! again, in a new house each time; on PostgreSQL two processes serve it. Every fourth of
//! them presses twice. V-16

use std::{collections::BTreeSet, sync::Barrier};

use anyhow::{Context, Result, bail, ensure};

use super::{
    Wish,
    house::{House, Served},
    load::{Connection, Request},
};
use crate::postgres::Postgres;

const CROWD: usize = 200;
const PLACES: usize = 25;

/// Goes through so many runs and says how many ended as they must.
pub fn runs(wish: &Wish, database: &str, postgres: Option<&Postgres>, runs: usize) -> Result<usize> {
    let mut right = 0;
    for run in 1..=runs {
        match once(wish, postgres) {
            Ok(()) => right += 1,
            Err(failure) => println!("   {database}: run {run}: {failure:#}"),
        }
    }
    println!(
        "   {database}: {right} of {runs} runs gave {PLACES} places to {PLACES} people in the order of their numbers"
    );
    Ok(right)
}

fn once(wish: &Wish, postgres: Option<&Postgres>) -> Result<()> {
    let wishes = ["--applicants", &CROWD.to_string(), "--places", &PLACES.to_string()];
    let house = House::fill(wish, postgres, &wishes)?;
    let processes = if postgres.is_some() { 2 } else { 1 };
    let served = (0..processes).map(|_| house.serve()).collect::<Result<Vec<Served>>>()?;
    let made = &house.made;
    let drafts: Vec<Request> =
        made.applicants.iter().map(|token| Request::post("/applications/mentee/check", &made.draft, token)).collect();
    let paths: Vec<String> = served[0]
        .collect(&drafts, 303)?
        .iter()
        .map(|answer| Ok(answer.to.strip_suffix("/check").context("a draft was not complete")?.to_owned()))
        .collect::<Result<_>>()?;
    press_all(&served, &made.applicants, &paths)?;
    let pages: Vec<Request> =
        paths.iter().zip(&made.applicants).map(|(path, token)| Request::get(path, token)).collect();
    let (mut placed, mut waiting) = (BTreeSet::new(), BTreeSet::new());
    for answer in served[served.len() - 1].collect(&pages, 200)? {
        let page = String::from_utf8_lossy(&answer.body).into_owned();
        let number = number_after(&page, "Number of your application").context("an application has no number")?;
        if page.contains(">accepted<") {
            ensure!(placed.insert(number), "number {number} was given twice");
        } else {
            let place = number_after(&page, "waiting list (place ").context("somebody was told nothing")?;
            ensure!(place + PLACES == number, "number {number} has place {place} on the waiting list");
            ensure!(waiting.insert(place), "place {place} on the waiting list was given twice");
        }
    }
    let first: BTreeSet<usize> = (1..=PLACES).collect();
    ensure!(placed == first, "the places went to the numbers {placed:?}");
    ensure!(waiting == (1..=CROWD - PLACES).collect(), "the waiting list is {waiting:?}");
    house.remove()
}

/// Everybody at the same moment, each over a connection of their own.
fn press_all(served: &[Served], tokens: &[String], paths: &[String]) -> Result<()> {
    let mut presses: Vec<(usize, Request)> = Vec::new();
    for (place, (token, path)) in tokens.iter().zip(paths).enumerate() {
        let press = Request::post(&format!("{path}/submission"), "", token);
        presses.push((place % served.len(), press.clone()));
        if place % 4 == 0 {
            presses.push(((place + 1) % served.len(), press));
        }
    }
    let start = Barrier::new(presses.len());
    let answers: Vec<Result<u16>> = std::thread::scope(|scope| {
        let pressed: Vec<_> = presses
            .iter()
            .map(|(process, press)| {
                let start = &start;
                scope.spawn(move || {
                    let connection = Connection::open(served[*process].address());
                    start.wait();
                    Ok(connection?.ask(press)?.status)
                })
            })
            .collect();
        pressed.into_iter().map(|it| it.join().unwrap_or_else(|_| bail!("a connection broke"))).collect()
    });
    let mut taken = 0;
    for status in answers {
        match status? {
            303 => taken += 1,
            // Whoever pressed twice learns that the first press was enough.
            409 => {}
            other => bail!("somebody was answered {other}"),
        }
    }
    ensure!(taken >= CROWD, "only {taken} of {CROWD} were received");
    Ok(())
}

/// The first whole number after some words of a page, markup between them aside.
fn number_after(page: &str, words: &str) -> Option<usize> {
    let rest = page.split_once(words)?.1;
    let mut is_in_tag = false;
    let text = rest.chars().filter(|sign| {
        let was_in_tag = is_in_tag;
        is_in_tag = *sign == '<' || (is_in_tag && *sign != '>');
        !is_in_tag && !was_in_tag
    });
    let digits: String = text.skip_while(|sign| !sign.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_behind_its_words() {
        assert_eq!(number_after("<dt>Number of it</dt><dd class=\"a1\">17</dd> 3", "Number of it"), Some(17));
        assert_eq!(number_after("waiting list (place 4)", "(place "), Some(4));
        assert_eq!(number_after("no such words 5", "(place "), None);
    }
}
