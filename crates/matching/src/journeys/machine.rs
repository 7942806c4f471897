//! Everything that can happen between mentees and mentors, in any order and through the doors,
//! beside a plain model of the rules: after each step both say the same, no mentor has more
//! than one duo or more than three who wait, and no mentee asks two at once. SLF1–SLF5
//!
//! That it can fail was shown by a single number: with eight days to answer instead of seven
//! (`moves::ask`) the first case stops.

mod model;

use std::collections::BTreeMap;

use forms::Answers;
use jiff::SignedDuration;
use platform::prelude::*;
use policy::Role;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::json;
use testing::{House, Kind, postgres_or_note};

use self::model::{MOST_WAITING, Model, Step};

const MENTEES: usize = 6;
const MENTORS: usize = 4;
const STEPS: usize = 200;
/// On SQLite; on PostgreSQL, which waits for a network, some. More with `MODEL_CASES`.
const CASES: u32 = 40;
const SOME: u32 = 4;

fn step() -> impl Strategy<Value = Step> {
    let two = || (0..MENTEES, 0..MENTORS);
    prop_oneof![
        8 => two().prop_map(|(mentee, mentor)| Step::Ask(mentee, mentor)),
        1 => two().prop_map(|(mentee, mentor)| Step::Accept(mentee, mentor)),
        3 => two().prop_map(|(mentee, mentor)| Step::Decline(mentee, mentor)),
        4 => (0..MENTEES).prop_map(Step::Withdraw),
        2 => two().prop_map(|(mentee, mentor)| Step::Strike(mentee, mentor)),
        2 => two().prop_map(|(mentee, mentor)| Step::Up(mentee, mentor)),
        3 => (1_i64..40).prop_map(Step::Wait),
    ]
}

struct World {
    house: House,
    mentees: Vec<(String, Id)>,
    mentors: Vec<(String, Id)>,
}

impl World {
    fn new(kind: Kind) -> Self {
        let house = House::open(kind, crate::doors(), crate::jobs).unwrap();
        let people = |many: usize, word: &str| -> Vec<(String, Id)> {
            (0..many).map(|number| format!("{word}{number}")).map(|who| (who.clone(), house.person(&who))).collect()
        };
        let (mentees, mentors) = (people(MENTEES, "mentee"), people(MENTORS, "mentor"));
        Self { mentees, mentors, house }
    }

    /// A cohort in which mentees have begun to choose.
    fn begin(&self) -> (Id, Model) {
        let people: Vec<(Id, Role)> = self
            .mentees
            .iter()
            .map(|it| (it.1, Role::Mentee))
            .chain(self.mentors.iter().map(|it| (it.1, Role::Mentor)))
            .collect();
        let cohort = self.house.write(move |tx| {
            for last in program::cohorts::all(tx)?.iter().filter(|it| it.is_open()) {
                program::cohorts::close(tx, last.id, None)?;
            }
            let (name, today) = (format!("Case {}", tx.fresh_id()), program::today(tx)?);
            let new = program::cohorts::NewCohort {
                name: &name,
                annual_meeting: program::rules::calendar::add(today, 38),
                midwinter: None,
                next_annual_meeting: None,
                places: 25,
                begun_from: None,
            };
            let cohort = program::cohorts::add(tx, &new, None)?;
            program::cohorts::open(tx, cohort, None)?;
            people.iter().try_for_each(|(person, role)| join(tx, cohort, *person, *role))?;
            Ok(cohort)
        });
        for (who, id) in self.mentees.iter().chain(&self.mentors) {
            self.house.sign_in(who, *id);
        }
        self.house.run_jobs();
        let model = self.house.read(move |tx| {
            let here = program::the_cohort(tx, cohort)?;
            let calendar = program::calendar::of(tx, &here)?;
            let (zone, closes) = (calendar.zone().clone(), calendar.day("directory_closes"));
            Ok(Model::new(MENTEES, MENTORS, tx.now(), zone, closes))
        });
        (cohort, model)
    }

    /// Does the same through the doors; whether it counted.
    fn take(&self, cohort: Id, step: Step) -> bool {
        let kept = |answer: testing::Answer| {
            assert!(matches!(answer.status, 303 | 404 | 409 | 422), "{step:?}: {} {}", answer.status, answer.text());
            answer.status == 303
        };
        let wishes = |mentee: usize, mentor: usize, what: &str| {
            let mentor = self.mentors[mentor].1.to_string();
            let answer = self.house.post(&self.mentees[mentee].0, "/wishes", &[("mentor", &mentor), ("what", what)]);
            kept(answer)
        };
        let counts = match step {
            Step::Ask(mentee, mentor) => {
                let path = format!("/mentors/{}/request", self.mentors[mentor].1);
                kept(self.house.post(&self.mentees[mentee].0, &path, &[("note", "I would like to learn from you.")]))
            }
            Step::Accept(mentee, mentor) | Step::Decline(mentee, mentor) => {
                let Some(request) = self.newest(cohort, mentee, mentor) else { return self.work(false) };
                let verb = if matches!(step, Step::Accept(..)) { "acceptance" } else { "refusal" };
                let answer = if verb == "acceptance" { "yes" } else { "no" };
                let path = format!("/requests/{request}/{verb}");
                kept(self.house.post(&self.mentors[mentor].0, &path, &[("answer", answer)]))
            }
            Step::Withdraw(mentee) => {
                let Some(request) = self.live(cohort, mentee) else { return self.work(false) };
                kept(self.house.post(&self.mentees[mentee].0, &format!("/requests/{request}/withdrawal"), &[]))
            }
            // The page says so in a sentence where nothing is done.
            Step::Strike(mentee, mentor) => wishes(mentee, mentor, "remove"),
            Step::Up(mentee, mentor) => wishes(mentee, mentor, "up"),
            Step::Wait(hours) => {
                self.house.app.db.ground.clock.advance(SignedDuration::from_hours(hours));
                true
            }
        };
        self.work(counts)
    }

    fn work(&self, counts: bool) -> bool {
        self.house.run_jobs();
        counts
    }

    fn newest(&self, cohort: Id, mentee: usize, mentor: usize) -> Option<Id> {
        let (mentee, mentor) = (self.mentees[mentee].1, self.mentors[mentor].1);
        let made = self.house.read(move |tx| crate::requests::of_mentee(tx, cohort, mentee));
        made.iter().filter(|it| it.mentor == mentor).max_by_key(|it| (it.is_open(), it.asked_at)).map(|it| it.id)
    }

    fn live(&self, cohort: Id, mentee: usize) -> Option<Id> {
        let mentee = self.mentees[mentee].1;
        self.house.read(move |tx| crate::requests::live_of(tx, cohort, mentee)).map(|it| it.id)
    }

    fn books(&self, cohort: Id) -> Books {
        let (mentees, mentors) = (self.mentees.clone(), self.mentors.clone());
        self.house.read(move |tx| {
            let number: BTreeMap<Id, usize> = mentors.iter().enumerate().map(|(at, it)| (it.1, at)).collect();
            let duos = duos::in_cohort(tx, cohort)?;
            let mut all = Vec::new();
            for (_, mentee) in &mentees {
                let open: Vec<_> = crate::requests::of_mentee(tx, cohort, *mentee)?;
                let live: Vec<usize> = open.iter().filter(|it| it.is_open()).map(|it| number[&it.mentor]).collect();
                let until = open.iter().find(|it| it.is_open()).map(|it| it.due_at);
                let list = match crate::access::of_list(tx, cohort, *mentee)? {
                    Some(grant) => crate::wishes::of_mentee(tx, &grant, cohort)?,
                    None => Vec::new(),
                };
                let list = list.iter().map(|it| number[&it.mentor]).collect();
                let paired: Vec<usize> =
                    duos.iter().filter(|it| it.mentee == *mentee).map(|it| number[&it.mentor]).collect();
                all.push((live, until, list, paired));
            }
            Ok(all)
        })
    }
}

/// For each mentee: who is asked, until when, whom they would like in order, their duo.
type Books = Vec<(Vec<usize>, Option<jiff::Timestamp>, Vec<usize>, Vec<usize>)>;

fn expected(model: &Model) -> Books {
    let one = |it: &model::Mentee| {
        let live = it.live.iter().map(|(mentor, _)| *mentor).collect();
        (live, it.live.map(|(_, until)| until), it.list.clone(), it.paired.into_iter().collect())
    };
    model.mentees.iter().map(one).collect()
}

fn join(tx: &mut Tx, cohort: Id, person: Id, role: Role) -> Result<(), Failure> {
    program::enrol(tx, person, Some(cohort), role)?;
    let (form, what) = match role {
        Role::Mentor => ("mentor_application", "mentor joined"),
        _ => ("mentee_application", "place taken"),
    };
    let (form, about) = (forms::current(tx, form)?, tx.fresh_id());
    let mut answers = Answers::new();
    if role == Role::Mentor {
        answers.set("mo_name", json!("A mentor"));
        answers.set("mo_can", json!("A calm ear and honest questions."));
        answers.set("mo_expert", json!(["managing people"]));
        answers.set("show", json!(true));
    }
    forms::keep(tx, &form, forms::Keep { cohort: Some(cohort), person, about, answers: &answers, given: true })?;
    let about = if role == Role::Mentor { person } else { about };
    Ok(journal::record(tx, what, about, Some(person), Some(cohort))?)
}

fn play(world: &World, steps: &[Step]) -> Result<usize, TestCaseError> {
    let (cohort, mut model) = world.begin();
    let mut counted = 0;
    for (number, step) in steps.iter().enumerate() {
        let (here, there) = (model.take(*step), world.take(cohort, *step));
        // A list answers in a sentence what cannot be done, and is judged by what it holds.
        if !matches!(step, Step::Strike(..) | Step::Up(..)) {
            prop_assert_eq!(here, there, "step {} {:?} at {}", number, step, model.now);
        }
        let books = world.books(cohort);
        for mentor in 0..model.mentors() {
            let asked = books.iter().filter(|it| it.0.contains(&mentor)).count();
            let duos = books.iter().filter(|it| it.3.contains(&mentor)).count();
            prop_assert!(asked <= MOST_WAITING, "step {}: {} wait for {}", number, asked, mentor);
            prop_assert!(duos <= 1, "step {}: {} has {} duos", number, mentor, duos);
        }
        prop_assert!(books.iter().all(|it| it.0.len() <= 1 && it.3.len() <= 1), "step {}: {:?}", number, books);
        prop_assert_eq!(books, expected(&model), "step {} {:?} at {}", number, step, model.now);
        counted += usize::from(here);
    }
    Ok(counted)
}

/// Half of the cases each on two houses, side by side.
fn requests_go_as_the_model_goes(kind: &Kind, cases: u32) {
    let cases = std::env::var("MODEL_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(cases);
    let counted: usize = std::thread::scope(|scope| {
        let halves = [0, 1].map(|_| scope.spawn(|| counted(kind.clone(), cases.div_ceil(2))));
        halves.into_iter().map(|half| half.join().unwrap()).sum()
    });
    let wanted = cases as usize * STEPS / 5;
    assert!(counted > wanted, "{counted} steps counted, {wanted} wanted");
}

fn counted(kind: Kind, cases: u32) -> usize {
    let world = World::new(kind);
    let counted = std::cell::Cell::new(0);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 100, ..Config::default() };
    let played = TestRunner::new(config).run(&prop::collection::vec(step(), STEPS), |steps| {
        counted.set(counted.get() + play(&world, &steps)?);
        Ok(())
    });
    played.unwrap_or_else(|failure| panic!("{failure}"));
    counted.get()
}

// SLF1, SLF2, SLF4, SLF5
#[test]
fn requests_go_as_the_model_goes_on_sqlite() {
    requests_go_as_the_model_goes(&Kind::Sqlite, CASES);
}

// SLF1, SLF2, SLF4, SLF5
#[test]
fn requests_go_as_the_model_goes_on_postgresql() {
    if let Some(kind) = postgres_or_note("requests_go_as_the_model_goes_on_postgresql") {
        requests_go_as_the_model_goes(&kind, SOME);
    }
}
