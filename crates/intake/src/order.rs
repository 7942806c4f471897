//! Page `/cohorts/{cohort}/places/order`: how the places were given, step by step, and the
//! proof that each step follows from the one before. CAP5

use std::collections::BTreeMap;

use jiff::Timestamp;
use platform::prelude::*;
use policy::may;
use program::{Cohort, calendar, short_day};
use shell::{Column, Tone};

use crate::{
    access,
    rules::proof::{self, Flaw, Stands, Step},
};

const PER_PAGE: usize = 200;

sql! {
    NOTED => "select seq, what, about, done_at from journal where cohort = $1 and what in ('place taken', 'waiting list joined', 'place offered', 'place passed on', 'application withdrawn', 'application declined', 'place given up for the waiting list', 'places changed') order by seq";
    CHANGES => "select was, becomes from place_changes where cohort = $1 order by number";
    ADD_CHANGE => "insert into place_changes (cohort, number, was, becomes) values ($1, (select count(*) + 1 from place_changes where cohort = $1), $2, $3)";
    BOOKS => "select a.id, a.state, a.number, p.name from applications a join accounts p on p.id = a.person where a.cohort = $1 and a.role = 'mentee' order by a.number nulls last, a.id";
}

row! {
    struct Noted {
        seq: i64,
        what: String,
        about: Id,
        done_at: Timestamp,
    }
}

row! {
    struct Book {
        id: Id,
        state: String,
        number: Option<i64>,
        name: String,
    }
}

/// Keeps the number of places before and after a change, under the lock of the cohort.
pub(crate) fn note_change(tx: &mut Tx, cohort: Id, was: i64, becomes: i64) -> Result<(), Failure> {
    tx.exec(&ADD_CHANGE, values![cohort, was, becomes])?;
    Ok(())
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    access::of_list::<may::Status>(tx, visit, &cohort)?;
    let proof = proof(tx, &cohort)?;
    let pages = proof.steps.len().div_ceil(PER_PAGE).max(1);
    let page = visit.query.number("page").and_then(|it| usize::try_from(it).ok()).unwrap_or(1).clamp(1, pages);
    let calendar = calendar::of(tx, &cohort)?;
    let rows = proof.steps.iter().enumerate().skip((page - 1) * PER_PAGE).take(PER_PAGE);
    let rows = rows.map(|(place, step)| {
        let time = step.at.to_zoned(calendar.zone().clone());
        vec![
            html! { (place + 1) },
            html! { (short_day(time.date())) ", " (time.strftime("%H:%M:%S")) },
            html! { (step.words) },
            html! {
                @match step.flaw {
                    None => (shell::badge(Tone::Good, "Follows")),
                    Some(flaw) => { (shell::badge(Tone::Bad, "Does not follow")) " " (flaw) },
                }
            },
        ]
    });
    let columns = [Column::number("Step"), Column::text("When"), Column::text("What happened"), Column::text("Proof")];
    let list = format!("/cohorts/{}/applications", cohort.id);
    let here = format!("/cohorts/{}/places/order", cohort.id);
    let body = html! {
        (shell::breadcrumbs(&[(&list, "Applications")], TITLE))
        (shell::page_head(TITLE, &format!("Cohort {}: every step that gave, offered or freed a place, as it was noted when it happened.", cohort.name)))
        (verdict(&proof))
        @if proof.steps.is_empty() {
            (shell::empty_state("No place was given yet", "With the first complete application this page begins.", None))
        } @else {
            (shell::table("Steps, the oldest first", &columns, rows.collect()))
            (shell::pager(page, pages, |page| format!("{here}?page={page}")))
        }
        (shell::readers_line(&policy::who_can_read_as(policy::Record::Application, &visit.subject)))
    };
    Ok(Reply::wide(TITLE, body))
}

const TITLE: &str = "How the places were given";

/// What does not follow in the order of a cohort's places; nothing where all does.
#[cfg(test)]
pub(crate) fn flaws(tx: &mut Tx, cohort: &Cohort) -> Result<Vec<String>, Failure> {
    let proof = proof(tx, cohort)?;
    let steps = proof.steps.into_iter().filter_map(|it| Some(format!("{}: {}", it.words, it.flaw?)));
    Ok(steps.chain(proof.others).collect())
}

struct Proof {
    first_places: i64,
    steps: Vec<Shown>,
    /// Names of those whose application does not stand where the steps lead.
    others: Vec<String>,
}

struct Shown {
    at: Timestamp,
    words: String,
    flaw: Option<Flaw>,
}

fn proof(tx: &mut Tx, cohort: &Cohort) -> Result<Proof, Failure> {
    let noted: Vec<Noted> = tx.rows(&NOTED, values![cohort.id])?;
    let changes: Vec<(i64, i64)> = tx.rows(&CHANGES, values![cohort.id])?;
    let kept: Vec<Book> = tx.rows(&BOOKS, values![cohort.id])?;
    let first_places = changes.first().map_or(cohort.places, |(was, _)| *was);
    let names: BTreeMap<Id, &Book> = kept.iter().map(|it| (it.id, it)).collect();
    // Of changes from before they were counted, the number is not known; the newest are.
    let unknown = noted.iter().filter(|it| it.what == "places changed").count().saturating_sub(changes.len());
    let mut becomes = std::iter::repeat_n(None, unknown).chain(changes.iter().map(|(_, becomes)| Some(*becomes)));
    // A mentor's withdrawal is noted in the same words and concerns no place.
    let about_places = |it: &&Noted| it.what == "places changed" || names.contains_key(&it.about);
    let steps: Vec<(&Noted, Step<Id>)> =
        noted.iter().filter(about_places).filter_map(|it| Some((it, step(it, || becomes.next().flatten())?))).collect();
    let books: BTreeMap<Id, Stands> = kept.iter().filter_map(|it| Some((it.id, stands(&it.state)?))).collect();
    let line: Vec<Id> = kept.iter().filter(|it| it.state == "waiting").map(|it| it.id).collect();
    let played: Vec<Step<Id>> = steps.iter().map(|(_, step)| *step).collect();
    let (flaws, others) = proof::replay(first_places, &played, &books, &line);
    let name = |id: &Id| names.get(id).map_or_else(|| "Somebody who left".to_owned(), |it| named(it));
    let shown = steps.iter().zip(flaws).map(|((noted, step), flaw)| Shown {
        at: noted.done_at,
        words: words(*step, &noted.what, name),
        flaw,
    });
    Ok(Proof { first_places, steps: shown.collect(), others: others.iter().map(name).collect() })
}

fn step(noted: &Noted, places: impl FnOnce() -> Option<i64>) -> Option<Step<Id>> {
    Some(match noted.what.as_str() {
        "place taken" => Step::Taken(noted.about),
        "waiting list joined" => Step::Waits(noted.about),
        "place offered" => Step::Offered(noted.about),
        "place passed on" => Step::PassedOn(noted.about),
        "application withdrawn" | "application declined" | "place given up for the waiting list" => {
            Step::Withdrawn(noted.about)
        }
        _ => Step::Places(places()?),
    })
}

fn stands(state: &str) -> Option<Stands> {
    match state {
        "placed" => Some(Stands::Placed),
        "offered" => Some(Stands::Offered),
        "waiting" => Some(Stands::Waiting),
        _ => None,
    }
}

fn named(book: &Book) -> String {
    match book.number {
        Some(number) => format!("{} (number {number})", book.name),
        None => book.name.clone(),
    }
}

fn words(step: Step<Id>, what: &str, name: impl Fn(&Id) -> String) -> String {
    match step {
        Step::Taken(it) => format!("{} has a place.", name(&it)),
        Step::Waits(it) => format!("{} joins the waiting list.", name(&it)),
        Step::Offered(it) => format!("A free place is offered to {}.", name(&it)),
        Step::PassedOn(it) => format!("{} passes the offer on, or lets it lapse.", name(&it)),
        Step::Withdrawn(it) if what == "application declined" => {
            format!("The committee cannot take {} this time.", name(&it))
        }
        Step::Withdrawn(it) if what != "application withdrawn" => {
            format!("The committee keeps {} in reserve.", name(&it))
        }
        Step::Withdrawn(it) => format!("{} withdraws.", name(&it)),
        Step::Places(places) => format!("The committee makes it {places} places."),
    }
}

fn verdict(proof: &Proof) -> Markup {
    let flaws = proof.steps.iter().filter(|it| it.flaw.is_some()).count();
    let places = proof.first_places;
    if flaws == 0 && proof.others.is_empty() {
        return shell::note(
            Tone::Good,
            html! {
                p {
                    strong { "In order. " }
                    "Beginning with " (places) " places, each of " (proof.steps.len())
                    " steps follows from those before it: nobody was passed over, no place was given twice, and where everybody stands now is where the steps lead."
                }
            },
        );
    }
    shell::note(
        Tone::Bad,
        html! {
            p { strong { "Not proven. " } (flaws) " of " (proof.steps.len()) " steps do not follow from those before." }
            @if !proof.others.is_empty() {
                p { "These stand elsewhere than the steps lead: " (proof.others.join(", ")) "." }
            }
        },
    )
}
