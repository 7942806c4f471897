//! Everything that can happen between mentees, mentors and the chair, in any order, beside a
//! plain model of the rules: after each step both say the same, no mentor has more
//! duos than they take or more waiting than the committee allows, and no mentee asks two at once. SLF1–SLF6
//!
//! Most cases ask the pages themselves, each step in a unit of work of its own as behind a
//! door; a few go through the doors. Beside the model go some that have a rule wrong: each
//! of them must part from the program in some case, or the cases would prove nothing.

mod model;
mod world;
mod wrong;

use std::cell::{Cell, RefCell};

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use testing::{
    Kind,
    models::{self, Noticed, OFTEN, all_are_noticed, side_by_side},
    postgres_or_note,
};

use self::{
    model::{Does, Model, Step, Terms},
    world::{Way, World},
    wrong::Wrong,
};

pub(crate) const MENTEES: usize = 6;
pub(crate) const MENTORS: usize = 7;
const STEPS: usize = 200;
/// On SQLite; more with `MODEL_CASES`.
const CASES: u32 = 500;
/// On PostgreSQL, which waits for a network, and through the doors.
const SOME: u32 = 6;

/// Two mentors are wanted more than the others.
fn mentor() -> impl Strategy<Value = usize> {
    prop_oneof![1 => 0..2_usize, 1 => 0..MENTORS]
}

/// Whoever is asked, or now and then anybody else.
fn asked() -> impl Strategy<Value = Option<usize>> {
    prop_oneof![6 => Just(None), 1 => (0..MENTORS).prop_map(Some)]
}

fn step() -> impl Strategy<Value = Step> {
    let mentee = || 0..MENTEES;
    let does = prop_oneof![1 => Just(Does::Yes), 6 => Just(Does::No), 6 => Just(Does::TakeBack)];
    prop_oneof![
        30 => (mentee(), mentor()).prop_map(|(mentee, mentor)| Step::Ask(mentee, mentor)),
        3 => (mentee(), asked()).prop_map(|(mentee, mentor)| Step::Accept(mentee, mentor)),
        6 => (mentee(), asked()).prop_map(|(mentee, mentor)| Step::Decline(mentee, mentor)),
        6 => (mentee(), asked()).prop_map(|(mentee, mentor)| Step::Question(mentee, mentor)),
        10 => (mentee(), asked()).prop_map(|(mentee, mentor)| Step::Reply(mentee, mentor)),
        6 => mentee().prop_map(Step::Withdraw),
        3 => (mentee(), mentor()).prop_map(|(mentee, mentor)| Step::Strike(mentee, mentor)),
        4 => (mentee(), mentor()).prop_map(|(mentee, mentor)| Step::Up(mentee, mentor)),
        5 => (mentor(), prop::bool::weighted(0.4)).prop_map(|(mentor, paused)| Step::Pause(mentor, paused)),
        12 => (mentor(), prop_oneof![1 => Just(1), 2 => 2..4_usize]).prop_map(|(mentor, mentees)| Step::Takes(mentor, mentees)),
        4 => (mentee(), does).prop_map(|(mentee, does)| Step::ByChair(mentee, does)),
        12 => (1_i64..40).prop_map(Step::Wait),
        1 => (100_i64..220).prop_map(Step::Wait),
        14 => Just(Step::Work),
    ]
}

const USUAL: Terms = Terms { days: 7, reminders: [3, 6], list: 5, waiting: 3, each: 1 };

/// The usual terms, the same with two mentees for each mentor, or whatever the committee may decide.
fn terms() -> impl Strategy<Value = Terms> {
    let any = (3_i64..11, 0_i64..3, 0_i64..9, 1_usize..7, 1_usize..5, 1_usize..4);
    let any = any.prop_map(|(days, first, second, list, waiting, each)| {
        let second = if second < days && second > first { second } else { 0 };
        Terms { days, reminders: [first, second], list, waiting, each }
    });
    prop_oneof![2 => Just(USUAL), 2 => Just(Terms { each: 2, ..USUAL }), 2 => any]
}

/// Plays one case; how many of its steps counted.
fn play(world: &World, terms: Terms, steps: &[Step], noticed: &RefCell<Noticed>) -> Result<usize, TestCaseError> {
    let (cohort, mut model) = world.begin(terms);
    let is_rare = |wrong: &&Wrong| noticed.borrow().get(wrong.name()).is_none_or(|times| *times < OFTEN);
    let mut others: Vec<Model> = Wrong::ALL.iter().filter(is_rare).map(|wrong| model.getting(*wrong)).collect();
    let (mut counted, letters) = (0, world.reminders());
    for (number, step) in steps.iter().enumerate() {
        let (here, there) = (model.take(*step), world.take(cohort, *step));
        // A list answers in a sentence what cannot be done, and is judged by what it holds.
        let is_told = !matches!(step, Step::Strike(..) | Step::Up(..));
        prop_assert!(!is_told || here == there, "step {number} {step:?} at {}: {there}", model.now);
        let books = world.books(cohort);
        for mentor in 0..model.mentors() {
            let asked = books.mentees.iter().filter(|it| it.live.iter().any(|live| live.0 == mentor)).count();
            let duos = books.mentees.iter().filter(|it| it.paired.contains(&mentor)).count();
            prop_assert!(asked <= terms.waiting, "step {number}: {asked} wait for {mentor}");
            prop_assert!(duos <= model.takes[mentor], "step {number}: {mentor} has {duos} duos");
        }
        let alone = |it: &world::Stands| it.live.len() + it.paired.len() <= 1;
        prop_assert!(books.mentees.iter().all(alone), "step {number}: {books:?}");
        prop_assert_eq!(&books, &world::expected(&model), "step {} {:?} at {}", number, step, model.now);
        others.retain_mut(|other| {
            let is_wrong = other.take(*step) != there && is_told || world::expected(other) != books;
            if is_wrong {
                *noticed.borrow_mut().entry(other.wrong.map_or("", Wrong::name)).or_default() += 1;
            }
            !is_wrong
        });
        counted += usize::from(here);
    }
    prop_assert_eq!(world.reminders() - letters, model.letters, "letters that remind");
    Ok(counted)
}

/// A house that remembers many cases is slow to look through them.
const IN_ONE_HOUSE: usize = 25;

fn played(kind: Kind, way: Way, cases: u32) -> (usize, Noticed) {
    let (world, begun) = (RefCell::new(World::new(kind.clone(), way)), Cell::new(0));
    let (counted, noticed) = (RefCell::new(0), RefCell::new(Noticed::new()));
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 100, ..Config::default() };
    let case = (terms(), prop::collection::vec(step(), STEPS));
    let played = TestRunner::new(config).run(&case, |(terms, steps)| {
        begun.set(begun.get() + 1);
        if begun.get() % IN_ONE_HOUSE == 0 {
            world.replace(World::new(kind.clone(), way));
        }
        *counted.borrow_mut() += play(&world.borrow(), terms, &steps, &noticed)?;
        Ok(())
    });
    played.unwrap_or_else(|failure| panic!("{failure}"));
    (counted.into_inner(), noticed.into_inner())
}

/// Half of the cases each on two houses, side by side.
fn requests_go_as_the_model_goes(kind: &Kind, way: Way, cases: u32) -> Noticed {
    side_by_side(cases, cases as usize * STEPS / 4, |cases| played(kind.clone(), way, cases))
}

// SLF1, SLF2, SLF3, SLF4, SLF5, SLF6, PRF3, PRF5
#[test]
fn requests_go_as_the_model_goes_and_as_no_wrong_one_does_on_sqlite() {
    let cases = models::cases(CASES);
    let noticed = requests_go_as_the_model_goes(&Kind::Sqlite, Way::Pages, cases);
    all_are_noticed(&noticed, Wrong::ALL.iter().map(|it| (it.name(), it.words())), cases);
}

// SLF1, SLF2, SLF3, SLF4, SLF5, SLF6, PRF3
#[test]
fn requests_go_as_the_model_goes_through_the_doors() {
    requests_go_as_the_model_goes(&Kind::Sqlite, Way::Doors, SOME);
}

// SLF1, SLF2, SLF3, SLF4, SLF5, SLF6, PRF3
#[test]
fn requests_go_as_the_model_goes_on_postgresql() {
    if let Some(kind) = postgres_or_note("requests_go_as_the_model_goes_on_postgresql") {
        requests_go_as_the_model_goes(&kind, Way::Pages, SOME);
    }
}
