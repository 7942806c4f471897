//! Bad input at every door: fields nobody named, fields sent twice, text that no keyboard
//! gives, too much of everything. All of it is refused with a sentence, and nothing changes.

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use platform::doors::Door;
use policy::{Audience, Role};
use testing::{Answer, House};

use super::doors::path;
use crate::house::doors;

testing::on_both_databases! {
    crate::house::doors(); crate::house::jobs;
    no_door_takes_a_field_that_it_does_not_name
    a_form_of_the_committee_takes_its_own_fields_alone
    every_table_that_leaves_the_house_is_text_alone
    text_that_no_keyboard_gives_is_refused_at_every_door
    too_much_of_anything_is_refused_with_a_sentence
    every_field_has_an_end_and_what_is_too_long_comes_back
    random_requests_never_break_the_house
}

/// What somebody might try to set who has read the source.
pub(super) const EXTRA: &[&str] = &[
    "role",
    "status",
    "state",
    "duo_id",
    "owner_id",
    "created_at",
    "is_admin",
    "admin",
    "id",
    "account",
    "account_id",
    "person_id",
    "cohort",
    "cohort_id",
    "program_id",
    "approved",
    "confirmed",
    "confirmed_at",
    "verified",
    "email_verified",
    "password_hash",
    "token",
    "version_id",
    "readers",
    "sealed",
    "given_at",
    "number",
    "place",
    "_method",
    "__proto__",
];

/// Tables in which the coming and going of people is noted, whatever they send.
const COMING_AND_GOING: &[&str] = &["sign_ins"];
/// And those in which a reading is noted, where pages are asked for too.
const NOTED: &[&str] = &["sign_ins", "audit", "audit_people", "audit_tip"];

pub(super) fn posts() -> Vec<Door> {
    doors().list().iter().filter(|door| door.method == Method::POST).cloned().collect()
}

/// Somebody who may go through every door that people go through.
pub(super) fn everyone(house: &House) -> &'static str {
    for role in Role::ALL {
        house.role_in_cohort("eve", role);
        house.role("eve", role);
    }
    "eve"
}

/// One who may try: signing out is a door too, and whoever went through it signs in anew.
pub(super) fn send(house: &House, who: &str, door: &Door, body: &str) -> Answer {
    house.sign_in(who, house.person(who));
    let kind = Some("application/x-www-form-urlencoded");
    house.knock(Method::POST, &path(door), Some(&house.secret_of(who)), kind, body.as_bytes().to_vec())
}

#[track_caller]
fn refused(answer: &Answer, statuses: &[u16], what: &str) {
    assert!(statuses.contains(&answer.status), "{what}: {} {}", answer.status, answer.text());
    assert!(answer.text().contains("Nothing was changed"), "{what}: {}", answer.text());
}

// V-14
fn no_door_takes_a_field_that_it_does_not_name(house: &House) {
    let who = everyone(house);
    let before = house.contents(COMING_AND_GOING);
    // What a door takes does not depend on the database; that nothing changes might.
    let extras = if house.file().is_some() { EXTRA } else { &EXTRA[..3] };
    let carried_along = ["/sign-in/again/form"];
    for door in posts().iter().filter(|door| !carried_along.contains(&door.path)) {
        let takes = door.takes;
        let strangers = extras.iter().copied().filter(|extra| !takes.names(extra));
        for extra in strangers.filter(|_| !takes.form) {
            for name in [extra.to_owned(), format!("{extra}[]"), format!("duo[{extra}]")] {
                let answer = send(house, who, door, &format!("{name}=1"));
                refused(&answer, &[400], &format!("{} {name}", door.path));
            }
        }
        for field in takes.fields.iter().filter(|it| !it.ends_with('+')) {
            let name = field.replace('*', "1");
            let answer = send(house, who, door, &format!("{name}=a&{name}=b"));
            refused(&answer, &[400], &format!("{} {name} twice", door.path));
            let answer = send(house, who, door, &format!("{name}[]=a&{name}[]=b"));
            if !takes.form && !field.ends_with('*') {
                refused(&answer, &[400], &format!("{} {name}[]", door.path));
            }
        }
    }
    assert_eq!(house.contents(COMING_AND_GOING), before);
}

// V-14
fn a_form_of_the_committee_takes_its_own_fields_alone(house: &House) {
    house.person("anna");
    let before = house.contents(COMING_AND_GOING);
    for (address, once) in
        [("/nominate", "no_name"), ("/applications/mentee/draft", "me_name"), ("/applications/mentee/check", "me_name")]
    {
        for extra in EXTRA {
            let answer = house.post("anna", address, &[(extra, "1")]);
            refused(&answer, &[400], &format!("{address} {extra}"));
        }
        let twice = house.post("anna", address, &[(once, "a"), (once, "b")]);
        refused(&twice, &[400], &format!("{address} {once} twice"));
    }
    assert_eq!(house.contents(COMING_AND_GOING), before);
}

/// What begins a formula somewhere, whatever stands for the end of a cell there.
const FORMULAS: &[&str] =
    &["=1+1", "+1+1", "-1+1", "@SUM(1)", "\u{ff1d}1", "\u{ff0b}1", "\u{ff0d}1", "\u{ff20}1", "a;=1+1"];

// V-08
fn every_table_that_leaves_the_house_is_text_alone(house: &House) {
    let tables: Vec<&str> = doors().list().iter().map(|door| door.path).filter(|path| path.ends_with(".csv")).collect();
    // The report's words are tried where the report is (`reporting`).
    let roster = ["/roster/members.csv", "/roster/imports/{id}/errors.csv", "/roster/imports/{id}/difference.csv"];
    let lists = ["/cohorts/{cohort}/applications.csv", "/cohorts/{cohort}/liaisons.csv"];
    let known = [&roster[..], &lists, &["/reports/{report}/report.csv"]].concat();
    assert_eq!(tables, known);
    house.role("sven", Role::Staff);
    let line = |(number, formula): (usize, &&str)| format!("\"{formula}\",\"{formula}\",f{number}@example.org\n");
    let members = FORMULAS.iter().enumerate().map(line).collect::<String>();
    let roster = format!("number,name,email\n{members}");
    let import = house.upload("sven", "/roster/import", "file", "members.csv", roster.as_bytes()).leads_to();
    house.post("sven", &import, &[("number", "1"), ("name", "2"), ("email", "3")]).leads_to();
    let table = house.get("sven", &import.replace("/columns", "/difference.csv")).is_ok();
    assert!(table.header("content-disposition").starts_with("attachment"));
    assert!(table.header("content-security-policy").contains("sandbox"));
    assert_eq!(table.header("x-content-type-options"), "nosniff");
    house.post("sven", &import.replace("/columns", ""), &[("how", "sound")]).leads_to();
    let roster = house.post("sven", "/roster/members.csv", &[]).is_ok();
    let wrong = FORMULAS.iter().map(|it| format!("\"{it}\",\"{it}\",\"{it}\"\n")).collect::<String>();
    let wrong = format!("number,name,email\n{wrong}");
    // The house remembers which column is which.
    let faulty = house.upload("sven", "/roster/import", "file", "faulty.csv", wrong.as_bytes()).leads_to();
    let errors = house.get("sven", &format!("{faulty}/errors.csv")).is_ok();
    let whole = &table;
    let tables = [whole, &roster, &errors];
    for (table, formula) in tables.iter().flat_map(|it| FORMULAS.iter().map(move |formula| (it, formula))) {
        assert!(!table.body.contains(&format!("\"{formula}")), "{formula} in {}", table.body);
        let safe = formula.replace("a;=", "a;'=");
        let safe = if safe.starts_with('a') { safe } else { format!("'{safe}") };
        let is_whole = std::ptr::eq(*table, whole);
        assert!(!is_whole || table.body.contains(&format!("\"{safe}\"")), "{safe} is not in {}", table.body);
    }
}

// F-19
fn text_that_no_keyboard_gives_is_refused_at_every_door(house: &House) {
    let who = everyone(house);
    let before = house.contents(NOTED);
    let marks = format!("Z{}", "%CC%81".repeat(5_000));
    let odd: [(&str, u16); 7] = [
        ("a%00b", 400),
        ("%FF%FE", 400),
        ("%ED%A0%80", 400),
        ("%C0%AF", 400),
        ("%F4%90%80%80", 400),
        ("gnp.%E2%80%AEexe", 422),
        (&marks, 422),
    ];
    for door in posts() {
        let field = door.takes.fields.first().map_or("x".to_owned(), |it| it.replace(['*', '+'], ""));
        for (text, status) in odd {
            let answer = send(house, who, &door, &format!("{field}={text}"));
            refused(&answer, &[status], &format!("{} {}", door.path, &text[..text.len().min(20)]));
            let answer = send(house, who, &door, &format!("{text}=1"));
            refused(&answer, &[status], &format!("{} as a name", door.path));
        }
    }
    for door in doors().list().iter().filter(|door| door.method == Method::GET) {
        let answer = house.get(who, &format!("{}?q=%00&utm_source=x", path(door)));
        assert!(matches!(answer.status, 200 | 303 | 400 | 404), "{}: {}", door.path, answer.status);
        let odd = path(door).replace("no-such", "a%00b").replace("0192f0a0", "%FF").replace("xxxx", "%0d%0a");
        let answer = house.get(who, &odd);
        assert!(answer.status < 500, "{odd}: {}", answer.status);
    }
    let missing = house.get(who, "/about/no-such");
    assert_eq!(missing.status, 404);
    for odd in ["/about/a%00b", "/about/%0d%0a"] {
        assert_eq!(house.get(who, odd).body, missing.body, "{odd}");
    }
    assert_eq!(house.contents(NOTED), before);
}

// F-19
fn too_much_of_anything_is_refused_with_a_sentence(house: &House) {
    let who = everyone(house);
    let before = house.contents(COMING_AND_GOING);
    let (large, many) = (format!("email={}", "x".repeat(1024 * 1024)), "email=&".repeat(10_000));
    for door in posts() {
        if door.most_bytes <= 1024 * 1024 {
            refused(&send(house, who, &door, &large), &[413], &format!("1 MB to {}", door.path));
        }
        refused(&send(house, who, &door, &many), &[413], &format!("10,000 fields to {}", door.path));
    }
    let address = house.get(who, &format!("/?q={}", "x".repeat(20_000)));
    refused(&address, &[414], "a long address");
    let request = Request::get("/about").header(header::HOST, "duology.test");
    let flooded = (0..90).fold(request, |request, number| request.header(format!("x-{number}"), "y".repeat(500)));
    let answer = house.send(flooded.body(Body::empty()).unwrap());
    assert_eq!(answer.status, 431);
    assert!(answer.text().contains("clear the cookies"), "{}", answer.text());
    for (kind, body) in [
        ("multipart/form-data", "no boundary"),
        ("multipart/form-data; boundary=x", "--x\r\nbroken"),
        ("multipart/form-data; boundary=x", "--x\r\ncontent-disposition: form-data\r\n\r\n\r\n--x--\r\n"),
        ("application/json", "{\"role\":\"chair\"}"),
        ("text/plain", "role=chair"),
        ("", "role=chair"),
    ] {
        let token = house.secret_of(who);
        let answer = house.knock(Method::POST, "/me", Some(&token), Some(kind), body.as_bytes().to_vec());
        refused(&answer, &[400], &format!("{kind} {body}"));
    }
    assert_eq!(house.contents(COMING_AND_GOING), before);
}

// F-19
fn every_field_has_an_end_and_what_is_too_long_comes_back(house: &House) {
    let who = everyone(house);
    let before = house.contents(COMING_AND_GOING);
    let mut fields = 0;
    for door in posts() {
        for field in door.takes.fields.iter().filter(|it| !it.ends_with("*+")) {
            let name = field.trim_end_matches('+').replace('*', "1");
            let most = door.takes.most_characters(&name).unwrap_or_else(|| panic!("{} {name} has no end", door.path));
            let form = format!("{name}={}", "x".repeat(most + 1));
            let answer = send(house, who, &door, &form);
            let what = format!("{} {name}: {} {}", door.path, answer.status, answer.text());
            assert_eq!(answer.status, 422, "{what}");
            let sentence = format!("This is {} characters long; {most} are the most", most + 1);
            assert!(answer.text().contains(&sentence) && answer.text().contains("Nothing was changed"), "{what}");
            let comes_back = answer.body.contains(&"x".repeat(most + 1));
            let is_secret = ["password", "repeated", "current", "code", "step"].contains(&name.as_str());
            assert_eq!(comes_back, !is_secret, "{} {name}", door.path);
            fields += 1;
        }
    }
    assert!(fields > 150, "{fields}");
    assert_eq!(house.contents(COMING_AND_GOING), before);
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most).unwrap()).unwrap()
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const VALUES: &[&str] = &[
    "",
    "1",
    "-1",
    "0",
    "9999999999999999999999",
    "1e309",
    "NaN",
    "true",
    "null",
    "'",
    "\"",
    "' or '1'='1",
    "%00",
    "%FF",
    "%E2%80%AE",
    "%0d%0aset-cookie:x=1",
    "..%2f..%2fetc%2fpasswd",
    "%3Cscript%3E",
    "{{link}}",
    "${7*7}",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "anna%40example.org",
    "%F0%9F%91%A9",
    "yes",
    "no",
    "accept",
    "0192f0a0a0a07000800000000000dead",
];
const METHODS: &[&str] =
    &["GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"];

/// 20,000 in each world: any method, any path of ours or nearly, any fields.
fn random_requests_never_break_the_house(house: &House) {
    let who = everyone(house);
    let cohort = house.cohort.to_string();
    let doors = doors();
    let mut dice = Dice(20_260_220);
    let most = if house.file().is_some() { 20_000 } else { 2_000 };
    for turn in 0..most {
        if turn % 50 == 0 {
            house.sign_in(who, house.person(who));
        }
        let door = &doors.list()[dice.below(doors.list().len())];
        let mut address = if dice.below(2) == 0 { path(door) } else { door.path.replace("{cohort}", &cohort) };
        address = address.replace(['{', '}'], "");
        if dice.below(5) == 0 {
            address = format!("{address}/{}", dice.one(VALUES)).replace([' ', '<', '>', '"', '\'', '{', '}'], "%20");
        }
        let pairs = (0..dice.below(4)).map(|_| {
            let name = match door.takes.fields {
                [] => dice.one(EXTRA),
                fields => dice.one(fields),
            };
            format!("{}={}", name.replace(['*', '+'], "1"), dice.one(VALUES))
        });
        let form = pairs.collect::<Vec<_>>().join("&");
        if dice.below(3) == 0 {
            address = format!("{address}?{}", form.replace([' ', '<', '>', '"', '\'', '{', '}'], "+"));
        }
        let method = Method::from_bytes(dice.one(METHODS).as_bytes()).unwrap();
        let token = (dice.below(4) > 0).then(|| house.secret_of(who));
        let kind =
            dice.one(&["application/x-www-form-urlencoded", "multipart/form-data; boundary=1", "application/json"]);
        let answer = house.knock(method.clone(), &address, token.as_deref(), Some(kind), form.clone().into_bytes());
        assert!(answer.status < 500, "{method} {address} with {form}: {} {}", answer.status, answer.text());
    }
}

#[test]
fn every_door_that_takes_a_form_of_the_committee_is_known_by_name() {
    let forms: Vec<&str> = posts().iter().filter(|door| door.takes.form).map(|door| door.path).collect();
    assert!(forms.contains(&"/applications/{id}/draft") && forms.len() < 15, "{forms:?}");
    let open = posts().iter().filter(|door| matches!(door.action.audience(), Audience::Public)).count();
    assert!(open > 5);
}
