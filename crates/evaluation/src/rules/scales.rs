//! What is worked out from several answers of the same person: means of questions,
//! change from before to today, goals, the distance between the two sides of a duo.

use forms::Answers;
use measures::{
    change::change,
    disclosure::{LEAST_K, mean},
    goals::{Goal, attainment},
};
use serde::Deserialize;

use crate::results::{Change, Figure, Goals, Scale};

/// One scale as the preset writes it.
#[derive(Clone, Debug, Deserialize)]
pub struct Definition {
    pub key: String,
    pub title: String,
    /// Whom it is worked out for: `mentee`, `mentor` or `both`.
    pub role: String,
    pub method: String,
    pub items: Vec<String>,
    pub min_answered: usize,
}

impl Definition {
    pub fn is_for(&self, role: &str) -> bool {
        self.role == role || self.role == "both"
    }
}

/// The mean of a person's answers to some questions; `None` when too few were answered.
pub fn own_mean(answers: &Answers, items: &[String], least: usize) -> Option<f64> {
    let numbers: Vec<f64> = items.iter().filter_map(|key| answers.number(key)).map(|it| it as f64).collect();
    (!numbers.is_empty() && numbers.len() >= least).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64)
}

pub fn scale(definition: &Definition, all: &[&Answers]) -> Scale {
    let means: Vec<f64> =
        all.iter().filter_map(|it| own_mean(it, &definition.items, definition.min_answered)).collect();
    let scale = scale_of(definition, &means);
    // Every question of a scale is answered from 1 to 5.
    Scale { figure: scale.figure.map(|it| it.within(1.0, 5.0)), ..scale }
}

/// How far apart the two sides of the same duo see it, in the total of all duos: the
/// mentee's support, against what the mentor says of openness and goals.
pub fn distance(definition: &Definition, support: &Definition, pairs: &[(&Answers, &Answers)]) -> Scale {
    let of_mentor: Vec<String> = definition.items.iter().filter(|it| **it != support.key).cloned().collect();
    let apart = |(mentee, mentor): &(&Answers, &Answers)| {
        let one = own_mean(mentee, &support.items, support.min_answered)?;
        let other = own_mean(mentor, &of_mentor, of_mentor.len())?;
        Some((one - other).abs())
    };
    scale_of(definition, &pairs.iter().filter_map(apart).collect::<Vec<_>>())
}

fn scale_of(definition: &Definition, means: &[f64]) -> Scale {
    let (key, title) = (definition.key.clone(), definition.title.clone());
    Scale { key, title, figure: figure(means) }
}

/// Today less looking back, of the same people in the same survey.
pub fn change_looking_back(definition: &Definition, all: &[&Answers]) -> Change {
    let named = |end: &str| -> Vec<String> { definition.items.iter().map(|it| format!("{it}_{end}")).collect() };
    let (before, today) = (named("before"), named("today"));
    let pairs: Vec<(f64, f64)> = all.iter().filter_map(|it| both(definition, (it, &before), (it, &today))).collect();
    change_of(definition, &pairs)
}

/// Today less what the same people said at the start, found by their codes.
pub fn change_since_start(definition: &Definition, pairs: &[(&Answers, &Answers)]) -> Change {
    let today: Vec<String> = definition.items.iter().map(|it| format!("{it}_today")).collect();
    let both = |(start, end): &(&Answers, &Answers)| both(definition, (start, &definition.items), (end, &today));
    change_of(definition, &pairs.iter().filter_map(both).collect::<Vec<_>>())
}

/// Means over the questions that were answered both times.
fn both(definition: &Definition, before: (&Answers, &[String]), today: (&Answers, &[String])) -> Option<(f64, f64)> {
    let answered: Vec<(f64, f64)> = before
        .1
        .iter()
        .zip(today.1)
        .filter_map(|(was, is)| Some((before.0.number(was)? as f64, today.0.number(is)? as f64)))
        .collect();
    let count = answered.len() as f64;
    let enough = !answered.is_empty() && answered.len() >= definition.min_answered;
    enough.then(|| {
        (answered.iter().map(|it| it.0).sum::<f64>() / count, answered.iter().map(|it| it.1).sum::<f64>() / count)
    })
}

fn change_of(definition: &Definition, pairs: &[(f64, f64)]) -> Change {
    let (before, today): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let differences: Vec<f64> = pairs.iter().map(|(before, today)| today - before).collect();
    let spread = change(&before, &today).ok().and_then(|it| it.d_z);
    Change {
        key: definition.key.clone(),
        title: definition.title.clone(),
        before: figure(&before).map(|it| it.value),
        today: figure(&today).map(|it| it.value),
        change: figure(&differences),
        // Beside rounded means the exact size of an effect could be worked backwards.
        in_deviations: spread.filter(|_| pairs.len() >= 25).map(|it| round(it, 0.1)),
    }
}

/// Shares of goals reached, and the goal attainment score of the people who set them.
pub fn goals(definition: &Definition, all: &[&Answers]) -> Option<Goals> {
    let levels =
        |answers: &&Answers| -> Vec<i64> { definition.items.iter().filter_map(|it| answers.number(it)).collect() };
    let people: Vec<Vec<i64>> =
        all.iter().map(levels).filter(|it| it.len() >= definition.min_answered.max(1)).collect();
    if (people.len() as u64) < LEAST_K {
        return None;
    }
    let every: Vec<i64> = people.iter().flatten().copied().collect();
    let reached = every.iter().filter(|level| **level >= 0).count();
    let missed = every.len() - reached;
    let shows = reached as u64 >= LEAST_K && missed as u64 >= LEAST_K;
    let score = |levels: &Vec<i64>| {
        let goals: Vec<Goal> =
            levels.iter().filter_map(|it| Some(Goal { level: i8::try_from(*it).ok()?, weight: 1.0 })).collect();
        attainment(&goals).ok()
    };
    let scores: Vec<f64> = people.iter().filter_map(score).collect();
    let step = if scores.len() < 10 {
        5.0
    } else if scores.len() < 25 {
        2.0
    } else {
        1.0
    };
    let mean = mean(&scores, LEAST_K).ok();
    Some(Goals {
        people: people.len() as i64,
        goals: every.len() as i64,
        reached: shows.then_some(reached as i64),
        score: mean.map(|it| round(it.mean, step)),
    })
}

/// A mean with its interval, rounded the more the fewer people stand behind it.
pub fn figure(numbers: &[f64]) -> Option<Figure> {
    let summary = mean(numbers, LEAST_K).ok()?;
    let step = match summary.n {
        ..10 => 0.5,
        10..25 => 0.25,
        _ => 0.1,
    };
    let value = round(summary.mean, step);
    // An interval without width would tell that all are alike.
    let half = ((summary.interval.high - summary.mean) / step).ceil().max(1.0) * step;
    let shows = summary.n >= 10;
    Some(Figure {
        n: summary.n as i64,
        value,
        low: shows.then(|| tidy(value - half)),
        high: shows.then(|| tidy(value + half)),
    })
}

pub fn round(value: f64, step: f64) -> f64 {
    tidy((value / step).round() * step)
}

/// Takes off the dust of binary fractions, so that the same figure is the same text.
pub fn tidy(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
