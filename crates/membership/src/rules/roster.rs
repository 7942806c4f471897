//! A member list compared with the roster: what is new, changed, gone, and unclear.
//!
//! # Design
//! A line is recognised by its member number first, then by its address regardless of
//! case (ELG2). Whatever could be two people is called unclear and left to a person to
//! decide; until then nothing changes for it, and it is not taken for gone either.
//! Applying a difference and comparing again gives none: a test says so.

use std::collections::HashMap;

use jiff::civil::Date;
use platform::{folding::folded, identity::email_key, ids::Id};
use serde::{Deserialize, Serialize};

use super::names::{can_be_one_person, number_key};

/// One member as the roster has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterRow {
    pub id: Id,
    pub number: String,
    pub name: String,
    pub email: String,
    pub is_good: bool,
    pub joined_year: Option<i64>,
    pub expires_on: Option<Date>,
    /// The kind of membership, as the association calls it.
    pub category: String,
}

/// One line of a member list, read and found sound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    pub line: u64,
    pub number: String,
    pub name: String,
    pub email: String,
    pub is_good: bool,
    pub joined_year: Option<i64>,
    pub expires_on: Option<Date>,
    /// The kind of membership, as the association calls it.
    pub category: String,
    /// Whether the list has a column for it; without one, what the roster has stays.
    pub tells_expiry: bool,
}

/// What is different in one field of one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub field: String,
    pub was: String,
    pub becomes: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    pub line: u64,
    pub was: RosterRow,
    pub becomes: RosterRow,
}

/// Why a line is unclear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doubt {
    /// The roster has the number for somebody else.
    OtherPerson,
    /// The roster has the address under another number.
    OtherNumber,
    /// The roster has the address for somebody of another name.
    OtherName,
    /// The address stands for several members.
    SharedAddress,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unclear {
    pub row: ImportRow,
    pub doubt: Doubt,
    /// Whom the roster has there, where it is one person.
    pub other: Option<RosterRow>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    pub new: Vec<ImportRow>,
    pub changed: Vec<Changed>,
    pub gone: Vec<RosterRow>,
    pub unclear: Vec<Unclear>,
    pub same: usize,
}

impl Difference {
    /// Whether applying it would change nothing.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.gone.is_empty()
    }
}

/// Compares the roster with a list whose lines are sound and tell members apart.
pub fn compare(roster: &[RosterRow], rows: &[ImportRow]) -> Difference {
    let mut search = Search::new(roster, rows);
    search.by_number();
    search.by_address_and_name();
    while search.by_address_alone() {}
    search.difference()
}

/// The member as the list has them; what a list does not tell stays as it was.
pub fn merged(was: &RosterRow, row: &ImportRow) -> RosterRow {
    let told = |new: &str, old: &str, is_other: bool| if !new.is_empty() && is_other { new } else { old }.to_owned();
    RosterRow {
        id: was.id,
        number: told(&row.number, &was.number, number_key(&row.number) != number_key(&was.number)),
        name: told(&row.name, &was.name, true),
        email: told(&row.email, &was.email, email_key(&row.email) != email_key(&was.email)),
        is_good: row.is_good,
        joined_year: row.joined_year.or(was.joined_year),
        expires_on: if row.tells_expiry { row.expires_on } else { was.expires_on },
        category: told(&row.category, &was.category, true),
    }
}

/// Field by field, in the words people read.
pub fn changes(was: &RosterRow, becomes: &RosterRow) -> Vec<Change> {
    let year = |it: &RosterRow| it.joined_year.map_or_else(String::new, |year| year.to_string());
    let expires = |it: &RosterRow| it.expires_on.map_or_else(String::new, |day| day.to_string());
    let fields = [
        ("Member number", was.number.clone(), becomes.number.clone()),
        ("Name", was.name.clone(), becomes.name.clone()),
        ("E-mail", was.email.clone(), becomes.email.clone()),
        ("Standing", standing_words(was.is_good).to_owned(), standing_words(becomes.is_good).to_owned()),
        ("Joined", year(was), year(becomes)),
        ("Expires", expires(was), expires(becomes)),
        ("Kind of membership", was.category.clone(), becomes.category.clone()),
    ];
    fields
        .into_iter()
        .filter(|(_, was, becomes)| was != becomes)
        .map(|(field, was, becomes)| Change { field: field.to_owned(), was, becomes })
        .collect()
}

pub fn standing_words(is_good: bool) -> &'static str {
    if is_good { "in good standing" } else { "lapsed" }
}

/// Lines and members, and which of them have been found to belong together. Both are
/// named by their place in the lists.
struct Search<'a> {
    roster: &'a [RosterRow],
    rows: &'a [ImportRow],
    member_by_number: HashMap<String, usize>,
    members_by_address: HashMap<String, Vec<usize>>,
    lines_by_address: HashMap<String, Vec<usize>>,
    /// The member a line was found to be.
    found: Vec<Option<usize>>,
    doubts: Vec<Option<(Doubt, Option<usize>)>>,
    /// Members that a line speaks for, clearly or not.
    taken: Vec<bool>,
}

impl<'a> Search<'a> {
    fn new(roster: &'a [RosterRow], rows: &'a [ImportRow]) -> Self {
        let mut member_by_number = HashMap::new();
        let mut members_by_address: HashMap<String, Vec<usize>> = HashMap::new();
        let mut lines_by_address: HashMap<String, Vec<usize>> = HashMap::new();
        for (member, it) in roster.iter().enumerate() {
            if !it.number.is_empty() {
                member_by_number.insert(number_key(&it.number), member);
            }
            members_by_address.entry(email_key(&it.email)).or_default().push(member);
        }
        for (line, it) in rows.iter().enumerate() {
            lines_by_address.entry(email_key(&it.email)).or_default().push(line);
        }
        Self {
            roster,
            rows,
            member_by_number,
            members_by_address,
            lines_by_address,
            found: vec![None; rows.len()],
            doubts: vec![None; rows.len()],
            taken: vec![false; roster.len()],
        }
    }

    fn by_number(&mut self) {
        for (line, row) in self.rows.iter().enumerate() {
            let Some(&member) = self.member_by_number.get(&number_key(&row.number)) else { continue };
            let was = &self.roster[member];
            let same_address = !row.email.is_empty() && email_key(&row.email) == email_key(&was.email);
            if !self.taken[member] && (same_address || can_be_one_person(&row.name, &was.name)) {
                self.found[line] = Some(member);
            } else {
                self.doubts[line] = Some((Doubt::OtherPerson, Some(member)));
            }
            self.taken[member] = true;
        }
    }

    fn by_address_and_name(&mut self) {
        for line in 0..self.rows.len() {
            let name = folded(&self.rows[line].name);
            let alike = self.eligible(line, |it| folded(&it.name) == name);
            self.take_if_one(line, &alike);
        }
    }

    /// Runs until it finds nothing more: what one line takes leaves less for the others.
    fn by_address_alone(&mut self) -> bool {
        let mut found = false;
        for line in 0..self.rows.len() {
            let alike = self.eligible(line, |it| can_be_one_person(&it.name, &self.rows[line].name));
            found |= self.take_if_one(line, &alike);
        }
        found
    }

    fn take_if_one(&mut self, line: usize, members: &[usize]) -> bool {
        let [member] = members else { return false };
        self.found[line] = Some(*member);
        self.taken[*member] = true;
        true
    }

    /// Members nobody speaks for yet who have the line's address and no other number.
    fn eligible(&self, line: usize, wanted: impl Fn(&RosterRow) -> bool) -> Vec<usize> {
        let row = &self.rows[line];
        let fits = |member: &usize| row.number.is_empty() || self.roster[*member].number.is_empty();
        self.at_address(line).into_iter().filter(fits).filter(|member| wanted(&self.roster[*member])).collect()
    }

    fn at_address(&self, line: usize) -> Vec<usize> {
        let row = &self.rows[line];
        if row.email.is_empty() || self.found[line].is_some() || self.doubts[line].is_some() {
            return Vec::new();
        }
        let members = self.members_by_address.get(&email_key(&row.email)).map_or(&[][..], Vec::as_slice);
        members.iter().copied().filter(|member| !self.taken[*member]).collect()
    }

    fn difference(mut self) -> Difference {
        let judged: Vec<_> = (0..self.rows.len()).map(|line| self.doubt(line)).collect();
        let mut difference = Difference::default();
        for (line, doubt) in judged.into_iter().enumerate() {
            let row = &self.rows[line];
            if let Some(member) = self.found[line] {
                let was = &self.roster[member];
                let becomes = merged(was, row);
                if becomes == *was {
                    difference.same += 1;
                } else {
                    difference.changed.push(Changed { line: row.line, was: was.clone(), becomes });
                }
            } else if let Some((doubt, other)) = doubt {
                for member in self.at_address(line) {
                    self.taken[member] = true;
                }
                let other = other.map(|member| self.roster[member].clone());
                difference.unclear.push(Unclear { row: row.clone(), doubt, other });
            } else {
                difference.new.push(row.clone());
            }
        }
        difference.gone = gone(self.roster, &self.taken);
        difference
    }

    /// Why a line that was not found is not simply new.
    fn doubt(&self, line: usize) -> Option<(Doubt, Option<usize>)> {
        if self.found[line].is_some() || self.doubts[line].is_some() {
            return self.doubts[line];
        }
        let row = &self.rows[line];
        match self.at_address(line).as_slice() {
            [] if self.shares_address(line) => Some((Doubt::SharedAddress, None)),
            [] => None,
            [member] if row.number.is_empty() || self.roster[*member].number.is_empty() => {
                Some((Doubt::OtherName, Some(*member)))
            }
            [member] => Some((Doubt::OtherNumber, Some(*member))),
            _ => Some((Doubt::SharedAddress, None)),
        }
    }

    /// Whether another line of the list has the address: one that was found, or one that
    /// stands before this.
    fn shares_address(&self, line: usize) -> bool {
        let row = &self.rows[line];
        let lines = self.lines_by_address.get(&email_key(&row.email)).map_or(&[][..], Vec::as_slice);
        !row.email.is_empty()
            && lines.iter().any(|other| *other < line || (*other != line && self.found[*other].is_some()))
    }
}

fn gone(roster: &[RosterRow], taken: &[bool]) -> Vec<RosterRow> {
    roster.iter().zip(taken).filter(|(_, taken)| !**taken).map(|(row, _)| row.clone()).collect()
}
