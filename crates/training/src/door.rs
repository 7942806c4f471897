//! Who is there: at the door on a phone, or from a printed list typed in later. ORI2.

use platform::prelude::*;
use policy::may;
use shell::{Column, Input, Tone};

use crate::{
    attendance,
    guests::{self, Guest},
    invitations,
    rules::attendance::Presence,
    visible::{self, Seen},
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let seen = visible::run_by(tx, visit)?;
    let guests = guests::of_event(tx, &seen.proof, &seen.event)?;
    Ok(Reply::wide("At the door", page(&seen, &guests, "")))
}

/// Looks for somebody: the name stands in no address, and so in no history.
pub fn find(tx: &mut Tx, visit: &Visit) -> Answer {
    let seen = visible::run_by(tx, visit)?;
    let guests = guests::of_event(tx, &seen.proof, &seen.event)?;
    Ok(Reply::wide("At the door", page(&seen, &guests, visit.form.text("text"))))
}

/// Notes one person.
pub fn note(tx: &mut Tx, visit: &Visit) -> Answer {
    let seen = visible::run_by(tx, visit)?;
    let guests = guests::of_event(tx, &seen.proof, &seen.event)?;
    let person = Id::parse(visit.form.text("person"));
    let guest = guests.iter().find(|it| Some(it.person) == person);
    let presence = Presence::from_key(visit.form.text("state")).filter(|it| Presence::AT_THE_DOOR.contains(it));
    let (Some(guest), Some(presence)) = (guest, presence) else {
        let faults = shell::Faults::general("Choose a person on the list, and whether they came.");
        let page = html! { (shell::error_summary(&faults)) (page(&seen, &guests, "")) };
        return Err(Failure::refused("At the door", page));
    };
    attendance::note(tx, &seen.event, guest.person, presence, visit.person()?)?;
    Ok(Reply::go(format!("/events/{}/door#p-{}", seen.event.id, guest.person)))
}

/// The list is complete; what follows from it happens now.
pub fn complete(tx: &mut Tx, visit: &Visit) -> Answer {
    let seen = visible::run_by(tx, visit)?;
    let door = format!("/events/{}/door", seen.event.id);
    if !seen.event.is_over(tx.now()) {
        return Ok(Reply::go(door).saying("The event is not over yet. Come back when everyone has arrived."));
    }
    attendance::complete(tx, &seen.event, &seen.cohort)?;
    let words = if seen.event.is_orientation() {
        "The list is complete. Who was not there learns how to make up for it, and their liaison has a task."
    } else {
        "The list is complete."
    };
    Ok(Reply::go(door).saying(words))
}

/// The same list with boxes to tick, for paper.
pub fn print(tx: &mut Tx, visit: &Visit) -> Answer {
    let seen = visible::run_by(tx, visit)?;
    let guests = guests::of_event(tx, &seen.proof, &seen.event)?;
    let columns = [
        Column::text("Name"),
        Column::text("Who"),
        Column::text("Answered"),
        Column::text("Came"),
        Column::text("Online"),
        Column::text("Excused"),
    ];
    let row = |it: &Guest| {
        let boxes = [Presence::Came, Presence::Online, Presence::Excused];
        let tick = |presence: Presence| html! { (if it.presence == Some(presence) { "☒" } else { "☐" }) };
        let mut cells =
            vec![html! { (it.name) }, html! { (it.role) }, html! { (invitations::answer_words(&it.answer)) }];
        cells.extend(boxes.map(tick));
        cells
    };
    Ok(Reply::wide(
        "List",
        html! {
                    (shell::page_head(&format!("{}: who is there", seen.event.title), &seen.event.when(&seen.calendar)))
                    (shell::table("Everyone, by name", &columns, guests.iter().map(row).collect()))
                    (shell::readers_line(&policy::who_can_read(policy::Record::Event)))
        p.hint { "Please do not leave this list lying about." }
                },
    ))
}

fn page(seen: &Seen<may::Write>, guests: &[Guest], text: &str) -> Markup {
    let event = &seen.event;
    let base = format!("/events/{}", event.id);
    let count = |presence: Presence| guests.iter().filter(|it| it.presence == Some(presence)).count();
    let open = guests.iter().filter(|it| it.presence.is_none()).count();
    let figures =
        [count(Presence::Came), count(Presence::Online), count(Presence::Excused), open].map(|it| it.to_string());
    let found: Vec<&Guest> = guests.iter().filter(|it| is_found(it, text)).collect();
    html! {
            (shell::breadcrumbs(&[("/events", "Events"), (&base, &event.title)], "At the door"))
            (shell::page_head_with("At the door", &event.when(&seen.calendar), shell::link_quiet(&format!("{base}/list"), "List to print")))
            (shell::figures(&[(&figures[0], "came"), (&figures[1], "online"), (&figures[2], "excused"), (&figures[3], "not noted yet")]))
            form.form method="post" action=(format!("{base}/door")) role="search" {
                (shell::text_field(&Input::new("text", "Find a name or a duo").kind("search").value(text)))
                (shell::actions(html! { (shell::button_quiet("Find")) @if !text.is_empty() { (shell::link_quiet(&format!("{base}/door"), "Show all")) } }))
            }
            @if guests.is_empty() { (shell::empty_state("Nobody is on the list yet", "People stand here when their duo is formed.", None)) }
            @else if found.is_empty() { (shell::empty_state("Nobody of that name", "Try a part of the name, or the number of the duo.", None)) }
            @else { (shell::cards(html! { @for guest in found { (row(guest, &base)) } })) }
            @match event.closed_at {
                Some(_) => { (shell::note(Tone::Info, html! { "The list is complete. You can still correct it; what follows is brought up to date." })) }
                None => {
                    (shell::card("When everyone is noted", html! {
                        p { "Otherwise it counts as complete the morning after, as soon as nobody has written on it for twelve hours." }
                        (shell::actions(shell::post_button(&format!("{base}/attendance/completion"), "The list is complete", &[], shell::Style::Quiet)))
                    }))
                }
            }
            (shell::readers_line(&policy::who_can_read(policy::Record::Event)))
    p.hint { "Each person sees their own line alone." }
        }
}

fn is_found(guest: &Guest, text: &str) -> bool {
    let text = text.to_lowercase();
    guest.name.to_lowercase().contains(&text) || guest.role.to_lowercase().contains(&text)
}

/// One person with large buttons; the pressed one is what is noted.
fn row(guest: &Guest, base: &str) -> Markup {
    html! {
        section.card id=(format!("p-{}", guest.person)) {
            h2 { (guest.name) }
            p { (guest.role) " · " (invitations::answer_words(&guest.answer)) @if guest.presence == Some(Presence::MadeUp) { " · made up for it" } }
            form method="post" action=(format!("{base}/attendance")) {
                (shell::hidden("person", &guest.person.to_string()))
                div.actions.even {
                    @for presence in Presence::AT_THE_DOOR {
                        @let is_noted = guest.presence == Some(presence);
                        button.button.quiet[!is_noted] type="submit" name="state" value=(presence.key()) aria-pressed=(if is_noted { "true" } else { "false" }) {
                            (presence.words()) span.vh { ": " (guest.name) }
                        }
                    }
                }
            }
        }
    }
}
