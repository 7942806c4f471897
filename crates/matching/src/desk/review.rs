//! `/cohorts/{cohort}/matching/review`: those whom the chair named look at the draft, and say
//! yes or no with a note. ALG7.

use platform::prelude::*;
use policy::{Grant, of};
use program::Cohort;
use shell::{Choice, Faults, Input, Tone};

use super::{
    board_path, count, open_cohort,
    reviews::{self, Review},
};
use crate::{access, proposals::Proposal, rules::Verdict};

const TITLE: &str = "The draft of pairs";
pub(crate) const NOTE_AT_MOST: usize = 600;

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let (cohort, own, proof) = theirs(tx, visit)?;
    Ok(Reply::page(TITLE, page(tx, visit, &proof, &cohort, own.as_ref(), &Faults::new())?))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let (cohort, own, proof) = theirs(tx, visit)?;
    tx.lock(cohort.id)?;
    let Some(own) = own else {
        return Ok(Reply::go(board_path(cohort.id)).saying("You were not asked to look at this draft."));
    };
    let person = visit.person()?;
    let (drafts, mark) = reviews::draft(tx, &proof, cohort.id)?;
    let note = visit.form.text("note");
    let mut faults = Faults::new();
    let verdict = visit.form.text("verdict");
    if !["yes", "no"].contains(&verdict) {
        faults.add("verdict", "Say yes or no to the draft.");
    }
    if verdict == "no" && note.is_empty() {
        faults.add("note", "Write what should change; a no alone helps nobody.");
    }
    if note.chars().count() > NOTE_AT_MOST {
        faults.add("note", format!("The note is too long: up to {NOTE_AT_MOST} characters."));
    }
    if drafts.is_empty() {
        faults = Faults::general("There is no draft any more: it was sent or taken back a moment ago.");
    } else if visit.form.text("about") != mark.to_string() {
        faults = Faults::general("The draft has changed while you looked. Here it is as it is now.");
    }
    if !faults.is_empty() {
        return Err(Failure::refused(TITLE, page(tx, visit, &proof, &cohort, Some(&own), &faults)?));
    }
    reviews::say(tx, cohort.id, person, verdict == "yes", note, mark)?;
    Ok(Reply::go(visit.path.clone()).saying("Thank you. The chair reads what you said."))
}

/// The cohort, for those who were asked and for the chairs; to everyone else there is no draft.
fn theirs(tx: &mut Tx, visit: &Visit) -> Result<(Cohort, Option<Review>, Grant<of::Proposal>), Failure> {
    let cohort = open_cohort(tx, visit)?;
    let is_asked = reviews::is_asked(tx, cohort.id, visit.person()?)?;
    let proof = access::of_review(&visit.subject, cohort.id, is_asked).ok_or(Failure::NotFound)?;
    let own = reviews::own(tx, &proof, cohort.id)?;
    Ok((cohort, own, proof))
}

fn page(
    tx: &mut Tx,
    visit: &Visit,
    proof: &Grant<of::Proposal>,
    cohort: &Cohort,
    own: Option<&Review>,
    faults: &Faults,
) -> Result<Markup, Failure> {
    let aside = membership::steps_aside_from(tx, visit.person()?)?;
    let (drafts, mark) = reviews::draft(tx, proof, cohort.id)?;
    let (theirs, others): (Vec<&Proposal>, Vec<&Proposal>) =
        drafts.iter().partition(|it| it.people().iter().any(|person| aside.contains(person)));
    let lead = match drafts.len() {
        0 => "There is no draft now.".to_owned(),
        many => format!("{}. Nobody outside the committee has heard of it.", count(many, "pair", "pairs")),
    };
    Ok(html! {
        (shell::breadcrumbs(&[(&format!("/cohorts/{}", cohort.id), &cohort.name)], TITLE))
        (shell::error_summary(faults))
        (shell::page_head(TITLE, &lead))
        @if !theirs.is_empty() {
            (shell::note(Tone::Info, html! { p {
                (count(theirs.len(), "pair is", "pairs are")) " not shown to you: you take part, work for the same employer, or have said that you step aside."
            } }))
        }
        @if !others.is_empty() {
            (shell::card("Pairs", html! {
                ul.list role="list" { @for draft in &others {
                    li {
                        h3 { (draft.mentee_name) " and " (draft.mentor_name) }
                        p { strong { (draft.points()) " of 100" } @if draft.by_hand { " " (shell::badge(Tone::Plain, "By hand")) } }
                        ul { @for reason in draft.reasons.lines() { li { (reason) } } }
                    }
                } }
            }))
        }
        @if let Some(own) = own.filter(|_| !drafts.is_empty()) { (verdict(visit, own, mark, faults)) }
        (shell::readers_line(&policy::who_can_read_as(policy::Record::Proposal, &visit.subject)))
        p.hint { "The draft is shown to those whom the chair named, too. What you say is read by chair and deputy alone." }
    })
}

fn verdict(visit: &Visit, own: &Review, mark: i64, faults: &Faults) -> Markup {
    let said = match own.verdict(mark) {
        Verdict::Nothing => None,
        Verdict::Yes => Some("You have said yes to this draft. You may say otherwise until it is sent."),
        Verdict::No => Some("You have said no to this draft. You may say otherwise until it is sent."),
        Verdict::OfEarlier => Some("The draft has changed since you looked. Please look once more."),
    };
    let typed = visit.form.typed();
    let options =
        [Choice::new("yes", "Yes, it may go out like this"), Choice::new("no", "No, something should change first")];
    shell::card(
        "What do you say?",
        html! {
            @if let Some(said) = said { p { (said) } }
            (shell::form(&visit.path, html! {
                (shell::hidden("about", &mark.to_string()))
                (shell::choice_field(&Input::new("verdict", "Your answer").value(typed.text("verdict")).required().faults(faults), &options))
                (shell::long_field(&Input::new("note", "A note to the chair").value(typed.text("note")).rows(4).max(NOTE_AT_MOST)
                    .hint("Needed with a no.").faults(faults)))
                (shell::button("Send my answer"))
            }))
        },
    )
}
