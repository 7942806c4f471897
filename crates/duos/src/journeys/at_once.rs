use testing::{Answer, House};

use super::{later, marta_and_nils, times};

testing::on_both_databases! { crate::doors(); crate::jobs;
    both_confirm_at_once_and_it_stands_once
    both_save_at_once_and_one_is_shown_both_versions
    both_log_the_same_meeting_at_once_and_it_counts_once
    both_end_at_once_and_each_learns_of_one_ending
}

/// Both send something in the same moment; what each is answered.
fn both(one: impl Fn() -> Answer + Send, other: impl Fn() -> Answer + Send) -> [u16; 2] {
    let mut statuses = std::thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = scope.spawn(other);
        [one.join().unwrap().status, other.join().unwrap().status]
    });
    statuses.sort_unstable();
    statuses
}

const WHOLE: [(&str, &str); 9] = [
    ("revision", "0"),
    ("purpose", "To lead."),
    ("goal_1_title", "Chair a meeting"),
    ("every_weeks", "3"),
    ("minutes", "60"),
    ("by_way", "video"),
    ("who_invites", "in turn"),
    ("date_1", "2026-07-10"),
    ("sharing", "only that the agreement exists"),
];

// AGR1
fn both_confirm_at_once_and_it_stands_once(house: &House) {
    let duo = marta_and_nils(house);
    house.post("marta", &duo.path("/agreement"), &WHOLE).leads_to();
    let sign = duo.path("/agreement/signature");
    let confirm = |who| house.post(who, &sign, &[("revision", "1")]);
    assert_eq!(both(|| confirm("marta"), || confirm("nils")), [303, 303]);
    assert_eq!(times(house, "agreement signed", duo.id), 1);
    assert_eq!(times(house, "goals set", duo.id), 1);
    for who in ["marta", "nils"] {
        assert_eq!(house.letter_names_to(who), ["duo_confirmed", "agreement_signed"]);
    }
}

// AGR1
fn both_save_at_once_and_one_is_shown_both_versions(house: &House) {
    let duo = marta_and_nils(house);
    let path = duo.path("/agreement");
    let save = |who| house.post(who, &path, &WHOLE);
    assert_eq!(both(|| save("marta"), || save("nils")), [303, 409]);
    house.get("nils", &path).is_ok().says("Version 1");
}

// MTG2
fn both_log_the_same_meeting_at_once_and_it_counts_once(house: &House) {
    let duo = marta_and_nils(house);
    later(house, "2026-07-10T18:00:00Z", &["marta", "nils"]);
    let path = duo.path("/meetings");
    let log = |who| house.post(who, &path, &[("day", "2026-07-09"), ("way", "video"), ("minutes", "60")]);
    assert_eq!(both(|| log("marta"), || log("nils")), [303, 422]);
    assert_eq!(times(house, "meeting logged", duo.id), 1);
}

// AGR2
fn both_end_at_once_and_each_learns_of_one_ending(house: &House) {
    let duo = marta_and_nils(house);
    let path = duo.path("/ending");
    assert_eq!(both(|| house.post("marta", &path, &[]), || house.post("nils", &path, &[])), [303, 409]);
    assert_eq!(times(house, "duo ended", duo.id), 1);
    assert_eq!(house.letters().iter().filter(|it| it.letter == "exit_to_partner").count(), 1);
}
