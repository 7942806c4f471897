//! `/mentors/mine/capacity`: how many mentees a mentor takes, as far as the cohort allows it.
//! Whoever wishes fewer than they have is asked about which duo; nothing ends by that: the
//! chair and the liaison are asked to talk with them. PRF3, PRF5

use duos::Duo;
use platform::prelude::*;
use policy::Role;
use program::{Cohort, capacity};
use shell::{Choice, Faults, Input, Tone};

use crate::{duo, letters, mine, rules, terms, who};

pub(crate) const FIELDS: &[&str] = &["mentees", "duo+"];
const TITLE: &str = "Fewer mentees";

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = who::cohort_as(tx, visit, Role::Mentor)?.ok_or(Failure::NotFound)?;
    tx.lock(cohort.id)?;
    let mentor = visit.person()?;
    let most = terms::of(tx, cohort.id)?.mentees_each;
    if most == 1 {
        return Err(Failure::NotFound);
    }
    let typed = visit.form.text("mentees");
    let Some(wished) = rules::mentees_wished(visit.form.number("mentees"), most) else {
        let mut faults = Faults::new();
        faults.add("mentees", format!("Give a whole number from 1 to {most}."));
        return Err(Failure::refused(mine::TITLE, mine::page(tx, visit, &cohort, typed, &faults)?));
    };
    let held = running(tx, cohort.id, mentor)?;
    let over = rules::duos_over(held.len(), wished);
    let chosen: Vec<String> = visit.form.all("duo");
    let meant: Vec<&Duo> = held.iter().filter(|it| chosen.contains(&it.id.to_string())).collect();
    if over != meant.len() {
        let mut faults = Faults::new();
        if !chosen.is_empty() {
            faults.add("duo", format!("Tick {} of them.", program::rules::numbers::in_words(count(over))));
        }
        return Err(Failure::refused(TITLE, which(&held, wished, over, &chosen, &faults)));
    }
    capacity::wish(tx, cohort.id, mentor, wished)?;
    for duo in &meant {
        letters::ask_for_fewer(tx, &cohort, duo, wished)?;
        journal::record(tx, "fewer mentees asked for", duo.id, Some(mentor), Some(cohort.id))?;
    }
    duo::keep_to_room(tx, &cohort, mentor)?;
    let words = match meant.len() {
        0 => "Kept.".to_owned(),
        _ => "Kept. The chair has a letter, and so has the liaison where there is one. Nothing has ended; they will talk with you.".to_owned(),
    };
    Ok(Reply::go("/mentors/mine").saying(words))
}

/// The directory and what waits follow the room that all mentors of a cohort have, after the
/// committee has decided how many mentees one may have.
pub(crate) fn all_in_step(tx: &mut Tx, cohort: &Cohort) -> Result<(), Failure> {
    for mentor in program::in_cohort(tx, Role::Mentor, cohort.id)? {
        duo::keep_to_room(tx, cohort, mentor)?;
    }
    Ok(())
}

pub(crate) fn running(tx: &mut Tx, cohort: Id, mentor: Id) -> Result<Vec<Duo>, Failure> {
    let mut duos = duos::running_of(tx, mentor)?;
    duos.retain(|it| it.cohort == cohort && it.mentor == mentor);
    Ok(duos)
}

/// The form on the mentor's own page; nothing where the cohort gives each mentor one mentee.
pub(crate) fn card(tx: &mut Tx, cohort: &Cohort, mentor: Id, typed: &str, faults: &Faults) -> Result<Markup, Failure> {
    let most = terms::of(tx, cohort.id)?.mentees_each;
    if most == 1 {
        return Ok(html! {});
    }
    let held = running(tx, cohort.id, mentor)?;
    let now = capacity::of(tx, cohort.id, mentor)?.to_string();
    let value = if faults.is_empty() { now.as_str() } else { typed };
    let most = most.to_string();
    let has = match held.as_slice() {
        [] => "You have none yet.".to_owned(),
        [one] => format!("You have one: {}.", one.mentee_name),
        many => {
            let names: Vec<&str> = many.iter().map(|it| it.mentee_name.as_str()).collect();
            format!("You have {}: {}.", many.len(), names.join(", "))
        }
    };
    let hint = format!("From 1 to {most}. {has}");
    let input = Input::new("mentees", "How many mentees can you take this year?").kind("number").value(value);
    Ok(shell::card_plain(shell::form(
        "/mentors/mine/capacity",
        html! {
            (shell::text_field(&input.hint(&hint).between("1", &most).required().faults(faults)))
            (shell::actions(shell::button_quiet("Keep this")))
        },
    )))
}

/// Whoever cannot go on is asked which duo it is, and told what stays. PRF3
pub(crate) fn leaving(held: &[Duo]) -> Markup {
    let one = held.len() == 1;
    shell::card(
        if one { "You cannot go on?" } else { "You cannot go on? Which duo is it?" },
        html! {
            ul role="list" {
                @for duo in held { li { a href=(duo.path("/ending")) { "End the duo with " (duo.mentee_name) } } }
            }
            p.hint {
                "Nobody asks why. What you two wrote stays for both of you to read, and your hours still count."
                @if !one { " The other goes on as it is, with its meetings, its goals and its liaison. To leave altogether, end each." }
            }
        },
    )
}

/// Asks about which duo it is.
fn which(held: &[Duo], wished: i64, over: usize, chosen: &[String], faults: &Faults) -> Markup {
    let choices: Vec<Choice> =
        held.iter().map(|it| Choice::new(it.id.to_string(), format!("With {}", it.mentee_name))).collect();
    let title = if over == 1 { "Which duo is too much?" } else { "Which duos are too much?" };
    let wished_words = program::rules::numbers::counted(wished, "mentee");
    let hint = format!("Tick {}.", program::rules::numbers::in_words(count(over)));
    html! {
        (shell::error_summary(faults))
        (shell::breadcrumbs(&[("/mentors/mine", mine::TITLE)], TITLE))
        (shell::page_head(title, &format!("You have {} and would like {wished_words}.", held.len())))
        (shell::note(Tone::Info, html! {
            p { "Nothing ends by itself, and your mentees hear nothing of it from us. We write to the chair and to the liaison of the duo; they talk with you and look for somebody else who can go on." }
            p { "Nobody new is brought to you meanwhile." }
        }))
        (shell::form("/mentors/mine/capacity", html! {
            (shell::hidden("mentees", &wished.to_string()))
            (shell::multi_field(&Input::new("duo", "The duo").hint(&hint).required().faults(faults), &choices, chosen))
            (shell::actions(html! { (shell::button("Ask the chair and the liaison")) (shell::link_quiet("/mentors/mine", "Leave it as it is")) }))
        }))
        p.hint { "The chair and the liaison of that duo read that you asked; nobody else does." }
    }
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}
