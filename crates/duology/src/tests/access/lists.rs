//! Lists hold what the matrix gives: the rows that lead somewhere are exactly the records
//! that open to whoever reads the list, and the number above the list is the number of its
//! rows. V-03

use std::collections::BTreeSet;

use axum::http::Method;

use super::{
    Round, World,
    judging::{verdict, ways},
    people::Person,
};

/// A list, and what its rows lead to.
struct List {
    door: &'static str,
    /// How its parts are named; each with the word after the number of its rows, or before
    /// it in brackets, where a number stands above them.
    parts: &'static [(&'static str, &'static str)],
    rows: &'static str,
    /// With what a row begins on the page; a table has one more, its head.
    row: &'static str,
    of: Of,
}

/// Which of the records that open to a reader stand in a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Those of this cohort.
    Here,
    /// Those of this cohort, but for duos that have ended.
    HereAndRunning,
    /// Those of every cohort.
    Everywhere,
    /// None but those, and perhaps not all: what is planned, or for invited people.
    NoOthers,
}

const TABLE: &str = "<tr";

const LISTS: &[List] = &[
    List {
        door: "/mentors",
        parts: &[("page=", "mentor")],
        rows: "/mentors/{person}",
        row: "<article class=\"person\"",
        of: Of::Here,
    },
    List {
        door: "/cohorts/{cohort}/applications",
        parts: &[("view=mentees&page=", "Mentees"), ("view=mentors&page=", "Mentors")],
        rows: "/cohorts/{cohort}/applications/{id}",
        row: TABLE,
        of: Of::Here,
    },
    List {
        door: "/desk",
        parts: &[("page=", "duo")],
        rows: "/desk/duos/{duo}",
        row: "<h2><a href=\"/desk/duos/",
        of: Of::HereAndRunning,
    },
    List { door: "/cohorts/{cohort}/liaisons", parts: NO_NUMBER, rows: "/desk/duos/{duo}", row: TABLE, of: Of::Here },
    List { door: "/concerns", parts: NO_NUMBER, rows: "/concerns/{concern}", row: TABLE, of: Of::Everywhere },
    List { door: "/results", parts: NO_NUMBER, rows: "/results/surveys/{survey}", row: TABLE, of: Of::Everywhere },
    List { door: "/results", parts: NO_NUMBER, rows: "/results/reports/{report}", row: TABLE, of: Of::Everywhere },
    List { door: "/reports", parts: NO_NUMBER, rows: "/reports/{report}", row: TABLE, of: Of::Everywhere },
    List {
        door: "/cohorts/{cohort}/surveys",
        parts: NO_NUMBER,
        rows: "/surveys/{survey}",
        row: TABLE,
        of: Of::NoOthers,
    },
    List { door: "/events", parts: NO_NUMBER, rows: "/events/{event}", row: TABLE, of: Of::NoOthers },
];

/// All of it on one page, without a number above.
const NO_NUMBER: &[(&str, &str)] = &[("page=", "")];

/// Who reads which list otherwise than the matrix says.
pub(super) fn wrong(world: &World, round: &Round) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut read = 0;
    for list in LISTS {
        for person in &world.people {
            if let Some(found) = list.read_by(world, person) {
                read += 1;
                wrong.extend(list.differs(world, round, person, &found));
            }
        }
    }
    assert!(read >= 100, "only {read} lists were read");
    wrong
}

/// What somebody finds in a list.
struct Found {
    leads_to: BTreeSet<String>,
    /// Each number that is written above the list, with the rows that are below.
    counts: Vec<(usize, usize)>,
}

impl List {
    fn path(&self, world: &World) -> String {
        self.door.replace("{cohort}", &world.house.cohort.to_string())
    }

    fn read_by(&self, world: &World, person: &Person) -> Option<Found> {
        let path = self.path(world);
        let mut found = Found { leads_to: BTreeSet::new(), counts: Vec::new() };
        for (part, word) in self.parts {
            let (mut rows, mut number) = (0, 0);
            for page in 1..20 {
                let answer = world.knock(person, &Method::GET, &format!("{path}?{part}{page}"));
                if verdict(&answer) != "open" || answer.status != 200 {
                    return None;
                }
                let ways = ways(&answer.body).filter(|it| it.0 == Method::GET).map(|it| it.1);
                let before = found.leads_to.len();
                found.leads_to.extend(ways.filter(|it| self.is_row(it, world)).map(str::to_owned));
                let text = answer.text();
                let many = answer.body.matches(self.row).count();
                rows += many - usize::from(self.row == TABLE && many > 0);
                if word.is_empty() {
                    number = rows;
                    break;
                }
                // A directory that is closed says so, and is no list.
                number = number_beside(&text, word)?;
                if rows >= number || many == 0 || (page > 1 && before == found.leads_to.len()) {
                    break;
                }
            }
            found.counts.push((number, rows));
        }
        Some(found)
    }

    /// Whether an address is that of one of the list's rows.
    fn is_row(&self, to: &str, world: &World) -> bool {
        let rows = self.rows.replace("{cohort}", &world.house.cohort.to_string());
        let rest = to.strip_prefix(rows.split('{').next().unwrap_or_default()).unwrap_or_default();
        rest.len() == 32 && rest.chars().all(|it| it.is_ascii_hexdigit())
    }

    fn differs(&self, world: &World, round: &Round, person: &Person, found: &Found) -> Vec<String> {
        let here = world.house.cohort.to_string();
        let place = world.place_of(person);
        let open = round.cells.iter().enumerate().filter(|(at, cell)| {
            let is_theirs = world.place_of(cell.person) == place && cell.door.path == self.rows;
            let stands = cell.record.is_some_and(|it| match self.of {
                Of::Here => it.described["cohort"] == here,
                Of::HereAndRunning => it.described["cohort"] == here && it.described["active"] != false,
                Of::Everywhere | Of::NoOthers => true,
            });
            cell.door.method == Method::GET && is_theirs && stands && round.expected.cells[*at] == "open"
        });
        let open: BTreeSet<String> = open.map(|(_, cell)| cell.path()).collect();
        let mut wrong = Vec::new();
        let said = |words: String| format!("GET {} as {}: {words}", self.door, person.name);
        let more: Vec<_> = found.leads_to.difference(&open).collect();
        let less: Vec<_> = open.difference(&found.leads_to).filter(|_| self.of != Of::NoOthers).collect();
        if !more.is_empty() || !less.is_empty() {
            wrong.push(said(format!("leads to {more:?} besides, and not to {less:?}, of {}", open.len())));
        }
        for (number, rows) in &found.counts {
            if number != rows {
                wrong.push(said(format!("counts {number} and shows {rows}")));
            }
        }
        wrong
    }
}

/// The number before a word, or after it in brackets.
fn number_beside(text: &str, word: &str) -> Option<usize> {
    let bracketed = text.split(&format!("{word} (")).nth(1).and_then(|it| it.split(')').next());
    let plain = || {
        let words: Vec<&str> = text.split_whitespace().collect();
        let at = words.iter().position(|it| it.trim_end_matches('s') == word)?;
        let number = words.get(at.checked_sub(1)?).copied();
        number.map(|it| if it == "One" { "1" } else { it })
    };
    bracketed.and_then(|it| it.parse().ok()).or_else(|| plain().and_then(|it| it.parse().ok()))
}
