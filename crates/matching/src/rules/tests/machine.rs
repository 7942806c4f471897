//! A small world of mentees and mentors who do anything in any order. Whatever they do,
//! the rules keep their promises.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::terms::Terms;

#[derive(Clone, Debug)]
enum Step {
    Ask { mentee: usize, mentor: usize },
    Answer { request: usize, yes: bool },
    Withdraw { request: usize },
    Pause { mentor: usize },
    Days { days: i64 },
}

#[derive(Clone, Debug)]
struct Request {
    mentee: usize,
    mentor: usize,
    state: State,
    due_at: Timestamp,
}

const MENTEES: usize = 6;
const MENTORS: usize = 4;

struct World {
    terms: Terms,
    now: Timestamp,
    lists: [Vec<usize>; MENTEES],
    paused: BTreeSet<usize>,
    requests: Vec<Request>,
    duos: Vec<(usize, usize)>,
}

impl World {
    fn new(terms: Terms) -> Self {
        let lists = std::array::from_fn(|_| Vec::new());
        Self { terms, now: noon(), lists, paused: BTreeSet::new(), requests: Vec::new(), duos: Vec::new() }
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Ask { mentee, mentor } => self.ask(mentee, mentor),
            Step::Answer { request, yes } => self.answer(request, yes),
            Step::Withdraw { request } => self.end_if_asked(request, State::Withdrawn),
            Step::Pause { mentor } => {
                if !self.paused.remove(&mentor) {
                    self.paused.insert(mentor);
                }
            }
            Step::Days { days } => self.wait(days),
        }
        self.keeps_its_promises();
    }

    fn ask(&mut self, mentee: usize, mentor: usize) {
        let facts = AskFacts {
            terms: self.terms,
            directory_open: true,
            mentee_paired: self.mentee_paired(mentee),
            has_live_request: self.has_live(mentee),
            mentor_state: self.state_of(mentor),
            waiting: self.waiting(mentor),
            same_employer: false,
            kept_apart: false,
            asked_before: self.requests.iter().any(|it| (it.mentee, it.mentor) == (mentee, mentor)),
            on_list: self.lists[mentee].contains(&mentor),
            listed: self.lists[mentee].len(),
            note: "Hello",
        };
        if ask(&facts).is_ok() {
            self.lists[mentee].push(mentor);
            self.advance(mentee);
        }
    }

    fn answer(&mut self, request: usize, yes: bool) {
        let Some(asked) = self.requests.get(request).cloned() else { return };
        let facts = AnswerFacts {
            state: asked.state,
            now: self.now,
            due_at: asked.due_at,
            says_yes: yes,
            mentor_paired: self.mentor_paired(asked.mentor),
            mentee_paired: self.mentee_paired(asked.mentee),
        };
        match answer(&facts) {
            Ok(State::Accepted) => {
                self.requests[request].state = State::Accepted;
                self.duos.push((asked.mentee, asked.mentor));
                self.lists[asked.mentee].clear();
                for other in self.asked_of(asked.mentor) {
                    self.end_if_asked(other, State::Taken);
                }
            }
            Ok(state) => self.end_if_asked(request, state),
            Err(_) => {}
        }
    }

    fn end_if_asked(&mut self, request: usize, state: State) {
        let Some(asked) = self.requests.get_mut(request).filter(|it| it.state == State::Asked) else { return };
        asked.state = state;
        let (mentee, mentor) = (asked.mentee, asked.mentor);
        self.lists[mentee].retain(|it| *it != mentor);
        self.advance(mentee);
    }

    fn wait(&mut self, days: i64) {
        self.now += SignedDuration::from_hours(24 * days);
        for request in 0..self.requests.len() {
            if self.requests[request].due_at < self.now {
                self.end_if_asked(request, State::Lapsed);
            }
        }
    }

    fn advance(&mut self, mentee: usize) {
        let wishes: Vec<Wanted> = self.lists[mentee]
            .iter()
            .map(|mentor| Wanted { mentor_state: self.state_of(*mentor), waiting: self.waiting(*mentor) })
            .collect();
        let facts = AdvanceFacts {
            waiting_at_most: self.terms.waiting,
            directory_open: true,
            mentee_paired: self.mentee_paired(mentee),
            has_live_request: self.has_live(mentee),
            wishes: &wishes,
        };
        if let Advance::Ask(place) = advance(&facts) {
            let mentor = self.lists[mentee][place];
            let due_at = self.now + SignedDuration::from_hours(24 * self.terms.answer_days);
            self.requests.push(Request { mentee, mentor, state: State::Asked, due_at });
        }
    }

    fn keeps_its_promises(&self) {
        for mentee in 0..MENTEES {
            let live = self.requests.iter().filter(|it| it.mentee == mentee && it.state == State::Asked).count();
            assert!(live <= 1, "mentee {mentee} has {live} live requests");
            assert!(self.lists[mentee].len() <= self.terms.room());
            assert!(self.duos.iter().filter(|duo| duo.0 == mentee).count() <= 1);
        }
        for mentor in 0..MENTORS {
            assert!(self.waiting(mentor) <= self.terms.waiting, "mentor {mentor}");
            assert!(self.duos.iter().filter(|duo| duo.1 == mentor).count() <= 1);
            assert!(!self.mentor_paired(mentor) || self.waiting(mentor) == 0, "a request waits for nothing");
        }
    }

    fn state_of(&self, mentor: usize) -> MentorState {
        match (self.mentor_paired(mentor), self.paused.contains(&mentor)) {
            (true, _) => MentorState::Taken,
            (_, true) => MentorState::Paused,
            _ => MentorState::Free,
        }
    }

    fn asked_of(&self, mentor: usize) -> Vec<usize> {
        let asked = |it: &usize| self.requests[*it].mentor == mentor && self.requests[*it].state == State::Asked;
        (0..self.requests.len()).filter(asked).collect()
    }

    fn waiting(&self, mentor: usize) -> i64 {
        i64::try_from(self.asked_of(mentor).len()).unwrap_or(i64::MAX)
    }

    fn has_live(&self, mentee: usize) -> bool {
        self.requests.iter().any(|it| it.mentee == mentee && it.state == State::Asked)
    }

    fn mentee_paired(&self, mentee: usize) -> bool {
        self.duos.iter().any(|duo| duo.0 == mentee)
    }

    fn mentor_paired(&self, mentor: usize) -> bool {
        self.duos.iter().any(|duo| duo.1 == mentor)
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..MENTEES, 0..MENTORS).prop_map(|(mentee, mentor)| Step::Ask { mentee, mentor }),
        3 => (0..24usize, any::<bool>()).prop_map(|(request, yes)| Step::Answer { request, yes }),
        1 => (0..24usize).prop_map(|request| Step::Withdraw { request }),
        1 => (0..MENTORS).prop_map(|mentor| Step::Pause { mentor }),
        1 => (0..9i64).prop_map(|days| Step::Days { days }),
    ]
}

/// Whatever the committee allows.
fn terms() -> impl Strategy<Value = Terms> {
    let any = (2..15i64, 1..8i64, 1..6i64);
    any.prop_map(|(answer_days, wishes, waiting)| Terms { answer_days, wishes, waiting, ..Terms::USUAL })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    // SLF1, SLF3, SLF5
    #[test]
    fn nobody_has_two_live_requests_too_many_waiting_or_two_duos(
        terms in terms(),
        steps in prop::collection::vec(step(), 200),
    ) {
        let mut world = World::new(terms);
        for step in &steps {
            world.take(step);
        }
    }
}

#[test]
fn the_small_world_does_form_duos_and_fill_queues() {
    let mut world = World::new(Terms::USUAL);
    for mentee in 0..4 {
        world.take(&Step::Ask { mentee, mentor: 0 });
    }
    assert_eq!(world.waiting(0), world.terms.waiting);
    world.take(&Step::Ask { mentee: 1, mentor: 1 });
    world.take(&Step::Answer { request: 0, yes: true });
    assert_eq!(world.duos, [(0, 0)]);
    assert_eq!(world.waiting(1), 1, "the second mentee moved on at once");
}
