//! Table `intake_places`: how many places a cohort has, how many are taken or held, and
//! the last number given. Each change is one conditional statement: the database has
//! the last word, and a check keeps `taken + held` within `places`.

use platform::prelude::*;
use policy::Role;
use program::Cohort;

use crate::rules::queue::Board;

sql! {
    MAKE => "insert into intake_places (cohort, places, taken, held, mentees, mentors) values ($1, $2, 0, 0, 0, 0) on conflict (cohort) do nothing";
    KEEP_IN_STEP => "update intake_places set places = case when taken + held > $2 then taken + held else $2 end where cohort = $1 and places <> $2";
    BOARD => "select places, taken, held from intake_places where cohort = $1";
    SET => "update intake_places set places = $2 where cohort = $1";
    TAKE => "update intake_places set taken = taken + 1 where cohort = $1 and taken + held < places";
    FREE => "update intake_places set taken = taken - 1 where cohort = $1 and taken > 0";
    HOLD => "update intake_places set held = held + 1 where cohort = $1 and taken + held < places";
    LET_GO => "update intake_places set held = held - 1 where cohort = $1 and held > 0";
    TAKE_HELD => "update intake_places set held = held - 1, taken = taken + 1 where cohort = $1 and held > 0";
    NUMBER_MENTEE => "update intake_places set mentees = mentees + 1 where cohort = $1 returning mentees";
    NUMBER_MENTOR => "update intake_places set mentors = mentors + 1 where cohort = $1 returning mentors";
}

/// Waits for every other unit of work about this cohort, and brings the count in step
/// with the number of places the program gives it. The cohort is read after the lock.
pub(crate) fn lock(tx: &mut Tx, cohort: Id) -> Result<Cohort, Failure> {
    tx.lock(cohort)?;
    let cohort = program::the_cohort(tx, cohort)?;
    tx.exec(&MAKE, values![cohort.id, cohort.places])?;
    tx.exec(&KEEP_IN_STEP, values![cohort.id, cohort.places])?;
    Ok(cohort)
}

/// The places now; before the first submission nothing is taken.
pub fn board(tx: &mut Tx, cohort: &Cohort) -> Result<Board, Failure> {
    let row: Option<(i64, i64, i64)> = tx.row(&BOARD, values![cohort.id])?;
    let (_, taken, held) = row.unwrap_or_default();
    Ok(Board { places: cohort.places.max(taken + held), taken, held })
}

/// The next number for a submission of this role. Under the lock, so that the order of
/// numbers is the order of commits. CAP5.
pub(crate) fn next_number(tx: &mut Tx, cohort: Id, role: Role) -> Result<i64, Failure> {
    let statement = if role == Role::Mentor { &NUMBER_MENTOR } else { &NUMBER_MENTEE };
    Ok(tx.one(statement, values![cohort])?)
}

pub(crate) fn take(tx: &mut Tx, cohort: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&TAKE, values![cohort])? == 1)
}

pub(crate) fn free(tx: &mut Tx, cohort: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&FREE, values![cohort])? == 1)
}

pub(crate) fn hold(tx: &mut Tx, cohort: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&HOLD, values![cohort])? == 1)
}

pub(crate) fn let_go(tx: &mut Tx, cohort: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&LET_GO, values![cohort])? == 1)
}

pub(crate) fn take_held(tx: &mut Tx, cohort: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&TAKE_HELD, values![cohort])? == 1)
}

/// Never fewer than are taken or held: a rule says so before, and the table's check keeps it.
pub(crate) fn set(tx: &mut Tx, cohort: Id, places: i64) -> Result<(), Failure> {
    tx.exec(&SET, values![cohort, places])?;
    program::cohorts::set_places(tx, cohort, places)
}
