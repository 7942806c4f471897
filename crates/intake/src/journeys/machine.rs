//! Everything that can happen to places, in any order, beside a plain model of the rules:
//! after each step both say the same, nobody is in a place that is not there, the line
//! keeps its order, and at the end the journal proves how it came about. CAP1–CAP5

mod model;

use std::collections::BTreeMap;

use jiff::{SignedDuration, civil::Date};
use platform::{ids::Id, prelude::*};
use policy::Role;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use testing::{House, Kind, postgres_or_note};

use self::model::{Days, Model, Stands, Step};
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
        24 => (1_i64..50).prop_map(Step::Wait),
        // Weeks, so that the call and the offers come to their end.
        2 => (400_i64..800).prop_map(Step::Wait),
    ]
}

/// A house, and in it one cohort after the other.
struct World {
    house: House,
    people: Vec<Id>,
    chair: Id,
}

impl World {
    fn new(kind: Kind) -> Self {
        let house = House::open(kind, crate::journeys::doors(), crate::jobs).unwrap();
        let people = (0..PEOPLE).map(|number| house.person(&format!("p{number:02}"))).collect();
        let chair = house.role("carla", Role::Chair);
        Self { house, people, chair }
    }

    /// A cohort whose call has just begun, and its days in hours from now.
    fn begin(&self, places: i64) -> (Id, Days) {
        self.house.write(move |tx| {
            let today = program::today(tx)?;
            for last in program::cohorts::all(tx)?.iter().filter(|it| it.is_open()) {
                program::cohorts::close(tx, last.id, None)?;
            }
            let name = format!("Case {}", tx.fresh_id());
            let new = program::cohorts::NewCohort {
                name: &name,
                annual_meeting: program::rules::calendar::add(today, 108),
                midwinter: None,
                next_annual_meeting: None,
                places,
                begun_from: None,
            };
            let cohort = program::cohorts::add(tx, &new, None)?;
            program::cohorts::open(tx, cohort, None)?;
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
            Step::Submit(who) | Step::Withdraw(who) | Step::Accept(who) | Step::Pass(who) => self.people[who],
            Step::Places(_) | Step::Wait(_) => self.chair,
        };
        let people = self.people.clone();
        self.house.write(move |tx| {
            let counts = match step {
                Step::Submit(_) => submit(tx, cohort, person)?,
                Step::Withdraw(_) => take_back(tx, cohort, person)?,
                Step::Accept(_) => answer(tx, cohort, person, true)?,
                Step::Pass(_) => answer(tx, cohort, person, false)?,
                Step::Places(wanted) => set_places(tx, cohort, wanted, person)?,
                Step::Wait(_) => work(tx)?,
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

fn play(world: &World, places: i64, steps: &[Step]) -> Result<usize, TestCaseError> {
    let (cohort, days) = world.begin(places);
    let mut model = Model::new(PEOPLE, places, days);
    let mut counted = 0;
    for (number, step) in steps.iter().enumerate() {
        let (here, (there, (places, states, line))) = (model.take(*step), world.take(cohort, *step));
        prop_assert_eq!(here, there, "step {} {:?}, {}", number, step, world.told(cohort));
        prop_assert!(places.1 + places.2 <= places.0, "step {} {:?}: overbooked {:?}", number, step, places);
        prop_assert_eq!(
            (places, states, line),
            expected(world, &model),
            "step {} {:?}, {}",
            number,
            step,
            world.told(cohort)
        );
        counted += usize::from(here);
    }
    let flaws = world.house.read(move |tx| {
        let cohort = program::the_cohort(tx, cohort)?;
        order::flaws(tx, &cohort)
    });
    prop_assert_eq!(flaws, Vec::<String>::new(), "the journal proves something else");
    Ok(counted)
}

/// Half of the cases each on two houses, side by side.
fn places_are_given_as_the_model_gives_them(kind: &Kind, cases: u32) {
    let cases = std::env::var("MODEL_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(cases);
    let counted: usize = std::thread::scope(|scope| {
        let halves = [0, 1].map(|_| scope.spawn(|| counted(kind.clone(), cases.div_ceil(2))));
        halves.into_iter().map(|half| half.join().unwrap()).sum()
    });
    // Steps that are refused tell little: enough of them must count.
    let wanted = cases as usize * STEPS / 6;
    assert!(counted > wanted, "{counted} steps counted, {wanted} wanted");
}

fn counted(kind: Kind, cases: u32) -> usize {
    let world = World::new(kind);
    let counted = std::cell::Cell::new(0);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 300, ..Config::default() };
    let places_and_steps = (1_i64..7, prop::collection::vec(step(), STEPS));
    let played = TestRunner::new(config).run(&places_and_steps, |(places, steps)| {
        counted.set(counted.get() + play(&world, places, &steps)?);
        Ok(())
    });
    played.unwrap_or_else(|failure| panic!("{failure}"));
    counted.get()
}

// CAP1, CAP2, CAP3, CAP4, CAP5, APP5
#[test]
fn places_are_given_as_the_model_gives_them_on_sqlite() {
    places_are_given_as_the_model_gives_them(&Kind::Sqlite, CASES);
}

// CAP1, CAP2, CAP3, CAP4, CAP5, APP5
#[test]
fn places_are_given_as_the_model_gives_them_on_postgresql() {
    if let Some(kind) = postgres_or_note("places_are_given_as_the_model_gives_them_on_postgresql") {
        places_are_given_as_the_model_gives_them(&kind, SOME);
    }
}
