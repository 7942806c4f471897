//! Whatever stands behind the question mark of the directory: a page or a sentence, never a
//! fault of the house. The words that people type are damaged in every way, by a fixed seed,
//! some thousand times; `cargo xtask fuzz` tries for longer. PRF4, C-11

use std::fmt::Write as _;

use platform::{chance::Chance, prelude::*};
use testing::House;

use super::{OPEN, go_to, mentee, mentor};
use crate::{
    listing::{self, Wanted},
    search::Order,
    window,
};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    three_thousand_damaged_queries_get_a_list
    an_address_damaged_in_any_way_gets_a_page_or_a_sentence
}

const TYPED: [&str; 12] = [
    "budget",
    "managing people",
    "Zoë ÅNGSTRÖM",
    "calm ear",
    "library strategy public urban",
    "li",
    "bugdet",
    "the and of",
    "C++/Rust, o'Neil",
    "2026–27",
    "Straße Łódź",
    "",
];

/// What hurts where it lands.
const SPLINTERS: [&str; 26] = [
    "\"",
    "'",
    "*",
    "NEAR(",
    ") OR (",
    " AND ",
    " NOT ",
    "-",
    "^",
    ":",
    "heads:",
    "{heads}:",
    "|",
    "&",
    "!",
    "<->",
    "\\",
    "%",
    "_",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "\u{301}\u{301}\u{301}",
    "🦉",
    "ﬁ",
    "' ; drop table profiles; --",
];

fn damaged(chance: &Chance) -> String {
    let mut text: Vec<char> = TYPED[chance.below(TYPED.len())].chars().collect();
    for _ in 0..=chance.below(4) {
        let at = chance.below(text.len() + 1);
        match chance.below(6) {
            0 => drop(text.splice(at..at, SPLINTERS[chance.below(SPLINTERS.len())].chars())),
            1 => drop(text.drain(at..(at + chance.below(4)).min(text.len()))),
            2 => text.insert(at, char::from_u32(chance.below(0x11_0000) as u32).unwrap_or('\u{fffd}')),
            3 => text.rotate_left(at),
            4 => text = text.repeat(1 + chance.below(6)),
            _ => text.truncate(at),
        }
    }
    text.into_iter().collect()
}

/// Three mentors who write about different things.
fn people(house: &House) -> Id {
    let ana = mentee(house, "ana", &[]);
    for (who, can) in
        [("li", "A calm ear for a budget."), ("zoe", "Managing people, strategy."), ("ben", "C++ and Rust.")]
    {
        mentor(house, who, &[("mo_can", serde_json::json!(can))]);
    }
    go_to(house, OPEN);
    ana
}

// PRF4
fn three_thousand_damaged_queries_get_a_list(house: &House) {
    let (ana, cohort) = (people(house), house.cohort);
    let found = house.read(move |tx| {
        let chance = Chance::seeded(41);
        let newest = window::newest(tx, &[cohort], ana)?.unwrap();
        let order = Order::of(ana, jiff::civil::date(2026, 5, 4));
        let scope = super::readable(tx, cohort, ana);
        let mut found = [0_usize; 2];
        for _ in 0..3_000 {
            let wanted = Wanted {
                words: damaged(&chance),
                topic: if chance.below(4) == 0 { damaged(&chance) } else { String::new() },
                free: chance.below(3) == 0,
                page: chance.below(3),
                ..Wanted::default()
            };
            let listing = listing::listing(tx, &scope, &newest, &[], order, &wanted)
                .unwrap_or_else(|failure| panic!("{wanted:?}: {failure}"));
            assert!(listing.cards.len() <= listing.found.total && listing.found.total <= 3, "{wanted:?}");
            found[usize::from(listing.found.total > 0)] += 1;
        }
        Ok(found)
    });
    assert!(found.iter().all(|it| *it > 300), "both somebody and nobody is found: {found:?}");
}

/// As an address has it: mostly encoded as it should be, now and then not.
fn encoded(text: &str, chance: &Chance) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match chance.below(40) {
            0 => out.push_str(["%", "%zz", "%ff", "%00", "%e2%80", "&", "=", "+"][chance.below(8)]),
            _ => _ = write!(out, "%{byte:02x}"),
        }
    }
    out
}

// PRF4, V-02
fn an_address_damaged_in_any_way_gets_a_page_or_a_sentence(house: &House) {
    people(house);
    let chance = Chance::seeded(42);
    let names = ["q", "topic", "organisation", "channel", "zone", "free", "shortlist", "page", "q", "q"];
    let pages = ["0", "-1", "1e9", "99999999999999999999", "NaN", "", "10000", "10001"];
    let mut answered = [0_usize; 2];
    for _ in 0..400 {
        let mut path = "/mentors?".to_owned();
        for _ in 0..=chance.below(3) {
            let name = names[chance.below(names.len())];
            let value =
                if name == "page" { pages[chance.below(8)].to_owned() } else { encoded(&damaged(&chance), &chance) };
            let _ = write!(path, "{name}={value}&");
        }
        let answer = house.get("ana", &path);
        assert!(matches!(answer.status, 200 | 400 | 413 | 422), "{path}: {} {}", answer.status, answer.text());
        let is_page = answer.status == 200;
        let words = if is_page { "Mentors" } else { "Nothing was changed." };
        assert!(answer.text().contains(words), "{path}: {}", answer.text());
        answered[usize::from(is_page)] += 1;
    }
    assert!(answered.iter().all(|it| *it > 40), "both are met: {answered:?}");
}
