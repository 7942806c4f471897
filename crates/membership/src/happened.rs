//! What happened to one's account: when, what, and who did it in which capacity. A part of
//! the page `/me/readings`.

use jiff::{Timestamp, tz::TimeZone};
use platform::{identity, prelude::*};
use shell::Column;

/// What stands in the list, as the journal has it and as people read it.
const EVENTS: &[(&str, &str)] = &[
    ("account made", "Your account was made"),
    ("account made at the association", "Your account was made, by signing in at the association"),
    ("password set", "A password was set"),
    ("sign-in ended", "A sign-in was ended"),
    ("other sign-ins ended", "All other sign-ins were ended"),
    ("sign-ins ended by the committee", "All sign-ins were ended, by the committee or the office"),
    ("sign-ins ended by the chair", "All sign-ins were ended, by the chair"),
    ("sign-ins ended by the deputy chair", "All sign-ins were ended, by the deputy chair"),
    ("sign-ins ended by the office", "All sign-ins were ended, by the office"),
    ("letter with a link asked for by the committee", "A letter with a link was sent, for the committee or the office"),
    ("letter with a link asked for by the chair", "A letter with a link was sent, for the chair"),
    ("letter with a link asked for by the deputy chair", "A letter with a link was sent, for the deputy chair"),
    ("letter with a link asked for by the office", "A letter with a link was sent, for the office"),
    ("second factor taken away", "A second factor was taken away"),
    ("second factor taken away by the committee", "The second factor was taken away, by the committee or the office"),
    ("second factor taken away by the chair", "The second factor was taken away, by the chair"),
    ("second factor taken away by the deputy chair", "The second factor was taken away, by the deputy chair"),
    ("passkey taken away", "A passkey was taken away"),
    ("recovery codes made", "Recovery codes were made"),
    ("recovery code used", "A recovery code was used"),
    ("account closed by the committee", "The account was closed, by the committee or the office"),
    ("account closed by the chair", "The account was closed, by the chair"),
    ("account closed by the deputy chair", "The account was closed, by the deputy chair"),
    ("linked to the association's sign-in", "The association’s own sign-in was linked"),
    ("unlinked from the association's sign-in", "The association’s own sign-in was unlinked"),
    ("another address asked for", "Another address was asked for"),
    ("address changed", "The address was changed"),
    ("address put back", "The address was put back"),
    ("committee member appointed", "You were appointed to the committee, the office or as a reader"),
    ("committee term ended", "A term of yours was ended"),
    ("hand-over of the chair planned", "You were asked to take over the chair"),
    ("chair handed over", "The chair was handed over to you"),
    ("hand-over of the chair called off", "The hand-over of the chair to you was called off"),
];

pub(crate) struct Happened {
    at: Timestamp,
    what: &'static str,
    by: String,
}

/// What happened to somebody's account, the newest first.
pub(crate) fn to(tx: &mut Tx, person: Id) -> Result<Vec<Happened>, Failure> {
    let mut found = Vec::new();
    for line in journal::about(tx, person)?.into_iter().rev() {
        let Some((_, what)) = EVENTS.iter().find(|(known, _)| *known == line.what) else { continue };
        let by = match line.done_by {
            None => "nobody; it happened by itself".to_owned(),
            Some(it) if it == person => "you".to_owned(),
            Some(it) => identity::find(tx, it)?.map(|it| it.name).unwrap_or_default(),
        };
        found.push(Happened { at: line.done_at, what, by });
    }
    Ok(found)
}

pub(crate) fn markup(happened: &[Happened], zone: &TimeZone) -> Markup {
    let rows = happened
        .iter()
        .map(|it| vec![shell::unbroken(&program::day_and_time(it.at, zone)), html! { (it.what) }, html! { (it.by) }]);
    let columns = [Column::text("When"), Column::text("What"), Column::text("Who")];
    html! {
        section id="account" {
            h2 { "What happened to your account" }
            @if happened.is_empty() { p.muted { "Nothing yet." } }
            @else { (shell::table("What happened to your account", &columns, rows.collect())) }
        }
    }
}
