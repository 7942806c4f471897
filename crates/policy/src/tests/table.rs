//! The table itself: doors keep to it, and it says what the founding pages say.

use super::*;
use crate::matrix::{Rule, rules_of_segment, segments};

/// Whether a rule of the column gives what an action needs, whatever the conditions.
fn gives(column: Column, need: Need) -> bool {
    let reaches = |rule: &Rule| rule.bounds.has(need.bound) || rule.bounds.has(Bound::Whole);
    rules(need.record, column).iter().any(|rule| reaches(rule) && rule.allows(need.verb))
}

#[test]
fn no_door_is_wider_than_the_matrix() {
    for action in Action::ALL {
        let Some(need) = action.need() else { continue };
        match action.audience() {
            Audience::Public => panic!("{action:?} is open to all and touches {need:?}"),
            Audience::SignedIn => {
                assert_eq!(need.bound, Bound::Own, "{action:?}");
                assert!(gives(Column::Applicant, need), "{action:?} {need:?}");
            }
            Audience::Roles(roles) => {
                for role in roles {
                    let columns = Column::of_role(*role, need.record);
                    assert!(columns.iter().any(|it| gives(*it, need)), "{action:?}: {role:?} may not {need:?}");
                }
            }
            // A token writes what the office would have handed in.
            Audience::Token(_) => assert!(gives(Column::Staff, need), "{action:?}"),
            Audience::Participants => {
                for column in [Column::Mentee, Column::Mentor, Column::Alumni] {
                    assert!(gives(column, need), "{action:?}: {column:?} may not {need:?}");
                }
            }
        }
    }
}

#[test]
fn every_door_for_roles_says_what_it_needs() {
    for action in Action::ALL {
        if matches!(action.audience(), Audience::Roles(_) | Audience::Participants) {
            assert!(action.need().is_some(), "{action:?} names no record");
        }
    }
}

#[test]
fn actions_have_names_of_their_own() {
    let mut names: Vec<&str> = Action::ALL.iter().map(|it| it.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Action::ALL.len());
    assert!(names.contains(&"ReadDuo"));
}

#[test]
fn a_cell_is_cut_at_semicolons_outside_parentheses() {
    assert_eq!(segments("a:m; c:R (x; y); !"), ["a:m", "c:R (x; y)", "!"]);
    assert_eq!(segments("-"), ["-"]);
}

#[test]
fn a_cell_that_follows_the_form_is_read_by_it() {
    let one = |text: &str| rules_of_segment(text).unwrap();
    let verbs = |all: &[Verb]| all.iter().fold(Verbs::none(), |set, it| set.with(*it));
    assert_eq!(one("o:RWDE"), [Rule::new(Bound::Own, verbs(&[Verb::Read, Verb::Write, Verb::Delete, Verb::Export]))]);
    assert_eq!(one("d:RE"), [Rule::new(Bound::Duo, verbs(&[Verb::Read, Verb::Export]))]);
    assert_eq!(one("a:m"), [Rule::new(Bound::Assigned, verbs(&[Verb::Status]))]);
    assert_eq!(one("a:x"), [Rule::new(Bound::Assigned, verbs(&[Verb::Count]))]);
    assert_eq!(one("RW"), [Rule::new(Bound::Whole, verbs(&[Verb::Read, Verb::Write]))]);
    assert_eq!(one("m"), [Rule::new(Bound::Whole, verbs(&[Verb::Status]))]);
    assert_eq!(one("x"), [Rule::new(Bound::Whole, verbs(&[Verb::Count]))]);
    for nothing in ["-", "!", "="] {
        assert_eq!(one(nothing), []);
    }
    for unknown in ["o:", "q:R", "o:RQ", "whatever", ""] {
        assert_eq!(rules_of_segment(unknown), None, "{unknown:?}");
    }
}

#[test]
fn who_may_read_knows_that_it_is_there_and_who_knows_may_count() {
    let only = |verb: Verb| Rule::new(Bound::Whole, Verbs::none().with(verb));
    let allowed = |verb: Verb| Verb::ALL.iter().copied().filter(|it| only(verb).allows(*it)).collect::<Vec<_>>();
    assert_eq!(allowed(Verb::Read), [Verb::Status, Verb::Count, Verb::Read]);
    assert_eq!(allowed(Verb::Status), [Verb::Status, Verb::Count]);
    for alone in [Verb::Count, Verb::Write, Verb::Delete, Verb::Export] {
        assert_eq!(allowed(alone), [alone]);
    }
}

// Confidentiality matrix: what a duo writes for itself is closed to everybody else.
#[test]
fn nobody_of_the_committee_or_the_office_reads_what_a_duo_writes_for_itself() {
    let closed = [Record::PrivateNote, Record::DuoMessage, Record::MeetingLog, Record::DuoGoals, Record::Agreement];
    let everything = Facts::in_cohort(5).assigned(true).when(true, Condition::IsKept).when(true, Condition::Referred);
    for role in [Role::Chair, Role::Deputy, Role::Council, Role::Liaison, Role::Staff, Role::Board, Role::Alumna] {
        for record in closed {
            for verb in [Verb::Read, Verb::Write, Verb::Delete, Verb::Export] {
                assert_eq!(right(&person(&[role]), record, verb, &everything), None, "{role:?} {record:?} {verb:?}");
            }
        }
    }
}

#[test]
fn the_page_of_the_table_is_up_to_date() {
    let kept = include_str!("../../../../docs/access.md");
    assert!(kept == page(), "docs/access.md is behind the matrix: run `cargo xtask docs`");
    let lines = include_str!("../../../../docs/access-lines.md");
    assert!(lines == lines_page(), "docs/access-lines.md is behind the matrix: run `cargo xtask docs`");
}
