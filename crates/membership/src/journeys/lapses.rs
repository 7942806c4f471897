use platform::{ids::Id, journal};
use policy::Role;
use testing::House;

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    a_list_in_which_somebody_lapses_or_vanishes_is_noted_once
    a_membership_that_runs_out_by_itself_is_noted_on_the_day_after
    a_promise_that_a_list_kept_is_open_again_when_it_is_undone
}

fn lapsed(house: &House, person: Id) -> usize {
    house.read(move |tx| Ok(journal::about(tx, person)?.iter().filter(|it| it.what == "member lapsed").count()))
}

fn import(house: &House, lines: &str) {
    let list = format!("number,name,email,status,expires\n{lines}");
    house.write(move |tx| crate::import_roster(tx, &list)).unwrap();
}

// ELG7: a lapse is a line of the journal; nobody is removed.
fn a_list_in_which_somebody_lapses_or_vanishes_is_noted_once(house: &House) {
    let people = ["ana", "ben", "cid"].map(|who| house.role_in_cohort(who, Role::Mentee));
    let dora = house.person("dora");
    let line = |number: u32, name: &str, standing: &str| {
        format!("{number},{name},{}@example.org,{standing},\n", name.split(' ').next().unwrap().to_lowercase())
    };
    let all = |standing: &str| {
        line(1, "Ana Anderson", standing)
            + &line(2, "Ben Bergmann", "good")
            + &line(3, "Cid Castillo", "good")
            + &line(4, "Dora Dubois", standing)
    };
    import(house, &all("good"));
    assert_eq!(people.map(|it| lapsed(house, it)), [0, 0, 0]);
    // Ana lapses, Ben is not on the list any more, Dora takes no part.
    import(house, &all("lapsed").replace(&line(2, "Ben Bergmann", "good"), ""));
    assert_eq!(people.map(|it| lapsed(house, it)), [1, 1, 0]);
    assert_eq!(lapsed(house, dora), 0);
    import(house, &line(3, "Cid Castillo", "good"));
    assert_eq!(people.map(|it| lapsed(house, it)), [1, 1, 0], "said once");
    let cohort = house.cohort;
    let mentees = house.read(move |tx| program::in_cohort(tx, Role::Mentee, cohort));
    assert_eq!(mentees.len(), 3, "never a removal");
}

fn a_membership_that_runs_out_by_itself_is_noted_on_the_day_after(house: &House) {
    let ana = house.role_in_cohort("ana", Role::Mentor);
    import(house, "1,Ana Anderson,ana@example.org,good,2026-03-10\n2,Ben Bergmann,ben@example.org,good,2026-03-11\n");
    house.at("2026-03-10T20:00:00Z");
    house.run_jobs();
    assert_eq!(lapsed(house, ana), 0, "it counts through the day it expires on");
    house.at("2026-03-11T20:00:00Z");
    house.run_jobs();
    assert_eq!(lapsed(house, ana), 1);
    house.days(3);
    house.run_jobs();
    assert_eq!(lapsed(house, ana), 1);
    assert_eq!(house.run_jobs(), 0);
}

fn a_promise_that_a_list_kept_is_open_again_when_it_is_undone(house: &House) {
    house.role("sven", Role::Staff);
    let (mona, cohort) = (house.role_in_cohort("mona", Role::Applicant), house.cohort);
    house.write(move |tx| crate::promise(tx, mona, cohort, jiff::civil::date(2026, 6, 27)));
    let open = || house.read(move |tx| Ok(crate::promises::open_promises(tx, &policy::house(), cohort)?.len()));
    assert_eq!(open(), 1);
    import(house, "5,Mona Martinez,mona@example.org,good,\n");
    assert_eq!(open(), 0);
    let last = house.read(|tx| Ok(crate::imports::last(tx)?.unwrap()));
    house.post("sven", &format!("/roster/imports/{last}/undoing"), &[]).leads_to();
    assert_eq!(open(), 1);
}
