//! Tables `pair_imports` and `pair_import_duos`: pairs decided elsewhere, shown first,
//! applied as a whole, taken back as a whole while nothing has begun. ALG1.

use jiff::{SignedDuration, Timestamp};
use platform::{
    keys::{self, Scope},
    prelude::*,
    storage::StorageError,
};
use policy::{Grant, of};
use serde::{Deserialize, Serialize};

use crate::rules::{LineFault, Named};

row! {
    pub(crate) struct Import {
        pub(crate) id: Id,
        pub(crate) cohort: Id,
        pub(crate) done_by_name: String,
        pub(crate) file_name: String,
        pub(crate) made_at: Timestamp,
        /// `previewed`, `applied`, `undone`.
        pub(crate) state: String,
        pub(crate) pairs: i64,
        pub(crate) applied_at: Option<Timestamp>,
    }
}

/// What a file says: who is meant, and which lines cannot be used.
#[derive(Default)]
pub(crate) struct Plan {
    pub(crate) pairs: Vec<Named>,
    pub(crate) faults: Vec<LineFault>,
}

#[derive(Serialize, Deserialize)]
struct Written {
    pairs: Vec<(u64, String, String)>,
    faults: Vec<(u64, String)>,
}

sealed! {
    PLAN => "pair_imports", "plan", "pairs of a file until they are applied, and what is wrong with its lines";
}

sql! {
    ADD => "insert into pair_imports (id, cohort, done_by, file_name, made_at, state, pairs, plan) values ($1, $2, $3, $4, $5, 'previewed', $6, $7)";
    FIND => "select i.id, i.cohort, a.name, i.file_name, i.made_at, i.state, i.pairs, i.applied_at from pair_imports i join accounts a on a.id = i.done_by where i.id = $1";
    DONE => "select i.id, i.cohort, a.name, i.file_name, i.made_at, i.state, i.pairs, i.applied_at from pair_imports i join accounts a on a.id = i.done_by where i.cohort = $1 and i.state <> 'previewed' order by i.applied_at desc, i.id desc";
    PLAN_OF => "select id, plan from pair_imports where id = $1";
    APPLIED => "update pair_imports set state = 'applied', applied_at = $2, pairs = $3, plan = null where id = $1 and state = 'previewed'";
    UNDONE => "update pair_imports set state = 'undone', undone_at = $2 where id = $1 and state = 'applied'";
    ADD_DUO => "insert into pair_import_duos (import, duo) values ($1, $2)";
    DUOS => "select duo from pair_import_duos where import = $1 order by duo";
    OLD => "select id from pair_imports where state = 'previewed' and made_at < $1 order by id";
    DROP => "delete from pair_imports where id = $1 and state = 'previewed'";
}

pub(crate) fn keep(tx: &mut Tx, cohort: Id, by: Id, file_name: &str, plan: &Plan) -> Result<Id, Failure> {
    let id = tx.fresh_id();
    let written = Written {
        pairs: plan.pairs.iter().map(|it| (it.line, it.mentee.to_string(), it.mentor.to_string())).collect(),
        faults: plan.faults.iter().map(|it| (it.line, it.words.clone())).collect(),
    };
    let text = serde_json::to_string(&written).map_err(unreadable)?;
    let sealed = keys::seal(tx, &scope(id), &PLAN.at(id), &text)?;
    let name: String = file_name.chars().take(120).collect();
    let pairs = i64::try_from(plan.pairs.len()).unwrap_or(i64::MAX);
    tx.exec(&ADD, values![id, cohort, by, name, tx.now(), pairs, sealed])?;
    Ok(id)
}

/// The import in the path, of the cohort in the path.
pub(crate) fn of_path(tx: &mut Tx, visit: &Visit) -> Result<Import, Failure> {
    let cohort = visit.id("cohort")?;
    let found = tx.row::<Import>(&FIND, values![visit.id("import")?])?;
    found.filter(|it| it.cohort == cohort).ok_or(Failure::NotFound)
}

/// What was applied, the newest first.
pub(crate) fn done(tx: &mut Tx, cohort: Id) -> Result<Vec<Import>, Failure> {
    Ok(tx.rows(&DONE, values![cohort])?)
}

pub(crate) fn plan(tx: &mut Tx, _: &Grant<of::Proposal>, import: Id) -> Result<Plan, Failure> {
    let Some((_, Some(sealed))) = tx.row::<(Id, Option<Vec<u8>>)>(&PLAN_OF, values![import])? else {
        return Ok(Plan::default());
    };
    let Some(text) = keys::open(tx, &scope(import), &PLAN.at(import), &sealed)? else { return Ok(Plan::default()) };
    let written: Written = serde_json::from_str(&text).map_err(unreadable)?;
    let named = |(line, mentee, mentor): (u64, String, String)| {
        Some(Named { line, mentee: Id::parse(&mentee)?, mentor: Id::parse(&mentor)? })
    };
    Ok(Plan {
        pairs: written.pairs.into_iter().filter_map(named).collect(),
        faults: written.faults.into_iter().map(|(line, words)| LineFault { line, words }).collect(),
    })
}

/// Notes which duos came of it. False when it was applied already.
pub(crate) fn applied(tx: &mut Tx, import: &Import, duos: &[Id], by: Id) -> Result<bool, Failure> {
    let pairs = i64::try_from(duos.len()).unwrap_or(i64::MAX);
    if tx.exec(&APPLIED, values![import.id, tx.now(), pairs])? == 0 {
        return Ok(false);
    }
    keys::shred(tx, &scope(import.id))?;
    for duo in duos {
        tx.exec(&ADD_DUO, values![import.id, *duo])?;
    }
    journal::record(tx, "pairs imported", import.id, Some(by), Some(import.cohort))?;
    Ok(true)
}

pub(crate) fn undone(tx: &mut Tx, import: &Import, by: Id) -> Result<bool, Failure> {
    let is_undone = tx.exec(&UNDONE, values![import.id, tx.now()])? == 1;
    if is_undone {
        journal::record(tx, "import of pairs undone", import.id, Some(by), Some(import.cohort))?;
    }
    Ok(is_undone)
}

pub(crate) fn duos_of(tx: &mut Tx, import: Id) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&DUOS, values![import])?)
}

/// Files that nobody applied within a day.
pub(crate) fn old(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&OLD, values![tx.now() - SignedDuration::from_hours(24)])?)
}

pub(crate) fn forget(tx: &mut Tx, import: Id) -> Result<(), Failure> {
    keys::shred(tx, &scope(import))?;
    tx.exec(&DROP, values![import])?;
    Ok(())
}

fn scope(import: Id) -> Scope {
    Scope::new("pair import", import)
}

fn unreadable(error: serde_json::Error) -> Failure {
    Failure::Storage(StorageError::Other(format!("an import of pairs is not readable: {error}")))
}
