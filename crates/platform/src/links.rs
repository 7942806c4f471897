//! One-time links in letters. Only the hash of the secret is kept; following a link
//! with GET changes nothing, so that mail scanners may touch it as often as they like.

use jiff::{SignedDuration, Timestamp};

use crate::{
    identity::token_hash,
    ids::Id,
    row, sql,
    storage::{Result, Tx},
    values,
};

row! {
    pub struct Link {
        pub purpose: String,
        pub account: Option<Id>,
        pub about: Id,
        pub expires_at: Timestamp,
        pub used_at: Option<Timestamp>,
    }
}

/// Why a link does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefusal {
    #[error("This link is not one of ours. Please copy it whole from the letter.")]
    Unknown,
    #[error("This link has expired. Sign in to see what is open for you.")]
    Expired,
    #[error("This link has been used already. If that was you, all is well.")]
    Used,
}

sql! {
    INSERT => "insert into links (token_hash, purpose, account, about, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)";
    FIND => "select purpose, account, about, expires_at, used_at from links where token_hash = $1 and purpose = $2";
    USE => "update links set used_at = $2 where token_hash = $1 and used_at is null";
    FORGET => "delete from links where account = $1 or about = $1";
    END => "update links set used_at = $3 where about = $1 and purpose = $2 and used_at is null";
}

/// Makes a link and gives its secret, which stands in the letter and nowhere else.
pub fn make(
    tx: &mut Tx,
    purpose: &'static str,
    account: Option<Id>,
    about: Id,
    lasts: SignedDuration,
) -> Result<String> {
    let token = tx.chance().token();
    let expires = tx.now() + lasts;
    tx.exec(&INSERT, values![token_hash(&token), purpose, account, about, tx.now(), expires])?;
    Ok(token)
}

/// Looks at a link without using it.
pub fn look(tx: &mut Tx, purpose: &str, token: &str) -> Result<Result<Link, LinkRefusal>> {
    let Some(link) = tx.row::<Link>(&FIND, values![token_hash(token), purpose])? else {
        return Ok(Err(LinkRefusal::Unknown));
    };
    if link.used_at.is_some() {
        return Ok(Err(LinkRefusal::Used));
    }
    if link.expires_at <= tx.now() {
        return Ok(Err(LinkRefusal::Expired));
    }
    Ok(Ok(link))
}

/// Uses a link up. False when someone was faster.
pub fn use_up(tx: &mut Tx, token: &str) -> Result<bool> {
    Ok(tx.exec(&USE, values![token_hash(token), tx.now()])? == 1)
}

/// Ends every open link of one purpose about one thing.
pub fn end(tx: &mut Tx, purpose: &str, about: Id) -> Result<()> {
    tx.exec(&END, values![about, purpose, tx.now()]).map(|_| ())
}

/// Takes away every link of somebody, and every link about them.
pub fn forget(tx: &mut Tx, person: Id) -> Result<()> {
    tx.exec(&FORGET, values![person]).map(|_| ())
}
