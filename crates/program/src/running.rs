//! Running the program: all cohorts, beginning next year's cohort from this one, closing
//! one, and the program's own settings.
//! Pages `/cohorts`, `/cohorts/{cohort}/successor`, `/program`.

use platform::{doors::Doors, identity, jobs::Job, prelude::*};
use policy::{Action, Role};
use shell::{Faults, Input, Style, Tone};

use crate::{
    calendar::{self, long_day},
    cohorts::{self, Cohort, NewCohort},
    lengths,
    rules::calendar::add,
    setup,
};

pub fn doors() -> Doors {
    Doors::default()
        .get("/cohorts", Action::ReadDashboard, list)
        .post("/cohorts/{cohort}/closing", Action::RunProgram, close)
        .asking_again()
        .get("/cohorts/{cohort}/successor", Action::RunProgram, successor)
        .post("/cohorts/{cohort}/successor", Action::RunProgram, begin_successor)
        .taking(&["name", "annual_meeting", "places"])
        .get("/program", Action::RunProgram, settings)
        .post("/program", Action::RunProgram, save_settings)
        .taking(&[
            "association",
            "name",
            "zone",
            "postal_address",
            "reply_address",
            "alternative_contact",
            "second_factor",
        ])
}

/// A cohort is closed on the day after its follow-up session. END4
pub fn jobs() -> Vec<Job> {
    vec![Job { name: "program.close_cohort", find: find_over, act: close_over }]
}

fn find_over(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut over = Vec::new();
    for cohort in cohorts::all(tx)?.into_iter().filter(Cohort::is_open) {
        if calendar::of(tx, &cohort)?.is_over("follow_up_session", tx.now()) {
            over.push(cohort.id);
        }
    }
    Ok(over)
}

fn close_over(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    cohorts::close(tx, id, None).map(|_| ())
}

fn list(tx: &mut Tx, visit: &Visit) -> Answer {
    let mut cohorts = cohorts::all(tx)?;
    cohorts.retain(|it| visit.may(Action::ReadDashboard, Some(it.id)));
    let runs = visit.subject.holds_any(&[Role::Chair, Role::Deputy]);
    let mut closable = Vec::new();
    for cohort in cohorts.iter().filter(|it| runs && it.is_open()) {
        if calendar::of(tx, cohort)?.is_over("final_survey_closes", tx.now()) {
            closable.push(cohort.id);
        }
    }
    Ok(Reply::page(
        "Cohorts",
        html! {
            (shell::page_head("Cohorts", "One cohort is one run of the program, from the call to the follow-up session."))
            (shell::cards(html! {
                @for cohort in &cohorts {
                    (shell::card(&cohort.name, html! {
                        p { (state_badge(cohort)) }
                        (shell::facts(&[
                            ("Annual meeting", html! { (long_day(cohort.anchors().saturday)) }),
                            ("Places", html! { (cohort.places) }),
                        ]))
                        (shell::actions(html! {
                            (shell::link_button(&format!("/cohorts/{}", cohort.id), "Open"))
                            (shell::link_quiet(&format!("/cohorts/{}/calendar", cohort.id), "Dates"))
                            @if runs && cohort.is_draft() { (shell::post_button(&format!("/cohorts/{}/opening", cohort.id), "Open this cohort to people", &[], Style::Quiet)) }
                            @if runs && !cohort.is_draft() { (shell::link_quiet(&format!("/cohorts/{}/successor", cohort.id), "Begin the next from this one")) }
                        }))
                        @if closable.contains(&cohort.id) {
                            details {
                                summary { "Close it before its day" }
                                p { "It closes by itself the day after its follow-up session. Closed, its pages stay readable and no more letters go out." }
                                (shell::post_button(&format!("/cohorts/{}/closing", cohort.id), "Close this cohort", &[], Style::Danger))
                            }
                        }
                    }))
                }
            }))
            @if runs { (shell::actions(shell::link_quiet("/program", "Settings of the program"))) }
        },
    ))
}

fn state_badge(cohort: &Cohort) -> Markup {
    match cohort.state.as_str() {
        "draft" => shell::badge(Tone::Plain, "Draft: seen by the committee alone"),
        "open" => shell::badge(Tone::Good, "Open"),
        _ => shell::badge(Tone::Info, "Closed"),
    }
}

fn close(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = cohorts::the_cohort(tx, visit.id("cohort")?)?;
    if !calendar::of(tx, &cohort)?.is_over("final_survey_closes", tx.now()) {
        let words =
            "A cohort can be closed once its final survey has closed; until then letters are still on their way.";
        return Err(Failure::refused(
            "Cohorts",
            html! { (shell::page_head("Not yet", words)) (shell::link_quiet("/cohorts", "All cohorts")) },
        ));
    }
    cohorts::close(tx, cohort.id, Some(visit.person()?))?;
    Ok(Reply::go("/cohorts")
        .saying(format!("Cohort {} is closed. Its pages stay readable; no more letters go out.", cohort.name)))
}

fn successor(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = cohorts::the_cohort(tx, visit.id("cohort")?)?;
    let next = cohort.next_annual_meeting.unwrap_or_else(|| add(cohort.annual_meeting, 364));
    let form = Fields::from_pairs([
        ("annual_meeting".to_owned(), next.to_string()),
        ("places".to_owned(), cohort.places.to_string()),
        ("name".to_owned(), setup::cohort_name(next)),
    ]);
    Ok(Reply::page("Next year's cohort", successor_page(&cohort, &form, &Faults::new())))
}

fn begin_successor(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = cohorts::the_cohort(tx, visit.id("cohort")?)?;
    let form = &visit.form;
    let mut faults = Faults::new();
    let day = form.date("annual_meeting");
    match day {
        None => faults
            .add("annual_meeting", "Please give the first day of the next annual meeting, for example 2027-06-24."),
        Some(day) if day <= cohort.annual_meeting => {
            faults.add(
                "annual_meeting",
                format!("The next annual meeting comes after {}.", long_day(cohort.annual_meeting)),
            );
        }
        Some(_) => {}
    }
    let places = form.number("places").filter(|places| (1..=5000).contains(places));
    if places.is_none() {
        faults.add("places", "Please give a number of places from 1 to 5,000.");
    }
    let name = form.text("name");
    if name.is_empty() {
        faults.add("name", "Please give the cohort a name, such as 2027–28.");
    } else if cohorts::all(tx)?.iter().any(|it| it.name == name) {
        faults.add("name", format!("There is a cohort {name} already. Please give this one another name."));
    }
    lengths::check(form, &[("name", 40)], &mut faults);
    let (Some(annual_meeting), Some(places), true) = (day, places, faults.is_empty()) else {
        return Err(Failure::refused("Next year's cohort", successor_page(&cohort, form, &faults)));
    };
    let new = NewCohort {
        name,
        annual_meeting,
        midwinter: None,
        next_annual_meeting: None,
        places,
        begun_from: Some(cohort.id),
    };
    let begun = cohorts::add(tx, &new, Some(visit.person()?))?;
    let words = format!(
        "Cohort {name} is begun as a draft, with all dates moved and nobody in it. Open it when you are ready."
    );
    Ok(Reply::go(format!("/cohorts/{begun}/calendar")).saying(words))
}

fn successor_page(cohort: &Cohort, form: &Fields, faults: &Faults) -> Markup {
    html! {
        (shell::page_head(&format!("Begin the cohort after {}", cohort.name), "Forms, letters, pages and places come along; every date moves to the new annual meeting. Nobody is enrolled and nothing is sent."))
        (shell::error_summary(faults))
        (shell::form(&format!("/cohorts/{}/successor", cohort.id), html! {
            (shell::text_field(&Input::new("name", "Name of the cohort").value(form.text("name")).required().max(40).faults(faults)))
            (shell::date_field(&Input::new("annual_meeting", "First day of the next annual meeting").value(form.text("annual_meeting")).required().faults(faults)))
            (shell::text_field(&Input::new("places", "Places for mentees").kind("number").value(form.text("places")).required().faults(faults)))
            (shell::actions(html! { (shell::button("Begin the cohort")) (shell::link_quiet("/cohorts", "Not now")) }))
        }))
    }
}

fn settings(tx: &mut Tx, _: &Visit) -> Answer {
    let program = cohorts::the_program(tx)?;
    let for_all = platform::settings::get(tx, identity::SECOND_FACTOR_FOR_ALL)?.as_deref() == Some("yes");
    let form = Fields::from_pairs([
        ("association".to_owned(), program.association),
        ("name".to_owned(), program.name),
        ("zone".to_owned(), program.zone),
        ("postal_address".to_owned(), program.postal_address),
        ("reply_address".to_owned(), program.reply_address),
        ("alternative_contact".to_owned(), program.alternative_contact),
        ("second_factor".to_owned(), if for_all { "yes".to_owned() } else { String::new() }),
    ]);
    Ok(Reply::page("Settings", settings_page(&form, &Faults::new())))
}

fn save_settings(tx: &mut Tx, visit: &Visit) -> Answer {
    let program = cohorts::the_program(tx)?;
    let form = &visit.form;
    let mut faults = Faults::new();
    if form.text("association").is_empty() {
        faults.add("association", "Please name your association.");
    }
    if form.text("name").is_empty() {
        faults.add("name", "Please give the program a name.");
    }
    if !identity::is_email(form.text("reply_address")) {
        faults.add("reply_address", "Please give an e-mail address such as mentoring@example.org.");
    }
    if jiff::tz::TimeZone::get(form.text("zone")).is_err() {
        faults.add("zone", "Please choose a time zone from the list.");
    }
    let longest = [("association", 120), ("name", 120), ("postal_address", 200), ("alternative_contact", 200)];
    lengths::check(form, &longest, &mut faults);
    if !faults.is_empty() {
        return Err(Failure::refused("Settings", settings_page(form, &faults)));
    }
    let text = |name: &str| form.text(name).to_owned();
    let changed = cohorts::Program {
        association: text("association"),
        name: text("name"),
        zone: text("zone"),
        postal_address: text("postal_address"),
        reply_address: text("reply_address"),
        alternative_contact: text("alternative_contact"),
        ..program
    };
    cohorts::edit_program(tx, &changed)?;
    let for_all = if form.ticked("second_factor") { "yes" } else { "no" };
    platform::settings::set(tx, identity::SECOND_FACTOR_FOR_ALL, for_all)?;
    journal::record(tx, "settings changed", changed.id, Some(visit.person()?), None)?;
    Ok(Reply::go("/program").saying("The settings are saved."))
}

fn settings_page(form: &Fields, faults: &Faults) -> Markup {
    html! {
        (shell::page_head("Settings of the program", "What stands on every page and under every letter."))
        (shell::error_summary(faults))
        (shell::form("/program", html! {
            (shell::text_field(&Input::new("association", "Name of the association").value(form.text("association")).required().max(120).faults(faults)))
            (shell::text_field(&Input::new("name", "Name of the program").value(form.text("name")).required().max(120).faults(faults)))
            (shell::select_field(&Input::new("zone", "Time zone").hint("Deadlines end at midnight here.").value(form.text("zone")).required().faults(faults), &setup::zones()))
            (shell::text_field(&Input::new("postal_address", "Postal address").hint("Stands under every letter.").value(form.text("postal_address")).max(200).faults(faults)))
            (shell::text_field(&Input::new("reply_address", "Address for answers").kind("email").hint("Where answers go to letters that no liaison signs.").value(form.text("reply_address")).required().faults(faults)))
            (shell::text_field(&Input::new("alternative_contact", "Another contact").hint("Whom people may turn to when it concerns their liaison or the chair.").value(form.text("alternative_contact")).max(200).faults(faults)))
            (shell::tick_field(&Input::new("second_factor", "Everybody needs a second factor to sign in")
                .hint("Chair, deputy, office and board readers always do. Ticked, all others are led to set one up when they next come.").value(form.text("second_factor"))))
            (shell::actions(html! { (shell::button("Save")) (shell::link_quiet("/program/keeping", "How long things are kept")) }))
        }))
    }
}
