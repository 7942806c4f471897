//! One event: when, where, and whether one comes; and the list of one's events.

use std::collections::BTreeSet;

use platform::prelude::*;
use program::{Calendar, calendar};
use shell::Style;

use crate::{
    attendance,
    events::{self, Event},
    invitations,
    rules::attendance::Presence,
    visible::{self, Seen},
};

pub fn list(tx: &mut Tx, visit: &Visit) -> Answer {
    let rows = mine(tx, visit)?;
    let now = tx.now();
    Ok(Reply::page(
        "Events",
        html! {
            (shell::page_head("Events", "When the cohort comes together."))
            @if rows.is_empty() {
                (shell::empty_state("No events yet", "The orientation and the follow-up session stand here when you take part.", None))
            }
            @for (event, calendar, answer) in &rows {
                (shell::card(&event.title, html! {
                    (when_and_where(event, calendar))
                    @if !answer.is_empty() || !event.is_over(now) { p { "Your answer: " (invitations::answer_words(answer)) "." } }
                    (shell::actions(html! {
                        @if event.is_over(now) { (shell::link_quiet(&format!("/events/{}", event.id), "Open")) }
                        @else { (shell::link_button(&format!("/events/{}", event.id), "Open and answer")) }
                    }))
                }))
            }
        },
    ))
}

/// What somebody is invited to, and the events of the cohorts they take part in, each with
/// their answer.
fn mine(tx: &mut Tx, visit: &Visit) -> Result<Vec<(Event, Calendar, String)>, Failure> {
    let person = visit.person()?;
    let invited = events::of_person(tx, person)?;
    let mut whole: Vec<Id> = duos::of_person_any(tx, person)?.into_iter().map(|it| it.cohort).collect();
    whole.extend(program::current(tx)?.filter(|it| it.is_open() && visible::runs(visit, it.id)).map(|it| it.id));
    let cohorts: BTreeSet<Id> = invited.iter().map(|it| it.1).chain(whole.iter().copied()).collect();
    let mut found = Vec::new();
    for cohort in cohorts {
        let Ok(proof) = visible::proof(visit, cohort) else { continue };
        let held = program::the_cohort(tx, cohort)?;
        let calendar = calendar::of(tx, &held)?;
        for event in events::in_cohort(tx, &proof, cohort)? {
            if whole.contains(&cohort) || invited.contains(&(event.id, cohort)) {
                let answer = invitations::own(tx, &proof, event.id)?.unwrap_or_default();
                found.push((event, calendar.clone(), answer));
            }
        }
    }
    found.sort_by_key(|(event, ..)| (event.starts_at, event.id));
    Ok(found)
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let seen = visible::theirs(tx, visit)?;
    let person = visit.person()?;
    let answer = invitations::own(tx, &seen.proof, seen.event.id)?.unwrap_or_default();
    let presence = attendance::own(tx, &seen.proof, seen.event.id)?;
    let runs = visible::runs(visit, seen.cohort.id);
    let can_make_up =
        seen.event.is_orientation() && seen.event.is_over(tx.now()) && !presence.is_some_and(Presence::counts);
    let is_of_a_duo = duos::of_person(tx, seen.cohort.id, person)?.is_some();
    let base = format!("/events/{}", seen.event.id);
    Ok(Reply::page(
        seen.event.title.clone(),
        html! {
            (shell::breadcrumbs(&[("/events", "Events")], &seen.event.title))
            (page(&seen, tx.now(), &answer, &format!("{base}/answer"), &format!("{base}/calendar.ics")))
            @if let Some(presence) = presence { (shell::note(shell::Tone::Info, html! { "Noted for you: " (presence.words()) "." })) }
            @if can_make_up && is_of_a_duo {
                (shell::card("You can make up for it", html! {
                    p { "Read what was said, answer three questions, and it counts as attended." }
                    (shell::actions(shell::link_button(&format!("{base}/make-up"), "Make up for it")))
                }))
            }
            @if runs {
                (shell::card("For the committee", shell::actions(html! {
                    (shell::link_button(&format!("{base}/door"), "At the door"))
                    (shell::link_quiet(&format!("{base}/details"), "Set time and place"))
                    (shell::link_quiet(&format!("{base}/list"), "List to print"))
                })))
            }
        },
    ))
}

pub fn answer(tx: &mut Tx, visit: &Visit) -> Answer {
    let seen = visible::theirs(tx, visit)?;
    take(tx, visit, &seen, &format!("/events/{}", seen.event.id))
}

pub fn calendar_file(tx: &mut Tx, visit: &Visit) -> Answer {
    let seen = visible::theirs(tx, visit)?;
    Ok(file(tx, &seen.event))
}

pub(crate) fn file(tx: &Tx, event: &Event) -> Reply {
    let bytes = event.calendar_file(tx).into_bytes();
    Reply::download(format!("{}.ics", event.kind), "text/calendar; charset=utf-8", bytes)
}

/// Keeps an answer, from whichever page it came.
pub(crate) fn take(tx: &mut Tx, visit: &Visit, seen: &Seen, back: &str) -> Answer {
    let given = visit.form.text("answer");
    let known = invitations::ANSWERS.iter().any(|(key, _)| *key == given);
    if !known || seen.event.is_over(tx.now()) {
        let words = if known { "This event is over." } else { "Choose whether you come." };
        let faults = shell::Faults::general(words);
        return Err(Failure::refused(
            seen.event.title.clone(),
            html! {
                (shell::error_summary(&faults))
                (page(seen, tx.now(), "", &visit.path, &format!("{back}/calendar.ics")))
            },
        ));
    }
    let own = visible::own(tx, Id::from(seen.proof.person()), seen.cohort.id)?;
    invitations::answer(tx, &own, seen.event.id, given)?;
    let words = match given {
        "yes" => "Good, we expect you. The calendar file is on this page.",
        "online" => "Good, you take part online. The link is on this page before the day.",
        _ if !seen.event.is_orientation() => "Thank you for telling us. You can change your answer here.",
        _ => "Thank you for telling us. There is a way to make up for it, and you can change your answer here.",
    };
    Ok(Reply::go(back).saying(words))
}

/// What everyone sees of an event, and the three buttons.
pub(crate) fn page(seen: &Seen, now: jiff::Timestamp, answer: &str, answer_to: &str, file: &str) -> Markup {
    let event = &seen.event;
    html! {
        (shell::page_head(&event.title, &event.when(&seen.calendar)))
        (shell::card_plain(html! {
            (when_and_where(event, &seen.calendar))
            @if !event.words.is_empty() { (shell::prose(program::preset::markdown(&event.words))) }
            (shell::actions(shell::link_quiet(file, "Add to my calendar")))
        }))
        @if !event.is_over(now) {
            (shell::card("Do you come?", html! {
                @if !answer.is_empty() { p { "So far: " strong { (invitations::answer_words(answer)) } ". You can change it until it begins." } }
                (shell::actions(html! {
                    @for (key, words) in invitations::ANSWERS {
                        @let style = if answer == key || (answer.is_empty() && key == "yes") { Style::Main } else { Style::Quiet };
                        (shell::post_button(answer_to, words, &[("answer", key)], style))
                    }
                }))
                (shell::readers_line(&policy::who_can_read(policy::Record::Event)))
            }))
        }
    }
}

fn when_and_where(event: &Event, calendar: &Calendar) -> Markup {
    let place = if event.place.is_empty() { "The committee names the room in time." } else { &event.place };
    html! {
        (shell::facts(&[("When", html! { (event.when(calendar)) }), ("Where", html! { (place) })]))
        @if !event.online_link.is_empty() { p { a href=(event.online_link) rel="noreferrer" { "The online room" } } }
    }
}
