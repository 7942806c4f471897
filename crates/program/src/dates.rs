//! Pages `/calendar` (open to all), `/cohorts/{cohort}/calendar` (all dates in one
//! place, with what contradicts itself), and the changes made there. SET3.

use std::collections::BTreeMap;

use jiff::civil::Date;
use platform::prelude::*;
use policy::{Action, Role};
use shell::{Faults, Input, Tone};

use crate::{
    calendar::{self, Calendar, long_day, short_day},
    cohorts::{self, Cohort},
    opening,
    rules::calendar::contradictions,
};

pub fn doors() -> Doors {
    Doors::default()
        .get("/calendar", Action::ReadCalendar, open_to_all)
        .get("/cohorts/{cohort}/calendar", Action::ReadDashboard, get)
        .get("/cohorts/{cohort}/calendar/edit", Action::RunProgram, edit)
        .post("/cohorts/{cohort}/calendar/edit", Action::RunProgram, save)
        .taking(&["anyway"])
        .taking_form()
        .post("/cohorts/{cohort}/calendar/rules", Action::RunProgram, from_rules)
}

fn open_to_all(tx: &mut Tx, _: &Visit) -> Answer {
    let Some(cohort) = cohorts::current(tx)?.filter(|cohort| !cohort.is_draft()) else {
        return Ok(Reply::page(
            "Calendar",
            html! {
                (shell::page_head("Calendar", "The dates of the year."))
                (shell::empty_state("No cohort is open yet", "The dates appear here when the committee opens the next cohort.", Some(("/about", "About the program"))))
            },
        ));
    };
    let calendar = calendar::of(tx, &cohort)?;
    let public = |step: &calendar::Step| step.public;
    Ok(Reply::wide(
        "Calendar",
        html! {
            (shell::page_head(&format!("Calendar {}", cohort.name), "From the call to the follow-up session. Deadlines end at midnight."))
            (shell::card(&format!("The year of cohort {}", cohort.name), timeline(&cohort, &calendar, tx.now(), public)))
            (shell::actions(shell::link_quiet("/calendar.ics", "Take all dates into your own calendar")))
        },
    ))
}

fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = cohorts::the_cohort(tx, visit.id("cohort")?)?;
    let calendar = calendar::of(tx, &cohort)?;
    let runs = visit.subject.holds_any(&[Role::Chair, Role::Deputy]);
    let words = warnings(&cohort, &calendar);
    let all = |_: &calendar::Step| true;
    Ok(Reply::wide(
        "All dates",
        html! {
            (shell::page_head(&format!("All dates of cohort {}", cohort.name), "Each date comes from a rule over the annual meeting, midwinter and the end of April. Change any of them."))
            @if !words.is_empty() {
                (shell::note(Tone::Warn, html! { p { strong { "Some dates contradict each other" } } ul { @for word in &words { li { (word) } } } }))
            }
            @if cohort.is_draft() { (opening::draft_note(tx, visit, &cohort, &calendar)) }
            (shell::card("The year", timeline(&cohort, &calendar, tx.now(), all)))
            @if runs { (shell::actions(shell::link_button(&format!("/cohorts/{}/calendar/edit", cohort.id), "Change dates"))) }
        },
    ))
}

fn edit(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = cohorts::the_cohort(tx, visit.id("cohort")?)?;
    let calendar = calendar::of(tx, &cohort)?;
    let by_hand = calendar::set_by_hand(tx, cohort.id)?;
    let shown: Fields =
        Fields::from_pairs(calendar.all().into_iter().map(|(step, day)| (step.key.clone(), day.to_string())));
    Ok(Reply::page("Change dates", editor(&cohort, &shown, &by_hand, &Faults::new())))
}

fn save(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = cohorts::the_cohort(tx, visit.id("cohort")?)?;
    let calendar = calendar::of(tx, &cohort)?;
    let mut faults = Faults::new();
    let mut changed = Vec::new();
    let mut days: BTreeMap<String, Date> = BTreeMap::new();
    let steps = calendar.all();
    let own = |name: &str| steps.iter().any(|(step, _)| step.key == name).then_some(false);
    let form = visit.form.of_form(own)?;
    for (step, old) in calendar.all() {
        match form.date(&step.key) {
            Some(day) => {
                days.insert(step.key.clone(), day);
                if day != old {
                    changed.push((step.key.clone(), day));
                }
            }
            None => faults.add(step.key.clone(), format!("{}: please give a date such as {old}.", step.title)),
        }
    }
    let words = contradictions(&days, &cohort.anchors());
    if faults.is_empty() && !words.is_empty() && !form.ticked("anyway") {
        for sentence in &words {
            faults.add("anyway", sentence.clone());
        }
    }
    if !faults.is_empty() {
        let by_hand = calendar::set_by_hand(tx, cohort.id)?;
        return Err(Failure::refused("Change dates", editor(&cohort, &form, &by_hand, &faults)));
    }
    for (step, day) in &changed {
        calendar::set_day(tx, cohort.id, step, *day, true)?;
    }
    journal::record(tx, "calendar changed", cohort.id, Some(visit.person()?), Some(cohort.id))?;
    let words = match changed.len() {
        0 => "Nothing was changed.".to_owned(),
        1 => "One date was changed.".to_owned(),
        number => format!("{number} dates were changed."),
    };
    Ok(Reply::go(format!("/cohorts/{}/calendar", cohort.id)).saying(words))
}

fn from_rules(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = cohorts::the_cohort(tx, visit.id("cohort")?)?;
    cohorts::write_days_from_rules(tx, cohort.id)?;
    journal::record(tx, "calendar changed", cohort.id, Some(visit.person()?), Some(cohort.id))?;
    Ok(Reply::go(format!("/cohorts/{}/calendar", cohort.id)).saying("All dates follow their rules again."))
}

fn warnings(cohort: &Cohort, calendar: &Calendar) -> Vec<String> {
    let days = calendar.all().into_iter().map(|(step, day)| (step.key.clone(), day)).collect();
    contradictions(&days, &cohort.anchors())
}

fn editor(cohort: &Cohort, form: &Fields, by_hand: &[String], faults: &Faults) -> Markup {
    html! {
        (shell::page_head(&format!("Dates of cohort {}", cohort.name), "A date you change stays as you set it. Letters follow the new date."))
        (shell::error_summary(faults))
        (shell::form(&format!("/cohorts/{}/calendar/edit", cohort.id), html! {
            (shell::side_by_side(html! { @for step in calendar::steps() {
                @let hint = if by_hand.contains(&step.key) { format!("Set by hand; its rule is {}", step.rule_text()) } else { format!("From its rule {}", step.rule_text()) };
                (shell::date_field(&Input::new(&step.key, &step.title).hint(&hint).value(form.text(&step.key)).required().unmarked().faults(faults)))
            } }))
            (shell::tick_field(&Input::new("anyway", "Keep these dates although some contradict each other").value(form.text("anyway")).faults(faults)))
            (shell::actions(html! { (shell::button("Save the dates")) (shell::link_quiet(&format!("/cohorts/{}/calendar", cohort.id), "Leave them as they are")) }))
        }))
        (shell::post_button(&format!("/cohorts/{}/calendar/rules", cohort.id), "Take all dates from their rules again", &[], shell::Style::Quiet))
    }
}

/// The cohort's calendar as a picture and a list.
pub fn timeline(
    cohort: &Cohort,
    calendar: &Calendar,
    now: jiff::Timestamp,
    shown: impl Fn(&calendar::Step) -> bool,
) -> Markup {
    const PHASES: &[(&str, &str, &str)] = &[
        ("The call", "mentor_call_opens", "decisions_sent"),
        ("Matching", "directory_opens", "duos_confirmed"),
        ("Launch", "training_due", "agreement_due"),
        ("Ten months", "check_in_2", "check_in_6"),
        ("Ending", "final_survey_opens", "follow_up_session"),
    ];
    let today = calendar.today(now);
    let number = |day: Date| i64::from((day - Date::constant(1970, 1, 1)).get_days());
    let phase = |(words, first, last): &(&str, &str, &str)| {
        let (first, last) = (calendar.day(first), calendar.day(last));
        let steps = calendar.all().into_iter().filter(|(step, day)| *day >= first && *day <= last && shown(step));
        shell::Phase {
            words: (*words).to_owned(),
            first: number(first),
            last: number(last),
            steps: steps
                .map(|(step, day)| shell::TimelineStep {
                    day: number(day),
                    date: short_day(day),
                    words: step.title.clone(),
                    done: day < today,
                    href: None,
                })
                .collect(),
        }
    };
    let (first, last) = (calendar.day("mentor_call_opens"), calendar.day("follow_up_session"));
    let mut months = Vec::new();
    let mut month = first.first_of_month();
    while month <= last {
        months.push((number(month), month.strftime("%b").to_string()));
        month = month.saturating_add(jiff::Span::new().months(1));
    }
    shell::timeline(&shell::TimelineData {
        title: format!("The calendar of cohort {}", cohort.name),
        first: number(first),
        last: number(last),
        today: Some(number(today)),
        today_words: format!("Today, {}", long_day(today)),
        months,
        phases: PHASES.iter().map(phase).collect(),
    })
}
