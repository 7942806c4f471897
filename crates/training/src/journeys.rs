//! The room as people use it, on both databases.

use duos::Duo;
use platform::{jobs::Job, outbox::Queued, prelude::*};
use policy::{Action, Role};
use testing::House;

mod door;
mod invitation;
mod lessons;
mod make_up;
mod next;

/// The doors of this room, and of the one whose desk it gives tasks to.
fn doors() -> Doors {
    crate::doors().merge(care::doors()).get("/next", Action::ReadHome, next_page)
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

fn jobs() -> Vec<Job> {
    [care::jobs(), crate::jobs()].concat()
}

fn pair(house: &House, mentor: &str, mentee: &str) -> Duo {
    let cohort = house.cohort;
    let (mentor, mentee) = (house.role_in_cohort(mentor, Role::Mentor), house.role_in_cohort(mentee, Role::Mentee));
    house.write(move |tx| {
        let id = duos::form(tx, cohort, mentor, mentee, "chosen", &[])?.unwrap();
        Ok(duos::duo(tx, id)?.unwrap())
    })
}

/// Monday 15 June, on which duos are confirmed: Marta and Nils are a duo, Lena their
/// liaison, Carla the chair, and all of them are invited.
fn invited(house: &House) -> Duo {
    house.role("lena", Role::Liaison);
    house.role("carla", Role::Chair);
    house.at("2026-06-15T15:00:00Z");
    let duo = pair(house, "marta", "nils");
    for who in ["lena", "carla"] {
        house.sign_in(who, house.person(who));
    }
    house.run_jobs();
    duo
}

fn orientation(house: &House) -> Id {
    let cohort = house.cohort;
    house.read(move |tx| {
        Ok(crate::events::of_kind(tx, &policy::house(), cohort, crate::events::ORIENTATION)?.unwrap().id)
    })
}

fn letters_named(house: &House, who: &str, name: &str) -> Vec<Queued> {
    house.letters_to(who).into_iter().filter(|it| it.letter == name).collect()
}

fn link_in(house: &House, letter: &Queued) -> String {
    house.links_in(letter).into_iter().find(|it| it.starts_with("/invitations/")).unwrap()
}

fn note(house: &House, who: &str, state: &str) -> testing::Answer {
    let person = house.person(who).to_string();
    let path = format!("/events/{}/attendance", orientation(house));
    house.post("lena", &path, &[("person", &person), ("state", state)])
}
