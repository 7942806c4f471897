//! What invented people write into fields: texts by what the field asks, choices by what
//! the page offers.

use std::collections::HashMap;

use jiff::civil::{Date, Weekday};
use rand::{RngExt, rngs::StdRng, seq::IndexedRandom};

use super::{
    choices,
    lives::Goal,
    people::{Part, Person, happens},
    scrape::Field,
    texts::{DUOS, MENTEES, MENTORS, SURVEYS},
};

/// One person with one form before them.
pub struct Writer<'a> {
    pub person: &'a Person,
    pub today: Date,
    /// How many notes this person has in the notebook already.
    pub notes: usize,
    /// How often a name has stood in the form so far.
    seen: HashMap<String, usize>,
}

impl<'a> Writer<'a> {
    pub fn new(person: &'a Person, today: Date, notes: usize) -> Self {
        Self { person, today, notes, seen: HashMap::new() }
    }

    /// What the person would put into a field; `None` leaves it as it stands.
    pub fn fill(&mut self, rng: &mut StdRng, field: &Field) -> Option<Vec<String>> {
        let name = field.name.as_str();
        let before = self.seen.entry(name.to_owned()).or_default();
        *before += 1;
        let place = *before - 1;
        match field.kind.as_str() {
            "hidden" | "file" | "submit" => None,
            "checkbox" => Some(choices::ticked(rng, self.person, field)),
            "radio" => Some(vec![choices::chosen(rng, self.person, field)?]),
            "select" => Some(vec![choices::selected(rng, self.person, field, place)?]),
            "password" => Some(vec![self.person.password()]),
            "date" => Some(vec![self.day(rng, name)]),
            "number" => Some(vec![choices::number(rng, name).to_string()]),
            _ if !field.values.iter().all(String::is_empty) => None,
            _ => Some(vec![self.text(rng, name)]),
        }
    }

    /// What stands in a text field. Whatever is not known is left empty.
    fn text(&self, rng: &mut StdRng, name: &str) -> String {
        if let Some(fact) = fact(self.person, name) {
            return fact;
        }
        if let Some(text) = self.person.life.text(name) {
            return text.to_owned();
        }
        if let Some(place) = name.strip_prefix("me_goals_") {
            return self.goal(place).map_or_else(String::new, |goal| goal.title.to_owned());
        }
        if let Some((place, part)) = name.strip_prefix("goal_").and_then(|rest| rest.split_once('_')) {
            return self.goal(place).map_or("", |goal| part_of(goal, part)).to_owned();
        }
        if name == "text" {
            let notes = &self.person.life.notes;
            return notes.get(self.notes % notes.len().max(1)).copied().unwrap_or_default().to_owned();
        }
        match pool(self.person, name) {
            Some((percent, lines)) if happens(rng, percent) => self.said(lines.choose(rng).map_or("", String::as_str)),
            _ => String::new(),
        }
    }

    fn goal(&self, place: &str) -> Option<&Goal> {
        self.person.life.goals.get(place.parse::<usize>().ok()?.checked_sub(1)?)
    }

    /// A sentence with this person's own goal in it.
    fn said(&self, words: &str) -> String {
        let Some(goal) = self.person.life.goals.first() else { return words.to_owned() };
        words.replace("{goal}", &lower_first(goal.title)).replace("{topic}", goal.topic)
    }

    /// The day a field asks for: deadlines lie ahead, meetings of an agreement a month apart.
    fn day(&self, rng: &mut StdRng, name: &str) -> String {
        let ahead = match name {
            "date_1" => 14,
            "date_2" => 45,
            "date_3" => 75,
            "halfway" => 150,
            // When they last met: some days ago, if one remembers.
            "P2" if happens(rng, 80) => -rng.random_range(1..12),
            "P2" => return String::new(),
            _ => match name.strip_prefix("goal_").and_then(|rest| rest.strip_suffix("_by")) {
                Some(place) if self.goal(place).is_none() => return String::new(),
                Some("1") => 120,
                Some("2") => 180,
                Some(_) => 240,
                None if name.contains("due") => 150,
                None => 0,
            },
        };
        let mut day = program::rules::calendar::add(self.today, ahead);
        while ahead > 0 && matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            day = program::rules::calendar::add(day, 1);
        }
        day.to_string()
    }
}

fn part_of<'a>(goal: &'a Goal, part: &str) -> &'a str {
    match part {
        "title" => goal.title,
        "why" => goal.why,
        "sign" => goal.sign,
        // The steps of the scale are left for a later day.
        _ => "",
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The sentences for a field, and how many in a hundred write anything there.
fn pool(person: &Person, name: &str) -> Option<(u32, &'static [String])> {
    let mentor = person.part == Part::Mentor;
    let (agreement, ending) = (&DUOS.agreement, &DUOS.ending);
    let survey = if mentor { &SURVEYS.mentor } else { &SURVEYS.mentee };
    Some(match name {
        "purpose" => (100, &agreement.purpose),
        "mentor_brings" => (100, &agreement.mentor_brings),
        "mentor_not" => (80, &agreement.mentor_not),
        "mentee_brings" => (100, &agreement.mentee_brings),
        "mentee_between" => (90, &agreement.mentee_between),
        "extra_rules" => (70, &agreement.extra_rules),
        "feedback" => (90, &agreement.feedback),
        "P4" if mentor => (25, &DUOS.check_in.mentor),
        "P4" => (30, &DUOS.check_in.mentee),
        "question" => (100, &MENTORS.questions),
        "reply" => (100, &MENTEES.replies),
        "reason" => (40, &MENTORS.declines),
        "words" => (100, &ending.words),
        "helped" => (50, &ending.helped),
        "unclear" => (30, &SURVEYS.orientation.unclear),
        "u3" => (80, &MENTEES.unmatched),
        "t1" => (75, &survey.t1),
        "t2" => (45, &survey.t2),
        "t4" => (70, &survey.t4),
        "t5" => (45, &survey.t5),
        "t6" => (30, &survey.t6),
        _ => return None,
    })
}

/// What is a fact about the person.
fn fact(person: &Person, name: &str) -> Option<String> {
    Some(match name {
        "name" | "me_name" | "mo_name" | "no_who" => person.name.clone(),
        "email" | "me_email" | "mo_email" | "no_who_email" => person.email.clone(),
        "me_role" | "mo_role" | "role" => person.role.to_owned(),
        "me_employer" | "mo_employer" | "employer" => person.employer.clone(),
        "me_city" | "mo_city" | "city" => person.city.to_owned(),
        "me_phone" | "mo_phone" => person.life.phone.clone(),
        "me_memno" | "mo_memno" | "member_number" => person.number.clone(),
        _ => return None,
    })
}
