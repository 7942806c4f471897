//! Tables `eligibility_rules` and `eligibility_overrides`: what a cohort asks of those who
//! take part, and who counts as eligible all the same, with the reason (ELG6).

use jiff::Timestamp;
use platform::prelude::*;
use policy::{Opens, Scope, may, of};

row! {
    pub struct Override {
        pub id: Id,
        pub person: Id,
        pub name: String,
        pub reason: String,
        pub made_by_name: String,
        pub made_at: Timestamp,
        pub ended_by_name: Option<String>,
        pub ended_at: Option<Timestamp>,
    }
}

sql! {
    RULES => "select rules from eligibility_rules where cohort = $1";
    WRITE_RULES => "insert into eligibility_rules (cohort, rules, changed_by, changed_at) values ($1, $2, $3, $4) on conflict (cohort) do update set rules = excluded.rules, changed_by = excluded.changed_by, changed_at = excluded.changed_at";
    ADD => "insert into eligibility_overrides (id, cohort, person, reason, made_by, made_at) values ($1, $2, $3, $4, $5, $6)";
    REASON => "select reason from eligibility_overrides where cohort = $1 and person = $2 and ended_at is null order by made_at desc, id desc limit 1";
    LIST => "select o.id, o.person, a.name, o.reason, b.name as made_by_name, o.made_at, e.name as ended_by_name, o.ended_at from eligibility_overrides o join accounts a on a.id = o.person join accounts b on b.id = o.made_by left join accounts e on e.id = o.ended_by where o.cohort = $1 order by o.made_at desc, o.id desc";
    OF => "select person from eligibility_overrides where id = $1 and cohort = $2";
    END => "update eligibility_overrides set ended_at = $2, ended_by = $3 where id = $1 and ended_at is null";
}

/// The rules of a cohort as they were written, where they differ from the program's.
pub fn rules_of(tx: &mut Tx, cohort: Id) -> Result<Option<String>, Failure> {
    Ok(tx.row(&RULES, values![cohort])?)
}

pub fn write_rules(tx: &mut Tx, cohort: Id, rules: &str, by: Id) -> Result<(), Failure> {
    tx.exec(&WRITE_RULES, values![cohort, rules, by, tx.now()])?;
    journal::record(tx, "eligibility rules changed", cohort, Some(by), Some(cohort))?;
    Ok(())
}

/// Somebody counts as eligible in a cohort, whatever its rules say.
pub fn count_as_eligible(tx: &mut Tx, cohort: Id, person: Id, reason: &str, by: Id) -> Result<(), Failure> {
    let id = tx.fresh_id();
    tx.exec(&ADD, values![id, cohort, person, reason, by, tx.now()])?;
    journal::record(tx, "counted as eligible", person, Some(by), Some(cohort))?;
    Ok(())
}

/// Why somebody counts as eligible at this moment.
pub fn reason_to_count(
    tx: &mut Tx,
    _: &impl Opens<of::Application>,
    cohort: Id,
    person: Id,
) -> Result<Option<String>, Failure> {
    Ok(tx.row(&REASON, values![cohort, person])?)
}

/// All overrides of a cohort, the newest first, with those that have ended.
pub fn overrides(tx: &mut Tx, scope: &Scope<of::Application, may::Write>) -> Result<Vec<Override>, Failure> {
    Ok(tx.rows(&LIST, values![scope.cohort().map(Id::from)])?)
}

/// From now on the rules decide again. False when it had ended already.
pub fn end_override(tx: &mut Tx, cohort: Id, id: Id, by: Id) -> Result<bool, Failure> {
    let person: Id = tx.row(&OF, values![id, cohort])?.ok_or(Failure::NotFound)?;
    let ended = tx.exec(&END, values![id, tx.now(), by])? == 1;
    if ended {
        journal::record(tx, "no longer counted as eligible", person, Some(by), Some(cohort))?;
    }
    Ok(ended)
}
