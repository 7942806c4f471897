//! What follows, step by step, when a duo needs a word and nothing changes. Every step
//! is a person's to take, save the first small reminder; nothing ends by itself. CHK8.

use jiff::civil::Date;

use super::{
    days::between,
    signal::{About, Signal, State},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rung {
    /// The house keeps an eye on it. Where it is silence, a small reminder goes out by itself.
    Watch,
    /// The liaison writes to each of them, separately.
    Write,
    /// The chair learns that the duo needs attention, and nothing more.
    TellChair,
    /// The liaison talks with each about options.
    TalkOptions,
}

/// From which day of trouble on each rung may be climbed.
const RUNGS: [(i64, Rung); 4] = [(0, Rung::Watch), (7, Rung::Write), (14, Rung::TellChair), (21, Rung::TalkOptions)];

/// Since when there is trouble, and how many rungs were climbed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Climb {
    pub since: Date,
    pub rungs: usize,
}

/// One look: where the duo stands on the ladder now, and what is to be done today. A duo
/// that is well again leaves the ladder. At most one rung a day, so that none is skipped.
pub fn ladder(state: State, before: Option<Climb>, today: Date) -> (Option<Climb>, Option<Rung>) {
    if state < State::Amber {
        return (None, None);
    }
    let climb = before.unwrap_or(Climb { since: today, rungs: 0 });
    match RUNGS.get(climb.rungs) {
        Some((day, rung)) if between(climb.since, today) >= *day => {
            (Some(Climb { rungs: climb.rungs + 1, ..climb }), Some(*rung))
        }
        _ => (Some(climb), None),
    }
}

/// Whether a reminder to meet is the right word: only where silence is the trouble. Asked of
/// dates and counts alone, or its coming would tell the one what the other has answered.
pub fn is_quiet(by_dates: &Signal) -> bool {
    let troubled = |about: About| by_dates.facts.iter().any(|it| it.about == about && it.light >= State::Amber);
    troubled(About::Meetings) || troubled(About::CheckIns)
}

/// Since when it has been quiet; it begins on the day on which somebody looks.
pub fn quiet_since(by_dates: &Signal, before: Option<Date>, today: Date) -> Option<Date> {
    is_quiet(by_dates).then(|| before.unwrap_or(today))
}
