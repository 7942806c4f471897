//! Tables of what proves a person beside their password, and a sign-in on its way.

use jiff::{SignedDuration, Timestamp};
use platform::{
    identity::Strength,
    keys::{self, Place, Scope},
    prelude::*,
    sealed,
};
use proofs::{recovery, time_codes};
use sha2::{Digest, Sha256};

pub(crate) mod app;
pub(crate) mod code;
pub(crate) mod codes;
pub(crate) mod overview;
pub(crate) mod passkeys;

/// How long a sign-in may be on its way.
pub(crate) const STEP_LASTS: SignedDuration = SignedDuration::from_mins(10);

row! {
    struct AppRow {
        sealed: Vec<u8>,
        confirmed_at: Option<Timestamp>,
        last_step: i64,
    }
}

row! {
    pub(crate) struct Passkey {
        pub id: Id,
        pub account: Id,
        pub credential: Vec<u8>,
        pub name: String,
        pub public_key: String,
        pub created_at: Timestamp,
        pub last_used_at: Option<Timestamp>,
    }
}

row! {
    pub(crate) struct Step {
        pub account: Option<Id>,
        pub state: String,
    }
}

sealed! {
    SECRET => "app_codes", "sealed", "the secret of an app that shows codes";
}

sql! {
    APP => "select sealed, confirmed_at, last_step from app_codes where account = $1";
    HAS_APP => "select count(*) as apps from app_codes where account = $1 and confirmed_at is not null";
    BEGIN_APP => "insert into app_codes (account, sealed, created_at, last_step) values ($1, $2, $3, 0) on conflict (account) do update set sealed = excluded.sealed, created_at = excluded.created_at, last_step = 0, tries = 0 where app_codes.confirmed_at is null";
    CONFIRM_APP => "update app_codes set confirmed_at = $2, last_step = $3 where account = $1 and confirmed_at is null";
    USE_STEP => "update app_codes set last_step = $2 where account = $1 and last_step < $2";
    TRY_APP => "update app_codes set tries = tries + 1 where account = $1 and confirmed_at is not null";
    TRIES => "select tries from app_codes where account = $1";
    END_TRIES => "update app_codes set tries = 0 where account = $1 and tries > 0";
    DROP_APP => "delete from app_codes where account = $1";
    ADD_CODE => "insert into recovery_codes (code_hash, account, created_at) values ($1, $2, $3)";
    DROP_CODES => "delete from recovery_codes where account = $1";
    USE_CODE => "update recovery_codes set used_at = $3 where code_hash = $1 and account = $2 and used_at is null";
    CODES_LEFT => "select count(*) as codes from recovery_codes where account = $1 and used_at is null";
    PASSKEYS => "select id, account, credential, name, public_key, created_at, last_used_at from passkeys where account = $1 order by created_at, id";
    BY_CREDENTIAL => "select id, account, credential, name, public_key, created_at, last_used_at from passkeys where credential = $1";
    ADD_PASSKEY => "insert into passkeys (id, account, credential, name, public_key, created_at) values ($1, $2, $3, $4, $5, $6)";
    USE_PASSKEY => "update passkeys set last_used_at = $2, public_key = $3 where id = $1";
    NAME_PASSKEY => "update passkeys set name = $3 where id = $1 and account = $2";
    DROP_PASSKEY => "delete from passkeys where id = $1 and account = $2";
    DROP_PASSKEYS => "delete from passkeys where account = $1";
    ADD_STEP => "insert into sign_in_steps (token_hash, account, purpose, state, expires_at) values ($1, $2, $3, $4, $5)";
    STEP => "select account, state from sign_in_steps where token_hash = $1 and purpose = $2 and expires_at > $3";
    END_STEP => "delete from sign_in_steps where token_hash = $1 and purpose = $2 and expires_at > $3";
    CLEAR_STEPS => "delete from sign_in_steps where expires_at <= $1";
}

/// What a person has beside their password.
pub(crate) struct Factors {
    pub has_app: bool,
    pub passkeys: Vec<Passkey>,
    pub codes_left: i64,
}

impl Factors {
    /// Whether a password alone no longer signs in.
    pub fn are_two(&self) -> bool {
        self.has_app || !self.passkeys.is_empty()
    }
}

pub(crate) fn of(tx: &mut Tx, account: Id) -> Result<Factors, Failure> {
    Ok(Factors {
        has_app: tx.one::<i64>(&HAS_APP, values![account])? > 0,
        passkeys: passkeys_of(tx, account)?,
        codes_left: tx.one(&CODES_LEFT, values![account])?,
    })
}

fn scope(account: Id) -> Scope {
    Scope::owned("factor", account, account)
}

fn place(account: Id) -> Place {
    SECRET.at(account).by(account)
}

/// Begins an app: a secret that counts once its first code was right.
pub(crate) fn begin_app(tx: &mut Tx, account: Id) -> Result<(), Failure> {
    let secret = time_codes::secret(tx.chance().bytes());
    let sealed = keys::seal(tx, &scope(account), &place(account), &secret)?;
    tx.exec(&BEGIN_APP, values![account, sealed, tx.now()])?;
    Ok(())
}

/// The secret of an app that is not confirmed yet, to be shown to its person alone.
pub(crate) fn app_to_confirm(tx: &mut Tx, account: Id) -> Result<Option<String>, Failure> {
    let Some(app) = tx.row::<AppRow>(&APP, values![account])? else { return Ok(None) };
    if app.confirmed_at.is_some() {
        return Ok(None);
    }
    Ok(keys::open(tx, &scope(account), &place(account), &app.sealed)?)
}

/// Uses up a code of the app. Each counts once, whatever the clocks say.
pub(crate) fn use_app_code(tx: &mut Tx, account: Id, typed: &str, confirmed: bool) -> Result<bool, Failure> {
    let Some(app) = tx.row::<AppRow>(&APP, values![account])? else { return Ok(false) };
    if app.confirmed_at.is_some() != confirmed {
        return Ok(false);
    }
    let Some(secret) = keys::open(tx, &scope(account), &place(account), &app.sealed)? else { return Ok(false) };
    let step = time_codes::step(&secret, typed, tx.now().as_second(), app.last_step);
    let Some(step) = step.map_err(|error| platform::storage::StorageError::Other(error.to_string()))? else {
        return Ok(false);
    };
    let used = if confirmed {
        tx.exec(&USE_STEP, values![account, step])?
    } else {
        tx.exec(&CONFIRM_APP, values![account, tx.now(), step])?
    };
    Ok(used == 1)
}

/// Counts a code that is tried, and says how many were since the last right one.
pub(crate) fn count_try(tx: &mut Tx, account: Id) -> Result<i64, Failure> {
    tx.exec(&TRY_APP, values![account])?;
    Ok(tx.row(&TRIES, values![account])?.unwrap_or_default())
}

/// Somebody has shown by two factors that it is them: what was tried before is forgotten.
pub(crate) fn end_tries(tx: &mut Tx, account: Id) -> Result<(), Failure> {
    tx.exec(&END_TRIES, values![account])?;
    Ok(())
}

pub(crate) fn drop_app(tx: &mut Tx, account: Id) -> Result<(), Failure> {
    tx.exec(&DROP_APP, values![account])?;
    Ok(())
}

/// Makes ten new recovery codes; all before them count no more. They are shown once.
pub(crate) fn make_codes(tx: &mut Tx, account: Id) -> Result<Vec<String>, Failure> {
    tx.exec(&DROP_CODES, values![account])?;
    let mut codes = Vec::new();
    for _ in 0..recovery::HOW_MANY {
        let code = recovery::code(tx.chance().bytes());
        tx.exec(&ADD_CODE, values![recovery::hash(&code), account, tx.now()])?;
        codes.push(code);
    }
    Ok(codes)
}

pub(crate) fn use_recovery_code(tx: &mut Tx, account: Id, typed: &str) -> Result<bool, Failure> {
    Ok(tx.exec(&USE_CODE, values![recovery::hash(typed), account, tx.now()])? == 1)
}

/// Takes away all that proves a person beside their password.
pub(crate) fn drop_all(tx: &mut Tx, account: Id) -> Result<(), Failure> {
    drop_app(tx, account)?;
    tx.exec(&DROP_CODES, values![account])?;
    tx.exec(&DROP_PASSKEYS, values![account])?;
    Ok(())
}

pub(crate) fn drop_codes(tx: &mut Tx, account: Id) -> Result<(), Failure> {
    tx.exec(&DROP_CODES, values![account])?;
    Ok(())
}

pub(crate) fn passkeys_of(tx: &mut Tx, account: Id) -> Result<Vec<Passkey>, Failure> {
    Ok(tx.rows(&PASSKEYS, values![account])?)
}

pub(crate) fn passkey(tx: &mut Tx, credential: &[u8]) -> Result<Option<Passkey>, Failure> {
    Ok(tx.row(&BY_CREDENTIAL, values![credential.to_vec()])?)
}

pub(crate) fn add_passkey(tx: &mut Tx, account: Id, name: &str, kept: &proofs::passkeys::Kept) -> Result<(), Failure> {
    let id = tx.fresh_id();
    tx.exec(&ADD_PASSKEY, values![id, account, kept.credential.clone(), name, kept.key.clone(), tx.now()])?;
    Ok(())
}

pub(crate) fn use_passkey(tx: &mut Tx, passkey: &Passkey, key: Option<String>) -> Result<(), Failure> {
    let key = key.unwrap_or_else(|| passkey.public_key.clone());
    tx.exec(&USE_PASSKEY, values![passkey.id, tx.now(), key])?;
    Ok(())
}

pub(crate) fn name_passkey(tx: &mut Tx, account: Id, id: Id, name: &str) -> Result<bool, Failure> {
    Ok(tx.exec(&NAME_PASSKEY, values![id, account, name])? == 1)
}

pub(crate) fn drop_passkey(tx: &mut Tx, account: Id, id: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&DROP_PASSKEY, values![id, account])? == 1)
}

/// Begins a step of a sign-in and gives the secret that goes on with it.
pub(crate) fn begin_step(
    tx: &mut Tx,
    purpose: &'static str,
    account: Option<Id>,
    state: &str,
) -> Result<String, Failure> {
    tx.exec(&CLEAR_STEPS, values![tx.now()])?;
    let token = tx.chance().token();
    tx.exec(&ADD_STEP, values![hash(&token), account, purpose, state, tx.now() + STEP_LASTS])?;
    Ok(token)
}

pub(crate) fn step(tx: &mut Tx, purpose: &'static str, token: &str) -> Result<Option<Step>, Failure> {
    Ok(tx.row(&STEP, values![hash(token), purpose, tx.now()])?)
}

/// Ends a step. False when somebody was faster: each counts once.
pub(crate) fn end_step(tx: &mut Tx, purpose: &'static str, token: &str) -> Result<bool, Failure> {
    Ok(tx.exec(&END_STEP, values![hash(token), purpose, tx.now()])? == 1)
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Notes that this sign-in has a second factor now; all others of the account end, since
/// what they were made with no longer is enough.
pub(crate) fn strengthen(tx: &mut Tx, visit: &Visit, what: &'static str) -> Result<(), Failure> {
    let (account, sign_in) = (visit.person()?, visit.sign_in()?);
    if sign_in.strength() < Strength::TwoFactors {
        platform::identity::strengthen(tx, sign_in.id)?;
    }
    platform::identity::end_other_sign_ins(tx, account, sign_in.id)?;
    Ok(journal::record(tx, what, account, Some(account), None)?)
}
