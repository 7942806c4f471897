//! What the engine is asked: people's answers as plain data. Sealed wishes are opened here
//! and nowhere shown.

use forms::Answers;
use jiff::{Timestamp, tz::TimeZone};
use pairing::{Mentee, Mentor, PartKey, Style};
use platform::{folding::folded, prelude::*};
use policy::Role;
use program::Cohort;

use crate::who;

/// A person as the hard rules see them.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub(crate) person: Id,
    pub(crate) name: String,
    pub(crate) employer: String,
    /// The account's name and the one in the application, folded.
    names: Vec<String>,
    /// Names and institutions this person must not be matched with, folded.
    not_with: Vec<String>,
    /// Names of those who supervise this person, or are supervised, folded.
    supervision: Vec<String>,
    pub(crate) answers: Answers,
    /// Whether something in it was sealed, and opened for the engine.
    pub(crate) has_sealed: bool,
}

impl Party {
    /// Whether one of the two has named the other in a sealed answer.
    pub(crate) fn rules_out(&self, other: &Self) -> bool {
        self.names_sealed(other) || other.names_sealed(self)
    }

    /// Whether the two work for one employer.
    pub(crate) fn shares_employer(&self, other: &Self) -> bool {
        crate::rules::same_employer(&self.employer, &other.employer)
    }

    fn names_sealed(&self, other: &Self) -> bool {
        self.wishes_not(other) || self.supervises(other)
    }

    fn wishes_not(&self, other: &Self) -> bool {
        let is_other = |entry: &String| other.names.contains(entry) || *entry == other.employer;
        self.not_with.iter().any(is_other)
    }

    fn supervises(&self, other: &Self) -> bool {
        self.supervision.iter().any(|entry| other.names.contains(entry))
    }
}

/// Reads a person's application; `None` where there is none in this cohort.
pub(crate) fn party(tx: &mut Tx, cohort: Id, person: Id, role: Role) -> Result<Option<Party>, Failure> {
    let (form, prefix) = if role == Role::Mentor { ("mentor_application", "mo") } else { ("mentee_application", "me") };
    let Some(kept) = forms::kept_of(tx, form, cohort, person)? else { return Ok(None) };
    let has_sealed = kept.has_sealed();
    let answers = if has_sealed { forms::open_sealed(tx, &kept, forms::Opener::Rule)? } else { kept.answers };
    let mut employer = answers.text(&format!("{prefix}_employer")).to_owned();
    if employer.trim().is_empty() {
        employer = membership::person(tx, &policy::house(), person)?.map(|it| it.employer).unwrap_or_default();
    }
    let name = who::name(tx, person)?;
    let names = vec![folded(&name), folded(answers.text(&format!("{prefix}_name")))];
    Ok(Some(Party {
        person,
        name,
        employer: membership::employer_key(&employer),
        names: entries(names),
        not_with: not_with(&answers.list(&format!("{prefix}_not"))),
        supervision: entries(answers.list(&format!("{prefix}_boss")).iter().map(|it| folded(it)).collect()),
        answers,
        has_sealed,
    }))
}

/// Each entry as a name, and as an institution.
fn not_with(list: &[String]) -> Vec<String> {
    entries(list.iter().flat_map(|it| [folded(it), membership::employer_key(it)]).collect())
}

fn entries(list: Vec<String>) -> Vec<String> {
    list.into_iter().filter(|entry| !entry.is_empty()).collect()
}

/// Those the engine is to bring together, with what keeps some of them apart.
pub(crate) struct Pool {
    pub(crate) mentees: Vec<Party>,
    pub(crate) mentors: Vec<Party>,
}

impl Pool {
    /// The people themselves: whoever has no application cannot be compared.
    pub(crate) fn of(tx: &mut Tx, cohort: &Cohort, mentees: &[Id], mentors: &[Id]) -> Result<Self, Failure> {
        let mut pool = Self { mentees: Vec::new(), mentors: Vec::new() };
        for person in mentees {
            pool.mentees.extend(party(tx, cohort.id, *person, Role::Mentee)?);
        }
        for person in mentors {
            pool.mentors.extend(party(tx, cohort.id, *person, Role::Mentor)?);
        }
        Ok(pool)
    }

    /// The question for the engine.
    pub(crate) fn input(&self, tx: &mut Tx, cohort: &Cohort) -> Result<pairing::Input, Failure> {
        let start = program::calendar::of(tx, cohort)?;
        let start = start.at(start.day("orientation"), 12);
        // CAP7: whoever was left out before, and wished to be kept, comes first among equals.
        let left_out = intake::left_out_before(tx, cohort)?;
        let mut input = pairing::Input::default();
        for party in &self.mentees {
            let apart = Apart::of(tx, party, &self.mentors)?;
            let mut mentee = mentee(party, apart, start);
            mentee.left_out_before = left_out.contains(&party.person) || was_left_out(tx, cohort, party.person)?;
            input.mentees.push(mentee);
        }
        for party in &self.mentors {
            let apart = Apart::of(tx, party, &self.mentees)?;
            let before = program::memberships::of_person(tx, party.person)?;
            let before =
                before.iter().filter(|it| it.role() == Some(Role::Mentor) && it.cohort != Some(cohort.id)).count();
            let cohorts_before = Some(u8::try_from(before).unwrap_or(u8::MAX));
            input.mentors.push(Mentor { cohorts_before, ..mentor(party, apart, start) });
        }
        Ok(input)
    }
}

/// Whether somebody had a place in an earlier cohort, or wanted one, and was in no duo of it.
fn was_left_out(tx: &mut Tx, cohort: &Cohort, person: Id) -> Result<bool, Failure> {
    for member in program::memberships::of_person(tx, person)? {
        let Some(earlier) = member.cohort.filter(|it| *it != cohort.id) else { continue };
        let wanted = matches!(member.role(), Some(Role::Mentee | Role::Applicant));
        let is_earlier = program::the_cohort(tx, earlier)?.annual_meeting < cohort.annual_meeting;
        if wanted && is_earlier && duos::of_person(tx, earlier, person)?.is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Who must not meet a person, by their ids in the pool on the other side.
struct Apart {
    not_with: Vec<String>,
    supervised_by: Vec<String>,
    past_partners: Vec<String>,
}

impl Apart {
    fn of(tx: &mut Tx, party: &Party, others: &[Party]) -> Result<Self, Failure> {
        let ids = |rule: &dyn Fn(&Party) -> bool| {
            others.iter().filter(|other| rule(other)).map(|other| other.person.to_string()).collect::<Vec<_>>()
        };
        let (not_with, supervised_by) = (ids(&|it| party.wishes_not(it)), ids(&|it| party.supervises(it)));
        let mut before = duos::of_person_any(tx, party.person)?;
        before.retain(|duo| !duo.was_taken_back());
        let past_partners = before.iter().map(|duo| duo.partner_of(party.person).to_string()).collect();
        Ok(Self { not_with, supervised_by, past_partners })
    }
}

/// Why two people may fit, in at most three sentences that both may read.
pub(crate) fn reasons(score: &pairing::Score) -> Vec<String> {
    let mut parts: Vec<&pairing::Part> =
        score.parts.iter().filter(|part| part.points.micro() * 2 > part.weight.micro()).collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.points));
    let reasons: Vec<String> = parts.into_iter().flat_map(|part| part.words.iter().cloned()).take(3).collect();
    if reasons.is_empty() { vec!["You are both free, and nothing speaks against it.".to_owned()] } else { reasons }
}

/// The same for two people whose applications are looked up; nothing where one has none.
pub(crate) fn reasons_for(tx: &mut Tx, cohort: &Cohort, mentee: Id, mentor: Id) -> Result<Vec<String>, Failure> {
    let input = Pool::of(tx, cohort, &[mentee], &[mentor])?.input(tx, cohort)?;
    let both = input.mentees.first().zip(input.mentors.first());
    Ok(both.map(|(mentee, mentor)| reasons(&pairing::score(mentee, mentor, &input.weights))).unwrap_or_default())
}

fn mentee(party: &Party, apart: Apart, start: Timestamp) -> Mentee {
    let answers = &party.answers;
    Mentee {
        id: party.person.to_string(),
        name: party.name.clone(),
        goals: answers.ranked("me_goals").into_iter().map(|goal| goal.topic).filter(|it| !it.is_empty()).collect(),
        kinds_wanted: answers.list("me_type_next"),
        style: style(answers, "me_style"),
        channels: answers.list("me_chan"),
        meetings_a_month: meetings(answers.text("me_freq")),
        hours: hours(&answers.list("me_avail"), answers.text("me_tz"), start),
        place: place(answers.text("me_city")),
        events: events(answers.text("me_orient")),
        employer: some(&party.employer),
        matters_most: matters_most(answers.text("me_must")),
        not_with: apart.not_with,
        supervised_by: apart.supervised_by,
        past_partners: apart.past_partners,
        ..Mentee::default()
    }
}

fn mentor(party: &Party, apart: Apart, start: Timestamp) -> Mentor {
    let answers = &party.answers;
    Mentor {
        id: party.person.to_string(),
        name: party.name.clone(),
        strong_topics: answers.list("mo_expert_strong"),
        topics: answers.list("mo_expert"),
        kinds_had: answers.list("mo_type"),
        style: style(answers, "mo_style"),
        channels: answers.list("mo_chan"),
        meetings_a_month: meetings(answers.text("mo_freq")),
        hours: hours(&answers.list("mo_avail"), answers.text("mo_tz"), start),
        place: place(answers.text("mo_city")),
        events: events(answers.text("mo_orient")),
        employer: some(&party.employer),
        not_with: apart.not_with,
        supervised_by: apart.supervised_by,
        past_partners: apart.past_partners,
        ..Mentor::default()
    }
}

fn style(answers: &Answers, key: &str) -> Style {
    let mut style = Style::default();
    for (place, point) in style.iter_mut().zip(answers.numbers(key)) {
        *place = u8::try_from(point).ok().filter(|point| (1..=5).contains(point));
    }
    style
}

fn meetings(frequency: &str) -> Option<u8> {
    match frequency {
        "every 2 weeks" => Some(2),
        "monthly" => Some(1),
        _ => None,
    }
}

fn matters_most(answer: &str) -> Option<PartKey> {
    match answer {
        "expertise in my first goal" => Some(PartKey::Goals),
        "similar career path" | "same kind of organisation" => Some(PartKey::Organisation),
        "working style" => Some(PartKey::Style),
        "nearby" => Some(PartKey::Place),
        _ => None,
    }
}

fn place(town: &str) -> Vec<String> {
    some(town).into_iter().collect()
}

fn events(orientation: &str) -> Vec<String> {
    if orientation == "in person" { vec!["the orientation".to_owned()] } else { Vec::new() }
}

fn some(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

/// Free hours in the world's own time. A part of the day stands for two hours of it.
fn hours(grid: &[String], zone: &str, start: Timestamp) -> Vec<u8> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let ahead = i64::from(zone.to_offset(start).seconds()).div_euclid(3600);
    let mut hours: Vec<u8> = grid
        .iter()
        .filter_map(|part| {
            let (day, part) = part.split_once('-')?;
            let day = forms::WEEKDAYS.iter().position(|(key, _)| *key == day)?;
            let first = match part {
                "am" => 9,
                "mid" => 12,
                _ => 18,
            };
            let local = i64::try_from(day).ok()? * 24 + first;
            Some([local, local + 1])
        })
        .flatten()
        .filter_map(|local| u8::try_from((local - ahead).rem_euclid(168)).ok())
        .collect();
    hours.sort_unstable();
    hours.dedup();
    hours
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, employer: &str, wishes: &[&str]) -> Party {
        Party {
            person: Id::default(),
            name: name.to_owned(),
            employer: membership::employer_key(employer),
            names: vec![folded(name)],
            not_with: not_with(&wishes.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()),
            supervision: Vec::new(),
            answers: Answers::new(),
            has_sealed: !wishes.is_empty(),
        }
    }

    #[test]
    fn free_hours_of_two_zones_meet_in_the_worlds_own_time() {
        let summer = Timestamp::constant(1_782_561_600, 0);
        let grid = |part: &str| vec![part.to_owned()];
        assert_eq!(hours(&grid("mon-am"), "America/Chicago", summer), [14, 15]);
        assert_eq!(hours(&grid("mon-am"), "Asia/Tokyo", summer), [0, 1]);
        assert_eq!(hours(&grid("mon-am"), "Pacific/Auckland", summer), [165, 166]);
        assert_eq!(hours(&grid("nonsense"), "nowhere", summer), Vec::<u8>::new());
    }

    #[test]
    fn a_sealed_name_keeps_two_apart_whatever_its_accents() {
        let zoe = named("Zoë Ångström", "City Library", &[]);
        let li = named("Li Chen", "State Museum", &["zoe ANGSTROM"]);
        assert!(zoe.rules_out(&li) && li.rules_out(&zoe));
        assert!(!zoe.rules_out(&named("Ana Ruiz", "", &["Somebody Else"])));
    }

    #[test]
    fn a_sealed_institution_keeps_its_people_away() {
        let ana = named("Ana Ruiz", "State Museum", &["the City Library"]);
        assert!(ana.rules_out(&named("Zoë", "City Library, Inc.", &[])));
        assert!(!ana.rules_out(&named("Zoë", "County Library", &[])));
        assert!(!ana.rules_out(&named("Zoë", "", &[])));
    }

    #[test]
    fn a_supervisor_is_kept_apart_in_either_direction() {
        let boss = Party { supervision: vec![folded("Ana Ruiz")], ..named("Li Chen", "", &[]) };
        let ana = named("Ana Ruiz", "", &[]);
        assert!(boss.rules_out(&ana) && ana.rules_out(&boss));
    }
}
