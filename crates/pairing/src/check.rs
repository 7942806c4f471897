//! What is refused before any work. Ids in ranked lists may be of people who are no longer in the pool; the plan says
//! so in a note.

use std::collections::HashSet;

use crate::{
    Input, PEOPLE_AT_MOST, PartKey, Refusal,
    people::{HOURS_IN_A_WEEK, Style},
    quick::QuickMap,
    refusal::{Fault, Place},
};

/// People by their ids, which are found to be unique.
pub(crate) struct Ids<'a> {
    pub(crate) mentees: QuickMap<&'a str, u32>,
    pub(crate) mentors: QuickMap<&'a str, u32>,
    /// Who is scored: places in the input of the mentee and the mentor.
    pub(crate) scored: Vec<(u32, u32)>,
}

pub(crate) fn check(input: &Input) -> Result<Ids<'_>, Fault> {
    input.weights.check()?;
    if !(0.0..=100.0).contains(&input.least) {
        return Err(Refusal::Least.at(Place::whole("least")));
    }
    at_most("mentees", input.mentees.len())?;
    at_most("mentors", input.mentors.len())?;
    let mut ids = Ids {
        mentees: unique("mentee", "mentees", input.mentees.iter().map(|mentee| mentee.id.as_str()))?,
        mentors: unique("mentor", "mentors", input.mentors.iter().map(|mentor| mentor.id.as_str()))?,
        scored: Vec::new(),
    };
    for (at, mentee) in input.mentees.iter().enumerate() {
        if mentee.matters_most == Some(PartKey::Given) {
            let place = Place::of("mentees", at, "matters_most");
            return Err(Refusal::MattersMost(mentee.called().to_string()).at(place));
        }
        let who = Who { list: "mentees", at, called: mentee.called(), id: &mentee.id };
        who.check_answers(&mentee.style, &mentee.hours, mentee.meetings_a_month)?;
        who.check_list(&mentee.ranked)?;
    }
    for (at, mentor) in input.mentors.iter().enumerate() {
        let who = Who { list: "mentors", at, called: mentor.called(), id: &mentor.id };
        who.check_answers(&mentor.style, &mentor.hours, mentor.meetings_a_month)?;
        who.check_list(&mentor.ranked)?;
    }
    ids.scored = check_pairs(input, &ids)?;
    Ok(ids)
}

fn check_pairs(input: &Input, ids: &Ids<'_>) -> Result<Vec<(u32, u32)>, Fault> {
    fn pairs<'a, T>(list: &'a [T], both: impl Fn(&'a T) -> (&'a String, &'a String)) -> Vec<(&'a str, &'a str)> {
        list.iter().map(both).map(|(mentee, mentor)| (mentee.as_str(), mentor.as_str())).collect()
    }
    let lists = [
        ("locked", "locked pairs", pairs(&input.locked, |it| (&it.mentee, &it.mentor))),
        ("exclusions", "exclusions", pairs(&input.exclusions, |it| (&it.mentee, &it.mentor))),
        ("overrides", "overrides", pairs(&input.overrides, |it| (&it.mentee, &it.mentor))),
        ("scores", "given scores", pairs(&input.scores, |it| (&it.mentee, &it.mentor))),
    ];
    let mut found = Vec::new();
    for (key, list, pairs) in lists {
        found = Vec::with_capacity(pairs.len());
        for (at, (mentee, mentor)) in pairs.iter().enumerate() {
            let unknown =
                |role, id: &str| Refusal::Unknown { list, role, id: id.to_string() }.at(Place::of(key, at, role));
            let row = *ids.mentees.get(mentee).ok_or_else(|| unknown("mentee", mentee))?;
            let column = *ids.mentors.get(mentor).ok_or_else(|| unknown("mentor", mentor))?;
            found.push((row, column));
        }
        if let Some(at) = second_of_two(&found) {
            let (mentee, mentor) = (pairs[at].0.to_string(), pairs[at].1.to_string());
            return Err(Refusal::PairTwice { list, mentee, mentor }.at(Place::of(key, at, "")));
        }
    }
    match input.scores.iter().position(|given| !(0.0..=100.0).contains(&given.points)) {
        None => Ok(found),
        Some(at) => {
            let (mentee, mentor) = (input.scores[at].mentee.clone(), input.scores[at].mentor.clone());
            Err(Refusal::GivenScore { mentee, mentor }.at(Place::of("scores", at, "points")))
        }
    }
}

/// The first place at which a pair stands again.
fn second_of_two(pairs: &[(u32, u32)]) -> Option<usize> {
    let mut sorted: Vec<(u32, u32, usize)> = pairs.iter().enumerate().map(|(at, (a, b))| (*a, *b, at)).collect();
    sorted.sort_unstable();
    sorted.windows(2).filter(|two| (two[0].0, two[0].1) == (two[1].0, two[1].1)).map(|two| two[1].2).min()
}

fn at_most(what: &'static str, found: usize) -> Result<(), Fault> {
    let refusal = Refusal::TooMany { what, most: PEOPLE_AT_MOST, found };
    if found > PEOPLE_AT_MOST { Err(refusal.at(Place::whole(what))) } else { Ok(()) }
}

fn unique<'a>(
    role: &'static str,
    list: &'static str,
    ids: impl ExactSizeIterator<Item = &'a str>,
) -> Result<QuickMap<&'a str, u32>, Fault> {
    let mut seen = QuickMap::with_capacity_and_hasher(ids.len(), Default::default());
    for (at, id) in ids.enumerate() {
        if id.trim().is_empty() {
            return Err(Refusal::NoId { role }.at(Place::of(list, at, "id")));
        }
        if seen.insert(id, at as u32).is_some() {
            return Err(Refusal::IdTwice { role, id: id.to_string() }.at(Place::of(list, at, "id")));
        }
    }
    Ok(seen)
}

struct Who<'a> {
    list: &'static str,
    at: usize,
    called: &'a str,
    id: &'a str,
}

impl Who<'_> {
    fn check_answers(&self, style: &Style, hours: &[u8], meetings_a_month: Option<u8>) -> Result<(), Fault> {
        let who = || self.called.to_string();
        if style.iter().flatten().any(|answer| !(1..=5).contains(answer)) {
            return Err(Refusal::Style(who()).at(self.place("style")));
        }
        if hours.iter().any(|hour| *hour >= HOURS_IN_A_WEEK) {
            return Err(Refusal::Hour(who()).at(self.place("hours")));
        }
        if meetings_a_month.is_some_and(|meetings| !(1..=31).contains(&meetings)) {
            return Err(Refusal::Frequency(who()).at(self.place("meetings_a_month")));
        }
        Ok(())
    }

    fn check_list(&self, ranked: &[String]) -> Result<(), Fault> {
        if ranked.iter().any(|whom| whom == self.id) {
            return Err(Refusal::RankedSelf(self.called.to_string()).at(self.place("ranked")));
        }
        // A few names are compared faster than they are put into a set.
        let twice = if ranked.len() <= 16 {
            (1..ranked.len()).find(|at| ranked[..*at].contains(&ranked[*at]))
        } else {
            let mut seen = HashSet::with_capacity(ranked.len());
            ranked.iter().position(|whom| !seen.insert(whom))
        };
        match twice {
            None => Ok(()),
            Some(at) => {
                let (who, whom) = (self.called.to_string(), ranked[at].clone());
                Err(Refusal::RankedTwice { who, whom }.at(self.place("ranked")))
            }
        }
    }

    fn place(&self, key: &'static str) -> Place {
        Place::of(self.list, self.at, key)
    }
}
