//! Page `/set-up/{token}`: the first start. The chair makes the account, names the
//! association, picks the preset and gives the annual meeting's first day. SET9.

use jiff::{SignedDuration, civil::Date};
use platform::{enter, identity, links, passwords, prelude::*};
use policy::{Action, Role};
use shell::{Choice, Faults, Input};

use crate::{cohorts, lengths, memberships, preset};

const PURPOSE: &str = "set-up";
const TITLE: &str = "Set up your program";

pub fn doors() -> Doors {
    Doors::default()
        .get("/set-up/{token}", Action::SetUp, get)
        .post("/set-up/{token}", Action::SetUp, post)
        .taking(&[
            "name",
            "email",
            "password",
            "repeated",
            "association",
            "program",
            "zone",
            "preset",
            "annual_meeting",
            "midwinter",
            "places",
        ])
        .with_texts(&["password", "repeated"])
        .preparing(passwords::prepare)
}

/// Makes the one-time link for a house that has no program yet. `None` once it has one.
pub fn link(tx: &mut Tx) -> Result<Option<String>, Failure> {
    if cohorts::program(tx)?.is_some() {
        return Ok(None);
    }
    links::end(tx, PURPOSE, Id::default())?;
    let token = links::make(tx, PURPOSE, None, Id::default(), SignedDuration::from_hours(24 * 7))?;
    Ok(Some(tx.url(&format!("/set-up/{token}"))))
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    if let Some(refusal) = refusal(tx, visit)? {
        return Ok(Reply::page(TITLE, closed(&refusal)));
    }
    Ok(Reply::page(TITLE, page(visit, &Fields::default(), &Faults::new())))
}

fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    if let Some(refusal) = refusal(tx, visit)? {
        return Err(Failure::refused(TITLE, closed(&refusal)));
    }
    let form = &visit.form;
    let (faults, days) = read(visit);
    let (Some(days), true, Some(hash)) = (days, faults.is_empty(), &visit.prepared.password_hash) else {
        return Err(Failure::refused(TITLE, page(visit, form, &faults)));
    };
    if !links::use_up(tx, visit.param("token"))? {
        return Err(Failure::overtaken(
            TITLE,
            closed("This link has been used already. If that was you, all is well."),
        ));
    }
    cohorts::add_program(tx, form.text("association"), form.text("program"), form.text("zone"), form.text("email"))?;
    let chair = identity::add(tx, form.text("name"), form.text("email"), Some(hash))?;
    memberships::enrol(tx, chair, None, Role::Chair)?;
    let new = cohorts::NewCohort {
        name: &cohort_name(days.annual_meeting),
        annual_meeting: days.annual_meeting,
        midwinter: days.midwinter,
        next_annual_meeting: None,
        places: form.number("places").unwrap_or(25),
        begun_from: None,
    };
    let cohort = cohorts::add(tx, &new, Some(chair))?;
    let token = identity::sign_in(tx, chair, &visit.agent, identity::Strength::OneFactor)?;
    let cookie = enter::sign_in_cookie(visit, token, identity::SIGN_IN_LASTS.as_secs());
    let words = "Your program stands. These are its dates; change what does not fit, then open the cohort.";
    Ok(Reply::go(format!("/cohorts/{cohort}/calendar")).saying(words).with_cookie(cookie))
}

struct Days {
    annual_meeting: Date,
    midwinter: Option<Date>,
}

fn refusal(tx: &mut Tx, visit: &Visit) -> Result<Option<String>, Failure> {
    if cohorts::program(tx)?.is_some() {
        return Ok(Some("This house is set up already. Please sign in.".to_owned()));
    }
    let refusal = links::look(tx, PURPOSE, visit.param("token"))?.err();
    Ok(refusal.map(|_| {
        "This link does not open the set-up. Copy the newest one whole from the terminal; each start prints one."
            .to_owned()
    }))
}

fn read(visit: &Visit) -> (Faults, Option<Days>) {
    let form = &visit.form;
    let mut faults = Faults::new();
    let needed = [
        ("name", "Please tell us your name."),
        ("association", "Please name your association."),
        ("program", "Please give the program a name."),
    ];
    for (field, words) in needed {
        if form.text(field).is_empty() {
            faults.add(field, words);
        }
    }
    if !identity::is_email(form.text("email")) {
        faults.add("email", "Please give an e-mail address such as chair@example.org.");
    }
    if let Some(words) = &visit.prepared.refusal {
        faults.add("password", words.clone());
    }
    if form.text("preset") != preset::KEY {
        faults.add("preset", "Please pick a preset.");
    }
    if jiff::tz::TimeZone::get(form.text("zone")).is_err() {
        faults.add("zone", "Please choose a time zone from the list.");
    }
    if !form.number("places").is_some_and(|places| (1..=5000).contains(&places)) {
        faults.add("places", "Please give a number of places from 1 to 5,000.");
    }
    lengths::check(form, &[("name", 120), ("association", 120), ("program", 120)], &mut faults);
    let annual_meeting = form.date("annual_meeting");
    if annual_meeting.is_none() {
        faults.add("annual_meeting", "Please give the first day of the annual meeting, for example 2026-06-25.");
    }
    let midwinter = form.date("midwinter");
    if !form.text("midwinter").is_empty() && midwinter.is_none() {
        faults.add("midwinter", "Please give a date such as 2027-01-22, or leave it empty.");
    }
    if let (Some(annual), Some(winter)) = (annual_meeting, midwinter)
        && !(60..=330).contains(&(winter - annual).get_days())
    {
        faults.add(
            "midwinter",
            "The midwinter meeting lies in the winter after the annual meeting. Please check the year.",
        );
    }
    (faults, annual_meeting.map(|annual_meeting| Days { annual_meeting, midwinter }))
}

/// "2026–27": the years in which a cohort begins and ends.
pub fn cohort_name(annual_meeting: Date) -> String {
    format!("{}–{:02}", annual_meeting.year(), (annual_meeting.year() + 1) % 100)
}

fn closed(words: &str) -> Markup {
    html! {
        (shell::page_head(TITLE, words))
        p { (shell::link_button("/sign-in", "Sign in")) }
    }
}

fn page(visit: &Visit, form: &Fields, faults: &Faults) -> Markup {
    let places = if form.has("places") { form.text("places") } else { "25" };
    let zone = if form.has("zone") { form.text("zone") } else { "America/Chicago" };
    let name = if form.has("program") { form.text("program") } else { "Formal Mentoring Program" };
    let action = format!("/set-up/{}", visit.param("token"));
    html! {
        (shell::page_head(TITLE, "Five minutes, and the whole year stands: forms, letters, lessons, surveys and dates. Nothing is sent and nobody sees anything before you open the cohort."))
        (shell::error_summary(faults))
        (shell::form(&action, html! {
            (shell::card("You, the chair", html! {
                (shell::text_field(&Input::new("name", "Your name").value(form.text("name")).required().autocomplete("name").max(120).faults(faults)))
                (shell::text_field(&Input::new("email", "Your e-mail address").kind("email").value(form.text("email")).required().autocomplete("email").faults(faults)))
                (shell::text_field(&Input::new("password", "A password").kind("password").hint("At least 15 characters. A short sentence of your own is easy to remember.").required().autocomplete("new-password").faults(faults)))
                (shell::text_field(&Input::new("repeated", "The password again").kind("password").required().autocomplete("new-password").faults(faults)))
            }))
            (shell::card("Your association", html! {
                (shell::text_field(&Input::new("association", "Name of the association").value(form.text("association")).required().autocomplete("organization").max(120).faults(faults)))
                (shell::text_field(&Input::new("program", "Name of the program").value(name).required().max(120).faults(faults)))
                (shell::select_field(&Input::new("zone", "Time zone").hint("Deadlines end at midnight here.").value(zone).required().faults(faults), &zones()))
            }))
            (shell::card("The first cohort", html! {
                (shell::choice_field(&Input::new("preset", "Preset").value(preset::KEY).required().faults(faults), &[
                    Choice::new(preset::KEY, preset::TITLE).hint("From the annual meeting to 30 April: self-match, six check-ins, two surveys, two reports to the Board.")
                ]))
                (shell::date_field(&Input::new("annual_meeting", "First day of the annual meeting, or its Saturday").hint("The orientation is on its Saturday; all other dates follow from it.").value(form.text("annual_meeting")).required().faults(faults)))
                (shell::date_field(&Input::new("midwinter", "Midwinter meeting of the Board").hint("If there is none, we take the last Friday of January.").value(form.text("midwinter")).faults(faults)))
                (shell::text_field(&Input::new("places", "Places for mentees").kind("number").value(places).hint("The first complete and eligible applications take them; later ones wait in line.").required().faults(faults)))
            }))
            (shell::actions(shell::button("Set up the program")))
        }))
    }
}

/// The zones of a short list that people choose from.
pub fn zones() -> Vec<Choice> {
    const ZONES: &[&str] = &[
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Los_Angeles",
        "America/Anchorage",
        "Pacific/Honolulu",
        "America/Toronto",
        "America/Vancouver",
        "America/Sao_Paulo",
        "Europe/London",
        "Europe/Dublin",
        "Europe/Paris",
        "Europe/Berlin",
        "Europe/Vienna",
        "Europe/Zurich",
        "Europe/Stockholm",
        "Europe/Helsinki",
        "Europe/Warsaw",
        "Africa/Lagos",
        "Africa/Nairobi",
        "Africa/Johannesburg",
        "Asia/Jerusalem",
        "Asia/Dubai",
        "Asia/Kolkata",
        "Asia/Singapore",
        "Asia/Tokyo",
        "Australia/Perth",
        "Australia/Sydney",
        "Pacific/Auckland",
        "UTC",
    ];
    ZONES.iter().map(|zone| Choice::new(*zone, zone.replace('_', " "))).collect()
}
