//! How the room of a duo looks.

use platform::prelude::*;
use policy::{Record, who_can_read};
use program::{long_day, short_day};
use shell::{Faults, Step, Tone};

use super::Room;
use crate::{
    duos::Duo,
    going_on,
    log_meeting::{capital, hours, log_form},
    notes::{self, Note},
    rules, set_goals,
};

pub(super) fn none() -> Markup {
    html! {
        (shell::page_head("Your duo", ""))
        (shell::empty_state(
            "You are not in a duo yet",
            "As soon as two people have found each other, their shared page is here.",
            Some(("/", "What is next for you")),
        ))
    }
}

/// The way to each of several duos. Nothing of one stands on the pages of another.
pub(super) fn several(duos: &[&Duo], person: platform::ids::Id) -> Markup {
    html! {
        (shell::page_head("Your duos", "Each has a room of its own; what stands in one is seen by you and that mentee alone."))
        @for duo in duos {
            @let partner = duo.name_of(duo.partner_of(person));
            (shell::card(&format!("You and {partner}"), shell::actions(html! {
                (shell::link_button(&duo.path(""), &format!("Open the room with {partner}")))
            })))
        }
    }
}

pub(super) fn title(room: &Room) -> String {
    format!("You and {}", room.partner_name())
}

pub(super) fn page(room: &Room) -> Markup {
    let (badge, lead) = state(room);
    html! {
        (shell::page_head_with(&title(room), &lead, badge))
        @if !room.duo.is_active() { (over(room)) }
        (shell::columns(main(room), beside(room)))
    }
}

fn state(room: &Room) -> (Markup, String) {
    let (tone, words) = match room.duo.state.as_str() {
        "active" => (Tone::Good, "Active"),
        "ended" => (Tone::Plain, "Ended"),
        _ => (Tone::Plain, "Session over"),
    };
    let formed = long_day(room.calendar.today(room.duo.formed_at));
    let lead = format!("Duo {} of {}, since {formed}.", room.duo.number, room.cohort.name);
    (shell::badge(tone, words), lead)
}

fn over(room: &Room) -> Markup {
    let day = room.duo.ended_at.map(|at| long_day(room.calendar.today(at))).unwrap_or_default();
    shell::note(
        Tone::Info,
        html! {
            p {
                @if room.duo.state == "ended" {
                    "This duo ended on " (day) ". Both of you keep what you wrote, to read. "
                    @if room.takes_part { a href=(room.duo.path("/ending")) { "What would you like now?" } }
                } @else {
                    "The session is over and your duo closed with it on " (day) ". Both of you keep what you wrote, to read. "
                    a href="/certificates" { "Your certificates" } " and " a href="/alumni/join" { "staying in touch" } "."
                }
            }
        },
    )
}

fn main(room: &Room) -> Markup {
    html! {
        @if !room.next.is_empty() { (shell::next_steps(&steps(room))) }
        (meetings(room))
        (goals(room))
        (agreement(room))
        (notebook(room))
        (keeping(room))
    }
}

fn keeping(room: &Room) -> Markup {
    shell::card(
        "How long this is kept",
        html! {
            @if room.is_gone {
                p { "Agreement, goals and notes were deleted when their time was over. No copy of them opens any more." }
            } @else {
                p { "Agreement, goals and notes are kept until " (long_day(room.kept_until)) ". We write to both of you thirty days before; then they are deleted for good." }
                p { a href=(room.duo.path("/export")) { "Take your record along" } }
            }
        },
    )
}

fn steps(room: &Room) -> Vec<Step> {
    let step = |it: &program::Next| Step {
        title: it.title.clone(),
        words: it.words.clone(),
        due: it.due.map(|day| format!("by {}", long_day(day))),
        due_soon: it.due.is_some_and(|day| rules::days_between(room.today, day) <= 7),
        href: it.href.clone(),
        action: it.action.clone(),
        done: false,
    };
    room.next.iter().map(step).collect()
}

fn meetings(room: &Room) -> Markup {
    let duo = &room.duo;
    html! {
        section.card #log {
            h2 { "Meetings" }
            (shell::readers_line(&who_can_read(Record::MeetingLog)))
            @if duo.is_active() {
                (log_form(&duo.path("/meetings"), &room.typed, &Faults::new(), "Log it"))
            }
            @if room.meetings.is_empty() {
                p.muted { "No meeting is logged yet. Meetings anywhere count." }
            } @else {
                p {
                    (room.facts.meetings) @if room.facts.meetings == 1 { " meeting, " } @else { " meetings, " }
                    (hours(room.facts.minutes)) " together."
                }
                ul {
                    @for it in room.meetings.iter().take(3) {
                        li { (short_day(it.day)) ", " (it.way) ", " (it.minutes) " minutes" }
                    }
                }
                p { a href=(duo.path("/meetings")) { "All meetings" } }
            }
        }
    }
}

fn goals(room: &Room) -> Markup {
    let href = room.duo.path("/goals");
    shell::card(
        "Goals",
        html! {
            (shell::readers_line(&who_can_read(Record::DuoGoals)))
            @if room.goals.is_empty() { p.muted { "No goal is set yet." } }
            @else {
                ul {
                    @for goal in &room.goals {
                        li {
                            (goal.title)
                            @if let Some(level) = goal.level { " – " (set_goals::level_words(level)) }
                        }
                    }
                }
            }
            @if room.duo.is_active() {
                p { a href=(href) { @if room.goals.is_empty() { "Set goals" } @else { "Look at the goals" } } }
            } @else if !room.goals.is_empty() {
                p { a href=(href) { "Read the goals" } }
            }
        },
    )
}

fn agreement(room: &Room) -> Markup {
    let duo = &room.duo;
    let partner = room.partner_name();
    shell::card(
        "Agreement",
        html! {
            (shell::readers_line(&who_can_read(Record::Agreement)))
            @if room.shares { p.muted { "Your liaison sees what you both chose to share." } }
            @if room.shares { (shell::who_has_read(crate::SHARED_RECORD, Some(&duo.id.to_string()))) }
            @match &room.agreement {
                None => p.muted { "Nothing is written yet." },
                Some(it) => p {
                    @match it.signed_at {
                        Some(at) => { (shell::badge(Tone::Good, "Stands")) " Confirmed by both on " (long_day(room.calendar.today(at))) "." }
                        None if it.is_signed_by(duo, room.person) => { (shell::badge(Tone::Info, "Waiting")) " You have confirmed it; " (partner) " has not yet." }
                        None => { (shell::badge(Tone::Warn, "Not confirmed")) " Version " (it.revision) " waits for you." }
                    }
                },
            }
            p {
                a href=(duo.path("/agreement")) {
                    @if room.agreement.is_none() && duo.is_active() { "Write the agreement" } @else { "Read the agreement" }
                }
            }
        },
    )
}

fn notebook(room: &Room) -> Markup {
    shell::card(
        "Notebook",
        html! {
                    (shell::readers_line(&policy::who_can_read(policy::Record::DuoMessage)))
        p.hint { "Private notes are read by their author alone." }
                    @if room.notes.is_empty() { p.muted { "Nothing is written yet." } }
                    @else { ul { @for note in &room.notes { li { (preview(room, note)) } } } }
                    p { a href=(room.duo.path("/notebook")) { "Open the notebook" } }
                },
    )
}

fn preview(room: &Room, note: &Note) -> Markup {
    const MOST: usize = 100;
    let text = note.text.as_deref().unwrap_or(notes::WITHDRAWN);
    let first = text.lines().next().unwrap_or_default();
    let short: String = first.chars().take(MOST).collect();
    html! {
        @if note.is_private { (shell::badge(Tone::Plain, "Only you")) " " } @else { (room.duo.name_of(note.author)) ": " }
        (short) @if short.len() < text.trim().len() { " …" }
    }
}

fn beside(room: &Room) -> Markup {
    let duo = &room.duo;
    html! {
        (partner(room))
        (liaison(room))
        @if let Some((name, theme)) = &room.guide {
            @if duo.is_active() {
                (shell::card("A guide for now", html! { p { a href={ "/guides/" (name) } { (theme) } } p { a href="/guides" { "All guides" } } }))
            }
        }
        @if duo.is_active() { (going_on::card(duo, &room.going_on, room.partner_name())) }
        (pledge(room))
        @if !room.other_duos.is_empty() {
            (shell::card("Your other duos", html! {
                ul { @for it in &room.other_duos {
                    li { a href=(it.path("")) { "With " (it.name_of(it.partner_of(room.person))) } }
                } }
            }))
        }
        @if duo.is_active() {
            p.muted { "It is not working, or life has changed? " a href=(duo.path("/ending")) { "End this duo" } " without owing anyone a reason." }
        }
    }
}

fn partner(room: &Room) -> Markup {
    let name = room.partner_name();
    let role = if room.person == room.duo.mentee { "Your mentor" } else { "Your mentee" };
    let facts = room.partner.as_ref().map(told).unwrap_or_default();
    shell::card(
        role,
        html! {
            p { (shell::avatar(name)) " " strong { (name) } }
            @if !facts.is_empty() { (shell::facts(&facts)) }
            @if room.partner.is_none() { p.muted { "You no longer take part in this cohort, so how to reach them is not shown here." } }
            @if !room.duo.reasons.is_empty() {
                h3 { "Why you two" }
                ul { @for reason in room.duo.reasons_told(room.person) { li { (reason) } } }
            }
            @if room.partner.is_some() {
                (shell::readers_line(&policy::who_can_read(policy::Record::PersonDetails)))
                p.hint { "Your liaison has both addresses, to write to each of you. Please keep them for mentoring." }
            }
        },
    )
}

/// What a partner told about themselves, without what they left empty.
fn told(it: &membership::Person) -> Vec<(&'static str, Markup)> {
    let mut facts: Vec<(&str, Markup)> = Vec::new();
    // Whoever was forgotten has no address any more.
    if !it.email.is_empty() {
        facts.push(("E-mail", html! { a href={ "mailto:" (it.email) } { (it.email) } }));
    }
    if !it.phone.is_empty() {
        facts.push(("Telephone", html! { a href={ "tel:" (it.phone.replace(' ', "")) } { (it.phone) } }));
    }
    let rest =
        [("Pronouns", &it.pronouns), ("Works at", &it.employer), ("Lives in", &it.city), ("Time zone", &it.zone)];
    facts.extend(
        rest.into_iter().filter(|(_, words)| !words.is_empty()).map(|(label, words)| (label, html! { (words) })),
    );
    facts
}

fn liaison(room: &Room) -> Markup {
    let duo = &room.duo;
    shell::card(
        "Your liaison",
        html! {
            @if duo.liaison_email.is_empty() {
                p.muted { "The committee names your liaison soon. Until then, write to the chair." }
            } @else {
                p { strong { (duo.liaison_name) } br; a href={ "mailto:" (duo.liaison_email) } { (duo.liaison_email) } }
                p.muted { "For anything that does not work, or that you would rather not say to each other first." }
            }
            p { a href="/me/check-ins" { "My check-ins" } }
            p { a href="/concerns" { "Tell somebody else in confidence" } }
        },
    )
}

fn pledge(room: &Room) -> Markup {
    let words = |signed: bool| if signed { "signed" } else { "not signed yet" };
    shell::card(
        "The pledge",
        html! {
            (shell::facts(&[
                ("You", html! { (capital(words(room.has_pledged))) }),
                (room.partner_name(), html! { (capital(words(room.partner_has_pledged))) }),
            ]))
            p { a href="/pledge" { @if room.has_pledged { "Read the pledge" } @else { "Read and sign the pledge" } } }
        },
    )
}
