//! `/my-membership`: what the roster says of oneself, and what became of a promise to join.

use platform::prelude::*;
use program::{Next, long_day};
use shell::{Choice, Faults, Input, Tone, choice_field, error_summary, long_field, note, page_head, text_field};

use crate::{
    corrections, people,
    promises::{self, Promise},
    roster,
    rules::standing::Standing,
};

const TITLE: &str = "My membership";
const MOST_NOTE: usize = 500;

/// Which of the two forms came back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    Nothing,
    Answer,
    Correction,
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let body = markup(tx, visit, Sent::Nothing, &Faults::new())?;
    Ok(Reply::page(TITLE, body))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
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
        return Err(Failure::refused(TITLE, markup(tx, visit, Sent::Answer, &faults)?));
    }
    if answer == "joined" {
        let mut told = people::whoever_asks(tx, visit)?;
        number.clone_into(&mut told.member_number);
        people::write_details(tx, &told)?;
    }
    let mut kept = false;
    for promise in promises::own(tx, &visit.own()?)? {
        promises::answer(tx, promise.id, answer, words)?;
        kept |= promises::keep_if_member(tx, &promise.owed())?;
    }
    let thanks = match answer {
        _ if kept => "Thank you. The roster has you as a member now.",
        "joined" => "Thank you. The association's next member list will show it; until then your number stands here.",
        _ => "Thank you. The chair reads it and will write to you.",
    };
    Ok(Reply::go("/my-membership").saying(thanks))
}

/// A person asks the office to put their line right.
pub fn post_correction(tx: &mut Tx, visit: &Visit) -> Answer {
    let (person, words) = (visit.person()?, visit.form.text("correction"));
    let mut faults = Faults::new();
    if words.is_empty() {
        faults.add("correction", "Say what is wrong, and how it should be.");
    }
    if words.chars().count() > corrections::MOST {
        faults.add("correction", format!("Use at most {} characters.", corrections::MOST));
    }
    if !faults.is_empty() {
        return Err(Failure::refused(TITLE, markup(tx, visit, Sent::Correction, &faults)?));
    }
    Ok(Reply::go("/my-membership").saying(if corrections::ask(tx, person, words)? {
        "Thank you. The office reads it and answers here."
    } else {
        "The office has your last question still open, and answers here."
    }))
}

/// Asks for what a promise is waiting for.
pub(crate) fn next_step(promise: &Promise) -> Next {
    Next::new("Tell us about your membership", "/my-membership", "Tell us")
        .saying("You promised to join. When you have, your member number is all we need.")
        .by(promise.due)
}

fn markup(tx: &mut Tx, visit: &Visit, sent: Sent, faults: &Faults) -> Result<Markup, Failure> {
    let person = people::whoever_asks(tx, visit)?;
    let program = program::the_program(tx)?;
    let today = program::today(tx)?;
    let standing = people::standing(tx, person.id, today)?;
    let promises = promises::own(tx, &visit.own()?)?;
    let line = own_line(tx, visit, &person)?;
    let correction = correction_card(tx, visit, sent, faults)?;
    Ok(html! {
            (error_summary(faults))
            (page_head(TITLE, &format!("What the member list of {} says of you.", program.association)))
            (standing_note(&standing, &person.email))
            @for promise in &promises {
                p { "You promised to be a member by " strong { (long_day(promise.due)) } "." }
            }
            (line)
            @if !promises.is_empty() && !matches!(standing, Standing::Member { .. }) {
                (form(visit, sent, &person.member_number, promises.first(), faults))
            }
            (correction)
            (shell::readers_line(&policy::who_can_read(policy::Record::MembershipRoster)))
    p.hint { "The chair and the deputy see whether you are eligible, and until when." }
        })
}

/// The line of the list about oneself, as it stands there.
fn own_line(tx: &mut Tx, visit: &Visit, person: &people::Person) -> Result<Markup, Failure> {
    let grant = visit.own()?;
    let Some(member) = roster::own_line(tx, &grant, person)? else { return Ok(html! {}) };
    let mut facts = vec![("Name", html! { (member.name) }), ("E-mail", html! { (member.email) })];
    if !member.member_number.is_empty() {
        facts.push(("Member number", html! { (member.member_number) }));
    }
    if let Some(year) = member.joined_year {
        facts.push(("Joined", html! { (year) }));
    }
    if let Some(day) = member.expires_on {
        facts.push(("Expires", html! { (long_day(day)) }));
    }
    if !member.category.is_empty() {
        facts.push(("Kind of membership", html! { (member.category) }));
    }
    Ok(shell::card("Your line on the list", shell::facts(&facts)))
}

fn correction_card(tx: &mut Tx, visit: &Visit, sent: Sent, faults: &Faults) -> Result<Markup, Failure> {
    let newest = corrections::own(tx, &visit.own()?)?;
    let is_open = newest.as_ref().is_some_and(|it| it.answered_at.is_none());
    let typed = if sent == Sent::Correction { visit.form.text("correction") } else { "" };
    Ok(shell::card(
        "Is something wrong?",
        html! {
            @if let Some(it) = &newest {
                p { "You asked: “" (it.words) "”" }
                @if it.answered_at.is_some() { p { "The office answered: “" (it.answer) "”" } }
                @else { p { "The office has not answered yet." } }
            }
            @if !is_open {
                (shell::form("/my-membership/corrections", html! {
                    (long_field(&Input::new("correction", "What should be corrected").value(typed).rows(3).max(corrections::MOST).required()
                        .readers(&policy::who_can_read(policy::Record::MembershipRoster)).faults(faults)))
                    (shell::button_quiet("Ask the office"))
                }))
            }
        },
    ))
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

fn form(visit: &Visit, sent: Sent, number: &str, promise: Option<&Promise>, faults: &Faults) -> Markup {
    let was = |name: &str, kept: &str| if sent == Sent::Answer { visit.form.text(name) } else { kept }.to_owned();
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
                .readers(&policy::who_can_read(policy::Record::MembershipRoster)).faults(faults)))
            (shell::button("Send"))
        },
    )
}
