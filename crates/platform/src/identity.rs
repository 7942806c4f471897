//! Who is asking: accounts and sign-ins.
//!
//! A cookie holds 256 random bits; the database holds their hash alone. A disabled
//! account, an ended sign-in and a changed password count on the next request.

use jiff::{SignedDuration, Timestamp};
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

row! {
    #[derive(PartialEq, Eq)]
    pub struct Account {
        pub id: Id,
        pub name: String,
        pub email: String,
    }
}

row! {
    pub struct SignIn {
        pub account: Id,
        pub created_at: Timestamp,
        pub expires_at: Timestamp,
        pub agent: String,
    }
}

sql! {
    FIND => "select id, name, email from accounts where id = $1";
    FIND_BY_EMAIL => "select id, name, email from accounts where email_key = $1 and disabled_at is null";
    HASH_OF => "select id, password_hash from accounts where email_key = $1 and disabled_at is null";
    HAS_PASSWORD => "select password_hash is not null as known from accounts where id = $1";
    INSERT => "insert into accounts (id, name, email, email_key, password_hash, created_at) values ($1, $2, $3, $4, $5, $6)";
    SET_PASSWORD => "update accounts set password_hash = $2 where id = $1";
    RENAME => "update accounts set name = $2 where id = $1";
    DISABLE => "update accounts set disabled_at = $2 where id = $1";
    BEARER => "select a.id, a.name, a.email from sign_ins s join accounts a on a.id = s.account where s.token_hash = $1 and s.expires_at > $2 and a.disabled_at is null";
    ADD_SIGN_IN => "insert into sign_ins (token_hash, account, created_at, expires_at, agent) values ($1, $2, $3, $4, $5)";
    KEEP_SIGNED_IN => "update sign_ins set expires_at = $1 where expires_at > $2 and expires_at < $1";
    END_SIGN_IN => "delete from sign_ins where token_hash = $1";
    END_ALL => "delete from sign_ins where account = $1";
    OF_ACCOUNT => "select account, created_at, expires_at, agent from sign_ins where account = $1 and expires_at > $2 order by created_at desc";
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

pub fn has_password(tx: &mut Tx, account: Id) -> Result<bool> {
    Ok(tx.row::<bool>(&HAS_PASSWORD, values![account])?.unwrap_or(false))
}

/// Sets a password; every sign-in of the account ends.
pub fn set_password(tx: &mut Tx, account: Id, hash: &str) -> Result<()> {
    tx.exec(&SET_PASSWORD, values![account, hash])?;
    tx.exec(&END_ALL, values![account]).map(|_| ())
}

pub(crate) fn password_hash(tx: &mut Tx, email: &str) -> Result<Option<(Id, Option<String>)>> {
    tx.row(&HASH_OF, values![email_key(email)])
}

/// Begins a sign-in and gives the secret for its cookie.
pub fn sign_in(tx: &mut Tx, account: Id, agent: &str) -> Result<String> {
    let token = tx.chance().token();
    let expires = tx.now() + SIGN_IN_LASTS;
    let agent: String = agent.chars().take(120).collect();
    tx.exec(&ADD_SIGN_IN, values![token_hash(&token), account, tx.now(), expires, agent])?;
    Ok(token)
}

/// The person who bears this cookie, if the sign-in still stands.
pub fn bearer(tx: &mut Tx, token: &str) -> Result<Option<Account>> {
    tx.row(&BEARER, values![token_hash(token), tx.now()])
}

/// Whoever is signed in at one moment still is at a later one, and for as long again: for
/// a clock that is moved by hand, where the time between was nobody's.
pub fn keep_signed_in(tx: &mut Tx, from: Timestamp, to: Timestamp) -> Result<()> {
    tx.exec(&KEEP_SIGNED_IN, values![to + SIGN_IN_LASTS, from]).map(|_| ())
}

pub fn sign_out(tx: &mut Tx, token: &str) -> Result<()> {
    tx.exec(&END_SIGN_IN, values![token_hash(token)]).map(|_| ())
}

pub fn sign_ins(tx: &mut Tx, account: Id) -> Result<Vec<SignIn>> {
    tx.rows(&OF_ACCOUNT, values![account, tx.now()])
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
