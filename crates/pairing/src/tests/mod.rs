//! A small world for the engine's tests: pools whose scores, lists and exclusions are given.

mod damage;
mod files;
mod first;
mod golden;
mod honesty;
mod oracle;
mod refusals;
mod rules;
mod scipy;
mod scores;

use proptest::prelude::*;

use crate::*;

fn mentee(id: &str, ranked: &[&str]) -> Mentee {
    Mentee { id: id.to_string(), ranked: ranked.iter().map(ToString::to_string).collect(), ..Mentee::default() }
}

fn mentor(id: &str, ranked: &[&str]) -> Mentor {
    Mentor { id: id.to_string(), ranked: ranked.iter().map(ToString::to_string).collect(), ..Mentor::default() }
}

fn texts(entries: &[&str]) -> Vec<String> {
    entries.iter().map(ToString::to_string).collect()
}

fn given(mentee: &str, mentor: &str, points: f64) -> GivenScore {
    GivenScore { mentee: mentee.to_string(), mentor: mentor.to_string(), points }
}

fn lock(mentee: &str, mentor: &str) -> Locked {
    Locked { mentee: mentee.to_string(), mentor: mentor.to_string() }
}

fn pairs(plan: &Plan) -> Vec<(&str, &str)> {
    plan.pairs.iter().map(|pair| (pair.mentee.as_str(), pair.mentor.as_str())).collect()
}

/// Numbers that are the same in every run (xorshift, 64 bits).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % most
    }
}

/// Pools of up to `most` people on each side, with few different scores, so that ties are common.
fn worlds(most: usize) -> impl Strategy<Value = Input> {
    (0..=most, 0..=most).prop_flat_map(|(mentees, mentors)| {
        let ids = |role: char, count: usize| (0..count).map(|at| format!("{role}{at}")).collect::<Vec<_>>();
        let (mentee_ids, mentor_ids) = (ids('e', mentees), ids('m', mentors));
        let list = |ids: Vec<String>| {
            let most = ids.len();
            (Just(ids).prop_shuffle(), 0..=most).prop_map(|(mut ids, length)| {
                ids.truncate(length);
                ids
            })
        };
        (
            prop::collection::vec((list(mentor_ids.clone()), any::<bool>()), mentees),
            prop::collection::vec((list(mentee_ids.clone()), 0_u32..3), mentors),
            prop::collection::vec((0_u8..=10, 0_u8..4), mentees * mentors),
            any::<bool>(),
        )
            .prop_map(move |(mentees, mentors, cells, bind)| world(&mentees, &mentors, &cells, bind))
    })
}

fn world(mentees: &[(Vec<String>, bool)], mentors: &[(Vec<String>, u32)], cells: &[(u8, u8)], bind: bool) -> Input {
    let mut input = Input { lists: if bind { Lists::Bind } else { Lists::Guide }, least: 20.0, ..Input::default() };
    for (at, (ranked, left_out_before)) in mentees.iter().enumerate() {
        let (id, ranked, left_out_before) = (format!("e{at}"), ranked.clone(), *left_out_before);
        input.mentees.push(Mentee { id, ranked, left_out_before, ..Mentee::default() });
    }
    for (at, (ranked, capacity)) in mentors.iter().enumerate() {
        let (id, ranked, capacity) = (format!("m{at}"), ranked.clone(), *capacity);
        input.mentors.push(Mentor { id, ranked, capacity, ..Mentor::default() });
    }
    let ids = input.mentees.iter().flat_map(|e| input.mentors.iter().map(|m| (e.id.clone(), m.id.clone())));
    let mut exclusions = Vec::new();
    for ((mentee, mentor), (tenths, luck)) in ids.zip(cells) {
        input.scores.push(given(&mentee, &mentor, f64::from(*tenths) * 10.0));
        if *luck == 0 {
            exclusions.push(Exclusion { mentee, mentor, why: "by lot".to_string() });
        }
    }
    input.exclusions = exclusions;
    input
}
