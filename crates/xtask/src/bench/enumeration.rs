//! Whether an answer tells if the house knows an address: by its bytes, or by the time it
//! takes. Known and unknown addresses are asked in an order that only chance knows, each
//! from a place of its own on the network, so that no limit ends the asking. V-04

use std::time::Instant;

use anyhow::{Context, Result, ensure};

use super::{
    Wish,
    goals::Board,
    house::{House, Served},
    load::{Answer, Connection, Request},
};
use crate::postgres::Postgres;

/// More than chance gives once in a hundred thousand times.
const MOST: f64 = 4.5;

/// A form that somebody sends to find out about an address.
struct Question {
    path: &'static str,
    status: u16,
    /// Addresses with accounts and addresses without; both of one length.
    known: &'static str,
    unknown: &'static str,
    /// How many of each there are; asked in turn.
    addresses: usize,
    body: fn(address: &str, turn: usize) -> String,
}

const SIGN_IN: Question = Question {
    path: "/sign-in",
    status: 422,
    known: "mentee",
    unknown: "nobody",
    // So many that none of them is tried a hundred times, after which passwords are not looked at.
    addresses: 400,
    body: |address, _| format!("email={address}&password=seventeen+loud+lanterns"),
};
const RECOVER: Question = Question {
    path: "/recover",
    status: 303,
    known: "mentor",
    unknown: "nobody",
    addresses: 900,
    body: |address, _| format!("email={address}"),
};
const REGISTER: Question =
    Question { path: "/register", body: |address, _| format!("name=Ana+Roe&email={address}"), ..RECOVER };
const NOMINATE: Question = Question {
    path: "/nominate",
    status: 303,
    known: "applicant",
    unknown: "unwritten",
    addresses: 900,
    body: |address, turn| {
        format!(
            "no_for=mentee&no_name=Ana+Roe&no_mail={address}&no_why=She+leads+well.&no_who=Bo+Lind&no_who_email=bo{turn}%40example.org&no_know=colleague&no_ok=no&no_tell=yes"
        )
    },
};

pub fn run(wish: &Wish, database: &'static str, postgres: Option<&Postgres>, board: &mut Board) -> Result<()> {
    let house = House::fill(wish, postgres, &["--mentors", "1000", "--readers", "400"])?;
    house.trusts_forwarding()?;
    let served = house.serve()?;
    for (question, many) in
        [(&SIGN_IN, wish.of(10_000, 60)), (&RECOVER, wish.of(10_000, 400)), (&REGISTER, wish.of(10_000, 400))]
    {
        ask(&served, question, many, database, board)?;
    }
    drop(served);
    let house = House::fill(wish, postgres, &["--applicants", "1000"])?;
    house.trusts_forwarding()?;
    ask(&house.serve()?, &NOMINATE, wish.of(10_000, 400), database, board)
}

/// Asks `many` times about each kind of address.
fn ask(served: &Served, question: &Question, many: usize, database: &'static str, board: &mut Board) -> Result<()> {
    let mut connection = served.connect()?;
    let mut chance = Chance(88_172_645_463_325_252);
    let (mut times, mut first) = ([Vec::new(), Vec::new()], None);
    for turn in 0..many * 2 {
        // Of every two, one is known; which of them comes first is chance.
        let is_known = if turn % 2 == 0 { chance.coin() } else { times[0].len() <= turn / 2 };
        let kind = if is_known { question.known } else { question.unknown };
        let place = times[usize::from(!is_known)].len() % question.addresses;
        let address = format!("{kind}{place}%40example.org");
        let body = (question.body)(&address, turn);
        let request = Request::post_from(question.path, &body, &place_on_the_network(turn));
        let began = Instant::now();
        let answer = connection.send(&request, question.status)?;
        times[usize::from(!is_known)].push(began.elapsed().as_secs_f64());
        let told = told(&answer, &address);
        let first = first.get_or_insert_with(|| told.clone());
        ensure!(*first == told, "{} answers {address} otherwise:\n{told}\nand not\n{first}", question.path);
    }
    let [known, unknown] = &times;
    ensure!(known.len() == unknown.len(), "{} of {} were known", known.len(), many);
    let what = format!("{}: {many} known and {many} unknown addresses, |t| of the time", question.path);
    let t = welch(known, unknown).max(welch_of_the_quick(known, unknown)).abs();
    board.figure(database, &what, t, "", MOST);
    Ok(())
}

/// What an answer says, its headers too, but for the address itself.
fn told(answer: &Answer, address: &str) -> String {
    let body = String::from_utf8_lossy(&answer.body).replace(&address.replace("%40", "@"), "…");
    format!("{}\n{}\n{body}", answer.status, answer.headers.replace(address, "…"))
}

/// A household of its own for every request.
fn place_on_the_network(turn: usize) -> String {
    format!("2001:db8:{:x}:{:x}::1", turn / 65_536, turn % 65_536)
}

/// Numbers that look random and are the same each time.
struct Chance(u64);

impl Chance {
    fn coin(&mut self) -> bool {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 & 1 == 0
    }
}

/// How surely two means differ: Welch's t, without its sign.
fn welch(one: &[f64], other: &[f64]) -> f64 {
    let (first, second) = (moments(one), moments(other));
    ((first.0 - second.0) / (first.1 / one.len() as f64 + second.1 / other.len() as f64).sqrt()).abs()
}

/// The same without the slowest tenth of both, in which a busy machine drowns the rest.
fn welch_of_the_quick(one: &[f64], other: &[f64]) -> f64 {
    let mut all: Vec<f64> = one.iter().chain(other).copied().collect();
    all.sort_by(f64::total_cmp);
    let most = all.get(all.len() * 9 / 10).copied().unwrap_or(f64::INFINITY);
    let quick = |times: &[f64]| times.iter().copied().filter(|it| *it < most).collect::<Vec<_>>();
    welch(&quick(one), &quick(other))
}

/// Mean and variance.
fn moments(numbers: &[f64]) -> (f64, f64) {
    let many = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / many;
    (mean, numbers.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (many - 1.0))
}

impl Served {
    fn connect(&self) -> Result<Connection> {
        Connection::open(self.address()).context("the house does not answer")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_of_time_is_seen_and_chance_is_not() {
        let mut chance = Chance(7);
        let mut around =
            |mean: f64| (0..2_000).map(|_| mean + (0..16).filter(|_| chance.coin()).count() as f64).collect::<Vec<_>>();
        let (one, same, slower) = (around(100.0), around(100.0), around(100.5));
        assert!(welch(&one, &same) < MOST && welch_of_the_quick(&one, &same) < MOST);
        assert!(welch(&one, &slower) > MOST && welch_of_the_quick(&one, &slower) > MOST);
    }
}
