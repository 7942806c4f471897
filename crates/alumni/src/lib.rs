//! Those who finished: certificates, and a group of former participants joined by choice.
//!
//! | what a person does, or what is kept              | where                      |
//! |--------------------------------------------------|----------------------------|
//! | certificates                                     | `certificates.rs`          |
//! | my certificate and service letter, as PDF        | `own.rs`, `paper.rs`       |
//! | check a certificate by its code                  | `check.rs`                 |
//! | former participants and what they offer          | `members.rs`, `group.rs`   |
//! | join, by link or signed in; leave                | `join.rs`                  |
//! | write to the group                               | `write.rs`, `group_letters.rs` |
//! | what the reports count                           | `figures.rs`               |
//! | what is somebody's own, taken along or let go     | `theirs.rs`  |
//! | what decides                                     | `rules.rs`                 |
//! | letters, and what the house does by itself       | `letters.rs`, `jobs.rs`    |
//!
//! Invariants: only who was in a duo until the session ended has a certificate; nobody
//! is in the group who did not say so; the list of the group shows no address.

mod certificates;
mod check;
mod figures;
mod group;
mod group_letters;
mod jobs;
mod join;
#[cfg(test)]
mod journeys;
mod letters;
mod members;
mod own;
mod paper;
mod rules;
mod theirs;
mod write;

pub use figures::{Figures, figures};
pub use theirs::mine;

use jiff::SignedDuration;
use platform::{jobs::Job, prelude::*};
use policy::Action;
use program::Next;

/// As long as this the home page speaks of a certificate and of joining.
const NEWS_LASTS: SignedDuration = SignedDuration::from_hours(60 * 24);

pub fn doors() -> Doors {
    Doors::default()
        .get("/certificates", Action::ReadOwnCertificate, own::list)
        .get("/certificates/check", Action::VerifyCertificate, check::ask)
        .get("/certificates/check/{code}", Action::VerifyCertificate, check::get)
        .get("/certificates/{certificate}", Action::ReadOwnCertificate, own::certificate)
        .get("/certificates/{certificate}/letter", Action::ReadOwnCertificate, own::service_letter)
        .get("/alumni", Action::ReadAlumni, group::get)
        .get("/alumni/join", Action::JoinAlumni, join::get)
        .post("/alumni/join", Action::JoinAlumni, join::post)
        .taking(&["helps+"])
        .get("/alumni/join/{token}", Action::FollowLink, join::get_by_link)
        .post("/alumni/join/{token}", Action::FollowLink, join::post_by_link)
        .taking(&["helps+"])
        .post("/alumni/membership/end", Action::JoinAlumni, join::end)
        .get("/alumni/letter", Action::WriteAlumniLetter, write::get)
        .post("/alumni/letter", Action::WriteAlumniLetter, write::post)
        .taking(&["subject", "text", "do"])
        .with_texts(&["text"])
        .asking_again()
}

pub fn jobs() -> Vec<Job> {
    jobs::all()
}

/// A certificate that is new, and the group that may be joined.
pub fn next_steps(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let person = visit.person()?;
    let newest = certificates::mine(tx, &visit.subject)?.into_iter().next();
    if newest.is_none_or(|it| it.issued_at + NEWS_LASTS < tx.now()) {
        return Ok(Vec::new());
    }
    let mut steps = Vec::new();
    if !members::is_in(tx, person)? {
        let step = Next::new("Stay in touch as a former participant", "/alumni/join", "Look and decide");
        steps.push(step.saying("A small group by e-mail. You join only if you like, and leave with one click."));
    }
    let step = Next::new("Your certificate is ready", "/certificates", "Open your certificate");
    steps.push(step.saying("With the hours you reported, and a letter for your personnel file if that helps."));
    Ok(steps)
}
