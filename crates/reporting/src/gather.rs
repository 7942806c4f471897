//! Gathers a year's plain numbers from the rooms. Reads all, changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use duos::{Duo, Facts as DuoFacts};
use jiff::civil::Date;
use platform::prelude::*;
use policy::{Opens, of};
use program::{Calendar, Cohort, calendar, cohorts, preset};

use crate::{
    facts::{Before, Kind},
    figures::{Figures, Reached, States},
    heard, reports,
    rules::disclose,
    standards, texts,
};

sql! {
    EVER_PLACED => "select count(distinct about) as placed from journal where cohort = $1 and what = 'place taken'";
    ORIENTED => "select distinct t.person from attendance t join events e on e.id = t.event where e.cohort = $1 and e.kind = 'orientation' and t.state in ('came', 'online', 'made up')";
    LESSONS_READ => "select r.person, count(*) as lessons from lesson_readings r where r.lesson <> 'liaison' group by r.person";
    MEETING_DAYS => "select m.day from meetings m join duos d on d.id = m.duo where d.cohort = $1 and m.state = 'logged'";
    ALUMNI => "select person from alumni_members where cohort = $1 and left_at is null";
}

/// What people call the six check-ins.
const CHECKINS: &[&str] = &["First contact", "Settling in", "A quarter of the way", "Half-way", "New year", "Closing"];

pub fn figures(
    tx: &mut Tx,
    proof: &impl Opens<of::ReportDraft>,
    cohort: &Cohort,
    kind: Kind,
) -> Result<Figures, Failure> {
    let mut figures = counted(tx, &policy::house(), cohort, kind)?;
    let heard = heard::surveys(tx, cohort, kind, figures.duos)?;
    figures.surveys = heard.surveys;
    figures.goals = heard.goals;
    figures.changes = heard.changes;
    if kind == Kind::Final {
        figures.standards = standards::checked(tx, proof, cohort, &figures)?;
        figures.before = before(tx, proof, cohort)?;
    }
    Ok(figures)
}

/// Counts alone: what the dashboard needs.
pub fn counted(
    tx: &mut Tx,
    _: &impl Opens<of::CohortOverview>,
    cohort: &Cohort,
    kind: Kind,
) -> Result<Figures, Failure> {
    let program = program::the_program(tx)?;
    let calendar = calendar::of(tx, cohort)?;
    let intake = intake::figures(tx, cohort.id)?;
    let care = care::figures(tx, cohort.id)?;
    let ever_placed: i64 = tx.one(&EVER_PLACED, values![cohort.id])?;
    let pairs = Pairs::gathered(duos::facts_in_cohort(tx, cohort.id)?);
    let oriented: BTreeSet<Id> = tx.rows::<Id>(&ORIENTED, values![cohort.id])?.into_iter().collect();
    let learned = learned(tx)?;
    let alumni: BTreeSet<Id> = tx.rows::<Id>(&ALUMNI, values![cohort.id])?.into_iter().collect();
    let asked = |round: i64| care.checkin_rounds.iter().find(|it| it.0 == round && it.1 > 0);
    let checkins = (1..)
        .zip(CHECKINS)
        .filter_map(|(round, title)| asked(round).map(|(_, _, answered)| ((*title).to_owned(), whole(*answered))));
    Ok(Figures {
        association: program.association,
        program: program.name,
        cohort: cohort.name.clone(),
        kind,
        begins: calendar.day("orientation"),
        ends: calendar.day("session_ends"),
        places: whole(cohort.places),
        targets: texts::targets(),
        reached: reached(&calendar, tx.now()),
        nominated: whole(intake.nominations),
        applied: whole(intake.mentee_applications),
        eligible: whole(intake.eligible),
        placed: whole(intake.placed.max(ever_placed)),
        taken: whole(intake.taken),
        waiting: whole(intake.waiting + intake.offered),
        mentors: whole(intake.mentors),
        duos: pairs.first.len() as u64,
        ended: pairs.ended(),
        again: pairs.again(),
        mentees_oriented: pairs.mentees().filter(|it| oriented.contains(it)).count() as u64,
        mentees_met: pairs.mentees().filter(|it| pairs.met(*it)).count() as u64,
        mentees_midway: heard::mentees_midway(tx, cohort)?,
        mentees_alumni: pairs.mentees().filter(|it| alumni.contains(it)).count() as u64,
        people: pairs.people().len() as u64,
        people_oriented: pairs.people().iter().filter(|it| oriented.contains(*it)).count() as u64,
        people_lessons: pairs.people().iter().filter(|it| learned.contains(*it)).count() as u64,
        agreements: pairs.first_with(|facts| facts.agreement_signed_at.is_some()),
        first_contacts: (care.first_contact_within_10_days as u64).min(pairs.first.len() as u64),
        goals_set: pairs.first_with(|facts| facts.goals_set_at.is_some()),
        states: states(&care),
        meetings: pairs.sum(|facts| facts.meetings),
        minutes: pairs.sum(|facts| facts.minutes),
        by_month: by_month(tx, cohort)?,
        checkins: checkins.collect(),
        concerns: whole(care.concerns),
        reasons: Vec::new(),
        surveys: Vec::new(),
        goals: Vec::new(),
        changes: Vec::new(),
        standards: Vec::new(),
        before: None,
    })
}

fn states(care: &care::Figures) -> States {
    let of = |word: care::Word| u64::from(care.by_state.get(&word).copied().unwrap_or(0));
    States {
        on_track: of(care::Word::OnTrack),
        too_early: of(care::Word::TooEarly),
        needs_a_word: of(care::Word::NeedsAWord),
        silent: of(care::Word::Silent),
    }
}

/// The duos of a cohort by mentee: the first of each, and all of them.
struct Pairs {
    first: BTreeMap<Id, (Duo, DuoFacts)>,
    all: Vec<(Duo, DuoFacts)>,
}

impl Pairs {
    /// They come in the order in which they were formed.
    fn gathered(all: Vec<(Duo, DuoFacts)>) -> Self {
        let mut first = BTreeMap::new();
        for (duo, facts) in &all {
            first.entry(duo.mentee).or_insert_with(|| (duo.clone(), facts.clone()));
        }
        Self { first, all }
    }

    fn mentees(&self) -> impl Iterator<Item = Id> {
        self.first.keys().copied()
    }

    /// Both of each first duo; a mentor of two counts once.
    fn people(&self) -> BTreeSet<Id> {
        self.first.values().flat_map(|(duo, _)| [duo.mentee, duo.mentor]).collect()
    }

    fn first_with(&self, has: impl Fn(&DuoFacts) -> bool) -> u64 {
        self.first.values().filter(|(_, facts)| has(facts)).count() as u64
    }

    fn met(&self, mentee: Id) -> bool {
        self.all.iter().any(|(duo, facts)| duo.mentee == mentee && facts.meetings > 0)
    }

    fn ended(&self) -> u64 {
        self.first.values().filter(|(duo, _)| duo.state == "ended").count() as u64
    }

    fn again(&self) -> u64 {
        let found = |first: &Duo| self.all.iter().any(|(duo, _)| duo.mentee == first.mentee && duo.id != first.id);
        self.first.values().filter(|(duo, _)| duo.state == "ended" && found(duo)).count() as u64
    }

    fn sum(&self, of: impl Fn(&DuoFacts) -> i64) -> u64 {
        whole(self.all.iter().map(|(_, facts)| of(facts)).sum())
    }
}

fn reached(calendar: &Calendar, now: jiff::Timestamp) -> Reached {
    let begun = |step: &str| calendar.has_begun(step, now);
    Reached {
        call: begun("mentor_call_opens"),
        matching: begun("directory_opens"),
        orientation: begun("orientation"),
        midway: calendar.is_over("midway_survey_closes", now),
        end: calendar.is_over("session_ends", now),
        alumni: begun("alumni_invited"),
    }
}

/// Everyone who has read all lessons.
fn learned(tx: &mut Tx) -> Result<BTreeSet<Id>, Failure> {
    let lessons = preset::names("lessons").iter().filter(|name| **name != "liaison").count();
    let read: Vec<(Id, i64)> = tx.rows(&LESSONS_READ, values![])?;
    Ok(read.into_iter().filter(|(_, number)| whole(*number) >= lessons as u64).map(|(person, _)| person).collect())
}

/// Meetings by month, from the first month with one to the last, none left out between.
fn by_month(tx: &mut Tx, cohort: &Cohort) -> Result<Vec<(String, u64)>, Failure> {
    let days: Vec<Date> = tx.rows(&MEETING_DAYS, values![cohort.id])?;
    let mut counts: BTreeMap<Date, u64> = BTreeMap::new();
    for day in days {
        *counts.entry(day.first_of_month()).or_default() += 1;
    }
    let (Some(mut month), Some(last)) = (counts.keys().next().copied(), counts.keys().last().copied()) else {
        return Ok(Vec::new());
    };
    let mut months = Vec::new();
    while month <= last {
        months.push((month.strftime("%b %Y").to_string(), counts.get(&month).copied().unwrap_or(0)));
        month = month.saturating_add(jiff::Span::new().months(1));
    }
    Ok(months)
}

/// The cohort this one was begun from, or else the one whose annual meeting came before.
fn before(tx: &mut Tx, proof: &impl Opens<of::ReportDraft>, cohort: &Cohort) -> Result<Option<Before>, Failure> {
    let earlier = |it: &Cohort| !it.is_draft() && it.annual_meeting < cohort.annual_meeting;
    let all = cohorts::all(tx)?;
    let begun_from = all.iter().find(|it| Some(it.id) == cohort.begun_from);
    let Some(found) = begun_from.or_else(|| all.iter().find(|it| earlier(it))).cloned() else { return Ok(None) };
    let facts = match reports::of_cohort(tx, proof, found.id, Kind::Final)? {
        Some(report) => report.facts()?,
        None => {
            let mut figures = counted(tx, &policy::house(), &found, Kind::Final)?;
            figures.surveys = heard::surveys(tx, &found, Kind::Final, figures.duos)?.surveys;
            disclose::facts(&figures)
        }
    };
    Ok(Some(Before { cohort: found.name, headlines: facts.headlines() }))
}

/// A count from the database is never below nought.
pub fn whole(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
