//! The committee's events: all of a cohort, a new circle, and time and place of each.

use jiff::civil::{Date, Time};
use platform::prelude::*;
use policy::{Grant, Opens, may, of};
use program::{Cohort, calendar};
use shell::{Column, Faults, Input};

use crate::{
    events::{self, Details, Event},
    invitations, jobs,
    rules::times::{self, TimeRefusal},
    visible::{self, Seen},
};

const TITLE: &str = "Events";

pub fn list(tx: &mut Tx, visit: &Visit) -> Answer {
    let (cohort, proof) = cohort(tx, visit)?;
    let body = list_page(tx, &proof, &cohort, &Fields::default(), &Faults::new())?;
    Ok(Reply::wide(TITLE, body))
}

/// Adds a circle.
pub fn add(tx: &mut Tx, visit: &Visit) -> Answer {
    let (cohort, proof) = cohort(tx, visit)?;
    let calendar = calendar::of(tx, &cohort)?;
    let typed = &visit.form;
    let mut faults = Faults::new();
    if typed.text("title").is_empty() {
        faults.add("title", "Give it a title.");
    }
    let times = times::times(typed.date("day"), typed.text("from"), typed.text("to"), calendar.today(tx.now()));
    let Some((day, from, to)) = checked(typed, times, &mut faults) else {
        return Err(Failure::refused(TITLE, list_page(tx, &proof, &cohort, typed, &faults)?));
    };
    let id = events::add_circle(tx, cohort.id, &details(typed, typed.text("title"), &calendar, day, from, to))?;
    Ok(Reply::go(format!("/events/{id}")).saying("Added. Everyone of the cohort finds it among their events."))
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let seen = visible::run_by(tx, visit)?;
    let typed = typed_from(&seen);
    Ok(Reply::page("Time and place", edit_page(&seen, &typed, &Faults::new())))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let seen = visible::run_by(tx, visit)?;
    let typed = &visit.form;
    let mut faults = Faults::new();
    let by_calendar = seen.event.is_by_calendar();
    let day = if by_calendar { Some(seen.event.day(&seen.calendar)) } else { typed.date("day") };
    if !by_calendar && typed.text("title").is_empty() {
        faults.add("title", "Give it a title.");
    }
    let times = times::times(day, typed.text("from"), typed.text("to"), seen.calendar.today(tx.now()));
    let Some((day, from, to)) = checked(typed, times, &mut faults) else {
        return Err(Failure::refused("Time and place", edit_page(&seen, typed, &faults)));
    };
    let title = if by_calendar { &seen.event.title } else { typed.text("title") };
    events::change(tx, seen.event.id, &details(typed, title, &seen.calendar, day, from, to))?;
    let changed = events::find(tx, &seen.proof, seen.event.id)?.ok_or(Failure::NotFound)?;
    let told = if typed.ticked("tell") { jobs::tell_of_change(tx, &seen.cohort, &changed)? } else { 0 };
    let words = match told {
        0 => "Time and place are set.".to_owned(),
        1 => "Time and place are set; one person who was invited gets a letter.".to_owned(),
        many => format!("Time and place are set; {many} people who were invited get a letter."),
    };
    Ok(Reply::go(format!("/events/{}", seen.event.id)).saying(words))
}

/// The cohort in the path, with the proof that whoever asks runs its events.
fn cohort(tx: &mut Tx, visit: &Visit) -> Result<(Cohort, Grant<of::Event, may::Write>), Failure> {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let proof = visible::proof(visit, cohort.id)?;
    Ok((cohort, proof))
}

type Times = (Date, Time, Time);

/// The times where nothing is wrong; otherwise what is, at its field.
fn checked(typed: &Fields, times: Result<Times, TimeRefusal>, faults: &mut Faults) -> Option<Times> {
    if let Err(refusal) = &times {
        faults.add(refusal.field(), refusal.to_string());
    }
    let link = typed.text("online_link");
    if !link.is_empty() && !link.starts_with("https://") {
        faults.add("online_link", "Enter a link that begins with https://.");
    }
    for (field, most) in [("title", 120), ("place", 300), ("online_link", 500), ("words", 3000)] {
        if typed.text(field).chars().count() > most {
            faults.add(field, format!("Up to {most} characters, please."));
        }
    }
    times.ok().filter(|_| faults.is_empty())
}

fn details(typed: &Fields, title: &str, calendar: &program::Calendar, day: Date, from: Time, to: Time) -> Details {
    Details {
        title: title.to_owned(),
        starts_at: events::moment(calendar, day, from),
        ends_at: events::moment(calendar, day, to),
        place: typed.text("place").to_owned(),
        online_link: typed.text("online_link").to_owned(),
        words: typed.text("words").to_owned(),
    }
}

fn typed_from(seen: &Seen<may::Write>) -> Fields {
    let local = |at: jiff::Timestamp| at.to_zoned(seen.calendar.zone().clone());
    let event = &seen.event;
    let (starts, ends) = (local(event.starts_at), local(event.ends_at));
    let pairs = [
        ("title", event.title.clone()),
        ("day", starts.date().to_string()),
        ("from", starts.strftime("%H:%M").to_string()),
        ("to", ends.strftime("%H:%M").to_string()),
        ("place", event.place.clone()),
        ("online_link", event.online_link.clone()),
        ("words", event.words.clone()),
        ("tell", "yes".to_owned()),
    ];
    Fields::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value)))
}

fn list_page(
    tx: &mut Tx,
    proof: &impl Opens<of::Event>,
    cohort: &Cohort,
    typed: &Fields,
    faults: &Faults,
) -> Result<Markup, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let columns = [
        Column::text("Event"),
        Column::text("When"),
        Column::number("Invited"),
        Column::number("Come"),
        Column::number("Online"),
    ];
    let mut rows = Vec::new();
    for event in events::in_cohort(tx, proof, cohort.id)? {
        let answers = invitations::of_event(tx, proof, event.id)?;
        let count = |word: &str| answers.values().filter(|it| *it == word).count();
        rows.push(vec![
            html! { a href=(format!("/events/{}", event.id)) { (event.title) } },
            html! { (event.when(&calendar)) },
            html! { (answers.len()) },
            html! { (count("yes")) },
            html! { (count("online")) },
        ]);
    }
    Ok(html! {
        (shell::page_head(TITLE, "The orientation and the follow-up session come from the calendar; circles you add."))
        (shell::error_summary(faults))
        @if rows.is_empty() {
            (shell::empty_state("No events yet", "The orientation stands here as soon as the cohort is open.", None))
        } @else { (shell::table("Events of the cohort", &columns, rows)) }
        (shell::card("Add a circle", html! {
            p { "A meeting for everyone of the cohort, such as a circle of mentors." }
            (shell::form(&format!("/cohorts/{}/events", cohort.id), html! {
                (title_and_day(typed, faults))
                (fields(typed, faults))
                (shell::actions(shell::button("Add the circle")))
            }))
        }))
    })
}

fn edit_page(seen: &Seen<may::Write>, typed: &Fields, faults: &Faults) -> Markup {
    let event: &Event = &seen.event;
    let path = format!("/events/{}", event.id);
    let lead = if event.is_by_calendar() {
        format!("{}. The day comes from the calendar of the cohort.", event.when(&seen.calendar))
    } else {
        event.when(&seen.calendar)
    };
    html! {
        (shell::breadcrumbs(&[("/events", "Events"), (&path, &event.title)], "Time and place"))
        (shell::page_head("Time and place", &lead))
        (shell::error_summary(faults))
        (shell::card_plain(shell::form(&format!("{path}/details"), html! {
            @if !event.is_by_calendar() { (title_and_day(typed, faults)) }
            (fields(typed, faults))
            @if event.is_by_calendar() {
                (shell::tick_field(&Input::new("tell", "Write to everyone who is invited and has not declined").value(typed.text("tell"))))
            }
            (shell::actions(shell::button("Save")))
        })))
    }
}

fn title_and_day(typed: &Fields, faults: &Faults) -> Markup {
    html! {
        (shell::text_field(&Input::new("title", "Title").required().max(120).value(typed.text("title")).faults(faults)))
        (shell::date_field(&Input::new("day", "Day").required().value(typed.text("day")).faults(faults)))
    }
}

fn fields(typed: &Fields, faults: &Faults) -> Markup {
    let time = |name, label| Input::new(name, label).kind("time").required().value(typed.text(name)).faults(faults);
    let text = |name, label| Input::new(name, label).value(typed.text(name)).faults(faults);
    html! {
        (shell::side_by_side(html! {
            (shell::text_field(&time("from", "From")))
            (shell::text_field(&time("to", "To")))
        }))
        (shell::text_field(&text("place", "Place").hint("Room, floor, building; what is needed to come in.").max(300)))
        (shell::text_field(&text("online_link", "Online room").hint("A link that begins with https://.").kind("url")))
        (shell::long_field(&text("words", "What people should know").rows(4).max(3000)))
    }
}
