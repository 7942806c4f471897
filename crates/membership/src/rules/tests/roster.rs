use std::collections::BTreeMap;

use jiff::civil::date;
use platform::ids::Id;
use proptest::prelude::*;

use crate::{
    rules::roster::{Difference, Doubt, ImportRow, RosterRow, changes, compare},
    sheets,
};

fn member(id: u128, number: &str, name: &str, email: &str) -> RosterRow {
    RosterRow {
        id: Id::from(id),
        number: number.to_owned(),
        name: name.to_owned(),
        email: email.to_owned(),
        is_good: true,
        joined_year: None,
        expires_on: None,
        category: String::new(),
    }
}

fn line(line: u64, number: &str, name: &str, email: &str) -> ImportRow {
    ImportRow {
        line,
        number: number.to_owned(),
        name: name.to_owned(),
        email: email.to_owned(),
        is_good: true,
        joined_year: None,
        expires_on: None,
        category: String::new(),
        tells_expiry: false,
    }
}

fn roster() -> Vec<RosterRow> {
    vec![
        member(1, "17", "Ana Ruiz", "ana@example.org"),
        member(2, "18", "Ben Okafor", "ben@example.org"),
        member(3, "", "Cid Weber", "cid@example.org"),
    ]
}

/// Counts as new, changed, gone, and the doubts.
fn sum(difference: &Difference) -> (usize, usize, usize, Vec<Doubt>) {
    let doubts = difference.unclear.iter().map(|it| it.doubt).collect();
    (difference.new.len(), difference.changed.len(), difference.gone.len(), doubts)
}

fn same_as_roster() -> [ImportRow; 3] {
    [
        line(2, "17", "Ana Ruiz", "ana@example.org"),
        line(3, "18", "Ben Okafor", "ben@example.org"),
        line(4, "", "Cid Weber", "cid@example.org"),
    ]
}

#[test]
fn the_same_list_again_changes_nothing() {
    let difference = compare(&roster(), &same_as_roster());
    assert_eq!((sum(&difference), difference.same), ((0, 0, 0, vec![]), 3));
    assert!(difference.is_empty());
}

// ELG2
#[test]
fn a_member_is_known_by_number_when_the_address_changed_and_by_address_regardless_of_case() {
    let rows = [
        line(2, "17", "Ana Ruiz", "ana.ruiz@example.com"),
        line(3, "18", "Ben Okafor", "BEN@Example.ORG"),
        line(4, "", "Cid Weber", "Cid@Example.Org"),
    ];
    let difference = compare(&roster(), &rows);
    assert_eq!((sum(&difference), difference.same), ((0, 1, 0, vec![]), 2));
    let fields = changes(&difference.changed[0].was, &difference.changed[0].becomes);
    assert_eq!(fields.len(), 1);
    assert_eq!((fields[0].was.as_str(), fields[0].becomes.as_str()), ("ana@example.org", "ana.ruiz@example.com"));
}

#[test]
fn a_number_that_the_roster_lacked_is_taken_over() {
    let mut rows = same_as_roster();
    rows[2].number = "19".to_owned();
    let difference = compare(&roster(), &rows);
    assert_eq!(sum(&difference), (0, 1, 0, vec![]));
    assert_eq!(difference.changed[0].becomes.number, "19");
}

#[test]
fn who_is_not_on_the_list_is_gone_and_who_was_not_on_the_roster_is_new() {
    let mut rows = same_as_roster();
    rows[1] = line(3, "20", "Dora Lindgren", "dora@example.org");
    let difference = compare(&roster(), &rows);
    assert_eq!(sum(&difference), (1, 0, 1, vec![]));
    assert_eq!(difference.gone[0].name, "Ben Okafor");
    assert_eq!(difference.new[0].name, "Dora Lindgren");
}

#[test]
fn what_could_be_two_people_is_unclear_and_nobody_in_doubt_is_gone() {
    let cases = [
        // The number is somebody else's on the roster.
        (line(3, "18", "Eva Rossi", "eva@example.org"), Doubt::OtherPerson, Some("Ben Okafor")),
        // The address stands under another number.
        (line(3, "99", "Ben Okafor", "ben@example.org"), Doubt::OtherNumber, Some("Ben Okafor")),
        // The address has no number to go by, and another name.
        (line(3, "", "Eva Rossi", "ben@example.org"), Doubt::OtherName, Some("Ben Okafor")),
    ];
    for (row, doubt, other) in cases {
        let mut rows = same_as_roster();
        rows[1] = row.clone();
        let difference = compare(&roster(), &rows);
        assert_eq!(sum(&difference), (0, 0, 0, vec![doubt]), "{row:?}");
        assert_eq!(difference.unclear[0].other.as_ref().map(|it| it.name.as_str()), other);
    }
}

#[test]
fn an_address_under_two_new_numbers_is_unclear_the_second_time() {
    let rows = [line(2, "1", "Ana", "home@example.org"), line(3, "2", "Ben", "home@example.org")];
    assert_eq!(sum(&compare(&[], &rows)), (1, 0, 0, vec![Doubt::SharedAddress]));
}

#[test]
fn a_member_who_married_stays_the_same_member() {
    let mut rows = same_as_roster();
    rows[0] = line(2, "17", "Ana Keller", "ana.keller@example.org");
    assert_eq!(sum(&compare(&roster(), &rows)), (0, 1, 0, vec![]));
}

#[test]
fn what_a_list_does_not_tell_stays_as_it_was() {
    let known = RosterRow { joined_year: Some(2019), expires_on: Some(date(2027, 6, 30)), ..roster()[0].clone() };
    let silent = ImportRow { email: String::new(), ..same_as_roster()[0].clone() };
    assert_eq!(compare(std::slice::from_ref(&known), std::slice::from_ref(&silent)).same, 1);
    // An empty cell under "expires" does tell something: this membership has no end.
    let endless = ImportRow { tells_expiry: true, ..silent };
    let difference = compare(&[known], &[endless]);
    assert_eq!(difference.changed[0].becomes.expires_on, None);
}

/// The roster after what was shown, with unclear lines left as they are.
fn applied(roster: &[RosterRow], difference: &Difference) -> Vec<RosterRow> {
    let mut after: BTreeMap<Id, RosterRow> = roster.iter().map(|it| (it.id, it.clone())).collect();
    for gone in &difference.gone {
        after.remove(&gone.id);
    }
    for changed in &difference.changed {
        after.insert(changed.was.id, changed.becomes.clone());
    }
    let first = after.keys().last().map_or(0, Id::number);
    for (place, row) in (first + 1..).zip(&difference.new) {
        let it = member(place, &row.number, &row.name, &row.email);
        let it = RosterRow { is_good: row.is_good, joined_year: row.joined_year, expires_on: row.expires_on, ..it };
        after.insert(it.id, it);
    }
    after.into_values().collect()
}

fn list() -> impl Strategy<Value = Vec<ImportRow>> {
    let numbers = prop::sample::select(vec!["", "1", "2", "3", "4"]);
    let names = prop::sample::select(vec!["Ana Ruiz", "Ana Keller", "Ben Ruiz", "Cid Weber", "Cid"]);
    let emails = prop::sample::select(vec!["", "a@x.org", "A@x.org", "b@x.org", "c@x.org"]);
    let standings = prop::sample::select(vec!["good", "lapsed"]);
    prop::collection::vec((numbers, names, emails, standings), 0..8).prop_map(|rows| {
        let mut text = "number,name,email,status\n".to_owned();
        for (number, name, email, standing) in rows {
            text.push_str(&format!("{number},{name},{email},{standing}\n"));
        }
        sheets::read(text.as_bytes(), None).map(|list| list.rows).unwrap_or_default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    // ELG1
    #[test]
    fn applying_a_difference_and_comparing_again_gives_none(first in list(), second in list()) {
        let roster = applied(&[], &compare(&[], &first));
        let difference = compare(&roster, &second);
        let after = applied(&roster, &difference);
        let again = compare(&after, &second);
        prop_assert!(again.is_empty(), "{again:#?}");
        prop_assert_eq!(again.unclear.len(), difference.unclear.len());
    }

    #[test]
    fn every_line_and_every_member_is_spoken_of_once(first in list(), second in list()) {
        let roster = applied(&[], &compare(&[], &first));
        let it = compare(&roster, &second);
        prop_assert_eq!(it.new.len() + it.changed.len() + it.same + it.unclear.len(), second.len());
        prop_assert!(it.changed.len() + it.same + it.gone.len() <= roster.len());
    }

    #[test]
    fn no_two_members_ever_have_one_number(first in list(), second in list()) {
        let roster = applied(&[], &compare(&[], &first));
        let after = applied(&roster, &compare(&roster, &second));
        let mut numbers: Vec<_> = after.iter().map(|it| &it.number).filter(|it| !it.is_empty()).collect();
        let all = numbers.len();
        numbers.sort();
        numbers.dedup();
        prop_assert_eq!(numbers.len(), all);
    }
}
