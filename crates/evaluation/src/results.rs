//! Table `survey_results`: the totals of a survey, frozen when it closed, for the pages
//! here and for the reports.

use platform::{prelude::*, storage::StorageError};
use policy::{Grant, Opens, of};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::surveys;

/// Everything that may be said about a closed survey.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Results {
    pub survey: Id,
    pub name: String,
    pub title: String,
    pub role: String,
    pub response: Response,
    pub items: Vec<Item>,
    pub scales: Vec<Scale>,
    pub changes: Vec<Change>,
    /// The same changes, against what people said at the start.
    pub changes_since_start: Vec<Change>,
    pub goals: Option<Goals>,
    pub recommendation: Option<Recommendation>,
    /// Sentences that may be quoted, in no order.
    pub quotes: Vec<Quote>,
}

impl Results {
    /// Whether five answered, so that there is something to read.
    pub fn has_totals(&self) -> bool {
        self.response.answered.is_some()
    }
}

/// How many were asked and how many answered; fewer than five are not counted out.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Response {
    pub invited: i64,
    pub answered: Option<i64>,
    /// 0 to 1.
    pub rate: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// How far the answers may be taken to speak for all, in words.
    pub band: String,
}

/// One question with its totals.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Item {
    pub key: String,
    pub section: String,
    pub label: String,
    /// `scale`, `choice`, `multi` or `number`.
    pub kind: String,
    /// How many answered it; `None` for fewer than five, and then nothing else is there.
    pub n: Option<i64>,
    /// Whole steps or broad classes with their counts; empty where counts are too small.
    pub levels: Vec<Level>,
    pub mean: Option<Figure>,
    pub top: Option<TopShare>,
    /// Whether mean and interval were rounded to protect somebody.
    pub rounded: bool,
    /// Agreement is bad news.
    pub reversed: bool,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Level {
    pub label: String,
    /// `None` where the number is too small to show, or would give away one that is.
    pub count: Option<i64>,
}

/// A mean, with its interval from ten answers on.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Figure {
    pub n: i64,
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

impl Figure {
    /// The same with an interval that ends where the scale ends: nobody could answer beyond.
    pub fn within(self, lowest: f64, highest: f64) -> Self {
        let clip = |end: Option<f64>| end.map(|it| it.clamp(lowest, highest));
        Self { low: clip(self.low), high: clip(self.high), ..self }
    }
}

/// The share who chose the good end of a scale, 0 to 1, with Wilson's interval.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct TopShare {
    /// What they said: "agree or strongly agree".
    pub label: String,
    pub share: f64,
    pub low: f64,
    pub high: f64,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Scale {
    pub key: String,
    pub title: String,
    pub figure: Option<Figure>,
}

/// How the same people moved during the session. No proof that the program moved them.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Change {
    pub key: String,
    pub title: String,
    pub before: Option<f64>,
    pub today: Option<f64>,
    pub change: Option<Figure>,
    /// The change in standard deviations of the differences, from 25 people on.
    pub in_deviations: Option<f64>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Goals {
    pub people: i64,
    pub goals: i64,
    /// Goals reached as hoped or better; `None` where this or the rest is under five.
    pub reached: Option<i64>,
    /// The goal attainment score: 50 is "as hoped".
    pub score: Option<f64>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Recommendation {
    pub n: i64,
    /// −100 to 100.
    pub score: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Noughts to sixes, sevens and eights, nines and tens; empty where too small.
    pub groups: Vec<Level>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Quote {
    pub text: String,
    /// How its writer allowed it to be quoted. Whose it is, nobody knows.
    pub consent: String,
}

/// Free text to one question, sorted, so that no order is left in it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Words {
    pub label: String,
    pub texts: Vec<String>,
}

/// One line of a snapshot: its name, and what it says.
pub struct Line {
    pub item: String,
    pub data: serde_json::Value,
}

impl Line {
    pub fn new(item: impl Into<String>, data: &impl Serialize) -> Self {
        Self { item: item.into(), data: serde_json::to_value(data).unwrap_or_default() }
    }
}

sql! {
    ADD => "insert into survey_results (survey, position, item, data) values ($1, $2, $3, $4)";
    OF_SURVEY => "select item, data from survey_results where survey = $1 order by position";
}

/// Keeps the totals of a survey, once and for good.
pub fn keep(tx: &mut Tx, survey: Id, lines: &[Line]) -> Result<(), Failure> {
    for (position, line) in (0i64..).zip(lines) {
        tx.exec(&ADD, values![survey, position, &line.item, line.data.to_string()])?;
    }
    Ok(())
}

/// The results of a survey by its name; `None` until it has closed.
pub fn results(
    tx: &mut Tx,
    _: &impl Opens<of::SurveyAggregate>,
    cohort: Id,
    name: &str,
) -> Result<Option<Results>, Failure> {
    let Some(survey) = surveys::named(tx, cohort, name)?.filter(|it| it.is_closed()) else { return Ok(None) };
    let title = surveys::form(tx, &survey)?.title;
    let mut results = Results { survey: survey.id, name: survey.name, title, role: survey.role, ..Results::default() };
    for (item, data) in lines(tx, survey.id)? {
        match item.split(':').next().unwrap_or_default() {
            "response" => results.response = read(&data)?,
            "item" => results.items.push(read(&data)?),
            "scale" => results.scales.push(read(&data)?),
            "change" => results.changes.push(read(&data)?),
            "since_start" => results.changes_since_start.push(read(&data)?),
            "goals" => results.goals = Some(read(&data)?),
            "recommendation" => results.recommendation = Some(read(&data)?),
            "quotes" => results.quotes = read(&data)?,
            _ => {}
        }
    }
    Ok(Some(results))
}

/// Whether a survey has closed with results, since five or more answered.
pub fn is_any(tx: &mut Tx, cohort: Id, name: &str) -> Result<bool, Failure> {
    Ok(results(tx, &policy::house(), cohort, name)?.is_some_and(|it| it.has_totals()))
}

/// Free text of a closed survey, parted from the answers it came with.
pub fn words(tx: &mut Tx, _: &Grant<of::SurveyAnswer>, survey: Id) -> Result<Vec<Words>, Failure> {
    let lines = lines(tx, survey)?;
    lines.iter().filter(|(item, _)| item.starts_with("words:")).map(|(_, data)| read(data)).collect()
}

fn lines(tx: &mut Tx, survey: Id) -> Result<Vec<(String, String)>, Failure> {
    Ok(tx.rows(&OF_SURVEY, values![survey])?)
}

fn read<T: DeserializeOwned>(data: &str) -> Result<T, Failure> {
    serde_json::from_str(data).map_err(|error| StorageError::Other(format!("results of a survey: {error}")).into())
}
