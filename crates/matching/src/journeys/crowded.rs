//! The desk where many are alike: ten thousand equal scores, one mentor wanted by all,
//! a list that names somebody who has left.

use pairing::Lists;
use serde_json::json;
use testing::House;

use super::{
    CLOSED,
    desk::{board, content, look, run},
    go_to,
    lists::ranks,
    mentee, mentor,
};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    ten_thousand_equal_scores_are_decided_by_the_seed_that_stands_on_the_page
    one_mentor_wanted_by_all_is_given_to_one_and_the_others_read_why
    a_list_that_names_somebody_who_has_left_is_read_without_them
}

fn crowd(house: &House, many: usize) {
    for at in 0..many {
        mentor(house, &format!("mentor{at}"), &[("mo_employer", json!(format!("Library {at}")))]);
        mentee(house, &format!("mentee{at}"), &[("me_employer", json!(format!("College {at}")))]);
    }
    house.role("carla", policy::Role::Chair);
    go_to(house, CLOSED);
}

// ALG4, ALG5
fn ten_thousand_equal_scores_are_decided_by_the_seed_that_stands_on_the_page(house: &House) {
    crowd(house, 100);
    let one = run(house, &[("seed", "7")]);
    house.get("carla", &one).is_ok().says("100 of 100");
    let (_, first) = content(house, 0);
    let points = first.plan.pairs[0].score.total;
    assert!(first.plan.pairs.iter().all(|it| it.score.total == points), "all are equal");
    run(house, &[("seed", "7")]);
    run(house, &[("seed", "8")]);
    let (second, third) = (content(house, 1).1, content(house, 2).1);
    assert_eq!(second.answer, first.answer);
    assert_ne!(third.plan.pairs, first.plan.pairs, "another seed, another lot");
    assert_eq!(third.plan.total, first.plan.total);
    // What was drawn by lot is said as such to whoever asks.
    let (pair, other) = (&first.plan.pairs[0], &first.plan.pairs[1]);
    let why = format!("{one}/why?mentee={}&mentor={}", pair.mentee, other.mentor);
    house.get("carla", &why).is_ok().says("would be just as good; the tie was decided by lot");
}

// ALG2, SLF7
fn one_mentor_wanted_by_all_is_given_to_one_and_the_others_read_why(house: &House) {
    crowd(house, 12);
    let wanted = house.person("mentor0");
    for at in 0..12 {
        ranks(house, house.person(&format!("mentee{at}")), &[wanted]);
    }
    let bound = run(house, &[("objective", "stable"), ("lists", "bind")]);
    let page = house.get("carla", &bound).is_ok().says("1 of 12").text();
    let (_, kept) = content(house, 0);
    assert_eq!(kept.file.lists, Lists::Bind);
    assert_eq!(kept.plan.pairs[0].mentor, wanted.to_string());
    assert_eq!(kept.plan.blocking_pairs, 0);
    assert_eq!(kept.plan.unmatched.len(), 11);
    for left in &kept.plan.unmatched {
        assert!(left.words.contains("has no place left"), "{}", left.words);
        assert!(page.contains(&left.words), "{}", left.words);
    }
    let guided = run(house, &[("objective", "stable"), ("lists", "first")]);
    house.get("carla", &guided).is_ok().says("12 of 12");
    // The board says the same to the chair before anything is worked out.
    look(house, &[("objective", "stable"), ("lists", "bind")]).is_ok().says("12 of 12 mentees ranked somebody");
    house.get("carla", &board(house)).is_ok();
}

fn a_list_that_names_somebody_who_has_left_is_read_without_them(house: &House) {
    crowd(house, 3);
    let (gone, stays) = (house.person("mentor0"), house.person("mentee0"));
    ranks(house, stays, &[gone]);
    let cohort = house.cohort;
    house.write(move |tx| program::leave(tx, gone, cohort, policy::Role::Mentor));
    let path = run(house, &[("objective", "stable"), ("lists", "bind")]);
    house.get("carla", &path).is_ok().says("2 of 3");
    let (_, kept) = content(house, 0);
    assert!(kept.file.mentors.iter().all(|it| it.id != gone.to_string()));
    assert!(kept.file.mentees.iter().all(|it| !it.ranked.contains(&gone.to_string())));
}
