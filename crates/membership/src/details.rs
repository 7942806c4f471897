//! `POST /me`: what a person tells about themselves.

use platform::prelude::*;
use program::Next;
use shell::{Choice, Faults, Input, card, readers_line, select_field, text_field};

use crate::{me, people, people::Person, rules::names};

/// Time zones of people in the associations we know, and the world's own.
const ZONES: &[(&str, &str)] = &[
    ("America/New_York", "Eastern (New York)"),
    ("America/Chicago", "Central (Chicago)"),
    ("America/Denver", "Mountain (Denver)"),
    ("America/Phoenix", "Arizona (Phoenix)"),
    ("America/Los_Angeles", "Pacific (Los Angeles)"),
    ("America/Anchorage", "Alaska (Anchorage)"),
    ("Pacific/Honolulu", "Hawaii (Honolulu)"),
    ("America/Halifax", "Atlantic (Halifax)"),
    ("America/Toronto", "Toronto"),
    ("Europe/London", "London"),
    ("Europe/Berlin", "Central Europe (Berlin)"),
    ("Europe/Helsinki", "Eastern Europe (Helsinki)"),
    ("Asia/Kolkata", "India (Kolkata)"),
    ("Asia/Singapore", "Singapore"),
    ("Asia/Tokyo", "Tokyo"),
    ("Australia/Sydney", "Sydney"),
    ("Pacific/Auckland", "Auckland"),
    ("UTC", "UTC"),
];

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let was = people::whoever_asks(tx, visit)?;
    let typed = read(visit, &was);
    let faults = faults(visit, &typed);
    if !faults.is_empty() {
        return Err(Failure::refused(me::TITLE, me::markup(tx, visit, &typed, &faults)?));
    }
    if typed.name != was.name {
        platform::identity::rename(tx, was.id, &typed.name)?;
    }
    people::write_details(tx, &typed)?;
    Ok(Reply::go("/me").saying("Your details are saved."))
}

/// Asks people who take part for what the program cannot do without.
pub(crate) fn next_step(person: &Person) -> Option<Next> {
    person.employer.is_empty().then(|| {
        Next::new("Confirm your details", "/me", "Look at my details")
            .saying("Tell us where you work, so that nobody is paired with a colleague from the same house.")
    })
}

fn read(visit: &Visit, was: &Person) -> Person {
    let text = |name: &str| visit.form.text(name).to_owned();
    Person {
        id: was.id,
        name: text("name"),
        email: was.email.clone(),
        pronouns: text("pronouns"),
        phone: text("phone"),
        city: text("city"),
        zone: text("zone"),
        employer: text("employer"),
        member_number: text("member_number"),
        joined_year: if text("joined_year").is_empty() { None } else { visit.form.number("joined_year").or(Some(0)) },
    }
}

fn faults(visit: &Visit, person: &Person) -> Faults {
    let mut faults = Faults::new();
    if let Some(words) = names::fault_of_name(&person.name) {
        faults.add("name", words);
    }
    let lengths = [
        ("pronouns", &person.pronouns, 40),
        ("phone", &person.phone, 40),
        ("city", &person.city, 100),
        ("employer", &person.employer, 160),
        ("member_number", &person.member_number, 40),
    ];
    for (field, text, most) in lengths {
        if text.chars().count() > most {
            faults.add(field, format!("Use at most {most} characters."));
        }
    }
    if person.phone.chars().any(|letter| !letter.is_ascii_digit() && !"+-()./ x".contains(letter)) {
        faults.add("phone", "Enter a phone number such as +1 312 555 0100.");
    }
    if !person.zone.is_empty() && jiff::tz::TimeZone::get(&person.zone).is_err() {
        faults.add("zone", "Choose a time zone from the list.");
    }
    if person.joined_year.is_some_and(|year| !(1900..=2100).contains(&year)) {
        faults.add("joined_year", format!("“{}” is not a year. Enter it like 2025.", visit.form.text("joined_year")));
    }
    faults
}

pub(crate) fn form(person: &Person, faults: &Faults) -> Markup {
    let year = person.joined_year.filter(|year| *year > 0).map_or_else(String::new, |year| year.to_string());
    let zones = zones(&person.zone);
    let field = |name, label, value| Input::new(name, label).value(value).faults(faults);
    card(
        "Your details",
        html! {
            (shell::form("/me", html! {
                (text_field(&field("name", "Name", &person.name).required().autocomplete("name")))
                (text_field(&field("pronouns", "Pronouns", &person.pronouns)))
                (text_field(&field("phone", "Phone", &person.phone).kind("tel").autocomplete("tel")))
                (text_field(&field("city", "City", &person.city).autocomplete("address-level2")))
                (select_field(&field("zone", "Time zone", &person.zone), &zones))
                (text_field(&field("employer", "Where you work", &person.employer).autocomplete("organization")
                    .hint("The institution, not the department. It keeps colleagues from being paired.")))
                (text_field(&field("member_number", "Member number", &person.member_number)))
                (text_field(&field("joined_year", "Member since", &year).kind("number").hint("The year you joined.")))
                (readers_line(&policy::who_can_read(policy::Record::PersonDetails)))
                (shell::button("Save my details"))
            }))
            p.hint { "Your address is " (person.email) ". You can change it further down." }
        },
    )
}

/// The usual zones, and the person's own where it is another.
fn zones(own: &str) -> Vec<Choice> {
    let mut zones = vec![Choice::new("", "As the program has it")];
    if !own.is_empty() && !ZONES.iter().any(|(name, _)| *name == own) {
        zones.push(Choice::new(own, own));
    }
    zones.extend(ZONES.iter().map(|(name, words)| Choice::new(*name, *words)));
    zones
}
