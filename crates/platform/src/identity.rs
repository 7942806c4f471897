//! Who is asking: accounts and sign-ins.
//!
//! A cookie holds 256 random bits; the database holds their hash alone. A disabled
//! account, an ended sign-in and a changed password count on the next request. A sign-in
//! knows how well its person was known and when they last showed it; how long it lasts
//! follows from the roles they hold at the time of the request.

use jiff::{SignedDuration, Timestamp};
use policy::{Opens, of};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::{
    ids::Id,
    row, sql,
    storage::{Result, Tx},
    values,
};

/// How long a sign-in lasts.
pub const SIGN_IN_LASTS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long it lasts for those who work here, and how long it may lie idle.
const DAY: SignedDuration = SignedDuration::from_hours(24);
const IDLE: SignedDuration = SignedDuration::from_hours(1);
/// How long somebody who showed who they are need not do so again.
pub const PROOF_LASTS: SignedDuration = SignedDuration::from_mins(10);
/// How exactly it is known when a sign-in was last used: not every page is a change.
const USED_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// The setting that asks everybody for a second factor.
pub const SECOND_FACTOR_FOR_ALL: &str = "second factor for all";

/// How well the house knows who signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    OneFactor = 1,
    TwoFactors = 2,
}

row! {
    #[derive(PartialEq, Eq)]
    pub struct Account {
        pub id: Id,
        pub name: String,
        pub email: String,
    }
}

row! {
    #[derive(PartialEq, Eq)]
    pub struct SignIn {
        pub id: Id,
        pub account: Id,
        pub strength: i64,
        pub created_at: Timestamp,
        pub proved_at: Timestamp,
        pub last_used_at: Timestamp,
        pub agent: String,
    }
}

impl SignIn {
    pub fn has_two_factors(&self) -> bool {
        self.strength >= Strength::TwoFactors as i64
    }

    pub fn strength(&self) -> Strength {
        if self.has_two_factors() { Strength::TwoFactors } else { Strength::OneFactor }
    }

    /// Whether its person showed a moment ago who they are.
    pub fn is_proved(&self, now: Timestamp) -> bool {
        now.duration_since(self.proved_at) < PROOF_LASTS
    }

    /// Whether it is over for somebody whose sign-ins end with the day.
    pub(crate) fn is_over_for_today(&self, now: Timestamp) -> bool {
        now.duration_since(self.created_at) >= DAY || now.duration_since(self.last_used_at) >= IDLE
    }

    pub(crate) fn wants_touch(&self, now: Timestamp) -> bool {
        now.duration_since(self.last_used_at) >= USED_EVERY
    }
}

sql! {
    FIND => "select id, name, email from accounts where id = $1";
    FIND_BY_EMAIL => "select id, name, email from accounts where email_key = $1 and disabled_at is null";
    HASH_OF => "select id, password_hash from accounts where email_key = $1 and disabled_at is null";
    HAS_PASSWORD => "select password_hash is not null as known from accounts where id = $1";
    INSERT => "insert into accounts (id, name, email, email_key, password_hash, created_at) values ($1, $2, $3, $4, $5, $6)";
    SET_PASSWORD => "update accounts set password_hash = $2 where id = $1";
    IS_OPEN => "select count(*) as accounts from accounts where id = $1 and disabled_at is null";
    FORGET_PASSWORD => "update accounts set password_hash = null where id = $1";
    RENAME => "update accounts set name = $2 where id = $1";
    DISABLE => "update accounts set disabled_at = $2 where id = $1";
    MOVE => "update accounts set email = $2, email_key = $3 where id = $1 and disabled_at is null";
    IS_TAKEN => "select count(*) as accounts from accounts where email_key = $1 and id <> $2";
    EMPTY => "update accounts set name = $2, email = '', email_key = $3, password_hash = null, disabled_at = $4 where id = $1";
    CREATED => "select created_at from accounts where id = $1";
    BEARER => "select a.id, a.name, a.email from sign_ins s join accounts a on a.id = s.account where s.token_hash = $1 and s.expires_at > $2 and a.disabled_at is null";
    BEARING => "select a.name, a.email, s.id, s.account, s.strength, s.created_at, s.proved_at, s.last_used_at, s.agent, p.value as for_all from sign_ins s join accounts a on a.id = s.account left join settings p on p.name = 'second factor for all' where s.token_hash = $1 and s.expires_at > $2 and a.disabled_at is null";
    ADD_SIGN_IN => "insert into sign_ins (token_hash, id, account, strength, created_at, proved_at, last_used_at, expires_at, agent) values ($1, $2, $3, $4, $5, $5, $5, $6, $7)";
    KEEP_SIGNED_IN => "update sign_ins set created_at = $1, proved_at = $1, last_used_at = $1, expires_at = $2 where expires_at > $3 and expires_at < $2";
    RENEW => "update sign_ins set created_at = $2, proved_at = $2, last_used_at = $2, expires_at = $3 where token_hash = $1 and expires_at > $2";
    TOUCH => "update sign_ins set last_used_at = $2 where token_hash = $1 and last_used_at < $2";
    PROVE => "update sign_ins set proved_at = $2 where id = $1";
    STRENGTHEN => "update sign_ins set proved_at = $2, strength = 2 where id = $1";
    END_SIGN_IN => "delete from sign_ins where token_hash = $1";
    END_ONE => "delete from sign_ins where id = $1 and account = $2";
    END_ALL => "delete from sign_ins where account = $1";
    END_OTHERS => "delete from sign_ins where account = $1 and id <> $2";
    OF_ACCOUNT => "select id, account, strength, created_at, proved_at, last_used_at, agent from sign_ins where account = $1 and expires_at > $2 order by last_used_at desc, id desc";
    COUNT => "select count(*) as accounts from accounts";
    ALL => "select id, name, email from accounts where disabled_at is null order by name, id";
}

pub fn find(tx: &mut Tx, id: Id) -> Result<Option<Account>> {
    tx.row(&FIND, values![id])
}

pub fn find_by_email(tx: &mut Tx, email: &str) -> Result<Option<Account>> {
    tx.row(&FIND_BY_EMAIL, values![email_key(email)])
}

pub fn count(tx: &mut Tx) -> Result<i64> {
    tx.one(&COUNT, values![])
}

pub fn all(tx: &mut Tx) -> Result<Vec<Account>> {
    tx.rows(&ALL, values![])
}

/// Makes an account. Its address must be new; the database has the last word.
pub fn add(tx: &mut Tx, name: &str, email: &str, password_hash: Option<&str>) -> Result<Id> {
    let id = tx.fresh_id();
    let hash = password_hash.map(str::to_owned);
    tx.exec(&INSERT, values![id, name, email.trim(), email_key(email), hash, tx.now()])?;
    Ok(id)
}

pub fn rename(tx: &mut Tx, account: Id, name: &str) -> Result<()> {
    tx.exec(&RENAME, values![account, name]).map(|_| ())
}

pub fn disable(tx: &mut Tx, account: Id) -> Result<()> {
    tx.exec(&DISABLE, values![account, tx.now()])?;
    tx.exec(&END_ALL, values![account]).map(|_| ())
}

/// Gives an account another address. False where the address has an account already.
pub fn move_to(tx: &mut Tx, account: Id, email: &str) -> Result<bool> {
    if tx.one::<i64>(&IS_TAKEN, values![email_key(email), account])? > 0 {
        return Ok(false);
    }
    Ok(tx.exec(&MOVE, values![account, email.trim(), email_key(email)])? == 1)
}

/// Closes an account for good and takes name and address out of it, so that somebody may
/// make a new one with the address. Its sign-ins end.
pub fn empty(tx: &mut Tx, account: Id, name: &str) -> Result<()> {
    // No address looks like this, and no two accounts have the same.
    tx.exec(&EMPTY, values![account, name, format!("left {account}"), tx.now()])?;
    tx.exec(&END_ALL, values![account]).map(|_| ())
}

pub fn created_at(tx: &mut Tx, account: Id) -> Result<Option<Timestamp>> {
    tx.row(&CREATED, values![account])
}

/// Whether the account is there and not closed.
pub fn is_open(tx: &mut Tx, account: Id) -> Result<bool> {
    Ok(tx.one::<i64>(&IS_OPEN, values![account])? > 0)
}

pub fn has_password(tx: &mut Tx, account: Id) -> Result<bool> {
    Ok(tx.row::<bool>(&HAS_PASSWORD, values![account])?.unwrap_or(false))
}

/// Sets a password; every sign-in of the account ends.
pub fn set_password(tx: &mut Tx, account: Id, hash: &str) -> Result<()> {
    tx.exec(&SET_PASSWORD, values![account, hash])?;
    tx.exec(&END_ALL, values![account]).map(|_| ())
}

/// Takes the password away, and ends every sign-in. A letter leads to another.
pub fn forget_password(tx: &mut Tx, account: Id) -> Result<()> {
    tx.exec(&FORGET_PASSWORD, values![account])?;
    tx.exec(&END_ALL, values![account]).map(|_| ())
}

pub(crate) fn password_hash(tx: &mut Tx, email: &str) -> Result<Option<(Id, Option<String>)>> {
    tx.row(&HASH_OF, values![email_key(email)])
}

/// Begins a sign-in and gives the secret for its cookie.
pub fn sign_in(tx: &mut Tx, account: Id, agent: &str, strength: Strength) -> Result<String> {
    let token = tx.chance().token();
    let expires = tx.now() + SIGN_IN_LASTS;
    let agent: String = agent.chars().take(160).collect();
    let row = values![token_hash(&token), sign_in_id(&token), account, strength as i64, tx.now(), expires, agent];
    tx.exec(&ADD_SIGN_IN, row)?;
    Ok(token)
}

/// The name under which lists know a sign-in. It follows from the secret, and leads
/// nobody back to it.
fn sign_in_id(token: &str) -> Id {
    let hash = Sha256::digest(format!("name of {token}").as_bytes());
    Id::from_bytes(hash.first_chunk().copied().unwrap_or_default())
}

/// The person who bears this cookie, if the sign-in still stands.
pub fn bearer(tx: &mut Tx, token: &str) -> Result<Option<Account>> {
    tx.row(&BEARER, values![token_hash(token), tx.now()])
}

/// Who bears a cookie, by which sign-in, and whether the house asks everybody for a second factor.
pub(crate) struct Bearing {
    pub account: Account,
    pub sign_in: SignIn,
    pub for_all: bool,
}

row! {
    struct BearingRow {
        name: String,
        email: String,
        id: Id,
        account: Id,
        strength: i64,
        created_at: Timestamp,
        proved_at: Timestamp,
        last_used_at: Timestamp,
        agent: String,
        for_all: Option<String>,
    }
}

pub(crate) fn bearing(tx: &mut Tx, token: &str) -> Result<Option<Bearing>> {
    let row = tx.row::<BearingRow>(&BEARING, values![token_hash(token), tx.now()])?;
    Ok(row.map(|row| Bearing {
        account: Account { id: row.account, name: row.name, email: row.email },
        sign_in: SignIn {
            id: row.id,
            account: row.account,
            strength: row.strength,
            created_at: row.created_at,
            proved_at: row.proved_at,
            last_used_at: row.last_used_at,
            agent: row.agent,
        },
        for_all: row.for_all.as_deref() == Some("yes"),
    }))
}

/// Whoever is signed in at one moment still is at a later one, and for as long again: for
/// a clock that is moved by hand, where the time between was nobody's.
pub fn keep_signed_in(tx: &mut Tx, from: Timestamp, to: Timestamp) -> Result<()> {
    tx.exec(&KEEP_SIGNED_IN, values![to, to + SIGN_IN_LASTS, from]).map(|_| ())
}

/// Lets one sign-in that still stands begin anew, for a clock that is moved by hand.
pub fn renew(tx: &mut Tx, token: &str) -> Result<()> {
    tx.exec(&RENEW, values![token_hash(token), tx.now(), tx.now() + SIGN_IN_LASTS]).map(|_| ())
}

pub(crate) fn touch(tx: &mut Tx, token: &str) -> Result<()> {
    tx.exec(&TOUCH, values![token_hash(token), tx.now()]).map(|_| ())
}

/// Notes that the person of this sign-in showed at `at` who they are.
pub fn prove(tx: &mut Tx, sign_in: Id, at: Timestamp) -> Result<()> {
    tx.exec(&PROVE, values![sign_in, at]).map(|_| ())
}

/// Notes that the person of this sign-in has shown a second factor.
pub fn strengthen(tx: &mut Tx, sign_in: Id) -> Result<()> {
    tx.exec(&STRENGTHEN, values![sign_in, tx.now()]).map(|_| ())
}

pub fn sign_out(tx: &mut Tx, token: &str) -> Result<()> {
    tx.exec(&END_SIGN_IN, values![token_hash(token)]).map(|_| ())
}

/// What somebody is called; empty where there is no such account.
pub fn name_of(tx: &mut Tx, account: Id) -> Result<String> {
    Ok(find(tx, account)?.map(|it| it.name).unwrap_or_default())
}

/// The sign-ins of an account, the one used last first.
pub fn sign_ins(tx: &mut Tx, _: &impl Opens<of::AccountSession>, account: Id) -> Result<Vec<SignIn>> {
    tx.rows(&OF_ACCOUNT, values![account, tx.now()])
}

/// How many of them there are.
pub fn count_sign_ins(tx: &mut Tx, account: Id) -> Result<usize> {
    Ok(sign_ins(tx, &policy::house(), account)?.len())
}

/// Ends one sign-in of an account. False when there is no such one.
pub fn end_sign_in(tx: &mut Tx, account: Id, sign_in: Id) -> Result<bool> {
    Ok(tx.exec(&END_ONE, values![sign_in, account])? == 1)
}

pub fn end_other_sign_ins(tx: &mut Tx, account: Id, but: Id) -> Result<()> {
    tx.exec(&END_OTHERS, values![account, but]).map(|_| ())
}

pub fn end_all_sign_ins(tx: &mut Tx, account: Id) -> Result<()> {
    tx.exec(&END_ALL, values![account]).map(|_| ())
}

/// Addresses are compared without regard to case or to how letters were composed.
pub fn email_key(email: &str) -> String {
    email.trim().nfc().collect::<String>().to_lowercase()
}

/// Whether this can be an address at all: one `@` with something on both sides, a dot
/// in the host, no white space and nothing that ends a header line.
pub fn is_email(text: &str) -> bool {
    let text = text.trim();
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    let plain = |it: char| !it.is_whitespace() && !it.is_control() && !"<>(),;:\\\"[]".contains(it);
    let dotted = host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains("..");
    !local.is_empty()
        && !local.contains('@')
        && local.len() <= 64
        && text.len() <= 254
        && dotted
        && text.chars().all(plain)
}

pub(crate) fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_what_is_none() {
        for good in ["a@b.org", "Zoë.Ångström@bücher.example", "a+b@c.d.org"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "@b.org",
            "a@@b.org",
            "a b@c.org",
            "a@b.org\nBcc: x@y.org",
            "<a@b.org>",
            "a@.org",
            "a@b..org",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    // ELG2
    #[test]
    fn addresses_match_regardless_of_case_and_composition() {
        assert_eq!(email_key(" Zoe\u{308}@Example.ORG "), email_key("zo\u{eb}@example.org"));
    }
}
