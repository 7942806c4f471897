//! Proof that somebody may see which records of a kind there are, and of which cohort.

use crate::{
    facts::Facts,
    grant::{Grant, May, Right, grant, may},
    records::Kind,
    subject::Subject,
};

/// What a list, the number above it, its search and its file are all read by.
///
/// # Design
/// A query of a list takes this in place of a cohort: which cohort it looks into is the one
/// for which the right was given, and no page can name another to its count or its file.
#[derive(Debug)]
pub struct Scope<R: Kind, V: May = may::Status> {
    proof: Grant<R, V>,
    cohort: Option<u128>,
}

impl<R: Kind, V: May> Scope<R, V> {
    /// The cohort whose records these are; nothing for what belongs to the program as a whole.
    pub fn cohort(&self) -> Option<u128> {
        self.cohort
    }

    /// Who reads the list.
    pub fn person(&self) -> u128 {
        self.proof.person()
    }

    /// By what right.
    pub fn right(&self) -> Right {
        self.proof.right()
    }
}

/// Decides whether a person may see which records of a kind there are, as the facts stand.
pub fn scope<R: Kind, V: May>(subject: &Subject, facts: &Facts) -> Option<Scope<R, V>> {
    grant(subject, facts).map(|proof| Scope { proof, cohort: facts.cohort })
}
