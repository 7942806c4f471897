//! Table `roster_imports`: a list is shown as a difference first and applied as it was shown.

use std::collections::HashSet;

use jiff::Timestamp;
use platform::{identity::email_key, prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    promises, roster,
    rules::{
        names::number_key,
        roster::{Changed, Difference, Doubt, RosterRow, compare, merged},
        roster_file::{self, FileRefusal, LineFault},
    },
};

/// What a list would change, and which of its lines cannot be used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub difference: Difference,
    pub faults: Vec<LineFault>,
    /// Lines of the list that were sound.
    pub lines: usize,
}

/// Why a preview was not applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApplyRefusal {
    #[error("This list has been applied already.")]
    AppliedAlready,
    #[error("Another list has been applied since this one was shown. Upload it again to see what it would change now.")]
    RosterMoved,
    #[error("Two lines were said to be the same member. Please decide for one of them.")]
    TwiceTheSame,
}

/// What a person decided about an unclear line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decision {
    #[default]
    Leave,
    /// It is the member the roster has: take over what the list says.
    Same,
    /// It is somebody else: add them.
    Other,
}

row! {
    pub struct Import {
        pub id: Id,
        pub done_by: Option<Id>,
        pub made_at: Timestamp,
        pub file_name: String,
        pub based_on: Option<Id>,
        pub state: String,
        pub applied_at: Option<Timestamp>,
        pub plan: String,
    }
}

row! {
    pub struct Applied {
        pub id: Id,
        pub by_name: Option<String>,
        pub applied_at: Option<Timestamp>,
        pub file_name: String,
        pub added: i64,
        pub changed: i64,
        pub gone: i64,
    }
}

sql! {
    ADD => "insert into roster_imports (id, done_by, made_at, file_name, based_on, state, applied_at, lines, added, changed, gone, unclear, faulty, plan) values ($1, $2, $3, $4, $5, 'previewed', null, $6, $7, $8, $9, $10, $11, $12)";
    FIND => "select id, done_by, made_at, file_name, based_on, state, applied_at, plan from roster_imports where id = $1";
    APPLIED => "update roster_imports set state = 'applied', applied_at = $2, added = $3, changed = $4, gone = $5, plan = '' where id = $1 and state = 'previewed'";
    LAST => "select id from roster_imports where state = 'applied' order by applied_at desc, id desc limit 1";
    NEWEST => "select i.id, a.name, i.applied_at, i.file_name, i.added, i.changed, i.gone from roster_imports i left join accounts a on a.id = i.done_by where i.state = 'applied' order by i.applied_at desc, i.id desc limit 5";
    FORGET => "delete from roster_imports where state = 'previewed' and made_at < $1";
}

/// Compares a member list with the roster; nothing changes.
pub fn preview(tx: &mut Tx, list: &[u8]) -> Result<Result<Preview, FileRefusal>, Failure> {
    let list = match roster_file::read(list) {
        Ok(list) => list,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let mut difference = compare(&roster::rows(tx)?, &list.rows);
    spare(&mut difference.gone, &list.faults);
    Ok(Ok(Preview { difference, faults: list.faults, lines: list.rows.len() }))
}

/// Applies a member list at once: what is sound and clear, as `preview` shows it. For the
/// command line and the demo; people look at the difference first.
pub fn import_roster(tx: &mut Tx, list: impl AsRef<[u8]>) -> Result<Result<Preview, FileRefusal>, Failure> {
    let shown = match preview(tx, list.as_ref())? {
        Ok(shown) => shown,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let id = keep(tx, &shown, "member list", None)?;
    let import = the_import(tx, id)?;
    if let Err(refusal) = apply(tx, &import, &|_| Decision::Leave, false, None)? {
        return Err(Failure::overtaken("Roster", html! { p { (refusal) } }));
    }
    Ok(Ok(shown))
}

/// Keeps a preview until it is applied. Those that nobody applied within a day are forgotten.
pub(crate) fn keep(tx: &mut Tx, shown: &Preview, file_name: &str, by: Option<Id>) -> Result<Id, Failure> {
    let yesterday = tx.now() - jiff::SignedDuration::from_hours(24);
    tx.exec(&FORGET, values![yesterday])?;
    let id = tx.fresh_id();
    let based_on: Option<Id> = tx.row(&LAST, values![])?;
    let plan = serde_json::to_string(shown).map_err(|error| broken(&error))?;
    let file_name: String = file_name.chars().take(120).collect();
    let it = &shown.difference;
    let values = values![
        id,
        by,
        tx.now(),
        file_name,
        based_on,
        count(shown.lines),
        count(it.new.len()),
        count(it.changed.len()),
        count(it.gone.len()),
        count(it.unclear.len()),
        count(shown.faults.len()),
        plan,
    ];
    tx.exec(&ADD, values)?;
    Ok(id)
}

pub(crate) fn the_import(tx: &mut Tx, id: Id) -> Result<Import, Failure> {
    tx.row(&FIND, values![id])?.ok_or(Failure::NotFound)
}

/// What was shown when the list was uploaded; empty once it is applied.
pub(crate) fn shown(import: &Import) -> Result<Preview, Failure> {
    if import.plan.is_empty() {
        return Ok(Preview::default());
    }
    serde_json::from_str(&import.plan).map_err(|error| broken(&error))
}

pub(crate) fn newest(tx: &mut Tx) -> Result<Vec<Applied>, Failure> {
    Ok(tx.rows(&NEWEST, values![])?)
}

/// What came of applying a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Done {
    pub added: usize,
    pub changed: usize,
    pub gone: usize,
}

/// Applies what was shown, with a decision for each unclear line by its number in the file.
pub(crate) fn apply(
    tx: &mut Tx,
    import: &Import,
    decide: &dyn Fn(u64) -> Decision,
    keep_gone: bool,
    by: Option<Id>,
) -> Result<Result<Done, ApplyRefusal>, Failure> {
    if let Some(program) = program::program(tx)? {
        tx.lock(program.id)?;
    }
    let import = the_import(tx, import.id)?;
    if import.state != "previewed" {
        return Ok(Err(ApplyRefusal::AppliedAlready));
    }
    if tx.row::<Id>(&LAST, values![])? != import.based_on {
        return Ok(Err(ApplyRefusal::RosterMoved));
    }
    let difference = match decided(shown(&import)?.difference, decide) {
        Ok(difference) => difference,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let done = write(tx, &difference, keep_gone)?;
    let values = values![import.id, tx.now(), count(done.added), count(done.changed), count(done.gone)];
    tx.exec(&APPLIED, values)?;
    journal::record(tx, "roster imported", import.id, by, None)?;
    promises::settle(tx)?;
    Ok(Ok(done))
}

/// The difference with the unclear lines moved to where a person said they belong.
fn decided(mut difference: Difference, decide: &dyn Fn(u64) -> Decision) -> Result<Difference, ApplyRefusal> {
    let mut taken = HashSet::new();
    for unclear in std::mem::take(&mut difference.unclear) {
        match (decide(unclear.row.line), unclear.other) {
            (Decision::Same, Some(was)) => {
                if !taken.insert(was.id) {
                    return Err(ApplyRefusal::TwiceTheSame);
                }
                let becomes = merged(&was, &unclear.row);
                difference.changed.push(Changed { line: unclear.row.line, was, becomes });
            }
            (Decision::Other, _) if unclear.doubt != Doubt::OtherPerson => difference.new.push(unclear.row),
            _ => {}
        }
    }
    Ok(difference)
}

/// Those who are gone first: they give up their numbers.
fn write(tx: &mut Tx, difference: &Difference, keep_gone: bool) -> Result<Done, Failure> {
    let gone: &[RosterRow] = if keep_gone { &[] } else { &difference.gone };
    for member in gone {
        roster::go(tx, member.id)?;
    }
    for changed in &difference.changed {
        roster::change(tx, &changed.becomes)?;
    }
    for row in &difference.new {
        roster::add(tx, row)?;
    }
    Ok(Done { added: difference.new.len(), changed: difference.changed.len(), gone: gone.len() })
}

/// A line that cannot be used still says that its member is on the list.
fn spare(gone: &mut Vec<RosterRow>, faults: &[LineFault]) {
    let numbers: HashSet<String> = faults.iter().map(|it| number_key(&it.number)).collect();
    let addresses: HashSet<String> = faults.iter().map(|it| email_key(&it.email)).collect();
    let is_named = |keys: &HashSet<String>, key: String| !key.is_empty() && keys.contains(&key);
    gone.retain(|it| !is_named(&numbers, number_key(&it.number)) && !is_named(&addresses, email_key(&it.email)));
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn broken(error: &serde_json::Error) -> Failure {
    Failure::Storage(platform::storage::StorageError::Other(format!("a roster import cannot be kept: {error}")))
}
