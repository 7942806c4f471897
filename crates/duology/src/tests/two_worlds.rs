//! Two worlds that differ in one secret: the same people do the same things at the same
//! time, and nobody without the right sees any difference. C-04.
//!
//! A pair of worlds has the same seed and the same clock. What somebody wrote is the one
//! thing that is not the same in both: other words, and another number of them. Two hundred
//! and more random steps follow: people open pages, search, send forms, take files along;
//! the clock moves, the house does its work. Whoever has no right to the secret must be
//! answered alike, byte for byte, headers and all; letters are alike for everyone. The
//! right itself is the other test: whoever has it does see a difference, or nothing is
//! shown by the rest.
//!
//! | what | where |
//! |---|---|
//! | two houses, their people and a year around a duo | `two_worlds/pair.rs` |
//! | what is secret, who writes it and who may read it | `two_worlds/secrets.rs` |
//! | what people do, step by step | `two_worlds/steps.rs` |

mod pair;
mod secrets;
mod steps;

use rand::{Rng, RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use testing::Kind;

use self::{
    pair::{PEOPLE, Pair, World},
    secrets::{SECRETS, Secret},
    steps::Step,
};

/// How many pairs each secret gets; more with `TWO_WORLDS_PAIRS`.
const PAIRS: u64 = 2;
const STEPS: usize = 220;

/// What came of one pair.
struct Seen {
    steps: usize,
    /// What somebody without the right saw.
    leaks: Vec<String>,
    /// How often somebody with the right saw a difference.
    by_right: usize,
}

/// Plays one pair, with those who `may_read`. Where it is played to the end, every page
/// is looked at after the last step.
fn played(kind: &Kind, secret: &Secret, seed: u64, to_the_end: bool, may_read: &dyn Fn(&str) -> bool) -> Seen {
    let mut chance = StdRng::seed_from_u64(seed);
    let mut pair = Pair::new(kind);
    (secret.write)(&mut pair, [&words(&mut chance), &words(&mut chance)]);
    let mut seen = Seen { steps: 0, leaks: Vec::new(), by_right: 0 };
    let mut notice = |pair: &mut Pair, step: &Step| {
        let [one, other] = pair.both(|world| step.take(world));
        seen.steps += 1;
        let difference = difference(&one, &other);
        match difference {
            Some(_) if may_read(step.who()) => seen.by_right += 1,
            Some(words) => seen.leaks.push(format!("{}: {words}", step.words())),
            None => {}
        }
    };
    for _ in 0..STEPS {
        let step = Step::random(&mut chance, pair.first());
        notice(&mut pair, &step);
    }
    // Every page is opened by some, drawn for each.
    let pages = if to_the_end { steps::pages(pair.first()) } else { Vec::new() };
    for path in pages {
        for who in PEOPLE.sample(&mut chance, 4).copied().collect::<Vec<_>>() {
            notice(&mut pair, &Step::Open { who, path: path.clone() });
        }
    }
    let [one, other] = pair.both(World::letters);
    seen.leaks.extend(
        one.iter()
            .zip(&other)
            .filter(|(one, other)| one != other)
            .map(|(one, _)| format!("a letter: {}", one.lines().next().unwrap_or_default())),
    );
    if one.len() != other.len() {
        seen.leaks.push(format!("{} letters here, {} there", one.len(), other.len()));
    }
    seen
}

/// What an answer shows that the other does not.
fn difference(one: &[String], other: &[String]) -> Option<String> {
    let at = one.iter().zip(other).position(|(one, other)| one != other);
    let at = at.or((one.len() != other.len()).then_some(one.len().min(other.len())));
    at.map(|at| {
        let line =
            |list: &[String]| list.get(at).map_or_else(|| "nothing".to_owned(), |it| it.chars().take(200).collect());
        format!("«{}» and «{}»", line(one), line(other))
    })
}

/// From one word to sixty, of any length.
fn words(chance: &mut StdRng) -> String {
    let many = chance.random_range(1..=60);
    let word = |chance: &mut StdRng| -> String {
        let length = chance.random_range(1..=14);
        (0..length).map(|_| char::from(b'a' + chance.random_range(0..26u8))).collect()
    };
    (0..many).map(|_| word(chance)).collect::<Vec<_>>().join(" ")
}

fn pairs() -> u64 {
    std::env::var("TWO_WORLDS_PAIRS").ok().and_then(|it| it.parse().ok()).unwrap_or(PAIRS)
}

/// The pairs of one secret, with what came of them.
fn nobody_without_the_right_sees_a_difference(kind: &Kind, name: &str, pairs: u64) {
    let secret = SECRETS.iter().find(|it| it.name == name).unwrap();
    let mut by_right = 0;
    for number in 0..pairs {
        let seed = StdRng::seed_from_u64(number).next_u64() ^ secret.name.len() as u64;
        let seen = played(kind, secret, seed, number == 0, &|who| secret.readers.contains(&who));
        assert!(seen.steps >= 200, "{} steps", seen.steps);
        assert_eq!(seen.leaks, Vec::<String>::new(), "{} in pair {number}", secret.name);
        by_right += seen.by_right;
    }
    // What nobody may read after it was given, nobody sees.
    assert_eq!(by_right > 0, !secret.readers.is_empty(), "{}: seen {by_right} times by right", secret.name);
}

/// Every secret on both databases; on PostgreSQL one pair of worlds each.
macro_rules! secrets {
    ($($name:ident => $secret:literal)+) => {
        mod sqlite { $(
            // C-04
            #[test]
            fn $name() {
                super::nobody_without_the_right_sees_a_difference(&testing::Kind::Sqlite, $secret, super::pairs());
            }
        )+ }
        mod postgres { $(
            // C-04
            #[test]
            fn $name() {
                let name = concat!(module_path!(), "::", stringify!($name));
                if let Some(kind) = testing::postgres_or_note(name) {
                    super::nobody_without_the_right_sees_a_difference(&kind, $secret, 1);
                }
            }
        )+ }
    };
}

secrets! {
    a_private_note_makes_no_difference_to_anybody_else => "a private note"
    a_shared_note_makes_no_difference_outside_the_duo => "a shared note"
    goals_make_no_difference_outside_the_duo => "goals"
    an_agreement_makes_no_difference_outside_the_duo => "an agreement"
    a_check_in_answer_makes_no_difference_to_anybody_but_the_liaison => "a check-in answer"
    a_survey_answer_makes_no_difference_to_anybody => "a survey answer"
}

// C-04: the comparison can fail. If somebody with the right is held to have none, it does.
#[test]
fn a_leak_would_be_noticed() {
    let secret = SECRETS.iter().find(|it| it.name == "a shared note").unwrap();
    // Of two hundred steps at random it may be that none shows the partner the note.
    let (mut by_right, mut leaks) = (0, Vec::new());
    for seed in 7..13 {
        let seen = played(&Kind::Sqlite, secret, seed, seed == 7, &|who| who == "ana");
        by_right += seen.by_right;
        leaks.extend(seen.leaks);
    }
    assert!(by_right > 0, "the author sees what they wrote");
    let partner = leaks.iter().filter(|it| it.starts_with("mo ")).count();
    assert!(partner > 0, "what the partner reads is no difference: {leaks:?}");
    assert_eq!(leaks.len(), partner, "somebody else sees it as well: {leaks:?}");
}

// C-04: the smallest difference counts, in a header as in a page.
#[test]
fn every_part_of_an_answer_is_compared() {
    let answer =
        |more: &[&str]| ["200", "etag: a", "page"].iter().chain(more).map(|it| (*it).to_owned()).collect::<Vec<_>>();
    assert_eq!(difference(&answer(&[]), &answer(&[])), None);
    assert!(difference(&answer(&[]), &answer(&["one line more"])).is_some());
    let mut other = answer(&[]);
    other[1] = "etag: b".to_owned();
    assert_eq!(difference(&answer(&[]), &other).unwrap(), "«etag: a» and «etag: b»");
}
