//! What overrules the table: conflicts of interest, phase, consent, former relations,
//! small groups, and the breaking of the glass.

use super::*;

const HERE: u128 = 5;

fn may(subject: &Subject, record: Record, verb: Verb, facts: Facts) -> bool {
    right(subject, record, verb, &facts).is_some()
}

fn reads(subject: &Subject, record: Record, facts: Facts) -> bool {
    may(subject, record, Verb::Read, facts)
}

#[test]
fn a_role_opens_records_of_its_own_cohort_alone() {
    let chair = in_cohort(Role::Chair, HERE);
    assert!(reads(&chair, Record::Application, Facts::in_cohort(HERE)));
    assert!(!reads(&chair, Record::Application, Facts::in_cohort(6)));
    assert!(reads(&person(&[Role::Chair]), Record::Application, Facts::in_cohort(6)));
    assert!(reads(&chair, Record::AuditLog, Facts::of_program()));
}

#[test]
fn a_stranger_reads_what_is_published_and_nothing_else() {
    let facts = Facts::in_cohort(HERE).own(true).duo(true).assigned(true);
    let everything = Condition::ALL.iter().filter(|it| **it != Condition::IsPublished);
    let everything = everything.fold(facts, |facts, it| facts.when(true, *it));
    let unnamed = Subject {
        memberships: vec![Membership { role: Role::Chair, cohort: None }],
        former: vec![HERE],
        ..Subject::default()
    };
    let published = [Record::SurveyAggregate, Record::ReportDraft, Record::ProgramSettings];
    for record in Record::ALL {
        for verb in Verb::ALL {
            let is_open = published.contains(record) && matches!(verb, Verb::Read | Verb::Status | Verb::Count);
            for stranger in [&Subject::default(), &unnamed] {
                assert!(!may(stranger, *record, *verb, everything), "{record:?} {verb:?}");
                let facts = everything.when(true, Condition::IsPublished);
                assert_eq!(may(stranger, *record, *verb, facts), is_open, "{record:?} {verb:?}");
            }
        }
    }
}

// Whoever signs in reads at least what a stranger reads.
#[test]
fn what_is_published_is_there_for_everyone_who_signs_in() {
    let facts = Facts::in_cohort(HERE).when(true, Condition::IsPublished);
    for record in [Record::SurveyAggregate, Record::ReportDraft] {
        for who in Role::ALL.map(|role| in_cohort(role, HERE + 1)).iter().chain([&person(&[])]) {
            assert!(reads(who, record, facts), "{who:?} {record:?}");
            assert!(!reads(who, record, Facts::in_cohort(HERE)), "{who:?} {record:?}");
            assert!(!may(who, record, Verb::Write, facts), "{who:?} {record:?}");
        }
    }
}

// The board's line of the matrix: nothing before a report is submitted.
#[test]
fn the_board_reads_a_report_once_it_is_submitted() {
    let facts = Facts::in_cohort(HERE);
    assert!(!reads(&person(&[Role::Board]), Record::ReportDraft, facts));
    assert!(reads(&person(&[Role::Board]), Record::ReportDraft, facts.when(true, Condition::IsSubmitted)));
}

#[test]
fn what_is_ones_own_needs_no_role() {
    let facts = Facts::in_cohort(HERE).own(true);
    assert!(may(&person(&[]), Record::Application, Verb::Write, facts));
    assert!(reads(&person(&[]), Record::SentMail, facts));
    assert!(!reads(&person(&[]), Record::Application, Facts::in_cohort(HERE)));
}

// Overlay 1: a chair who mentors sees nothing of the own duo from the committee's side.
#[test]
fn whoever_has_a_conflict_loses_what_follows_from_the_committee() {
    let both = Subject {
        memberships: vec![
            Membership { role: Role::Chair, cohort: None },
            Membership { role: Role::Mentor, cohort: Some(HERE) },
        ],
        ..person(&[])
    };
    let others = Facts::in_cohort(HERE);
    assert!(reads(&both, Record::Application, others));
    assert!(!reads(&both, Record::Application, others.conflict(true)));
    assert!(may(&both, Record::MeetingLog, Verb::Status, others));
    let own_duo = Facts::in_cohort(HERE).duo(true);
    let right = right(&both, Record::MeetingLog, Verb::Status, &own_duo).unwrap();
    assert_eq!((right.column, right.bound), (Column::Mentor, Bound::Duo));
    assert!(!may(&both, Record::CheckinAnswer, Verb::Status, own_duo));
    assert!(!may(&both, Record::Appointment, Verb::Write, own_duo));
}

#[test]
fn a_conflict_takes_nothing_of_what_is_ones_own() {
    let facts = Facts::in_cohort(HERE).own(true).conflict(true);
    assert!(reads(&person(&[Role::Chair]), Record::Application, facts));
    assert!(!may(&person(&[Role::Board]), Record::ReportDraft, Verb::Read, facts.when(true, Condition::IsSubmitted)));
}

#[test]
fn a_profile_is_no_secret_of_the_duo() {
    let facts = Facts::in_cohort(HERE).duo(true);
    assert!(reads(&in_cohort(Role::Liaison, HERE), Record::ProfileMentor, facts));
    assert!(reads(&in_cohort(Role::Council, HERE), Record::ProfileMentee, facts));
}

// Overlay 2
#[test]
fn ranked_lists_stay_sealed_until_they_are_closed_for_the_chair_too() {
    let chair = person(&[Role::Chair]);
    assert!(!reads(&chair, Record::RankList, Facts::in_cohort(HERE)));
    assert!(reads(&chair, Record::RankList, Facts::in_cohort(HERE).when(true, Condition::ListsAreClosed)));
    let mentee = in_cohort(Role::Mentee, HERE);
    let own = Facts::in_cohort(HERE).own(true);
    assert!(may(&mentee, Record::RankList, Verb::Write, own.when(true, Condition::ListIsOpen)));
    assert!(!may(&mentee, Record::RankList, Verb::Write, own));
    assert!(reads(&mentee, Record::RankList, own));
}

// Overlay 3
#[test]
fn a_nomination_is_not_there_for_the_committee_before_the_nominee_accepts() {
    for role in [Role::Chair, Role::Council, Role::Liaison] {
        let before = Facts::in_cohort(HERE);
        assert!(!reads(&person(&[role]), Record::Nomination, before));
        assert!(reads(&person(&[role]), Record::Nomination, before.when(true, Condition::NomineeAccepted)));
    }
}

#[test]
fn a_liaison_is_council_to_the_duos_of_others_and_nothing_more() {
    let liaison = in_cohort(Role::Liaison, HERE);
    let others = Facts::in_cohort(HERE);
    assert!(may(&liaison, Record::MatchRequest, Verb::Status, others));
    assert!(reads(&liaison, Record::Escalation, others.when(true, Condition::Referred)));
    // What the table gives a liaison of the whole cohort is not widened by the council's cell.
    assert!(!may(&liaison, Record::Application, Verb::Status, others));
    assert!(!may(&liaison, Record::ReportDraft, Verb::Write, others));
    assert!(may(&person(&[Role::Council]), Record::Application, Verb::Status, others));
}

// Overlay 4
#[test]
fn a_liaison_reads_answers_while_they_accompany_the_duo_and_no_longer() {
    let liaison = in_cohort(Role::Liaison, HERE);
    assert!(reads(&liaison, Record::CheckinAnswer, Facts::in_cohort(HERE).assigned(true)));
    assert!(!reads(&liaison, Record::CheckinAnswer, Facts::in_cohort(HERE)));
}

// Overlay 4
#[test]
fn an_ended_duo_stays_readable_to_its_two_people_until_it_is_deleted() {
    let former = Subject { former: vec![HERE], ..person(&[]) };
    let duo = Facts::in_cohort(HERE).duo(true);
    assert!(reads(&former, Record::DuoGoals, duo.when(true, Condition::IsKept)));
    assert!(!reads(&former, Record::DuoGoals, duo));
    assert!(!may(&former, Record::DuoGoals, Verb::Write, duo.when(true, Condition::IsKept)));
    assert!(!reads(&former, Record::DuoGoals, Facts::in_cohort(6).duo(true).when(true, Condition::IsKept)));
    assert!(!reads(
        &former,
        Record::AlumniGroup,
        duo.when(true, Condition::IsKept).when(true, Condition::OptedIn).own(false)
    ));
    assert!(!reads(&former, Record::Guide, Facts::in_cohort(HERE)));
}

// Overlay 6
#[test]
fn the_glass_is_broken_for_check_ins_and_concerns_alone() {
    let broken = Facts::in_cohort(HERE).when(true, Condition::GlassIsBroken);
    for role in [Role::Chair, Role::Deputy] {
        let opened: Vec<Record> = Record::ALL
            .iter()
            .copied()
            .filter(|record| !reads(&person(&[role]), *record, Facts::in_cohort(HERE)))
            .filter(|record| reads(&person(&[role]), *record, broken))
            .collect();
        assert_eq!(opened, [Record::CheckinAnswer], "{role:?}");
    }
    for role in [Role::Staff, Role::Board, Role::Liaison, Role::Council] {
        assert!(!reads(&person(&[role]), Record::CheckinAnswer, broken), "{role:?}");
        assert!(!reads(&person(&[role]), Record::Escalation, broken), "{role:?}");
    }
    let chair = person(&[Role::Chair]);
    assert!(!may(&chair, Record::CheckinAnswer, Verb::Write, broken));
    assert!(!reads(&chair, Record::CheckinAnswer, broken.conflict(true)));
    assert!(!reads(&chair, Record::CheckinAnswer, broken.duo(true)));
    let right = right(&chair, Record::CheckinAnswer, Verb::Read, &broken).unwrap();
    assert_eq!(right.words(), "chair and deputy together, for a written reason");
}

// Overlay 6: a concern is read by the chairs anyway, and whoever it is kept from has a
// conflict, over which no glass is broken. So for a concern there is nothing to open.
#[test]
fn breaking_the_glass_opens_no_concern_that_is_closed_to_somebody() {
    let conditions = [Condition::NotSkipped, Condition::Referred];
    for role in Role::ALL {
        let reader = in_cohort(role, HERE);
        for choice in 0..32u32 {
            let has = |bit: u32| choice & (1 << bit) != 0;
            let facts = Facts::in_cohort(HERE).own(has(0)).assigned(has(1)).conflict(has(2));
            let facts = facts.when(has(3), conditions[0]).when(has(4), conditions[1]);
            for verb in Verb::ALL {
                let broken = facts.when(true, Condition::GlassIsBroken);
                let without = may(&reader, Record::Escalation, *verb, facts);
                assert_eq!(may(&reader, Record::Escalation, *verb, broken), without, "{role:?} {verb:?} {facts:?}");
            }
        }
    }
    let chair = in_cohort(Role::Chair, HERE);
    assert!(reads(&chair, Record::Escalation, Facts::in_cohort(HERE)));
    assert!(!reads(&chair, Record::Escalation, Facts::in_cohort(HERE).conflict(true)));
}

#[test]
fn a_grant_carries_who_may_and_by_what_right() {
    let liaison = in_cohort(Role::Liaison, HERE);
    let facts = Facts::in_cohort(HERE).assigned(true);
    let proof: Grant<of::CheckinAnswer> = grant(&liaison, &facts).unwrap();
    assert_eq!(proof.person(), 1);
    let another = Subject { person: Some(7), ..in_cohort(Role::Liaison, HERE) };
    assert_eq!(grant::<of::CheckinAnswer, crate::may::Read>(&another, &facts).unwrap().person(), 7);
    assert_eq!(proof.right().words(), "liaison of the duo");
    assert!(proof.right().is_of_the_committee());
    assert!(grant::<of::CheckinAnswer, crate::may::Write>(&liaison, &facts).is_none());
    assert!(grant::<of::CheckinAnswer, crate::may::Read>(&Subject::default(), &facts).is_none());
}

#[test]
fn a_right_says_in_words_why_somebody_may() {
    let words = |column, bound| Right { column, bound, when: None }.words();
    assert_eq!(words(Column::Applicant, Bound::Own), "whose it is");
    assert_eq!(words(Column::Mentee, Bound::Duo), "one of the duo");
    assert_eq!(words(Column::Chair, Bound::Assigned), "liaison of the duo");
    assert_eq!(words(Column::Council, Bound::Whole), "member of the committee");
    assert_eq!(words(Column::Chair, Bound::Whole), "chair or deputy");
    assert_eq!(words(Column::Staff, Bound::Whole), "office");
    assert_eq!(words(Column::Board, Bound::Whole), "reader of the board");
    assert_eq!(words(Column::Mentee, Bound::Whole), "mentee of the cohort");
    assert_eq!(words(Column::Mentor, Bound::Whole), "mentor of the cohort");
    assert_eq!(words(Column::Alumni, Bound::Whole), "former participant");
    assert_eq!(words(Column::Operator, Bound::Whole), "reader");
    for column in Column::ALL {
        let theirs = Right { column, bound: Bound::Whole, when: None };
        let committee = ["liaison", "council", "chair", "staff", "board"].contains(&column.key());
        assert_eq!(theirs.is_of_the_committee(), committee, "{column:?}");
    }
}

// Confidentiality §4, wall 1: what a list is read by names the cohort for which the right was given.
#[test]
fn a_scope_reaches_no_further_than_the_right_that_it_stands_for() {
    let chair = Subject { person: Some(77), ..in_cohort(Role::Chair, HERE) };
    let listed: Scope<of::Application> = scope(&chair, &Facts::in_cohort(HERE)).unwrap();
    assert_eq!((listed.cohort(), listed.person()), (Some(HERE), 77));
    assert_eq!(listed.right().column, Column::Chair);
    assert!(scope::<of::Application, may::Status>(&chair, &Facts::in_cohort(6)).is_none());
    assert!(scope::<of::Application, may::Status>(&in_cohort(Role::Mentee, HERE), &Facts::in_cohort(HERE)).is_none());
    let office = person(&[Role::Staff]);
    let roster: Scope<of::MembershipRoster, may::Read> = scope(&office, &Facts::of_program()).unwrap();
    assert_eq!(roster.cohort(), None);
    assert!(scope::<of::MembershipRoster, may::Read>(&chair, &Facts::of_program()).is_none());
}

// C-02: a way is shown to those alone whom both its door and its record let in.
#[test]
fn a_way_is_shown_to_whom_its_door_and_its_record_let_in() {
    let here = Facts::in_cohort(HERE);
    assert!(allowed(&in_cohort(Role::Chair, HERE), Action::ReadMatching, &here));
    assert!(!allowed(&in_cohort(Role::Chair, 6), Action::ReadMatching, &here), "neither");
    assert!(!allowed(&in_cohort(Role::Staff, HERE), Action::ReadMatching, &here), "the record and not the door");
    let conflicted = here.conflict(true);
    assert!(!allowed(&in_cohort(Role::Chair, HERE), Action::ReadMatching, &conflicted), "the door and not the record");
    assert!(allowed(&in_cohort(Role::Mentee, HERE), Action::ReadLessons, &here), "a door without a record");
}
