//! Everything that can happen to places, in any order, beside a plain model of the rules:
//! after each step both say the same, nobody is in a place that is not there, the line
//! keeps its order, at the end the journal proves how it came about, and the next cohort
//! knows whom to keep. Beside the model go some that have a rule wrong: each must part from
//! the program in some case, or the cases would prove nothing. CAP1–CAP5, CAP7

mod model;
mod wrong;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{SignedDuration, civil::Date};
use platform::{app::Config, ids::Id, prelude::*};
use policy::Role;
use proptest::{
    prelude::*,
    test_runner::{Config as Cases, TestRunner},
};
use testing::{
    House, Kind,
    models::{self, Noticed, OFTEN, all_are_noticed, side_by_side},
    postgres_or_note,
};

use self::{
    model::{Days, Model, Stands, Step},
    wrong::Wrong,
};
use crate::{
    applications::{self, Application},
    call::{self, Call},
    jobs, line, offers,
    offers::OfferAnswer,
    order, places,
    rules::{
        Verdict,
        queue::{answer_offer, change_places},
        status::State,
        withdrawal::{Facts, withdraw},
    },
};

const PEOPLE: usize = 12;
const STEPS: usize = 200;
/// On SQLite; on PostgreSQL, which waits for a network, some.
const CASES: u32 = 500;
const SOME: u32 = 12;

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        36 => (0..PEOPLE).prop_map(Step::Submit),
        30 => (0..PEOPLE).prop_map(Step::Withdraw),
        30 => (0..PEOPLE).prop_map(Step::Accept),
        12 => (0..PEOPLE).prop_map(Step::Pass),
        6 => (0_i64..9).prop_map(Step::Places),
        14 => (0..PEOPLE, any::<bool>()).prop_map(|(who, wanted)| Step::Keep(who, wanted)),
        16 => (1_i64..50).prop_map(Step::Wait),
        16 => Just(Step::Work),
        // Weeks, so that the call and the offers come to their end.
        4 => (400_i64..800).prop_map(Step::Wait),
    ]
}

/// A house, and in it one cohort after the other.
struct World {
    house: House,
    people: Vec<Id>,
    chair: Id,
    /// Whom earlier cohorts left out and kept.
    left_out: RefCell<BTreeSet<Id>>,
}

impl World {
    fn new(kind: Kind) -> Self {
        let house = House::open(kind, crate::journeys::doors(), crate::jobs).unwrap();
        let people = (0..PEOPLE).map(|number| house.person(&format!("p{number:02}"))).collect();
        let chair = house.role("carla", Role::Chair);
        Self { house, people, chair, left_out: RefCell::default() }
    }

    /// A cohort whose call has just begun, and its days in hours from now.
    fn begin(&self, places: i64) -> (Id, Days) {
        self.house.write(move |tx| {
            let today = program::today(tx)?;
            for last in program::cohorts::all(tx)?.iter().filter(|it| it.is_open()) {
                program::cohorts::close(tx, last.id, None)?;
            }
            let name = format!("Case {}", tx.fresh_id());
            let cohort = testing::open_cohort(tx, &name, program::rules::calendar::add(today, 108), places)?;
            let call = call::locked(tx, cohort)?;
            let now = tx.now();
            let first_hour = |day: Date| {
                let begins = call.calendar.at(day, 0).duration_since(now);
                (begins.as_secs() + 3_599).div_euclid(3_600)
            };
            let after = |day: Date| first_hour(program::rules::calendar::add(day, 1));
            let days = Days {
                call_over: after(call.closes(Role::Mentee)),
                offers_over: after(call.offers_end()),
                session: first_hour(call.orientation()),
            };
            Ok((cohort, days))
        })
    }

    /// Whom the next cohort keeps, if this one ends as the model has it.
    fn left_out_with(&self, model: &Model) -> BTreeSet<Id> {
        let mut people = self.left_out.borrow().clone();
        people.extend(model.left_out().into_iter().map(|who| self.people[who]));
        people
    }

    /// Whom the next cohort finds left out, and whose answers it begins with.
    fn next_knows(&self) -> BTreeSet<Id> {
        self.house.app.db.ground.clock.advance(SignedDuration::from_hours(24));
        let (next, _) = self.begin(5);
        let people = self.people.clone();
        self.house.read(move |tx| {
            let next = program::the_cohort(tx, next)?;
            let left_out = BTreeSet::from_iter(crate::left_out_before(tx, &next)?);
            for person in &people {
                let carried = crate::forget::carried_over(tx, &next, Role::Mentee, *person)?.is_some();
                assert_eq!(carried, left_out.contains(person), "what is carried over, and whose");
            }
            Ok(left_out)
        })
    }

    /// The days of a case, for whoever has to find out why it failed.
    fn told(&self, cohort: Id) -> String {
        self.house.read(move |tx| {
            let here = program::the_cohort(tx, cohort)?;
            let call = call::of(tx, here)?;
            let (opens, closes) = (call.opens(Role::Mentee), call.closes(Role::Mentee));
            Ok(format!("now {}, call from {opens} to {closes}, session from {}", tx.now(), call.orientation()))
        })
    }

    /// Does the same in the rooms; whether it counted, and what the books say then.
    fn take(&self, cohort: Id, step: Step) -> (bool, Books) {
        if let Step::Wait(hours) = step {
            self.house.app.db.ground.clock.advance(SignedDuration::from_hours(hours));
        }
        let person = match step {
            Step::Submit(who) | Step::Withdraw(who) | Step::Accept(who) | Step::Pass(who) | Step::Keep(who, _) => {
                self.people[who]
            }
            Step::Places(_) | Step::Wait(_) | Step::Work => self.chair,
        };
        let (people, config) = (self.people.clone(), self.house.app.config.clone());
        self.house.write(move |tx| {
            let counts = match step {
                Step::Submit(_) => submit(tx, cohort, person)?,
                Step::Withdraw(_) => take_back(tx, cohort, person)?,
                Step::Accept(_) => answer(tx, cohort, person, true)?,
                Step::Pass(_) => answer(tx, cohort, person, false)?,
                Step::Places(wanted) => set_places(tx, cohort, wanted, person)?,
                Step::Keep(_, wanted) => keep(tx, cohort, person, wanted, &config)?,
                Step::Wait(_) => true,
                Step::Work => work(tx)?,
            };
            Ok((counts, books(tx, cohort, &people)?))
        })
    }
}

fn of(tx: &mut Tx, cohort: Id, person: Id) -> Result<Option<Application>, Failure> {
    applications::of(tx, cohort, Role::Mentee, person)
}

/// As the form and its last page do it, without the questions.
fn submit(tx: &mut Tx, cohort: Id, person: Id) -> Result<bool, Failure> {
    let call = call::locked(tx, cohort)?;
    if call.may_apply(Role::Mentee, tx.now()).is_err() {
        return Ok(false);
    }
    let application = applications::begin(tx, cohort, Role::Mentee, person, None)?;
    if !application.is_writable() {
        return Ok(false);
    }
    applications::reopen(tx, application.id)?;
    let application = applications::find(tx, application.id)?.ok_or(Failure::NotFound)?;
    line::submit(tx, &call, &application, &eligible(&call, tx))?;
    Ok(true)
}

fn eligible(call: &Call, tx: &Tx) -> Verdict {
    let today = call.calendar.today(tx.now());
    Verdict {
        eligible: true,
        by_promise: false,
        first_year: false,
        is_member: true,
        overridden: false,
        judged_on: today,
        judged_for: today,
        words: Vec::new(),
    }
}

fn take_back(tx: &mut Tx, cohort: Id, person: Id) -> Result<bool, Failure> {
    let call = call::locked(tx, cohort)?;
    let Some(application) = of(tx, cohort, person)? else { return Ok(false) };
    let today = call.calendar.today(tx.now());
    let facts = Facts { state: application.state(), today, orientation: call.orientation() };
    if withdraw(&facts).is_err() {
        return Ok(false);
    }
    line::withdraw(tx, &call, &application)?;
    Ok(true)
}

fn answer(tx: &mut Tx, cohort: Id, person: Id, accepts: bool) -> Result<bool, Failure> {
    let call = call::locked(tx, cohort)?;
    let Some(application) = of(tx, cohort, person)? else { return Ok(false) };
    let Some(offer) = offers::open_of(tx, application.id)? else { return Ok(false) };
    if answer_offer(offer.answered_at.is_some(), offer.expires_at, tx.now()).is_err() {
        return Ok(false);
    }
    if accepts {
        line::accept_offer(tx, &call, &offer)?
    } else {
        line::pass_on(tx, &call, &offer, OfferAnswer::Passed)?
    }
    Ok(true)
}

fn set_places(tx: &mut Tx, cohort: Id, wanted: i64, by: Id) -> Result<bool, Failure> {
    let call = call::locked(tx, cohort)?;
    let (board, waiting) = (places::board(tx, &call.cohort)?, applications::waiting(tx, cohort)?);
    let Ok(admits) = change_places(&board, Some(wanted), waiting) else { return Ok(false) };
    line::change_places(tx, &call, wanted, admits, by)?;
    Ok(true)
}

/// As the page of an application does it.
fn keep(tx: &mut Tx, cohort: Id, person: Id, wanted: bool, config: &Arc<Config>) -> Result<bool, Failure> {
    let Some(application) = of(tx, cohort, person)? else { return Ok(false) };
    let account = platform::identity::find(tx, person)?.ok_or(Failure::NotFound)?;
    let mut visit = Visit::by_hand(config.clone(), account, program::subject(tx, person)?);
    visit.params = vec![("id".to_owned(), application.id.to_string())];
    let wanted = if wanted { "yes" } else { "no" };
    visit.form = Fields::from_pairs([("keep".to_owned(), wanted.to_owned())]);
    match crate::keep::post(tx, &visit) {
        Ok(_) => Ok(true),
        Err(Failure::Refused(_)) => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// What the house does by itself about places.
fn work(tx: &mut Tx) -> Result<bool, Failure> {
    for job in jobs::jobs().iter().filter(|it| ["place offers that lapse", "free places to offer"].contains(&it.name)) {
        for id in (job.find)(tx)? {
            (job.act)(tx, id)?;
        }
    }
    Ok(true)
}

/// What the books say: places, taken, held, how everybody stands, who waits in which order.
type Books = ((i64, i64, i64), Vec<State>, Vec<Id>);

sql! {
    STATES => "select person, state from applications where cohort = $1";
}

fn books(tx: &mut Tx, cohort: Id, people: &[Id]) -> Result<Books, Failure> {
    let here = program::the_cohort(tx, cohort)?;
    let board = places::board(tx, &here)?;
    let states: BTreeMap<Id, String> = tx.rows::<(Id, String)>(&STATES, values![cohort])?.into_iter().collect();
    let state = |person| states.get(person).and_then(|it| State::from_key(it)).unwrap_or(State::Draft);
    let line = applications::people_in_line(tx, cohort, 1_000)?;
    Ok(((board.places, board.taken, board.held), people.iter().map(state).collect(), line))
}

fn expected(world: &World, model: &Model) -> Books {
    let (taken, held) = model.given();
    let state = |it: &Stands| match it {
        Stands::Nowhere => State::Draft,
        Stands::Placed => State::Placed,
        Stands::Waiting => State::Waiting,
        Stands::Offered { .. } => State::Offered,
        Stands::Passed => State::Passed,
        Stands::Withdrawn => State::Withdrawn,
    };
    let line = model.line.iter().map(|who| world.people[*who]).collect();
    ((model.places, taken, held), model.people.iter().map(state).collect(), line)
}

fn play(world: &World, places: i64, steps: &[Step], noticed: &RefCell<Noticed>) -> Result<usize, TestCaseError> {
    let (cohort, days) = world.begin(places);
    let mut model = Model::new(PEOPLE, places, days);
    let is_rare = |wrong: &&Wrong| noticed.borrow().get(wrong.name()).is_none_or(|times| *times < OFTEN);
    let mut others: Vec<Model> = Wrong::ALL.iter().filter(is_rare).map(|wrong| model.getting(*wrong)).collect();
    let notice = |other: &Model| *noticed.borrow_mut().entry(other.wrong.map_or("", Wrong::name)).or_default() += 1;
    let mut counted = 0;
    for (number, step) in steps.iter().enumerate() {
        let (here, (there, books)) = (model.take(*step), world.take(cohort, *step));
        let places = books.0;
        prop_assert_eq!(here, there, "step {} {:?}, {}", number, step, world.told(cohort));
        prop_assert!(places.1 + places.2 <= places.0, "step {} {:?}: overbooked {:?}", number, step, places);
        prop_assert_eq!(&books, &expected(world, &model), "step {} {:?}, {}", number, step, world.told(cohort));
        others.retain_mut(|other| {
            let is_wrong = other.take(*step) != there || expected(world, other) != books;
            is_wrong.then(|| notice(other));
            !is_wrong
        });
        counted += usize::from(here);
    }
    let flaws = world.house.read(move |tx| {
        let cohort = program::the_cohort(tx, cohort)?;
        order::flaws(tx, &cohort)
    });
    prop_assert_eq!(flaws, Vec::<String>::new(), "the journal proves something else");
    let (here, there) = (world.left_out_with(&model), world.next_knows());
    prop_assert_eq!(&here, &there, "the next cohort knows whom to keep");
    others.iter().filter(|other| world.left_out_with(other) != there).for_each(notice);
    *world.left_out.borrow_mut() = here;
    Ok(counted)
}

/// Half of the cases each on two houses, side by side.
fn places_are_given_as_the_model_gives_them(kind: &Kind, cases: u32) -> Noticed {
    side_by_side(cases, cases as usize * STEPS / 6, |cases| played(kind.clone(), cases))
}

fn played(kind: Kind, cases: u32) -> (usize, Noticed) {
    let world = World::new(kind);
    let (counted, noticed) = (RefCell::new(0), RefCell::new(Noticed::new()));
    let config = Cases { cases, failure_persistence: None, max_shrink_iters: 300, ..Cases::default() };
    let places_and_steps = (1_i64..7, prop::collection::vec(step(), STEPS));
    let played = TestRunner::new(config).run(&places_and_steps, |(places, steps)| {
        *counted.borrow_mut() += play(&world, places, &steps, &noticed)?;
        Ok(())
    });
    played.unwrap_or_else(|failure| panic!("{failure}"));
    (counted.into_inner(), noticed.into_inner())
}

// CAP1, CAP2, CAP3, CAP4, CAP5, CAP7, APP5
#[test]
fn places_are_given_as_the_model_gives_them_and_as_no_wrong_one_does_on_sqlite() {
    let cases = models::cases(CASES);
    let noticed = places_are_given_as_the_model_gives_them(&Kind::Sqlite, cases);
    all_are_noticed(&noticed, Wrong::ALL.iter().map(|it| (it.name(), it.words())), cases);
}

// CAP1, CAP2, CAP3, CAP4, CAP5, CAP7, APP5
#[test]
fn places_are_given_as_the_model_gives_them_on_postgresql() {
    if let Some(kind) = postgres_or_note("places_are_given_as_the_model_gives_them_on_postgresql") {
        places_are_given_as_the_model_gives_them(&kind, SOME);
    }
}
