//! Work on many rows, shared among the processors. The result stands in the order of rows, whoever did what.

use std::{num::NonZero, ops::Range, thread};

/// Under this many steps the threads would cost more than they save.
const WORTH_SHARING: usize = 200_000;

/// `steps` is how much work there is in all.
pub(crate) fn in_parts<T: Send>(rows: usize, steps: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let processors = thread::available_parallelism().map_or(1, NonZero::get).min(8);
    if processors < 2 || rows < processors || steps < WORTH_SHARING {
        return vec![work(0..rows)];
    }
    let each = rows.div_ceil(processors);
    let ranges: Vec<Range<usize>> = (0..rows).step_by(each).map(|from| from..rows.min(from + each)).collect();
    thread::scope(|scope| {
        let work = &work;
        let running: Vec<_> = ranges.into_iter().map(|range| scope.spawn(move || work(range))).collect();
        let done = running.into_iter().map(|it| it.join());
        // A part that panicked panics here too, with its own words.
        done.map(|it| it.unwrap_or_else(|words| std::panic::resume_unwind(words))).collect()
    })
}

/// Two pieces of work at the same time, if there is enough of it.
pub(crate) fn both<A: Send, B>(rows: usize, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    if rows < 5_000 {
        return (one(), other());
    }
    thread::scope(|scope| {
        let running = scope.spawn(one);
        let other = other();
        (running.join().unwrap_or_else(|words| std::panic::resume_unwind(words)), other)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_worked_on_once_and_in_order() {
        for (rows, steps) in [(0, 0), (1, usize::MAX), (7, usize::MAX), (1000, 10), (1000, usize::MAX)] {
            let done: Vec<usize> = in_parts(rows, steps, |range| range.collect::<Vec<_>>()).concat();
            assert_eq!(done, (0..rows).collect::<Vec<_>>());
        }
    }
}
