//! Table `roster_imports`: a list is shown as a difference first and applied as it was
//! shown, as a whole. The last one can be undone (`undo.rs`).

use std::collections::HashSet;

use jiff::Timestamp;
use platform::{identity::email_key, prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    lapses, promises, roster,
    rules::{
        columns::Columns,
        names::number_key,
        roster::{Difference, Doubt, RosterRow, compare},
        roster_file::{LineFault, MemberList},
    },
    sheets::{self, FileRefusal, Looked},
    staged::{self, Kind},
    undo,
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
        /// `previewed`, then `applied`.
        pub state: String,
        pub applied_at: Option<Timestamp>,
        pub undone_at: Option<Timestamp>,
        pub lines: i64,
        pub added: i64,
        pub changed: i64,
        pub gone: i64,
        pub unclear: i64,
        pub faulty: i64,
        pub plan: String,
    }
}

impl Import {
    pub(crate) fn is_applied(&self) -> bool {
        self.state == "applied"
    }

    /// Whether it was compared with the roster, or its columns are still asked for.
    pub(crate) fn is_compared(&self) -> bool {
        self.plan().is_compared
    }

    /// What the file said at first sight.
    pub(crate) fn plan(&self) -> Plan {
        serde_json::from_str(&self.plan).unwrap_or_default()
    }
}

/// What is kept of a file between its upload and its import.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Plan {
    pub looked: sheets::Looked,
    pub columns: Option<Columns>,
    pub is_compared: bool,
    /// Lines that are on the roster already, word for word.
    pub same: usize,
}

row! {
    pub struct Applied {
        pub id: Id,
        pub by_name: Option<String>,
        pub applied_at: Option<Timestamp>,
        pub undone_at: Option<Timestamp>,
        pub file_name: String,
        pub added: i64,
        pub changed: i64,
        pub gone: i64,
        pub faulty: i64,
    }
}

sql! {
    ADD => "insert into roster_imports (id, done_by, token, made_at, file_name, based_on, state, applied_at, lines, added, changed, gone, unclear, faulty, plan) values ($1, $2, $3, $4, $5, null, 'previewed', null, 0, 0, 0, 0, 0, 0, $6)";
    FIND => "select id, done_by, made_at, file_name, based_on, state, applied_at, undone_at, lines, added, changed, gone, unclear, faulty, plan from roster_imports where id = $1";
    COMPARE => "update roster_imports set based_on = $2, lines = $3, added = $4, changed = $5, gone = $6, unclear = $7, faulty = $8, plan = $9 where id = $1 and state = 'previewed'";
    LOOK => "update roster_imports set lines = $2, plan = $3 where id = $1 and state = 'previewed'";
    APPLIED => "update roster_imports set state = 'applied', applied_at = $2, added = $3, changed = $4, gone = $5, plan = '' where id = $1 and state = 'previewed'";
    LAST => "select id from roster_imports where state = 'applied' and undone_at is null order by applied_at desc, id desc limit 1";
    NEWEST => "select i.id, a.name as by_name, i.applied_at, i.undone_at, i.file_name, i.added, i.changed, i.gone, i.faulty from roster_imports i left join accounts a on a.id = i.done_by where i.state = 'applied' order by i.applied_at desc, i.id desc limit 5";
    OLD => "select id from roster_imports where state = 'previewed' and made_at < $1";
    FORGET => "delete from roster_imports where id = $1 and state = 'previewed'";
    FORGET_LINES => "delete from roster_lines where exists (select 1 from roster_imports i where i.id = roster_lines.import and i.state = 'applied' and i.made_at < $1)";
    KEEP_FILE => "insert into roster_files (import, bytes) values ($1, $2)";
    FILE => "select bytes from roster_files where import = $1";
    FORGET_FILE => "delete from roster_files where import = $1";
}

/// Compares a member list with the roster; nothing changes.
pub fn preview(tx: &mut Tx, list: &[u8]) -> Result<Result<Preview, FileRefusal>, Failure> {
    match sheets::read(list, None) {
        Ok(list) => Ok(Ok(compared(tx, &list)?)),
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// What a list that was read would change.
pub(crate) fn compared(tx: &mut Tx, list: &MemberList) -> Result<Preview, Failure> {
    let mut difference = compare(&roster::rows(tx, &policy::house())?, &list.rows);
    spare(&mut difference.gone, &list.faults);
    Ok(Preview { difference, lines: list.rows.len(), faults: list.faults.clone() })
}

/// Applies a member list at once: what is sound and clear, as `preview` shows it. For the
/// command line and the demo; people look at the difference first.
pub fn import_roster(tx: &mut Tx, list: impl AsRef<[u8]>) -> Result<Result<Preview, FileRefusal>, Failure> {
    match sheets::read(list.as_ref(), None) {
        Ok(list) => Ok(Ok(import_list(tx, &list, &Sender::default())?)),
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// Who hands a list in.
#[derive(Clone, Debug)]
pub(crate) struct Sender {
    pub person: Option<Id>,
    pub token: Option<Id>,
    pub file_name: String,
}

impl Default for Sender {
    fn default() -> Self {
        Self { person: None, token: None, file_name: "member list".to_owned() }
    }
}

/// Applies a list that was read. One that changes nothing leaves no trace.
pub(crate) fn import_list(tx: &mut Tx, list: &MemberList, sender: &Sender) -> Result<Preview, Failure> {
    lock(tx)?;
    let shown = compared(tx, list)?;
    import_preview(tx, &shown, sender)?;
    Ok(shown)
}

pub(crate) fn import_preview(tx: &mut Tx, shown: &Preview, sender: &Sender) -> Result<(), Failure> {
    if shown.difference.is_empty() {
        return Ok(());
    }
    let id = begin(tx, sender)?;
    keep_preview(tx, id, shown, None)?;
    match apply(tx, id, &|_| Decision::Leave, false, sender.person)? {
        Ok(_) => Ok(()),
        Err(refusal) => Err(Failure::overtaken("Roster", html! { p { (refusal) } })),
    }
}

/// Keeps a file until its columns are known and its list is applied. Those that nobody
/// applied within a day are forgotten.
pub(crate) fn keep_file(tx: &mut Tx, sender: &Sender, looked: &Looked, bytes: &[u8]) -> Result<Id, Failure> {
    forget_old(tx)?;
    let id = begin(tx, sender)?;
    tx.exec(&KEEP_FILE, values![id, bytes.to_vec()])?;
    let plan = Plan { looked: looked.clone(), ..Plan::default() };
    tx.exec(&LOOK, values![id, count(looked.lines), told(&plan)?])?;
    Ok(id)
}

pub(crate) fn file(tx: &mut Tx, import: Id) -> Result<Option<Vec<u8>>, Failure> {
    Ok(tx.row(&FILE, values![import])?)
}

/// Keeps what a list would change, in place of what it was said to change before.
pub(crate) fn keep_preview(tx: &mut Tx, import: Id, shown: &Preview, columns: Option<Columns>) -> Result<(), Failure> {
    staged::forget_all(tx, import)?;
    let plan = Plan { columns, is_compared: true, same: shown.difference.same, ..the_import(tx, import)?.plan() };
    let (based_on, it) = (tx.row::<Id>(&LAST, values![])?, &shown.difference);
    staged::keep(tx, import, it, &shown.faults)?;
    let values = values![
        import,
        based_on,
        count(shown.lines),
        count(it.new.len()),
        count(it.changed.len()),
        count(it.gone.len()),
        count(it.unclear.len()),
        count(shown.faults.len()),
        told(&plan)?,
    ];
    tx.exec(&COMPARE, values)?;
    Ok(())
}

fn begin(tx: &mut Tx, sender: &Sender) -> Result<Id, Failure> {
    let id = tx.fresh_id();
    let name: String = sender.file_name.chars().take(120).collect();
    tx.exec(&ADD, values![id, sender.person, sender.token, tx.now(), name, ""])?;
    Ok(id)
}

fn forget_old(tx: &mut Tx) -> Result<(), Failure> {
    let yesterday = tx.now() - jiff::SignedDuration::from_hours(24);
    for old in tx.rows::<Id>(&OLD, values![yesterday])? {
        staged::forget_all(tx, old)?;
        tx.exec(&FORGET_FILE, values![old])?;
        tx.exec(&FORGET, values![old])?;
    }
    tx.exec(&FORGET_LINES, values![yesterday])?;
    undo::forget_old(tx)
}

pub(crate) fn the_import(tx: &mut Tx, id: Id) -> Result<Import, Failure> {
    tx.row(&FIND, values![id])?.ok_or(Failure::NotFound)
}

/// The list that was applied last, and not undone.
pub(crate) fn last(tx: &mut Tx) -> Result<Option<Id>, Failure> {
    Ok(tx.row(&LAST, values![])?)
}

pub(crate) fn newest(tx: &mut Tx) -> Result<Vec<Applied>, Failure> {
    Ok(tx.rows(&NEWEST, values![])?)
}

/// What came of applying a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Done {
    pub added: u64,
    pub changed: u64,
    pub gone: u64,
}

/// One import at a time looks at the roster and changes it.
pub(crate) fn lock(tx: &mut Tx) -> Result<(), Failure> {
    if let Some(program) = program::program(tx)? {
        tx.lock(program.id)?;
    }
    Ok(())
}

/// Applies what was shown, with a decision for each unclear line by its number in the file.
pub(crate) fn apply(
    tx: &mut Tx,
    import: Id,
    decide: &dyn Fn(u64) -> Decision,
    keep_gone: bool,
    by: Option<Id>,
) -> Result<Result<Done, ApplyRefusal>, Failure> {
    lock(tx)?;
    let import = the_import(tx, import)?;
    if import.state != "previewed" {
        return Ok(Err(ApplyRefusal::AppliedAlready));
    }
    if !import.is_compared() || tx.row::<Id>(&LAST, values![])? != import.based_on {
        return Ok(Err(ApplyRefusal::RosterMoved));
    }
    if let Err(refusal) = decided(tx, import.id, decide)? {
        return Ok(Err(refusal));
    }
    if keep_gone {
        staged::forget_kind(tx, import.id, Kind::Gone)?;
    }
    let before = lapses::in_good_standing(tx)?;
    let done = roster::take_over(tx, import.id)?;
    let [added, changed, gone] = [done.added, done.changed, done.gone].map(|it| i64::try_from(it).unwrap_or(i64::MAX));
    tx.exec(&APPLIED, values![import.id, tx.now(), added, changed, gone])?;
    staged::forget_sound(tx, import.id)?;
    tx.exec(&FORGET_FILE, values![import.id])?;
    journal::record(tx, "roster imported", import.id, by, None)?;
    promises::settle(tx)?;
    lapses::note(tx, &before)?;
    Ok(Ok(done))
}

/// Moves the unclear lines to where a person said they belong.
fn decided(tx: &mut Tx, import: Id, decide: &dyn Fn(u64) -> Decision) -> Result<Result<(), ApplyRefusal>, Failure> {
    let mut taken = HashSet::new();
    for unclear in staged::unclear(tx, import, i64::MAX)? {
        match (decide(unclear.row.line), &unclear.other) {
            (Decision::Same, Some(was)) => {
                if !taken.insert(was.id) {
                    return Ok(Err(ApplyRefusal::TwiceTheSame));
                }
                staged::is_the_same(tx, import, &unclear, was)?;
            }
            (Decision::Other, _) if unclear.doubt != Doubt::OtherPerson => {
                staged::is_somebody_else(tx, import, &unclear)?;
            }
            _ => {}
        }
    }
    Ok(Ok(()))
}

/// A line that cannot be used still says that its member is on the list.
fn spare(gone: &mut Vec<RosterRow>, faults: &[LineFault]) {
    let numbers: HashSet<String> = faults.iter().map(|it| number_key(&it.number)).collect();
    let addresses: HashSet<String> = faults.iter().map(|it| email_key(&it.email)).collect();
    let is_named = |keys: &HashSet<String>, key: String| !key.is_empty() && keys.contains(&key);
    gone.retain(|it| !is_named(&numbers, number_key(&it.number)) && !is_named(&addresses, email_key(&it.email)));
}

fn told(plan: &Plan) -> Result<String, Failure> {
    let broken =
        |error: serde_json::Error| platform::storage::StorageError::Other(format!("a plan cannot be kept: {error}"));
    serde_json::to_string(plan).map_err(|error| broken(error).into())
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
