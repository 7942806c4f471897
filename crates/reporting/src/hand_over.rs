//! Page `/committee/hand-over`: the chair passes to somebody else on one page. It shows
//! what the successor gets, what the person keeps, and what waits to be handed over.

use jiff::civil::Date;
use membership::{HandOver, Plan};
use platform::{identity, identity::is_email, prelude::*};
use policy::{Action, Role};
use program::{
    Cohort, Next, calendar,
    memberships::{self, Member},
};
use shell::Faults;

use crate::dashboard;

mod markup;

pub(crate) const TITLE: &str = "Hand over the chair";
pub(crate) const PATH: &str = "/committee/hand-over";
const LONGEST_WORDS: usize = 1000;
/// A request that waits longer than this is named one by one.
const LONG_DAYS: i64 = 7;

/// What the page is drawn from.
struct Facts {
    going: Member,
    /// Whether the person who asks is the one who goes.
    is_own: bool,
    /// Chairs besides, who may be handed over instead.
    others: Vec<Member>,
    plan: Option<HandOver>,
    /// The committee, one line to a person, without its chairs.
    candidates: Vec<Member>,
    /// Other roles of the one who goes, with the cohort where they belong to one.
    keeps: Vec<String>,
    /// Nothing for the office, which opens none of it.
    waiting: Option<Waiting>,
    today: Date,
    appoints: bool,
}

/// What is handed over in a talk.
struct Waiting {
    steps: Vec<Next>,
    tasks: Vec<(String, Date)>,
    /// Requests without an answer for longer: who asked whom, since when.
    requests: Vec<(String, String, Date)>,
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    match facts(tx, visit, visit.query.text("from"))? {
        Some(facts) => Ok(Reply::page(TITLE, markup::page(&facts, &Fields::default(), &Faults::new()))),
        None => Ok(Reply::page(TITLE, markup::nobody())),
    }
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let facts = facts(tx, visit, visit.form.text("from"))?.ok_or(Failure::NotFound)?;
    let form = &visit.form;
    let refused = |faults: &Faults| Failure::refused(TITLE, markup::page(&facts, &form.typed(), faults));
    if facts.plan.is_some() {
        return Err(refused(&Faults::general("Somebody has been asked already. Take that back first.")));
    }
    let mut faults = Faults::new();
    let known = facts.candidates.iter().find(|it| it.person.to_string() == form.text("person"));
    let name = known.map_or_else(|| form.text("name"), |it| it.name.as_str()).to_owned();
    let email = known.map_or_else(|| form.text("email"), |it| it.email.as_str()).to_owned();
    if !is_email(&email) {
        faults.add("email", "Choose somebody above, or enter an e-mail address such as ana@example.org.");
    } else if known.is_none()
        && identity::find_by_email(tx, &email)?.is_none()
        && let Some(words) = membership::fault_of_name(&name)
    {
        faults.add("name", words);
    }
    let begins = form.date("begins");
    if begins.is_none() {
        faults.add("begins", "Enter a day such as 2027-06-30.");
    }
    if form.text("words").chars().count() > LONGEST_WORDS {
        faults.add("words", format!("Please keep to {LONGEST_WORDS} characters."));
    }
    let (Some(begins), true) = (begins, faults.is_empty()) else { return Err(refused(&faults)) };
    let (words, by) = (form.text("words"), visit.account()?);
    let plan = Plan { going: &facts.going, name: &name, email: &email, begins, words, by };
    match membership::plan_hand_over(tx, &plan)? {
        Ok(plan) => Ok(Reply::go(path(&facts))
            .saying(format!("{} has a letter. Nothing changes before their yes.", plan.taker_name))),
        Err(refusal) => {
            let field = if known.is_some() { "person" } else { "email" };
            let mut faults = Faults::new();
            faults.add(if refusal.is_about_the_day() { "begins" } else { field }, refusal.to_string());
            Err(refused(&faults))
        }
    }
}

fn path(facts: &Facts) -> String {
    if facts.is_own { PATH.to_owned() } else { format!("{PATH}?from={}", facts.going.id) }
}

/// The chair who asks; for the deputy and the office the one they name, or the first.
fn facts(tx: &mut Tx, visit: &Visit, named: &str) -> Result<Option<Facts>, Failure> {
    let (person, today) = (visit.person()?, program::today(tx)?);
    let mut others = membership::chairs(tx)?;
    let own = others.iter().position(|it| it.person == person);
    let named = others.iter().position(|it| it.id.to_string() == named);
    let Some(index) = own.or(named).or((!others.is_empty()).then_some(0)) else { return Ok(None) };
    let going = others.remove(index);
    if own.is_some() {
        others.clear();
    }
    let plan = membership::hand_over_of(tx, going.id)?;
    let mut candidates = memberships::committee(tx)?;
    let chairs = membership::chairs(tx)?;
    let is_chair = |person: Id| chairs.iter().any(|it| it.person == person);
    candidates
        .retain(|it| it.status == "confirmed" && it.until.is_none_or(|last| last >= today) && !is_chair(it.person));
    candidates.dedup_by_key(|it| it.person);
    Ok(Some(Facts {
        is_own: own.is_some(),
        keeps: keeps(tx, &going, today)?,
        waiting: waiting(tx, visit)?,
        appoints: visit.may(Action::AppointCommittee, None),
        going,
        others,
        plan,
        candidates,
        today,
    }))
}

fn keeps(tx: &mut Tx, going: &Member, today: Date) -> Result<Vec<String>, Failure> {
    let cohorts = program::cohorts::all(tx)?;
    let runs = |it: &Member| it.status == "confirmed" && it.until.is_none_or(|last| last >= today) && it.id != going.id;
    let held = memberships::of_person(tx, going.person)?.into_iter().filter(runs);
    let words = |it: Member| {
        let role = it.role().map_or("Member", Role::words);
        match cohorts.iter().find(|cohort| Some(cohort.id) == it.cohort) {
            Some(cohort) => format!("{role}, cohort {}", cohort.name),
            None => role.to_owned(),
        }
    };
    Ok(held.map(words).collect())
}

/// What waits for the chairs today, as the one who asks may see it.
fn waiting(tx: &mut Tx, visit: &Visit) -> Result<Option<Waiting>, Failure> {
    let steps = dashboard::attention(tx, visit)?;
    let Some(cohort) = program::current(tx)?.filter(Cohort::is_open) else {
        let runs = visit.subject.holds_any(&[Role::Chair, Role::Deputy]);
        return Ok(runs.then_some(Waiting { steps, tasks: Vec::new(), requests: Vec::new() }));
    };
    if !visit.holds_in(Role::Chair, cohort.id) && !visit.holds_in(Role::Deputy, cohort.id) {
        return Ok(None);
    }
    let calendar = calendar::of(tx, &cohort)?;
    let tasks = care::tasks_of_chairs(tx, &visit.scope(&policy::Facts::in_cohort(cohort.id.number()))?)?;
    let requests = matching::waiting_for_days(tx, visit, cohort.id, LONG_DAYS)?;
    Ok(Some(Waiting {
        steps,
        tasks: tasks.into_iter().map(|it| (it.title, it.due)).collect(),
        requests: requests.into_iter().map(|(one, other, at)| (one, other, calendar.today(at))).collect(),
    }))
}
