//! `/roster` for the chair and the deputy: who of the cohort is a member in good standing,
//! and until when. No line of the roster, no address, no number, and no file.

use std::collections::BTreeSet;

use platform::{identity, prelude::*};
use policy::{Facts, Role, Scope, of};
use program::short_day;
use shell::{Column, Tone, badge, card, empty_state, figures, note, page_head_with, pager, readers_line, table};

use crate::{
    corrections, keepers,
    look_up::{LEAD, TITLE, imported, open_promises},
    people,
    roster::Figures,
    rules::standing::Standing,
};

const PAGE: usize = 25;

pub(crate) fn get(tx: &mut Tx, visit: &Visit, sum: &Figures) -> Answer {
    let may_import = keepers::may_import(tx, visit)?;
    let office = keepers::office(tx)?;
    let (good, all) = (sum.good.to_string(), sum.members.to_string());
    let lapsed = (sum.members - sum.good).to_string();
    let aside = html! { @if may_import { (shell::link_button("/roster/import", "Import a list")) } };
    let body = html! {
        (page_head_with(TITLE, LEAD, aside))
        @if may_import {
            (note(Tone::Info, html! { p { "Nobody is in the office yet, so you hand the lists in. As soon as somebody is, the roster is theirs to keep." } }))
        } @else {
            (note(Tone::Info, html! { p { "The office keeps the roster: " (office.join(", ")) "." } }))
        }
        @if may_import { (corrections::asked(tx)?) }
        (figures(&[(&all, "on the list"), (&good, "in good standing today"), (&lapsed, "lapsed")]))
        (people_of_the_cohort(tx, visit)?)
        (open_promises(tx, visit)?)
        (imported(tx, visit)?)
        p { (shell::link_quiet("/tokens", "Tokens for the membership system")) }
        (readers_line(&policy::who_can_read_as(policy::Record::MembershipRoster, &visit.subject)))
    };
    Ok(Reply::wide(TITLE, body))
}

fn people_of_the_cohort(tx: &mut Tx, visit: &Visit) -> Result<Markup, Failure> {
    let Some(cohort) = program::current(tx)? else { return Ok(html! {}) };
    let scope = visit.scope(&Facts::in_cohort(cohort.id.number()));
    let Ok(scope): Result<Scope<of::MembershipRoster>, _> = scope else { return Ok(html! {}) };
    let people = named(tx, &scope)?;
    let pages = people.len().div_ceil(PAGE);
    let page = visit.query.number("page").and_then(|it| usize::try_from(it).ok()).unwrap_or(1).clamp(1, pages.max(1));
    let today = program::today(tx)?;
    let mut rows = Vec::new();
    for (name, person) in people.into_iter().skip((page - 1) * PAGE).take(PAGE) {
        let look = people::look(tx, person, today)?;
        let eligible = matches!(look.standing, Standing::Member { .. });
        rows.push(vec![
            html! { (name) },
            badge(if eligible { Tone::Good } else { Tone::Warn }, if eligible { "Yes" } else { "No" }),
            html! { (look.expires_on.map(short_day).unwrap_or_default()) },
        ]);
    }
    let columns = ["Name", "In good standing", "Expires"].map(Column::text);
    Ok(card(
        &format!("Who takes part in {}", cohort.name),
        html! {
            @if rows.is_empty() { (empty_state("Nobody yet", "Who applies for this cohort stands here, with whether they are a member.", None)) }
            @else { (table("Membership of those who take part", &columns, rows)) }
            (pager(page, pages, |page| format!("/roster?page={page}")))
        },
    ))
}

/// Everyone in the cohort, by name.
fn named(tx: &mut Tx, scope: &Scope<of::MembershipRoster>) -> Result<Vec<(String, Id)>, Failure> {
    let Some(cohort) = scope.cohort().map(Id::from) else { return Ok(Vec::new()) };
    let mut ids = BTreeSet::new();
    for role in [Role::Applicant, Role::Mentee, Role::Mentor] {
        ids.extend(program::in_cohort(tx, role, cohort)?);
    }
    let mut people = Vec::new();
    for id in ids {
        if let Some(account) = identity::find(tx, id)? {
            people.push((account.name, id));
        }
    }
    people.sort();
    Ok(people)
}
