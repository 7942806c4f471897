//! Table `roster_before`: what the members were before the newest list was applied, so that
//! it can be undone as a whole.
//!
//! # Design
//! Only the newest list can be undone, within thirty days, and only while nothing was
//! changed after it: to undo an older one would lose what came later. The next list that is
//! applied takes its place.

use jiff::SignedDuration;
use platform::prelude::*;

use crate::{imports, lapses, promises};

pub(crate) const DAYS: i64 = 30;

/// Why a list is not undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UndoRefusal {
    #[error("This list has not been applied, so there is nothing to undo.")]
    NotApplied,
    #[error("This list has been undone already.")]
    UndoneAlready,
    #[error("Another list was applied after this one, and undoing this one would lose it. Undo the newest one first.")]
    NotTheNewest,
    #[error("A list can be undone for 30 days. Import the list as it should be instead.")]
    TooLate,
    #[error(
        "Members of this list were corrected by hand after it was applied, and undoing it would lose that. Import the list as it should be instead."
    )]
    ChangedSince,
}

sql! {
    KEEP_CHANGED => "insert into roster_before (import, member, is_new, member_number, number_key, name, email, email_key, search_key, standing, joined_year, expires_on, category, changed_at, gone_at) select l.import, r.id, $2, r.member_number, r.number_key, r.name, r.email, r.email_key, r.search_key, r.standing, r.joined_year, r.expires_on, r.category, r.changed_at, r.gone_at from roster_lines l join roster r on r.id = l.member where l.import = $1 and l.kind in ('changed', 'gone')";
    KEEP_FREED => "insert into roster_before (import, member, is_new, member_number, number_key, name, email, email_key, search_key, standing, joined_year, expires_on, category, changed_at, gone_at) select $1, r.id, $2, r.member_number, r.number_key, r.name, r.email, r.email_key, r.search_key, r.standing, r.joined_year, r.expires_on, r.category, r.changed_at, r.gone_at from roster r where r.gone_at is not null and r.number_key in (select l.number_key from roster_lines l where l.import = $1 and l.kind in ('new', 'changed'))";
    KEEP_NEW => "insert into roster_before (import, member, is_new, member_number, number_key, name, email, email_key, search_key, standing, joined_year, expires_on, category, changed_at, gone_at) select l.import, l.member, $2, l.member_number, l.number_key, '', '', '', '', l.standing, null, null, '', $3, null from roster_lines l where l.import = $1 and l.kind = 'new'";
    CHANGED_SINCE => "select count(*) as members from roster_before b join roster r on r.id = b.member where b.import = $1 and r.changed_at > $2";
    REMOVE => "delete from roster where id in (select member from roster_before where import = $1 and is_new = $2)";
    FREE => "update roster set number_key = null where id in (select member from roster_before where import = $1)";
    RESTORE => "update roster set member_number = b.member_number, number_key = b.number_key, name = b.name, email = b.email, email_key = b.email_key, search_key = b.search_key, standing = b.standing, joined_year = b.joined_year, expires_on = b.expires_on, category = b.category, changed_at = b.changed_at, gone_at = b.gone_at from roster_before b where b.import = $1 and b.member = roster.id and b.is_new = $2";
    UNDONE => "update roster_imports set undone_at = $2, undone_by = $3 where id = $1 and undone_at is null";
    FORGET => "delete from roster_before where import = $1";
    FORGET_OTHERS => "delete from roster_before where import <> $1";
    FORGET_OLD => "delete from roster_before where exists (select 1 from roster_imports i where i.id = roster_before.import and i.applied_at < $1)";
}

/// Keeps what a list is about to change, before it is applied.
pub(crate) fn keep(tx: &mut Tx, import: Id) -> Result<(), Failure> {
    tx.exec(&FORGET_OTHERS, values![import])?;
    tx.exec(&KEEP_CHANGED, values![import, false])?;
    tx.exec(&KEEP_FREED, values![import, false])?;
    tx.exec(&KEEP_NEW, values![import, true, tx.now()])?;
    Ok(())
}

/// Whether a list can be undone at this moment.
pub(crate) fn check(tx: &mut Tx, import: Id) -> Result<Result<(), UndoRefusal>, Failure> {
    let it = imports::the_import(tx, import)?;
    let Some(applied_at) = it.applied_at else { return Ok(Err(UndoRefusal::NotApplied)) };
    if it.undone_at.is_some() {
        return Ok(Err(UndoRefusal::UndoneAlready));
    }
    if imports::last(tx)? != Some(import) {
        return Ok(Err(UndoRefusal::NotTheNewest));
    }
    if tx.now().duration_since(applied_at) > SignedDuration::from_hours(24 * DAYS) {
        return Ok(Err(UndoRefusal::TooLate));
    }
    if tx.one::<i64>(&CHANGED_SINCE, values![import, applied_at])? > 0 {
        return Ok(Err(UndoRefusal::ChangedSince));
    }
    Ok(Ok(()))
}

/// Makes the roster what it was before the newest list was applied.
pub(crate) fn undo(tx: &mut Tx, import: Id, by: Id) -> Result<Result<(), UndoRefusal>, Failure> {
    imports::lock(tx)?;
    if let Err(refusal) = check(tx, import)? {
        return Ok(Err(refusal));
    }
    let before = lapses::in_good_standing(tx)?;
    if tx.exec(&UNDONE, values![import, tx.now(), by])? == 0 {
        return Ok(Err(UndoRefusal::UndoneAlready));
    }
    tx.exec(&FREE, values![import])?;
    tx.exec(&REMOVE, values![import, true])?;
    tx.exec(&RESTORE, values![import, false])?;
    tx.exec(&FORGET, values![import])?;
    if let Some(applied_at) = imports::the_import(tx, import)?.applied_at {
        promises::unsettle(tx, applied_at)?;
    }
    journal::record(tx, "roster import undone", import, Some(by), None)?;
    lapses::note(tx, &before)?;
    Ok(Ok(()))
}

/// What can no longer be undone is not kept either.
pub(crate) fn forget_old(tx: &mut Tx) -> Result<(), Failure> {
    let old = tx.now() - SignedDuration::from_hours(24 * DAYS);
    tx.exec(&FORGET_OLD, values![old])?;
    Ok(())
}
