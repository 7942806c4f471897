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

/// A list, how its parts are named, and what its rows lead to.
struct List {
    door: &'static str,
    parts: &'static [&'static str],
    rows: &'static str,
    /// The word after the number of rows, or before it in brackets.
    counted: &'static [&'static str],
}

const LISTS: &[List] = &[
    List { door: "/mentors", parts: &["page="], rows: "/mentors/{person}", counted: &["mentor"] },
    List {
        door: "/cohorts/{cohort}/applications",
        parts: &["view=mentees&page=", "view=mentors&page="],
        rows: "/cohorts/{cohort}/applications/{id}",
        counted: &["Mentees", "Mentors"],
    },
];

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
    assert!(read >= 12, "only {read} lists were read");
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
        for (part, word) in self.parts.iter().zip(self.counted) {
            let (mut rows, mut number) = (0, 0);
            for page in 1..20 {
                let answer = world.knock(person, &Method::GET, &format!("{path}?{part}{page}"));
                if verdict(&answer) != "open" || answer.status != 200 {
                    return None;
                }
                let ways = ways(&answer.body).filter(|it| it.0 == Method::GET).map(|it| it.1);
                let before = found.leads_to.len();
                found.leads_to.extend(ways.filter(|it| self.is_row(it, &path)).map(str::to_owned));
                let text = answer.text();
                // A directory that is closed says so, and is no list.
                number = number_beside(&text, word)?;
                let row = if self.door == "/mentors" { "<article class=\"person\"" } else { "<tr" };
                let many = answer.body.matches(row).count();
                rows += many - usize::from(row == "<tr" && many > 0);
                if rows >= number || many == 0 || (page > 1 && before == found.leads_to.len()) {
                    break;
                }
            }
            found.counts.push((number, rows));
        }
        Some(found)
    }

    /// Whether an address is that of one of the list's rows.
    fn is_row(&self, to: &str, path: &str) -> bool {
        let rest = to.strip_prefix(path).and_then(|it| it.strip_prefix('/')).unwrap_or_default();
        rest.len() == 32 && rest.chars().all(|it| it.is_ascii_hexdigit())
    }

    fn differs(&self, world: &World, round: &Round, person: &Person, found: &Found) -> Vec<String> {
        let here = world.house.cohort.to_string();
        let place = world.place_of(person);
        let open = round.cells.iter().enumerate().filter(|(at, cell)| {
            let is_theirs = world.place_of(cell.person) == place && cell.door.path == self.rows;
            let is_here = cell.record.is_some_and(|it| it.described["cohort"] == here);
            cell.door.method == Method::GET && is_theirs && is_here && round.expected.cells[*at] == "open"
        });
        let open: BTreeSet<String> = open.map(|(_, cell)| cell.path()).collect();
        let mut wrong = Vec::new();
        let said = |words: String| format!("GET {} as {}: {words}", self.door, person.name);
        if found.leads_to != open {
            let more: Vec<_> = found.leads_to.difference(&open).collect();
            let less: Vec<_> = open.difference(&found.leads_to).collect();
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
        words.get(at.checked_sub(1)?).copied()
    };
    bracketed.and_then(|it| it.parse().ok()).or_else(|| plain().and_then(|it| it.parse().ok()))
}
