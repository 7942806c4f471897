//! Where the chain ends: the tip, moved with every entry, and heads that are signed now
//! and then. Both stand under keys that are not in the database.

use std::collections::HashMap;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use jiff::{SignedDuration, Timestamp};

use crate::{
    doors::Failure,
    ids::Id,
    jobs::Job,
    keys::{Keyring, hex},
    row, sql,
    storage::{Result, StorageError, Tx},
    values,
};

row! {
    /// The last entry, and how many signed heads there are.
    #[derive(PartialEq, Eq)]
    pub struct Tip {
        pub seq: i64,
        pub hash: Vec<u8>,
        pub heads: i64,
        pub master: String,
        pub code: Vec<u8>,
    }
}

row! {
    #[derive(PartialEq, Eq)]
    pub struct SignedHead {
        pub number: i64,
        pub seq: i64,
        pub hash: Vec<u8>,
        pub at: Timestamp,
        pub is_cut: bool,
        /// The stamp of the head before.
        pub before: Vec<u8>,
        pub master: String,
        pub signature: Vec<u8>,
    }
}

sql! {
    TIP => "select seq, hash, heads, master, code from audit_tip where one = 1";
    MOVE_TIP => "update audit_tip set seq = $1, hash = $2, heads = $3, master = $4, code = $5 where one = 1";
    ADD => "insert into audit_heads (number, seq, hash, at, is_cut, before, master, signature) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    LATEST => "select number, seq, hash, at, is_cut, before, master, signature from audit_heads order by number desc limit 1";
    ALL => "select number, seq, hash, at, is_cut, before, master, signature from audit_heads order by number";
}

sql!(HOLD_TIP => sqlite "select seq, hash, heads, master, code from audit_tip where one = 1",
    pg "select seq, hash, heads, master, code from audit_tip where one = 1 for update");

/// How long an entry may wait for a signed head, and how many may.
const LONGEST: SignedDuration = SignedDuration::from_hours(1);
const MOST: i64 = 10_000;

/// Signs the end of the chain where it is time to.
pub(super) const SIGN: Job = Job { name: "sign the audit", find: unsigned, act: sign_again };

fn unsigned(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let tip = tip(tx)?;
    let latest = latest(tx)?;
    let is_time = match &latest {
        _ if tip.seq == 0 => false,
        None => true,
        Some(head) => tip.seq - head.seq >= MOST || (tip.seq > head.seq && tx.now().duration_since(head.at) >= LONGEST),
    };
    Ok(if is_time { vec![Id::default()] } else { Vec::new() })
}

fn sign_again(tx: &mut Tx, _: Id) -> Result<(), Failure> {
    if !unsigned(tx)?.is_empty() {
        let tip = hold_tip(tx)?;
        let hash = tip.hash.clone();
        sign(tx, tip.seq, &hash, false)?;
    }
    Ok(())
}

/// Signs one end of the chain, and says so in the log, which is kept elsewhere.
pub(super) fn sign(tx: &mut Tx, seq: i64, hash: &[u8], is_cut: bool) -> Result<()> {
    let mut tip = hold_tip(tx)?;
    let before = latest(tx)?.map(|it| it.stamp()).unwrap_or_default();
    let (master, key) = tx.keyring().derived(None, SIGNING).ok_or_else(no_key)?;
    let mut head = SignedHead {
        number: tip.heads + 1,
        seq,
        hash: hash.to_vec(),
        at: tx.now(),
        is_cut,
        before,
        master,
        signature: Vec::new(),
    };
    head.signature = SigningKey::from_bytes(&key).sign(&head.message()).to_bytes().to_vec();
    let it = head.clone();
    tx.exec(&ADD, values![it.number, it.seq, it.hash, it.at, it.is_cut, it.before, it.master, it.signature])?;
    tip.heads = head.number;
    move_tip(tx, &tip)?;
    tracing::info!(target: "audit", number = head.number, head = head.anchor().to_string(), signature = hex(&head.signature), "the end of the audit is signed");
    Ok(())
}

/// The end of the chain, as it stands now.
pub fn tip(tx: &mut Tx) -> Result<Tip> {
    tx.one(&TIP, values![])
}

/// The end of the chain, which is this unit's until it ends.
pub(super) fn hold_tip(tx: &mut Tx) -> Result<Tip> {
    tx.one(&HOLD_TIP, values![])
}

pub(super) fn move_tip(tx: &mut Tx, tip: &Tip) -> Result<()> {
    let (master, key) = tx.keyring().derived(None, SEALING).ok_or_else(no_key)?;
    let code = tip.code_under(&key);
    tx.exec(&MOVE_TIP, values![tip.seq, tip.hash.clone(), tip.heads, master, code.to_vec()]).map(|_| ())
}

/// The newest signed head.
pub fn latest(tx: &mut Tx) -> Result<Option<SignedHead>> {
    tx.row(&LATEST, values![])
}

pub(super) fn all(tx: &mut Tx) -> Result<Vec<SignedHead>> {
    tx.rows(&ALL, values![])
}

fn no_key() -> StorageError {
    StorageError::Other("the keyring is empty".to_owned())
}

/// What the keys for the audit are derived for. Another use has other words.
const SEALING: &str = "duology 2026-11 audit: code of the tip";
const SIGNING: &str = "duology 2026-11 audit: signature of heads";

/// What checks tips and heads, by the name of the master key.
pub struct Keys {
    by_name: HashMap<String, ([u8; 32], VerifyingKey)>,
}

impl Keys {
    pub fn of(keyring: &Keyring) -> Self {
        let one = |name: &str| {
            let (_, sealing) = keyring.derived(Some(name), SEALING)?;
            let (_, signing) = keyring.derived(Some(name), SIGNING)?;
            Some((name.to_owned(), (sealing, SigningKey::from_bytes(&signing).verifying_key())))
        };
        Self { by_name: keyring.names().iter().map(String::as_str).filter_map(one).collect() }
    }

    /// Whether we made this head; none where the keyring no longer has its key.
    pub(super) fn signed(&self, head: &SignedHead) -> Option<bool> {
        let (_, key) = self.by_name.get(&head.master)?;
        let signature = Signature::from_slice(&head.signature);
        Some(signature.is_ok_and(|it| key.verify_strict(&head.message(), &it).is_ok()))
    }

    pub(super) fn sealed(&self, tip: &Tip) -> bool {
        let key = self.by_name.get(&tip.master);
        key.is_some_and(|(key, _)| blake3::Hash::from(tip.code_under(key)) == *tip.code.as_slice())
    }
}

impl Tip {
    pub(super) fn code_under(&self, key: &[u8; 32]) -> [u8; 32] {
        let mut bytes = self.seq.to_be_bytes().to_vec();
        bytes.extend_from_slice(&self.heads.to_be_bytes());
        bytes.extend_from_slice(&self.hash);
        *blake3::keyed_hash(key, &bytes).as_bytes()
    }
}

impl SignedHead {
    /// What a later head says of this one, and of every earlier one with it.
    pub(super) fn stamp(&self) -> Vec<u8> {
        let bytes = [&self.message()[..], &self.signature].concat();
        blake3::hash(&bytes).as_bytes().to_vec()
    }

    fn message(&self) -> Vec<u8> {
        let mut out = b"duology audit head v1".to_vec();
        for number in [self.number, self.seq, self.at.as_microsecond(), i64::from(self.is_cut)] {
            out.extend_from_slice(&number.to_be_bytes());
        }
        for part in [&self.hash[..], &self.before, self.master.as_bytes()] {
            out.extend_from_slice(&(part.len() as u64).to_be_bytes());
            out.extend_from_slice(part);
        }
        out
    }

    pub fn anchor(&self) -> Anchor {
        Anchor { seq: self.seq, hash: self.hash.clone() }
    }
}

/// An end of the chain that somebody wrote down elsewhere: in a letter, in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    pub seq: i64,
    pub hash: Vec<u8>,
}

impl std::fmt::Display for Anchor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.seq, hex(&self.hash))
    }
}

impl std::str::FromStr for Anchor {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let wrong = || format!("`{text}` is no head; it looks like 1200:0b7e… with 64 digits");
        let (seq, digits) = text.trim().split_once(':').ok_or_else(wrong)?;
        let hash = crate::keys::unhex(digits).ok_or_else(wrong)?;
        Ok(Self { seq: seq.parse().map_err(|_| wrong())?, hash: hash.to_vec() })
    }
}

#[cfg(test)]
pub(super) fn signed_for_test(keyring: &Keyring, mut head: SignedHead) -> SignedHead {
    let (master, key) = keyring.derived(None, SIGNING).unwrap();
    head.master = master;
    head.signature = SigningKey::from_bytes(&key).sign(&head.message()).to_bytes().to_vec();
    head
}

#[cfg(test)]
pub(super) fn sealed_for_test(keyring: &Keyring, mut tip: Tip) -> Tip {
    let (master, key) = keyring.derived(None, SEALING).unwrap();
    tip.master = master;
    tip.code = tip.code_under(&key).to_vec();
    tip
}
