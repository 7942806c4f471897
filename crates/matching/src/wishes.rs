//! Table `wish_lists`: whom a mentee would like, in order. Shown to the mentee alone.
//!
//! # Design
//! A list is one sealed text under the ballot key of its cohort. The house looks into it for
//! two things: to ask the next mentor on it when it is time to, and, once choosing is over,
//! to look for pairs for those who are left. No page of the committee shows one. Thirty days
//! after the session began the key is destroyed; a run of the engine keeps what it was asked
//! sealed for as long as the run is kept.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use platform::{
    keys::{self, Place, Scope},
    prelude::*,
    storage::StorageError,
};
use policy::{Grant, of};
use serde::{Deserialize, Serialize};

use crate::terms;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) mentor: Id,
    pub(crate) name: String,
    pub(crate) note: String,
    /// `shown`, `paused`, `taken`; empty where there is no profile any more.
    pub(crate) profile_state: String,
    pub(crate) waiting: i64,
}

impl Wish {
    /// Now or later; a mentor who has found somebody else, or left, takes no room on a list.
    pub(crate) fn can_still_be_asked(&self) -> bool {
        matches!(self.profile_state.as_str(), "shown" | "paused")
    }
}

/// One line of a list as it is sealed.
#[derive(Deserialize, Serialize)]
struct Line {
    mentor: String,
    note: String,
}

row! {
    struct Mentor {
        name: String,
        profile_state: String,
        waiting: i64,
    }
}

sealed! {
    LIST => "wish_lists", "list", "whom a mentee would like, in order, with a note to each";
}

sql! {
    OF_MENTEE => "select list from wish_lists where cohort = $1 and mentee = $2";
    OF_COHORT => "select mentee, list from wish_lists where cohort = $1 order by mentee";
    MENTOR => "select a.name, coalesce(p.state, '') as profile_state, coalesce(p.waiting, 0) as waiting from accounts a left join profiles p on p.cohort = $1 and p.person = a.id where a.id = $2";
    WRITE => "insert into wish_lists (cohort, mentee, list) values ($1, $2, $3) on conflict (cohort, mentee) do update set list = excluded.list";
    CLEAR => "delete from wish_lists where cohort = $1 and mentee = $2";
    IDLE => "select w.cohort, w.mentee, w.list from wish_lists w where not exists (select 1 from requests r where r.cohort = w.cohort and r.mentee = w.mentee and r.state = 'asked') order by w.cohort, w.mentee";
    FREE => "select person from profiles where cohort = $1 and state = 'shown' and waiting < $2";
}

/// The list of the mentee whom the proof was given to, in order.
pub(crate) fn of_mentee(tx: &mut Tx, grant: &Grant<of::RankList>, cohort: Id) -> Result<Vec<Wish>, Failure> {
    kept(tx, cohort, Id::from(grant.person()))
}

/// The mentors on each list of a cohort, in order, for whoever may read them once they are
/// closed. What is written to a mentor stays sealed.
pub(crate) fn of_cohort(tx: &mut Tx, _: &Grant<of::RankList>, cohort: Id) -> Result<Vec<(Id, Vec<Id>)>, Failure> {
    let mut lists = Vec::new();
    for (mentee, sealed) in sealed_in(tx, cohort)? {
        let list = opened(tx, cohort, mentee, &sealed)?;
        lists.push((mentee, list.into_iter().map(|(mentor, _)| mentor).collect()));
    }
    Ok(lists)
}

/// The lists of a cohort as they are sealed, to notice a change.
pub(crate) fn sealed_in(tx: &mut Tx, cohort: Id) -> Result<Vec<(Id, Vec<u8>)>, Failure> {
    Ok(tx.rows(&OF_COHORT, values![cohort])?)
}

fn kept(tx: &mut Tx, cohort: Id, mentee: Id) -> Result<Vec<Wish>, Failure> {
    let Some(sealed) = tx.row::<Vec<u8>>(&OF_MENTEE, values![cohort, mentee])? else { return Ok(Vec::new()) };
    let mut list = Vec::new();
    for (mentor, note) in opened(tx, cohort, mentee, &sealed)? {
        let found: Option<Mentor> = tx.row(&MENTOR, values![cohort, mentor])?;
        list.extend(found.map(|it| Wish {
            mentor,
            name: it.name,
            note,
            profile_state: it.profile_state,
            waiting: it.waiting,
        }));
    }
    Ok(list)
}

/// Writes the list anew, in this order.
pub(crate) fn write(tx: &mut Tx, cohort: Id, mentee: Id, list: &[Wish]) -> Result<(), Failure> {
    if list.is_empty() {
        return clear(tx, cohort, mentee);
    }
    let line = |wish: &Wish| Line { mentor: wish.mentor.to_string(), note: wish.note.clone() };
    let text = serde_json::to_string(&list.iter().map(line).collect::<Vec<_>>()).map_err(unreadable)?;
    let sealed = keys::seal(tx, &scope(cohort), &place(cohort, mentee), &text)?;
    tx.exec(&WRITE, values![cohort, mentee, sealed])?;
    Ok(())
}

pub(crate) fn remove(tx: &mut Tx, cohort: Id, mentee: Id, mentor: Id) -> Result<(), Failure> {
    let mut list = kept(tx, cohort, mentee)?;
    list.retain(|wish| wish.mentor != mentor);
    write(tx, cohort, mentee, &list)
}

pub(crate) fn clear(tx: &mut Tx, cohort: Id, mentee: Id) -> Result<(), Failure> {
    tx.exec(&CLEAR, values![cohort, mentee])?;
    Ok(())
}

/// Cohorts with a mentee who has somebody to ask and has asked nobody.
pub(crate) fn idle_cohorts(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(idle(tx)?.into_iter().map(|(cohort, _)| cohort).collect::<BTreeSet<_>>().into_iter().collect())
}

pub(crate) fn idle_mentees(tx: &mut Tx, cohort: Id) -> Result<Vec<Id>, Failure> {
    Ok(idle(tx)?.into_iter().filter(|(of, _)| *of == cohort).map(|(_, mentee)| mentee).collect())
}

/// Who has somebody to ask and has asked nobody, with the cohort.
fn idle(tx: &mut Tx) -> Result<Vec<(Id, Id)>, Failure> {
    let lists: Vec<(Id, Id, Vec<u8>)> = tx.rows(&IDLE, values![])?;
    let mut free: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    let mut found = Vec::new();
    for (cohort, mentee, sealed) in lists {
        let free = match free.entry(cohort) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let most = terms::of(tx, cohort)?.waiting;
                new.insert(tx.rows::<Id>(&FREE, values![cohort, most])?.into_iter().collect())
            }
        };
        let list = opened(tx, cohort, mentee, &sealed)?;
        if list.iter().any(|(mentor, _)| free.contains(mentor)) {
            found.push((cohort, mentee));
        }
    }
    Ok(found)
}

/// Mentors and notes, in order; none where the ballot's key is gone.
fn opened(tx: &mut Tx, cohort: Id, mentee: Id, sealed: &[u8]) -> Result<Vec<(Id, String)>, Failure> {
    let Some(text) = keys::open(tx, &scope(cohort), &place(cohort, mentee), sealed)? else { return Ok(Vec::new()) };
    let lines: Vec<Line> = serde_json::from_str(&text).map_err(unreadable)?;
    Ok(lines.into_iter().filter_map(|line| Some((Id::parse(&line.mentor)?, line.note))).collect())
}

/// The key of everything in a cohort that only the choosing needs.
pub(crate) fn scope(cohort: Id) -> Scope {
    Scope::new("ballot", cohort)
}

fn place(cohort: Id, mentee: Id) -> Place {
    LIST.at(format!("{cohort}:{mentee}")).by(mentee)
}

fn unreadable(error: serde_json::Error) -> Failure {
    Failure::Storage(StorageError::Other(format!("a list of wishes is not readable: {error}")))
}

#[cfg(test)]
pub(crate) use tests::{Opened, all};

#[cfg(test)]
mod tests {
    use super::*;

    /// Whom each mentee would like, beside the list as it is sealed.
    pub(crate) type Opened = BTreeMap<Id, (Vec<u8>, Vec<Id>)>;

    /// The lists of a cohort, to compare with what they should be. What is known is not
    /// opened again.
    pub(crate) fn all(tx: &mut Tx, cohort: Id, known: &Opened) -> Result<Opened, Failure> {
        let lists = sealed_in(tx, cohort)?;
        let open = |(mentee, sealed): (Id, Vec<u8>)| {
            if let Some(it) = known.get(&mentee).filter(|it| it.0 == sealed) {
                return Ok((mentee, it.clone()));
            }
            let list = opened(tx, cohort, mentee, &sealed)?;
            Ok((mentee, (sealed, list.into_iter().map(|it| it.0).collect())))
        };
        lists.into_iter().map(open).collect()
    }
}
