//! Why somebody is left without a mentor.

use std::cmp::Reverse;

use crate::{Must, Objective, pool::Pool, table};

/// By mentor: who holds the places, in canonical order.
pub(crate) fn holders(pool: &Pool<'_>, paired: &[Option<usize>]) -> Vec<Vec<u32>> {
    let mut holders = vec![Vec::new(); pool.mentors.len()];
    for (row, column) in paired.iter().enumerate() {
        if let Some(column) = column {
            holders[*column].push(row as u32);
        }
    }
    holders
}

pub(crate) fn why(pool: &Pool<'_>, objective: Objective, row: usize, holders: &[Vec<u32>]) -> String {
    let who = pool.mentees[row].called();
    if pool.mentors.is_empty() {
        return "There is no mentor in the pool.".to_string();
    }
    let acceptable = pool.table.row(row).count();
    let best = pool.table.row(row).max_by_key(|(column, points)| (*points, Reverse(*column)));
    let Some((best, _)) = best else { return why_nobody(pool, objective, row) };
    let mentor = pool.mentors[best].called();
    let holders: Vec<&str> = holders[best].iter().map(|holder| pool.mentees[*holder as usize].called()).collect();
    let places = match (acceptable, holders.as_slice()) {
        (1, []) => return format!("{mentor} is the only mentor for {who} and takes nobody now."),
        (1, _) => format!("The only mentor for {who} has no place left"),
        (count, _) => format!("None of the {count} mentors for {who} has a place left"),
    };
    match holders.as_slice() {
        [] => format!("{places}."),
        // Who holds the place is the committee's to know; this text goes to no mentee.
        holders => format!("{places}; the nearest, {mentor}, is with {}.", holders.join(", ")),
    }
}

/// No mentor comes into question: the rules, the least score or the lists left none.
fn why_nobody(pool: &Pool<'_>, objective: Objective, row: usize) -> String {
    let who = pool.mentees[row].called();
    let rules = table::rules_of(pool, objective, row);
    let apart: usize = rules.iter().map(|(_, mentors)| mentors).sum();
    // Rules about people are told as one: a number behind each would tell that somebody wished not to meet.
    let (own, fixed): (Vec<_>, Vec<_>) =
        rules.iter().partition(|(rule, _)| Must::ALL.iter().any(|it| it.rule() == *rule));
    let fixed: usize = fixed.iter().map(|(_, mentors)| mentors).sum();
    let kept = (fixed > 0).then_some(("kept apart", fixed));
    let named = kept.into_iter().chain(own).map(|(rule, mentors)| format!("{rule} ({mentors})"));
    let named: Vec<String> = named.collect();
    let asked = table::asked(pool, objective, row);
    if asked == 0 && pool.binds(objective) {
        return format!("Nobody whom {who} could be paired with has {who} on the list, or stands on {who}'s.");
    }
    match (asked, named.as_slice()) {
        (0, _) => format!("No pair with {who} has been given a score."),
        (_, []) => format!("No mentor reaches the least score for {who}."),
        (asked, rules) if apart == asked => {
            format!("No mentor is left for {who} after the rules: {}.", rules.join(", "))
        }
        (_, rules) => {
            format!("No mentor who reaches the least score is left for {who} after the rules: {}.", rules.join(", "))
        }
    }
}
