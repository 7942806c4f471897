//! What the surveys came to, as facts: only closed ones, and only what may be shown beside
//! the other numbers of the report.

use evaluation::{Change as MeasuredChange, Item as MeasuredItem, Response, Results};
use measures::share::response_rate;
use platform::prelude::*;
use program::Cohort;

use crate::{
    facts::{Change, Goals, Item, Kind, Measure, Recommendation, Survey, Target},
    gather::whole,
    rules::{
        counts::{Count, K, Share, nested, part},
        disclose::tenths,
        targets::verdict,
    },
    texts,
};

#[derive(Debug, Default)]
pub struct Heard {
    pub surveys: Vec<Survey>,
    pub goals: Vec<Goals>,
    pub changes: Vec<Change>,
}

/// The questions a board asks about; the others stand on the page of the survey.
const QUESTIONS: &[&str] =
    &["s1", "s3", "s6", "s8", "o1", "o2", "o6", "f1", "f2", "e1", "e3", "e4", "e5", "e7", "p1", "p2", "p5", "p6"];

/// The two surveys of a report.
fn names(kind: Kind) -> [(&'static str, &'static str); 2] {
    match kind {
        Kind::Interim => [("midway_mentee", "mentees"), ("midway_mentor", "mentors")],
        Kind::Final => [("final_mentee", "mentees"), ("final_mentor", "mentors")],
    }
}

pub fn surveys(tx: &mut Tx, cohort: &Cohort, kind: Kind, duos: u64) -> Result<Heard, Failure> {
    let association = program::the_program(tx)?.association;
    let mut heard = Heard::default();
    for (name, role) in names(kind) {
        let Some(results) = evaluation::results(tx, &policy::house(), cohort.id, name)? else { continue };
        heard.surveys.push(survey(&results, role, kind, duos, &association));
        heard.goals.extend(goals(&results, role, duos));
        heard.changes.extend(results.changes.iter().filter_map(|it| change(it, role, duos)));
    }
    Ok(heard)
}

/// How many mentees answered mid-way; nought until the survey has closed.
pub fn mentees_midway(tx: &mut Tx, cohort: &Cohort) -> Result<u64, Failure> {
    Ok(evaluation::results(tx, &policy::house(), cohort.id, "midway_mentee")?.map_or(0, |it| answered(&it.response)))
}

fn answered(response: &Response) -> u64 {
    response.answered.map_or(0, whole)
}

fn survey(results: &Results, role: &str, kind: Kind, duos: u64, association: &str) -> Survey {
    let (invited, answered) = (whole(results.response.invited), answered(&results.response));
    let response = response(role, kind, duos, invited, answered);
    let is_shown = results.response.answered.is_some();
    let item = |key: &&str| {
        let found = results.items.iter().find(|it| it.key == **key)?;
        item(found, answered, duos, association)
    };
    let score = results.recommendation.as_ref().and_then(|it| {
        let round = |number: Option<f64>| number.map(f64::round);
        let n = part_of(whole(it.n), answered, duos);
        Some(Recommendation { n, score: it.score?.round(), low: round(it.low), high: round(it.high) })
    });
    Survey {
        role: role.to_owned(),
        band: if is_shown { band(&response) } else { None },
        refusal: (!is_shown).then(|| "fewer than five answered, so nothing is shown.".to_owned()),
        response,
        items: if is_shown { QUESTIONS.iter().filter_map(item).collect() } else { Vec::new() },
        recommendation: score.filter(|_| is_shown),
    }
}

/// Duos come first, then those who answered, then those who were asked: so that neither
/// those who stayed silent nor those who had left can be counted, if they are few.
fn response(role: &str, kind: Kind, duos: u64, invited: u64, answered: u64) -> Measure {
    let widest = duos.max(invited);
    let found = nested(&[widest, answered, invited], &[0, 1, 2]);
    let targets = texts::targets();
    let percent = match kind {
        Kind::Interim => targets.midway_response_percent,
        Kind::Final => targets.final_response_percent,
    };
    let judged = verdict(found[1], found[2], (answered, invited), percent);
    Measure {
        key: format!("response_{role}"),
        label: format!("Answers of {role}"),
        part: found[1],
        of: found[2],
        target: Some(Target { percent, verdict: judged }),
    }
}

/// How far the answers speak for all: only where it is the same for every number that the
/// reader must think possible.
fn band(response: &Measure) -> Option<String> {
    let ((low, high), (least, most)) = (response.part.range(), response.of.range());
    let pairs = (least..=most).flat_map(|of| (low..=high.min(of)).map(move |part| (part, of)));
    let mut bands = pairs.filter_map(|(part, of)| Some(response_rate(part, of).ok()?.1.words()));
    let first = bands.next()?;
    bands.all(|it| it == first).then(|| first.to_owned())
}

fn item(measured: &MeasuredItem, answered: u64, duos: u64, association: &str) -> Option<Item> {
    let mean = measured.mean.as_ref().filter(|_| measured.kind == "scale")?;
    let n = whole(measured.n?);
    let top = |share: f64| Share::of((share * n as f64).round() as u64, n);
    Some(Item {
        key: measured.key.clone(),
        label: measured.label.replace("{{org}}", association),
        n: part_of(n, answered, duos),
        mean: tenths(mean.value),
        low: mean.low.map(tenths),
        high: mean.high.map(tenths),
        agree: measured.top.as_ref().map_or(Share::Hidden, |it| top(it.share)),
    })
}

/// Of those who answered, themselves of those in duos.
fn part_of(n: u64, answered: u64, duos: u64) -> Count {
    if answered < K { Count::Few } else { nested(&[duos.max(answered), answered, n.min(answered)], &[0, 1, 2])[2] }
}

fn goals(results: &Results, role: &str, duos: u64) -> Option<Goals> {
    let it = results.goals.as_ref()?;
    let reached = |number: i64| Share::of(whole(number), whole(it.goals));
    Some(Goals {
        role: role.to_owned(),
        n: part(whole(it.people), duos.max(whole(it.people))),
        reached: it.reached.map_or(Share::Hidden, reached),
        score: it.score.map(tenths),
    })
}

fn change(measured: &MeasuredChange, role: &str, duos: u64) -> Option<Change> {
    let change = measured.change.as_ref()?;
    let n = whole(change.n);
    Some(Change {
        title: measured.title.clone(),
        role: role.to_owned(),
        n: part(n, duos.max(n)),
        before: tenths(measured.before?),
        today: tenths(measured.today?),
        change: tenths(change.value),
        low: change.low.map(tenths),
        high: change.high.map(tenths),
    })
}
