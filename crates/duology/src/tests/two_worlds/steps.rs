//! What people do in both worlds.

use axum::http::Method;
use platform::ids::Id;
use rand::{RngExt, rngs::StdRng, seq::IndexedRandom};

use super::pair::{PEOPLE, World, seen};

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
    pub fn random(chance: &mut StdRng, world: &World) -> Self {
        let who = PEOPLE.choose(chance).copied().unwrap_or_default();
        match chance.random_range(0..100) {
            0..58 => Self::Open { who, path: pages(world).choose(chance).cloned().unwrap_or_default() },
            58..66 => Self::Open { who, path: searched(chance) },
            66..82 => form(chance, who, world),
            82..92 => any_door(chance, who, world),
            _ => Self::Wait { hours: chance.random_range(1..400) },
        }
    }

    pub fn who(&self) -> &'static str {
        match self {
            Self::Open { who, .. } | Self::Send { who, .. } => who,
            Self::Wait { .. } => "the house",
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
pub fn pages(world: &World) -> Vec<String> {
    paths(world, &Method::GET)
}

fn paths(world: &World, method: &Method) -> Vec<String> {
    let ids = Ids::of(world);
    let doors = crate::house::doors();
    let doors = doors.list().iter().filter(|it| it.method == *method);
    doors.flat_map(|door| ids.filled(door.path)).collect()
}

/// What an address may name.
struct Ids(Vec<(&'static str, Vec<String>)>);

impl Ids {
    fn of(world: &World) -> Self {
        let all = |sql: &'static str| world.rows::<Id>(sql).iter().map(ToString::to_string).collect::<Vec<_>>();
        let words = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        Self(vec![
            ("/duos/{duo}", all("select id from duos order by number")),
            ("/desk/duos/{duo}", all("select id from duos order by number")),
            ("{cohort}", all("select id from cohorts order by id")),
            ("{meeting}", all("select id from meetings order by id desc limit 2")),
            ("{note}", all("select id from duo_notes order by id limit 2")),
            ("{checkin}", all("select id from checkins order by id limit 2")),
            ("{task}", all("select id from tasks order by id desc limit 2")),
            ("{event}", all("select id from events order by id limit 2")),
            ("{survey}", all("select id from surveys order by id")),
            ("{report}", all("select id from reports order by id")),
            ("{letter}", all("select id from outbox where account is not null order by id desc limit 2")),
            ("/accounts/{id}", all("select id from accounts order by id limit 2")),
            ("/mentors/{person}", all("select mentor from duos order by number")),
            ("/committee/members/{id}", all("select id from memberships order by id limit 2")),
            ("{kind}", words(&["interim", "final"])),
            ("{role}", words(&["mentee", "mentor"])),
            ("{lesson}", words(&["1"])),
            ("{slug}", words(&["benefits"])),
            ("{name}", words(&["01", "place_taken"])),
            ("{part}", words(&["summary"])),
        ])
    }

    /// The address with each blank filled in every way that this world knows.
    fn filled(&self, path: &str) -> Vec<String> {
        let mut all = vec![path.to_owned()];
        for (blank, values) in &self.0 {
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
}

fn searched(chance: &mut StdRng) -> String {
    let word = ["ana", "mo", "a", "note", "meeting", "library", "goal", ""].choose(chance).copied().unwrap_or_default();
    let path = ["/mentors?q=", "/roster?q=", "/reports?q=", "/alumni?q=", "/me/letters?page="].choose(chance);
    format!("{}{word}", path.copied().unwrap_or_default())
}

/// What people of a duo and those around them often send.
fn form(chance: &mut StdRng, who: &'static str, world: &World) -> Step {
    let duos: Vec<Id> = world.rows("select id from duos order by number");
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
fn any_door(chance: &mut StdRng, who: &'static str, world: &World) -> Step {
    let mut paths = paths(world, &Method::POST);
    paths.retain(|path| !ENDS.iter().any(|end| path.ends_with(end)));
    Step::Send { who, path: paths.choose(chance).cloned().unwrap_or_default(), fields: Vec::new() }
}
