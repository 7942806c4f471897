//! Table `reports`: the reports that were submitted, with their facts and words as they
//! stood then. What comes later changes nothing about them.

use jiff::{Timestamp, civil::Date};
use platform::{prelude::*, storage::StorageError};
use policy::{Condition, Facts as About, Grant, May, Opens, Scope, may, of};
use serde::{Deserialize, Serialize};

use crate::{
    facts::{Facts, Kind},
    model::{self, Cover, Report},
    texts::Words,
};

row! {
    pub struct Submitted {
        pub id: Id,
        pub cohort: Id,
        pub kind: String,
        pub submitted_at: Timestamp,
        pub submitted_on: Date,
        pub facts: String,
        pub words: String,
        pub hash: String,
    }
}

row! {
    /// That a report was submitted, and when; nothing of what it says.
    pub struct Head {
        pub id: Id,
        pub cohort: Id,
        pub kind: String,
        pub submitted_on: Date,
    }
}

/// The words around and in the report, as they are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    pub title: String,
    pub lead: String,
    pub parts: Vec<Words>,
}

sql! {
    ADD => "insert into reports (id, cohort, kind, submitted_at, submitted_on, submitted_by, facts, words, hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    FIND => "select id, cohort, kind, submitted_at, submitted_on, facts, words, hash from reports where id = $1";
    OF_COHORT => "select id, cohort, kind, submitted_at, submitted_on, facts, words, hash from reports where cohort = $1 and kind = $2";
    HEAD => "select id, cohort, kind, submitted_on from reports where id = $1";
    HEAD_OF_KIND => "select id, cohort, kind, submitted_on from reports where cohort = $1 and kind = $2";
    HEADS => "select id, cohort, kind, submitted_on from reports where cohort = $1 order by submitted_at desc, id desc";
}

impl Head {
    pub fn kind(&self) -> Result<Kind, Failure> {
        Kind::from_key(&self.kind).ok_or(Failure::NotFound)
    }
}

impl Submitted {
    /// The facts as they were frozen. Their JSON is what was hashed, so it is read back as it is.
    pub fn facts(&self) -> Result<Facts, Failure> {
        read(&self.facts)
    }

    /// The report as everyone may read it once it is published: figures about participants
    /// and what they said. What the committee wrote was written for the board, and so was
    /// every quotation in it.
    pub fn for_everyone(&self) -> Result<Report, Failure> {
        let frozen: Frozen = read(&self.words)?;
        let parts: Vec<Words> = frozen.parts.into_iter().filter_map(Words::for_everyone).collect();
        let cover = Cover { title: frozen.title, lead: frozen.lead, date: self.submitted_on, is_draft: false };
        let mut report = model::report(&cover, &self.facts()?, &parts);
        report.parts.retain(|it| !it.words.is_empty() || !it.blocks.is_empty());
        Ok(report)
    }

    pub fn report(&self) -> Result<Report, Failure> {
        let frozen: Frozen = read(&self.words)?;
        let cover = Cover { title: frozen.title, lead: frozen.lead, date: self.submitted_on, is_draft: false };
        Ok(Report { data_hash: self.hash.clone(), ..model::report(&cover, &self.facts()?, &frozen.parts) })
    }
}

/// Keeps a report for good. The unique index lets no second of its kind in.
pub fn add(tx: &mut Tx, cohort: Id, on: Date, by: Id, facts: &Facts, words: &Frozen) -> Result<Id, Failure> {
    let id = tx.fresh_id();
    let json = serde_json::to_string(words).map_err(|error| StorageError::Other(error.to_string()))?;
    let values = values![id, cohort, facts.kind.key(), tx.now(), on, by, facts.json(), json, facts.hash()];
    tx.exec(&ADD, values)?;
    Ok(id)
}

/// The report in the path, for those who may read the reports of its cohort.
pub fn theirs(tx: &mut Tx, visit: &Visit) -> Result<Submitted, Failure> {
    let head = head(tx, visit.id("report")?)?;
    visit.admit(Some(head.cohort))?;
    the_report(tx, &visit.grant::<_, may::Read>(&facts(head.cohort))?, head.id)
}

/// The facts about the reports of a cohort that were submitted.
pub fn facts(cohort: Id) -> About {
    About::in_cohort(cohort.number()).when(true, Condition::IsSubmitted)
}

/// Proof that whoever asks may do this with the draft of a cohort's report.
pub fn draft<V: May>(visit: &Visit, cohort: Id) -> Result<Grant<of::ReportDraft, V>, Failure> {
    visit.grant(&About::in_cohort(cohort.number()))
}

pub fn the_report(tx: &mut Tx, _: &impl Opens<of::ReportDraft>, id: Id) -> Result<Submitted, Failure> {
    tx.row(&FIND, values![id])?.ok_or(Failure::NotFound)
}

pub fn of_cohort(
    tx: &mut Tx,
    _: &impl Opens<of::ReportDraft>,
    cohort: Id,
    kind: Kind,
) -> Result<Option<Submitted>, Failure> {
    Ok(tx.row(&OF_COHORT, values![cohort, kind.key()])?)
}

pub fn head(tx: &mut Tx, id: Id) -> Result<Head, Failure> {
    tx.row(&HEAD, values![id])?.ok_or(Failure::NotFound)
}

/// Whether a report was submitted.
pub fn head_of(tx: &mut Tx, cohort: Id, kind: Kind) -> Result<Option<Head>, Failure> {
    Ok(tx.row(&HEAD_OF_KIND, values![cohort, kind.key()])?)
}

/// What was submitted of a cohort, the newest first.
pub fn in_scope(tx: &mut Tx, scope: &Scope<of::ReportDraft, may::Read>) -> Result<Vec<Head>, Failure> {
    Ok(tx.rows(&HEADS, values![scope.cohort().map(Id::from)])?)
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, Failure> {
    serde_json::from_str(json).map_err(|error| StorageError::Other(format!("a submitted report: {error}")).into())
}
