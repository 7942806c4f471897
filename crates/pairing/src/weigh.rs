//! What a plan comes to that somebody put together by hand: the same numbers as for one that was looked for.

use crate::{BlockingPair, Input, Objective, Points, Refusal, plan::first_by_id, pool::Pool, stable};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    pub pairs: usize,
    /// Ids of mentees, in order.
    pub unmatched: Vec<String>,
    pub total: Points,
    pub blocking_pairs: usize,
    /// The first of them by id.
    pub blocking: Vec<BlockingPair>,
}

/// Weighs these pairs of mentees and mentors. Locked pairs are among them whether or not they are named; names that are
/// nobody's in the pool are passed over. Whether a pair may be made is not asked here: see [`crate::explain`].
pub fn weigh(input: &Input, pairs: &[(String, String)], seed: u64) -> Result<Weighed, Refusal> {
    let pool = Pool::new(input, seed, Objective::MostPairs)?;
    let mut paired = pool.locked.clone();
    for (mentee, mentor) in pairs {
        let row = pool.mentees.iter().position(|it| it.id == *mentee);
        let column = pool.mentors.iter().position(|it| it.id == *mentor);
        if let (Some(row), Some(_)) = (row, column)
            && paired[row].is_none()
        {
            paired[row] = column;
        }
    }
    let points = paired.iter().enumerate().filter_map(|(row, column)| Some(pool.points(row, (*column)?) as u64));
    let total = Points::from_micro(points.sum());
    let alone = paired.iter().enumerate().filter(|(_, column)| column.is_none());
    let mut unmatched: Vec<String> = alone.map(|(row, _)| pool.mentees[row].id.clone()).collect();
    unmatched.sort();
    let blocking = stable::blocking(&pool, &paired);
    Ok(Weighed {
        pairs: paired.len() - unmatched.len(),
        unmatched,
        total,
        blocking_pairs: blocking.len(),
        blocking: first_by_id(&pool, blocking),
    })
}
