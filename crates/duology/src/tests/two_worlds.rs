//! Two worlds that differ in one secret: the same people do the same things at the same
//! time, and nobody without the right sees any difference. C-04.
//!
//! A pair of worlds has the same seed and the same clock. What somebody wrote is the one
//! thing that is not the same in both: other words, and another number of them. Two hundred
//! and more random steps follow: people open pages, search, send forms, take files along;
//! the clock moves, the house does its work. Whoever has no right to the secret must be
//! answered alike, byte for byte, headers and all, and so must be the letters. The right
//! itself is the other test: whoever has it does see a difference, or nothing is shown by
//! the rest.
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
    pair::{PEOPLE, Pair, World, without_what_is_drawn},
    secrets::{SECRETS, Secret},
    steps::Step,
};

/// How many pairs each secret gets; more with `TWO_WORLDS_PAIRS`.
const PAIRS: u64 = 1;
const STEPS: usize = 210;

/// What came of one pair.
struct Seen {
    steps: usize,
    /// What somebody without the right saw.
    leaks: Vec<String>,
    /// Who has the right to see it where it stands, and who saw it, each time.
    readers: Vec<&'static str>,
    by_right: Vec<&'static str>,
}

/// Plays one pair, with those who `may_read` it somewhere. Where it is played to the end,
/// every page is looked at after the last step.
fn played(kind: &Kind, secret: &Secret, seed: u64, to_the_end: bool, may_read: &dyn Fn(&Step) -> bool) -> Seen {
    let mut chance = StdRng::seed_from_u64(seed);
    let mut pair = Pair::new(kind);
    (secret.write)(&mut pair, [&words(&mut chance), &words(&mut chance)]);
    let mut seen = Seen { steps: 0, leaks: Vec::new(), readers: Vec::new(), by_right: Vec::new() };
    let mut notice = |pair: &mut Pair, step: &Step| {
        let [one, other] = pair.both(|world| step.take(world));
        seen.steps += 1;
        // With a record more there is more to do, and the picture of a new secret is another;
        // what comes of the rest, people see or do not.
        let is_of_the_house = matches!(step, Step::Wait { .. });
        let is_drawn = step.path() == "/second-factor/app";
        // Whoever is written to of it has other letters in the other world.
        let is_told = step.path().starts_with("/me/letters/") && secret.letters_to.contains(&step.who());
        let is_left_out = secret.is_a_record && (is_of_the_house || is_drawn || is_told);
        match difference(secret, &one, &other).filter(|_| !is_left_out) {
            Some(_) if may_read(step) => seen.by_right.push(step.who()),
            Some(words) => seen.leaks.push(format!("{}: {words}", step.words())),
            None => {}
        }
        if matches!(step, Step::Open { .. }) {
            return;
        }
        let [one, other] = pair.both(|world| letters(secret, world));
        seen.leaks.extend(difference(secret, &one, &other).map(|words| format!("a letter: {words}")));
    };
    for (who, path) in (secret.stands)(pair.first()) {
        seen.readers.push(who);
        notice(&mut pair, &Step::Open { who, path });
    }
    for _ in 0..STEPS {
        let step = Step::random(&mut chance, &pair);
        notice(&mut pair, &step);
    }
    // Every page is opened by some, drawn for each.
    let pages = if to_the_end { steps::pages(&pair) } else { Vec::new() };
    for path in pages {
        for who in PEOPLE.sample(&mut chance, 4).copied().collect::<Vec<_>>() {
            notice(&mut pair, &Step::Open { who, path: path.clone() });
        }
    }
    seen
}

/// What came since the last step to those to whom nothing of the secret may come.
fn letters(secret: &Secret, world: &World) -> Vec<String> {
    let told: Vec<String> = secret.letters_to.iter().map(|who| format!(" to {who}@example.org\n")).collect();
    let mut letters = world.new_letters();
    letters.retain(|letter| !told.iter().any(|it| letter.contains(it)));
    letters
}

/// What an answer shows that the other does not.
fn difference(secret: &Secret, one: &[String], other: &[String]) -> Option<String> {
    let is_alike = |one: &String, other: &String| {
        one == other || secret.is_a_record && without_what_is_drawn(one) == without_what_is_drawn(other)
    };
    let at = one.iter().zip(other).position(|(one, other)| !is_alike(one, other));
    let at = at.or((one.len() != other.len()).then_some(one.len().min(other.len())));
    at.map(|at| {
        let (one, other) =
            (one.get(at).map_or("nothing", String::as_str), other.get(at).map_or("nothing", String::as_str));
        let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
        let piece = |line: &str| line.chars().skip(same.saturating_sub(80)).take(200).collect::<String>();
        format!("«{}» and «{}»", piece(one), piece(other))
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

fn secret(name: &str) -> &'static Secret {
    SECRETS.iter().find(|it| it.name == name).unwrap()
}

/// The pairs of one secret, with what came of them.
fn nobody_without_the_right_sees_a_difference(kind: &Kind, name: &str, pairs: u64) {
    let secret = secret(name);
    for number in 0..pairs {
        let seed = StdRng::seed_from_u64(number).next_u64() ^ secret.name.len() as u64;
        let may_read = |step: &Step| secret.may_be_seen_by(step.who(), step.path());
        let seen = played(kind, secret, seed, number == 0, &may_read);
        assert!(seen.steps >= 200, "{} steps", seen.steps);
        assert!(seen.leaks.is_empty(), "{name} in pair {number}: {:#?}", seen.leaks);
        // Whoever has the right does see it: a page that shows nothing proves nothing.
        assert!(seen.by_right.starts_with(&seen.readers), "{name} in pair {number}: {:?}", seen.by_right);
    }
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
    a_pulse_makes_no_difference_but_to_the_liaison_and_in_the_state_of_the_duo => "a pulse"
    a_wish_to_be_contacted_makes_no_difference_but_to_the_liaison_and_in_the_state_of_the_duo => "a wish to be contacted"
    a_survey_answer_among_few_makes_no_difference_to_anybody => "a survey answer among few"
    a_survey_answer_among_many_makes_a_difference_in_the_totals_alone => "a survey answer among many"
    words_in_a_survey_make_a_difference_to_chair_and_deputy_alone => "words in a survey among many"
}

// C-04: the comparison can fail. If somebody with the right is held to have none, it does.
#[test]
fn a_leak_would_be_noticed() {
    let seen = played(&Kind::Sqlite, secret("a shared note"), 7, false, &|step| step.who() == "ana");
    assert_eq!((seen.readers, seen.by_right[0]), (vec!["ana", "mo"], "ana"));
    let of_the_partner = seen.leaks.iter().filter(|it| it.starts_with("mo ")).count();
    assert!(of_the_partner > 0, "what the partner reads is no difference");
    assert_eq!(seen.leaks.len(), of_the_partner, "somebody else sees it as well: {:#?}", seen.leaks);
}

// C-04: the smallest difference counts, in a header as in a page.
#[test]
fn every_part_of_an_answer_is_compared() {
    let answer =
        |more: &[&str]| ["200", "etag: a", "page"].iter().chain(more).map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let (words, record) = (secret("a shared note"), secret("a pulse"));
    for secret in [words, record] {
        assert_eq!(difference(secret, &answer(&[]), &answer(&[])), None);
        assert!(difference(secret, &answer(&[]), &answer(&["one line more"])).is_some());
        assert!(difference(secret, &answer(&["1 note"]), &answer(&["2 notes"])).is_some());
    }
    let mut other = answer(&[]);
    other[1] = "etag: b".to_owned();
    assert_eq!(difference(words, &answer(&[]), &other).unwrap(), "«etag: a» and «etag: b»");
    let drawn = |digit: &str| answer(&[&format!("href=\"/duos/{}/goals\"", digit.repeat(32))]);
    assert!(difference(words, &drawn("a"), &drawn("b")).is_some());
    assert_eq!(difference(record, &drawn("a"), &drawn("b")), None);
}
