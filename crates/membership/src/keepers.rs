//! Who keeps the roster: the office. Where an association has none, the chair hands its
//! lists in, and still does not read the lines that are stored
//! (docs/decisions/0010-the-office-keeps-the-roster.md).

use platform::{app::App, prelude::*};
use policy::{Action, Role};

use crate::imports::{self, Import};

/// Whether the person reads the stored lines themselves.
pub(crate) fn reads_lines(visit: &Visit) -> bool {
    visit.may(Action::ReadRosterLines, None)
}

/// The names of those in the office today.
pub(crate) fn office(tx: &mut Tx) -> Result<Vec<String>, Failure> {
    let today = program::today(tx)?;
    let members = program::memberships::committee(tx)?;
    let at_work = |it: &program::memberships::Member| {
        it.role() == Some(Role::Staff)
            && it.status == "confirmed"
            && it.since <= today
            && it.until.is_none_or(|last| last >= today)
    };
    Ok(members.into_iter().filter(at_work).map(|it| it.name).collect())
}

/// Who hands lists in: the office, or the chair where there is no office.
pub(crate) fn may_import(tx: &mut Tx, visit: &Visit) -> Result<bool, Failure> {
    Ok(reads_lines(visit) || office(tx)?.is_empty())
}

/// Sends a chair back where the office keeps the roster.
pub(crate) fn turned_away(tx: &mut Tx, visit: &Visit) -> Result<Option<Reply>, Failure> {
    if may_import(tx, visit)? {
        return Ok(None);
    }
    let names = office(tx)?.join(", ");
    Ok(Some(Reply::go("/roster").saying(format!("The office keeps the roster: {names}. Send the list there."))))
}

/// The list in the path, for those who hand lists in; somebody else is led elsewhere.
pub(crate) fn list_in_hand(tx: &mut Tx, visit: &Visit) -> Result<Result<Import, Reply>, Failure> {
    if let Some(elsewhere) = turned_away(tx, visit)? {
        return Ok(Err(elsewhere));
    }
    Ok(Ok(imports::the_import(tx, visit.id("id")?)?))
}

/// The same while the list has not been applied.
pub(crate) fn list_to_apply(tx: &mut Tx, visit: &Visit) -> Result<Result<Import, Reply>, Failure> {
    Ok(match list_in_hand(tx, visit)? {
        Ok(import) if import.is_applied() => {
            Err(Reply::go("/roster").saying("This list has been applied already; nothing changed twice."))
        }
        other => other,
    })
}

/// Whether whoever asks may hand in a list at all, before its file is read: nobody else
/// makes us unpack anything.
pub(crate) fn is_one_who_imports(app: &App, visit: &Visit) -> bool {
    let Some(token) = visit.sign_in_token().map(str::to_owned) else { return false };
    let subject = app.house.subject;
    let decided = app.db.read(move |tx| {
        let Some(account) = platform::identity::bearer(tx, &token)? else { return Ok(false) };
        let subject = subject(tx, account.id)?;
        Ok::<_, Failure>(policy::admit(&subject, Action::ImportRoster, None).is_ok())
    });
    decided.unwrap_or(false)
}
