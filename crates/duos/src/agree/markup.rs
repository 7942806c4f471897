//! How the agreement looks: to read, to write in, and when two wrote at once.

use forms::{Answers, Form};
use jiff::{Timestamp, civil::Date};
use platform::prelude::*;
use program::{Calendar, long_day};
use shell::{Faults, Style, Tone};

use crate::{
    agreements::{Body, Revision},
    duos::Duo,
};

pub(super) struct Page<'a> {
    pub duo: &'a Duo,
    pub person: Id,
    pub calendar: &'a Calendar,
    pub due: Date,
    pub newest: Option<(&'a Revision, &'a Body)>,
    /// The one that holds while the newest waits to be confirmed.
    pub standing: Option<(&'a Revision, &'a Body)>,
    pub faults: &'a Faults,
    pub today: Date,
}

impl Page<'_> {
    fn is_due(&self) -> &'static str {
        if self.today > self.due { "was due on" } else { "is due on" }
    }
}

pub(super) fn read(page: &Page) -> Markup {
    let Page { duo, person, .. } = *page;
    let partner = duo.name_of(duo.partner_of(person));
    html! {
        (way(duo, partner))
        (shell::page_head("Our agreement", &format!("Between you and {partner}. It belongs to the two of you.")))
        (shell::error_summary(page.faults))
        (shell::readers_line(&policy::who_can_read(policy::Record::Agreement)))
        @match page.newest {
            None => (none_yet(page)),
            Some((revision, body)) => {
                (state(page, revision))
                @if duo.is_active() { (what_to_do(duo, person, revision)) }
                (forms::summary(&body.form, &body.answers, &[]))
            }
        }
        @if let Some((revision, body)) = page.standing {
            details {
                summary { "The version that holds until both have confirmed the new one" }
                @if let Some(at) = revision.signed_at { p { "Confirmed by both on " (day(page, at)) "." } }
                (forms::summary(&body.form, &body.answers, &[]))
            }
        }
    }
}

fn none_yet(page: &Page) -> Markup {
    if !page.duo.is_active() {
        return shell::empty_state("No agreement was written", "This duo is over.", None);
    }
    let words = format!(
        "It need not be long: why you do this, one goal, a rhythm and the next date. It {} {}.",
        page.is_due(),
        long_day(page.due)
    );
    let href = page.duo.path("/agreement/edit");
    shell::empty_state("Nothing is written yet", &words, Some((&href, "Begin")))
}

fn state(page: &Page, revision: &Revision) -> Markup {
    let duo = page.duo;
    let saved = format!(
        "Version {}, saved by {} on {}.",
        revision.revision,
        duo.name_of(revision.saved_by),
        day(page, revision.saved_at)
    );
    match revision.signed_at {
        Some(at) if !duo.is_active() => shell::note(
            Tone::Plain,
            html! {
                p { "Both of you confirmed it on " (day(page, at)) ". It ended with your duo. " (saved) }
            },
        ),
        None if !duo.is_active() => {
            shell::note(Tone::Plain, html! { p { (saved) " Not both of you had confirmed it when your duo ended." } })
        }
        Some(at) => shell::note(
            Tone::Good,
            html! {
                p { "Your agreement stands. Both of you confirmed it on " (day(page, at)) ". " (saved) }
            },
        ),
        None => shell::note(
            Tone::Info,
            html! {
                p { (saved) " Not yet confirmed by " (waiting_for(page, revision)) "; it " (page.is_due()) " " (long_day(page.due)) "." }
            },
        ),
    }
}

fn waiting_for(page: &Page, revision: &Revision) -> String {
    let duo = page.duo;
    let partner = duo.partner_of(page.person);
    match (revision.is_signed_by(duo, page.person), revision.is_signed_by(duo, partner)) {
        (false, false) => format!("you and {}", duo.name_of(partner)),
        (false, true) => "you".to_owned(),
        _ => duo.name_of(partner).to_owned(),
    }
}

fn what_to_do(duo: &Duo, person: Id, revision: &Revision) -> Markup {
    let number = revision.revision.to_string();
    shell::actions(html! {
        @if !revision.is_signed_by(duo, person) {
            (shell::post_button(
                &duo.path("/agreement/signature"),
                "I confirm this version",
                &[("revision", &number)],
                Style::Main,
            ))
        }
        (shell::link_quiet(&duo.path("/agreement/edit"), "Change it"))
    })
}

pub(super) fn edit(duo: &Duo, person: Id, form: &Form, answers: &Answers, faults: &Faults, seen: i64) -> Markup {
    let partner = duo.name_of(duo.partner_of(person));
    html! {
        (way(duo, partner))
        (shell::page_head(&form.title, &form.intro))
        (shell::error_summary(faults))
        (shell::readers_line(&policy::who_can_read(policy::Record::Agreement)))
        (fields(duo, form, answers, faults, seen))
    }
}

pub(super) fn conflict(
    duo: &Duo,
    person: Id,
    form: &Form,
    answers: &Answers,
    newest: &Revision,
    theirs: Option<&Body>,
) -> Markup {
    let partner = duo.name_of(duo.partner_of(person));
    let by = if newest.saved_by == person { "You" } else { partner };
    let words = format!(
        "{by} saved another version while you were writing. Nothing is lost: that version stands first, yours is in the form below it. Take over what you want to keep, then save."
    );
    html! {
        (way(duo, partner))
        (shell::page_head(&form.title, ""))
        (shell::error_summary(&Faults::general(words)))
        (shell::readers_line(&policy::who_can_read(policy::Record::Agreement)))
        h2 { "Version " (newest.revision) ", saved meanwhile" }
        @if let Some(body) = theirs { (forms::summary(&body.form, &body.answers, &[])) }
        h2 { "Your version, not saved yet" }
        (fields(duo, form, answers, &Faults::new(), newest.revision))
    }
}

fn fields(duo: &Duo, form: &Form, answers: &Answers, faults: &Faults, seen: i64) -> Markup {
    shell::form(
        &duo.path("/agreement"),
        html! {
            (shell::hidden("revision", &seen.to_string()))
            (forms::fields(form, answers, faults, &[]))
            p.muted { "You can save with gaps and come back. A new version is confirmed by both of you again." }
            (shell::actions(html! {
                (shell::button("Save this version"))
                (shell::link_quiet(&duo.path("/agreement"), "Leave without saving"))
            }))
        },
    )
}

fn way(duo: &Duo, partner: &str) -> Markup {
    shell::breadcrumbs(&[(&duo.path(""), &format!("You and {partner}"))], "Agreement")
}

fn day(page: &Page, at: Timestamp) -> String {
    long_day(page.calendar.today(at))
}
