//! Table `duo_goals`: up to three goals, sealed under the duo's key.

use jiff::Timestamp;
use platform::{
    keys::{self, Place},
    prelude::*,
    storage::StorageError,
};
use policy::{Grant, may, of};
use serde::{Deserialize, Serialize};

use crate::{access, agreements::Written, duos::Duo};

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
    /// Whose words it is in. Known where it is kept, and shown to nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
}

impl Goal {
    /// The words of a goal, without those that nobody wrote.
    fn words(&self) -> impl Iterator<Item = &str> {
        [&self.title, &self.why, &self.sign].into_iter().map(|it| it.trim()).filter(|it| !it.is_empty())
    }

    fn is_as(&self, other: &Self) -> bool {
        self.words().eq(other.words())
    }
}

/// What stands where a goal was whose author wished to be forgotten.
pub(crate) const WITHDRAWN: &str = "This goal was withdrawn.";

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
    PUT => "update duo_goals set body = $2 where duo = $1";
    CHANGE => "update duo_goals set revision = revision + 1, many = $3, body = $4, saved_by = $5, saved_at = $6 where duo = $1 and revision = $2";
}

/// The goals with their revision; revision 0 and none where none are set.
pub(crate) fn of_duo(tx: &mut Tx, _: &Grant<of::DuoGoals>, duo: &Duo) -> Result<(i64, Vec<Goal>), Failure> {
    let Some((kept, mut goals)) = opened(tx, duo)? else { return Ok((0, Vec::new())) };
    goals.iter_mut().for_each(|it| it.author = None);
    Ok((kept.revision, goals))
}

/// The goals as they are kept, each with its author.
fn opened(tx: &mut Tx, duo: &Duo) -> Result<Option<(Kept, Vec<Goal>)>, Failure> {
    let Some(kept) = tx.row::<Kept>(&FIND, values![duo.id])? else { return Ok(None) };
    let text = keys::open(tx, &duo.scope(), &place(duo, kept.saved_by, kept.revision), &kept.body)?;
    let goals: Option<Vec<Goal>> = text.map(|it| serde_json::from_str(&it)).transpose().map_err(unreadable)?;
    let mut goals = goals.unwrap_or_default();
    for goal in &mut goals {
        goal.author.get_or_insert_with(|| kept.saved_by.to_string());
    }
    Ok(Some((kept, goals)))
}

/// The goals in one person's words. What was taken over from the agreement belongs to
/// whoever wrote it there.
pub(crate) fn written_by(
    tx: &mut Tx,
    own: &Grant<of::DuoGoals, may::Export>,
    duo: &Duo,
    agreed: &Written,
) -> Result<Vec<Goal>, Failure> {
    let person = Id::from(own.person());
    let goals = opened(tx, duo)?.map(|(_, goals)| goals).unwrap_or_default();
    Ok(goals.into_iter().filter(|it| is_by(it, agreed, person)).collect())
}

/// Takes one person's words out of the goals; what the partner wrote stays.
pub(crate) fn withdraw(tx: &mut Tx, duo: &Duo, agreed: &Written, person: Id) -> Result<(), Failure> {
    let Some((kept, mut goals)) = opened(tx, duo)?.filter(|(_, goals)| !goals.is_empty()) else { return Ok(()) };
    for goal in goals.iter_mut().filter(|it| is_by(it, agreed, person)) {
        *goal = Goal { title: WITHDRAWN.to_owned(), author: goal.author.clone(), ..Goal::default() };
    }
    let text = serde_json::to_string(&goals).map_err(unreadable)?;
    let sealed = keys::seal(tx, &duo.scope(), &place(duo, kept.saved_by, kept.revision), &text)?;
    tx.exec(&PUT, values![duo.id, sealed])?;
    Ok(())
}

fn is_by(goal: &Goal, agreed: &Written, person: Id) -> bool {
    let said = |by: Id| goal.words().any(|words| agreed.has(by, words));
    let partner = agreed.others(person).any(said);
    said(person) || (!partner && goal.author.as_deref() == Some(person.to_string().as_str()))
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
    let before = opened(tx, duo)?.map(|(_, goals)| goals).unwrap_or_default();
    let of = |goal: &Goal| before.iter().find(|it| it.is_as(goal)).and_then(|it| it.author.clone());
    let goals = goals.iter().map(|it| Goal { author: of(it).or_else(|| Some(by.to_string())), ..it.clone() });
    let goals: Vec<Goal> = goals.collect();
    let text = serde_json::to_string(&goals).map_err(unreadable)?;
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
