//! The letters written to me, and which kinds I want.

use platform::{
    outbox::{self, Queued},
    prelude::*,
};
use policy::{Facts, Grant, of};
use program::keeping;
use shell::{Column, Style};

use crate::{
    kinds::{self, Class},
    look::shown,
    titles, unsubscribe,
};

/// More than a year of taking part brings.
const MOST: i64 = 300;

pub fn list(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = visit.person()?;
    let letters = outbox::of_account(tx, &own(visit)?, MOST)?;
    let zone = zone(tx)?;
    let rows: Vec<Vec<Markup>> = letters
        .iter()
        .map(|letter| {
            let day = program::short_day(letter.queued_at.to_zoned(zone.clone()).date());
            vec![
                html! { (shell::unbroken(&day)) },
                html! { a href={ "/me/letters/" (letter.id) } { (title_of(letter)) } },
                html! { (letter.from_name) },
            ]
        })
        .collect();
    let columns = [Column::text("Day"), Column::text("Letter"), Column::text("From")];
    let mut kinds = Vec::new();
    for class in [Class::Helpful, Class::Alumni] {
        kinds.push((class, !unsubscribe::has_unsubscribed(tx, account, class)?));
    }
    let body = html! {
        (shell::page_head("Letters to you", "Everything the program has written to you. Nobody else can open this list."))
        @if rows.is_empty() {
            (shell::empty_state("No letters yet", "When the program writes to you, the letter also stands here.", None))
        } @else {
            (shell::table("Letters to you, the newest first", &columns, rows))
        }
        (shell::card("Letters you can do without", html! {
            p { "Letters that belong to your part in the program always come. These you can end, and begin again:" }
            @for (class, wanted) in &kinds { (choice(*class, *wanted)) }
        }))
    };
    Ok(Reply::page("Letters to you", body))
}

fn choice(class: Class, wanted: bool) -> Markup {
    let words = unsubscribe::words(class);
    let wish = if wanted { "no" } else { "yes" };
    let button = if wanted { format!("End {words}") } else { format!("Send me {words} again") };
    html! {
        div {
            p { @if wanted { "You get " (words) "." } @else { "You do not get " (words) "." } }
            (shell::post_button("/me/letters/kinds", &button, &[("class", class.key()), ("wanted", wish)], Style::Quiet))
        }
    }
}

pub fn choose(tx: &mut Tx, visit: &Visit) -> Answer {
    let class = unsubscribe::class_named(visit.form.text("class")).ok_or(Failure::NotFound)?;
    let wanted = visit.form.text("wanted") == "yes";
    unsubscribe::set(tx, visit.person()?, class, wanted)?;
    let words = unsubscribe::words(class);
    let said = if wanted { format!("You get {words} again.") } else { format!("You get no more {words}.") };
    Ok(Reply::go("/me/letters").saying(said))
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let id = visit.id("letter")?;
    let letters = outbox::of_account(tx, &own(visit)?, MOST)?;
    let letter = letters.into_iter().find(|letter| letter.id == id).ok_or(Failure::NotFound)?;
    let day = program::long_day(letter.queued_at.to_zoned(zone(tx)?).date());
    let title = title_of(&letter);
    let is_private = kinds::find(&letter.letter).is_none_or(|kind| kind.class == Class::Account);
    let body = html! {
        (shell::breadcrumbs(&[("/me/letters", "Letters to you")], &title))
        (shell::page_head(&title, &format!("From {}, {day}", letter.from_name)))
        @if !letter.has_body() {
            p { "The words of a letter are deleted " (keeping::letter_days()) " days after it was written. That it was written stays for a year." }
        } @else if is_private {
            (shell::note(shell::Tone::Info, html! { p { "This letter is about your account and holds a link that is yours alone. Please open it in your mail." } }))
        } @else {
            (shell::card_plain(shell::prose(shown(&letter.text, &visit.config.base_url))))
        }
    };
    Ok(Reply::page(title, body))
}

/// Proof that somebody may read what was written to them.
pub(crate) fn own(visit: &Visit) -> Result<Grant<of::SentMail>, Failure> {
    visit.grant(&Facts::of_program().own(true))
}

/// Its subject; where its words are gone, what letters of this kind are called.
pub(crate) fn title_of(letter: &Queued) -> String {
    if letter.has_body() { letter.subject.clone() } else { titles::title(&letter.letter) }
}

fn zone(tx: &mut Tx) -> Result<jiff::tz::TimeZone, Failure> {
    let program = program::the_program(tx)?;
    Ok(program::calendar::zone_named(&program.zone))
}
