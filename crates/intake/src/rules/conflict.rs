//! Who steps aside when an application is read or decided. Pure.

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    #[error(
        "This is your own application, so others on the committee read and decide it. You find it on your own pages."
    )]
    Oneself,
    #[error(
        "You and this person work for the same employer, so somebody else on the committee reads and decides this application."
    )]
    SameEmployer,
}

#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub is_the_applicant: bool,
    /// Employers folded for comparison; empty where unknown.
    pub own_employer: &'a str,
    pub applicants_employer: &'a str,
}

pub fn conflict(facts: &Facts) -> Option<Conflict> {
    if facts.is_the_applicant {
        return Some(Conflict::Oneself);
    }
    let known = !facts.own_employer.is_empty();
    (known && facts.own_employer == facts.applicants_employer).then_some(Conflict::SameEmployer)
}
