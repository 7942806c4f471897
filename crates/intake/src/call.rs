//! Page `/apply`: the call, as anyone reads it, and the days on which it is open.

use jiff::{Timestamp, civil::Date};
use platform::prelude::*;
use policy::Role;
use program::{Calendar, Cohort, Program, long_day, preset};
use serde::Deserialize;

use crate::{
    applications::{self, Application},
    limits::limits,
    places,
    rules::{
        queue::{self, CallRefusal, call as may_apply},
        status::{Days, State},
    },
};

/// The cohort that people can join, and its days.
pub(crate) struct Call {
    pub program: Program,
    pub cohort: Cohort,
    pub calendar: Calendar,
}

/// The call of the newest open cohort, where there is one.
pub(crate) fn current(tx: &mut Tx) -> Result<Option<Call>, Failure> {
    let Some(cohort) = program::current(tx)? else { return Ok(None) };
    if cohort.is_draft() { Ok(None) } else { Ok(Some(of(tx, cohort)?)) }
}

pub(crate) fn of(tx: &mut Tx, cohort: Cohort) -> Result<Call, Failure> {
    Ok(Call { program: program::the_program(tx)?, calendar: program::calendar::of(tx, &cohort)?, cohort })
}

/// The same for a unit of work that changes the line: it waits for every other one about
/// this cohort before it reads anything.
pub(crate) fn locked(tx: &mut Tx, cohort: Id) -> Result<Call, Failure> {
    let cohort = places::lock(tx, cohort)?;
    of(tx, cohort)
}

impl Call {
    pub fn opens(&self, role: Role) -> Date {
        self.calendar.day(if role == Role::Mentor { "mentor_call_opens" } else { "mentee_call_opens" })
    }

    pub fn closes(&self, role: Role) -> Date {
        self.calendar.day(if role == Role::Mentor { "mentor_call_closes" } else { "mentee_call_closes" })
    }

    pub fn may_apply(&self, role: Role, now: Timestamp) -> Result<(), CallRefusal> {
        may_apply(self.cohort.is_open(), self.opens(role), self.closes(role), self.calendar.today(now))
    }

    pub fn is_open_to_any(&self, now: Timestamp) -> bool {
        [Role::Mentee, Role::Mentor].iter().any(|role| self.may_apply(*role, now).is_ok())
    }

    pub fn orientation(&self) -> Date {
        self.calendar.day("orientation")
    }

    /// The last day on which places are offered.
    pub fn offers_end(&self) -> Date {
        program::rules::calendar::add(self.orientation(), -limits().offers_stop_days_before)
    }

    pub fn days(&self, role: Role, now: Timestamp) -> Days {
        Days {
            today: self.calendar.today(now),
            call_closes: self.closes(role),
            directory_opens: self.calendar.day("directory_opens"),
            offers_end: self.offers_end(),
            orientation: self.orientation(),
        }
    }
}

/// What somebody who applies as a mentee now can hope for, in a sentence.
pub fn chance_of_a_place(tx: &mut Tx, cohort: &Cohort) -> Result<String, Failure> {
    let (board, waiting) = (places::board(tx, cohort)?, applications::waiting(tx, cohort.id)?);
    let call = of(tx, cohort.clone())?;
    Ok(queue::chance(&board, waiting, call.calendar.today(tx.now()), call.offers_end()))
}

/// Whether mentees or mentors can apply, and be nominated, today.
pub fn any_is_open(tx: &mut Tx) -> Result<bool, Failure> {
    let now = tx.now();
    Ok(current(tx)?.is_some_and(|call| call.is_open_to_any(now)))
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let Some(call) = current(tx)? else {
        return Ok(Reply::page("Take part", no_call()));
    };
    let mut mine = Vec::new();
    if let Some(account) = &visit.account {
        mine = applications::of_person(tx, account.id)?;
        mine.retain(|it| it.cohort == call.cohort.id);
    }
    let facts = program::pages::facts(tx, &call.program, Some(&call.cohort))?;
    let chance = chance_of_a_place(tx, &call.cohort)?;
    let now = tx.now();
    let lead = format!(
        "One mentor, one mentee, ten months: cohort {}. Both can apply here{}.",
        call.cohort.name,
        if call.is_open_to_any(now) { ", and anyone can nominate somebody" } else { " while the call is open" }
    );
    let body = html! {
        (shell::page_head("Take part", &lead))
        (shell::cards(html! {
            @for role in [Role::Mentee, Role::Mentor] {
                @let own = mine.iter().find(|it| it.role() == role);
                (role_card(&call, role, own, &facts, &chance, now))
            }
        }))
        @if call.is_open_to_any(now) {
            (shell::card("Somebody else comes to mind?", html! {
                p { "Nominate them in two minutes. We write to them with your words; nothing happens unless they want it." }
                (shell::actions(shell::link_quiet("/nominate", "Nominate somebody")))
            }))
        }
    };
    Ok(Reply::wide("Take part", body))
}

fn no_call() -> Markup {
    html! {
        (shell::page_head("Take part", "There is no open call at the moment."))
        (shell::empty_state("The next call is announced here", "Meanwhile you can read what mentoring means in this program.", Some(("/about", "About the program"))))
    }
}

type PageFacts = [(&'static str, String)];

fn role_card(
    call: &Call,
    role: Role,
    own: Option<&Application>,
    facts: &PageFacts,
    chance: &str,
    now: Timestamp,
) -> Markup {
    // Whoever has submitted reads where it stands on its own page.
    let may_hope = own.is_none_or(Application::is_writable);
    let title = if role == Role::Mentor { "Become a mentor" } else { "Become a mentee" };
    let sheet = role_sheet(role.key());
    let open = call.may_apply(role, now);
    shell::card(
        title,
        html! {
            p { (shell::badge(if open.is_ok() { shell::Tone::Good } else { shell::Tone::Plain }, &when(call, role, now))) }
            @if let Some(sheet) = sheet {
                p { (fill(&sheet.gives, facts)) }
                p { strong { "Time: " } (sheet.hours) "." }
                h3 { "What we ask" }
                ul { @for line in &sheet.asks { li { (fill(line, facts)) } } }
            }
            @if role == Role::Mentee && open.is_ok() && may_hope { p { strong { (chance) } } }
            (card_actions(role, own, open.is_ok()))
        },
    )
}

fn card_actions(role: Role, own: Option<&Application>, is_open: bool) -> Markup {
    let form = format!("/apply/{}", role.key());
    shell::actions(html! {
        @match own {
            Some(application) if !application.is_writable() => (shell::link_button(&application.path(), "See where it stands")),
            Some(application) if is_open && application.state() == State::Draft => (shell::link_button(&form, "Go on with your draft")),
            Some(application) if application.submitted_at.is_some() => (shell::link_button(&application.path(), "See where it stands")),
            _ if is_open => (shell::link_button(&form, "Apply")),
            _ => {}
        }
        (shell::link_quiet(&format!("/about/{}s", role.key()), "What is expected"))
    })
}

/// "Open until Monday 20 April 2026", or when it will be, or was.
fn when(call: &Call, role: Role, now: Timestamp) -> String {
    match call.may_apply(role, now) {
        Ok(()) => format!("Open until {}", long_day(call.closes(role))),
        Err(CallRefusal::NotYet(day)) => format!("Opens on {}", long_day(day)),
        Err(CallRefusal::Over(day)) => format!("Closed on {}", long_day(day)),
        Err(CallRefusal::NoCohort) => "Closed".to_owned(),
    }
}

#[derive(Deserialize)]
struct Sheets {
    role_sheet: Vec<Sheet>,
}

#[derive(Clone, Deserialize)]
struct Sheet {
    key: String,
    hours: String,
    gives: String,
    asks: Vec<String>,
}

fn role_sheet(key: &str) -> Option<Sheet> {
    preset::toml::<Sheets>("preset.toml").ok()?.role_sheet.into_iter().find(|sheet| sheet.key == key)
}

pub(crate) fn fill(text: &str, facts: &PageFacts) -> String {
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    preset::fill(text, &facts)
}
