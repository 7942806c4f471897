//! The stage of the demo: the banner on every page, the list of people one may sign in
//! as, and the clock that is moved by hand. In a house for real people these doors
//! answer like pages that do not exist.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use platform::{
    app::{App, Mode},
    enter, identity,
    prelude::*,
    visit::Prepared,
};
use policy::{Action, Role};
use program::long_day;
use shell::Style;

use super::play::Player;

/// The player of the year goes on when the clock is moved. There is one demo per
/// process, so it stands here and not in the app, which knows nothing of demos.
static PLAYER: Mutex<Option<Player>> = Mutex::new(None);

pub fn doors() -> Doors {
    Doors::default()
        .get("/demo", Action::PlayDemo, people)
        .post("/demo/sign-in", Action::PlayDemo, sign_in)
        .taking(&["person"])
        .post("/demo/clock", Action::PlayDemo, clock)
        .taking(&["by", "back"])
        .with_texts(&["back"])
        .preparing(move_clock)
}

/// Hands the player over to the pages.
pub fn give_stage(player: Player) {
    *PLAYER.lock().unwrap_or_else(PoisonError::into_inner) = Some(player);
}

/// What stands on top of every page of a demo.
pub fn banner(tx: &mut Tx, visit: &Visit) -> Markup {
    let zone = program::calendar::zone_named(super::ZONE);
    let today = tx.now().to_zoned(zone).date();
    let back = visit.here.as_str();
    html! {
        p { strong { "Demo with invented people." } " It is " (long_day(today)) ". No letter leaves this house; " a href="/dev/mail" { "read them here" } "." }
        div.actions {
            a href="/demo" { "Be someone else" }
            (shell::post_button("/demo/clock", "A day on", &[("by", "day"), ("back", back)], Style::Quiet))
            (shell::post_button("/demo/clock", "A week on", &[("by", "week"), ("back", back)], Style::Quiet))
            (shell::post_button("/demo/clock", "Next event", &[("by", "event"), ("back", back)], Style::Quiet))
        }
    }
}

fn only_in_a_demo(visit: &Visit) -> Result<(), Failure> {
    if visit.is_demo() { Ok(()) } else { Err(Failure::NotFound) }
}

fn people(tx: &mut Tx, visit: &Visit) -> Answer {
    only_in_a_demo(visit)?;
    let mut groups: Vec<(&str, Vec<(Id, String)>)> = GROUPS.iter().map(|(_, words)| (*words, Vec::new())).collect();
    groups.push(("Others who applied or asked for an account", Vec::new()));
    for account in identity::all(tx)? {
        let subject = program::subject(tx, account.id)?;
        let place = GROUPS.iter().position(|(role, _)| subject.holds(*role)).unwrap_or(GROUPS.len());
        groups[place].1.push((account.id, account.name));
    }
    Ok(Reply::wide(
        "Be someone",
        html! {
            (shell::page_head("Whom would you like to be?", "All of them are invented. You see exactly what they would see; while you are someone, they do nothing by themselves."))
            (shell::cards(html! {
                @for (words, people) in &groups {
                    @if !people.is_empty() {
                        (shell::card(words, html! {
                            ul.links.names { @for (id, name) in people.iter().take(40) {
                                li { (shell::post_button("/demo/sign-in", name, &[("person", &id.to_string())], Style::Quiet)) }
                            } }
                            @if people.len() > 40 { p.muted { "and " (people.len() - 40) " more" } }
                        }))
                    }
                }
            }))
        },
    ))
}

const GROUPS: &[(Role, &str)] = &[
    (Role::Chair, "Chair"),
    (Role::Deputy, "Deputy chair"),
    (Role::Liaison, "Liaisons"),
    (Role::Council, "Council"),
    (Role::Staff, "Office staff"),
    (Role::Board, "Board readers"),
    // Former participants keep what they were; what they are now comes first.
    (Role::Alumna, "Alumni"),
    (Role::Mentee, "Mentees"),
    (Role::Mentor, "Mentors"),
];

fn sign_in(tx: &mut Tx, visit: &Visit) -> Answer {
    only_in_a_demo(visit)?;
    let person = Id::parse(visit.form.text("person")).ok_or(Failure::NotFound)?;
    let account = identity::find(tx, person)?.ok_or(Failure::NotFound)?;
    if let Some(player) = PLAYER.lock().unwrap_or_else(PoisonError::into_inner).as_mut()
        && let Some(who) = player.people.iter().position(|it| it.email == account.email)
    {
        player.taken_over.insert(who);
    }
    let token = identity::sign_in(tx, account.id, &visit.agent, identity::Strength::TwoFactors)?;
    let cookie = enter::sign_in_cookie(visit, token, identity::SIGN_IN_LASTS.as_secs());
    Ok(Reply::go("/").saying(format!("You are {} now.", account.name)).with_cookie(cookie))
}

/// Moves the clock before the unit of work opens: what happens on the way needs units
/// of work of its own.
fn move_clock(app: &App, visit: &Visit) -> Prepared {
    if app.config.mode != Mode::Demo {
        return Prepared::default();
    }
    let mut player = PLAYER.lock().unwrap_or_else(PoisonError::into_inner);
    let now = app.db.ground.clock.now();
    let to = match visit.form.text("by") {
        "week" => now + SignedDuration::from_hours(7 * 24),
        "event" => next_event(app).unwrap_or(now + SignedDuration::from_hours(24)),
        _ => now + SignedDuration::from_hours(24),
    };
    match pass(app, player.as_mut(), now, to) {
        Ok(()) => Prepared::default(),
        Err(error) => Prepared { refusal: Some(error.to_string()), ..Prepared::default() },
    }
}

/// Lets time pass. For the visitor it is a moment, so nobody who is signed in has to sign
/// in anew.
fn pass(app: &App, player: Option<&mut Player>, now: Timestamp, to: Timestamp) -> anyhow::Result<()> {
    app.db.write(move |tx| identity::keep_signed_in(tx, now, to))?;
    match player {
        Some(player) => player.until(to)?,
        None => {
            app.db.ground.clock.advance_to(to);
            app.run_jobs();
        }
    }
    crate::open::mark_demo(app)
}

/// Ten in the morning of the next step of the calendar.
fn next_event(app: &App) -> Option<Timestamp> {
    let found = app.db.read(|tx| {
        let Some(cohort) = program::current(tx)? else { return Ok(None) };
        let calendar = program::calendar::of(tx, &cohort)?;
        let today = calendar.today(tx.now());
        let next = calendar.all().into_iter().map(|(_, day)| day).filter(|day| *day > today).min();
        Ok::<_, Failure>(next.map(|day| calendar.at(day, 10)))
    });
    found.ok().flatten()
}

fn clock(tx: &mut Tx, visit: &Visit) -> Answer {
    only_in_a_demo(visit)?;
    if let Some(refusal) = &visit.prepared.refusal {
        return Err(Failure::refused("The clock", html! { (shell::page_head("The clock stopped", refusal)) }));
    }
    let zone = program::calendar::zone_named(super::ZONE);
    let today = tx.now().to_zoned(zone).date();
    let back = visit.form.text("back");
    let back = if enter::is_path_of_ours(back) { back } else { "/" };
    Ok(Reply::go(back).saying(format!("It is {} now.", long_day(today))))
}

#[cfg(test)]
mod tests;
