//! Table `duo_goals`: up to three goals, sealed under the duo's key.

use jiff::Timestamp;
use platform::{
    keys::{self, Place},
    prelude::*,
    storage::StorageError,
};
use policy::{Grant, may, of};
use serde::{Deserialize, Serialize};

use crate::{access, duos::Duo};

/// The most goals a duo has at a time.
pub const MOST: usize = 3;

/// One goal, in the words of the two.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) struct Goal {
    pub title: String,
    pub why: String,
    /// How the two will see that it is reached.
    pub sign: String,
    /// By when, as a day; empty where there is none.
    pub by: String,
    /// Where it stands, from −2 to +2, once the two have looked at it.
    pub level: Option<i64>,
}

row! {
    pub struct Kept {
        pub revision: i64,
        pub body: Vec<u8>,
        pub saved_by: Id,
        pub saved_at: Timestamp,
    }
}

sealed! {
    BODY => "duo_goals", "body", "the goals of a duo, and where they stand";
}

sql! {
    FIND => "select revision, body, saved_by, saved_at from duo_goals where duo = $1";
    ADD => "insert into duo_goals (duo, revision, many, body, saved_by, saved_at, first_set_at) values ($1, 1, $2, $3, $4, $5, $5) on conflict (duo) do nothing";
    CHANGE => "update duo_goals set revision = revision + 1, many = $3, body = $4, saved_by = $5, saved_at = $6 where duo = $1 and revision = $2";
}

/// The goals with their revision; revision 0 and none where none are set.
pub(crate) fn of_duo(tx: &mut Tx, _: &Grant<of::DuoGoals>, duo: &Duo) -> Result<(i64, Vec<Goal>), Failure> {
    let Some(kept) = tx.row::<Kept>(&FIND, values![duo.id])? else { return Ok((0, Vec::new())) };
    let text = keys::open(tx, &duo.scope(), &place(duo, kept.saved_by, kept.revision), &kept.body)?;
    let goals = text.map(|it| serde_json::from_str(&it)).transpose().map_err(unreadable)?;
    Ok((kept.revision, goals.unwrap_or_default()))
}

/// Keeps goals on top of the revision that was seen. False when the partner was faster.
pub(crate) fn keep(
    tx: &mut Tx,
    grant: &Grant<of::DuoGoals, may::Write>,
    duo: &Duo,
    seen: i64,
    goals: &[Goal],
) -> Result<bool, Failure> {
    let by = access::who(grant);
    let text = serde_json::to_string(goals).map_err(unreadable)?;
    let sealed = keys::seal(tx, &duo.scope(), &place(duo, by, seen + 1), &text)?;
    let many = i64::try_from(goals.len()).unwrap_or_default();
    let kept = if seen == 0 {
        tx.exec(&ADD, values![duo.id, many, sealed, by, tx.now()])?
    } else {
        tx.exec(&CHANGE, values![duo.id, seen, many, sealed, by, tx.now()])?
    };
    if kept == 1 {
        journal::record(tx, "goals set", duo.id, Some(by), Some(duo.cohort))?;
    }
    Ok(kept == 1)
}

fn place(duo: &Duo, by: Id, revision: i64) -> Place {
    BODY.at(duo.id).by(by).revision(revision)
}

fn unreadable(error: serde_json::Error) -> Failure {
    Failure::Storage(StorageError::Other(format!("sealed goals are not readable: {error}")))
}
