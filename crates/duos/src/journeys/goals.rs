use testing::House;

use super::{marta_and_nils, times};

testing::on_both_databases! { crate::doors(); crate::jobs;
    goals_are_set_and_looked_at_later
    a_goal_without_a_title_comes_back
    goals_changed_meanwhile_are_both_shown
}

const ONE: [(&str, &str); 5] = [
    ("revision", "0"),
    ("goal_1_title", "Chair a meeting"),
    ("goal_1_why", "I avoid it."),
    ("goal_1_sign", "It ends on time."),
    ("goal_1_by", "2026-12-01"),
];

// AGR3
fn goals_are_set_and_looked_at_later(house: &House) {
    let duo = marta_and_nils(house);
    house.get("nils", &duo.path("")).is_ok().says("No goal is set yet.");
    house.post("nils", &duo.path("/goals"), &ONE).leads_to();
    assert_eq!(times(house, "goals set", duo.id), 1);
    house.get("marta", &duo.path("")).is_ok().says("Chair a meeting");
    let mut later: Vec<_> = ONE.to_vec();
    later[0] = ("revision", "1");
    later.push(("goal_1_level", "1"));
    house.post("marta", &duo.path("/goals"), &later).leads_to();
    house.get("nils", &duo.path("")).is_ok().says("Chair a meeting – Better (+1)");
    let id = duo.id;
    assert_eq!(house.read(move |tx| crate::facts(tx, id)).goals, Some(1));
}

fn a_goal_without_a_title_comes_back(house: &House) {
    let duo = marta_and_nils(house);
    let path = duo.path("/goals");
    let refused = house.post("nils", &path, &[("revision", "0"), ("goal_2_why", "Because."), ("goal_2_by", "soon")]);
    assert_eq!(refused.status, 422);
    let refused = refused.says("Name the goal in a few words").says("Because.");
    assert!(refused.body.contains("value=\"soon\""));
    let none = house.post("nils", &path, &[("revision", "0")]);
    assert_eq!(none.status, 422);
    none.says("Write down at least one goal");
    assert_eq!(times(house, "goals set", duo.id), 0);
}

fn goals_changed_meanwhile_are_both_shown(house: &House) {
    let duo = marta_and_nils(house);
    house.post("nils", &duo.path("/goals"), &ONE).leads_to();
    let late = house.post("marta", &duo.path("/goals"), &[("revision", "0"), ("goal_1_title", "Write an article")]);
    assert_eq!(late.status, 409);
    let late = late.says("Chair a meeting").says("Kept meanwhile");
    assert!(late.body.contains("Write an article") && late.body.contains("name=\"revision\" value=\"1\""));
}
