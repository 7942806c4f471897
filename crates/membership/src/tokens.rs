//! `/tokens`: what lets programs of the association in, each for one scope.

use jiff::{SignedDuration, Timestamp};
use platform::{
    prelude::*,
    tokens::{self, Token},
};
use policy::Action;
use shell::{Choice, Column, Faults, Input, Tone, badge, card, error_summary, note, page_head, table};

use crate::api;

const TITLE: &str = "Tokens";
const READERS: &str =
    "The chair, the deputy and the office staff can see this page. The secrets themselves are kept nowhere.";
/// How long a token may last, in days.
const TERMS: [(i64, &str); 3] = [(30, "30 days"), (183, "Half a year"), (366, "A year")];

pub fn get(tx: &mut Tx, _: &Visit) -> Answer {
    let body = markup(tx, "", "366", &Faults::new(), None)?;
    Ok(Reply::wide(TITLE, body))
}

/// Makes a token. Its secret stands on this one page and nowhere else.
pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let (name, days) = (visit.form.text("name"), visit.form.text("days"));
    let mut faults = Faults::new();
    if name.is_empty() || name.chars().count() > 80 {
        faults.add("name", "Say in up to 80 characters which program will use it.");
    }
    let lasts = TERMS.iter().find(|(it, _)| it.to_string() == days).map(|(days, _)| *days);
    if lasts.is_none() {
        faults.add("days", "Choose how long it lasts.");
    }
    let (Some(lasts), true) = (lasts, faults.is_empty()) else {
        let body = markup(tx, name, days, &faults, None)?;
        return Err(crate::wide(Failure::refused(TITLE, body)));
    };
    let by = visit.person()?;
    let secret = tokens::make(tx, name, api::SCOPE, by, SignedDuration::from_hours(24 * lasts))?;
    journal::record(tx, "token made", by, Some(by), None)?;
    let body = markup(tx, "", "366", &Faults::new(), Some(&secret))?;
    Ok(Reply::wide(TITLE, body))
}

pub fn end(tx: &mut Tx, visit: &Visit) -> Answer {
    let (id, by) = (visit.id("id")?, visit.person()?);
    if !tokens::list(tx)?.iter().any(|it| it.id == id) {
        return Err(Failure::NotFound);
    }
    if tokens::end(tx, id, by)? {
        journal::record(tx, "token ended", id, Some(by), None)?;
    }
    Ok(Reply::go("/tokens").saying("Ended. It opens nothing any more."))
}

fn markup(tx: &mut Tx, name: &str, days: &str, faults: &Faults, secret: Option<&str>) -> Result<Markup, Failure> {
    let (all, now, url) = (tokens::list(tx)?, tx.now(), tx.url("/api/roster"));
    let zone = program::calendar::zone_named(&program::program(tx)?.map(|it| it.zone).unwrap_or_default());
    let day = |at: Timestamp| program::short_day(at.to_zoned(zone.clone()).date());
    let orphans = without_maker(tx, &all)?;
    let terms = TERMS.map(|(days, words)| Choice::new(days.to_string(), words));
    Ok(html! {
        (shell::breadcrumbs(&[("/roster", "Roster")], TITLE))
        (error_summary(faults))
        (page_head(TITLE, "The association’s membership system can deliver the member list by itself. A token lets it in, for that alone."))
        @if let Some(secret) = secret { (shown_once(secret, &url)) }
        (shell::form("/tokens", html! {
            (shell::text_field(&Input::new("name", "Which program will use it").value(name).hint("Such as “Membership system”.").required().faults(faults)))
            (shell::choice_field(&Input::new("days", "How long it lasts").value(days).required().faults(faults), &terms))
            (shell::button("Make a token"))
        }))
        (card("Tokens that were made", html! {
            @if all.is_empty() { p { "None so far." } }
            @else { (list(&all, (now, &orphans), &day)) }
        }))
        p { "What a program may send, and what it is answered: " a href="/api/openapi.json" { "the description (OpenAPI 3.1)" } "." }
        p.hint { (READERS) }
    })
}

fn shown_once(secret: &str, url: &str) -> Markup {
    note(
        Tone::Good,
        html! {
            p { strong { "Here is the token. Copy it now: it is shown this once." } }
            p { code { (secret) } }
            p { "To try it without changing anything:" }
            p { code { "curl -X PUT -H \"Authorization: Bearer " (secret) "\" -H \"Content-Type: text/csv\" --data-binary @members.csv \"" (url) "?dry_run=true\"" } }
        },
    )
}

/// Tokens of those who could make none any more: they end with the term.
fn without_maker(tx: &mut Tx, all: &[Token]) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for token in all {
        let makes = match token.made_by {
            Some(maker) => policy::admit(&program::subject(tx, maker)?, Action::RunTokens, None).is_ok(),
            None => false,
        };
        found.extend((!makes).then_some(token.id));
    }
    Ok(found)
}

fn list(all: &[Token], (now, orphans): (Timestamp, &[Id]), day: &dyn Fn(Timestamp) -> String) -> Markup {
    let columns = ["For", "Opens", "Made", "Ends", "Last used", "End it"].map(Column::text);
    let state = |it: &Token| match it.ended_at {
        Some(at) => badge(Tone::Plain, &format!("Ended {}", day(at))),
        None if orphans.contains(&it.id) => badge(Tone::Plain, "Ended with the term of whoever made it"),
        None if it.expires_at <= now => badge(Tone::Plain, &format!("Expired {}", day(it.expires_at))),
        None => html! { (day(it.expires_at)) },
    };
    let rows = all
        .iter()
        .map(|it| {
            vec![
                html! { (it.name) },
                html! { @if it.scope == api::SCOPE { "the roster" } @else { (it.scope) } },
                html! { (day(it.made_at)) @if let Some(by) = &it.made_by_name { br; span.hint { "by " (by) } } },
                state(it),
                html! { (it.used_at.map_or_else(|| "never".to_owned(), day)) },
                html! {
                    @if it.is_open(now) {
                        (shell::post_button_for(&format!("/tokens/{}/end", it.id), "End", &it.name, &[], shell::Style::Quiet))
                    }
                },
            ]
        })
        .collect();
    table("Tokens", &columns, rows)
}
