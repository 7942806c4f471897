use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::terms::Terms;

mod machine;

fn noon() -> Timestamp {
    Timestamp::constant(1_777_896_000, 0)
}

fn askable() -> AskFacts<'static> {
    AskFacts {
        directory_open: true,
        mentee_paired: false,
        has_live_request: false,
        mentor_state: MentorState::Free,
        waiting: 0,
        same_employer: false,
        kept_apart: false,
        asked_before: false,
        on_list: false,
        listed: 0,
        terms: Terms::USUAL,
        note: "Hello",
    }
}

// SLF1
#[test]
fn the_first_wish_is_asked_and_the_others_are_back_ups() {
    assert_eq!(ask(&askable()), Ok(Asking::Now));
    assert_eq!(ask(&AskFacts { has_live_request: true, listed: 4, ..askable() }), Ok(Asking::Later));
}

#[test]
fn each_reason_against_asking_has_a_sentence_of_its_own() {
    let long = "x".repeat(NOTE_AT_MOST + 1);
    let cases = [
        (AskFacts { directory_open: false, ..askable() }, AskRefusal::Closed),
        (AskFacts { mentee_paired: true, ..askable() }, AskRefusal::MenteePaired),
        (AskFacts { mentor_state: MentorState::Taken, ..askable() }, AskRefusal::Taken),
        (AskFacts { mentor_state: MentorState::Paused, ..askable() }, AskRefusal::NotOffered),
        (AskFacts { mentor_state: MentorState::Gone, ..askable() }, AskRefusal::NotOffered),
        (AskFacts { same_employer: true, ..askable() }, AskRefusal::SameEmployer),
        (AskFacts { asked_before: true, ..askable() }, AskRefusal::AskedBefore),
        (AskFacts { on_list: true, ..askable() }, AskRefusal::OnList),
        (AskFacts { has_live_request: true, listed: 5, ..askable() }, AskRefusal::ListFull(5)),
        (AskFacts { waiting: 3, ..askable() }, AskRefusal::TooManyWaiting(3)),
        (AskFacts { note: "", ..askable() }, AskRefusal::NoNote),
        (AskFacts { note: &long, ..askable() }, AskRefusal::LongNote),
    ];
    let mut sentences = std::collections::BTreeSet::new();
    for (facts, refusal) in cases {
        assert_eq!(ask(&facts), Err(refusal));
        sentences.insert(refusal.to_string());
        assert!(refusal.to_string().ends_with('.'), "{refusal}");
    }
    assert_eq!(sentences.len(), 11, "paused and gone say the same, all others differ");
}

#[test]
fn a_sealed_wish_reads_like_any_absence_and_hides_the_employer_rule() {
    let gone = ask(&AskFacts { mentor_state: MentorState::Gone, ..askable() });
    assert_eq!(ask(&AskFacts { kept_apart: true, ..askable() }), gone);
    assert_eq!(ask(&AskFacts { kept_apart: true, same_employer: true, ..askable() }), gone);
}

#[test]
fn six_hundred_characters_are_counted_as_people_do() {
    let note = "é".repeat(NOTE_AT_MOST);
    assert_eq!(ask(&AskFacts { note: &note, ..askable() }), Ok(Asking::Now));
}

#[test]
fn an_unknown_employer_is_nobodys() {
    assert!(!same_employer("", ""));
    assert!(same_employer("city library", "city library"));
    assert!(!same_employer("city library", ""));
}

fn open_request() -> AnswerFacts {
    AnswerFacts {
        state: State::Asked,
        now: noon(),
        due_at: noon() + SignedDuration::from_hours(24),
        says_yes: true,
        mentor_paired: false,
        mentee_paired: false,
    }
}

// SLF5
#[test]
fn a_mentor_in_a_duo_accepts_nobody_else() {
    assert_eq!(answer(&open_request()), Ok(State::Accepted));
    let paired = AnswerFacts { mentor_paired: true, ..open_request() };
    assert_eq!(answer(&paired), Err(AnswerRefusal::MentorPaired));
    assert_eq!(answer(&AnswerFacts { says_yes: false, ..paired }), Ok(State::Declined));
    assert_eq!(answer(&AnswerFacts { mentee_paired: true, ..open_request() }), Err(AnswerRefusal::MenteePaired));
}

// SLF3
#[test]
fn an_answer_counts_until_the_last_second_and_only_once() {
    let due_at = noon();
    assert_eq!(answer(&AnswerFacts { due_at, ..open_request() }), Ok(State::Accepted));
    let late = AnswerFacts { due_at, now: noon() + SignedDuration::from_secs(1), ..open_request() };
    assert_eq!(answer(&late), Err(AnswerRefusal::Late));
    for (state, refusal) in [
        (State::Accepted, AnswerRefusal::Answered),
        (State::Declined, AnswerRefusal::Answered),
        (State::Lapsed, AnswerRefusal::Late),
        (State::Withdrawn, AnswerRefusal::Withdrawn),
        (State::Taken, AnswerRefusal::MentorPaired),
    ] {
        assert_eq!(answer(&AnswerFacts { state, ..open_request() }), Err(refusal));
        assert_eq!(State::from_key(state.key()), state);
    }
}

#[test]
fn the_next_who_can_be_asked_is_asked() {
    let wish = |mentor_state, waiting| Wanted { mentor_state, waiting };
    let (free, full) = (wish(MentorState::Free, 2), wish(MentorState::Free, 3));
    let (taken, paused) = (wish(MentorState::Taken, 0), wish(MentorState::Paused, 0));
    let next = |wishes: &[Wanted]| {
        advance(&AdvanceFacts {
            waiting_at_most: 3,
            directory_open: true,
            mentee_paired: false,
            has_live_request: false,
            wishes,
        })
    };
    assert_eq!(next(&[taken, paused, full, free]), Advance::Ask(3));
    assert_eq!(next(&[taken, full]), Advance::Wait);
    assert_eq!(next(&[taken, paused]), Advance::NobodyLeft);
    assert_eq!(next(&[]), Advance::NobodyLeft);
    let closed = AdvanceFacts {
        waiting_at_most: 3,
        directory_open: false,
        mentee_paired: false,
        has_live_request: false,
        wishes: &[free],
    };
    assert_eq!(advance(&closed), Advance::Stay);
}

#[test]
fn the_mentor_who_is_asked_stays_on_top_of_the_list() {
    let list = || vec!["a", "b", "c"];
    assert_eq!(moved(list(), 2, true, true), ["a", "c", "b"]);
    assert_eq!(moved(list(), 1, true, true), list());
    assert_eq!(moved(list(), 0, false, true), list());
    assert_eq!(moved(list(), 1, true, false), ["b", "a", "c"]);
    assert_eq!(moved(list(), 2, false, false), list());
    assert_eq!(moved(list(), 9, true, false), list());
}

// PRF6
#[test]
fn one_answer_is_not_yet_typical() {
    assert_eq!(typical_days(&[1]), None);
    assert_eq!(typical_days(&[6, 1, 2]), Some(2));
}

#[test]
fn two_answers_make_a_duo_and_one_no_ends_it() {
    assert_eq!(settle("", ""), Settled::Waiting);
    assert_eq!(settle("yes", ""), Settled::Waiting);
    assert_eq!(settle("yes", "yes"), Settled::Form);
    assert_eq!(settle("", "no"), Settled::Refused);
    assert_eq!(settle("no", "yes"), Settled::Refused);
}

#[test]
fn a_proposal_is_answered_once_and_in_time() {
    let open = || ProposalFacts { state: "sent", now: noon(), due_at: Some(noon()), said: "" };
    assert_eq!(answer_proposal(&open()), Ok(()));
    assert_eq!(answer_proposal(&ProposalFacts { said: "yes", ..open() }), Err(ProposalRefusal::Answered));
    assert_eq!(answer_proposal(&ProposalFacts { state: "formed", ..open() }), Err(ProposalRefusal::Settled));
    let late = ProposalFacts { now: noon() + SignedDuration::from_secs(1), ..open() };
    assert_eq!(answer_proposal(&late), Err(ProposalRefusal::Late));
}
