use jiff::{SignedDuration, Timestamp};
use platform::ids::Id;

use crate::rules::opening::{Refusal, is_open_to, may_ask, may_confirm, tell_at};

const CHAIR: u128 = 1;
const DEPUTY: u128 = 2;
const REASON: &str = "A mentee may be in danger.";

fn duo() -> [Id; 2] {
    [Id::from(8), Id::from(9)]
}

fn at() -> Timestamp {
    Timestamp::constant(1_800_000_000, 0)
}

fn minutes(minutes: i64) -> Timestamp {
    at() + SignedDuration::from_mins(minutes)
}

#[test]
fn a_reason_has_at_least_twenty_characters_that_are_no_space() {
    let ask = |reason: &str| may_ask(Id::from(CHAIR), duo(), reason, None);
    assert_eq!(ask(REASON), Ok(()));
    assert_eq!(ask("12345678901234567890"), Ok(()));
    assert_eq!(ask("1234567890123456789"), Err(Refusal::TooShort));
    assert_eq!(ask("  1234567890123456789          "), Err(Refusal::TooShort));
    assert_eq!(ask(&"a".repeat(1001)), Err(Refusal::TooLong));
}

#[test]
fn telling_is_put_off_by_one_to_fourteen_days_and_no_longer() {
    let ask = |days: i64| may_ask(Id::from(CHAIR), duo(), REASON, Some(days));
    assert_eq!([ask(0), ask(1), ask(14), ask(15)], [Err(Refusal::Delay), Ok(()), Ok(()), Err(Refusal::Delay)]);
    assert_eq!(tell_at(at(), 0), at());
    assert_eq!(tell_at(at(), 14), minutes(14 * 24 * 60));
    assert_eq!(tell_at(at(), 200), tell_at(at(), 14));
}

#[test]
fn whoever_is_in_the_duo_neither_asks_nor_confirms() {
    assert_eq!(may_ask(Id::from(8), duo(), REASON, None), Err(Refusal::InTheDuo));
    let confirm = |confirmer: u128, asker: u128| may_confirm(Id::from(confirmer), duo(), (Id::from(asker), at()), at());
    assert_eq!(confirm(9, CHAIR), Err(Refusal::InTheDuo));
    assert_eq!(confirm(DEPUTY, 8), Err(Refusal::InTheDuo));
    assert_eq!(confirm(DEPUTY, CHAIR), Ok(()));
}

#[test]
fn nobody_confirms_what_they_asked_for_nor_after_a_week() {
    let confirm = |confirmer: u128, now| may_confirm(Id::from(confirmer), duo(), (Id::from(CHAIR), at()), now);
    assert_eq!(confirm(CHAIR, at()), Err(Refusal::SamePerson));
    assert_eq!(confirm(DEPUTY, minutes(7 * 24 * 60 - 1)), Ok(()));
    assert_eq!(confirm(DEPUTY, minutes(7 * 24 * 60)), Err(Refusal::TooLate));
}

#[test]
fn it_is_open_for_an_hour_and_for_the_two_who_opened_it() {
    let two = [Id::from(CHAIR), Id::from(DEPUTY)];
    let open = |reader: u128, now| is_open_to(Id::from(reader), two, at(), now);
    assert!(open(CHAIR, at()) && open(DEPUTY, minutes(59)));
    assert!(!open(CHAIR, minutes(60)) && !open(DEPUTY, minutes(61)));
    assert!(!open(3, minutes(1)), "somebody else");
    assert!(!open(CHAIR, minutes(-1)), "before it was confirmed");
}
