//! What is secret: who writes it, and who may read it, and where.

use super::pair::{DUOS, Pair, World};

pub struct Secret {
    pub name: &'static str,
    /// Who may read it, and so may see a difference, and at which addresses.
    pub readers: &'static [(&'static str, &'static [&'static str])],
    /// Whom a letter may bring something of it.
    pub letters_to: &'static [&'static str],
    /// Whether there is a record more in one world, so that ids drawn later are others.
    pub is_a_record: bool,
    /// Writes the one words in the one world, the others in the other.
    pub write: fn(&mut Pair, [&str; 2]),
    /// Where each of those who may read it does see a difference.
    pub stands: fn(&World) -> Vec<(&'static str, String)>,
}

impl Secret {
    pub fn may_be_seen_by(&self, who: &str, path: &str) -> bool {
        let path = path.split('?').next().unwrap_or_default();
        self.readers.iter().any(|(reader, paths)| {
            let is_there = |it: &&str| it.strip_suffix('$').map_or_else(|| path.starts_with(it), |it| path == it);
            *reader == who && paths.iter().any(is_there)
        })
    }
}

/// Any address: of whoever wrote it, or was told it.
const ANYWHERE: &[&str] = &["/"];
/// Where the state of a duo is shown, but for what was said: that it needs a word.
const STATE: &[&str] = &["/$", "/cohorts/", "/desk/duos/", "/tasks/", "/committee/hand-over$", "/letters$"];
/// Which letters went out, without what they say.
const SENT: &[&str] = &["/letters$"];
/// Where totals are shown once a survey has closed.
const TOTALS: &[&str] = &["/surveys/", "/cohorts/"];
const RESULTS: &[&str] = &["/surveys/"];

const OF_ANA: &[(&str, &[&str])] = &[("ana", ANYWHERE)];
const OF_THE_DUO: &[(&str, &[&str])] = &[("ana", ANYWHERE), ("mo", ANYWHERE)];
const TOLD: &[(&str, &[&str])] = &[("ana", ANYWHERE), ("lena", ANYWHERE)];
const TOLD_AND_STATE: &[(&str, &[&str])] =
    &[("ana", ANYWHERE), ("lena", ANYWHERE), ("carla", STATE), ("dora", STATE), ("sven", SENT)];
const COMMITTEE: &[(&str, &[&str])] = &[
    ("carla", TOTALS),
    ("dora", TOTALS),
    ("mia", TOTALS),
    ("sven", TOTALS),
    ("lena", TOTALS),
    ("leo", TOTALS),
    ("fred", TOTALS),
];

pub const SECRETS: &[Secret] = &[
    Secret {
        name: "a private note",
        readers: OF_ANA,
        letters_to: &[],
        is_a_record: false,
        write: |pair, words| note(pair, "private", words),
        stands: |world| vec![("ana", world.duo.path("/notebook"))],
    },
    Secret {
        name: "a shared note",
        readers: OF_THE_DUO,
        letters_to: &[],
        is_a_record: false,
        write: |pair, words| note(pair, "shared", words),
        stands: |world| both_of_the_duo(world, "/notebook"),
    },
    Secret {
        name: "goals",
        readers: OF_THE_DUO,
        letters_to: &[],
        is_a_record: false,
        write: goals,
        stands: |world| both_of_the_duo(world, "/goals"),
    },
    Secret {
        name: "an agreement",
        readers: OF_THE_DUO,
        letters_to: &[],
        is_a_record: false,
        write: agreement,
        stands: |world| both_of_the_duo(world, "/agreement"),
    },
    Secret {
        name: "a check-in answer",
        readers: TOLD,
        letters_to: &[],
        is_a_record: false,
        write: |pair, words| check_in(pair, words, &[["1", "2"], ["5", "4"], ["4", "5"], ["2", "1"]], NOBODY_ASKS),
        stands: status,
    },
    Secret {
        name: "a pulse",
        readers: TOLD_AND_STATE,
        letters_to: &["ana", "lena", "carla", "dora"],
        is_a_record: true,
        write: |pair, [words, _]| {
            check_in(pair, [words; 2], &[["1", "5"], ["3", "2"], ["4", "1"], ["5", "3"]], NOBODY_ASKS);
        },
        stands: status,
    },
    Secret {
        name: "a wish to be contacted",
        readers: TOLD_AND_STATE,
        letters_to: &["ana", "lena", "carla", "dora"],
        is_a_record: true,
        write: |pair, [words, _]| check_in(pair, [words; 2], &[["4", "4"]], [false, true]),
        stands: status,
    },
    Secret {
        name: "a survey answer among few",
        readers: &[],
        letters_to: &[],
        is_a_record: false,
        write: |pair, words| survey(pair, words, 2, &["s1", "t1"]),
        stands: |_| Vec::new(),
    },
    Secret {
        name: "a survey answer among many",
        readers: COMMITTEE,
        letters_to: &[],
        is_a_record: false,
        write: |pair, words| survey(pair, words, 7, &["s1"]),
        stands: |world| ["carla", "dora", "lena", "leo"].map(|who| (who, results(world))).to_vec(),
    },
    Secret {
        name: "words in a survey among many",
        readers: &[("carla", RESULTS), ("dora", RESULTS)],
        letters_to: &[],
        is_a_record: false,
        write: |pair, words| survey(pair, words, 7, &["t1"]),
        stands: |world| ["carla", "dora"].map(|who| (who, results(world))).to_vec(),
    },
];

const NOBODY_ASKS: [bool; 2] = [false, false];

fn both_of_the_duo(world: &World, below: &str) -> Vec<(&'static str, String)> {
    ["ana", "mo"].map(|who| (who, world.duo.path(below))).to_vec()
}

/// The page on which a liaison reads what the two have answered.
fn status(world: &World) -> Vec<(&'static str, String)> {
    vec![("lena", format!("/desk/duos/{}", world.duo.id))]
}

fn results(world: &World) -> String {
    let ids: Vec<platform::ids::Id> = world.rows("select id from surveys where name = 'midway_mentee'");
    format!("/surveys/{}", ids[0])
}

fn note(pair: &mut Pair, kind: &str, words: [&str; 2]) {
    pair.each(words, |world, words| {
        world.post("ana", &world.duo.path("/notebook"), &[("kind", kind), ("text", words)]).leads_to();
    });
}

fn goals(pair: &mut Pair, words: [&str; 2]) {
    pair.each(words, |world, words| {
        let title: String = words.chars().take(80).collect();
        world.post("ana", &world.duo.path("/goals"), &[("revision", "0"), ("goal_1_title", title.trim())]).leads_to();
    });
}

/// Both confirm it, and share with their liaison only that it exists.
fn agreement(pair: &mut Pair, words: [&str; 2]) {
    pair.each(words, |world, words| {
        let short: String = words.chars().take(120).collect();
        let fields = [
            ("revision", "0"),
            ("purpose", short.trim()),
            ("goal_1_title", "Lead a project of my own"),
            ("goal_1_why", words),
            ("every_weeks", "3"),
            ("minutes", "60"),
            ("by_way", "video"),
            ("who_invites", "the mentee"),
            ("date_1", "2026-07-10"),
            ("sharing", "only that the agreement exists"),
        ];
        world.post("ana", &world.duo.path("/agreement"), &fields).leads_to();
        for who in ["ana", "mo"] {
            world.post(who, &world.duo.path("/agreement/signature"), &[("revision", "1")]).leads_to();
        }
    });
}

/// Ana answers her check-in: with these words, one of these pairs of pulses, and a tick
/// where she would like to be contacted.
fn check_in(pair: &mut Pair, words: [&str; 2], pulses: &[[&str; 2]], asks: [bool; 2]) {
    let pulses = pulses[(words[0].len() + words[1].len()) % pulses.len()];
    let answers = std::cell::RefCell::new(pulses.into_iter().zip(asks));
    pair.each(words, |world, words| {
        let (pulse, asks) = answers.borrow_mut().next().unwrap();
        let letter = world.house.letters_to("ana").into_iter().find(|it| it.letter == "checkin_1").unwrap();
        let link = world.house.links_in(&letter).into_iter().find(|it| it.starts_with("/check-in/")).unwrap();
        let mut fields = vec![("P1", "yes"), ("P2", "2026-07-03"), ("P3", pulse), ("P4", words)];
        fields.extend(asks.then_some(("contact", "yes")));
        world.house.post_as_stranger(&link, &fields).is_ok();
    });
}

/// Half a year later so many of each side answer the mid-way survey, Ana among them, and it
/// closes; her answer is the secret, or that part of it.
fn survey(pair: &mut Pair, words: [&str; 2], many: usize, secret: &[&str]) {
    pair.both(|world| world.go_to("2026-11-19T16:00:00Z"));
    // The levels are at either end, so that a total of seven is another.
    let levels = std::cell::RefCell::new(["1", "5"].into_iter());
    pair.each(words, |world, words| {
        let level = levels.borrow_mut().next().unwrap();
        let level = if secret.contains(&"s1") { level } else { "4" };
        let words = if secret.contains(&"t1") { words } else { "We met in a park" };
        let link = |who: &str| {
            let letter = world.house.letters_to(who).into_iter().rfind(|it| it.letter == "survey_midway").unwrap();
            world.house.link_in(&letter)
        };
        for (mentor, mentee) in DUOS.iter().take(many) {
            let (level, words) = if *mentee == "ana" { (level, words) } else { ("4", "We walked and talked") };
            world.house.post_as_stranger(&link(mentee), &[("s1", level), ("t1", words), ("do", "send")]).leads_to();
            let theirs = [("s1", "4"), ("t1", "It went well"), ("do", "send")];
            world.house.post_as_stranger(&link(mentor), &theirs).leads_to();
        }
    });
    pair.both(|world| world.go_to("2026-12-11T16:00:00Z"));
}
