//! The mentors' directory, requests and answers, the committee's proposals.
//!
//! | what a person does, or what is kept               | where                               |
//! |---------------------------------------------------|-------------------------------------|
//! | a mentee reads and searches the directory         | `directory.rs`, `listing.rs`, `search.rs`, `search/`, `changes.rs`, `index.rs`, `window.rs` |
//! | … reads one profile, keeps it on a shortlist      | `profile.rs`, `shortlists.rs`       |
//! | … asks a mentor                                   | `ask.rs`                            |
//! | … ranks a few more                                | `list.rs`, `wishes.rs`              |
//! | … sees the other mentees as cards                 | `fellows.rs`                        |
//! | a mentor answers, from the page or the letter     | `answer.rs`, `by_letter.rs`         |
//! | … or asks a question first, and the mentee replies | `question.rs`, `questions.rs`       |
//! | a mentor sees the own profile, takes a pause      | `mine.rs`                           |
//! | the chair sees who is left, proposes pairs        | `board.rs`, `board_view.rs`, `propose.rs` |
//! | … steps in for somebody who cannot answer         | `step_in.rs`                        |
//! | … chooses what counts, makes runs, asks why not     | `desk.rs`, `desk/`                  |
//! | both answer a proposal                            | `proposal.rs`                       |
//! | what an answer sets in motion                     | `moves.rs`, `duo.rs`                |
//! | what the house does by itself; what it deletes    | `jobs.rs`, `forget.rs`              |
//! | what may be asked and answered                    | `rules.rs`, `rules/`                |
//! | what of it the committee decides, this year and next | `terms.rs`, `change_terms.rs`, `carrying.rs` |
//! | profiles, requests, proposals as they are kept    | `profiles.rs`, `requests.rs`, `proposals.rs` |
//! | who may read what the two write                   | `access.rs`                         |
//! | who must not meet, and what the engine is asked   | `apart.rs`, `inputs.rs`             |
//! | what is somebody's own, taken along or let go     | `theirs.rs`                         |
//! | figures for the reports, what is next for a person| `figures.rs`, `next.rs`             |
//!
//! Invariants: one live request per mentee and as many waiting per mentor as the committee allows; a duo is formed
//! by `duos::form` alone; a no is never counted or shown where mentees can see it.

mod access;
mod answer;
mod apart;
mod ask;
mod board;
mod board_view;
mod by_letter;
mod capacity;
mod carrying;
mod change_terms;
mod changes;
mod desk;
mod directory;
mod duo;
mod fellows;
mod figures;
mod files;
mod forget;
mod index;
mod inputs;
mod jobs;
#[cfg(test)]
mod journeys;
mod letters;
mod list;
mod listing;
mod mine;
mod moves;
mod next;
mod profile;
mod profiles;
mod proposal;
mod proposals;
mod propose;
mod question;
mod questions;
mod requests;
mod rules;
mod search;
mod shortlists;
mod step_in;
mod terms;
mod theirs;
mod threshold;
mod who;
mod window;
mod wishes;

pub use board::waiting_for_days;
pub use fellows::cards_of;
pub use figures::{Figures, figures};
pub use jobs::jobs;
pub use next::next_steps;
pub use profiles::refresh_profile;
#[cfg(fuzzing)]
pub use search::fuzzed;
pub use theirs::mine;

use platform::doors::Doors;
use policy::Action;

pub fn doors() -> Doors {
    for_participants().merge(for_the_committee()).merge(for_runs())
}

fn for_participants() -> Doors {
    Doors::default()
        .get("/mentors", Action::ReadDirectory, directory::get)
        .get("/mentors/mine", Action::WriteOwnProfile, mine::get)
        .post("/mentors/mine/pause", Action::WriteOwnProfile, mine::pause)
        .taking(&["pause"])
        .post("/mentors/mine/capacity", Action::WriteOwnProfile, capacity::post)
        .taking(capacity::FIELDS)
        .get("/mentors/{person}", Action::ReadDirectory, profile::get)
        .get("/mentors/{person}/photo", Action::ReadDirectory, files::photo)
        .get("/files/{file}", Action::ReadFile, files::get)
        .post("/mentors/{person}/shortlist", Action::AskMentor, profile::shortlist)
        .get("/mentors/{person}/request", Action::AskMentor, ask::get)
        .post("/mentors/{person}/request", Action::AskMentor, ask::post)
        .taking(&["note"])
        .with_texts(&["note"])
        .get("/cohorts/{cohort}/mentees", Action::ReadFellows, fellows::get)
        .get("/wishes", Action::RankMentors, list::get)
        .post("/wishes", Action::RankMentors, list::post)
        .taking(&["mentor", "what"])
        .get("/requests/{id}", Action::ReadOwnRequests, answer::get)
        .post("/requests/{id}/acceptance", Action::AnswerRequest, answer::accept)
        .taking(&["answer"])
        .post("/requests/{id}/refusal", Action::AnswerRequest, answer::refuse)
        .taking(&["answer", "reason"])
        .with_texts(&["reason"])
        .post("/requests/{id}/withdrawal", Action::AskMentor, answer::withdraw)
        .post("/requests/{id}/question", Action::AnswerRequest, question::ask)
        .taking(&["answer", "question"])
        .with_texts(&["question"])
        .post("/requests/{id}/reply", Action::AskMentor, question::reply)
        .taking(&["reply"])
        .with_texts(&["reply"])
        .get("/requests/reply/{token}", Action::FollowLink, question::get_by_letter)
        .post("/requests/reply/{token}", Action::FollowLink, question::post_by_letter)
        .taking(&["reply"])
        .with_texts(&["reply"])
        .get("/requests/by-letter/{token}", Action::FollowLink, by_letter::get)
        .post("/requests/by-letter/{token}", Action::FollowLink, by_letter::post)
        .taking(&["answer", "reason", "question"])
        .with_texts(&["reason", "question"])
        .get("/proposals/{id}", Action::AnswerProposal, proposal::get)
        .post("/proposals/{id}/answer", Action::AnswerProposal, proposal::post)
        .taking(&["answer"])
        .get("/proposals/by-letter/{token}", Action::FollowLink, proposal::get_by_letter)
        .post("/proposals/by-letter/{token}", Action::FollowLink, proposal::post_by_letter)
        .taking(&["answer"])
}

fn for_the_committee() -> Doors {
    Doors::default()
        .get("/cohorts/{cohort}/matching", Action::ReadMatching, board::get)
        .get("/cohorts/{cohort}/matching/terms", Action::RunProgram, change_terms::get)
        .post("/cohorts/{cohort}/matching/terms", Action::RunProgram, change_terms::post)
        .taking(&[
            "answer_days",
            "first_reminder",
            "second_reminder",
            "wishes",
            "waiting",
            "mentees_each",
            "language",
            "cards",
        ])
        .get("/cohorts/{cohort}/matching/requests/{id}", Action::Propose, step_in::get)
        .post("/cohorts/{cohort}/matching/requests/{id}", Action::Propose, step_in::post)
        .taking(&["what", "why"])
        .with_texts(&["why"])
        .get("/cohorts/{cohort}/matching/threshold", Action::Propose, threshold::get)
        .post("/cohorts/{cohort}/matching/threshold", Action::Propose, threshold::post)
        .taking(threshold::FIELDS)
        .with_texts(&["reason"])
        .post("/cohorts/{cohort}/matching/proposals", Action::Propose, propose::post)
        .working_out(propose::look)
        .post("/cohorts/{cohort}/matching/pairs", Action::Propose, propose::add)
        .taking(&["mentee", "mentor", "note", "why"])
        .with_texts(&["note"])
        .post("/cohorts/{cohort}/matching/proposals/{proposal}/removal", Action::Propose, propose::remove)
        .get("/cohorts/{cohort}/matching/move", Action::ReadPlans, desk::shift::get)
        .post("/cohorts/{cohort}/matching/move", Action::Propose, desk::shift::post)
        .taking(&["mentee", "mentor", "how", "about"])
        .get("/cohorts/{cohort}/matching/letters", Action::ReadPlans, desk::publish::get)
        .post("/cohorts/{cohort}/matching/letters", Action::Propose, desk::publish::send)
        .taking(&["anyway"])
        .asking_again()
        .post("/cohorts/{cohort}/matching/letters/text", Action::Propose, desk::publish::write)
        .taking(&[
            "mentee_version",
            "mentee_subject",
            "mentee_body",
            "mentor_version",
            "mentor_subject",
            "mentor_body",
            "do",
        ])
        .with_texts(&["mentee_body", "mentor_body"])
        .post("/cohorts/{cohort}/matching/letters/reviewers", Action::Propose, desk::publish::ask)
        .taking(&["reviewer+"])
        .get("/cohorts/{cohort}/matching/import", Action::ReadPlans, desk::import::get)
        .upload("/cohorts/{cohort}/matching/import", Action::Propose, desk::import::post)
        .taking(&["file"])
        .get("/cohorts/{cohort}/matching/imports/{import}", Action::ReadPlans, desk::import::preview)
        .post("/cohorts/{cohort}/matching/imports/{import}/application", Action::Propose, desk::import::apply)
        .asking_again()
        .post("/cohorts/{cohort}/matching/imports/{import}/undoing", Action::Propose, desk::import::undo)
        .asking_again()
        .get("/cohorts/{cohort}/matching/review", Action::ReviewPlan, desk::review::get)
        .post("/cohorts/{cohort}/matching/review", Action::ReviewPlan, desk::review::post)
        .taking(&["about", "verdict", "note"])
        .with_texts(&["note"])
}

fn for_runs() -> Doors {
    Doors::default()
        .get("/cohorts/{cohort}/matching/runs", Action::ReadPlans, desk::list::get)
        .get("/cohorts/{cohort}/matching/runs/new", Action::ReadPlans, desk::settings_page::get)
        .post("/cohorts/{cohort}/matching/runs", Action::Propose, desk::make::post)
        .taking(desk::settings::FIELDS)
        .working_out(desk::make::look)
        .get("/cohorts/{cohort}/matching/runs/{run}", Action::ReadPlans, desk::one::get)
        .get("/cohorts/{cohort}/matching/runs/{run}/why", Action::ReadPlans, desk::why::get)
        .get("/cohorts/{cohort}/matching/runs/{run}/beside", Action::ReadPlans, desk::beside::get)
        .post("/cohorts/{cohort}/matching/runs/{run}/again", Action::Propose, desk::one::again)
        .working_out(desk::one::ask_again)
        .post("/cohorts/{cohort}/matching/runs/{run}/draft", Action::Propose, desk::draft::post)
}
