//! The search of the directory: one table of what people type and whom it finds, in which
//! order, for both databases; and the figures beside the choices.

use std::collections::BTreeMap;

use platform::prelude::*;
use serde_json::{Value, json};
use testing::House;

use super::{OPEN, ask, go_to, keep, mentee, mentor};
use crate::{
    listing::{self, Listing, Wanted},
    profiles,
    search::Order,
    window,
};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    what_people_type_finds_the_same_people_in_the_same_order_on_both_databases
    each_figure_is_what_its_choice_gives
    nobody_who_is_hidden_shows_in_a_figure_or_a_word
    what_is_in_memory_follows_every_change
}

/// Each line: what is typed, and who is found. A bar parts what is worth more from what is
/// worth less; among equals the reader's own order of the day decides.
const RANKING: &[(&str, &str)] = &[
    ("", "ben ida li uma zoe"),
    // The word itself, in the name, a subject, a sentence.
    ("budget", "li | ben"),
    ("BUDGET", "li | ben"),
    ("budge", "ben | li"),
    ("research", "ben | ida"),
    ("college", "ben ida li uma zoe"),
    ("zoe", "zoe"),
    ("2026", "uma"),
    // Stems.
    ("budgets", "li | ben"),
    ("budgeting", "li | ben"),
    ("managing", "uma | zoe | ben"),
    ("manage", "uma | zoe | ben"),
    ("manager", "uma | zoe | ben"),
    ("library", "zoe"),
    ("libraries", "zoe"),
    ("strategy", "uma | zoe"),
    // Beginnings, while somebody types.
    ("fund", "li | uma"),
    ("angs", "li"),
    ("str", "ida | uma | zoe"),
    // Accents and capitals.
    ("angstrom", "li"),
    ("ÅNGSTRÖM", "li"),
    ("Zoë", "zoe"),
    ("zurich", "ida"),
    ("Zürich", "ida"),
    ("strasse", "ida"),
    ("Straße", "ida"),
    // Slips of the fingers.
    ("bugdet", "li | ben"),
    ("bugdets", "li | ben"),
    ("fundrasing", "li | uma"),
    ("mangaing", "uma | zoe | ben"),
    ("angstrm", "li"),
    ("libary", "zoe"),
    ("stratgey", "uma | zoe"),
    ("reserach", "ben | ida"),
    ("2027", ""),
    // Several words.
    ("managing people", "zoe"),
    ("people managing", "zoe"),
    ("somebody managing people in the", "zoe"),
    ("fundraising 2026", "uma"),
    ("college director", "uma zoe"),
    ("director managing", "uma | zoe"),
    ("mangaing peopel", "zoe"),
    ("calm nowhere", "li"),
    ("calm research nowhere", "ben | ida li"),
    // Signs, operators, quotes.
    ("\"calm ear\"", "li"),
    ("calm -ear", "li"),
    ("calm OR ear", "li"),
    ("calm AND NOT ear", "li"),
    ("NEAR(calm, 2)", "li"),
    ("o'neil & sons", "li"),
    ("c++", "li"),
    ("x:*", ""),
    ("heads:zoe", "zoe | li"),
    ("%", "ben ida li uma zoe"),
    ("¿? -- \"\" '", "ben ida li uma zoe"),
    ("'); drop table profiles; --", ""),
    // Nobody.
    ("nowhere", ""),
    ("xylophone", ""),
    ("\u{0}budget", "li | ben"),
    ("bud\u{0}get", ""),
];

/// Name, role, town, topic, kind of organisation, way to meet, what a mentee will get.
const MADE: [[&str; 8]; 5] = [
    ["li", "Li Ångström", "Head of services", "Oslo", "budget and fundraising", "school", "video", "A calm ear."],
    [
        "ben",
        "Ben Budge",
        "Archivist",
        "Bergen",
        "research",
        "special",
        "video",
        "I manage collections and read budgets.",
    ],
    ["zoe", "Zoë Libraire", "Director", "Oslo", "managing people", "public", "chat", "Strategies for small libraries."],
    ["ida", "Ida Straße", "Cataloguer", "Zürich", "change", "public", "phone", "Negotiation and data, research too."],
    [
        "uma",
        "Uma Mohn",
        "Managing director",
        "Rome",
        "strategy and assessment",
        "school",
        "video",
        "Fundraising for 2026.",
    ],
];

fn people(house: &House) -> BTreeMap<&'static str, i64> {
    let mut numbers = BTreeMap::new();
    for [who, name, role, city, topic, kind, channel, can] in MADE {
        let path = if who == "li" { "From O'Neil & Sons to C++" } else { "" };
        let more = profile(&[
            ("mo_name", json!(name)),
            ("mo_role", json!(role)),
            ("mo_city", json!(city)),
            ("mo_expert", json!([topic])),
            ("mo_type", json!([kind])),
            ("mo_chan", json!([channel])),
            ("mo_can", json!(can)),
            ("mo_path", json!(path)),
            ("mo_tz", json!(if city == "Oslo" { "Europe/Oslo" } else { "Europe/Berlin" })),
        ]);
        numbers.insert(who, number_of(house, mentor(house, who, &more)));
    }
    // Whoever takes a pause is not there, and the word only they wrote is nobody's.
    let kai = mentor(house, "kai", &profile(&[("mo_can", json!("The xylophone, and quiet budgets."))]));
    let cohort = house.cohort;
    house.run_jobs();
    house.write(move |tx| profiles::pause(tx, cohort, kai, true));
    numbers
}

fn profile(more: &[(&'static str, Value)]) -> Vec<(&'static str, Value)> {
    let mut all = vec![
        ("mo_employer_shown", json!("a college")),
        ("mo_expert_strong", json!([])),
        ("mo_expert", json!([])),
        ("mo_type", json!([])),
        ("mo_chan", json!([])),
    ];
    all.retain(|(key, _)| more.iter().all(|(other, _)| other != key));
    all.extend(more.iter().cloned());
    all
}

fn number_of(house: &House, person: Id) -> i64 {
    house.run_jobs();
    let cohort = house.cohort;
    house.read(move |tx| profiles::head(tx, cohort, person)).unwrap().id
}

fn order(reader: Id) -> Order {
    Order::of(reader, jiff::civil::date(2026, 5, 4))
}

fn look(tx: &mut Tx, cohort: Id, reader: Id, wanted: &Wanted) -> Result<Listing, Failure> {
    let newest = window::newest(tx, &[cohort], reader)?.unwrap();
    let apart = crate::apart::opened(tx, cohort, reader, newest.apart.as_deref())?;
    let scope = super::readable(tx, cohort, reader);
    listing::listing(tx, &scope, &newest, &apart, order(reader), wanted)
}

fn listing(house: &House, reader: Id, wanted: &Wanted) -> Listing {
    let (cohort, wanted) = (house.cohort, wanted.clone());
    house.read(move |tx| look(tx, cohort, reader, &wanted))
}

fn words(typed: &str) -> Wanted {
    Wanted { words: typed.to_owned(), page: 1, ..Wanted::default() }
}

// PRF4
fn what_people_type_finds_the_same_people_in_the_same_order_on_both_databases(house: &House) {
    let ana = mentee(house, "ana", &[]);
    let numbers = people(house);
    go_to(house, OPEN);
    let wanted_for = |line: &str| -> Vec<i64> {
        let group = |names: &str| {
            let mut group: Vec<i64> = names.split_whitespace().map(|name| numbers[name]).collect();
            group.sort_by_key(|number| order(ana).place(*number));
            group
        };
        line.split('|').flat_map(group).collect()
    };
    let long = [("budget ".repeat(1_500), "li | ben"), ("ü".repeat(10_000), ""), ("calm ".repeat(2_000) + "ear", "li")];
    let all = RANKING.iter().map(|(typed, line)| ((*typed).to_owned(), *line)).chain(long);
    let mut wrong = Vec::new();
    for (typed, line) in all {
        let found = listing(house, ana, &words(&typed)).found.profiles;
        if found != wanted_for(line) {
            let start: String = typed.chars().take(40).collect();
            let name = |number| numbers.iter().find(|it| it.1 == number).map_or("?", |it| *it.0);
            wrong.push(format!("{start:?}: {:?} and not {line:?}", found.iter().map(name).collect::<Vec<_>>()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let page = |typed: &str| house.get("ana", &format!("/mentors?q={typed}")).text();
    assert!(
        page("bugdet").contains("Nobody wrote “bugdet”. Shown instead: “budget”, “budgets”."),
        "{}",
        page("bugdet")
    );
    assert!(page("calm+nowhere").contains("Nobody wrote all of these words."));
    assert!(!page("budget").contains("Nobody wrote"));
}

/// All choices there are, each with the figure beside it and what choosing it would ask.
fn choices(listing: &Listing, wanted: &Wanted) -> Vec<(String, usize, Wanted)> {
    let mut all = Vec::new();
    for (facet, counts) in listing.found.counts.iter().enumerate() {
        let any = (String::new(), listing.found.any[facet]);
        for (word, many) in counts.iter().chain([&any]) {
            let mut chosen = wanted.clone();
            *[&mut chosen.topic, &mut chosen.organisation, &mut chosen.channel, &mut chosen.zone][facet] = word.clone();
            all.push((format!("{facet}: {word}"), *many, chosen));
        }
    }
    all.push(("free".to_owned(), listing.found.free, Wanted { free: true, ..wanted.clone() }));
    all.push(("shortlist".to_owned(), listing.found.short, Wanted { shortlist: true, ..wanted.clone() }));
    all
}

// PRF4
fn each_figure_is_what_its_choice_gives(house: &House) {
    let numbers = people(house);
    let (ana, eva) = (mentee(house, "ana", &[]), mentee(house, "eva", &[]));
    let cohort = house.cohort;
    go_to(house, OPEN);
    let person = |who: &str| {
        let number = numbers[who];
        house
            .read(move |tx| Ok(crate::changes::all(tx, cohort)?.into_iter().find(|it| it.profile == Some(number))))
            .unwrap()
            .person
    };
    let (zoe, uma) = (person("zoe"), person("uma"));
    house.post("ana", &format!("/mentors/{zoe}/shortlist"), &[]);
    house.write(move |tx| duos::form(tx, cohort, uma, eva, "imported", &[])).unwrap();
    house.run_jobs();
    let start = [words(""), words("college"), words("manage"), words("strategy nowhere"), words("nowhere")];
    let mut looked = 0;
    for first in start {
        // Two steps away from each start every two filters have met.
        for (_, _, second) in choices(&listing(house, ana, &first), &first) {
            let seen = listing(house, ana, &second);
            for (what, figure, third) in choices(&seen, &second) {
                let given = listing(house, ana, &third);
                assert_eq!(given.found.total, figure, "{what} beside {second:?}");
                assert_eq!(given.cards.len(), figure, "{what} beside {second:?}");
                looked += 1;
            }
        }
    }
    assert!(looked > 1_000, "{looked}");
    let page = house.get("ana", "/mentors?organisation=school").text();
    for words in ["budget and fundraising (1)", "Any topic (2)", "school (2)", "Any kind (5)", "Only my shortlist (0)"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("Only who can be asked now (1)"), "one of the two has found somebody");
}

// C-11, V-03: neither a figure nor a word tells of somebody who is not shown.
fn nobody_who_is_hidden_shows_in_a_figure_or_a_word(house: &House) {
    people(house);
    let secret = profile(&[
        ("mo_expert", json!(["falconry"])),
        ("mo_can", json!("Quokka husbandry.")),
        ("mo_not", json!(["ana ANDERSON"])),
    ]);
    mentor(house, "sly", &secret);
    let shy =
        profile(&[("mo_expert", json!(["heraldry"])), ("mo_can", json!("Wombat husbandry.")), ("show", json!(false))]);
    mentor(house, "shy", &shy);
    mentee(house, "ana", &[]);
    mentee(house, "eva", &[]);
    go_to(house, OPEN);
    let asks = |who: &str, query: &str| house.get(who, &format!("/mentors?{query}")).text();
    assert!(asks("eva", "q=quokka").contains("1 mentor") && asks("eva", "").contains("falconry (1)"));
    let without = asks("ana", "q=zzzz");
    for typed in ["quokka", "quoka", "quok", "wombat", "xylophone", "falconry", "heraldry", "husbandry"] {
        let page = asks("ana", &format!("q={typed}"));
        assert_eq!(page.replace(typed, "zzzz"), without, "{typed}");
    }
    for query in ["", "q=college", "topic=falconry", "topic=research"] {
        let page = asks("ana", query);
        for secret in ["falconry (", "heraldry (", "quokka", "Quokka", "private.example", "555-0100"] {
            assert!(!page.contains(secret), "{secret} in {query}");
        }
    }
    assert!(asks("ana", "").contains("Any topic (5)"));
}

/// A unit of work that writes reads everything anew; so it says what the shared memory
/// must have become.
fn what_is_in_memory_follows_every_change(house: &House) {
    people(house);
    let ana = mentee(house, "ana", &[]);
    mentee(house, "eva", &[]);
    go_to(house, OPEN);
    let cohort = house.cohort;
    let agrees = |what: &str| {
        for typed in ["", "budget", "bugdet", "heron", "hern", "college"] {
            let wanted = words(typed);
            let shared = listing(house, ana, &wanted).found;
            let anew = house.write(move |tx| look(tx, cohort, ana, &wanted)).found;
            assert_eq!(format!("{shared:?}"), format!("{anew:?}"), "{what}: {typed:?}");
        }
    };
    agrees("at first");
    let moa = mentor(house, "moa", &profile(&[("mo_can", json!("A heron and a budget."))]));
    house.run_jobs();
    agrees("somebody joined");
    assert_eq!(listing(house, ana, &words("hern")).found.total, 1);
    for paused in [true, false] {
        house.write(move |tx| profiles::pause(tx, cohort, moa, paused));
        agrees("a pause");
    }
    ask(house, "ana", moa);
    agrees("somebody was asked");
    house.write(move |tx| {
        let terms = crate::terms::Terms { waiting: 1, ..crate::terms::Terms::USUAL };
        crate::terms::write(tx, cohort, &terms, None)
    });
    agrees("one may wait");
    assert_eq!(listing(house, ana, &words("heron")).found.free, 0, "she is full");
    let mut answers = forms::Answers::new();
    for (key, value) in
        profile(&[("mo_name", json!("Moa Moberg")), ("mo_can", json!("A falcon.")), ("show", json!(true))])
    {
        answers.set(key, value);
    }
    keep(house, "mentor_application", "mentor profile changed", moa, answers);
    house.run_jobs();
    agrees("other words");
    assert_eq!(listing(house, ana, &words("heron")).found.total, 0);
    house.write(move |tx| profiles::take_away(tx, cohort, moa));
    agrees("somebody left");
    house.write(move |tx| profiles::refresh_profile(tx, cohort, moa));
    agrees("and came back");
    // What is undone was never seen.
    let undone = house.app.db.write(move |tx| {
        profiles::take(tx, cohort, moa)?;
        look(tx, cohort, ana, &words(""))?;
        Err::<(), _>(Failure::NotFound)
    });
    assert!(undone.is_err());
    agrees("an undone change");
    house.write(move |tx| crate::changes::clear(tx, cohort));
    agrees("all read anew");
}
