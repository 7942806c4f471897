//! Table `kept_apart`: a mentee and a mentor who are not shown to each other, because one
//! of them wished it or evaluates the other.
//!
//! # Design
//! The wishes themselves stay sealed in the applications. Reading the directory must not
//! open hundreds of them, so what follows from them is kept as bare pairs, which tell
//! neither who asked for it nor why. Worked out anew when an application changes, and only
//! from the day before the directory opens until choosing is settled.

use platform::prelude::*;
use policy::Role;
use program::{Cohort, calendar};

use crate::inputs;

sql! {
    HAS => "select count(*) as found from kept_apart where cohort = $1 and mentee = $2 and mentor = $3";
    CLEAR => "delete from kept_apart where cohort = $1";
    ADD => "insert into kept_apart (cohort, mentee, mentor) values ($1, $2, $3) on conflict (cohort, mentee, mentor) do nothing";
    LINES => "select count(*) as lines from journal where what in ('place taken', 'mentor joined', 'mentor profile changed') and cohort = $1";
    KNOWN => "select lines from apart_marks where cohort = $1";
    MARK => "insert into apart_marks (cohort, lines) values ($1, $2) on conflict (cohort) do update set lines = excluded.lines";
}

pub(crate) fn are_kept(tx: &mut Tx, cohort: Id, mentee: Id, mentor: Id) -> Result<bool, Failure> {
    Ok(tx.one::<i64>(&HAS, values![cohort, mentee, mentor])? > 0)
}

/// Whether the pairs of a cohort must be worked out anew.
pub(crate) fn is_stale(tx: &mut Tx, cohort: &Cohort) -> Result<bool, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let first = program::rules::calendar::add(calendar.day("directory_opens"), -1);
    if calendar.today(tx.now()) < first || calendar.is_over("assisted_matching_done", tx.now()) {
        return Ok(false);
    }
    let lines: i64 = tx.one(&LINES, values![cohort.id])?;
    Ok(tx.row::<i64>(&KNOWN, values![cohort.id])? != Some(lines))
}

/// Opens the sealed wishes of everybody in the cohort and keeps the pairs that follow.
pub(crate) fn bring_in_step(tx: &mut Tx, cohort: &Cohort) -> Result<(), Failure> {
    let lines: i64 = tx.one(&LINES, values![cohort.id])?;
    let mut mentees = Vec::new();
    for person in program::in_cohort(tx, Role::Mentee, cohort.id)? {
        mentees.extend(inputs::party(tx, cohort.id, person, Role::Mentee)?);
    }
    let mut mentors = Vec::new();
    for person in program::in_cohort(tx, Role::Mentor, cohort.id)? {
        mentors.extend(inputs::party(tx, cohort.id, person, Role::Mentor)?);
    }
    tx.exec(&CLEAR, values![cohort.id])?;
    for mentee in &mentees {
        // Most people have sealed nothing; only wishes that exist are compared.
        for mentor in mentors.iter().filter(|mentor| mentee.rules_out(mentor)) {
            tx.exec(&ADD, values![cohort.id, mentee.person, mentor.person])?;
        }
    }
    tx.exec(&MARK, values![cohort.id, lines])?;
    Ok(())
}
