//! Liaisons and their duos: who accompanies whom, check-ins, signals, what is due.
//!
//! | what a person does, or what is kept             | where                                  |
//! |-------------------------------------------------|----------------------------------------|
//! | who accompanies a duo                           | `appoint.rs`, `liaisons.rs`            |
//! | appoint and hand over by hand                   | `assign.rs`                            |
//! | check-ins, reminders and topic letters go out   | `check_in.rs`, `rounds.rs`             |
//! | answer a check-in                               | `answer.rs`, `checkins.rs`             |
//! | see what one answered, and who has read it      | `told.rs`                              |
//! | how a duo stands, and the ladder                | `signals.rs`, `look.rs`                |
//! | the liaison's desk, and one duo on it           | `desk.rs`, `duo_status.rs`, `pieces.rs`|
//! | how a duo ended early                           | `exit.rs`                              |
//! | what is due, and contacts noted                 | `tasks.rs`, `complete.rs`, `contacts.rs`|
//! | tells a person of their choice in confidence      | `concerns.rs`, `concerns/`             |
//! | a membership lapses in a running duo            | `lapsed.rs`                            |
//! | what chair and deputy open together, for an hour | `opening.rs`, `opened.rs`, `openings.rs`, `tell.rs` |
//! | what is somebody's own, taken along or let go     | `theirs.rs`  |
//! | what decides                                    | `rules.rs`, `rules/`                   |
//! | figures, what is next, letters, jobs            | `figures.rs`, `next.rs`, `letters.rs`, `jobs.rs` |
//!
//! Invariants: signals come from dates, counts and what was answered to the liaison, never
//! from what two people wrote to each other. An answer to a check-in is read by the one who
//! accompanies the duo at this moment; chair and deputy open it together for an hour where
//! somebody may come to harm, and the two are told. Nobody has a duo of their own on their desk.

mod answer;
mod appoint;
mod assign;
mod check_in;
mod checkins;
mod complete;
mod concerns;
mod contacts;
mod desk;
mod duo_status;
mod exit;
mod figures;
mod jobs;
#[cfg(test)]
mod journeys;
mod lapsed;
mod letters;
mod liaisons;
mod look;
mod next;
mod opened;
mod opening;
mod openings;
mod pieces;
mod rounds;
pub mod rules;
mod signals;
mod tasks;
mod tell;
mod theirs;
mod told;

pub use figures::{Figures, figures, states};
pub use jobs::jobs;
pub use liaisons::{Liaison, accompanied_by, in_cohort as liaisons_in, of_duo as liaison_of};
pub use next::next_steps;
pub use pieces::{badge_of, facts_list, tone_of};
pub use rules::signal::{Orientation, Signal, State, Word};
pub use signals::{Standing, note_orientation};
pub use tasks::{
    NewTask, Task, add as add_task, add_for_liaison as add_task_for_liaison, open_of_chairs as tasks_of_chairs,
    settle as settle_task,
};
pub use theirs::mine;

use platform::doors::Doors;
use policy::Action;

pub fn doors() -> Doors {
    Doors::default()
        .get("/check-in/{token}", Action::FollowLink, answer::get)
        .post("/check-in/{token}", Action::FollowLink, answer::post)
        .taking_form()
        .get("/check-ins/{checkin}", Action::AnswerCheckIn, answer::get_own)
        .post("/check-ins/{checkin}", Action::AnswerCheckIn, answer::post_own)
        .taking_form()
        .get("/me/check-ins", Action::ReadOwnCheckIns, told::list)
        .get("/desk", Action::ReadLiaisonDesk, desk::get)
        .get("/desk/guide", Action::ReadLiaisonDesk, desk::guide)
        .get("/desk/duos/{duo}", Action::ReadDuoStatus, duo_status::get)
        .post("/desk/duos/{duo}/contacts", Action::WriteContact, duo_status::note_contact)
        .taking(&["way", "day"])
        .get("/desk/duos/{duo}/opening", Action::BreakGlass, opening::get)
        .post("/desk/duos/{duo}/opening", Action::BreakGlass, opening::ask)
        .taking(&["reason", "safety", "days"])
        .with_texts(&["reason"])
        .asking_again()
        .post("/desk/duos/{duo}/opening/answer", Action::BreakGlass, opening::answer)
        .taking(&["answer"])
        .asking_again()
        .get("/desk/duos/{duo}/answers", Action::BreakGlass, opened::answers)
        .get("/openings/{opening}", Action::ReadOwnReadings, opened::of_mine)
        .post("/desk/duos/{duo}/hand-over", Action::WriteContact, duo_status::hand_over)
        .post("/tasks/{task}/completion", Action::WriteTask, complete::done)
        .post("/tasks/{task}/delay", Action::WriteTask, complete::delay)
        .post("/tasks/{task}/letter", Action::WriteTask, complete::send)
        .merge(concern_doors())
        .post("/cohorts/{cohort}/liaisons.csv", Action::TakeDuosAlong, assign::take_along)
        .asking_again()
        .get("/cohorts/{cohort}/liaisons", Action::AppointLiaison, assign::get)
        .post("/cohorts/{cohort}/liaisons", Action::AppointLiaison, assign::post)
        .taking(&["duo", "liaison"])
        .asking_again()
        .post("/cohorts/{cohort}/liaisons/hand-over", Action::AppointLiaison, assign::hand_over)
        .taking(&["from", "to"])
        .asking_again()
}

/// Something is not right, and somebody of one's choice is told.
fn concern_doors() -> Doors {
    Doors::default()
        .get("/concerns", Action::RaiseConcern, concerns::list::get)
        .get("/concerns/new", Action::RaiseConcern, concerns::raise::get)
        .post("/concerns", Action::RaiseConcern, concerns::raise::post)
        .taking(&["to", "words", "about+", "without+", "duo"])
        .with_texts(&["words"])
        .get("/concerns/{concern}", Action::RaiseConcern, concerns::read::get)
        .post("/concerns/{concern}/notes", Action::RaiseConcern, concerns::handle::note)
        .taking(&["words"])
        .with_texts(&["words"])
        .post("/concerns/{concern}/referrals", Action::RaiseConcern, concerns::handle::refer)
        .taking(&["person"])
        .post("/concerns/{concern}/closing", Action::RaiseConcern, concerns::handle::close)
}
