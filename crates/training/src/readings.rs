//! Table `lesson_readings`: which lessons somebody has marked as read. ORI4.

use platform::prelude::*;

sql! {
    ADD => "insert into lesson_readings (person, lesson, read_at) values ($1, $2, $3) on conflict (person, lesson) do nothing";
    OF_PERSON => "select lesson from lesson_readings where person = $1 order by lesson";
    ALL => "select person, count(*) as lessons from lesson_readings where lesson <> 'liaison' group by person";
}

pub(crate) fn add(tx: &mut Tx, person: Id, lesson: &str) -> Result<(), Failure> {
    tx.exec(&ADD, values![person, lesson, tx.now()])?;
    Ok(())
}

pub(crate) fn of_person(tx: &mut Tx, person: Id) -> Result<Vec<String>, Failure> {
    Ok(tx.rows(&OF_PERSON, values![person])?)
}

/// How many lessons each person has read.
pub(crate) fn counts(tx: &mut Tx) -> Result<Vec<(Id, i64)>, Failure> {
    Ok(tx.rows(&ALL, values![])?)
}
