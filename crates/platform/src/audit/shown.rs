//! What the pages show of the audit: who read what is mine, and what happened to accounts.

use jiff::Timestamp;
use policy::{Grant, Lists, of};

use crate::{
    ids::Id,
    row, sql,
    storage::{Result, Tx},
    values,
};

row! {
    /// That somebody read something of a person's.
    #[derive(PartialEq, Eq)]
    pub struct Seen {
        pub at: Timestamp,
        /// None once they asked to be forgotten.
        pub reader: Option<String>,
        pub record: String,
        pub about: Option<Id>,
        pub right: String,
        pub client: String,
    }
}

row! {
    #[derive(PartialEq, Eq)]
    pub struct AccountEvent {
        pub at: Timestamp,
        pub action: String,
        pub by: Option<String>,
        pub whose: Option<String>,
        pub client: String,
    }
}

sql! {
    READINGS_OF => "select e.at, a.name, e.record, e.about, e.by_right, e.client from audit e join audit_people mine on mine.pseudonym = e.whose left join audit_people p on p.pseudonym = e.actor left join accounts a on a.id = p.person where mine.person = $1 and e.action = 'read' and (e.shown_from is null or e.shown_from <= $3) order by e.seq desc limit $2";
    ACCOUNT_EVENTS => "select e.at, e.action, a.name, b.name, e.client from audit e left join audit_people p on p.pseudonym = e.actor left join accounts a on a.id = p.person left join audit_people w on w.pseudonym = e.whose left join accounts b on b.id = w.person where e.record = 'account' and e.action <> 'read' order by e.seq desc limit $1 offset $2";
    ACCOUNT_CHANGES => "select e.at, e.action, a.name, b.name, e.client from audit e left join audit_people p on p.pseudonym = e.actor left join accounts a on a.id = p.person left join audit_people w on w.pseudonym = e.whose left join accounts b on b.id = w.person where e.record = 'account' and e.action not in ('read', 'signed in', 'signed out') order by e.seq desc limit $1 offset $2";
    COUNT_EVENTS => "select count(*) as events from audit where record = 'account' and action <> 'read'";
    COUNT_CHANGES => "select count(*) as events from audit where record = 'account' and action not in ('read', 'signed in', 'signed out')";
}

/// Who read what is theirs to whom the proof was given, the newest first.
pub fn readings_of(tx: &mut Tx, proof: &Grant<of::AuditLog>, most: i64) -> Result<Vec<Seen>> {
    tx.rows(&READINGS_OF, values![Id::from(proof.person()), most, tx.now()])
}

/// What happened to accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Events {
    All,
    /// Without the daily signing in and out.
    Changes,
}

/// What happened to accounts, the newest first: so many after the first `from`.
pub fn account_events(
    tx: &mut Tx,
    _: &impl Lists<of::AuditLog>,
    which: Events,
    most: i64,
    from: i64,
) -> Result<Vec<AccountEvent>> {
    let statement = if which == Events::All { &ACCOUNT_EVENTS } else { &ACCOUNT_CHANGES };
    tx.rows(statement, values![most, from])
}

pub fn count_account_events(tx: &mut Tx, _: &impl Lists<of::AuditLog>, which: Events) -> Result<i64> {
    tx.one(if which == Events::All { &COUNT_EVENTS } else { &COUNT_CHANGES }, values![])
}
