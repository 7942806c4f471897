use super::*;

mod overlays;
mod readers;
mod sign_in;
mod table;

fn person(roles: &[Role]) -> Subject {
    Subject {
        person: Some(1),
        memberships: roles.iter().map(|role| Membership { role: *role, cohort: None }).collect(),
        ..Subject::default()
    }
}

fn in_cohort(role: Role, cohort: u128) -> Subject {
    Subject { memberships: vec![Membership { role, cohort: Some(cohort) }], ..person(&[]) }
}

#[test]
fn a_stranger_comes_in_where_anyone_may_and_nowhere_else() {
    for action in Action::ALL {
        let answer = admit(&Subject::default(), *action, None);
        match action.audience() {
            Audience::Public => assert!(answer.is_ok(), "{action:?}"),
            _ => assert_eq!(answer.unwrap_err(), Refusal::SignInFirst, "{action:?}"),
        }
    }
}

#[test]
fn a_person_without_a_role_finds_nothing_that_needs_one() {
    for action in Action::ALL {
        let refused = admit(&person(&[]), *action, None).is_err();
        let needs_one = !matches!(action.audience(), Audience::Public | Audience::SignedIn);
        assert_eq!(refused, needs_one, "{action:?}");
    }
}

#[test]
fn each_role_comes_in_where_it_is_named_and_nowhere_else() {
    for role in Role::ALL {
        for action in Action::ALL {
            let named = match action.audience() {
                Audience::Public | Audience::SignedIn => continue,
                Audience::Token(_) => false,
                Audience::Roles(roles) => roles.contains(&role),
                Audience::Participants => matches!(role, Role::Mentee | Role::Mentor | Role::Alumna),
            };
            assert_eq!(admit(&person(&[role]), *action, None).is_ok(), named, "{role:?} {action:?}");
        }
    }
}

#[test]
fn who_was_a_participant_still_finds_the_way_to_their_duo() {
    let former = Subject { former: vec![5], ..person(&[]) };
    assert!(former.takes_part());
    assert!(!person(&[Role::Chair]).takes_part());
    assert_eq!(admit(&former, Action::ReadDuo, None), Ok(()));
    assert_eq!(admit(&former, Action::WriteGoals, None), Err(Refusal::NotYours));
}

#[test]
fn a_board_reader_reads_reports_and_nothing_else_of_the_committee() {
    let allowed: Vec<_> = Action::ALL
        .iter()
        .filter(|it| matches!(it.audience(), Audience::Roles(_)) && admit(&person(&[Role::Board]), **it, None).is_ok())
        .collect();
    assert_eq!(allowed, [&Action::ReadReport]);
}

#[test]
fn a_role_in_one_cohort_says_nothing_of_another() {
    let subject = in_cohort(Role::Mentee, 5);
    assert!(subject.holds_in(Role::Mentee, 5));
    assert!(!subject.holds_in(Role::Mentee, 6));
    assert!(person(&[Role::Mentee]).holds_in(Role::Mentee, 6));
}

#[test]
fn a_role_of_another_cohort_opens_no_door_to_this_one() {
    let chair = in_cohort(Role::Chair, 5);
    assert_eq!(admit(&chair, Action::RunProgram, Some(5)), Ok(()));
    assert_eq!(admit(&chair, Action::RunProgram, Some(6)), Err(Refusal::NotYours));
    assert_eq!(admit(&chair, Action::RunProgram, None), Ok(()));
    assert_eq!(admit(&person(&[Role::Chair]), Action::RunProgram, Some(6)), Ok(()));
    assert_eq!(admit(&chair, Action::ReadLiaisonDesk, Some(5)), Err(Refusal::NotYours));
}

#[test]
fn every_role_comes_back_from_its_key() {
    for role in Role::ALL {
        assert_eq!(Role::from_key(role.key()), Some(role));
    }
    assert_eq!(Role::from_key("owner"), None);
}

#[test]
fn every_role_has_a_word_that_people_read() {
    let words = [
        "Applicant",
        "Mentee",
        "Mentor",
        "Liaison",
        "Council member",
        "Chair",
        "Deputy chair",
        "Office staff",
        "Board reader",
        "Alumna or alumnus",
    ];
    assert_eq!(Role::ALL.map(Role::words), words);
}

#[test]
fn every_record_comes_back_from_its_key() {
    for record in Record::ALL {
        assert_eq!(Record::from_key(record.key()), Some(*record));
        assert!(!content(*record).is_empty(), "{record:?} is not in the matrix");
    }
    assert_eq!(Record::from_key("diary"), None);
}
