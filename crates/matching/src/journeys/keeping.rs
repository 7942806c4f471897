//! How long lists, notes, applications and profiles are kept.

use platform::prelude::*;
use testing::House;

use super::{CLOSED, OPEN, ask, go_to, mentee, mentor, request_of};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    lists_and_notes_go_thirty_days_after_the_session_began
    a_backup_of_the_rows_opens_nothing_after_that
}

sql! {
    NOTES => "select count(*) as notes from requests where note is not null or decline_reason is not null";
    LISTS => "select count(*) as lists from wish_lists";
    BODIES => "select note from requests where note is not null";
}

fn asked_and_waiting(house: &House) -> (Id, Id) {
    let (li, mo) = (mentor(house, "li", &[]), mentor(house, "mo", &[]));
    mentee(house, "ana", &[]);
    go_to(house, OPEN);
    ask(house, "ana", li).leads_to();
    ask(house, "ana", mo).leads_to();
    (li, mo)
}

fn lists_and_notes_go_thirty_days_after_the_session_began(house: &House) {
    let (li, _) = asked_and_waiting(house);
    let path = request_of(house, li);
    house.get("ana", "/wishes").is_ok().says("Kept until Monday 27 July 2026, then deleted.");
    house.get("ana", &path).is_ok().says("I would like to learn from you.").says("Kept until Monday 27 July 2026");
    go_to(house, CLOSED);
    go_to(house, "2026-07-27T15:00:00Z");
    assert!(house.read(|tx| Ok(tx.one::<i64>(&NOTES, values![])?)) > 0);
    go_to(house, "2026-07-28T15:00:00Z");
    assert_eq!(house.read(|tx| Ok(tx.one::<i64>(&NOTES, values![])?)), 0);
    assert_eq!(house.read(|tx| Ok(tx.one::<i64>(&LISTS, values![])?)), 0);
    house.get("ana", &path).is_ok().says("These words were deleted.").does_not_say("learn from you");
    house.get("ana", "/wishes").is_ok();
}

fn a_backup_of_the_rows_opens_nothing_after_that(house: &House) {
    asked_and_waiting(house);
    let before: Vec<Vec<u8>> = house.read(|tx| Ok(tx.rows(&BODIES, values![])?));
    let openable = |texts: Vec<Vec<u8>>| house.read(move |tx| Ok(platform::keys::count_openable(tx, &texts)?));
    assert_eq!((before.is_empty(), openable(before.clone())), (false, before.len()));
    go_to(house, CLOSED);
    go_to(house, "2026-07-28T15:00:00Z");
    assert_eq!(openable(before), 0);
}
