use platform::ids::Id;

use crate::rules::appoint::{AppointRefusal, Candidate, Conflict, Partner, appoint, may_accompany};

fn partners() -> [Partner; 2] {
    let partner = |id: u128, name: &str, employer: &str| Partner {
        person: Id::from(id),
        name: name.to_owned(),
        employer: employer.to_owned(),
    };
    [partner(1, "Mentor", "state university"), partner(2, "Mentee", "city library")]
}

fn candidate(id: u128, employer: &str, duos: usize) -> Candidate {
    let name = format!("Liaison {id}");
    Candidate {
        person: Id::from(id),
        name,
        employer: employer.to_owned(),
        duos,
        stepped_aside: false,
        conflicts: Vec::new(),
    }
}

// LIA5
#[test]
fn the_one_with_the_fewest_duos_is_appointed_and_ties_go_to_the_first_known() {
    let cases: [(&[(u128, usize)], u128); 3] =
        [(&[(11, 2), (12, 1), (13, 3)], 12), (&[(13, 1), (11, 1), (12, 1)], 11), (&[(11, 0)], 11)];
    for (loads, expected) in cases {
        let candidates: Vec<_> = loads.iter().map(|(id, duos)| candidate(*id, "", *duos)).collect();
        assert_eq!(appoint(&partners(), &candidates), Ok(Id::from(expected)), "{loads:?}");
    }
}

#[test]
fn twelve_duos_among_three_liaisons_are_four_each() {
    let mut candidates = [candidate(11, "", 0), candidate(12, "", 0), candidate(13, "", 0)];
    for _ in 0..12 {
        let chosen = appoint(&partners(), &candidates).unwrap();
        candidates.iter_mut().filter(|it| it.person == chosen).for_each(|it| it.duos += 1);
    }
    assert_eq!(candidates.map(|it| it.duos), [4, 4, 4]);
}

// LIA1
#[test]
fn nobody_accompanies_a_duo_with_someone_of_their_own_employer() {
    for employer in ["state university", "city library"] {
        let refusal = may_accompany(&candidate(11, employer, 0), &partners()).unwrap_err();
        assert!(refusal.to_string().contains("same employer"), "{refusal}");
    }
    let candidates = [candidate(11, "city library", 0), candidate(12, "museum", 5)];
    assert_eq!(appoint(&partners(), &candidates), Ok(Id::from(12)));
}

#[test]
fn an_employer_that_is_not_known_is_nobodys_employer() {
    let unknown = partners().map(|it| Partner { employer: String::new(), ..it });
    assert_eq!(may_accompany(&candidate(11, "", 0), &unknown), Ok(()));
}

// LIA6
#[test]
fn nobody_accompanies_their_own_duo() {
    let refusal = may_accompany(&candidate(2, "", 0), &partners());
    assert_eq!(refusal, Err(Conflict::OwnDuo("Liaison 2".to_owned())));
}

#[test]
fn who_stepped_aside_is_not_asked_again() {
    let aside = Candidate { stepped_aside: true, ..candidate(11, "", 0) };
    assert_eq!(appoint(&partners(), &[aside, candidate(12, "", 9)]), Ok(Id::from(12)));
}

#[test]
fn where_nobody_is_suitable_every_reason_is_said() {
    assert_eq!(appoint(&partners(), &[]), Err(AppointRefusal::NoLiaisons));
    let refusal = appoint(&partners(), &[candidate(1, "", 0), candidate(12, "city library", 0)]).unwrap_err();
    let expected =
        "No liaison is suitable: Liaison 1 is one of the two. Liaison 12 works for the same employer as Mentee.";
    assert_eq!(refusal.to_string(), expected);
}

// APP6
#[test]
fn whoever_declared_a_conflict_accompanies_neither_by_rule_nor_by_hand() {
    let aside = Candidate { conflicts: vec![Id::from(2)], ..candidate(11, "", 0) };
    let words = Conflict::Declared("Liaison 11".to_owned(), "Mentee".to_owned());
    assert_eq!(may_accompany(&aside, &partners()), Err(words));
    assert_eq!(appoint(&partners(), &[aside, candidate(12, "", 5)]), Ok(Id::from(12)));
    let of_others = Candidate { conflicts: vec![Id::from(3)], ..candidate(11, "", 0) };
    assert_eq!(may_accompany(&of_others, &partners()), Ok(()));
}
