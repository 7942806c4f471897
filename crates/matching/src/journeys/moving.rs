//! Moving somebody in a draft by hand: what it changes is seen before it is kept.

use platform::ids::Id;
use policy::Role;
use serde_json::json;
use testing::House;

use super::{
    CLOSED, capacity,
    desk::{board, run},
    go_to, mentee, mentor,
};
use crate::proposals;

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    a_move_shows_what_it_changes_and_a_swap_is_kept
    somebody_gets_a_free_mentor_or_nobody
    a_rule_refuses_a_move_with_its_reason
    what_is_locked_or_by_hand_stays
    a_draft_that_changed_meanwhile_is_not_moved
    nobody_makes_place_for_another_who_was_not_named_on_the_page
}

struct World {
    ana: Id,
    bo: Id,
}

/// Two pairs and a free mentor in a draft.
fn draft(house: &House, settings: &[(&str, &str)]) -> World {
    for who in ["li", "mo", "kim"] {
        mentor(house, who, &[]);
    }
    let (ana, bo) = (mentee(house, "ana", &[]), mentee(house, "bo", &[]));
    house.role("carla", Role::Chair);
    go_to(house, CLOSED);
    let path = run(house, settings);
    house.post("carla", &format!("{path}/draft"), &[]).leads_to();
    World { ana, bo }
}

fn pairs(house: &House) -> Vec<(Id, Id)> {
    let cohort = house.cohort;
    let mut drafts = house.read(move |tx| proposals::in_cohort(tx, &policy::house(), cohort));
    drafts.retain(|it| it.state == "draft");
    let mut pairs: Vec<(Id, Id)> = drafts.iter().map(|it| (it.mentee, it.mentor)).collect();
    pairs.sort();
    pairs
}

fn mentor_of(house: &House, mentee: Id) -> Option<Id> {
    pairs(house).into_iter().find(|it| it.0 == mentee).map(|it| it.1)
}

fn look(house: &House, mentee: Id, mentor: &str) -> testing::Answer {
    house.get("carla", &format!("{}/move?mentee={mentee}&mentor={mentor}", board(house)))
}

/// Sends the first of the forms that the page shows for this way.
fn keep(house: &House, mentee: Id, mentor: &str, how: &str) -> testing::Answer {
    let page = look(house, mentee, mentor).is_ok().body;
    let about = page.split("name=\"about\" value=\"").nth(1).and_then(|it| it.split('"').next());
    let about = about.unwrap_or_else(|| panic!("nothing to keep: {page}")).to_owned();
    let (path, mentee) = (format!("{}/move", board(house)), mentee.to_string());
    house.post("carla", &path, &[("mentee", &mentee), ("mentor", mentor), ("how", how), ("about", &about)])
}

// ALG4
fn a_move_shows_what_it_changes_and_a_swap_is_kept(house: &House) {
    let world = draft(house, &[]);
    let (first, second) = (mentor_of(house, world.ana).unwrap(), mentor_of(house, world.bo).unwrap());
    let page = look(house, world.ana, &second.to_string()).is_ok().says("With a swap").says("Points in all");
    page.says("Would both rather have each other").says("Bo Bergmann is left without a mentor");
    assert_eq!(pairs(house).len(), 2, "looking changes nothing");
    assert_eq!(keep(house, world.ana, &second.to_string(), "swap").to, board(house));
    assert_eq!(mentor_of(house, world.ana), Some(second));
    assert_eq!(mentor_of(house, world.bo), Some(first));
    keep(house, world.ana, &first.to_string(), "leave").leads_to();
    assert_eq!((mentor_of(house, world.ana), mentor_of(house, world.bo)), (Some(first), None));
    assert!(house.letters().is_empty());
    for who in ["ana", "li"] {
        assert_eq!(look_as(house, who), 404, "{who}");
    }
}

fn look_as(house: &House, who: &str) -> u16 {
    house.get(who, &format!("{}/move", board(house))).status
}

fn somebody_gets_a_free_mentor_or_nobody(house: &House) {
    let world = draft(house, &[]);
    let taken: Vec<Id> = pairs(house).into_iter().map(|it| it.1).collect();
    let free = ["li", "mo", "kim"].map(|who| house.person(who)).into_iter().find(|it| !taken.contains(it)).unwrap();
    keep(house, world.ana, &free.to_string(), "leave").leads_to();
    assert_eq!(mentor_of(house, world.ana), Some(free));
    look(house, world.ana, &free.to_string()).is_ok().says("That is how the draft is now.");
    look(house, world.ana, "nobody").says("Ana Anderson is left without a mentor").says("more without a mentor");
    keep(house, world.ana, "nobody", "leave").leads_to();
    assert_eq!(mentor_of(house, world.ana), None);
    assert_eq!(look(house, world.ana, "somebody").says("This mentor cannot be chosen").status, 422);
    assert_eq!(look(house, free, "nobody").says("This mentee cannot be moved").status, 422);
}

// ALG3
fn a_rule_refuses_a_move_with_its_reason(house: &House) {
    let zoe = mentor(house, "zoe", &[("mo_employer", json!("Ana College"))]);
    let max = mentor(house, "max", &[("mo_chan", json!(["phone"]))]);
    let world = draft(house, &[("must", "channel")]);
    let page = look(house, world.ana, &zoe.to_string()).is_ok();
    let page = page.says("This cannot be. Ana Anderson and Zoe Zielinski: A rule about people keeps these two apart");
    assert!(!page.body.contains("Keep this"));
    let page = look(house, world.ana, &max.to_string()).is_ok();
    let page = page.says("There is no way to meet that both named, which this program asks for.");
    let (cohort, before) = (house.cohort, pairs(house));
    let mark = house.read(move |tx| Ok(crate::desk::reviews::draft(tx, &policy::house(), cohort)?.1));
    let mark = crate::desk::shift::seen(mark, 1);
    assert!(!page.body.contains("Keep this"));
    // Whoever sends the form all the same is refused, and nothing of the draft is gone.
    for mentor in [zoe, max] {
        let (mentee, mentor) = (world.ana.to_string(), mentor.to_string());
        let sent = [("mentee", mentee.as_str()), ("mentor", &mentor), ("how", "swap"), ("about", &mark)];
        assert_eq!(house.post("carla", &format!("{}/move", board(house)), &sent).status, 422);
    }
    assert_eq!(pairs(house), before);
}

// ALG6
fn what_is_locked_or_by_hand_stays(house: &House) {
    let (li, ana) = (mentor(house, "li", &[]), mentee(house, "ana", &[]));
    let world = draft(house, &[("lock", &format!("{ana}.{li}"))]);
    assert_eq!(look(house, ana, "nobody").says("This mentee cannot be moved").status, 422);
    assert_eq!(look(house, world.bo, &li.to_string()).says("This mentor cannot be chosen").status, 422);
    let cohort = house.cohort;
    let mark = house.read(move |tx| Ok(crate::desk::reviews::draft(tx, &policy::house(), cohort)?.1));
    let mark = crate::desk::shift::seen(mark, 1);
    let mentee = ana.to_string();
    let sent = [("mentee", mentee.as_str()), ("mentor", "nobody"), ("how", "leave"), ("about", &mark)];
    house.post("carla", &format!("{}/move", board(house)), &sent).leads_to();
    assert_eq!(mentor_of(house, ana), Some(li));
}

fn a_draft_that_changed_meanwhile_is_not_moved(house: &House) {
    let world = draft(house, &[]);
    let (mentee, before) = (world.ana.to_string(), pairs(house));
    let sent = [("mentee", mentee.as_str()), ("mentor", "nobody"), ("how", "leave"), ("about", "1")];
    let answer = house.post("carla", &format!("{}/move", board(house)), &sent);
    assert!(answer.to.contains("/move?mentee="), "{}", answer.to);
    assert_eq!(pairs(house), before);
    let nobody = house.post("ana", &format!("{}/move", board(house)), &sent);
    assert_eq!(nobody.status, 404);
}

// ALG4, PRF3
fn nobody_makes_place_for_another_who_was_not_named_on_the_page(house: &House) {
    capacity::allow(house, 2);
    let world = draft(house, &[("mentees_each", "2")]);
    let mentor = mentor_of(house, world.bo).unwrap();
    let who = ["li", "mo", "kim"].into_iter().find(|who| house.person(who) == mentor).unwrap();
    capacity::take(house, who, "2").leads_to();
    let (path, before) = (format!("{}/move", board(house)), pairs(house));
    let page = look(house, world.ana, &mentor.to_string()).is_ok().does_not_say("Bo Bergmann is left");
    let about = page.body.split("name=\"about\" value=\"").nth(1).and_then(|it| it.split('"').next()).unwrap();
    // Meanwhile the mentor would like one mentee after all, and the draft itself is as it was.
    capacity::take(house, who, "1").leads_to();
    let (mentee, mentor_id) = (world.ana.to_string(), mentor.to_string());
    let sent = [("mentee", mentee.as_str()), ("mentor", &mentor_id), ("how", "leave"), ("about", about)];
    assert!(house.post("carla", &path, &sent).to.contains("/move?mentee="));
    assert_eq!(pairs(house), before, "Bo keeps the mentor");
    look(house, world.ana, &mentor_id).is_ok().says("Bo Bergmann is left without a mentor");
    // With room for two both are named at the mentor.
    capacity::take(house, who, "2").leads_to();
    keep(house, world.ana, &mentor_id, "leave").leads_to();
    assert_eq!([world.ana, world.bo].map(|it| mentor_of(house, it)), [Some(mentor); 2]);
    let both = look(house, world.ana, "nobody").is_ok().body;
    let named = ["now with Ana Anderson and Bo Bergmann", "now with Bo Bergmann and Ana Anderson"];
    assert!(named.iter().any(|words| both.contains(words)), "{both}");
}
