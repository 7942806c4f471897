//! `/me/erase`: ask to be forgotten, after reading what follows from it. ACC3

use platform::prelude::*;
use shell::{Faults, Input, Style, Tone};

use crate::{
    leavings::{self, Leaving},
    letters, offices,
};

const TITLE: &str = "Be forgotten";
const WORD: &str = "forget me";
/// Backups of the keys are kept for this long, and no longer.
const BACKUP_DAYS: i64 = 35;

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    Ok(Reply::page(TITLE, page(tx, visit, &Faults::new())?))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    let mut faults = Faults::new();
    for (words, _) in offices::held(tx, person)? {
        faults.add("", words);
    }
    if visit.form.text("word").trim().to_lowercase() != WORD {
        faults.add("word", format!("Type the two words “{WORD}”, so that this does not happen by a slip."));
    }
    if !faults.is_empty() {
        return Err(Failure::refused(TITLE, page(tx, visit, &faults)?));
    }
    if leavings::ask(tx, person)? {
        journal::record(tx, "asked to be forgotten", person, Some(person), None)?;
        let leaving = leavings::open_of(tx, person)?.ok_or(Failure::NotFound)?;
        letters::tell(tx, visit.account()?, &leaving)?;
    }
    Ok(Reply::go("/me/erase").saying("It is noted. A letter with a link to stop it is on its way to you."))
}

pub(crate) fn stop(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    let words = if stop_for(tx, person)? { "It is stopped. Nothing was deleted." } else { "There is nothing to stop." };
    Ok(Reply::go("/me").saying(words))
}

/// Ends the wish and the links that would end it. False where there was none.
pub(crate) fn stop_for(tx: &mut Tx, person: Id) -> Result<bool, Failure> {
    if !leavings::stop(tx, person)? {
        return Ok(false);
    }
    platform::links::end(tx, letters::STOP, person)?;
    journal::record(tx, "no longer asks to be forgotten", person, Some(person), None)?;
    Ok(true)
}

fn page(tx: &mut Tx, visit: &Visit, faults: &Faults) -> Result<Markup, Failure> {
    let person = visit.person()?;
    let leaving = leavings::open_of(tx, person)?;
    let held = offices::held(tx, person)?;
    let due = match &leaving {
        Some(leaving) => Some(day_of(tx, leaving)?),
        None => None,
    };
    Ok(html! {
        (shell::breadcrumbs(&[("/me", "My account")], TITLE))
        (shell::error_summary(faults))
        (shell::page_head(TITLE, "We delete what is yours. Please read first what follows from it; afterwards nobody can bring it back."))
        @if let Some(day) = &due {
            (shell::note(Tone::Warn, html! {
                p { "What is yours will be deleted on " strong { (day) } ". Until then you can change your mind." }
                (shell::post_button("/me/erase/stop", "I have changed my mind", &[], Style::Main))
            }))
        }
        (consequences())
        (shell::card("Take it along first", html! {
            p { "All that you wrote and told us fits into one file." }
            (shell::link_quiet("/me/download", "Take along what is mine"))
        }))
        @if due.is_none() { (ask(visit, &held, faults)) }
        p.hint { "You alone see this page. Your partner, if you have one, is told only that the duo has ended." }
    })
}

fn day_of(tx: &mut Tx, leaving: &Leaving) -> Result<String, Failure> {
    Ok(program::long_day(program::day_of(tx, leaving.due_at)?))
}

fn consequences() -> Markup {
    let gone = [
        "Your account closes, your sign-ins end, and name, address and all details are deleted. Later you may make a new account with the same address.",
        "If you have a place or wait for one, it goes to the next in line. Requests and proposals that wait come to an end, and your profile is gone.",
        "If you are in a duo, it ends. Your partner gets a letter that says only that.",
        "Your notes, and your words in agreement and goals, can be read by nobody any more. Where your partner could read them, it says “withdrawn”.",
        "What you told your liaison, your applications, drafts and other answers in forms are deleted. Your certificates lose your name and can no longer be checked.",
        "The audit keeps that somebody did something, and no longer who.",
    ];
    let stays = [
        "That there was a duo, when it met and for how long stays as a number in the reports.",
        "Answers to surveys that you sent stay: they bear no name, and nobody can find yours.",
        "What your partner wrote stays theirs. Letters that others got from us are in their mail; here their words go within 30 days.",
        "What you wrote for the program in an office (pages, letters, reports) stays, without your name.",
        "The association’s list of members is the association’s. Your membership is not touched; ask its office about it.",
    ];
    html! {
        (shell::card("What goes", html! { ul { @for words in gone { li { (words) } } } }))
        (shell::card("What stays, and why", html! {
            ul {
                @for words in stays { li { (words) } }
                li {
                    "What you told somebody in confidence stays with those who read it, without your name, until " (program::keeping::concern_years())
                    " years after it is closed: others may be in danger. Your words stay as you wrote them, also where they name you. You may first ask there that it be closed. "
                    a href="/concerns" { "What you told in confidence" }
                }
                li { "Backups hold it for up to " (BACKUP_DAYS) " days more: that is how long those who run this house are told to keep them. They are there for a broken disk." }
                li { "Your notes and applications are sealed under keys of your own, which are destroyed. Agreement, goals, check-ins, your list of mentors, drafts of surveys and letters stand under keys that others share: an older backup could still open your words in them until it is deleted, or until that key’s own time is over." }
            }
        }))
    }
}

fn ask(visit: &Visit, held: &[(String, &'static str)], faults: &Faults) -> Markup {
    if !held.is_empty() {
        return shell::card(
            "Something to hand over first",
            html! {
                ul { @for (words, path) in held { li { (words) " " a href=(path) { "Go there" } } } }
            },
        );
    }
    let label = format!("Type “{WORD}”");
    let input = Input::new("word", &label).value(visit.form.text("word")).autocomplete("off");
    shell::card(
        "Ask for it",
        html! {
            p { "We may ask for your password. Then you have seven days to change your mind; the letter that we send has a link for it. On the eighth day it is done." }
            (shell::form("/me/erase", html! {
                (shell::text_field(&input.required().faults(faults)))
                button.button.danger type="submit" { "Forget me in seven days" }
            }))
        },
    )
}
