//! Looking the chain of a database through, and noting that it was.

use jiff::{SignedDuration, Timestamp};

use super::{
    Entry, Fault, Verified,
    heads::{self, Anchor, Keys},
    people,
    verify::{Around, Verifier},
};
use crate::{
    row, sql,
    storage::{Db, Result, Tx},
    values,
};

sql! {
    STRETCH => "select seq, at, actor, whose, cohort, action, record, about, by_right, request, client, shown_from, hash from audit where seq > $1 order by seq limit $2";
    NOTE => "insert into audit_checks (at, entries, fault) values ($1, $2, $3) on conflict (at) do update set entries = excluded.entries, fault = excluded.fault";
    LATEST => "select at, entries, fault from audit_checks order by at desc limit 1";
}

/// How many entries are read at a time.
const STRETCH_LENGTH: i64 = 10_000;

row! {
    /// When the chain was looked through, and what was found.
    pub struct Check {
        pub at: Timestamp,
        pub entries: i64,
        /// Empty where it was whole.
        pub fault: String,
    }
}

/// Looks the whole chain through, in a unit of work of its own that only reads. `anchors`
/// are heads that were written down elsewhere.
pub fn check(tx: &mut Tx, anchors: &[Anchor]) -> Result<Result<Verified, Fault>> {
    tx.stand_still()?;
    let keys = Keys::of(tx.keyring());
    let (tip, heads, people) = (heads::tip(tx)?, heads::all(tx)?, people::all(tx)?);
    let around = Around { heads: &heads, people: &people, tip: &tip, anchors, keys: &keys };
    let mut verifier = match Verifier::new(around) {
        Ok(verifier) => verifier,
        Err(fault) => return Ok(Err(fault)),
    };
    let mut seen = i64::MIN;
    loop {
        let (stretch, broken) = stretch(tx, seen)?;
        for entry in &stretch {
            if let Err(fault) = verifier.entry(entry) {
                return Ok(Err(fault));
            }
        }
        match (broken, stretch.last()) {
            (Some(seq), _) => return Ok(Err(Fault::Unreadable(seq))),
            (None, None) => return Ok(verifier.end()),
            (None, Some(last)) => seen = last.seq,
        }
    }
}

/// Looks the chain through once a day, where time passes by itself, and says in the log
/// when it is not whole.
pub fn check_daily(db: &Db) {
    let now = db.ground.clock.now();
    let is_due = |it: Option<Check>| it.is_none_or(|it| now.duration_since(it.at) >= SignedDuration::from_hours(24));
    if db.ground.clock.is_stopped() || !db.read(latest).map_or(true, is_due) {
        return;
    }
    let noted = db.read(|tx| check(tx, &[])).and_then(|found| {
        if let Err(fault) = &found {
            tracing::error!(target: "audit", %fault, "the audit is not whole");
        }
        db.write(move |tx| note_check(tx, &found))
    });
    if let Err(error) = noted {
        tracing::error!(target: "audit", %error, "the audit could not be looked through");
    }
}

/// The next entries; where one cannot be read, those before it and its number.
fn stretch(tx: &mut Tx, seen: i64) -> Result<(Vec<Entry>, Option<i64>)> {
    if let Ok(stretch) = tx.rows(&STRETCH, values![seen, STRETCH_LENGTH]) {
        return Ok((stretch, None));
    }
    let mut readable = Vec::new();
    loop {
        let after = readable.last().map_or(seen, |it: &Entry| it.seq);
        match tx.rows::<Entry>(&STRETCH, values![after, 1]) {
            Ok(one) if one.is_empty() => return Ok((readable, None)),
            Ok(one) => readable.extend(one),
            Err(_) => return Ok((readable, Some(after.max(0) + 1))),
        }
    }
}

/// Notes that the chain was looked through.
pub fn note_check(tx: &mut Tx, found: &Result<Verified, Fault>) -> Result<()> {
    let (entries, fault) = match found {
        Ok(it) => (it.entries, String::new()),
        Err(fault) => (fault.entry(), fault.to_string()),
    };
    tx.exec(&NOTE, values![tx.now(), entries, fault]).map(|_| ())
}

pub fn latest(tx: &mut Tx) -> Result<Option<Check>> {
    tx.row(&LATEST, values![])
}
