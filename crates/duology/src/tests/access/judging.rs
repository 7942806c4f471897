//! What an answer is worth: whether it is what the matrix gives, tells nothing beside it,
//! and leads nowhere that is closed to whoever got it.

use std::collections::HashMap;

use axum::http::Method;
use policy::Role;
use testing::Answer;

use super::{super::phases::takers, Cell, Round, World, people::Person, planted};

/// What an answer says of the right to it.
pub(super) fn verdict(answer: &Answer) -> &'static str {
    match answer.status {
        401 => "token",
        303 | 307 if answer.to.starts_with("/sign-in/again") => "again",
        303 if answer.to.starts_with("/second-factor") => "second factor",
        303 if answer.to.starts_with("/sign-in") => "sign-in",
        404 => "gone",
        200 | 409 if answer.body.contains("This link is not one of ours") => "gone",
        _ => "open",
    }
}

/// Whether an answer is what the matrix gives.
pub(super) fn fits(expected: &str, found: &str) -> bool {
    match expected {
        "any" => true,
        "shut" => found != "open",
        _ => found == expected,
    }
}

/// What each person is told of a page that is not there, by how they ask.
pub(super) struct Missing(Vec<[String; 2]>);

impl Missing {
    pub fn of(world: &World) -> Self {
        let path = "/no/such/page";
        let ask = |person: &Person, method| told(&world.knock(person, &method, path), path);
        Self(world.people.iter().map(|it| [ask(it, Method::GET), ask(it, Method::POST)]).collect())
    }

    fn to(&self, person: usize, method: &Method) -> &str {
        &self.0[person][usize::from(*method != Method::GET)]
    }
}

/// All that an answer says but for the address that was asked for: its state, its headers
/// and what stands in it. When it was given and by which number it is known differ each time.
pub(super) fn told(answer: &Answer, path: &str) -> String {
    let differs = ["date", "content-length", "x-request-id"];
    let mut headers: Vec<String> = answer
        .headers
        .iter()
        .filter(|(name, _)| !differs.contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {}", value.replace(path, "HERE")))
        .collect();
    headers.sort();
    let escaped: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
    let body = answer.body.replace(path, "HERE").replace(&escaped, "HERE");
    format!("{}\n{}\n\n{body}", answer.status, headers.join("\n"))
}

pub(super) fn knock_at(world: &World, round: &Round, at: usize, missing: &Missing) -> Vec<String> {
    let (cell, expected) = (&round.cells[at], round.expected.cells[at].as_str());
    let path = cell.path();
    let answer = world.knock(cell.person, &cell.door.method, &path);
    let found = verdict(&answer);
    let mut wrong = Vec::new();
    if answer.status >= 500 || !fits(expected, found) {
        wrong.push(format!("{expected} expected, {}", cell.words(&answer)));
    }
    // What lies behind a link is told in the words of that link.
    let is_refused = expected == "gone" && answer.status == 404 && !cell.door.path.contains("{token}");
    let to_them = missing.to(world.place_of(cell.person), &cell.door.method);
    if is_refused && told(&answer, &path) != to_them.replace(&path, "HERE") {
        wrong.push(format!("the refusal tells more than a missing page: {}", cell.words(&answer)));
    }
    wrong.extend(tells_too_much(world, round, cell, &answer));
    wrong
}

/// Planted words that stand where they may not be read, and ways to what is closed.
pub(super) fn tells_too_much(world: &World, round: &Round, cell: &Cell, answer: &Answer) -> Vec<String> {
    let person = world.place_of(cell.person);
    let mut wrong = Vec::new();
    // Letters may be read there by whoever develops the house; for real people the page is not there.
    if cell.door.path.starts_with("/dev/") {
        return wrong;
    }
    for word in planted::words_in(&answer.body).filter(|it| *it < world.words.len()) {
        let is_shown = cell.record.is_some_and(|it| it.shows(word));
        if !is_shown && !round.expected.words[word][person] {
            wrong.push(format!("{} stands there: {}", world.words[word].name, cell.words(answer)));
        }
    }
    for link in links_that_name(&answer.body, &world.names) {
        wrong.push(format!("a link names somebody ({link}): {}", cell.words(answer)));
    }
    if answer.status == 200 && cell.person.is_elsewhere_alone(world.house.cohort) && !is_of_the_association(cell) {
        let named = world.participants.iter().find(|it| answer.body.contains(it.as_str()));
        wrong.extend(named.map(|it| format!("{it} of this cohort is named: {}", cell.words(answer))));
    }
    if answer.status == 200 && !cell.door.path.contains("{token}") {
        for (method, to) in ways(&answer.body) {
            let closed = round.behind(person, &method, to).filter(|it| round.expected.cells[*it] == "gone");
            if closed.is_some() {
                wrong.push(format!("{method} {to} is closed to whoever is led there: {}", cell.words(answer)));
            }
        }
    }
    wrong
}

/// Pages on which people are known whatever cohort they are in: to those who help with accounts,
/// to the office that keeps the roster, and to chairs who must know who steps aside from whom.
fn is_of_the_association(cell: &Cell) -> bool {
    let of_all = ["/accounts", "/conflicts"].iter().any(|it| cell.door.path.starts_with(it));
    of_all || cell.door.path.starts_with("/roster") && cell.person.is_office()
}

/// The names of those who take part in the cohort of the year and serve on no committee, as a
/// page writes them.
pub(super) fn participants(house: &testing::House) -> Vec<String> {
    let takers = [Role::Mentee, Role::Mentor].into_iter().flat_map(|role| takers(house, role));
    takers.map(|(_, name)| name).filter(|it| it.contains(' ')).collect()
}

/// Everyone's name as a page writes it, where it has two parts.
pub(super) fn names(house: &testing::House) -> Vec<String> {
    let accounts = house.read(|tx| Ok(platform::identity::all(tx)?));
    accounts.into_iter().map(|it| it.name).filter(|it| it.contains(' ')).collect()
}

/// Links and forms with a name or a mail address in their address: they would stand in
/// the history of a browser and in the log of whatever stands before the house. V-23.
pub(super) fn links_that_name(page: &str, names: &[String]) -> Vec<String> {
    let speaks = |to: &&str| to.chars().any(|it| it.is_ascii_uppercase() || "?%+@".contains(it));
    let is_letter = |to: &&str| to.starts_with("mailto:") || to.starts_with("tel:");
    let after = |mark: &'static str| page.split(mark).skip(1).filter_map(|rest| rest.split('"').next());
    let all = after(" href=\"").chain(after(" action=\"")).chain(after(" src=\""));
    all.filter(speaks)
        .filter(|to| !is_letter(to))
        .map(|to| {
            form_urlencoded::parse(to.as_bytes()).map(|(key, value)| format!("{key}={value}")).collect::<String>()
        })
        .filter(|to| to.contains('@') || names.iter().any(|name| to.contains(name.as_str())))
        .collect()
}

#[test]
fn a_name_or_a_mail_address_in_a_link_is_seen() {
    let names = ["Ana Ruiz-Keller".to_owned()];
    for link in ["/roster?q=Ana+Ruiz-Keller", "/people/Ana%20Ruiz-Keller", "/x?to=ana%40example.org", "/x?to=a@b.org"] {
        let page = format!("<a class=\"quiet\" href=\"{link}\">x</a>");
        assert_eq!(links_that_name(&page, &names).len(), 1, "{link}");
    }
    for quiet in ["mailto:ana@example.org", "/roster?page=2", "/mentors?q=ana", "/files/0192F0"] {
        let page = format!("<a href=\"{quiet}\">Ana Ruiz-Keller</a>");
        assert_eq!(links_that_name(&page, &names), Vec::<String>::new(), "{quiet}");
    }
}

/// Where a page leads: its links and its forms.
pub(super) fn ways(page: &str) -> impl Iterator<Item = (Method, &str)> {
    let after = |mark: &'static str| page.split(mark).skip(1).filter_map(|rest| rest.split('"').next());
    let links = after(" href=\"").map(|to| (Method::GET, to));
    let forms = after(" action=\"").map(|to| (Method::POST, to));
    links.chain(forms).map(|(method, to)| (method, to.split(['?', '#']).next().unwrap_or_default()))
}

/// Every cell by whose it is, and by its address.
pub(super) type Places = HashMap<(usize, Method, String), usize>;

pub(super) fn places(world: &World, cells: &[Cell]) -> Places {
    let key = |cell: &Cell| (world.place_of(cell.person), cell.door.method.clone(), cell.path());
    cells.iter().enumerate().map(|(at, cell)| (key(cell), at)).collect()
}

/// What went wrong, one line per door, with whom it concerned first.
pub(super) fn by_door(wrong: &[String]) -> Vec<String> {
    let mut doors: std::collections::BTreeMap<&str, Vec<&str>> = std::collections::BTreeMap::new();
    for words in wrong {
        let (door, who) = words.split_once(" as ").unwrap_or((words, ""));
        doors.entry(door).or_default().push(who);
    }
    let line = |(door, who): (&str, Vec<&str>)| {
        format!("{door}: {} times, as {}", who.len(), who[..who.len().min(4)].join("; as "))
    };
    doors.into_iter().map(line).collect()
}
