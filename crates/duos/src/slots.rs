//! How many more mentees a mentor has room for: the mentor's own number, as far as the
//! cohort allows it, less the duos that have not ended. PRF5, SLF5

use std::collections::BTreeMap;

use platform::prelude::*;
use program::capacity::{self, Capacities};

use crate::rules;

sql! {
    HELD => "select mentor, count(*) as held from duos where cohort = $1 and state <> 'ended' group by mentor";
    OF_MENTOR => "select slot from duos where cohort = $1 and mentor = $2 and state <> 'ended' order by slot";
}

/// What one mentor has, and has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    pub held: i64,
    pub left: i64,
}

impl Room {
    fn of(takes: i64, held: i64) -> Self {
        Self { held, left: (takes - held).max(0) }
    }
}

/// The slots of all mentors of a cohort.
#[derive(Clone, Debug)]
pub struct Slots {
    capacities: Capacities,
    held: BTreeMap<Id, i64>,
}

impl Slots {
    /// How many mentees a mentor takes in all.
    pub fn takes(&self, mentor: Id) -> i64 {
        self.capacities.of(mentor)
    }

    /// How many mentees a mentor has.
    pub fn held(&self, mentor: Id) -> i64 {
        self.held.get(&mentor).copied().unwrap_or_default()
    }

    /// How many more there is room for.
    pub fn left(&self, mentor: Id) -> i64 {
        self.room(mentor).left
    }

    pub fn room(&self, mentor: Id) -> Room {
        Room::of(self.capacities.of(mentor), self.held(mentor))
    }

    /// How many one mentor may take at most.
    pub fn most(&self) -> i64 {
        self.capacities.most()
    }
}

pub fn slots(tx: &mut Tx, cohort: Id) -> Result<Slots, Failure> {
    let held = tx.rows::<(Id, i64)>(&HELD, values![cohort])?;
    Ok(Slots { capacities: capacity::in_cohort(tx, cohort)?, held: held.into_iter().collect() })
}

/// How many more mentees one mentor has room for.
pub fn slots_left(tx: &mut Tx, cohort: Id, mentor: Id) -> Result<i64, Failure> {
    Ok(room_of(tx, cohort, mentor)?.left)
}

/// The same with how many there are, without reading those of others.
pub fn room_of(tx: &mut Tx, cohort: Id, mentor: Id) -> Result<Room, Failure> {
    let held = i64::try_from(taken(tx, cohort, mentor)?.len()).unwrap_or(i64::MAX);
    Ok(Room::of(capacity::of(tx, cohort, mentor)?, held))
}

/// The slot in which the next duo of a mentor is formed.
pub(crate) fn free(tx: &mut Tx, cohort: Id, mentor: Id) -> Result<Option<i64>, Failure> {
    Ok(rules::free_slot(&taken(tx, cohort, mentor)?, capacity::of(tx, cohort, mentor)?))
}

fn taken(tx: &mut Tx, cohort: Id, mentor: Id) -> Result<Vec<i64>, Failure> {
    Ok(tx.rows(&OF_MENTOR, values![cohort, mentor])?)
}
