//! The post of a demo and of development: letters that stay in the house, to be read by
//! whoever plays. Serving for real people, these pages are not there.

use jiff::tz::TimeZone;
use platform::{
    app::Mode,
    outbox::{self, Queued},
    prelude::*,
};
use shell::{Column, Input};

use crate::{look::shown, own::title_of};

const MOST: usize = 100;
/// How many are looked through for a recipient, in steps of `STEP`.
const LOOKED_AT: i64 = 20_000;
const STEP: i64 = 1000;

pub fn list(tx: &mut Tx, visit: &Visit) -> Answer {
    only_in_play(visit)?;
    let to = visit.query.text("to");
    let letters = found(tx, to)?;
    let zone = zone(tx)?;
    let rows = letters.iter().map(|letter| row(letter, &zone)).collect::<Vec<_>>();
    let columns = [
        Column::text("Time"),
        Column::text("To"),
        Column::text("Letter"),
        Column::text("Which"),
        Column::text("State"),
    ];
    let body = html! {
        (shell::page_head("Post", "Letters that the house has written. Nothing leaves it: they are read here."))
        form.form method="get" action="/dev/mail" {
            (shell::text_field(&Input::new("to", "Recipient").kind("search").value(to).hint("A name or an address, or a part of it.")))
            (shell::button_quiet("Show"))
        }
        @if rows.is_empty() {
            (shell::empty_state("No letters", "Nothing was written to anyone of that name so far.", None))
        } @else {
            (shell::table("The newest letters", &columns, rows))
        }
    };
    Ok(Reply::wide("Post", body))
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    only_in_play(visit)?;
    let letter = outbox::find(tx, visit.id("letter")?)?.ok_or(Failure::NotFound)?;
    let title = title_of(&letter);
    let zone = zone(tx)?;
    let base = visit.config.base_url.as_str();
    let reply_to = if letter.reply_to.is_empty() { "the program" } else { &letter.reply_to };
    let body = html! {
        (shell::breadcrumbs(&[("/dev/mail", "Post")], &title))
        (shell::page_head(&title, ""))
        (shell::facts(&[
            ("To", html! { (letter.to_name) " <" (letter.to_address) ">" }),
            ("From", html! { (letter.from_name) }),
            ("Answers go to", html! { (reply_to) }),
            ("Written", html! { (time(&letter, &zone)) }),
            ("State", html! { (state(&letter)) }),
        ]))
        (shell::card_plain(shell::prose(shown(&letter.text, base))))
        @if let Some(calendar) = &letter.calendar { (shell::card("Calendar file", html! { pre { (calendar) } })) }
    };
    Ok(Reply::page(title, body))
}

fn only_in_play(visit: &Visit) -> Result<(), Failure> {
    if is_in_play(visit.config.mode) { Ok(()) } else { Err(Failure::NotFound) }
}

fn is_in_play(mode: Mode) -> bool {
    matches!(mode, Mode::Demo | Mode::Development)
}

fn found(tx: &mut Tx, to: &str) -> Result<Vec<Queued>, Failure> {
    if to.is_empty() {
        return Ok(outbox::newest(tx, MOST as i64, 0)?);
    }
    let wanted = to.to_lowercase();
    let is_to = |letter: &Queued| {
        letter.to_address.to_lowercase().contains(&wanted) || letter.to_name.to_lowercase().contains(&wanted)
    };
    let mut found = Vec::new();
    let mut skip = 0;
    while skip < LOOKED_AT && found.len() < MOST {
        let letters = outbox::newest(tx, STEP, skip)?;
        let count = letters.len();
        found.extend(letters.into_iter().filter(is_to));
        if count < STEP as usize {
            break;
        }
        skip += STEP;
    }
    found.truncate(MOST);
    Ok(found)
}

fn row(letter: &Queued, zone: &TimeZone) -> Vec<Markup> {
    vec![
        html! { (shell::unbroken(&time(letter, zone))) },
        html! { (letter.to_name) br; (letter.to_address) },
        html! { a href={ "/dev/mail/" (letter.id) } { (title_of(letter)) } },
        html! { (letter.letter) },
        html! { (state(letter)) },
    ]
}

fn time(letter: &Queued, zone: &TimeZone) -> String {
    program::day_and_time(letter.queued_at, zone)
}

/// The zone in which the program's people live; before the set-up there is none.
fn zone(tx: &mut Tx) -> Result<TimeZone, Failure> {
    Ok(program::program(tx)?.map_or(TimeZone::UTC, |program| program::calendar::zone_named(&program.zone)))
}

/// What has become of a letter, in words. None leaves this house while it waits.
fn state(letter: &Queued) -> &str {
    match letter.state.as_str() {
        "queued" | "claimed" => "kept here",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_peoples_letters_are_not_shown() {
        assert!(!is_in_play(Mode::Serving));
        assert!(is_in_play(Mode::Demo) && is_in_play(Mode::Development));
    }
}
