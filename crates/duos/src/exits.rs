//! What was said when a duo ended early: to its liaison, and to the chair no more than the
//! wish for another partner.

use forms::{Answers, Form};
use platform::prelude::*;
use policy::{Grant, of};

use crate::{duos::Duo, wishes};

/// What it is called where people see who has read theirs.
pub const EXIT_RECORD: &str = "what you said when your duo ended";

pub struct Exit {
    /// Who said something, in which questions, and what.
    pub said: Option<(Id, Form, Answers)>,
    /// Who would like what now, by their names.
    pub wishes: Vec<(Id, String, String)>,
}

/// What the two said about the end of their duo, for those to whom the proof was given.
pub fn exit(tx: &mut Tx, proof: &Grant<of::ExitAnswer>, duo: &Duo) -> Result<Exit, Failure> {
    let kept = forms::kept(tx, "exit", duo.id)?.filter(|it| !it.answers.is_empty());
    let said = match kept {
        Some(mut kept) => {
            // The wish stands with those of both.
            kept.answers.remove("new_partner");
            Some((kept.person, forms::of_version(tx, "exit", kept.version)?, kept.answers))
        }
        None => None,
    };
    let mut wished = Vec::new();
    for person in duo.people() {
        let wish = wishes::wish(tx, proof, duo.id, person)?.filter(|it| !it.is_empty());
        wished.extend(wish.map(|wish| (person, duo.name_of(person).to_owned(), wish)));
    }
    Ok(Exit { said, wishes: wished })
}
