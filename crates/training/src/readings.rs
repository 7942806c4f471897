//! Table `lesson_readings`: which lessons somebody has marked as read. ORI4.

use platform::prelude::*;
use policy::{Grant, Opens, may, of};

sql! {
    ADD => "insert into lesson_readings (person, lesson, read_at) values ($1, $2, $3) on conflict (person, lesson) do nothing";
    OF_PERSON => "select lesson from lesson_readings where person = $1 order by lesson";
    ALL => "select person, count(*) as lessons from lesson_readings where lesson <> 'liaison' group by person";
}

pub(crate) fn add(tx: &mut Tx, proof: &Grant<of::LessonProgress, may::Write>, lesson: &str) -> Result<(), Failure> {
    tx.exec(&ADD, values![Id::from(proof.person()), lesson, tx.now()])?;
    Ok(())
}

/// The lessons that whoever the proof was given to has read.
pub(crate) fn own(tx: &mut Tx, proof: &Grant<of::LessonProgress>) -> Result<Vec<String>, Failure> {
    Ok(tx.rows(&OF_PERSON, values![Id::from(proof.person())])?)
}

/// How many lessons each person has read.
pub(crate) fn counts(tx: &mut Tx, _: &impl Opens<of::LessonProgress>) -> Result<Vec<(Id, i64)>, Failure> {
    Ok(tx.rows(&ALL, values![])?)
}
