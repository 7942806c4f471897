//! The calendar of a cohort as the rooms ask it: which day a step falls on, and whether
//! it has come. A deadline ends at the last second of its day in the program's zone.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};
use platform::prelude::*;
use serde::Deserialize;

use crate::{
    cohorts::Cohort,
    preset,
    rules::calendar::{Anchors, Blackout, Shift, StepRule, compute},
};

/// One step of every calendar, with the words that people read.
#[derive(Clone, Debug, Deserialize)]
pub struct Step {
    pub id: String,
    pub key: String,
    pub title: String,
    rule: String,
    shift: String,
    pub audience: String,
    pub public: bool,
}

#[derive(Deserialize)]
struct Steps {
    step: Vec<Step>,
}

static STEPS: LazyLock<Vec<Step>> =
    LazyLock::new(|| preset::toml::<Steps>("dates.toml").map(|it| it.step).unwrap_or_default());

/// Closed from 22 December, open again on 2 January.
const BLACKOUT: Blackout = Blackout { from: (12, 22), until: (1, 2) };

impl Step {
    /// Its rule as the preset writes it.
    pub fn rule_text(&self) -> &str {
        &self.rule
    }
}

/// The steps of the preset, in their order.
pub fn steps() -> &'static [Step] {
    &STEPS
}

/// The days of all steps for these anchors, by the steps' keys.
pub fn from_rules(anchors: &Anchors) -> BTreeMap<String, Date> {
    compute(&rules(), anchors, BLACKOUT)
}

fn rules() -> Vec<StepRule> {
    steps()
        .iter()
        .filter_map(|step| {
            let shift = match step.shift.as_str() {
                "forward" => Shift::Forward,
                "back" => Shift::Back,
                _ => Shift::Never,
            };
            Some(StepRule { id: step.id.clone(), key: step.key.clone(), rule: step.rule.parse().ok()?, shift })
        })
        .collect()
}

#[derive(Clone, Debug)]
pub struct Calendar {
    days: Arc<BTreeMap<String, Date>>,
    zone: TimeZone,
    end: Date,
}

impl Calendar {
    pub fn new(days: BTreeMap<String, Date>, zone: &str, end: Date) -> Self {
        Self { days: Arc::new(days), zone: zone_named(zone), end }
    }

    /// The day of a step, by its key (`directory_opens`).
    pub fn day(&self, step: &str) -> Date {
        self.days.get(step).copied().unwrap_or(self.end)
    }

    /// Whether the first moment of a step's day has come.
    pub fn has_begun(&self, step: &str, now: Timestamp) -> bool {
        self.today(now) >= self.day(step)
    }

    /// Whether the last second of a step's day is over.
    pub fn is_over(&self, step: &str, now: Timestamp) -> bool {
        self.today(now) > self.day(step)
    }

    /// Whether a letter for this step may go out: from 9 o'clock on its day.
    pub fn is_due(&self, step: &str, now: Timestamp) -> bool {
        now >= self.at(self.day(step), 9)
    }

    /// Between the first moment of one step and the last second of another.
    pub fn is_between(&self, from: &str, to: &str, now: Timestamp) -> bool {
        self.has_begun(from, now) && !self.is_over(to, now)
    }

    /// The day it is in the program's zone.
    pub fn today(&self, now: Timestamp) -> Date {
        now.to_zoned(self.zone.clone()).date()
    }

    /// A full hour of a day in the program's zone.
    pub fn at(&self, day: Date, hour: i8) -> Timestamp {
        moment(day, Time::constant(hour.clamp(0, 23), 0, 0, 0), &self.zone)
    }

    /// The last second of a day in the program's zone.
    pub fn last_second(&self, day: Date) -> Timestamp {
        moment(day, Time::constant(23, 59, 59, 0), &self.zone)
    }

    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// All steps with their days, as the preset orders them.
    pub fn all(&self) -> Vec<(&'static Step, Date)> {
        steps().iter().map(|step| (step, self.day(&step.key))).collect()
    }
}

fn moment(day: Date, time: Time, zone: &TimeZone) -> Timestamp {
    day.to_datetime(time).to_zoned(zone.clone()).map(|it| it.timestamp()).unwrap_or_default()
}

/// A time zone by its name, or the world's own where the name is none.
pub fn zone_named(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// A day as people read it: "Saturday 27 June 2026".
pub fn long_day(day: Date) -> String {
    day.strftime("%A %-d %B %Y").to_string()
}

/// A moment as people read it in lists: "27 Jun 2026, 14:05".
pub fn day_and_time(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%-d %b %Y, %H:%M").to_string()
}

/// A day where space is short: "27 Jun 2026".
pub fn short_day(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

sql! {
    DAYS => "select step, day from cohort_steps where cohort = $1";
    SET_DAY => "insert into cohort_steps (cohort, step, day, by_hand) values ($1, $2, $3, $4) on conflict (cohort, step) do update set day = excluded.day, by_hand = excluded.by_hand";
    BY_HAND => "select step from cohort_steps where cohort = $1 and by_hand order by step";
}

/// The calendar of a cohort.
pub fn of(tx: &mut Tx, cohort: &Cohort) -> Result<Calendar, Failure> {
    tx.once(cohort.id, |tx| {
        let days: Vec<(String, Date)> = tx.rows(&DAYS, values![cohort.id])?;
        Ok(Calendar::new(days.into_iter().collect(), &cohort.zone, cohort.anchors().end()))
    })
}

pub(crate) fn set_day(tx: &mut Tx, cohort: Id, step: &str, day: Date, by_hand: bool) -> Result<(), Failure> {
    tx.exec(&SET_DAY, values![cohort, step, day, by_hand])?;
    Ok(())
}

/// The steps whose day the committee set itself.
pub fn set_by_hand(tx: &mut Tx, cohort: Id) -> Result<Vec<String>, Failure> {
    Ok(tx.rows(&BY_HAND, values![cohort])?)
}
