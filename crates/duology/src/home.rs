//! Page `/`: for a stranger what the program is and how to take part; for a person what
//! is next for them, and by when.

use std::collections::BTreeSet;

use jiff::civil::Date;
use platform::prelude::*;
use policy::{Action, Role};
use program::{Calendar, Cohort, Next, long_day};
use shell::{Step, Tone};

use crate::standing;

pub fn doors() -> Doors {
    Doors::default().get("/", Action::ReadProgramPage, get)
}

fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    if program::program(tx)?.is_none() {
        return Ok(Reply::page(
            "Duology",
            html! {
                (shell::page_head("Almost there", "This house is not set up yet. Open the one-time link that stood in the terminal when it started; a new one appears at every start."))
            },
        ));
    }
    if visit.account.is_none() { welcome(tx) } else { home(tx, visit) }
}

fn welcome(tx: &mut Tx) -> Answer {
    let program = program::the_program(tx)?;
    let cohort = program::current(tx)?.filter(Cohort::is_open);
    let call_is_open = intake::any_is_open(tx)?;
    let mentoring = program::pages::page(tx, "mentoring")?;
    let lead = mentoring.map(|page| page.lead).unwrap_or_default();
    Ok(Reply::wide(
        program.name.clone(),
        html! {
            (shell::hero(html! {
                (shell::page_head(&program.name, &format!("{} One mentor, one mentee, ten months, and a liaison who helps when it gets quiet.", sentence(&lead))))
                @if let Some(cohort) = &cohort { (call(tx, cohort)?) }
                @else { (shell::note(Tone::Info, html! { p { "No cohort is open at the moment. The dates of the next one appear here." } })) }
            }))
            (shell::cards(html! {
                (shell::card("For mentees", html! {
                    p { "Career direction, new ideas, honest feedback, and a person who has been there. You choose your mentor from their profiles." }
                    (shell::actions(html! { (shell::link_quiet("/about/mentees", "What is expected")) (shell::link_quiet("/about/questions-mentees", "Questions and answers")) }))
                }))
                (shell::card("For mentors", html! {
                    p { "About two hours a month with one mentee. You decide whom you accept, and you need not have all answers." }
                    (shell::actions(html! { (shell::link_quiet("/about/mentors", "What is expected")) (shell::link_quiet("/about/questions-mentors", "Questions and answers")) }))
                }))
                (shell::card("Kept in confidence", html! {
                    p { "What a duo writes is sealed: no committee, no office and no board can open it. Everyone sees who can read what is theirs." }
                    (shell::actions(shell::link_quiet("/confidentiality", "Who can read what")))
                }))
            }))
            (shell::actions(html! { @if call_is_open { (shell::link_quiet("/nominate", "Nominate someone")) } (shell::link_quiet("/sign-in", "Sign in")) (shell::link_quiet("/about", "More about the program")) }))
        },
    ))
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

/// Where the call stands, in one note.
fn call(tx: &mut Tx, cohort: &Cohort) -> Result<Markup, Failure> {
    let calendar = program::calendar::of(tx, cohort)?;
    let now = tx.now();
    let day = |step: &str| long_day(calendar.day(step));
    let mentors = calendar.is_between("mentor_call_opens", "mentor_call_closes", now);
    let mentees = calendar.is_between("mentee_call_opens", "mentee_call_closes", now);
    let words = if mentees {
        html! { p { strong { "The call for cohort " (cohort.name) " is open." } " Mentees apply until " (day("mentee_call_closes")) ". " (intake::chance_of_a_place(tx, cohort)?) } }
    } else if mentors {
        html! { p { strong { "Mentors wanted for cohort " (cohort.name) "." } " Profiles are due on " (day("mentor_call_closes")) "; mentees apply from " (day("mentee_call_opens")) "." } }
    } else if !calendar.has_begun("mentor_call_opens", now) {
        html! { p { strong { "The call for cohort " (cohort.name) " opens on " (day("mentor_call_opens")) "." } } }
    } else {
        after_the_call(tx, cohort, &calendar)?
    };
    let tone = if mentees || mentors { Tone::Good } else { Tone::Info };
    Ok(html! {
        (shell::note(tone, words))
        @if mentees || mentors { (shell::actions(html! { (shell::link_button("/apply", "Take part")) (shell::link_quiet("/calendar", "All dates")) })) }
    })
}

/// What is under way has people in it.
fn after_the_call(tx: &mut Tx, cohort: &Cohort, calendar: &Calendar) -> Result<Markup, Failure> {
    let now = tx.now();
    let day = |step: &str| long_day(calendar.day(step));
    let has_people = !program::in_cohort(tx, Role::Mentee, cohort.id)?.is_empty();
    let closed =
        html! { strong { "The call for cohort " (cohort.name) " closed on " (day("mentee_call_closes")) "." } };
    Ok(match () {
        () if !has_people => html! { p { (closed) " The next call is announced here." } },
        () if !calendar.has_begun("orientation", now) => {
            html! { p { (closed) " Its session begins on " (day("orientation")) "." } }
        }
        () if !calendar.is_over("session_ends", now) => {
            html! { p { strong { "Cohort " (cohort.name) " is under way" } " until " (day("session_ends")) ". The next call is announced here." } }
        }
        () => {
            html! { p { strong { "Cohort " (cohort.name) " has come to its end." } " The next call is announced here." } }
        }
    })
}

fn home(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = visit.account()?;
    let first = account.name.split_whitespace().next().unwrap_or(&account.name).to_owned();
    let mut steps = next_steps(tx, visit)?;
    // What has a date comes first, the nearest on top; the rest keeps the rooms' order.
    steps.sort_by_key(|step| step.due.unwrap_or(Date::MAX));
    let cohort = program::current(tx)?;
    let zone = cohort.as_ref().map_or(jiff::tz::TimeZone::UTC, |it| program::calendar::zone_named(&it.zone));
    let today = tx.now().to_zoned(zone).date();
    let steps: Vec<Step> = steps.iter().map(|next| step(next, today)).collect();
    let stands = standing::words(tx, visit)?;
    let lead = match (stands.is_empty(), steps.is_empty()) {
        (false, _) => stands.join(" "),
        (true, false) => "This is next for you, and by when.".to_owned(),
        (true, true) => String::new(),
    };
    let own = standing::places(tx, visit)?;
    let has_results = reporting::is_anything_published(tx)?;
    Ok(Reply::wide(
        "Home",
        html! {
            (shell::page_head(&format!("Hello {first}"), &lead))
            (shell::columns(shell::next_steps(&steps), elsewhere(visit, own, has_results)))
        },
    ))
}

fn step(next: &Next, today: Date) -> Step {
    let left = next.due.map(|due| (due - today).get_days());
    Step {
        title: next.title.clone(),
        words: next.words.clone(),
        due: next.due.map(|due| match left {
            Some(days) if days < 0 => format!("was due on {}", long_day(due)),
            Some(0) => "today".to_owned(),
            Some(1) => "tomorrow".to_owned(),
            _ => format!("by {}", long_day(due)),
        }),
        due_soon: left.is_some_and(|days| days <= 3),
        href: next.href.clone(),
        action: next.action.clone(),
        done: false,
    }
}

fn next_steps(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let mut steps = Vec::new();
    for room in ROOMS {
        steps.extend(room(tx, visit)?);
    }
    // Whoever is in two duos signs one pledge and reads the lessons once.
    let mut seen = BTreeSet::new();
    steps.retain(|it: &Next| seen.insert((it.title.clone(), it.href.clone())));
    Ok(steps)
}

type NextSteps = fn(&mut Tx, &Visit) -> Result<Vec<Next>, Failure>;

/// The rooms that have something to say, in their order.
const ROOMS: &[NextSteps] = &[
    program::next_steps,
    membership::next_steps,
    intake::next_steps,
    duos::next_steps,
    matching::next_steps,
    care::next_steps,
    training::next_steps,
    evaluation::next_steps,
    alumni::next_steps,
    reporting::next_steps,
    mine::next_steps,
];

/// The other places of a person, so that home is never a dead end; their own first.
fn elsewhere(visit: &Visit, own: Vec<(String, &'static str, String)>, has_results: bool) -> Markup {
    let mut places: Vec<(&str, &str, &str)> = Vec::new();
    places.extend(own.iter().map(|(href, title, words)| (href.as_str(), *title, words.as_str())));
    if visit.subject.holds_any(&[Role::Mentee, Role::Mentor]) {
        places.push(("/duo", "My duo", "Meetings, goals, agreement and notebook."));
        places.push(("/lessons", "Lessons", "Eight short chapters, about an hour in all."));
        places.push(("/guides", "Topic guides", "One for each month, and cards for the first and the last meeting."));
    }
    if visit.holds(Role::Liaison) {
        places.push(("/desk", "My desk", "My duos, what is due, what changed."));
    }
    if visit.subject.holds_any(&[Role::Chair, Role::Deputy, Role::Council, Role::Staff]) {
        places.push(("/cohorts", "Cohorts", "Every run of the program."));
    }
    if visit.holds(Role::Board) {
        places.push(("/reports", "Reports", "What the committee has submitted to the Board."));
    }
    if visit.subject.memberships.is_empty() {
        places.push(("/apply", "Take part", "Apply as a mentee or as a mentor while the call is open."));
    }
    if has_results {
        places.push(("/results", "Results", "What came of the program, as the committee has published it."));
    }
    places.push(("/me", "My details", "Name, address, sign-ins and password."));
    shell::card(
        "Your places",
        html! {
            ul.links {
                @for (href, title, words) in &places { li { a href=(href) { (title) } " " span.muted { (words) } } }
            }
        },
    )
}
