//! One mentor, one mentee, one cohort: pledge, agreement, goals, meetings, notebook, ending.
//!
//! | what a person does, or what is kept                | where                             |
//! |----------------------------------------------------|-----------------------------------|
//! | who is with whom; forming, ending, closing         | `duos.rs`                         |
//! | the room of a duo, for its two people              | `room.rs`, `room/`                |
//! | how many more mentees a mentor has room for        | `slots.rs`                        |
//! | sign the pledge                                    | `pledge.rs`, `pledges.rs`         |
//! | write and confirm the agreement                    | `agree.rs`, `agreements.rs`       |
//! | set goals, and look where they stand               | `set_goals.rs`, `goals.rs`        |
//! | log a meeting in ten seconds, correct, remove      | `log_meeting.rs`, `meetings.rs`   |
//! | write into the notebook                            | `notebook.rs`, `notes.rs`         |
//! | end a duo; say what one would like after           | `ending.rs`, `wishes.rs`          |
//! | go on after the session, when both wish it         | `going_on.rs`                     |
//! | take the record along; its end                     | `export.rs`, `forget.rs`          |
//! | what is somebody's own, taken along or let go      | `theirs.rs`                       |
//! | read the guides                                    | `guides.rs`                       |
//! | dates and counts for others, never content         | `facts.rs`                        |
//! | what decides                                       | `rules.rs`, `rules/`              |
//! | what is next, letters, what happens by itself      | `next.rs`, `letters.rs`, `jobs.rs`|
//!
//! Invariants: a mentee has one mentor in a cohort, and a mentor as many mentees as the cohort
//! allows and the mentor wishes, usually one. Agreement, goals and notes are sealed, and no page
//! shows them to anyone but the two, another mentee of the same mentor least of all. To everyone
//! else a duo's pages do not exist.

mod access;
mod agree;
mod agreements;
mod duos;
mod ending;
mod exits;
mod export;
mod facts;
mod forget;
mod goals;
mod going_on;
mod guides;
mod jobs;
#[cfg(test)]
mod journeys;
mod letters;
mod log_meeting;
mod meetings;
mod next;
mod notebook;
mod notes;
mod pledge;
mod pledges;
mod room;
pub mod rules;
mod set_goals;
mod slots;
mod theirs;
mod wishes;

pub use agree::{SHARED_RECORD, shared_with_liaison};
pub use duos::{
    Duo, close, duo, end, form, has_begun, in_cohort, of_person, of_person_any, running_of, set_liaison_words,
    take_back,
};
pub use exits::{EXIT_RECORD, Exit, exit};
pub use facts::{Facts, facts, facts_in_cohort};
pub use forget::SHREDDED;
pub use guides::guide_of_today;
pub use jobs::jobs;
pub use next::next_steps;
pub use pledges::has_pledged;
pub use rules::{EndRefusal, FormRefusal};
pub use slots::{Room, Slots, room_of, slots, slots_left};
pub use theirs::mine;
pub use wishes::wish;

use platform::doors::Doors;
use policy::Action;

pub fn doors() -> Doors {
    Doors::default()
        .get("/duo", Action::ReadDuo, room::mine)
        .get("/duos/{duo}", Action::ReadDuo, room::get)
        .get("/pledge", Action::SignPledge, pledge::get)
        .post("/pledge", Action::SignPledge, pledge::post)
        .taking(&["pledge", "promise"])
        .get("/duos/{duo}/agreement", Action::ReadDuo, agree::get)
        .post("/duos/{duo}/agreement", Action::WriteAgreement, agree::post)
        .taking(&["revision"])
        .taking_form()
        .get("/duos/{duo}/agreement/edit", Action::WriteAgreement, agree::edit)
        .post("/duos/{duo}/agreement/signature", Action::WriteAgreement, agree::sign)
        .taking(&["revision"])
        .get("/duos/{duo}/goals", Action::ReadDuo, set_goals::get)
        .post("/duos/{duo}/goals", Action::WriteGoals, set_goals::post)
        .taking(&["revision", "goal_*"])
        .with_texts(&["goal_*"])
        .get("/duos/{duo}/meetings", Action::ReadDuo, log_meeting::get)
        .post("/duos/{duo}/meetings", Action::LogMeeting, log_meeting::post)
        .taking(&["day", "way", "minutes"])
        .get("/duos/{duo}/meetings/{meeting}", Action::LogMeeting, log_meeting::one)
        .post("/duos/{duo}/meetings/{meeting}", Action::LogMeeting, log_meeting::correct)
        .taking(&["day", "way", "minutes"])
        .post("/duos/{duo}/meetings/{meeting}/removal", Action::LogMeeting, log_meeting::remove)
        .get("/duos/{duo}/notebook", Action::ReadNotebook, notebook::get)
        .post("/duos/{duo}/notebook", Action::WriteNotebook, notebook::post)
        .taking(&["text", "kind"])
        .with_texts(&["text"])
        .post("/duos/{duo}/notebook/{note}/removal", Action::WriteNotebook, notebook::remove)
        .get("/duos/{duo}/ending", Action::EndDuo, ending::get)
        .post("/duos/{duo}/ending", Action::EndDuo, ending::post)
        .taking(&["new_partner"])
        .taking_form()
        .post("/duos/{duo}/wish", Action::EndDuo, ending::wish)
        .taking(&["new_partner"])
        .post("/duos/{duo}/going-on", Action::EndDuo, going_on::post)
        .taking(&["wish"])
        .get("/duos/{duo}/export", Action::ReadDuo, export::get)
        .get("/duos/{duo}/export/page", Action::ReadDuo, export::page)
        .asking_again()
        .get("/duos/{duo}/export/data", Action::ReadDuo, export::data)
        .asking_again()
        .get("/guides", Action::ReadGuides, guides::list)
        .get("/guides/{name}", Action::ReadGuides, guides::one)
}
