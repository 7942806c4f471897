//! `/concerns/{concern}`: one concern, with what was done about it.

use platform::{audit, prelude::*};
use policy::{Grant, Record, may, of};
use program::{Calendar, calendar, long_day};
use shell::{Choice, Faults, Input, Style};

use super::{Concern, Content, Note, RECORD, access, circle, circle::Contact, notes, told};
use crate::rules::concern::LONGEST;

struct Shown {
    concern: Concern,
    content: Content,
    named: Vec<String>,
    notes: Vec<Note>,
    readers: Vec<String>,
    /// To whom it may still be passed on; nobody where whoever reads it may not.
    contacts: Vec<Contact>,
    may_write: bool,
    is_own: bool,
    /// As whom it is read, where it is not one's own.
    reader: policy::Column,
    calendar: Calendar,
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    show(tx, visit, &Faults::new())
}

/// The page, again with what was typed where something was refused.
pub(crate) fn refused(tx: &mut Tx, visit: &Visit, faults: &Faults) -> Result<Failure, Failure> {
    let shown = shown(tx, visit)?;
    Ok(Failure::refused(title(&shown), page(&shown, &visit.form.typed(), faults)))
}

fn show(tx: &mut Tx, visit: &Visit, faults: &Faults) -> Answer {
    let shown = shown(tx, visit)?;
    Ok(Reply::page(title(&shown), page(&shown, &visit.form.typed(), faults)))
}

fn title(shown: &Shown) -> String {
    format!("Concern of {}", long_day(shown.calendar.today(shown.concern.raised_at)))
}

fn shown(tx: &mut Tx, visit: &Visit) -> Result<Shown, Failure> {
    let (concern, grant): (Concern, Grant<of::Escalation>) = access::of_path(tx, visit)?;
    let is_own = visit.person()? == concern.reporter;
    if !is_own {
        let right = format!("as {}", grant.right().words());
        let whose = super::whose(tx, &concern)?;
        tx.has_read(audit::Reading { record: RECORD, about: concern.id, whose, right });
    }
    let content = told(tx, &grant, &concern)?;
    let mut named = Vec::new();
    for person in content.named() {
        named.extend(platform::identity::find(tx, person)?.map(|it| it.name));
    }
    let may_write = access::grant::<may::Write>(tx, &visit.subject, &concern)?.is_some();
    let contacts = match may_write && concern.closed_at.is_none() {
        true => circle::may_be_referred_to(tx, &concern)?,
        false => Vec::new(),
    };
    let cohort = program::the_cohort(tx, concern.cohort)?;
    Ok(Shown {
        notes: notes(tx, &grant, concern.id)?,
        readers: circle::readers(tx, &concern)?,
        calendar: calendar::of(tx, &cohort)?,
        content,
        named,
        contacts,
        may_write,
        is_own,
        reader: policy::Column::from(&visit.subject),
        concern,
    })
}

fn page(shown: &Shown, typed: &Fields, faults: &Faults) -> Markup {
    let concern = &shown.concern;
    let day = |at: jiff::Timestamp| long_day(shown.calendar.today(at));
    let title = title(shown);
    let readers = match shown.readers.as_slice() {
        [] => "nobody else; the people you wrote to no longer serve".to_owned(),
        names => names.join(", "),
    };
    let mut facts = vec![
        ("From", html! { (concern.reporter_name) }),
        ("To", html! { (concern.addressed_name) }),
        ("Read at this moment by", html! { (readers) }),
    ];
    if !shown.named.is_empty() {
        facts.push(("About", html! { (shown.named.join(", ")) ", who does not see it" }));
    }
    if let Some(at) = concern.closed_at {
        facts.push(("Closed", html! { (day(at)) }));
    }
    html! {
        (shell::breadcrumbs(&[("/concerns", "Concerns")], &title))
        (shell::error_summary(faults))
        (shell::page_head(&title, ""))
        (shell::facts(&facts))
        (shell::card("What was told", html! { (lines(&shown.content.words)) }))
        (shell::card("What has been done", html! {
            @if shown.notes.is_empty() { p.muted { "Nothing is noted yet." } }
            @for note in &shown.notes {
                p.meta { strong { (note.name) } ", " (day(note.noted_at)) }
                (lines(&note.words))
            }
            @if shown.may_write { (add_note(concern.id, shown.is_own, typed, faults)) }
        }))
        @if shown.may_write && concern.closed_at.is_none() { (settle(shown, typed, faults)) }
        @if shown.is_own { (shell::readers_line(&policy::who_can_read(Record::Escalation))) }
        @else { (shell::readers_line(&policy::who_can_read_as(Record::Escalation, shown.reader))) }
        @if shown.is_own { (shell::who_has_read(RECORD, Some(&concern.id.to_string()))) }
        p.hint {
            "Deleted " (program::keeping::concern_years()) " years after it is closed, and its key with it; while it is open, it is kept."
            @if shown.is_own { " Should you ask to be forgotten, it stays until then with those who read it, without your name." }
        }
    }
}

fn add_note(concern: Id, is_own: bool, typed: &Fields, faults: &Faults) -> Markup {
    let label = if is_own { "Add something" } else { "Who looks after it, and what is done" };
    let hint = if is_own { "" } else { "The person who raised it reads this and gets a letter that there is news." };
    let mut input =
        Input::new("words", label).value(typed.text("words")).max(LONGEST).rows(4).required().faults(faults);
    if !hint.is_empty() {
        input = input.hint(hint);
    }
    shell::form(
        &format!("/concerns/{concern}/notes"),
        html! { (shell::long_field(&input)) (shell::actions(shell::button("Note it"))) },
    )
}

fn settle(shown: &Shown, typed: &Fields, faults: &Faults) -> Markup {
    let concern = shown.concern.id;
    let people: Vec<Choice> = shown
        .contacts
        .iter()
        .map(|it| Choice::new(it.person.to_string(), format!("{}, {}", it.name, it.words)))
        .collect();
    html! {
        @if !people.is_empty() {
            (shell::card("Pass it on", html! {
                p { "They then read it too. Whom it is about, and whoever was left out, is not among these names." }
                (shell::form(&format!("/concerns/{concern}/referrals"), html! {
                    (shell::select_field(&Input::new("person", "To whom").value(typed.text("person")).required().faults(faults), &people))
                    (shell::actions(shell::button_quiet("Pass it on")))
                }))
            }))
        }
        (shell::post_button(&format!("/concerns/{concern}/closing"), "Close it", &[], Style::Quiet))
    }
}

fn lines(words: &str) -> Markup {
    html! { @for line in words.lines().filter(|it| !it.trim().is_empty()) { p { (line) } } }
}
