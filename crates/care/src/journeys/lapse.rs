//! A membership lapses while a duo is running.

use policy::Role;
use testing::House;

use super::pair;

testing::on_both_databases! { crate::journeys::doors(); crate::jobs;
    a_lapse_in_a_running_duo_is_a_task_and_never_a_removal
}

fn import(house: &House, lines: &str) {
    let list = format!("number,name,email,status\n{lines}");
    house.write(move |tx| membership::import_roster(tx, &list)).unwrap();
}

fn chairs_tasks(house: &House) -> Vec<String> {
    let (cohort, reader) = (house.cohort, house.person("carla"));
    house.read(move |tx| {
        let scope = policy::scope(&program::subject(tx, reader)?, &policy::Facts::in_cohort(cohort.number()));
        let open = crate::tasks::open_of_chairs(tx, &scope.unwrap())?;
        Ok(open.into_iter().filter(|it| it.kind == "lapse").map(|it| it.title).collect())
    })
}

// ELG7
fn a_lapse_in_a_running_duo_is_a_task_and_never_a_removal(house: &House) {
    house.role("carla", Role::Chair);
    let duo = pair(house, "marta", "nils");
    let olga = house.role_in_cohort("olga", Role::Mentee);
    let good = "1,Marta Martinez,marta@example.org,good\n2,Nils Nakamura,nils@example.org,good\n3,Olga Okafor,olga@example.org,good\n";
    import(house, good);
    house.run_jobs();
    assert_eq!(chairs_tasks(house), [""; 0]);
    // Marta lapses, Nils is not on the list any more, and Olga has no duo.
    import(house, "1,Marta Martinez,marta@example.org,lapsed\n3,Olga Okafor,olga@example.org,lapsed\n");
    house.run_jobs();
    let mut tasks = chairs_tasks(house);
    tasks.sort();
    let words = |name: &str| format!("The membership of {name} has lapsed. Ask them about it; the duo goes on.");
    assert_eq!(tasks, [words("Marta Martinez"), words("Nils Nakamura")]);
    let (id, cohort) = (duo.id, house.cohort);
    assert!(house.read(move |tx| Ok(duos::duo(tx, id)?.unwrap().is_active())));
    assert!(house.read(move |tx| program::in_cohort(tx, Role::Mentee, cohort)).contains(&olga));
    house.get("carla", "/next").is_ok().says("The membership of Marta Martinez has lapsed");
    // The same list again says nothing new; a second lapse does.
    import(house, "1,Marta Martinez,marta@example.org,lapsed\n3,Olga Okafor,olga@example.org,lapsed\n");
    house.run_jobs();
    assert_eq!(chairs_tasks(house).len(), 2);
    import(house, good);
    import(house, &good.replace("nils@example.org,good", "nils@example.org,lapsed"));
    house.run_jobs();
    assert_eq!(chairs_tasks(house).len(), 3);
    assert_eq!(house.run_jobs(), 0);
}
