//! Pairs that are decided and stay.

use crate::{
    Reason, Refusal,
    check::Ids,
    pool::Pool,
    refusal::{Fault, Place},
};

/// Puts every locked pair in its place, or says why it cannot be.
pub(crate) fn lock(pool: &mut Pool<'_>, ids: &Ids, rows: &[u32], columns: &[u32]) -> Result<(), Fault> {
    // In the order of ids, so that of several refusals always the same one is given.
    let mut pairs: Vec<_> =
        pool.input.locked.iter().enumerate().map(|(at, pair)| (&pair.mentee, &pair.mentor, at)).collect();
    pairs.sort();
    for (mentee, mentor, at) in pairs {
        // Both are in the pool, which the check of the input made sure of.
        let Some((row, column)) = ids.both(mentee, mentor) else { continue };
        let (row, column) = (rows[row] as usize, columns[column] as usize);
        let (mentee, mentor) = (pool.mentees[row].called().to_string(), pool.mentors[column].called().to_string());
        let place = Place::of("locked", at, "");
        if pool.locked[row].replace(column).is_some() {
            return Err(Refusal::LockedTwice(mentee).at(place));
        }
        if let Some(reason) = reason(pool, row, column) {
            return Err(Refusal::LockedAgainstRule { mentee, mentor, why: reason.words() }.at(place));
        }
        match pool.places[column].checked_sub(1) {
            Some(left) => pool.places[column] = left,
            None => return Err(Refusal::LockedPastCapacity(mentor).at(place)),
        }
    }
    Ok(())
}

/// The rule that keeps these two apart, with the committee's own words.
pub(crate) fn reason(pool: &Pool<'_>, row: usize, column: usize) -> Option<Reason> {
    let rule = pool.apart.of(row).rule(column, &pool.known_mentees[row], &pool.known_mentors[column])?;
    let (mentee, mentor) = (&pool.mentees[row].id, &pool.mentors[column].id);
    let why = || pool.input.exclusions.iter().find(|it| it.mentee == *mentee && it.mentor == *mentor);
    Some(match &pool.apart.rules[rule] {
        Reason::Committee(_) => Reason::Committee(why().map(|it| it.why.clone()).unwrap_or_default()),
        other => other.clone(),
    })
}
