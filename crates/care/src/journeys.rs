//! The room as people use it, on both databases.

use duos::Duo;
use platform::prelude::*;
use policy::{Action, Role};
use testing::House;

mod appointment;
mod check_in;
mod concern;
mod conflict;
mod desk;
mod exit;
mod ladder;
mod lapse;
mod next;
mod opening;
mod two_duos;

/// The doors of this room, and of the one whose meetings it counts.
fn doors() -> Doors {
    crate::doors().merge(duos::doors()).get("/next", Action::ReadHome, next_page)
}

/// What the home page of the house says of this room.
fn next_page(tx: &mut Tx, visit: &Visit) -> Answer {
    let steps = crate::next_steps(tx, visit)?;
    let due = |it: &program::Next| it.due.map_or_else(String::new, |day| day.to_string());
    Ok(Reply::page(
        "Next",
        html! { ul { @for it in &steps { li { (it.title) " | " (it.words) " | " (due(it)) " | " (it.href) } } } },
    ))
}

/// A duo of two people of whom nothing is known but their names.
fn pair(house: &House, mentor: &str, mentee: &str) -> Duo {
    let cohort = house.cohort;
    let (mentor, mentee) = (house.role_in_cohort(mentor, Role::Mentor), house.role_in_cohort(mentee, Role::Mentee));
    house.write(move |tx| {
        let id = duos::form(tx, cohort, mentor, mentee, "chosen", &[])?.unwrap();
        Ok(duos::duo(tx, id)?.unwrap())
    })
}

/// Marta mentors Nils, and Lena is their liaison.
fn with_lena(house: &House) -> Duo {
    house.role("lena", Role::Liaison);
    let duo = pair(house, "marta", "nils");
    house.run_jobs();
    duo
}

fn works_for(house: &House, who: &str, employer: &'static str) {
    let id = house.person(who);
    house.write(move |tx| {
        let person = membership::the_person(tx, &policy::house(), id)?;
        membership::write_details(tx, &membership::Person { employer: employer.to_owned(), ..person })
    });
}

fn liaison_of(house: &House, duo: &Duo) -> Option<String> {
    let id = duo.id;
    house.read(move |tx| Ok(crate::liaison_of(tx, id)?.map(|it| it.name)))
}

fn tasks_of(house: &House, person: Id) -> Vec<String> {
    house.read(move |tx| Ok(open_tasks(tx, person)?.into_iter().map(|it| it.title).collect()))
}

fn open_tasks(tx: &mut Tx, person: Id) -> Result<Vec<crate::tasks::Task>, Failure> {
    let subject = program::subject(tx, person)?;
    crate::desk::open_tasks(tx, &subject)
}

/// Logs a meeting as one of the two does.
fn met(house: &House, who: &str, duo: &Duo, day: &str) {
    let fields = [("day", day), ("way", "video"), ("minutes", "60")];
    house.post(who, &format!("/duos/{}/meetings", duo.id), &fields).leads_to();
}

/// Moves on to a moment months later, when these people have to sign in again.
fn later(house: &House, moment: &str, people: &[&str]) {
    house.at(moment);
    for who in people {
        house.sign_in(who, house.person(who));
    }
}
