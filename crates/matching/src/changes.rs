//! Tables `directory_turns` and `directory_changes`: which profiles of a cohort changed, in
//! turns, so that what processes keep of them in memory can follow.
//!
//! Invariant: whoever changes a profile takes the turn first. Then units of work that change
//! profiles of one cohort follow each other, and a turn that is seen means that all before
//! it are seen.

use platform::prelude::*;
use policy::{Lists, of};

use crate::search::KINDS;

/// Where a cohort's profiles are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) now: i64,
    /// At which all profiles were taken away at once.
    pub(crate) cleared: i64,
}

row! {
    struct Row {
        person: Id,
        profile: Option<i64>,
        topics: Option<i64>,
        organisations: Option<i64>,
        channels: Option<i64>,
        zones: Option<i64>,
        state: Option<String>,
        waiting: Option<i64>,
        turn: i64,
        words_turn: i64,
    }
}

/// A profile as it is now.
pub(crate) struct Changed {
    pub(crate) person: Id,
    /// Nothing where the profile is gone.
    pub(crate) profile: Option<i64>,
    pub(crate) marks: [i64; KINDS],
    pub(crate) state: String,
    pub(crate) waiting: i64,
    pub(crate) turn: i64,
    /// The turn at which its words changed last.
    pub(crate) words_turn: i64,
}

sql! {
    TURN => "select turn, cleared from directory_turns where cohort = $1";
    TAKE_TURN => "insert into directory_turns (cohort, turn, cleared) values ($1, 1, 0) on conflict (cohort) do update set turn = directory_turns.turn + 1 returning turn";
    CLEAR => "insert into directory_turns (cohort, turn, cleared) values ($1, 1, 1) on conflict (cohort) do update set turn = directory_turns.turn + 1, cleared = directory_turns.turn + 1 returning turn";
    DROP => "delete from directory_changes where cohort = $1";
    NOTE => "insert into directory_changes (cohort, person, turn, words_turn) values ($1, $2, $3, 0) on conflict (cohort, person) do update set turn = excluded.turn";
    NOTE_WORDS => "insert into directory_changes (cohort, person, turn, words_turn) values ($1, $2, $3, $3) on conflict (cohort, person) do update set turn = excluded.turn, words_turn = excluded.words_turn";
    ALL => "select person, id, topics, organisations, channels, zones, state, waiting, cast(0 as bigint) as turn, cast(0 as bigint) as words_turn from profiles where cohort = $1";
    SINCE => "select c.person, p.id, p.topics, p.organisations, p.channels, p.zones, p.state, p.waiting, c.turn, c.words_turn from directory_changes c left join profiles p on p.cohort = c.cohort and p.person = c.person where c.cohort = $1 and c.turn > $2";
    FACET_WORDS => "select facet, word, bit from facet_words order by facet, word";
    TEXTS => "select t.profile, t.heads, t.subjects, t.words from profiles p join profile_texts t on t.profile = p.id where p.cohort = $1 and p.id > $2 order by p.id limit 2000";
    TEXTS_OF => "select heads, subjects, words from profile_texts where profile = $1";
}

/// Before the state of a profile changes: free, waited for, on pause.
pub(crate) fn state_of(tx: &mut Tx, cohort: Id, person: Id) -> Result<(), Failure> {
    let turn: i64 = tx.one(&TAKE_TURN, values![cohort])?;
    tx.exec(&NOTE, values![cohort, person, turn])?;
    Ok(())
}

/// Before a profile is written or taken away.
pub(crate) fn words_of(tx: &mut Tx, cohort: Id, person: Id) -> Result<(), Failure> {
    let turn: i64 = tx.one(&TAKE_TURN, values![cohort])?;
    tx.exec(&NOTE_WORDS, values![cohort, person, turn])?;
    Ok(())
}

/// Before all profiles of a cohort are taken away.
pub(crate) fn clear(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    tx.one::<i64>(&CLEAR, values![cohort])?;
    tx.exec(&DROP, values![cohort])?;
    Ok(())
}

pub(crate) fn turn(tx: &mut Tx, cohort: Id) -> Result<Turn, Failure> {
    let turn: Option<(i64, i64)> = tx.row(&TURN, values![cohort])?;
    Ok(turn.map(|(now, cleared)| Turn { now, cleared }).unwrap_or_default())
}

pub(crate) fn all(tx: &mut Tx, cohort: Id) -> Result<Vec<Changed>, Failure> {
    Ok(tx.rows::<Row>(&ALL, values![cohort])?.into_iter().map(changed).collect())
}

pub(crate) fn since(tx: &mut Tx, cohort: Id, turn: i64) -> Result<Vec<Changed>, Failure> {
    Ok(tx.rows::<Row>(&SINCE, values![cohort, turn])?.into_iter().map(changed).collect())
}

pub(crate) fn facet_words(tx: &mut Tx) -> Result<Vec<(String, String, i64)>, Failure> {
    Ok(tx.rows(&FACET_WORDS, values![])?)
}

/// Reads every word that a cohort's mentors wrote, some thousand mentors at a time.
pub(crate) fn read_texts(
    tx: &mut Tx,
    _: &impl Lists<of::ProfileMentor>,
    cohort: Id,
    read: &mut impl FnMut(&str),
) -> Result<(), Failure> {
    let mut last = i64::MIN;
    loop {
        let texts: Vec<(i64, String, String, String)> = tx.rows(&TEXTS, values![cohort, last])?;
        let Some((newest, ..)) = texts.last() else { return Ok(()) };
        last = *newest;
        for (_, heads, subjects, words) in &texts {
            [heads, subjects, words].into_iter().for_each(|text| read(text));
        }
    }
}

pub(crate) fn texts_of(
    tx: &mut Tx,
    _: &impl Lists<of::ProfileMentor>,
    profiles: &[i64],
) -> Result<Vec<String>, Failure> {
    let mut texts = Vec::new();
    for profile in profiles {
        let text: Option<(String, String, String)> = tx.row(&TEXTS_OF, values![*profile])?;
        texts.extend(text.map(|(heads, subjects, words)| format!("{heads} {subjects} {words}")));
    }
    Ok(texts)
}

fn changed(row: Row) -> Changed {
    Changed {
        person: row.person,
        profile: row.profile,
        marks: [row.topics, row.organisations, row.channels, row.zones].map(Option::unwrap_or_default),
        state: row.state.unwrap_or_default(),
        waiting: row.waiting.unwrap_or_default(),
        turn: row.turn,
        words_turn: row.words_turn,
    }
}
