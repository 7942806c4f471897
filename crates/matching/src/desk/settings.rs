//! What decides about a run, and how it is read from a form. Pure but for the preset.
//! ALG2, ALG3.

use std::sync::LazyLock;

use pairing::{Lists, Must, Objective, WEIGHT_AT_MOST, Weights};
use platform::{fields::Fields, ids::Id};
use program::preset;
use serde::{Deserialize, Serialize};
use shell::Faults;

/// The fields of the form; "+" where one may come several times.
pub(crate) const FIELDS: &[&str] = &[
    "w_goals",
    "w_style",
    "w_organisation",
    "w_logistics",
    "w_place",
    "w_rotation",
    "must+",
    "objective",
    "lists",
    "seed",
    "least",
    "mentees_each",
    "lock+",
    "lock_mentee",
    "lock_mentor",
];

/// Seeds that people can copy without counting figures.
pub(crate) const SEED_AT_MOST: u64 = 999_999_999;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settings {
    pub(crate) weights: Weights,
    pub(crate) must: Vec<Must>,
    pub(crate) objective: Objective,
    pub(crate) seed: u64,
    /// Pairs under this score are not made.
    pub(crate) least: f64,
    /// How many mentees one mentor is given at most; fewer where the mentor has room for fewer.
    pub(crate) mentees_each: u32,
    /// What ranked lists decide. Runs that were made before lists were looked at say nothing of it.
    #[serde(default)]
    pub(crate) lists: Lists,
}

#[derive(Deserialize)]
struct Preset {
    rules: Rules,
}

#[derive(Deserialize)]
struct Rules {
    weights: Weights,
}

/// A test reads the preset, so what cannot be read is a fault of ours.
static PRESET: LazyLock<Rules> = LazyLock::new(|| {
    let read = preset::toml::<Preset>("preset.toml").map(|it| it.rules);
    read.unwrap_or(Rules { weights: Weights::default() })
});

impl Settings {
    /// Where a program begins.
    pub(crate) fn start() -> Self {
        Self {
            weights: PRESET.weights,
            must: Vec::new(),
            objective: Objective::MostPairs,
            seed: 1,
            least: 0.0,
            mentees_each: 1,
            lists: Lists::First,
        }
    }
}

pub(crate) const WEIGHTS: [(&str, &str, &str); 6] = [
    ("w_goals", "Goals and topics", "The mentee's first goal counts double."),
    ("w_style", "Working style", "Six short answers of both."),
    ("w_organisation", "Kind of organisation", "What the mentee aims at, not where the mentee is."),
    ("w_logistics", "Ways and times to meet", "Four free hours in common give all points."),
    ("w_place", "Place", "One country, one region, one town, or an event where both will be."),
    ("w_rotation", "Experience and rotation", "New mentors, and mentees who were left out before, get a little more."),
];

pub(crate) const OBJECTIVES: [(Objective, &str, &str, &str); 3] = [
    (
        Objective::MostPairs,
        "most-pairs",
        "As many pairs as possible",
        "Among those plans, the best fit. Nobody stays without a mentor for the sake of a better total.",
    ),
    (
        Objective::BestTotal,
        "best-total",
        "The best fit as a whole",
        "The highest total; among those plans, the most pairs.",
    ),
    (
        Objective::Stable,
        "stable",
        "Nobody would rather have each other",
        "No mentee and mentor would both rather have each other, by their lists and then by how they fit.",
    ),
];

pub(crate) const LISTS: [(Lists, &str, &str, &str); 2] = [
    (
        Lists::First,
        "first",
        "Whoever is on it comes first",
        "Then everybody else, by how they fit. Nobody stays alone for having ranked too few.",
    ),
    (
        Lists::Bind,
        "bind",
        "Nobody else comes into question",
        "Whoever ranked mentors who are still free gets one of them, or nobody.",
    ),
];

/// What the lists of a run decided; those made before lists were looked at had none.
pub(crate) fn lists_words(lists: Lists) -> &'static str {
    LISTS.iter().find(|it| it.0 == lists).map_or("were not looked at", |it| match it.0 {
        Lists::Bind => "nobody else comes into question",
        _ => "come first, then the fit",
    })
}

pub(crate) const MUSTS: [(Must, &str, &str); 5] = [
    (Must::FirstGoal, "first-goal", "The mentor names the mentee's first goal"),
    (Must::Organisation, "organisation", "The mentor has worked in a kind of organisation the mentee aims at"),
    (Must::Channel, "channel", "Both named one way to meet"),
    (Must::Hours, "hours", "Both are free in the same two hours a week"),
    (Must::Country, "country", "Both live in the same place"),
];

pub(crate) fn objective_words(objective: Objective) -> &'static str {
    OBJECTIVES.iter().find(|it| it.0 == objective).map_or("", |it| it.2)
}

/// Settings as a form holds them: whatever was typed, word for word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) weights: [String; 6],
    pub(crate) must: Vec<String>,
    pub(crate) objective: String,
    pub(crate) lists: String,
    pub(crate) seed: String,
    pub(crate) least: String,
    pub(crate) mentees_each: String,
    /// Pairs that stay, each "mentee.mentor".
    pub(crate) locks: Vec<String>,
}

impl Typed {
    pub(crate) fn of(settings: &Settings) -> Self {
        let w = settings.weights;
        let weights = [w.goals, w.style, w.organisation, w.logistics, w.place, w.rotation].map(|it| it.to_string());
        let key = |must: &Must| MUSTS.iter().find(|it| it.0 == *must).map(|it| it.1.to_owned());
        Self {
            weights,
            must: settings.must.iter().filter_map(key).collect(),
            objective: OBJECTIVES.iter().find(|it| it.0 == settings.objective).map_or("", |it| it.1).to_owned(),
            lists: LISTS.iter().find(|it| it.0 == settings.lists).map_or(LISTS[0].1, |it| it.1).to_owned(),
            seed: settings.seed.to_string(),
            least: settings.least.to_string(),
            mentees_each: settings.mentees_each.to_string(),
            locks: Vec::new(),
        }
    }

    pub(crate) fn sent(fields: &Fields) -> Self {
        let mut locks = fields.all("lock");
        let (mentee, mentor) = (fields.text("lock_mentee"), fields.text("lock_mentor"));
        if !mentee.is_empty() && !mentor.is_empty() {
            locks.push(format!("{mentee}.{mentor}"));
        }
        locks.sort();
        locks.dedup();
        Self {
            weights: WEIGHTS.map(|(name, ..)| fields.text(name).to_owned()),
            must: fields.all("must"),
            objective: fields.text("objective").to_owned(),
            lists: fields.text("lists").to_owned(),
            seed: fields.text("seed").to_owned(),
            least: fields.text("least").to_owned(),
            mentees_each: fields.text("mentees_each").to_owned(),
            locks,
        }
    }

    /// Everybody in a pair that stays.
    pub(crate) fn people(&self) -> Vec<Id> {
        self.locks.iter().flat_map(|lock| lock.split('.')).filter_map(Id::parse).collect()
    }

    /// As the fields of a link or a form, in one order.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, &str)> {
        let mut pairs: Vec<(&'static str, &str)> =
            WEIGHTS.iter().zip(&self.weights).map(|((name, ..), typed)| (*name, typed.as_str())).collect();
        pairs.extend(self.must.iter().map(|it| ("must", it.as_str())));
        pairs.push(("objective", &self.objective));
        pairs.push(("lists", &self.lists));
        pairs.push(("seed", &self.seed));
        pairs.push(("least", &self.least));
        pairs.push(("mentees_each", &self.mentees_each));
        pairs.extend(self.locks.iter().map(|it| ("lock", it.as_str())));
        pairs
    }

    /// The page with these settings.
    pub(crate) fn link(&self, cohort: Id) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.pairs() {
            query.append_pair(name, value);
        }
        format!("{}/new?{}", super::runs_path(cohort), query.finish())
    }

    /// The settings, or what is wrong with which field.
    pub(crate) fn read(&self) -> Result<Settings, Faults> {
        let mut faults = Faults::new();
        let mut weights = [0.0; 6];
        for (((name, label, _), typed), weight) in WEIGHTS.iter().zip(&self.weights).zip(&mut weights) {
            match number(typed, WEIGHT_AT_MOST) {
                Some(number) => *weight = number,
                None => faults.add(
                    *name,
                    format!("The weight of “{label}” is a number from 0 to {WEIGHT_AT_MOST}, such as 40 or 7.5."),
                ),
            }
        }
        if faults.is_empty() && weights.iter().sum::<f64>() < 1e-3 {
            let words = "With all weights at 0 no pair is better than another. Give at least one part a weight.";
            faults.add(WEIGHTS[0].0, words);
        }
        let objective = OBJECTIVES.iter().find(|it| it.1 == self.objective).map(|it| it.0);
        if objective.is_none() {
            faults.add("objective", "Choose what the plan looks for first.");
        }
        let lists = LISTS.iter().find(|it| it.1 == self.lists).map(|it| it.0);
        let lists = lists.or(self.lists.is_empty().then_some(Lists::First));
        if lists.is_none() {
            faults.add("lists", "Choose what a ranked list decides.");
        }
        let seed = self.seed.parse().ok().filter(|seed| *seed <= SEED_AT_MOST);
        if seed.is_none() {
            faults.add("seed", "The number that decides ties is a whole one from 0 to 999999999.");
        }
        let least = if self.least.is_empty() { Some(0.0) } else { number(&self.least, 100.0) };
        if least.is_none() {
            faults.add("least", "The least score is a number from 0 to 100. With 0 every pair may be made.");
        }
        let most = u32::try_from(program::capacity::AT_MOST).unwrap_or(1);
        let each = if self.mentees_each.is_empty() { Ok(1) } else { self.mentees_each.parse() };
        let each = each.ok().filter(|each| (1..=most).contains(each));
        if each.is_none() {
            faults.add("mentees_each", format!("A run gives a mentor from 1 to {most} mentees."));
        }
        let must = MUSTS.iter().filter(|it| self.must.iter().any(|typed| typed == it.1)).map(|it| it.0).collect();
        let [goals, style, organisation, logistics, place, rotation] = weights;
        let weights = Weights { goals, style, organisation, logistics, place, rotation };
        match (objective, seed, least, each.zip(lists)) {
            (Some(objective), Some(seed), Some(least), Some((mentees_each, lists))) if faults.is_empty() => {
                Ok(Settings { weights, must, objective, seed, least, mentees_each, lists })
            }
            _ => Err(faults),
        }
    }
}

/// A number as people write one: 7.5 or 7,5. Neither "NaN" nor "inf" is one.
fn number(typed: &str, most: f64) -> Option<f64> {
    let number: f64 = typed.replace(',', ".").parse().ok()?;
    (number.is_finite() && (0.0..=most).contains(&number)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Typed {
        Typed::of(&Settings::start())
    }

    // ALG3
    #[test]
    fn a_program_begins_with_the_weights_of_its_preset() {
        assert!(preset::toml::<Preset>("preset.toml").is_ok());
        let start = Settings::start();
        assert_eq!((start.weights.goals, start.weights.rotation), (40.0, 5.0));
        assert_eq!(start.mentees_each, 1);
        assert_eq!(typed().read().unwrap(), start);
    }

    #[test]
    fn settings_survive_a_link_and_keep_what_was_typed() {
        let mut sent = Typed { must: vec!["hours".to_owned()], locks: vec!["a.b".to_owned()], ..typed() };
        sent.weights[1] = "7,5".to_owned();
        let fields = Fields::from_pairs(sent.pairs().into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())));
        assert_eq!(Typed::sent(&fields), sent);
        let read = sent.read().unwrap();
        assert_eq!((read.weights.style, read.must), (7.5, vec![Must::Hours]));
    }

    #[test]
    fn senseless_numbers_are_refused_at_their_field_with_a_sentence() {
        for slip in ["NaN", "inf", "-1", "1e9", "1000000000", "1000.1", "", "many", "0x10"] {
            let mut sent = typed();
            sent.weights[4] = slip.to_owned();
            let faults = sent.read().unwrap_err();
            let words = "The weight of “Place” is a number from 0 to 1000, such as 40 or 7.5.";
            assert_eq!((faults.all().len(), faults.of("w_place")), (1, Some(words)), "{slip}");
        }
        let nothing = Typed { weights: std::array::from_fn(|_| "0".to_owned()), ..typed() };
        assert!(nothing.read().unwrap_err().of("w_goals").unwrap().starts_with("With all weights at 0"));
        for (slip, field) in [("-1", "seed"), ("1000000000", "seed"), ("1.5", "seed"), ("", "seed")] {
            let faults = Typed { seed: slip.to_owned(), ..typed() }.read().unwrap_err();
            assert!(faults.of(field).is_some(), "{slip}");
        }
        for slip in ["101", "NaN", "-0.1"] {
            let faults = Typed { least: slip.to_owned(), ..typed() }.read().unwrap_err();
            assert!(faults.of("least").is_some(), "{slip}");
        }
        let faults = Typed { objective: "fastest".to_owned(), ..typed() }.read().unwrap_err();
        assert_eq!(faults.of("objective"), Some("Choose what the plan looks for first."));
        let faults = Typed { lists: "some".to_owned(), ..typed() }.read().unwrap_err();
        assert_eq!(faults.of("lists"), Some("Choose what a ranked list decides."));
        let faults = Typed { mentees_each: "6".to_owned(), ..typed() }.read().unwrap_err();
        assert_eq!(faults.of("mentees_each"), Some("A run gives a mentor from 1 to 5 mentees."));
    }
}
