//! `/my-membership`: what the roster says of oneself, and what became of a promise to join.

use platform::prelude::*;
use program::{Next, long_day};
use shell::{Choice, Faults, Input, Tone, choice_field, error_summary, long_field, note, page_head, text_field};

use crate::{
    people,
    promises::{self, Promise},
    rules::standing::Standing,
};

const TITLE: &str = "My membership";
const MOST_NOTE: usize = 500;

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let body = markup(tx, visit, &Faults::new())?;
    Ok(Reply::page(TITLE, body))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    let answer = visit.form.text("answer");
    let (number, words) = (visit.form.text("member_number"), visit.form.text("note"));
    let mut faults = Faults::new();
    if !matches!(answer, "joined" | "time" | "changed") {
        faults.add("answer", "Choose how it stands.");
    }
    if answer == "joined" && number.is_empty() {
        faults.add("member_number", "Enter the member number you were given.");
    }
    if number.chars().count() > 40 {
        faults.add("member_number", "Use at most 40 characters.");
    }
    if words.chars().count() > MOST_NOTE {
        faults.add("note", format!("Use at most {MOST_NOTE} characters."));
    }
    if !faults.is_empty() {
        return Err(Failure::refused(TITLE, markup(tx, visit, &faults)?));
    }
    if answer == "joined" {
        let mut told = people::the_person(tx, person)?;
        number.clone_into(&mut told.member_number);
        people::write_details(tx, &told)?;
    }
    let mut kept = false;
    for promise in promises::of_person(tx, person)? {
        promises::answer(tx, promise.id, answer, words)?;
        kept |= promises::keep_if_member(tx, &promise)?;
    }
    let thanks = match answer {
        _ if kept => "Thank you. The roster has you as a member now.",
        "joined" => "Thank you. The association's next member list will show it; until then your number stands here.",
        _ => "Thank you. The chair reads it and will write to you.",
    };
    Ok(Reply::go("/my-membership").saying(thanks))
}

/// Asks for what a promise is waiting for.
pub(crate) fn next_step(promise: &Promise) -> Next {
    Next::new("Tell us about your membership", "/my-membership", "Tell us")
        .saying("You promised to join. When you have, your member number is all we need.")
        .by(promise.due)
}

fn markup(tx: &mut Tx, visit: &Visit, faults: &Faults) -> Result<Markup, Failure> {
    let person = people::the_person(tx, visit.person()?)?;
    let program = program::the_program(tx)?;
    let today = program::today(tx)?;
    let standing = people::standing(tx, person.id, today)?;
    let promises = promises::of_person(tx, person.id)?;
    Ok(html! {
        (error_summary(faults))
        (page_head(TITLE, &format!("What the member list of {} says of you.", program.association)))
        (standing_note(&standing, &person.email))
        @for promise in &promises {
            p { "You promised to be a member by " strong { (long_day(promise.due)) } "." }
        }
        @if !promises.is_empty() && !matches!(standing, Standing::Member { .. }) {
            (form(visit, &person.member_number, promises.first(), faults))
        }
    })
}

fn standing_note(standing: &Standing, email: &str) -> Markup {
    match standing {
        Standing::Member { number, first_year } => note(
            Tone::Good,
            html! {
                p {
                    "You are a member in good standing"
                    @if !number.is_empty() { ", with the number " (number) }
                    @if *first_year { ", and in your first year" } "."
                }
            },
        ),
        Standing::Lapsed { .. } => note(
            Tone::Warn,
            html! { p { "Your membership has lapsed. Renew it with the association; its next list brings it here." } },
        ),
        Standing::Unknown => note(
            Tone::Info,
            html! {
                p {
                    "The list does not have you under " (email) ". If you are a member under another address, tell us your member number in "
                    a href="/me" { "your details" } "."
                }
            },
        ),
    }
}

fn form(visit: &Visit, number: &str, promise: Option<&Promise>, faults: &Faults) -> Markup {
    let was = |name: &str, kept: &str| if visit.form.has(name) { visit.form.text(name) } else { kept }.to_owned();
    let answer = was("answer", promise.map_or("", |it| &it.answer));
    let words = was("note", promise.map_or("", |it| &it.note));
    let number = was("member_number", number);
    let options = [
        Choice::new("joined", "I have joined"),
        Choice::new("time", "I need more time"),
        Choice::new("changed", "I have changed my mind"),
    ];
    shell::form(
        "/my-membership",
        html! {
            (choice_field(&Input::new("answer", "How does it stand?").value(&answer).required().faults(faults), &options))
            (text_field(&Input::new("member_number", "Member number").value(&number).faults(faults)))
            (long_field(&Input::new("note", "Anything the chair should know").value(&words).rows(3).max(MOST_NOTE)
                .readers("The chair, the deputy and the office.").faults(faults)))
            (shell::button("Send"))
        },
    )
}
