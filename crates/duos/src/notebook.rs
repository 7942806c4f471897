//! The notebook: notes for both, and notes for oneself, visibly apart. Nobody else can
//! open either. MTG4.

use platform::prelude::*;
use policy::Record;
use program::{Calendar, calendar};
use shell::{Faults, Input, Style};

use crate::{
    access,
    duos::{self, Duo},
    forget,
    notes::{self, Note, WITHDRAWN},
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs(tx, visit)?;
    Ok(Reply::wide(TITLE, page(tx, visit, &duo, &Typed::default())?))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs_to_change(tx, visit)?;
    let typed = Typed {
        text: visit.form.text("text").to_owned(),
        is_private: visit.form.text("kind") != "shared",
        fault: None,
    };
    if let Some(fault) = fault(&duo, &typed.text) {
        return Err(Failure::refused(TITLE, page(tx, visit, &duo, &Typed { fault: Some(fault), ..typed })?));
    }
    notes::add(tx, &access::of_duo(visit, &duo)?, &duo, typed.is_private, &typed.text)?;
    let words = if typed.is_private { "Kept for you alone." } else { "Kept for the two of you." };
    Ok(Reply::go(duo.path("/notebook")).saying(words))
}

pub fn remove(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs_to_change(tx, visit)?;
    if !notes::remove(tx, &access::own(visit, &duo)?, &duo, visit.id("note")?)? {
        return Err(Failure::NotFound);
    }
    Ok(Reply::go(duo.path("/notebook")).saying("The note is deleted for good."))
}

const TITLE: &str = "Our notebook";
const MOST_CHARACTERS: usize = 5000;
const MOST_NOTES: i64 = 500;

#[derive(Default)]
struct Typed {
    text: String,
    is_private: bool,
    fault: Option<String>,
}

fn fault(duo: &Duo, text: &str) -> Option<String> {
    if !duo.is_active() {
        return Some("This duo is over; its notebook can be read, and your own notes deleted.".to_owned());
    }
    if text.is_empty() {
        return Some("Write something first.".to_owned());
    }
    (text.chars().count() > MOST_CHARACTERS)
        .then(|| format!("Please keep a note to {MOST_CHARACTERS} characters; write the rest into another."))
}

fn page(tx: &mut Tx, visit: &Visit, duo: &Duo, typed: &Typed) -> Result<Markup, Failure> {
    let person = visit.person()?;
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let (private, shared): (Vec<Note>, Vec<Note>) =
        notes::readable(tx, &access::of_duo(visit, duo)?, &access::own(visit, duo)?, duo, MOST_NOTES)?
            .into_iter()
            .partition(|it| it.is_private);
    let partner = duo.name_of(duo.partner_of(person));
    let mut faults = Faults::new();
    if let Some(fault) = &typed.fault {
        faults.add("text", fault.as_str());
    }
    let until = forget::kept_until(tx, duo)?;
    let may_delete = visit.may(policy::Action::WriteNotebook, Some(duo.cohort));
    let part =
        |is_private: bool| Part { duo, person, may_delete, calendar: &calendar, typed, faults: &faults, is_private };
    Ok(html! {
        (shell::breadcrumbs(&[(&duo.path(""), &format!("You and {partner}"))], "Notebook"))
        (shell::page_head(TITLE, "What you want to remember: for both of you, or for yourself."))
        (shell::error_summary(&faults))
        (shell::cards(html! {
            div.stack { (part(false).markup("For the two of us", &policy::who_can_read(Record::DuoMessage), &shared)) }
            div.stack { (part(true).markup("For me alone", &policy::who_can_read(Record::PrivateNote), &private)) }
        }))
        (program::keeping::line(until))
    })
}

/// One half of the notebook.
struct Part<'a> {
    duo: &'a Duo,
    person: Id,
    /// Whether they still take part: who has left keeps what they wrote, to read.
    may_delete: bool,
    calendar: &'a Calendar,
    typed: &'a Typed,
    faults: &'a Faults,
    is_private: bool,
}

impl Part<'_> {
    fn markup(&self, title: &str, readers: &str, notes: &[Note]) -> Markup {
        html! {
            section.card {
                h2 { (title) }
                (shell::readers_line(readers))
                @if self.duo.is_active() { (self.form()) }
            }
            @if notes.is_empty() { p.muted { @if self.is_private { "No note of your own yet." } @else { "No shared note yet." } } }
            @for note in notes { (self.note(note)) }
        }
    }

    fn form(&self) -> Markup {
        let kind = if self.is_private { "private" } else { "shared" };
        let label = if self.is_private { "A note for yourself" } else { "A note for both of you" };
        let is_typed = self.typed.is_private == self.is_private && self.typed.fault.is_some();
        let id = format!("note-{kind}");
        let input = Input::new("text", label).rows(4).unmarked();
        // The summary leads to the field that came back; the other one has an id of its own.
        let input = if is_typed { input.value(&self.typed.text).faults(self.faults) } else { input.id(&id) };
        shell::form(
            &self.duo.path("/notebook"),
            html! {
                (shell::hidden("kind", kind))
                (shell::long_field(&input))
                (shell::actions(shell::button(if self.is_private { "Keep for me" } else { "Keep for both" })))
            },
        )
    }

    fn note(&self, note: &Note) -> Markup {
        let day = program::long_day(self.calendar.today(note.written_at));
        shell::card_plain(html! {
            p.muted {
                @if self.is_private { (shell::badge(shell::Tone::Plain, "Only you")) " " }
                @else { (self.duo.name_of(note.author)) ", " }
                (day)
            }
            @if note.text.is_none() { p.muted { (WITHDRAWN) } }
            @for line in note.lines() { p { (line) } }
            @if note.author == self.person && self.may_delete {
                (shell::post_button(
                    &self.duo.path(&format!("/notebook/{}/removal", note.id)),
                    "Delete this note",
                    &[],
                    Style::Quiet,
                ))
            }
        })
    }
}
