//! Table `signals`, and how every duo stands: from dates and counts alone for everybody, and
//! with what was told for whoever it was told to.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use duos::{Duo, Facts as DuoFacts};
use jiff::civil::Date;
use platform::{outbox, prelude::*};
use policy::{Grant, of};
use program::{Calendar, Cohort, calendar, preset};
use serde::Deserialize;

use crate::{
    checkins::{self, Brief, CheckIn, Given},
    look::Morning,
    rules::{
        ladder::Climb,
        signal::{self as rules, Facts, Orientation, Round, Signal, Thresholds},
    },
    tasks,
};

row! {
    /// How a duo stood at the last morning's look.
    #[derive(PartialEq, Eq)]
    pub(crate) struct Seen {
        pub duo: Id,
        pub word: String,
        pub before: String,
        pub changed_on: Date,
        pub trouble_since: Option<Date>,
        pub rung: i64,
        /// Since when dates and counts alone have it that the two are silent.
        pub quiet_since: Option<Date>,
    }
}

impl Seen {
    pub fn climb(&self) -> Option<Climb> {
        Some(Climb { since: self.trouble_since?, rungs: usize::try_from(self.rung).unwrap_or(0) })
    }
}

sql! {
    IN_COHORT => "select duo, word, before, changed_on, trouble_since, rung, quiet_since from signals where cohort = $1";
    OF_DUO => "select duo, word, before, changed_on, trouble_since, rung, quiet_since from signals where duo = $1";
    WRITE => "insert into signals (duo, cohort, word, before, changed_on, trouble_since, rung, quiet_since) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (duo) do update set word = excluded.word, before = excluded.before, changed_on = excluded.changed_on, trouble_since = excluded.trouble_since, rung = excluded.rung, quiet_since = excluded.quiet_since";
    ORIENTATIONS => "select duo, state from orientations";
    SET_ORIENTATION => "insert into orientations (duo, state) values ($1, $2) on conflict (duo) do update set state = excluded.state";
}

/// A duo with its dates and counts, and how it stands.
pub struct Standing {
    pub duo: Duo,
    pub facts: DuoFacts,
    pub signal: Signal,
    /// How many check-ins were sent to the two, and how many they answered.
    pub asked: usize,
    pub answered: usize,
}

/// What the two told their liaison, as far as it lights a signal.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    mentor_pulse: Option<i64>,
    mentee_pulse: Option<i64>,
    contact_wanted: bool,
}

/// How one duo stands now, from dates and counts.
pub(crate) fn of_duo(tx: &mut Tx, duo: Duo) -> Result<Standing, Failure> {
    one(tx, duo, |_, _| Told::default())
}

/// How one duo stands now, with what it told; for whoever has opened that.
pub(crate) fn of_duo_told(
    tx: &mut Tx,
    _: &Grant<of::CheckinAnswer>,
    duo: Duo,
    answers: &[(CheckIn, Option<Given>)],
) -> Result<Standing, Failure> {
    let newest_first = |person: Id| answers.iter().filter(move |(it, _)| it.person == person);
    let pulse = |person: Id| newest_first(person).find_map(|(_, given)| given.as_ref()?.pulse);
    one(tx, duo, |duo, around| Told {
        mentor_pulse: pulse(duo.mentor),
        mentee_pulse: pulse(duo.mentee),
        contact_wanted: around.contact_wanted.contains(&duo.id),
    })
}

fn one(tx: &mut Tx, duo: Duo, told: impl Fn(&Duo, &Around) -> Told) -> Result<Standing, Failure> {
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let around = Around::of(tx, &cohort)?;
    let facts = duos::facts(tx, duo.id)?;
    let briefs = checkins::brief_of_duo(tx, duo.id)?;
    let told = told(&duo, &around);
    Ok(around.judge(duo, facts, &briefs, told))
}

/// How every active duo of a cohort stands now, by number, from dates and counts.
pub(crate) fn of_cohort(tx: &mut Tx, cohort: &Cohort) -> Result<Vec<Standing>, Failure> {
    all(tx, cohort, |_, _| Told::default())
}

/// The same with what was told, for the ladder that the house leads up by itself.
pub(crate) fn of_cohort_told(tx: &mut Tx, morning: &Morning, cohort: &Cohort) -> Result<Vec<Standing>, Failure> {
    let pulses = checkins::pulses(tx, morning, cohort.id)?;
    all(tx, cohort, |duo, around| Told {
        mentor_pulse: pulses.get(&(duo.id, duo.mentor)).copied(),
        mentee_pulse: pulses.get(&(duo.id, duo.mentee)).copied(),
        contact_wanted: around.contact_wanted.contains(&duo.id),
    })
}

fn all(tx: &mut Tx, cohort: &Cohort, told: impl Fn(&Duo, &Around) -> Told) -> Result<Vec<Standing>, Failure> {
    let around = Around::of(tx, cohort)?;
    let mut briefs: BTreeMap<Id, Vec<Brief>> = BTreeMap::new();
    for brief in checkins::brief_of_cohort(tx, cohort.id)? {
        briefs.entry(brief.duo).or_default().push(brief);
    }
    let all = duos::facts_in_cohort(tx, cohort.id)?;
    let active = all.into_iter().filter(|(duo, _)| duo.is_active());
    Ok(active
        .map(|(duo, facts)| {
            let briefs = briefs.remove(&duo.id).unwrap_or_default();
            let told = told(&duo, &around);
            around.judge(duo, facts, &briefs, told)
        })
        .collect())
}

/// Notes whether the two were at the orientation; training tells. ORI3.
pub fn note_orientation(tx: &mut Tx, duo: Id, state: Orientation) -> Result<(), Failure> {
    let word = match state {
        Orientation::Attended => "attended",
        Orientation::Excused => "excused",
        Orientation::Missed => "missed",
    };
    tx.exec(&SET_ORIENTATION, values![duo, word])?;
    Ok(())
}

pub(crate) fn seen_in(tx: &mut Tx, cohort: Id) -> Result<BTreeMap<Id, Seen>, Failure> {
    let rows: Vec<Seen> = tx.rows(&IN_COHORT, values![cohort])?;
    Ok(rows.into_iter().map(|it| (it.duo, it)).collect())
}

pub(crate) fn seen(tx: &mut Tx, duo: Id) -> Result<Option<Seen>, Failure> {
    Ok(tx.row(&OF_DUO, values![duo])?)
}

pub(crate) fn write(tx: &mut Tx, cohort: Id, seen: &Seen) -> Result<(), Failure> {
    let it = seen;
    let values =
        values![it.duo, cohort, &it.word, &it.before, it.changed_on, it.trouble_since, it.rung, it.quiet_since];
    tx.exec(&WRITE, values)?;
    Ok(())
}

/// What surrounds the duos of a cohort: its days, and what is known beside each duo.
struct Around {
    calendar: Calendar,
    today: Date,
    contact_wanted: BTreeSet<Id>,
    orientations: BTreeMap<Id, Orientation>,
    undelivered: BTreeMap<Id, i64>,
}

impl Around {
    fn of(tx: &mut Tx, cohort: &Cohort) -> Result<Self, Failure> {
        let calendar = calendar::of(tx, cohort)?;
        let today = calendar.today(tx.now());
        let contact_wanted = tasks::contact_wanted(tx, cohort.id)?.into_iter().collect();
        let orientations: Vec<(Id, String)> = tx.rows(&ORIENTATIONS, values![])?;
        let orientations = orientations.into_iter().map(|(duo, word)| (duo, orientation(&word))).collect();
        let undelivered = outbox::undelivered(tx)?.into_iter().collect();
        Ok(Self { calendar, today, contact_wanted, orientations, undelivered })
    }

    fn judge(&self, duo: Duo, facts: DuoFacts, briefs: &[Brief], told: Told) -> Standing {
        let formed = self.calendar.today(duo.formed_at);
        let signal = rules::signal(
            &Facts {
                today: self.today,
                starts: self.calendar.day("orientation").max(formed),
                ends: self.calendar.day("session_ends"),
                last_meeting: facts.last_meeting,
                meetings: facts.meetings,
                agreement_signed: facts.agreement_signed_at.is_some(),
                goals_set: facts.goals_set_at.is_some(),
                rounds: self.rounds(&duo, briefs),
                mentor_pulse: told.mentor_pulse,
                mentee_pulse: told.mentee_pulse,
                contact_wanted: told.contact_wanted,
                undelivered: duo.people().iter().filter_map(|it| self.undelivered.get(it)).sum(),
                orientation: self.orientations.get(&duo.id).copied(),
            },
            &THRESHOLDS,
        );
        let answered = briefs.iter().filter(|it| it.answered_at.is_some()).count();
        Standing { duo, facts, signal, asked: briefs.len(), answered }
    }

    fn rounds(&self, duo: &Duo, briefs: &[Brief]) -> Vec<Round> {
        let mut rounds: Vec<Round> = Vec::new();
        for brief in briefs {
            let known = rounds.iter().position(|it| it.number == brief.round);
            let index = known.unwrap_or(rounds.len());
            if known.is_none() {
                let sent = self.calendar.today(brief.sent_at);
                rounds.push(Round { number: brief.round, sent, mentor: false, mentee: false });
            }
            if brief.answered_at.is_some() {
                let round = &mut rounds[index];
                round.mentor |= brief.person == duo.mentor;
                round.mentee |= brief.person == duo.mentee;
            }
        }
        rounds
    }
}

fn orientation(word: &str) -> Orientation {
    match word {
        "attended" => Orientation::Attended,
        "excused" => Orientation::Excused,
        _ => Orientation::Missed,
    }
}

#[derive(Deserialize)]
struct Preset {
    rules: Rules,
}

#[derive(Deserialize)]
struct Rules {
    signals: Thresholds,
}

/// The preset's thresholds. A test reads them strictly, so that none can be misspelt.
static THRESHOLDS: LazyLock<Thresholds> = LazyLock::new(|| of_preset().unwrap_or_default());

pub(crate) fn of_preset() -> Result<Thresholds, String> {
    preset::toml::<Preset>("preset.toml").map(|it| it.rules.signals)
}
