//! Table `kept_apart`: a mentee and a mentor who are not shown to each other, because one
//! of them wished it or evaluates the other.
//!
//! # Design
//! The wishes themselves stay sealed in the applications. Reading the directory must not
//! open hundreds of them, so what follows from them is kept as a list for each mentee,
//! sealed in its turn, which tells neither who asked for it nor why. Every mentee has one,
//! and a short one is as long as none. Worked out anew when an application changes, and
//! only from the day before the directory opens until choosing is settled.

use platform::{keys, prelude::*};
use policy::Role;
use program::{Cohort, calendar};

use crate::{inputs, wishes};

/// Room for a dozen, so that the length tells nothing.
const ROOM: usize = 480;

sealed! {
    MENTORS => "kept_apart", "mentors", "which mentors a mentee is not shown to";
}

sql! {
    OF_MENTEE => "select mentors from kept_apart where cohort = $1 and mentee = $2";
    CLEAR => "delete from kept_apart where cohort = $1";
    ADD => "insert into kept_apart (cohort, mentee, mentors) values ($1, $2, $3) on conflict (cohort, mentee) do update set mentors = excluded.mentors";
    LINES => "select count(*) as lines from journal where what in ('place taken', 'mentor joined', 'mentor profile changed') and cohort = $1";
    KNOWN => "select lines from apart_marks where cohort = $1";
    MARK => "insert into apart_marks (cohort, lines) values ($1, $2) on conflict (cohort) do update set lines = excluded.lines";
}

pub(crate) fn are_kept(tx: &mut Tx, cohort: Id, mentee: Id, mentor: Id) -> Result<bool, Failure> {
    let sealed = tx.row::<Vec<u8>>(&OF_MENTEE, values![cohort, mentee])?;
    Ok(opened(tx, cohort, mentee, sealed.as_deref())?.contains(&mentor))
}

/// Opens the list of a mentee, as the row has it.
pub(crate) fn opened(tx: &mut Tx, cohort: Id, mentee: Id, sealed: Option<&[u8]>) -> Result<Vec<Id>, Failure> {
    let Some(sealed) = sealed else { return Ok(Vec::new()) };
    let text = keys::open(tx, &wishes::scope(cohort), &place(cohort, mentee), sealed)?;
    Ok(text.unwrap_or_default().split_whitespace().filter_map(Id::parse).collect())
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
        let apart = mentors.iter().filter(|mentor| mentee.rules_out(mentor)).map(|it| it.person.to_string());
        let text = format!("{:<ROOM$}", apart.collect::<Vec<_>>().join(" "));
        let place = place(cohort.id, mentee.person);
        let sealed = keys::seal(tx, &wishes::scope(cohort.id), &place, &text)?;
        tx.exec(&ADD, values![cohort.id, mentee.person, sealed])?;
    }
    tx.exec(&MARK, values![cohort.id, lines])?;
    Ok(())
}

fn place(cohort: Id, mentee: Id) -> keys::Place {
    MENTORS.at(format!("{cohort}:{mentee}"))
}
