//! Lessons, the orientation and other events, who was there, and how to make up for it.
//!
//! | what a person does, or what is kept          | where                                   |
//! |----------------------------------------------|-----------------------------------------|
//! | read the lessons                             | `lessons.rs`, `readings.rs`             |
//! | see an event and answer, signed in or by link| `event.rs`, `invitation.rs`             |
//! | set time and place, add a circle             | `run.rs`, `events.rs`                   |
//! | who is invited, and who belongs to an event  | `invitations.rs`, `guests.rs`           |
//! | note who is there                            | `door.rs`, `attendance.rs`              |
//! | make up for a missed orientation             | `make_up.rs`                            |
//! | which event is whose                         | `visible.rs`                            |
//! | what is somebody's own, taken along or let go     | `theirs.rs`  |
//! | what decides                                 | `rules.rs`, `rules/`                    |
//! | figures, what is next, letters, jobs         | `figures.rs`, `next.rs`, `letters.rs`, `jobs.rs`, `rounds.rs` |
//!
//! Invariants: the orientation and the follow-up session fall on the days of the calendar.
//! Who was not at the orientation is asked once, and can always make up for it.

mod attendance;
mod door;
mod event;
mod events;
mod figures;
mod guests;
mod invitation;
mod invitations;
mod jobs;
#[cfg(test)]
mod journeys;
mod lessons;
mod letters;
mod make_up;
mod next;
mod readings;
mod rounds;
mod rules;
mod run;
mod theirs;
mod visible;

pub use attendance::of_orientation as who_came_to_the_orientation;
pub use figures::{Figures, figures};
pub use jobs::jobs;
pub use next::next_steps;
pub use theirs::mine;

use platform::doors::Doors;
use policy::Action;

pub fn doors() -> Doors {
    Doors::default()
        .get("/lessons", Action::ReadLessons, lessons::list)
        .get("/lessons/{lesson}", Action::ReadLessons, lessons::one)
        .post("/lessons/{lesson}/reading", Action::ReadLessons, lessons::read)
        .get("/events", Action::ReadEvents, event::list)
        .get("/events/{event}", Action::ReadEvents, event::get)
        .post("/events/{event}/answer", Action::AnswerEvent, event::answer)
        .taking(&["answer"])
        .get("/events/{event}/calendar.ics", Action::ReadEvents, event::calendar_file)
        .get("/events/{event}/make-up", Action::AnswerEvent, make_up::get)
        .post("/events/{event}/make-up", Action::AnswerEvent, make_up::post)
        .taking(&["read", "first", "liaison", "ending"])
        .get("/invitations/{token}", Action::FollowLink, invitation::get)
        .post("/invitations/{token}", Action::FollowLink, invitation::post)
        .taking(&["answer"])
        .get("/invitations/{token}/calendar.ics", Action::FollowLink, invitation::calendar_file)
        .get("/cohorts/{cohort}/events", Action::RunEvents, run::list)
        .post("/cohorts/{cohort}/events", Action::RunEvents, run::add)
        .taking(&["title", "day", "from", "to", "place", "online_link", "words"])
        .with_texts(&["words"])
        .get("/events/{event}/details", Action::RunEvents, run::get)
        .post("/events/{event}/details", Action::RunEvents, run::post)
        .taking(&["title", "day", "from", "to", "place", "online_link", "words", "tell"])
        .with_texts(&["words"])
        .get("/events/{event}/door", Action::RunEvents, door::get)
        .post("/events/{event}/door", Action::RunEvents, door::find)
        .taking(&["text"])
        .get("/events/{event}/list", Action::RunEvents, door::print)
        .post("/events/{event}/attendance", Action::RunEvents, door::note)
        .taking(&["person", "state"])
        .post("/events/{event}/attendance/completion", Action::RunEvents, door::complete)
}
