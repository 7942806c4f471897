//! The letter that keeps the head of the audit outside the house, so that a chain that was
//! cut off or written anew can be told from the one that stood there.

use platform::{audit, identity, prelude::*, settings};
use policy::Role;

use crate::letters::AUDIT_HEAD;
use ::letters::{Post, To, Value};

/// The setting that ends these letters when it says "off": the demo's, where days pass in
/// seconds.
pub const HEAD_LETTERS: &str = "audit letters";
/// The day of the last letter, and the entry that it named.
const WRITTEN: &str = "audit head written";

/// A head that nobody was written today, where the chain has grown since the last letter.
pub(crate) fn unwritten(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    // Before a cohort is open the house writes to nobody.
    if !program::current(tx)?.is_some_and(|it| it.is_open())
        || settings::get(tx, HEAD_LETTERS)?.as_deref() == Some("off")
    {
        return Ok(Vec::new());
    }
    let Some(head) = audit::latest_head(tx)? else { return Ok(Vec::new()) };
    let today = program::today(tx)?.to_string();
    let written = settings::get(tx, WRITTEN)?.unwrap_or_default();
    let (day, seq) = written.split_once(' ').unwrap_or_default();
    let is_new = day != today && seq != head.seq.to_string();
    Ok(if is_new { vec![Id::default()] } else { Vec::new() })
}

pub(crate) fn write(tx: &mut Tx, _: Id) -> Result<(), Failure> {
    if unwritten(tx)?.is_empty() {
        return Ok(());
    }
    let Some(head) = audit::latest_head(tx)? else { return Ok(()) };
    let cohort = program::current(tx)?.map(|it| it.id).unwrap_or_default();
    let mut people = program::holders(tx, Role::Chair, cohort)?;
    people.extend(program::holders(tx, Role::Deputy, cohort)?);
    people.sort_unstable();
    people.dedup();
    let today = program::today(tx)?;
    for person in people {
        let Some(account) = identity::find(tx, person)? else { continue };
        let post = Post {
            kind: &AUDIT_HEAD,
            to: To::account(&account),
            cohort: None,
            about: person,
            once: today.to_string(),
            values: vec![
                ("number", Value::words(head.seq.to_string())),
                ("summary", Value::words(head.anchor().to_string())),
            ],
            sender: None,
            calendar: None,
        };
        ::letters::post(tx, post)?;
    }
    Ok(settings::set(tx, WRITTEN, &format!("{today} {}", head.seq))?)
}
