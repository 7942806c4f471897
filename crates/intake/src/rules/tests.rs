use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, date},
};
use policy::Role;
use proptest::prelude::*;

use super::{
    eligible::{Facts, RoleRules, Rules, Strength, eligibility},
    queue::{
        Board, CallRefusal, OfferRefusal, PlacesRefusal, answer_offer, call, chance, change_places, has_place, offers,
    },
    status::{Days, State, next, words},
    withdrawal::{Facts as WithdrawalFacts, WithdrawalRefusal, withdraw},
    *,
};

mod eligible;

const TODAY: Date = date(2026, 2, 20);
const MEMBER: Standing = Standing::Member { first_year: false };
const NEW_MEMBER: Standing = Standing::Member { first_year: true };

fn judged(role: Role, standing: Standing, promises: bool) -> Verdict {
    let rules = preset_rules();
    judged_by(rules.of(role), role, standing, promises)
}

/// As the program comes: members in good standing, and among mentees first those in their
/// first year, and those who promise to join.
fn preset_rules() -> Rules {
    let mentor = RoleRules { standing: Strength::Must, ..RoleRules::default() };
    Rules { mentee: RoleRules { promise: true, first_year: Strength::Should, ..mentor.clone() }, mentor, on: None }
}

fn facts(rules: &RoleRules, role: Role, standing: Standing, promises: bool) -> Facts<'_> {
    Facts {
        role,
        rules,
        standing,
        category: "regular",
        was_mentee: false,
        promises,
        judged_on: TODAY,
        judged_for: TODAY,
        join_by: date(2026, 6, 27),
        association: "the Guild",
        counts_because: None,
    }
}

fn judged_by(rules: &RoleRules, role: Role, standing: Standing, promises: bool) -> Verdict {
    eligibility(&facts(rules, role, standing, promises))
}

// CAP2, CAP6
#[test]
fn who_would_apply_now_reads_the_place_that_is_left_for_them() {
    let board = |places, taken, held| Board { places, taken, held };
    let said = |board: &Board, waiting| chance(board, waiting, TODAY, TODAY);
    assert!(said(&board(25, 24, 0), 0).starts_with("The first 25 complete and eligible applications have a place"));
    assert!(said(&board(1, 0, 0), 0).starts_with("The first complete and eligible application has the one place"));
    let full = "All 25 places are taken; you would be number 5 on the waiting list.";
    assert_eq!(said(&board(25, 25, 0), 4), full);
    assert_eq!(said(&board(25, 24, 1), 4), full, "a place that is held is not free");
    assert_eq!(said(&board(25, 24, 0), 4), full, "who waits comes first");
    assert_eq!(said(&board(1, 1, 0), 0), "The one place is taken; you would be number 1 on the waiting list.");
    let late = chance(&board(25, 25, 0), 4, date(2026, 6, 21), date(2026, 6, 20));
    assert_eq!(late, "All 25 places are taken, and places are no longer offered in this cohort.");
}

// ELG3
#[test]
fn who_is_eligible_follows_from_standing_and_promise() {
    let cases = [
        (Role::Mentee, MEMBER, false, (true, false, "member")),
        (Role::Mentee, NEW_MEMBER, false, (true, false, "member, first year")),
        (Role::Mentee, NEW_MEMBER, true, (true, false, "member, first year")),
        (Role::Mentee, Standing::Lapsed, false, (false, false, "not eligible")),
        (Role::Mentee, Standing::Lapsed, true, (true, true, "promises to join")),
        (Role::Mentee, Standing::Unknown, false, (false, false, "not eligible")),
        (Role::Mentee, Standing::Unknown, true, (true, true, "promises to join")),
        (Role::Mentor, MEMBER, false, (true, false, "member")),
        (Role::Mentor, Standing::Lapsed, true, (false, false, "not eligible")),
        (Role::Mentor, Standing::Unknown, true, (false, false, "not eligible")),
    ];
    for (role, standing, promises, expected) in cases {
        let verdict = judged(role, standing, promises);
        assert_eq!(
            (verdict.eligible, verdict.by_promise, verdict.short()),
            expected,
            "{role:?} {standing:?} {promises}"
        );
    }
}

// ELG3
#[test]
fn every_refusal_says_what_to_do() {
    for (role, standing) in [
        (Role::Mentee, Standing::Lapsed),
        (Role::Mentee, Standing::Unknown),
        (Role::Mentor, Standing::Lapsed),
        (Role::Mentor, Standing::Unknown),
    ] {
        let reasons = judged(role, standing, false).reasons();
        assert!(reasons.contains("Renew it") || reasons.contains("member number"), "{reasons}");
        assert!(reasons.contains("the Guild"), "{reasons}");
    }
    assert!(judged(Role::Mentee, Standing::Unknown, false).reasons().contains("27 June 2026"));
    assert_eq!(judged(Role::Mentee, MEMBER, false).reasons(), "");
}

// ELG5
#[test]
fn the_first_year_is_a_preference_and_never_a_refusal() {
    let later = judged(Role::Mentee, MEMBER, false);
    assert!(later.eligible);
    assert_eq!(later.words.iter().map(|it| it.weight).collect::<Vec<_>>(), [Weight::Met, Weight::Note]);
    let first = judged(Role::Mentee, NEW_MEMBER, false);
    assert_eq!(first.words.iter().map(|it| it.weight).collect::<Vec<_>>(), [Weight::Met, Weight::Met]);
    assert_eq!(judged(Role::Mentor, MEMBER, false).words.len(), 1);
    assert_eq!(first.judged_on, TODAY);
}

// CAP1
#[test]
fn a_place_is_taken_only_where_one_is_free_and_nobody_waits() {
    let board = |places, taken, held| Board { places, taken, held };
    assert!(has_place(&board(25, 24, 0), 0));
    assert!(!has_place(&board(25, 25, 0), 0));
    assert!(!has_place(&board(25, 24, 1), 0), "a place that is offered is not free");
    assert!(!has_place(&board(25, 24, 0), 1), "who waits comes first");
}

// CAP3
#[test]
fn places_are_offered_up_to_a_week_before_the_orientation() {
    let board = Board { places: 25, taken: 20, held: 2 };
    let last = date(2026, 6, 20);
    assert_eq!(offers(&board, 2, last, last), 2);
    assert_eq!(offers(&board, 9, last, last), 3);
    assert_eq!(offers(&board, 9, date(2026, 6, 21), last), 0);
}

// CAP4
#[test]
fn another_number_of_places_admits_those_who_wait_and_takes_nothing_back() {
    let board = Board { places: 25, taken: 24, held: 1 };
    assert_eq!(change_places(&board, Some(30), 3), Ok(3));
    assert_eq!(change_places(&board, Some(30), 9), Ok(5));
    assert_eq!(change_places(&board, Some(25), 9), Ok(0));
    assert_eq!(change_places(&board, Some(24), 9), Err(PlacesRefusal::Given(25)));
    for none in [None, Some(0), Some(-1), Some(5001)] {
        assert_eq!(change_places(&board, none, 9), Err(PlacesRefusal::NoNumber));
    }
}

#[test]
fn an_offer_is_answered_once_and_in_time() {
    let now = Timestamp::UNIX_EPOCH;
    let later = now + SignedDuration::from_secs(1);
    assert_eq!(answer_offer(false, later, now), Ok(()));
    assert_eq!(answer_offer(false, now, now), Err(OfferRefusal::Lapsed));
    assert_eq!(answer_offer(true, later, now), Err(OfferRefusal::Answered));
}

#[test]
fn the_call_is_open_from_its_first_day_to_its_last() {
    let (opens, closes) = (date(2026, 2, 17), date(2026, 4, 20));
    assert_eq!(call(true, opens, closes, opens), Ok(()));
    assert_eq!(call(true, opens, closes, closes), Ok(()));
    assert_eq!(call(true, opens, closes, date(2026, 2, 16)), Err(CallRefusal::NotYet(opens)));
    assert_eq!(call(true, opens, closes, date(2026, 4, 21)), Err(CallRefusal::Over(closes)));
    assert_eq!(call(false, opens, closes, opens), Err(CallRefusal::NoCohort));
    assert_eq!(
        CallRefusal::NotYet(opens).to_string(),
        "The call opens on 17 February 2026. You can apply from that day on."
    );
}

// APP5
#[test]
fn an_application_is_withdrawn_at_any_time_before_the_session() {
    let orientation = date(2026, 6, 27);
    let facts = |state, today| WithdrawalFacts { state, today, orientation };
    for state in [State::Draft, State::Placed, State::Waiting, State::Offered, State::Refused, State::Review] {
        assert_eq!(withdraw(&facts(state, date(2026, 6, 26))), Ok(()), "{state:?}");
    }
    assert_eq!(withdraw(&facts(State::Placed, orientation)), Err(WithdrawalRefusal::SessionBegan));
    assert_eq!(withdraw(&facts(State::Waiting, orientation)), Ok(()));
    assert_eq!(withdraw(&facts(State::Withdrawn, TODAY)), Err(WithdrawalRefusal::Over));
    assert_eq!(withdraw(&facts(State::Passed, TODAY)), Err(WithdrawalRefusal::Over));
}

// APP4
#[test]
fn the_status_has_the_words_of_the_program() {
    let all: Vec<String> = State::ALL.into_iter().map(|state| words(state, Some(3))).collect();
    assert_eq!(
        all,
        [
            "draft",
            "accepted",
            "waiting list (place 3)",
            "waiting list (a place is offered)",
            "not this time",
            "not this time",
            "under review",
            "withdrawn"
        ]
    );
    for state in State::ALL {
        assert_eq!(State::from_key(state.key()), Some(state));
    }
}

// APP4
#[test]
fn what_happens_next_is_said_in_every_state_with_the_day_where_there_is_one() {
    let days = |today| Days {
        today,
        call_closes: date(2026, 4, 20),
        directory_opens: date(2026, 4, 27),
        offers_end: date(2026, 6, 20),
        orientation: date(2026, 6, 27),
    };
    for role in [Role::Mentee, Role::Mentor] {
        for state in State::ALL {
            for today in [TODAY, date(2026, 5, 1), date(2026, 6, 25)] {
                let said = next(role, state, &days(today));
                assert!(said.ends_with('.') && said.len() > 20, "{role:?} {state:?} {today}: {said}");
            }
        }
    }
    assert!(next(Role::Mentee, State::Draft, &days(TODAY)).contains("20 April 2026"));
    assert!(next(Role::Mentee, State::Waiting, &days(TODAY)).contains("20 June 2026"));
    assert!(next(Role::Mentee, State::Waiting, &days(date(2026, 6, 25))).contains("no longer offered"));
    assert!(next(Role::Mentee, State::Placed, &days(TODAY)).contains("27 April 2026"));
}

/// The line as the rules move it, in memory.
#[derive(Clone, Debug, Default)]
struct World {
    board: Board,
    /// The state of each submission, in the order of its number.
    line: Vec<State>,
}

#[derive(Clone, Debug)]
enum Event {
    Submit,
    Withdraw(usize),
    Accept(usize),
    Pass(usize),
    Places(i64),
}

impl World {
    fn all(&self, state: State) -> Vec<usize> {
        (0..self.line.len()).filter(|index| self.line[*index] == state).collect()
    }

    fn waiting(&self) -> i64 {
        self.all(State::Waiting).len() as i64
    }

    fn pick(&self, state: State, index: usize) -> Option<usize> {
        let all = self.all(state);
        (!all.is_empty()).then(|| all[index % all.len()])
    }

    fn offer(&mut self) {
        let many = offers(&self.board, self.waiting(), TODAY, TODAY);
        for index in self.all(State::Waiting).into_iter().take(many as usize) {
            self.line[index] = State::Offered;
            self.board.held += 1;
        }
    }

    fn happen(&mut self, event: &Event) {
        match *event {
            Event::Submit => {
                let placed = has_place(&self.board, self.waiting());
                self.board.taken += i64::from(placed);
                self.line.push(if placed { State::Placed } else { State::Waiting });
            }
            Event::Withdraw(index) if !self.line.is_empty() => {
                let index = index % self.line.len();
                match self.line[index] {
                    State::Placed => self.board.taken -= 1,
                    State::Offered => self.board.held -= 1,
                    State::Waiting => {}
                    _ => return,
                }
                self.line[index] = State::Withdrawn;
            }
            Event::Accept(index) => {
                let Some(index) = self.pick(State::Offered, index) else { return };
                self.line[index] = State::Placed;
                self.board.held -= 1;
                self.board.taken += 1;
            }
            Event::Pass(index) => {
                let Some(index) = self.pick(State::Offered, index) else { return };
                self.line[index] = State::Passed;
                self.board.held -= 1;
            }
            Event::Places(wanted) => {
                let Ok(admits) = change_places(&self.board, Some(wanted), self.waiting()) else { return };
                self.board.places = wanted;
                for index in self.all(State::Waiting).into_iter().take(admits as usize) {
                    self.line[index] = State::Placed;
                    self.board.taken += 1;
                }
            }
            Event::Withdraw(_) => {}
        }
        self.offer();
    }
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        5 => Just(Event::Submit),
        2 => any::<usize>().prop_map(Event::Withdraw),
        2 => any::<usize>().prop_map(Event::Accept),
        1 => any::<usize>().prop_map(Event::Pass),
        1 => (1..12i64).prop_map(Event::Places),
    ];
    prop::collection::vec(event, 0..120)
}

proptest! {
    // CAP1, CAP3, CAP5: whatever happens in whatever order.
    #[test]
    fn no_place_is_given_twice_and_nobody_is_overtaken(places in 1..8i64, events in events()) {
        let mut world = World { board: Board { places, ..Board::default() }, ..World::default() };
        for event in &events {
            world.happen(event);
            prop_assert_eq!(world.board.taken, world.all(State::Placed).len() as i64);
            prop_assert_eq!(world.board.held, world.all(State::Offered).len() as i64);
            prop_assert!(world.board.taken + world.board.held <= world.board.places);
            prop_assert!(world.board.free() == 0 || world.waiting() == 0, "somebody waits beside a free place");
            let first_waiting = world.all(State::Waiting).into_iter().min();
            let last_served = [State::Placed, State::Offered].iter().flat_map(|it| world.all(*it)).max();
            if let (Some(waits), Some(served)) = (first_waiting, last_served) {
                prop_assert!(served < waits, "number {served} was served before number {waits}");
            }
        }
    }
}
