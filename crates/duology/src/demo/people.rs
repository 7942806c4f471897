//! Invented people: who takes part, and how they behave. Drawn from a seed, so that the
//! same seed gives the same people.

use std::sync::Arc;

use rand::{Rng, RngExt, rngs::StdRng, seq::IndexedRandom};

use super::{
    lives::{Life, Lives},
    names::{self, PLACES},
    work,
};

/// What somebody is in the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Chair,
    Deputy,
    Liaison,
    Council,
    Staff,
    Board,
    Mentor,
    Mentee,
}

/// How somebody takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Answers at once, meets often.
    Eager,
    /// Answers within days.
    Steady,
    /// Answers late, sometimes not.
    Busy,
    /// Falls silent.
    Silent,
}

#[derive(Clone, Debug)]
pub struct Person {
    pub name: String,
    pub email: String,
    pub part: Part,
    pub manner: Manner,
    pub role: &'static str,
    pub employer: String,
    pub kind: &'static str,
    pub city: &'static str,
    pub zone: &'static str,
    pub number: String,
    pub joined: i16,
    /// Joined in the year in which the call goes out.
    pub is_new: bool,
    /// A member in good standing; otherwise someone who must promise to join.
    pub member: bool,
    /// Gives the place back before the session, so that the next in line hears of it.
    pub withdraws: bool,
    pub life: Arc<Life>,
}

impl Person {
    pub fn first_name(&self) -> &str {
        self.name.split(' ').next().unwrap_or(&self.name)
    }

    /// A sentence of one's own, long enough for the rule.
    pub fn password(&self) -> String {
        format!("quiet reading rooms {}", self.number)
    }
}

/// How many of each there are for a cohort of so many duos.
pub fn cast(rng: &mut StdRng, duos: usize, year: i16) -> Vec<Person> {
    let mut people = Vec::new();
    let mut lives = Lives::new(rng);
    let mut add = |part, rng: &mut StdRng| {
        let number = people.len();
        let person = person(rng, &mut lives, number, part, year);
        people.push(person);
    };
    add(Part::Chair, rng);
    add(Part::Deputy, rng);
    for _ in 0..duos.div_ceil(5).max(3) {
        add(Part::Liaison, rng);
    }
    add(Part::Council, rng);
    add(Part::Staff, rng);
    add(Part::Board, rng);
    add(Part::Board, rng);
    // Mentors are asked for first, and there are a few more of them than places.
    for _ in 0..duos + duos.div_ceil(8) + 1 {
        add(Part::Mentor, rng);
    }
    // More mentees apply than have a place.
    for _ in 0..duos + duos.div_ceil(5) {
        add(Part::Mentee, rng);
    }
    for (place, mentee) in people.iter_mut().filter(|it| it.part == Part::Mentee).enumerate() {
        mentee.withdraws = duos >= 10 && place % 24 == 2;
    }
    people
}

fn person(rng: &mut StdRng, lives: &mut Lives, number: usize, part: Part, year: i16) -> Person {
    let name = names::name(number);
    let email = names::address(&name, number);
    let (city, zone) = *PLACES.choose(rng).unwrap_or(&PLACES[0]);
    let junior = part == Part::Mentee;
    let post = if junior { work::junior(rng, city) } else { work::senior(rng, city) };
    let manner = match rng.random_range(0..20) {
        0..9 => Manner::Eager,
        9..16 => Manner::Steady,
        16..19 => Manner::Busy,
        _ => Manner::Silent,
    };
    let committee = !matches!(part, Part::Mentor | Part::Mentee);
    let is_new = junior && !rng.random_ratio(1, 4);
    let member_for = if junior { i16::from(!is_new) } else { rng.random_range(4..=post.about) };
    let life = lives.of(rng, part, &post);
    Person {
        name,
        email,
        part,
        manner: if committee { Manner::Eager } else { manner },
        role: post.role,
        employer: post.employer,
        kind: post.kind,
        city,
        zone,
        number: format!("M{:05}", 10_000 + number * 37 % 89_000 + number / 2000),
        joined: year - member_for,
        is_new,
        member: !junior || rng.random_ratio(9, 10),
        withdraws: false,
        life: Arc::new(life),
    }
}

/// Chance of "out of a hundred".
pub fn happens(rng: &mut impl Rng, percent: u32) -> bool {
    rng.random_range(0..100) < percent
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rand::SeedableRng;

    use super::*;

    fn cast_of(seed: u64, part: Part) -> Vec<Person> {
        let cast = cast(&mut StdRng::seed_from_u64(seed), 25, 2026);
        cast.into_iter().filter(|person| person.part == part).collect()
    }

    // DEM1
    #[test]
    fn no_two_mentors_read_alike_and_each_has_led_for_years() {
        for seed in 0..20 {
            let mentors = cast_of(seed, Part::Mentor);
            let different =
                |field: &str| mentors.iter().filter_map(|it| it.life.text(field)).collect::<BTreeSet<&str>>().len();
            assert_eq!(different("mo_path"), mentors.len(), "with seed {seed}");
            for field in ["mo_can", "mo_orgexp"] {
                assert!(different(field) * 5 >= mentors.len() * 4, "{field} with seed {seed}");
            }
            for mentor in &mentors {
                assert!(mentor.life.years != "student" && mentor.life.years_leading != "none yet");
                assert!(2026 - mentor.joined >= 4 && mentor.life.topics.len() >= 5, "{}", mentor.name);
            }
        }
    }

    // DEM1
    #[test]
    fn what_a_mentee_wants_to_learn_fits_the_goals() {
        for mentee in cast_of(7, Part::Mentee) {
            assert!(mentee.life.years_leading == "none yet" && !mentee.life.goals.is_empty());
            for goal in &mentee.life.goals {
                let theme = super::super::texts::theme(goal.topic).unwrap();
                assert!(theme.goals.iter().any(|it| it[0] == goal.title), "{}", goal.title);
                assert!(mentee.life.topics.contains(&goal.topic));
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_people() {
        let lives = |seed| cast_of(seed, Part::Mentee).iter().map(|it| format!("{it:?}")).collect::<Vec<_>>();
        assert_eq!(lives(3), lives(3));
        assert_ne!(lives(3), lives(4));
    }
}
