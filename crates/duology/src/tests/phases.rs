//! What opens on a day is closed until then on every page: nobody learns from one door what
//! another does not show yet.

use axum::http::Method;
use jiff::civil::date;
use platform::{app::Mode, doors::Door, ids::Id};
use policy::Role;
use testing::{House, Kind, postgres_or_note};

use super::year::play;
use crate::{demo::Year, house::doors};

/// A week before the directory opens: mentors have joined and mentees have their places.
fn before_the_directory_opens(kind: Kind) -> House {
    let year = Year { seed: 7, duos: 6, annual_meeting: date(2026, 6, 27), until: date(2026, 4, 20) };
    let (app, player, _, database) = play(kind, year);
    assert_eq!(player.complaints, Vec::<String>::new());
    let house = House::around(app, player.cohort, doors(), database).unwrap();
    house.configure(|config| config.mode = Mode::Development);
    house
}

/// Those who take part in a role and serve on no committee, with their names.
pub(super) fn takers(house: &House, role: Role) -> Vec<(Id, String)> {
    let cohort = house.cohort;
    house.read(move |tx| {
        let committee = program::memberships::committee(tx)?;
        let mut takers = Vec::new();
        for person in program::in_cohort(tx, role, cohort)? {
            if !committee.iter().any(|it| it.person == person) {
                takers.push((person, platform::identity::name_of(tx, person)?));
            }
        }
        Ok(takers)
    })
}

/// The addresses behind a door that need no record which is not there yet.
fn addresses(path: &str, house: &House, people: &[(Id, String)]) -> Vec<String> {
    let path = path.replace("{cohort}", &house.cohort.to_string()).replace("{role}", "mentee");
    let each = people.iter().map(|(person, _)| path.replace("{person}", &person.to_string()));
    let mut addresses: Vec<String> = each.filter(|it| !it.contains('{')).collect();
    addresses.dedup();
    addresses
}

/// How many pages open to somebody, and those that name one of the others.
fn pages_that_name(house: &House, who: Id, others: &[(Id, String)]) -> (usize, Vec<String>) {
    house.sign_in("whoever looks", who);
    let (doors, mut opened, mut wrong) = (doors(), 0, Vec::new());
    // Letters may be read at `/dev` by whoever develops the house; for real people it is not there.
    let asked = |it: &&Door| it.method == Method::GET && !it.path.starts_with("/dev/");
    for door in doors.list().iter().filter(asked) {
        for address in addresses(door.path, house, others) {
            let answer = house.get("whoever looks", &address);
            opened += usize::from(answer.status == 200);
            let named = others.iter().find(|(_, name)| answer.body.contains(name.as_str()));
            wrong.extend(named.map(|(_, name)| format!("{address} names {name}")));
        }
    }
    (opened, wrong)
}

fn mentees_and_mentors_find_no_name_of_each_other(kind: Kind) {
    let house = before_the_directory_opens(kind);
    let (mentees, mentors) = (takers(&house, Role::Mentee), takers(&house, Role::Mentor));
    assert!(mentees.len() > 3 && mentors.len() > 3, "{} mentees, {} mentors", mentees.len(), mentors.len());
    for (who, others) in [(mentees[0].0, &mentors), (mentors[0].0, &mentees)] {
        let (opened, wrong) = pages_that_name(&house, who, others);
        assert_eq!(wrong, Vec::<String>::new());
        assert!(opened > 20, "only {opened} pages opened");
    }
}

// C-02, overlay 2
#[test]
fn before_the_directory_opens_mentees_and_mentors_find_no_name_of_each_other_on_sqlite() {
    mentees_and_mentors_find_no_name_of_each_other(Kind::Sqlite);
}

// C-02, overlay 2
#[test]
fn before_the_directory_opens_mentees_and_mentors_find_no_name_of_each_other_on_postgresql() {
    if let Some(kind) =
        postgres_or_note("before_the_directory_opens_mentees_and_mentors_find_no_name_of_each_other_on_postgresql")
    {
        mentees_and_mentors_find_no_name_of_each_other(kind);
    }
}
