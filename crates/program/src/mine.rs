//! What is somebody's own: what each room has of a person, to be taken along, and how the
//! room lets go of it when the person wishes to be forgotten. Each room gives one `Mine`.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use platform::prelude::*;
use policy::{Grant, Kind, May, Opens, may, of};
use serde_json::Value;

use crate::{calendar, capacity, cohorts, memberships};

/// What a room keeps of people.
#[derive(Clone, Copy)]
pub struct Mine {
    /// What the room's part is called in the file: "Your duos".
    pub title: &'static str,
    /// The tables it speaks for, both when it gathers and when it forgets.
    pub tables: &'static [&'static str],
    pub gather: fn(&mut Tx, &Asking) -> Result<Vec<Part>, Failure>,
    /// Deletes what the person wrote and told. What is only counted stays.
    pub forget: fn(&mut Tx, Id) -> Result<(), Failure>,
}

/// Somebody who takes along what is theirs, with the proof that they may.
pub struct Asking<'a> {
    visit: &'a Visit,
    person: Id,
    zone: TimeZone,
}

impl<'a> Asking<'a> {
    /// Nobody gathers for anybody else: the person is the one who asks.
    pub fn of(tx: &mut Tx, visit: &'a Visit) -> Result<Self, Failure> {
        let proof: Grant<of::BackupExport, may::Export> = visit.grant(&policy::Facts::of_program().own(true))?;
        let zone = cohorts::program(tx)?.map(|it| it.zone).unwrap_or_default();
        Ok(Self { visit, person: Id::from(proof.person()), zone: calendar::zone_named(&zone) })
    }

    pub fn person(&self) -> Id {
        self.person
    }

    pub fn visit(&self) -> &'a Visit {
        self.visit
    }

    /// Proof for one record of theirs; where the matrix gives none, it is not in the file.
    pub fn own<R: Kind, V: May>(&self, cohort: Id) -> Option<Grant<R, V>> {
        self.visit.grant(&policy::Facts::in_cohort(cohort.number()).own(true)).ok()
    }

    /// A moment as a day of the program.
    pub fn day(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }
}

/// Whoever takes along what is theirs opens it for that.
impl<R: Kind> Opens<R> for Asking<'_> {}

/// A few entries of one kind.
#[derive(Default)]
pub struct Part {
    pub title: String,
    /// What is to be known about it: what is not in it, and why.
    pub note: &'static str,
    pub entries: Vec<Entry>,
    /// Papers that belong to it: name, and content.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Part {
    pub fn new(title: impl Into<String>, entries: Vec<Entry>) -> Self {
        Self { title: title.into(), entries, ..Self::default() }
    }

    #[must_use]
    pub fn saying(self, note: &'static str) -> Self {
        Self { note, ..self }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.files.is_empty() && self.note.is_empty()
    }
}

/// One record as names and values, in order.
#[derive(Clone, Default)]
pub struct Entry(pub Vec<(String, Value)>);

impl Entry {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what there is; what is empty is left out.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        let value = value.into();
        let is_empty = match &value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(list) => list.is_empty(),
            _ => false,
        };
        if !is_empty {
            let name = self.free(name.into());
            self.0.push((name, value));
        }
        self
    }

    /// Two answers to questions of the same words are both there.
    fn free(&self, name: String) -> String {
        let is_taken = |name: &str| self.0.iter().any(|(it, _)| it == name);
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        names.find(|it| !is_taken(it)).unwrap_or(name)
    }

    #[must_use]
    pub fn day(self, name: impl Into<String>, day: impl Into<Option<Date>>) -> Self {
        self.with(name, day.into().map(|it| it.to_string()))
    }

    /// A moment, as the day it was in the program's zone.
    #[must_use]
    pub fn at(self, asking: &Asking, name: impl Into<String>, at: impl Into<Option<Timestamp>>) -> Self {
        let day = at.into().map(|it| asking.day(it));
        self.day(name, day)
    }
}

/// What stands where the name of somebody was who wished to be forgotten.
pub const SOMEONE: &str = "Someone who left";

/// What this room has of a person: their roles.
pub fn mine() -> Mine {
    Mine { title: "Your part in the program", tables: &["memberships", "mentor_capacities"], gather, forget }
}

fn gather(tx: &mut Tx, asking: &Asking) -> Result<Vec<Part>, Failure> {
    let mut roles = Vec::new();
    for member in memberships::of_person(tx, asking.person())? {
        let cohort = match member.cohort {
            Some(cohort) => cohorts::the_cohort(tx, cohort)?.name,
            None => "the whole program".to_owned(),
        };
        roles.push(
            Entry::new()
                .with("role", member.role().map_or("member", policy::Role::words))
                .with("cohort", cohort)
                .with("state", member.status)
                .day("since", member.since)
                .day("until", member.until),
        );
    }
    let mut wished = Vec::new();
    for (cohort, mentees) in capacity::of_person(tx, asking.person())? {
        let cohort = cohorts::the_cohort(tx, cohort)?.name;
        wished.push(Entry::new().with("cohort", cohort).with("mentees you take", mentees));
    }
    Ok(vec![Part::new("Roles", roles), Part::new("How many mentees you take", wished)])
}

/// Roles of the whole program and of cohorts that still run end; those of a cohort that is
/// over stay, for its numbers are counted from them.
fn forget(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    capacity::forget(tx, person)?;
    for member in memberships::of_person(tx, person)? {
        let runs = match member.cohort {
            Some(cohort) => !cohorts::the_cohort(tx, cohort)?.is_closed(),
            None => true,
        };
        if runs && member.status != "ended" {
            memberships::end(tx, member.id)?;
        }
    }
    Ok(())
}
