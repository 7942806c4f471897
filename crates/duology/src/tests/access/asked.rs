//! The same doors with something after the question mark: a word that stands in a record,
//! or another order, part or page of a list. What the asker may not read changes nothing in
//! the answer: neither what it holds, nor how much of it there is. V-03, C-11

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
};

use axum::http::Method;
use testing::Answer;

use super::{
    Cell, Round, World,
    judging::{tells_too_much, told, verdict},
    planted::mark,
};

/// As long as a word that is planted, and planted nowhere.
const NOWHERE: usize = 999;
/// How lists may be begun, narrowed and ordered otherwise, also in ways that none of ours has.
const OTHERWISE: &[&str] = &[
    "page=2&view=mentors&sort=name&order=desc",
    "page=999999&view=waiting&standing=gone&filter=all",
    "view=mentees&standing=lapsed&free=yes&group=chair&limit=100000",
    "shortlist=yes&format=csv&all=yes&text=yes&as=csv&from=2000-01-01&change=yes&section=you&missing=yes",
];
/// What pages ask of their address besides, and where a word goes just as well.
const OTHER_NAMES: &[&str] = &[
    "topic",
    "organisation",
    "channel",
    "zone",
    "to",
    "name",
    "search",
    "show",
    "person",
    "code",
    "mentee",
    "mentor",
    "pair",
    "with",
];

/// Searches whose words stand in no address: they are sent as a form.
const BY_FORM: &str = "POST ";
const SEARCHED: &[(&str, &str)] = &[("/roster", "POST q=WORD"), ("/events/{event}/door", "POST text=WORD")];

/// Every page that opens to somebody, asked for in all these ways: how often was asked, and
/// how often a word was found by somebody who may read it.
pub(super) fn wrong(world: &World, round: &Round) -> ([usize; 2], Vec<String>) {
    let counts = [AtomicUsize::new(0), AtomicUsize::new(0)];
    let chosen = chosen(world, round);
    let ask =
        |part: &[usize]| part.iter().flat_map(|at| Asker::of(world, round, *at, &counts).ask()).collect::<Vec<_>>();
    let wrong = std::thread::scope(|scope| {
        let parts: Vec<_> = chosen.chunks(chosen.len().div_ceil(super::AT_ONCE).max(1)).collect();
        let parts: Vec<_> = parts.into_iter().map(|part| scope.spawn(|| ask(part))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    (counts.map(AtomicUsize::into_inner), wrong)
}

/// For each page and person one record that opens, or one that does not.
fn chosen(world: &World, round: &Round) -> Vec<usize> {
    let mut chosen: std::collections::BTreeMap<(&str, usize), usize> = std::collections::BTreeMap::new();
    for (at, cell) in round.cells.iter().enumerate() {
        let path = cell.door.path;
        if cell.door.method != Method::GET || path.contains("{token}") || path.starts_with("/dev/") {
            continue;
        }
        let opens = |at: usize| matches!(round.expected.cells[at].as_str(), "open" | "any");
        let best = chosen.entry((path, world.place_of(cell.person))).or_insert(at);
        if opens(at) && !opens(*best) {
            *best = at;
        }
    }
    chosen.into_values().collect()
}

/// One person at one page.
struct Asker<'a> {
    world: &'a World,
    round: &'a Round<'a>,
    cell: &'a Cell<'a>,
    path: String,
    asked: &'a AtomicUsize,
    /// How often somebody found what they may read.
    hits: &'a AtomicUsize,
}

impl<'a> Asker<'a> {
    fn of(world: &'a World, round: &'a Round, at: usize, [asked, hits]: &'a [AtomicUsize; 2]) -> Self {
        let cell = &round.cells[at];
        Self { world, round, cell, path: cell.path(), asked, hits }
    }

    fn ask(&self) -> Vec<String> {
        let (plain, mut wrong) = (self.answer(""), Vec::new());
        for query in OTHERWISE {
            let answer = self.answer(query);
            if answer.status >= 500 || verdict(&answer) != verdict(&plain) {
                wrong.push(format!("?{query} opens what is not open without it: {}", self.cell.words(&answer)));
            }
            wrong.extend(tells_too_much(self.world, self.round, self.cell, &answer));
            if verdict(&plain) != "open" {
                return wrong;
            }
        }
        let together = OTHER_NAMES.iter().map(|name| format!("{name}=WORD")).collect::<Vec<_>>().join("&");
        let search = SEARCHED.iter().find(|(path, _)| *path == self.cell.door.path).map(|(_, question)| *question);
        for question in ["q=WORD", &together].into_iter().chain(search) {
            wrong.extend(self.ask_for_words(question, &plain));
        }
        wrong
    }

    /// Where a page looks at what is asked for, each word is asked for, and elsewhere one.
    fn ask_for_words(&self, question: &str, plain: &Answer) -> Vec<String> {
        let nothing = self.for_word(question, NOWHERE);
        let escaped: String = form_urlencoded::byte_serialize(format!("?{question}").as_bytes()).collect();
        let in_a_page = format!("?{question}").replace('&', "&amp;");
        let unasked = nothing.replace(&in_a_page, "").replace(&format!("?{question}"), "").replace(&escaped, "");
        let person = self.world.place_of(self.cell.person);
        let all = 0..self.world.words.len();
        let is_heard = unasked != told(plain, &self.path);
        let words: Vec<usize> = if is_heard { all.collect() } else { vec![(person + self.path.len()) % all.len()] };
        let may_read = |word: usize| self.round.expected.words[word][person];
        let (known, hidden): (Vec<usize>, Vec<usize>) = words.into_iter().partition(|word| may_read(*word));
        let is_found = |word: &usize| self.for_word(question, *word) != nothing;
        if is_heard && (question == "q=WORD" || question.starts_with(BY_FORM)) {
            self.hits.fetch_add(known.into_iter().filter(is_found).count(), Ordering::Relaxed);
        }
        let line = |word: usize| {
            let name = &self.world.words[word].name;
            format!("asking for {name} is answered otherwise: {}", self.cell.words(plain))
        };
        hidden.into_iter().filter(is_found).map(line).collect()
    }

    fn for_word(&self, question: &str, word: usize) -> String {
        let answer = self.answer(&question.replace("WORD", &mark(word)));
        told(&answer, &self.path).replace(&mark(word), "WORD")
    }

    fn answer(&self, query: &str) -> Answer {
        let before = self.asked.fetch_add(1, Ordering::Relaxed);
        // Nobody is refused here for having asked too often: that is not what this asks about.
        if self.cell.door.prepare.is_some() && before.is_multiple_of(4) {
            self.world.begin_anew();
        }
        if let Some(form) = query.strip_prefix(BY_FORM) {
            return self.world.send(self.cell.person, &Method::POST, &self.path, form);
        }
        let path = if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) };
        self.world.knock(self.cell.person, &Method::GET, &path)
    }
}

/// Every name that a page of ours asks of its address is among those that are asked here.
#[test]
fn whatever_a_page_asks_of_its_address_is_tried() {
    let known: BTreeSet<&str> = OTHERWISE
        .iter()
        .flat_map(|it| it.split('&').filter_map(|it| it.split_once('=')).map(|it| it.0))
        .chain(OTHER_NAMES.iter().copied())
        // The way on after a sign-in, and the answer that a letter carries along: no list.
        .chain(["q", "next", "answer", "places", "rows"])
        .collect();
    let mut unknown = BTreeSet::new();
    let mut pages = 0;
    for file in sources(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))) {
        let text = std::fs::read_to_string(&file).unwrap();
        for name in text.split("query.").skip(1).filter_map(|rest| {
            let (verb, rest) = rest.split_once("(\"")?;
            ["text", "number", "ticked", "list"].contains(&verb).then(|| rest.split('"').next())?
        }) {
            pages += 1;
            if !known.contains(name) {
                unknown.insert(format!("{name} in {}", file.display()));
            }
        }
    }
    assert!(pages >= 15, "only {pages} places read the address");
    assert!(unknown.is_empty(), "{unknown:#?}");
}

/// What the rooms are made of, without their tests.
fn sources(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let is_left_out = |name: &str| ["target", "tests", "journeys", "xtask", "testing"].contains(&name);
    let inside = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    inside
        .flat_map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && !is_left_out(&name) {
                sources(&path)
            } else if name.ends_with(".rs") {
                vec![path]
            } else {
                Vec::new()
            }
        })
        .collect()
}
