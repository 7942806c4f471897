//! Surveys: asked by the calendar, answered without a name, shown as totals of five or more.
//!
//! | what a person does, or what is kept               | where                            |
//! |---------------------------------------------------|----------------------------------|
//! | which surveys there are, when, for whom           | `plan.rs`                        |
//! | surveys, and who was asked                        | `surveys.rs`                     |
//! | answers, drafts, and the secret behind the codes  | `answers.rs`                     |
//! | totals frozen at the close                        | `snapshot.rs`, `results.rs`      |
//! | answer, by link or signed in                      | `answer.rs`                      |
//! | the surveys of a cohort, their questions, dates   | `list.rs`, `questions.rs`, `dates.rs` |
//! | read the results                                  | `read.rs`, `drawn.rs`            |
//! | publish them; what is published, for everyone     | `publish.rs`, `publications.rs`, `published.rs` |
//! | what is open, what may be shown, who is whose code| `rules.rs`, `rules/`             |
//! | what is somebody's own, taken along or let go     | `theirs.rs`  |
//! | letters, and what the house does by itself        | `letters.rs`, `jobs.rs`          |
//!
//! Invariants: no page, letter or function gives an answer of one person; before a
//! survey has closed there is no figure of what was answered; after it nothing is
//! worked out anew. There is no breakdown by liaison, and there will be none.

mod answer;
mod answers;
mod dates;
mod drawn;
mod jobs;
#[cfg(test)]
mod journeys;
mod letters;
mod list;
mod plan;
mod publications;
mod publish;
mod published;
mod questions;
mod read;
mod results;
mod rules;
mod snapshot;
mod surveys;
mod theirs;

pub use publications::Published;
pub use results::{
    Change, Figure, Goals, Item, Level, Quote, Recommendation, Response, Results, Scale, TopShare, results,
};
pub use theirs::mine;

use platform::{jobs::Job, prelude::*};
use policy::{Action, Condition, Facts, Scope, Subject, may, of};
use program::Next;

pub fn doors() -> Doors {
    Doors::default()
        .get("/survey/{token}", Action::FollowLink, answer::get_by_link)
        .post("/survey/{token}", Action::FollowLink, answer::post_by_link)
        .taking(&["do"])
        .taking_form()
        .get("/surveys/{survey}/mine", Action::AnswerSurvey, answer::get_mine)
        .post("/surveys/{survey}/mine", Action::AnswerSurvey, answer::post_mine)
        .taking(&["do"])
        .taking_form()
        .get("/cohorts/{cohort}/surveys", Action::ReadSurveyResults, list::get)
        .get("/surveys/{survey}", Action::ReadSurveyResults, read::get)
        .get("/surveys/{survey}/questions", Action::ReadSurveyResults, questions::get)
        .get("/surveys/{survey}/dates", Action::RunSurveys, dates::get)
        .post("/surveys/{survey}/dates", Action::RunSurveys, dates::post)
        .taking(&["opens", "closes"])
        .get("/surveys/{survey}/publication", Action::Publish, publish::get)
        .post("/surveys/{survey}/publication", Action::Publish, publish::post)
        .post("/surveys/{survey}/publication/end", Action::Publish, publish::end)
        .get("/results/surveys/{survey}", Action::ReadPublished, published::get)
}

/// The surveys whose totals are published, for everyone.
pub fn published(tx: &mut Tx) -> Result<Vec<Published>, Failure> {
    scope_of_everyone().map_or_else(|| Ok(Vec::new()), |scope| publications::all(tx, &scope))
}

/// Whether there are any; no survey is read for it.
pub fn is_anything_published(tx: &mut Tx) -> Result<bool, Failure> {
    scope_of_everyone().map_or(Ok(false), |scope| publications::is_any(tx, &scope))
}

/// What a stranger may find of what is published.
fn scope_of_everyone() -> Option<Scope<of::SurveyAggregate, may::Read>> {
    policy::scope(&Subject::default(), &Facts::of_program().when(true, Condition::IsPublished))
}

pub fn jobs() -> Vec<Job> {
    jobs::all()
}

/// The surveys that wait for an answer of the person who asks.
pub fn next_steps(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let mut steps = Vec::new();
    for survey in surveys::unanswered_by(tx, visit.person()?)? {
        let form = surveys::form(tx, &survey)?;
        let title = format!("{} ({} minutes)", plan::request_words(&survey.name), form.minutes);
        let step = Next::new(title, format!("/surveys/{}/mine", survey.id), "Answer");
        steps.push(step.saying("Your answers become totals of five or more; nobody sees yours.").by(survey.closes));
    }
    Ok(steps)
}
