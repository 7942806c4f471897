//! What one reader sees of a run: names in the place of ids, and nothing about themselves.

use std::collections::BTreeMap;

use membership::Stake;
use pairing::{Pair, Plan};
use platform::prelude::*;

use super::runs::{Content, Run};

pub(crate) struct Shown {
    pub(crate) plan: Plan,
    names: BTreeMap<String, String>,
    /// Those in the run of whom the reader judges nothing: themselves, and whom they step aside from.
    theirs: Vec<Id>,
    /// Where the reader takes part: who decides about their own pair instead.
    pub(crate) instead: Option<String>,
}

/// Names that are read where somebody is no longer known.
const SOMEBODY: &str = "somebody";

impl Shown {
    /// A chair who takes part reads nothing about their own pair, nor of people from whom they step aside.
    pub(crate) fn to(tx: &mut Tx, visit: &Visit, run: &Run, content: &Content) -> Result<Self, Failure> {
        let stake = Stake::of(tx, visit.person()?)?;
        let is_theirs = |id: &str| Id::parse(id).is_some_and(|it| stake.is_about(it));
        let mut plan = content.plan.clone();
        plan.pairs.retain(|it| !is_theirs(&it.mentee) && !is_theirs(&it.mentor));
        plan.blocking.retain(|it| !is_theirs(&it.mentee) && !is_theirs(&it.mentor));
        plan.unmatched.retain(|it| !is_theirs(&it.mentee));
        plan.free_mentors.retain(|it| !is_theirs(&it.mentor));
        for pair in &mut plan.pairs {
            pair.alternatives.retain(|it| !is_theirs(&it.mentor));
        }
        let mentees = content.file.mentees.iter().map(|it| (it.id.clone(), it.name.clone()));
        let mentors = content.file.mentors.iter().map(|it| (it.id.clone(), it.name.clone()));
        let names: BTreeMap<String, String> = mentees.chain(mentors).collect();
        let theirs: Vec<Id> = names.keys().filter_map(|id| Id::parse(id)).filter(|it| stake.is_about(*it)).collect();
        let mut instead = None;
        if !theirs.is_empty() {
            // Reasons of others may name them.
            let named: Vec<&String> = theirs.iter().filter_map(|it| names.get(&it.to_string())).collect();
            plan.unmatched.retain(|it| !named.iter().any(|name| it.words.contains(name.as_str())));
            instead = Some(membership::who_decides_instead(tx, run.cohort, &theirs)?);
        }
        Ok(Self { plan, names, theirs, instead })
    }

    pub(crate) fn name(&self, id: &str) -> &str {
        self.names.get(id).map_or(SOMEBODY, |it| if it.is_empty() { SOMEBODY } else { it })
    }

    pub(crate) fn is_theirs(&self, id: &str) -> bool {
        Id::parse(id).is_some_and(|it| self.theirs.contains(&it))
    }

    /// Pairs by the mentee's name.
    pub(crate) fn by_name(&self) -> Vec<&Pair> {
        let mut pairs: Vec<&Pair> = self.plan.pairs.iter().collect();
        pairs.sort_by_key(|it| (self.name(&it.mentee), &it.mentee));
        pairs
    }
}
