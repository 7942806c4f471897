//! What is refused before any work. Ids in ranked lists may be of people who are no longer in the pool; the plan says
//! so in a note.

use std::collections::HashSet;

use crate::{
    Input, PEOPLE_AT_MOST, PartKey, Refusal,
    ids::ById,
    lists::{Missing, Written},
    parts::both,
    people::{HOURS_IN_A_WEEK, Style, called},
    refusal::{Fault, Place},
};

/// What was found out about a sound input, in which ids are unique.
pub(crate) struct Checked {
    pub(crate) ids: Ids,
    pub(crate) mentee_lists: Written,
    pub(crate) mentor_lists: Written,
    /// Who is scored: places in the input of the mentee and the mentor.
    pub(crate) scored: Vec<(u32, u32)>,
}

/// People by their ids.
pub(crate) struct Ids {
    pub(crate) mentees: ById,
    pub(crate) mentors: ById,
}

impl Ids {
    /// The places of two people in the input.
    pub(crate) fn both(&self, mentee: &str, mentor: &str) -> Option<(usize, usize)> {
        Some((self.mentees.find(mentee)? as usize, self.mentors.find(mentor)? as usize))
    }
}

pub(crate) fn check(input: &Input) -> Result<Checked, Fault> {
    input.weights.check()?;
    if !(0.0..=100.0).contains(&input.least) {
        return Err(Refusal::Least.at(Place::whole("least")));
    }
    at_most("mentees", input.mentees.len())?;
    at_most("mentors", input.mentors.len())?;
    let people = input.mentees.len() + input.mentors.len();
    let (mentees, mentors) = both(
        people,
        || unique("mentee", "mentees", input.mentees.iter().map(|mentee| mentee.id.as_str())),
        || unique("mentor", "mentors", input.mentors.iter().map(|mentor| mentor.id.as_str())),
    );
    let ids = Ids { mentees: mentees?, mentors: mentors? };
    let (mentee_lists, mentor_lists) =
        both(people, || check_mentees(input, &ids.mentors), || check_mentors(input, &ids.mentees));
    let (mentee_lists, mentor_lists) = (mentee_lists?, mentor_lists?);
    let scored = check_pairs(input, &ids)?;
    Ok(Checked { ids, mentee_lists, mentor_lists, scored })
}

fn check_mentees(input: &Input, mentors: &ById) -> Result<Written, Fault> {
    let (mut lists, mut named) = (Written::default(), Vec::new());
    for (at, mentee) in input.mentees.iter().enumerate() {
        if mentee.matters_most == Some(PartKey::Given) {
            let place = Place::of("mentees", at, "matters_most");
            return Err(Refusal::MattersMost(mentee.called().to_string()).at(place));
        }
        let who = Who { list: "mentees", at, name: &mentee.name, id: &mentee.id };
        who.check_answers(&mentee.style, &mentee.hours, mentee.meetings_a_month)?;
        named.clear();
        who.check_list(&mentee.ranked, mentors, &mut named)?;
        lists.add(&named, |whom| who.misses(whom));
    }
    Ok(lists)
}

fn check_mentors(input: &Input, mentees: &ById) -> Result<Written, Fault> {
    let (mut lists, mut named) = (Written::default(), Vec::new());
    for (at, mentor) in input.mentors.iter().enumerate() {
        let who = Who { list: "mentors", at, name: &mentor.name, id: &mentor.id };
        who.check_answers(&mentor.style, &mentor.hours, mentor.meetings_a_month)?;
        named.clear();
        who.check_list(&mentor.ranked, mentees, &mut named)?;
        lists.add(&named, |whom| who.misses(whom));
    }
    Ok(lists)
}

fn check_pairs(input: &Input, ids: &Ids) -> Result<Vec<(u32, u32)>, Fault> {
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
            let row = ids.mentees.find(mentee).ok_or_else(|| unknown("mentee", mentee))?;
            let column = ids.mentors.find(mentor).ok_or_else(|| unknown("mentor", mentor))?;
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
    mut ids: impl ExactSizeIterator<Item = &'a str> + Clone,
) -> Result<ById, Fault> {
    let place = |at| Place::of(list, at, "id");
    let without = ids.clone().position(|id| id.trim().is_empty());
    match (ById::new(ids.clone().take(without.unwrap_or(ids.len()))), without) {
        (Err(at), _) => {
            let id = ids.nth(at).unwrap_or_default().to_string();
            Err(Refusal::IdTwice { role, id }.at(place(at)))
        }
        (Ok(_), Some(at)) => Err(Refusal::NoId { role }.at(place(at))),
        (Ok(by_id), None) => Ok(by_id),
    }
}

/// Someone on a list: the place in the input, or the id of a stranger.
type Named<'a> = Result<u32, &'a str>;

struct Who<'a> {
    list: &'static str,
    at: usize,
    name: &'a str,
    id: &'a str,
}

impl<'a> Who<'a> {
    fn check_answers(&self, style: &Style, hours: &[u8], meetings_a_month: Option<u8>) -> Result<(), Fault> {
        let who = || self.called();
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

    fn check_list(&self, ranked: &'a [String], others: &ById, named: &mut Vec<Named<'a>>) -> Result<(), Fault> {
        others.find_all(ranked, named);
        if named.contains(&others.find(self.id).ok_or(self.id)) {
            return Err(Refusal::RankedSelf(self.called()).at(self.place("ranked")));
        }
        // A few are compared faster than they are put into a set.
        let twice = if named.len() <= 16 {
            (1..named.len()).find(|at| named[..*at].contains(&named[*at]))
        } else {
            let mut seen = HashSet::with_capacity(named.len());
            named.iter().position(|whom| !seen.insert(whom))
        };
        match twice {
            None => Ok(()),
            Some(at) => {
                let (who, whom) = (self.called(), ranked[at].clone());
                Err(Refusal::RankedTwice { who, whom }.at(self.place("ranked")))
            }
        }
    }

    fn called(&self) -> String {
        called(self.name, self.id).to_string()
    }

    fn misses(&self, whom: &str) -> Missing {
        Missing { place: self.place("ranked"), who: self.called(), whom: whom.to_string() }
    }

    fn place(&self, key: &'static str) -> Place {
        Place::of(self.list, self.at, key)
    }
}
