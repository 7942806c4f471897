//! Table `address_changes`: who asked for another e-mail address, and what became of it.

use jiff::{SignedDuration, Timestamp};
use platform::{identity::email_key, prelude::*};

/// For how long the old address may stop the change, or put itself back.
pub(crate) const STOPPABLE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// For how long the new address may say yes.
pub(crate) const CONFIRMABLE: SignedDuration = SignedDuration::from_hours(24);

row! {
    #[derive(PartialEq, Eq)]
    pub(crate) struct Change {
        pub id: Id,
        pub account: Id,
        pub old_email: String,
        pub new_email: String,
        pub asked_at: Timestamp,
        pub told_at: Option<Timestamp>,
        pub confirmed_at: Option<Timestamp>,
        pub ended_at: Option<Timestamp>,
    }
}

impl Change {
    /// Waits for the new address to say yes.
    pub(crate) fn waits(&self, now: Timestamp) -> bool {
        self.confirmed_at.is_none() && self.ended_at.is_none() && now < self.asked_at + CONFIRMABLE
    }

    pub(crate) fn can_be_stopped(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && now < self.asked_at + STOPPABLE
    }
}

sql! {
    ADD => "insert into address_changes (id, account, old_email, old_key, new_email, asked_at) values ($1, $2, $3, $4, $5, $6)";
    FIND => "select id, account, old_email, new_email, asked_at, told_at, confirmed_at, ended_at from address_changes where id = $1";
    OF_ACCOUNT => "select id, account, old_email, new_email, asked_at, told_at, confirmed_at, ended_at from address_changes where account = $1 order by asked_at desc, id desc";
    UNTOLD => "select id from address_changes where told_at is null order by asked_at";
    TOLD => "update address_changes set told_at = $2 where id = $1 and told_at is null";
    CONFIRM => "update address_changes set confirmed_at = $2 where id = $1 and confirmed_at is null and ended_at is null";
    END => "update address_changes set ended_at = $2 where id = $1 and ended_at is null";
    END_WAITING => "update address_changes set ended_at = $2 where account = $1 and confirmed_at is null and ended_at is null";
    RESERVED => "select count(*) as changes from address_changes where old_key = $1 and confirmed_at is not null and ended_at is null and asked_at > $2";
    FORGET => "delete from address_changes where account = $1";
}

/// Keeps that somebody asked; what they asked before counts no more.
pub(crate) fn add(tx: &mut Tx, account: &Account, new: &str) -> Result<(), Failure> {
    tx.exec(&END_WAITING, values![account.id, tx.now()])?;
    let id = tx.fresh_id();
    let key = email_key(&account.email);
    tx.exec(&ADD, values![id, account.id, &account.email, key, new.trim(), tx.now()])?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Option<Change>, Failure> {
    Ok(tx.row(&FIND, values![id])?)
}

/// What an account asked for, the newest first.
pub(crate) fn of_account(tx: &mut Tx, account: Id) -> Result<Vec<Change>, Failure> {
    Ok(tx.rows(&OF_ACCOUNT, values![account])?)
}

pub(crate) fn untold(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&UNTOLD, values![])?)
}

pub(crate) fn note_told(tx: &mut Tx, id: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&TOLD, values![id, tx.now()])? == 1)
}

pub(crate) fn confirm(tx: &mut Tx, id: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&CONFIRM, values![id, tx.now()])? == 1)
}

pub(crate) fn end(tx: &mut Tx, id: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&END, values![id, tx.now()])? == 1)
}

/// Whether an address may still be put back, so that nobody else can have it meanwhile.
pub(crate) fn is_reserved(tx: &mut Tx, email: &str) -> Result<bool, Failure> {
    Ok(tx.one::<i64>(&RESERVED, values![email_key(email), tx.now() - STOPPABLE])? > 0)
}

pub(crate) fn forget(tx: &mut Tx, account: Id) -> Result<(), Failure> {
    tx.exec(&FORGET, values![account])?;
    Ok(())
}

/// The address of a person and those they had before, each once.
pub fn addresses_of(tx: &mut Tx, person: Id) -> Result<Vec<String>, Failure> {
    let mut addresses: Vec<String> = platform::identity::find(tx, person)?.into_iter().map(|it| it.email).collect();
    for change in of_account(tx, person)?.into_iter().filter(|it| it.confirmed_at.is_some()) {
        for address in [change.old_email, change.new_email] {
            if !addresses.iter().any(|it| email_key(it) == email_key(&address)) {
                addresses.push(address);
            }
        }
    }
    addresses.retain(|it| !it.is_empty());
    Ok(addresses)
}

/// Addresses that a person had a few days ago: what is grave is told to them as well.
pub fn recent_addresses(tx: &mut Tx, person: Id) -> Result<Vec<String>, Failure> {
    let now = tx.now();
    let recent = |it: &Change| it.confirmed_at.is_some() && it.can_be_stopped(now);
    Ok(of_account(tx, person)?.into_iter().filter(recent).map(|it| it.old_email).collect())
}
