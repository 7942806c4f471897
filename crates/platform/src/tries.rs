//! How often something may be tried in the whole house: counted in the database, so that
//! all processes count together and a start forgets nothing. What is tried is kept as a
//! hash, and only until it counts no more.

use jiff::SignedDuration;

use crate::{
    doors::Failure,
    identity::token_hash,
    ids::Id,
    jobs::Job,
    sql,
    storage::{Db, Result, Tx},
    values,
};

sql! {
    COUNT => "insert into tries (what_hash, many, ends_at) values ($1, 1, $2) on conflict (what_hash) do update set many = case when tries.ends_at <= $3 then 1 else tries.many + 1 end, ends_at = excluded.ends_at where tries.ends_at <= $3 or tries.many < $4";
    GIVE_BACK => "update tries set many = many - 1 where what_hash = $1 and many > 0";
    SOME => "select count(*) as tries from tries where ends_at <= $1";
    CLEAR => "delete from tries where ends_at <= $1";
}

/// Lets go of what counts no more.
pub const FORGET: Job = Job { name: "forget tries that count no more", find: over, act: forget };

/// Counts a try, unless `most` were counted since it was last quiet for as long as tries
/// last: then it is refused, and does not count. Counting and refusing is one statement, so
/// that of many at once no more than `most` slip through, in however many processes.
pub fn count(db: &Db, what: &str, most: usize, lasts: SignedDuration) -> Result<bool> {
    let (hash, most) = (token_hash(what), i64::try_from(most).unwrap_or(i64::MAX));
    db.write(move |tx| {
        let now = tx.now();
        Ok(tx.exec(&COUNT, values![hash.clone(), now + lasts, now, most])? == 1)
    })
}

/// A try that was right counts for nothing.
pub fn give_back(tx: &mut Tx, what: &str) -> Result<()> {
    tx.exec(&GIVE_BACK, values![token_hash(what)]).map(|_| ())
}

fn over(tx: &mut Tx) -> std::result::Result<Vec<Id>, Failure> {
    let some: i64 = tx.one(&SOME, values![tx.now()])?;
    Ok(if some > 0 { vec![Id::default()] } else { Vec::new() })
}

fn forget(tx: &mut Tx, _: Id) -> std::result::Result<(), Failure> {
    tx.exec(&CLEAR, values![tx.now()])?;
    Ok(())
}
