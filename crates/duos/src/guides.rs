//! The guides: one for each month, for the first meeting and for the closing talk.

use jiff::Timestamp;
use platform::prelude::*;
use program::{Calendar, calendar, preset};
use shell::Tone;

use crate::{duos, facts, rules};

pub fn list(tx: &mut Tx, visit: &Visit) -> Answer {
    let now = of_person(tx, visit)?;
    let guides = in_order();
    Ok(Reply::page(
        TITLE,
        html! {
            (shell::page_head(TITLE, "Something to open with, something to do, something to take away. Use what helps and leave the rest."))
            @if guides.is_empty() { (shell::empty_state("There are no guides", "The committee has not written any yet.", None)) }
            (shell::cards(html! {
                @for guide in &guides {
                    section.card {
                        h2 { a href={ "/guides/" (guide.name) } { (guide.fact("theme")) } }
                        p.muted {
                            (guide.fact("month"))
                            @if now.as_deref() == Some(guide.name) { " " (shell::badge(Tone::Info, "Now")) }
                        }
                    }
                }
            }))
        },
    ))
}

pub fn one(tx: &mut Tx, visit: &Visit) -> Answer {
    let guide = preset::text("guides", visit.param("name")).ok_or(Failure::NotFound)?;
    let days = match program::current(tx)? {
        Some(cohort) => calendar::of(tx, &cohort)?
            .all()
            .iter()
            .map(|(step, day)| (step.id.clone(), program::long_day(*day)))
            .collect(),
        None => Vec::new(),
    };
    let values: Vec<(&str, &str)> = days.iter().map(|(id, day)| (id.as_str(), day.as_str())).collect();
    let text = preset::fill(guide.body, &values);
    Ok(Reply::page(
        guide.fact("theme"),
        html! {
            (shell::breadcrumbs(&[("/guides", TITLE)], guide.fact("theme")))
            (shell::page_head(guide.fact("theme"), guide.fact("month")))
            (shell::prose(preset::markdown(&text)))
        },
    ))
}

const TITLE: &str = "Guides";

/// The guide that helps a duo most today: its name, and what it is about.
pub fn guide_of_today(calendar: &Calendar, now: Timestamp, has_met: bool) -> Option<(&'static str, String)> {
    let today = calendar.today(now);
    let left = rules::days_between(today, calendar.day("session_ends"));
    let name = rules::guide_of(today.month(), has_met, left);
    preset::text("guides", name).map(|it| (it.name, it.fact("theme").to_owned()))
}

/// The guide of today for somebody in a duo.
fn of_person(tx: &mut Tx, visit: &Visit) -> Result<Option<String>, Failure> {
    let duos = duos::of_person_any(tx, visit.person()?)?;
    let Some(duo) = duos.into_iter().find(duos::Duo::is_active) else { return Ok(None) };
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let met = facts::facts(tx, duo.id)?.meetings > 0;
    Ok(guide_of_today(&calendar, tx.now(), met).map(|(name, _)| name.to_owned()))
}

/// The first meeting first, then the months, the closing talk and the extra cards.
fn in_order() -> Vec<preset::Text> {
    let mut guides = preset::texts("guides");
    let rank = |name: &str| match name {
        "first-meeting" => 0,
        "closing" => 2,
        "extra" => 3,
        _ => 1,
    };
    guides.sort_by_key(|it| (rank(it.name), it.name));
    guides
}
