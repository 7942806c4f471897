//! What people do in both worlds.

use axum::http::Method;
use platform::ids::Id;
use rand::{RngExt, rngs::StdRng, seq::IndexedRandom};

use super::pair::{PEOPLE, Pair, World, seen};

pub enum Step {
    Open {
        who: &'static str,
        path: String,
    },
    Send {
        who: &'static str,
        path: String,
        fields: Vec<(&'static str, String)>,
    },
    /// Hours go by, and the house does its work.
    Wait {
        hours: i64,
    },
}

/// Doors that would end the scenario: a program that is closed, a duo that is over.
const ENDS: &[&str] = &["/closing", "/ending", "/end", "/removal", "/sign-out", "/hand-over", "/undoing"];

impl Step {
    /// The ids that a step names are those of the first world; the second has the same.
    pub fn random(chance: &mut StdRng, pair: &Pair) -> Self {
        let world = pair.first();
        let who = PEOPLE.choose(chance).copied().unwrap_or_default();
        match chance.random_range(0..100) {
            0..58 => Self::Open { who, path: some_path(chance, pair, &doors(&Method::GET)) },
            58..66 => Self::Open { who, path: searched(chance) },
            66..82 => form(chance, who, world),
            82..92 => any_door(chance, who, pair),
            _ => Self::Wait { hours: chance.random_range(1..400) },
        }
    }

    pub fn who(&self) -> &'static str {
        match self {
            Self::Open { who, .. } | Self::Send { who, .. } => who,
            Self::Wait { .. } => "the house",
        }
    }

    /// Where somebody takes it; the house works nowhere.
    pub fn path(&self) -> &str {
        match self {
            Self::Open { path, .. } | Self::Send { path, .. } => path,
            Self::Wait { .. } => "",
        }
    }

    pub fn words(&self) -> String {
        match self {
            Self::Open { who, path } => format!("{who} opens {path}"),
            Self::Send { who, path, .. } => format!("{who} sends {path}"),
            Self::Wait { hours } => format!("the house waits {hours} hours"),
        }
    }

    /// What comes back to whoever takes the step.
    pub fn take(&self, world: &World) -> Vec<String> {
        match self {
            Self::Open { who, path } => seen(world.get(who, path)),
            Self::Send { who, path, fields } => {
                let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                seen(world.post(who, path, &fields))
            }
            Self::Wait { hours } => vec![format!("{} things done", world.wait(*hours))],
        }
    }
}

/// Every page there is, for each record that its address may name.
pub fn pages(pair: &Pair) -> Vec<String> {
    doors(&Method::GET).into_iter().flat_map(|path| filled(pair, path)).collect()
}

fn doors(method: &Method) -> Vec<&'static str> {
    let doors = crate::house::doors();
    doors.list().iter().filter(|it| it.method == *method).map(|it| it.path).collect()
}

/// The address of some door, of one of the records that it may name.
fn some_path(chance: &mut StdRng, pair: &Pair, doors: &[&'static str]) -> String {
    let mut found = Vec::new();
    while found.is_empty() {
        found = filled(pair, doors.choose(chance).copied().unwrap_or("/"));
    }
    found.choose(chance).cloned().unwrap_or_default()
}

/// What an address may name: records, so many of them at most, or words.
enum Named {
    Some(usize, &'static str),
    Words(&'static [&'static str]),
}

/// Of many duos the first ones: one that is over, the one with the secret, and one beside it.
const SOME: usize = 3;
const ALL: usize = 20;

const NAMED: &[(&str, Named)] = &[
    ("/duos/{duo}", Named::Some(SOME, "select id from duos order by number")),
    ("/desk/duos/{duo}", Named::Some(SOME, "select id from duos order by number")),
    ("{cohort}", Named::Some(SOME, "select id from cohorts order by id")),
    ("{meeting}", Named::Some(2, "select id from meetings order by id desc")),
    ("{note}", Named::Some(2, "select id from duo_notes order by id")),
    ("{checkin}", Named::Some(4, "select c.id from checkins c join duos d on d.id = c.duo order by d.number, c.id")),
    ("{task}", Named::Some(2, "select id from tasks order by id desc")),
    ("{event}", Named::Some(2, "select id from events order by id")),
    ("{survey}", Named::Some(ALL, "select id from surveys order by id")),
    ("{report}", Named::Some(ALL, "select id from reports order by id")),
    ("{letter}", Named::Some(2, "select id from outbox where account is not null order by id desc")),
    ("/accounts/{id}", Named::Some(2, "select id from accounts order by id")),
    ("/mentors/{person}", Named::Some(SOME, "select mentor from duos order by number")),
    ("/committee/members/{id}", Named::Some(2, "select id from memberships order by id")),
    ("{kind}", Named::Words(&["interim", "final"])),
    ("{role}", Named::Words(&["mentee", "mentor"])),
    ("{lesson}", Named::Words(&["1"])),
    ("{slug}", Named::Words(&["benefits"])),
    ("{name}", Named::Words(&["01", "place_taken"])),
    ("{part}", Named::Words(&["summary"])),
];

/// The address with each blank filled in every way that both worlds know.
fn filled(pair: &Pair, path: &str) -> Vec<String> {
    let mut all = vec![path.to_owned()];
    for (blank, named) in NAMED.iter().filter(|it| path.contains(it.0)) {
        let values = match named {
            Named::Words(words) => words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>(),
            Named::Some(most, sql) => {
                let [one, other] = pair.both(|world| world.rows::<Id>(sql));
                let both = one.into_iter().filter(|id| other.contains(id)).take(*most);
                both.map(|id| id.to_string()).collect()
            }
        };
        let name = &blank[blank.find('{').unwrap_or_default()..];
        let fill = |path: String| match path.contains(blank) {
            true => values.iter().map(|value| path.replace(name, value)).collect(),
            false => vec![path],
        };
        all = all.into_iter().flat_map(fill).collect();
    }
    all.retain(|path| !path.contains('{'));
    all
}

fn searched(chance: &mut StdRng) -> String {
    let word = ["ana", "mo", "a", "note", "meeting", "library", "goal", ""].choose(chance).copied().unwrap_or_default();
    let path = ["/mentors?q=", "/roster?q=", "/reports?q=", "/alumni?q=", "/me/letters?page="].choose(chance);
    format!("{}{word}", path.copied().unwrap_or_default())
}

/// What people of a duo and those around them often send.
fn form(chance: &mut StdRng, who: &'static str, world: &World) -> Step {
    let mut duos: Vec<Id> = world.rows("select id from duos order by number");
    duos.truncate(SOME);
    let duo = duos.choose(chance).copied().unwrap_or_default();
    let day = world.house.now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let minutes = chance.random_range(20..120).to_string();
    let number = chance.random_range(0..3).to_string();
    let own =
        |fields: &[(&'static str, &str)]| fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let (path, fields) = match chance.random_range(0..8) {
        0 => (format!("/duos/{duo}/meetings"), own(&[("day", &day), ("way", "video"), ("minutes", &minutes)])),
        1 => (format!("/duos/{duo}/notebook"), own(&[("kind", "shared"), ("text", "As both worlds know")])),
        2 => (format!("/duos/{duo}/notebook"), own(&[("kind", "private"), ("text", "As both worlds know")])),
        3 => (format!("/duos/{duo}/goals"), own(&[("revision", &number), ("goal_1_title", "As both worlds know")])),
        4 => (format!("/duos/{duo}/agreement"), own(&[("revision", &number), ("purpose", "As both worlds know")])),
        5 => (format!("/desk/duos/{duo}/contacts"), own(&[("way", "mail"), ("day", &day)])),
        6 => (format!("/desk/duos/{duo}/opening"), own(&[("reason", "Somebody may come to harm, they say.")])),
        _ => ("/me".to_owned(), own(&[("name", "Somebody Else"), ("city", "Elsewhere")])),
    };
    Step::Send { who, path, fields }
}

/// Any form of the house, sent empty.
fn any_door(chance: &mut StdRng, who: &'static str, pair: &Pair) -> Step {
    let mut open = doors(&Method::POST);
    open.retain(|path| !ENDS.iter().any(|end| path.ends_with(end)));
    Step::Send { who, path: some_path(chance, pair, &open), fields: Vec::new() }
}
