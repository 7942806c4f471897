//! `/conflicts`: whom somebody of the committee or the office steps aside from. Everyone
//! declares for themselves and takes it back; the chairs see it, and nobody else does.

use platform::{audit, prelude::*};
use policy::{Facts, Grant, Record, may, of};
use shell::{Column, Faults, Input, Style, Tone};

use crate::{
    conflicts::{self, Conflict},
    people,
    rules::conflicts::{DeclareRefusal, Declaring, declare},
};

const TITLE: &str = "Stepping aside";

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let body = markup(tx, visit, "", &Faults::new())?;
    Ok(Reply::wide(TITLE, body))
}

/// Declares by an address. The answer is the same whether or not somebody here has it.
pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let (account, typed) = (visit.account()?, visit.form.text("email"));
    let _: Grant<of::Conflict, may::Write> = visit.grant(&Facts::of_program().own(true))?;
    let declaring = Declaring { email: typed, own: &account.email, open: conflicts::how_many(tx, account.id)? };
    if let Err(refusal) = declare(&declaring) {
        return Err(refused(tx, visit, typed, &refusal)?);
    }
    conflicts::declare_by_address(tx, account.id, typed)?;
    Ok(Reply::go("/conflicts").saying("Noted. From now on you keep out of all that concerns this person."))
}

pub(crate) fn end(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    let _: Grant<of::Conflict, may::Write> = visit.grant(&Facts::of_program().own(true))?;
    if !conflicts::end(tx, visit.id("conflict")?, person)? {
        return Err(Failure::NotFound);
    }
    Ok(Reply::go("/conflicts").saying("Taken back. What your role gives you counts for this person again."))
}

fn refused(tx: &mut Tx, visit: &Visit, typed: &str, refusal: &DeclareRefusal) -> Result<Failure, Failure> {
    let mut faults = Faults::new();
    faults.add("email", refusal.to_string());
    Ok(crate::wide(Failure::refused(TITLE, markup(tx, visit, typed, &faults)?)))
}

fn markup(tx: &mut Tx, visit: &Visit, typed: &str, faults: &Faults) -> Result<Markup, Failure> {
    let person = people::whoever_asks(tx, visit)?;
    let zone = program::program(tx)?.map(|it| it.zone).unwrap_or_default();
    let zone = program::calendar::zone_named(&zone);
    let day = |at: jiff::Timestamp| program::short_day(at.to_zoned(zone.clone()).date());
    let mine = conflicts::of_member(tx, &visit.own::<of::Conflict, may::Read>()?, person.id)?;
    let others = seen(tx, visit)?;
    let input = Input::new("email", "Their e-mail address")
        .kind("email")
        .value(typed)
        .hint(
            "It counts from the day somebody with this address takes part, and you are not told whether somebody does.",
        )
        .required()
        .faults(faults);
    Ok(html! {
        (shell::breadcrumbs(&[("/me", "My account")], TITLE))
        (shell::error_summary(faults))
        (shell::page_head(TITLE, "A friend, a relative, somebody you report to: whom you could not judge freely, you step aside from. You need not say why."))
        p { "You then neither read nor decide anything that concerns them, from that moment; the deputy or the other chair does. A duo of theirs that you accompany passes to another liaison." }
        (shell::card("Step aside from somebody", shell::form("/conflicts", html! {
            (shell::text_field(&input))
            (shell::button("Step aside"))
        })))
        (shell::card("From whom you step aside", own_list(&mine, &person.employer, &day)))
        @if let Some(others) = &others { (of_others(others, &day)) }
        (shell::readers_line(&policy::who_can_read(Record::Conflict)))
    })
}

/// What others declared, for the chairs; nothing of what is about whoever reads.
fn seen(tx: &mut Tx, visit: &Visit) -> Result<Option<Vec<Conflict>>, Failure> {
    let Ok(scope) = visit.scope(&Facts::of_program()) else { return Ok(None) };
    let mut seen = Vec::new();
    for conflict in conflicts::of_others(tx, &scope)? {
        let is_about = conflict.person.is_some() && conflict.person == visit.person().ok();
        let Ok(grant) = visit.grant::<of::Conflict, may::Read>(&Facts::of_program().conflict(is_about)) else {
            continue;
        };
        let right = format!("as {}", grant.right().words());
        let whose = vec![conflict.member];
        tx.has_read(audit::Reading { record: "whom you step aside from", about: conflict.id, whose, right });
        seen.push(conflict);
    }
    Ok(Some(seen))
}

fn own_list(mine: &[Conflict], employer: &str, day: &dyn Fn(jiff::Timestamp) -> String) -> Markup {
    let open: Vec<&Conflict> = mine.iter().filter(|it| it.ended_at.is_none()).collect();
    html! {
        p.hint {
            "What is your own is never yours to decide. "
            @if employer.is_empty() { "Once you tell on your account where you work, colleagues count by themselves." }
            @else { "Whoever works for " (employer) ", as you do, counts by itself." }
        }
        @if open.is_empty() { p { "Nobody else so far." } }
        @else {
            ul {
                @for conflict in open {
                    li {
                        strong { (own_words(conflict)) } ", since " (day(conflict.declared_at)) " "
                        (shell::post_button_for(&format!("/conflicts/{}/end", conflict.id), "Take back", own_words(conflict), &[], Style::Quiet))
                    }
                }
            }
        }
    }
}

/// What they typed themselves, so that the page tells nothing about whom the house knows.
fn own_words(conflict: &Conflict) -> &str {
    match conflict.email.as_str() {
        "" => conflict.person_name.as_deref().unwrap_or("Somebody whose account is gone"),
        email => email,
    }
}

fn of_others(others: &[Conflict], day: &dyn Fn(jiff::Timestamp) -> String) -> Markup {
    let columns = [Column::text("Who"), Column::text("Steps aside from"), Column::text("Since"), Column::text("State")];
    let row = |it: &Conflict| {
        let state = match it.ended_at {
            None => shell::badge(Tone::Info, "Counts"),
            Some(at) => shell::badge(Tone::Plain, &format!("Taken back {}", day(at))),
        };
        let whom = it.person_name.as_deref().filter(|it| !it.is_empty()).unwrap_or(&it.email);
        vec![html! { (it.member_name) }, html! { (whom) }, shell::unbroken(&day(it.declared_at)), state]
    };
    html! {
        @if others.is_empty() {
            (shell::empty_state("Nobody else steps aside", "When somebody of the committee or the office does, you see it here.", None))
        } @else { (shell::table("What others declared", &columns, others.iter().map(row).collect())) }
    }
}
