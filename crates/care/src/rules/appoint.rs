//! Who accompanies a duo.

use platform::ids::Id;

/// One of the two, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    pub person: Id,
    pub name: String,
    /// Where they work, folded for comparison; empty where it is not known.
    pub employer: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub person: Id,
    pub name: String,
    pub employer: String,
    /// How many duos they accompany now.
    pub duos: usize,
    /// Whether they have passed this duo on before.
    pub stepped_aside: bool,
    /// From whom they said they step aside.
    pub conflicts: Vec<Id>,
}

/// Why somebody cannot accompany a duo.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    #[error("{0} is one of the two.")]
    OwnDuo(String),
    #[error("You are one of the two. {0}")]
    OwnChoice(String),
    #[error("You step aside from one of the two. {0}")]
    AsideChoice(String),
    #[error("{0} works for the same employer as {1}.")]
    SameEmployer(String, String),
    #[error("{0} steps aside from {1}.")]
    Declared(String, String),
    #[error("{0} has passed this duo on before.")]
    SteppedAside(String),
}

/// Why nobody can.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppointRefusal {
    #[error("There is no liaison in the committee yet.")]
    NoLiaisons,
    #[error("No liaison is suitable: {0}")]
    NobodySuitable(String),
}

/// Who accompanies these two: of those who may, the one with the fewest duos; where
/// several have as few, the one who has been known to the house longest.
pub fn appoint(partners: &[Partner; 2], candidates: &[Candidate]) -> Result<Id, AppointRefusal> {
    if candidates.is_empty() {
        return Err(AppointRefusal::NoLiaisons);
    }
    let judged: Vec<_> = candidates.iter().map(|it| (it, may_accompany(it, partners))).collect();
    let free = judged.iter().filter(|(_, verdict)| verdict.is_ok());
    if let Some((first, _)) = free.min_by_key(|(it, _)| (it.duos, it.person)) {
        return Ok(first.person);
    }
    let reasons: Vec<String> =
        judged.iter().filter_map(|(_, verdict)| Some(verdict.as_ref().err()?.to_string())).collect();
    Err(AppointRefusal::NobodySuitable(reasons.join(" ")))
}

/// Whether somebody may accompany these two at all. Stepping aside needs no reason and holds.
pub fn may_accompany(candidate: &Candidate, partners: &[Partner; 2]) -> Result<(), Conflict> {
    if partners.iter().any(|it| it.person == candidate.person) {
        return Err(Conflict::OwnDuo(candidate.name.clone()));
    }
    let shares = |it: &&Partner| !it.employer.is_empty() && it.employer == candidate.employer;
    if let Some(partner) = partners.iter().find(shares) {
        return Err(Conflict::SameEmployer(candidate.name.clone(), partner.name.clone()));
    }
    if let Some(partner) = partners.iter().find(|it| candidate.conflicts.contains(&it.person)) {
        return Err(Conflict::Declared(candidate.name.clone(), partner.name.clone()));
    }
    if candidate.stepped_aside {
        return Err(Conflict::SteppedAside(candidate.name.clone()));
    }
    Ok(())
}
