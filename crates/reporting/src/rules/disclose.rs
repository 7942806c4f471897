//! From the year's plain numbers to facts that may be shown.

use super::{
    counts::{self, Count, alone, classes, nested, part},
    targets::verdict,
};
use crate::{
    facts::{Endings, Facts, Kind, Measure, Meetings, Named, People, Stage, Target},
    figures::Figures,
};

pub fn facts(figures: &Figures) -> Facts {
    let it = &in_order(figures);
    let is_final = it.kind == Kind::Final;
    let (states, ended_now) = states(it);
    Facts {
        association: it.association.clone(),
        program: it.program.clone(),
        cohort: it.cohort.clone(),
        kind: it.kind,
        begins: it.begins,
        ends: it.ends,
        places: it.places,
        people: people(it),
        stages: stages(it),
        startup: startup(it),
        states: if is_final { Vec::new() } else { states },
        meetings: meetings(it),
        checkins: checkins(it),
        endings: if is_final { endings(it) } else { endings_so_far(ended_now) },
        surveys: it.surveys.clone(),
        goals: it.goals.clone(),
        changes: it.changes.clone(),
        standards: it.standards.clone(),
        before: it.before.clone(),
        concerns: it.reached.orientation.then(|| alone(it.concerns)),
    }
}

/// Groups that should lie in each other do: somebody who was paired had a place, even if
/// the place was given back later.
fn in_order(figures: &Figures) -> Figures {
    let mut it = figures.clone();
    it.placed = it.placed.max(it.duos);
    it.eligible = it.eligible.max(it.placed + it.waiting);
    it.applied = it.applied.max(it.eligible);
    it.mentors = it.mentors.max(it.duos);
    it.ended = it.ended.min(it.duos);
    it.again = it.again.min(it.ended);
    it
}

/// Applied, eligible, placed or waiting, placed, in a duo. The number of duos comes first,
/// then applications: it is them the board asks for.
fn chain(it: &Figures) -> Vec<Count> {
    nested(&[it.applied, it.eligible, it.placed + it.waiting, it.placed, it.duos], &[4, 0, 3, 2, 1])
}

fn people(it: &Figures) -> People {
    let chain = chain(it);
    let waiting = match (chain[2].number(), chain[3].number()) {
        (Some(both), Some(placed)) => Count::Number(both - placed),
        _ => Count::Hidden,
    };
    People {
        nominated: alone(it.nominated),
        applied: chain[0],
        eligible: chain[1],
        placed: chain[3],
        waiting,
        mentors: nested(&[it.mentors, it.duos], &[1, 0])[0],
        duos: chain[4],
    }
}

fn stages(it: &Figures) -> Vec<Stage> {
    let chain = chain(it);
    let of_duos = |number: u64| part_of_duos(it, number);
    let (now, end) = (it.reached, it.reached.end && it.kind == Kind::Final);
    let stage = |key: &str, label: &str, has_come: bool, count: Count| Stage {
        key: key.to_owned(),
        label: label.to_owned(),
        count: has_come.then_some(count),
    };
    vec![
        stage("nominated", "Nominated by others", now.call, alone(it.nominated)),
        stage("applied", "Applied", now.call, chain[0]),
        stage("eligible", "Eligible", now.call, chain[1]),
        stage("placed", "Had a place", now.call, chain[3]),
        stage("matched", "In a duo", now.matching, chain[4]),
        stage("oriented", "Oriented", now.orientation, of_duos(it.mentees_oriented)),
        stage("met", "Met their mentor", now.orientation, of_duos(it.mentees_met)),
        stage("midway", "Answered mid-way", now.midway, of_duos(it.mentees_midway)),
        stage("finished", "Finished", end, of_duos(it.duos - it.ended)),
        stage("alumni", "Joined the alumni", end && now.alumni, of_duos(it.mentees_alumni)),
    ]
}

/// The stages in their plain numbers, for those who accompany duos and run the program.
pub fn plain(figures: &Figures) -> [u64; 10] {
    let it = in_order(figures);
    let finished = it.duos - it.ended;
    [
        it.nominated,
        it.applied,
        it.eligible,
        it.placed,
        it.duos,
        it.mentees_oriented,
        it.mentees_met,
        it.mentees_midway,
        finished,
        it.mentees_alumni,
    ]
}

/// A part of the duos, whose number is shown from five on.
fn part_of_duos(it: &Figures, number: u64) -> Count {
    if it.duos < counts::K { Count::Few } else { part(number, it.duos) }
}

fn measure(key: &str, label: &str, number: u64, whole: u64, target: Option<u64>) -> Measure {
    let of = alone(whole);
    let shown = if of == Count::Few { Count::Few } else { part(number, whole) };
    let judged = |percent| Target { percent, verdict: verdict(shown, of, (number, whole), percent) };
    Measure { key: key.to_owned(), label: label.to_owned(), part: shown, of, target: target.map(judged) }
}

fn startup(it: &Figures) -> Vec<Measure> {
    if !it.reached.orientation {
        return Vec::new();
    }
    let (duos, people) = (it.duos, it.people);
    let within = format!("Duos that met within {} days", it.targets.first_contact_days);
    vec![
        measure(
            "orientation",
            "People who came to the orientation or made up for it",
            it.people_oriented,
            people,
            None,
        ),
        measure("lessons", "People who did all lessons", it.people_lessons, people, None),
        measure("agreement", "Duos with a signed agreement", it.agreements, duos, Some(it.targets.agreement_percent)),
        measure("first_contact", &within, it.first_contacts, duos, Some(it.targets.first_contact_percent)),
        measure("goals_set", "Duos that set goals", it.goals_set, duos, None),
    ]
}

/// How duos stand, and how many have ended: together they are all duos. Those of which it
/// is too early to speak count with those on track: after the summer there are none, and a
/// class known to be empty would not protect the others.
fn states(it: &Figures) -> (Vec<Named>, Count) {
    let by = it.states;
    let well = by.on_track + by.too_early;
    let ended = it.duos.saturating_sub(well + by.needs_a_word + by.silent);
    let found = classes(&[well, by.needs_a_word, by.silent, ended]);
    let labels = ["On track, or still new", "Need a word", "Silent", "Ended early"];
    let named = labels.iter().zip(&found).map(|(label, count)| Named { label: (*label).to_owned(), count: *count });
    (if it.duos == 0 { Vec::new() } else { named.collect() }, found[3])
}

fn meetings(it: &Figures) -> Option<Meetings> {
    if it.mentees_met.min(it.duos) < counts::K {
        return None;
    }
    let by_month = |(month, number): &(String, u64)| Named { label: month.clone(), count: alone(*number) };
    Some(Meetings {
        number: it.meetings,
        hours: (it.minutes + 30) / 60,
        per_duo: tenths(it.meetings as f64 / it.duos as f64),
        by_month: it.by_month.iter().map(by_month).collect(),
    })
}

fn checkins(it: &Figures) -> Vec<Measure> {
    let one = |(at, (label, answered)): (usize, &(String, u64))| {
        measure(&format!("check_in_{}", at + 1), label, *answered, it.duos * 2, None)
    };
    it.checkins.iter().enumerate().map(one).collect()
}

/// Before the end, how many have ended is one of the states, and hidden with them.
fn endings_so_far(ended: Count) -> Endings {
    Endings { ended, again: Count::Hidden, finished: None, reasons: Vec::new() }
}

fn endings(it: &Figures) -> Endings {
    let finished = measure(
        "completion",
        "Duos that stayed to the end",
        it.duos - it.ended,
        it.duos,
        Some(it.targets.completion_percent),
    );
    let found = nested(&[it.duos, it.ended, it.again], &[0, 1, 2]);
    let all_stayed = finished.part.number().is_some_and(|number| number == it.duos);
    let told: Vec<u64> = it.reasons.iter().map(|(_, number)| *number).collect();
    let named = |((label, _), count): (&(String, u64), Count)| Named { label: label.clone(), count };
    let may_show = found[1].number().is_some() && told.iter().sum::<u64>() >= counts::K;
    Endings {
        ended: if all_stayed { Count::Number(0) } else { found[1] },
        again: if all_stayed { Count::Number(0) } else { found[2] },
        finished: it.reached.end.then_some(finished),
        reasons: if may_show { it.reasons.iter().zip(classes(&told)).map(named).collect() } else { Vec::new() },
    }
}

/// One decimal, the way it is printed.
pub fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}
