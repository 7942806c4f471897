use jiff::civil::date;
use policy::Role;

use super::{
    cells,
    committee::{Term, TermRefusal, may_begin, may_end},
    hand_over,
    names::{can_be_one_person, employer_key, fault_of_name, number_key},
    promises::reminder_due,
    standing::{Entry, Standing, judge},
};

mod columns;
mod roster;

#[test]
fn an_employer_is_known_however_it_is_written() {
    for (one, other) in [
        ("The Law Library of Ohio, Inc.", "law library, ohio"),
        ("Bibliothèque Générale", "BIBLIOTHEQUE GENERALE"),
        ("Smith & Sons LLP", "Smith and Sons"),
        (" State  Library ", "state library"),
    ] {
        assert_eq!(employer_key(one), employer_key(other), "{one}");
    }
    assert_ne!(employer_key("Law Library of Ohio"), employer_key("Law Library of Iowa"));
    assert_eq!(employer_key(""), "");
    assert_eq!(employer_key("The Co."), "the co");
}

#[test]
fn names_that_share_a_word_can_be_one_person() {
    assert!(can_be_one_person("Ana Ruiz", "Ana Ruiz-Keller"));
    assert!(can_be_one_person("Ruiz, Ana", "ANA RUÍZ"));
    assert!(!can_be_one_person("Ana Ruiz", "Ben Okafor"));
    assert!(!can_be_one_person("J. A. Ruiz", "J. A. Okafor"));
    assert!(!can_be_one_person("", "Ana"));
}

#[test]
fn a_member_number_is_known_with_and_without_signs() {
    assert_eq!(number_key(" M-00 123 "), number_key("m00123"));
    assert_eq!(number_key(" - "), "");
}

#[test]
fn a_name_carries_no_address_into_a_letter() {
    for good in ["Ana Ruiz", "Zoë O’Brien-Ødegård", "J. R. Ewing Jr.", "陳大文"] {
        assert_eq!(fault_of_name(good), None, "{good}");
    }
    for bad in ["", "  ", "Win at https://x.example", "www.x.example", "ana@example.org", "<b>Ana</b>", "12345"] {
        assert!(fault_of_name(bad).is_some(), "{bad}");
    }
    assert!(fault_of_name(&"a".repeat(101)).is_some());
}

#[test]
fn a_day_is_read_as_offices_write_it() {
    let day = Some(date(2026, 6, 25));
    for text in ["2026-06-25", "25.06.2026", "06/25/2026", "6/25/2026", "25/6/2026", "2026-06-25T00:00:00"] {
        assert_eq!(cells::day(text), day, "{text}");
    }
    for text in ["", "2026", "soon", "2026-13-01", "32.01.2026", "1/2/3/4", "06/25/26"] {
        assert_eq!(cells::day(text), None, "{text}");
    }
    assert_eq!(cells::year("2019"), Some(2019));
    assert_eq!(cells::year("07/01/2019"), Some(2019));
    assert_eq!(cells::year("19"), None);
}

#[test]
fn a_standing_is_known_by_its_usual_words() {
    for good in ["Good", "In good standing", "ACTIVE", "Regular member", "life", "current"] {
        assert_eq!(cells::is_good(good), Some(true), "{good}");
    }
    for lapsed in ["Lapsed", "expired", "Not current", "former member", "Canceled"] {
        assert_eq!(cells::is_good(lapsed), Some(false), "{lapsed}");
    }
    assert_eq!(cells::is_good("pending"), None);
}

fn entry() -> Entry {
    Entry { number: "17".to_owned(), is_good: true, joined_year: Some(2019), expires_on: None, is_gone: false }
}

// ELG5
#[test]
fn good_standing_is_judged_for_the_day_that_is_asked() {
    let member = |first_year| Standing::Member { number: "17".to_owned(), first_year };
    let lapsed = Standing::Lapsed { number: "17".to_owned() };
    let on = date(2026, 6, 27);
    let cases = [
        (entry(), member(false)),
        (Entry { expires_on: Some(on), ..entry() }, member(false)),
        (Entry { expires_on: Some(date(2026, 6, 26)), ..entry() }, lapsed.clone()),
        (Entry { is_good: false, ..entry() }, lapsed.clone()),
        (Entry { is_gone: true, ..entry() }, lapsed),
        (Entry { joined_year: Some(2025), ..entry() }, member(true)),
        (Entry { joined_year: Some(2024), ..entry() }, member(false)),
        (Entry { joined_year: None, ..entry() }, member(false)),
    ];
    for (entry, expected) in cases {
        assert_eq!(judge(Some(&entry), None, on), expected, "{entry:?}");
    }
    assert_eq!(judge(None, Some(2026), on), Standing::Unknown);
    let told = judge(Some(&Entry { joined_year: None, ..entry() }), Some(2026), on);
    assert_eq!(told, member(true));
}

// ELG4
#[test]
fn a_promise_is_reminded_of_thirty_and_seven_days_before_and_not_twice() {
    let due = date(2026, 6, 27);
    let cases = [
        (date(2026, 5, 27), 0, None),
        (date(2026, 5, 28), 0, Some(30)),
        (date(2026, 6, 1), 30, None),
        (date(2026, 6, 19), 30, None),
        (date(2026, 6, 20), 30, Some(7)),
        (date(2026, 6, 20), 0, Some(7)),
        (date(2026, 6, 21), 7, None),
        (date(2026, 6, 27), 0, Some(7)),
        (date(2026, 6, 28), 0, None),
    ];
    for (today, reminded, expected) in cases {
        assert_eq!(reminder_due(due, today, reminded), expected, "{today} {reminded}");
    }
}

#[test]
fn the_last_chair_cannot_be_ended() {
    let today = date(2026, 2, 20);
    let chair = Term { role: Role::Chair, is_confirmed: true, since: date(2026, 1, 1), until: None };
    let deputy = Term { role: Role::Deputy, ..chair };
    let invited = Term { is_confirmed: false, ..chair };
    let past = Term { until: Some(date(2026, 2, 19)), ..chair };
    assert_eq!(may_end(chair, &[], today), Err(TermRefusal::LastChair));
    assert_eq!(may_end(chair, &[deputy, invited, past], today), Err(TermRefusal::LastChair));
    assert_eq!(may_end(chair, &[chair], today), Ok(()));
    assert_eq!(may_end(deputy, &[], today), Ok(()));
    assert_eq!(may_end(invited, &[], today), Ok(()));
}

#[test]
fn a_term_ends_later_than_today_or_is_open() {
    let today = date(2026, 2, 20);
    assert_eq!(may_begin(None, today), Ok(()));
    assert_eq!(may_begin(Some(date(2026, 2, 21)), today), Ok(()));
    assert_eq!(may_begin(Some(today), today), Err(TermRefusal::EndsBeforeItBegins));
}

// A successor who begins later is no chair yet.
#[test]
fn somebody_whose_term_begins_later_does_not_let_the_last_chair_go() {
    let today = date(2026, 2, 20);
    let chair = Term { role: Role::Chair, is_confirmed: true, since: date(2025, 7, 1), until: None };
    let later = Term { since: date(2026, 2, 21), ..chair };
    assert_eq!(may_end(chair, &[later], today), Err(TermRefusal::LastChair));
    assert_eq!(may_end(chair, &[Term { since: today, ..later }], today), Ok(()));
    assert_eq!(may_end(later, &[chair], today), Ok(()));
}

#[test]
fn no_day_is_left_without_a_chair() {
    let going = Term { role: Role::Chair, is_confirmed: true, since: date(2025, 7, 1), until: Some(date(2026, 6, 30)) };
    let begins = |day| hand_over::gap(going, &[], day);
    assert_eq!(begins(date(2026, 7, 1)), None);
    assert_eq!(begins(date(2026, 7, 2)), Some(date(2026, 7, 1)));
    assert_eq!(hand_over::gap(Term { until: None, ..going }, &[], date(2027, 1, 1)), None);
    let second = Term { since: date(2026, 6, 1), until: Some(date(2026, 8, 31)), ..going };
    assert_eq!(hand_over::gap(going, &[second], date(2026, 9, 1)), None);
    assert_eq!(hand_over::gap(going, &[second], date(2026, 9, 2)), Some(date(2026, 9, 1)));
    assert_eq!(
        hand_over::gap(going, &[Term { is_confirmed: false, ..second }], date(2026, 9, 1)),
        Some(date(2026, 7, 1))
    );
    assert!(hand_over::is_a_day_to_begin(date(2026, 2, 20), date(2026, 2, 20)));
    assert!(!hand_over::is_a_day_to_begin(date(2026, 2, 19), date(2026, 2, 20)));
    assert!(!hand_over::is_a_day_to_begin(date(2027, 2, 21), date(2026, 2, 20)));
    assert_eq!(hand_over::last_day(date(2026, 3, 1)), date(2026, 2, 28));
}
