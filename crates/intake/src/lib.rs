//! Nominations, applications, the queue, places and the waiting list.
//!
//! | what a person does, or what is kept                | where                          |
//! |----------------------------------------------------|--------------------------------|
//! | reads the call                                     | `call.rs`                      |
//! | writes, checks and submits an application          | `draft.rs`, `submit.rs`        |
//! | begins with the answers of an earlier year          | `last_time.rs`                 |
//! | sees where it stands, corrects, keeps, withdraws it | `own.rs`, `correct.rs`, `keep.rs`, `withdraw.rs` |
//! | takes a place that is offered, or passes it on     | `answer_offer.rs`              |
//! | nominates somebody, and answers a nomination       | `nominate.rs`, `answer_nomination.rs` |
//! | the committee reads side by side, gives points, decides for one or many | `review.rs`, `review/`, `review_rules.rs` |
//! | what a cohort asks for, and who counts all the same | `eligibility.rs`              |
//! | the committee reads, decides, changes the places   | `list.rs`, `read.rs`, `sealed.rs`, `decide.rs`, `change_places.rs` |
//! | the committee steps aside from an applicant        | `aside.rs`                     |
//! | what is somebody's own, taken along or let go     | `theirs.rs`  |
//! | takes the list along as a file                     | `take_along.rs`                |
//! | who is eligible, who has a place, in which words   | `rules.rs`, `rules/`           |
//! | places taken in the order of commits, and the proof of it | `line.rs`, `places.rs`, `order.rs` |
//! | tables                                             | `applications.rs`, `offers.rs`, `nominations.rs`, `places.rs` |
//! | what is known of a person, asked once              | `details.rs`                   |
//! | letters, jobs, figures, what is next               | `letters.rs`, `jobs.rs`, `figures.rs`, `next.rs` |
//!
//! Invariants: `taken + held` places are never more than there are; the numbers of
//! submissions of one role are in the order of their commits; whoever waits is offered a
//! place before anybody who comes later; a draft or a nomination holds no place; of a
//! nomination without a yes nothing is kept but that there was one.

mod access;
mod answer_nomination;
mod answer_offer;
mod applications;
mod aside;
mod call;
mod change_places;
mod correct;
mod decide;
mod details;
mod draft;
mod eligibility;
mod figures;
mod forget;
mod jobs;
#[cfg(test)]
mod journeys;
mod keep;
mod last_time;
mod letters;
mod limits;
mod line;
mod list;
mod next;
mod nominate;
mod nominations;
mod offers;
mod order;
mod own;
mod places;
mod read;
mod review;
mod review_rules;
pub mod rules;
mod sealed;
mod submit;
mod take_along;
mod theirs;
mod withdraw;

use platform::prelude::*;
use policy::{Action, Role};

pub use applications::{
    Application, find as application, of as application_of, of_person as applications_of, place_in_line,
};
pub use call::{any_is_open, chance_of_a_place};
pub use figures::{Figures, figures};
pub use forget::{forget, is_kept_for_next, kept_in, left_out_before};
pub use jobs::jobs;
pub use next::next_steps;
pub use rules::status::State;
pub use theirs::mine;

pub fn doors() -> Doors {
    applying().merge(nominating()).merge(deciding())
}

fn applying() -> Doors {
    Doors::default()
        .get("/apply", Action::ReadProgramPage, call::get)
        .get("/apply/{role}", Action::Apply, draft::get)
        // One place in the path is a role before there is an application, and its id after.
        .post("/applications/{id}/draft", Action::Apply, draft::post_draft)
        .taking(&["seen", "section", "go"])
        .taking_form()
        .with_files(forms::files::prepare)
        .post("/applications/{id}/check", Action::Apply, draft::post_check)
        .taking(&["seen", "section"])
        .taking_form()
        .with_files(forms::files::prepare)
        .post("/applications/{id}/last-answers", Action::Apply, last_time::post)
        .get("/applications/{id}/check", Action::Apply, submit::get)
        .post("/applications/{id}/submission", Action::Apply, submit::post)
        .get("/applications/{id}", Action::ReadOwnApplication, own::get)
        .post("/applications/{id}/appeal", Action::Apply, own::post_appeal)
        .taking(&["words"])
        .with_texts(&["words"])
        .post("/applications/{id}/withdrawal", Action::Apply, withdraw::post)
        .get("/applications/{id}/answers", Action::ReadOwnApplication, correct::get_answers)
        .post("/applications/{id}/answers", Action::Apply, correct::post_answers)
        .taking_form()
        .with_files(forms::files::prepare)
        .post("/applications/{id}/keeping", Action::Apply, keep::post)
        .taking(&["keep"])
        .post("/applications/{id}/offer", Action::Apply, answer_offer::post_own)
        .taking(&["answer"])
        .get("/profile", Action::WriteOwnProfile, correct::get_profile)
        .post("/profile", Action::WriteOwnProfile, correct::post_profile)
        .taking_form()
        .with_files(forms::files::prepare)
        .get("/offers/{token}", Action::FollowLink, answer_offer::get)
        .post("/offers/{token}", Action::FollowLink, answer_offer::post)
        .taking(&["answer"])
}

fn nominating() -> Doors {
    Doors::default()
        .get("/nominate", Action::Nominate, nominate::get)
        .post("/nominate", Action::Nominate, nominate::post)
        .taking_form()
        .get("/nominations/{token}", Action::FollowLink, answer_nomination::get)
        .post("/nominations/{token}", Action::FollowLink, answer_nomination::post)
        .taking(&["answer"])
}

fn deciding() -> Doors {
    reviewing()
        .get("/cohorts/{cohort}/applications", Action::ReadApplications, list::get)
        .post("/cohorts/{cohort}/applications.csv", Action::TakeApplicationsAlong, take_along::post)
        .taking(&["view"])
        .asking_again()
        .get("/cohorts/{cohort}/applications/{id}", Action::ReadApplication, read::get)
        .post("/cohorts/{cohort}/applications/{id}/decision", Action::DecideApplications, decide::post)
        .taking(&["answer", "reason"])
        .with_texts(&["reason"])
        .post("/cohorts/{cohort}/applications/{id}/conflict", Action::ReadApplication, aside::post)
        .post("/cohorts/{cohort}/applications/{id}/sealed", Action::OpenSealedWishes, sealed::post)
        .asking_again()
        .get("/cohorts/{cohort}/eligibility", Action::WriteEligibility, eligibility::get)
        .post("/cohorts/{cohort}/eligibility", Action::WriteEligibility, eligibility::post)
        .taking(eligibility::FIELDS)
        .post("/cohorts/{cohort}/eligibility/overrides", Action::WriteEligibility, eligibility::post_override)
        .taking(&["email", "reason"])
        .with_texts(&["reason"])
        .post("/cohorts/{cohort}/eligibility/overrides/{id}/end", Action::WriteEligibility, eligibility::end_override)
        .get("/cohorts/{cohort}/places", Action::RunProgram, change_places::get)
        .get("/cohorts/{cohort}/places/order", Action::ReadApplications, order::get)
        .post("/cohorts/{cohort}/places", Action::RunProgram, change_places::post)
        .taking(&["places"])
}

fn reviewing() -> Doors {
    Doors::default()
        .get("/cohorts/{cohort}/review", Action::ReadApplication, review::get)
        .get("/cohorts/{cohort}/review/compare", Action::ReadApplication, review::compare::get)
        .post("/cohorts/{cohort}/applications/{id}/score", Action::ScoreApplications, review::score::post)
        .taking(review::score::FIELDS)
        .with_texts(&["comment_*"])
        .get("/cohorts/{cohort}/review/rules", Action::RunProgram, review_rules::get)
        .post("/cohorts/{cohort}/review/rules", Action::RunProgram, review_rules::post)
        .taking(review_rules::FIELDS)
        .with_texts(&["criteria"])
        .get("/cohorts/{cohort}/review/decision", Action::DecideApplications, review::decide::get)
        .post("/cohorts/{cohort}/review/preview", Action::DecideApplications, review::decide::post_preview)
        .taking(review::decide::FIELDS)
        .with_texts(&["text"])
        .post("/cohorts/{cohort}/review/decisions", Action::DecideApplications, review::decide::post)
        .taking(review::decide::FIELDS)
        .with_texts(&["text"])
        .asking_again()
        .post("/cohorts/{cohort}/review/decisions/{id}/undo", Action::DecideApplications, review::decide::post_undo)
}

/// Proof that somebody of the committee may read an application; nothing where they may not.
pub fn right_to_read(
    tx: &mut Tx,
    visit: &Visit,
    application: Id,
) -> Result<Option<policy::Grant<policy::of::Application>>, Failure> {
    let Some(application) = applications::find(tx, application)?.filter(|it| it.submitted_at.is_some()) else {
        return Ok(None);
    };
    if application.state() == State::Withdrawn {
        return Ok(None);
    }
    let cohort = program::the_cohort(tx, application.cohort)?;
    Ok(access::of_committee(tx, visit, &cohort, &application).ok())
}

/// Where a person stands in the line of a cohort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Never applied as a mentee, or only began to.
    None,
    Taken,
    Offered,
    /// The place on the waiting list, counted from one.
    Waiting(i64),
    /// Refused, passed on or withdrawn.
    Over,
}

pub fn place_of(tx: &mut Tx, cohort: Id, person: Id) -> Result<Place, Failure> {
    let Some(application) = applications::of(tx, cohort, Role::Mentee, person)? else { return Ok(Place::None) };
    Ok(match application.state() {
        State::Draft => Place::None,
        State::Placed => Place::Taken,
        State::Offered => Place::Offered,
        State::Waiting => Place::Waiting(applications::place_in_line(tx, &application)?.unwrap_or(1)),
        State::Passed | State::Refused | State::Review | State::Withdrawn => Place::Over,
    })
}
