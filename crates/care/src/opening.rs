//! `/desk/duos/{duo}/opening`: of chair and deputy one asks for the check-in answers of one
//! duo, with a reason, and the other confirms. Nothing else of a duo can be opened, by anybody.

use duos::Duo;
use membership::Stake;
use platform::prelude::*;
use policy::Role;
use program::{Calendar, calendar};
use shell::{Faults, Input, Style};

use crate::{
    appoint, letters,
    openings::{self, CHECK_INS, Opening},
    rules::opening::{LONGEST_DELAY, LONGEST_REASON, Refusal, WAITS, may_ask, may_confirm},
    tell,
};

const TITLE: &str = "Open check-in answers";

struct Facts {
    duo: Duo,
    calendar: Calendar,
    person: Id,
    /// Who could confirm what this person asks.
    confirmers: Vec<Id>,
    /// Whether this person could confirm what waits.
    may_confirm: bool,
    openings: Vec<(Opening, String)>,
    now: jiff::Timestamp,
}

impl Facts {
    fn waiting(&self) -> Option<&(Opening, String)> {
        self.openings.iter().find(|(it, _)| it.waits(self.now))
    }

    fn path(&self) -> String {
        format!("/desk/duos/{}/opening", self.duo.id)
    }
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let facts = facts(tx, visit)?;
    Ok(Reply::page(TITLE, page(&facts, &visit.form, &Faults::new())))
}

/// One of the two asks.
pub fn ask(tx: &mut Tx, visit: &Visit) -> Answer {
    let facts = facts(tx, visit)?;
    if facts.waiting().is_some() || facts.confirmers.is_empty() {
        return Err(Failure::NotFound);
    }
    let reason = visit.form.text("reason").trim();
    let delay = visit.form.has("safety").then(|| visit.form.number("days").unwrap_or(0));
    if let Err(refusal) = may_ask(facts.person, facts.duo.people(), reason, delay) {
        let mut faults = Faults::new();
        faults.add(if refusal == Refusal::Delay { "days" } else { "reason" }, refusal.to_string());
        return Err(Failure::refused(TITLE, page(&facts, &visit.form, &faults)));
    }
    let duo = &facts.duo;
    let id = openings::add(tx, duo, (CHECK_INS, duo.id), facts.person, (reason, delay.unwrap_or(0)))?;
    journal::record(tx, "answers asked for", duo.id, Some(facts.person), Some(duo.cohort))?;
    letters::opening_asked(tx, duo, id, facts.person, &facts.confirmers)?;
    Ok(Reply::go(facts.path()).saying("Your question is on its way. Nothing opens before it is confirmed."))
}

/// The other confirms or declines; whoever asked may take it back.
pub fn answer(tx: &mut Tx, visit: &Visit) -> Answer {
    let facts = facts(tx, visit)?;
    let Some((opening, _)) = facts.waiting() else { return Err(Failure::NotFound) };
    if visit.form.text("answer") == "no" {
        openings::drop_it(tx, opening.id)?;
        return Ok(Reply::go(facts.path()).saying("Nothing is opened."));
    }
    if !facts.may_confirm {
        return Err(Failure::NotFound);
    }
    let asked = (opening.asked_by, opening.asked_at);
    if let Err(refusal) = may_confirm(facts.person, facts.duo.people(), asked, facts.now) {
        let faults = Faults::general(refusal.to_string());
        return Err(Failure::refused(TITLE, page(&facts, &visit.form, &faults)));
    }
    if !openings::confirm(tx, opening, facts.person)? {
        return Err(Failure::NotFound);
    }
    journal::record(tx, "answers opened", facts.duo.id, Some(facts.person), Some(facts.duo.cohort))?;
    if opening.delay_days == 0 {
        tell::tell(tx, opening.id)?;
    }
    Ok(Reply::go(format!("/desk/duos/{}/answers", facts.duo.id))
        .saying("They are open for an hour, to the two of you and nobody else."))
}

/// For chairs and deputies of the cohort. Whoever is in the duo, or steps aside from
/// one of the two, finds nothing here.
fn facts(tx: &mut Tx, visit: &Visit) -> Result<Facts, Failure> {
    let person = visit.person()?;
    let duo = appoint::duo_of_others(tx, visit.id("duo")?, person)?;
    let proof = visit.grant(&policy::Facts::in_cohort(duo.cohort.number()).duo(duo.is_of(person)))?;
    let mut openings = Vec::new();
    for opening in openings::of_duo(tx, duo.id)? {
        let reason = openings::reason(tx, &proof, &opening)?;
        openings.push((opening, reason));
    }
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let confirmers = who_confirms(tx, &duo, person)?;
    let mut facts = Facts { duo, calendar, person, confirmers, may_confirm: false, openings, now: tx.now() };
    if let Some(asker) = facts.waiting().map(|(it, _)| it.asked_by) {
        facts.may_confirm = who_confirms(tx, &facts.duo, asker)?.contains(&person);
    }
    Ok(facts)
}

/// Who can confirm what somebody asks: the deputies for a chair, the chairs for a deputy, and of them nobody who is
/// in the duo or steps aside from it.
pub(crate) fn who_confirms(tx: &mut Tx, duo: &Duo, asker: Id) -> Result<Vec<Id>, Failure> {
    let chairs = program::holders(tx, Role::Chair, duo.cohort)?;
    let deputies = program::holders(tx, Role::Deputy, duo.cohort)?;
    let mut found = Vec::new();
    for (askers, others) in [(&chairs, &deputies), (&deputies, &chairs)] {
        for other in others.iter().filter(|it| askers.contains(&asker) && **it != asker) {
            if !Stake::of(tx, *other)?.is_in(&duo.people()) && !found.contains(other) {
                found.push(*other);
            }
        }
    }
    Ok(found)
}

fn page(facts: &Facts, typed: &Fields, faults: &Faults) -> Markup {
    let duo = &facts.duo;
    let open = facts.openings.iter().any(|(it, _)| it.is_open_to(facts.person, facts.now));
    html! {
            (shell::breadcrumbs(&[(&format!("/desk/duos/{}", duo.id), &format!("Duo {}", duo.number))], TITLE))
            (shell::page_head(TITLE, "What the two answer is for their liaison. Only where somebody may come to harm do chair and deputy open it together, for an hour."))
            (shell::error_summary(faults))
            @if open {
                (shell::note(shell::Tone::Warn, html! { p { "The answers are open to you. " a href={ "/desk/duos/" (duo.id) "/answers" } { "Read them" } } }))
            }
            @match facts.waiting() {
                Some((opening, reason)) => (waiting(facts, opening, reason)),
                None if facts.confirmers.is_empty() => (shell::empty_state(
                    "This stays closed",
                    "It takes two, chair and deputy, and nobody else is free to confirm: whoever is in the duo, or steps aside from one of the two, cannot. Appoint a deputy first, or go to the duo’s liaison.",
                    Some(("/committee", "Go to the committee")),
                )),
                None => (ask_form(facts, typed, faults)),
            }
            (earlier(facts))
            (shell::readers_line(&policy::who_can_read_as(policy::Record::Opening, policy::Column::Chair)))
    p.hint { "The two people read the reason when they are told; their agreement, goals, notes and messages stay closed to everybody." }
        }
}

fn ask_form(facts: &Facts, typed: &Fields, faults: &Faults) -> Markup {
    let reason = Input::new("reason", "Why must these answers be read?")
        .hint("Both people of the duo will read this sentence.")
        .value(typed.text("reason"))
        .required()
        .max(LONGEST_REASON)
        .rows(4)
        .faults(faults);
    let safety = Input::new("safety", "Telling them at once could put somebody in danger")
        .hint("Then they are told some days later, by themselves.")
        .value(typed.text("safety"))
        .faults(faults);
    let most = LONGEST_DELAY.to_string();
    let days = if typed.has("days") { typed.text("days") } else { &most };
    let days = Input::new("days", "If so, after how many days?").kind("number").between("1", &most).value(days);
    shell::card(
        "Ask together",
        shell::form(
            &facts.path(),
            html! {
                (shell::long_field(&reason))
                (shell::tick_field(&safety))
                (shell::text_field(&days.faults(faults)))
                (shell::actions(shell::button("Ask the other to confirm")))
            },
        ),
    )
}

fn waiting(facts: &Facts, opening: &Opening, reason: &str) -> Markup {
    let path = format!("{}/answer", facts.path());
    let until = moment(facts, opening.asked_at + WAITS);
    shell::card(
        "Waiting for a yes",
        html! {
            p { (opening.asker) " asked on " (moment(facts, opening.asked_at)) ":" }
            (shell::prose(html! { blockquote { p { (reason) } } }))
            p { (told(opening.delay_days)) " Without a yes by " (until) " nothing is opened." }
            @if facts.may_confirm {
                p { "Confirm only what you would answer for yourself: both will know that it was the two of you." }
                (shell::actions(html! {
                    (shell::post_button(&path, "Confirm, open for an hour", &[("answer", "yes")], Style::Danger))
                    (shell::post_button(&path, "Do not open", &[("answer", "no")], Style::Quiet))
                }))
            } @else {
                (shell::actions(shell::post_button(&path, "Take the question back", &[("answer", "no")], Style::Quiet)))
            }
        },
    )
}

fn told(delay_days: i64) -> String {
    match delay_days {
        0 => "The two people are told as soon as it is confirmed.".to_owned(),
        1 => "The two people are told one day after it is confirmed, for somebody's safety.".to_owned(),
        days => format!("The two people are told {days} days after it is confirmed, for somebody's safety."),
    }
}

/// What was asked before, so that each new question is seen beside it.
fn earlier(facts: &Facts) -> Markup {
    let earlier: Vec<_> = facts.openings.iter().filter(|(it, _)| !it.waits(facts.now)).collect();
    if earlier.is_empty() {
        return html! {};
    }
    shell::card(
        "Asked before",
        html! {
            ul { @for (it, reason) in earlier { li {
                (moment(facts, it.asked_at)) ", " (it.asker) ": “" (reason) "” "
                @match (&it.confirmer, it.confirmed_at) {
                    (Some(name), Some(at)) => { "Confirmed by " (name) ", " (moment(facts, at)) "." }
                    _ => { "Not opened." }
                }
            } } }
        },
    )
}

fn moment(facts: &Facts, at: jiff::Timestamp) -> String {
    program::day_and_time(at, facts.calendar.zone())
}
