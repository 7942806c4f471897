//! Table `applications`: one per person, role and cohort, from the first draft on.

use jiff::{Timestamp, civil::Date};
use platform::prelude::*;
use policy::{May, Role, Scope, may, of};

use crate::rules::{
    Verdict,
    status::{self, DECLINED, State},
};

row! {
    pub struct Application {
        pub id: Id,
        pub cohort: Id,
        pub person: Id,
        /// `mentee` or `mentor`.
        pub role: String,
        pub state: String,
        /// The order of arrival among complete and eligible applications of its role.
        pub number: Option<i64>,
        pub begun_at: Timestamp,
        pub submitted_at: Option<Timestamp>,
        pub judged_on: Option<Date>,
        pub by_promise: bool,
        pub first_year: bool,
        /// The verdict in a few words, as it was on the day of submission.
        pub verdict: String,
        /// Why the person asks for a second look; empty for none.
        pub appeal: String,
        /// Why the committee decided otherwise than the rule, or kept to it.
        pub decision: String,
        pub decided_by: Option<Id>,
        pub nomination: Option<Id>,
        /// `asked` while the committee's yes is waited for, `given`, `declined`; empty where
        /// the cohort asks for none.
        pub approval: String,
    }
}

impl Application {
    pub fn state(&self) -> State {
        State::from_key(&self.state).unwrap_or(State::Draft)
    }

    pub fn role(&self) -> Role {
        if self.role == Role::Mentor.key() { Role::Mentor } else { Role::Mentee }
    }

    /// APP7: it is in line, and its author meets nobody before the committee has said yes.
    pub fn awaits_approval(&self) -> bool {
        status::awaits(self.state(), &self.approval)
    }

    pub fn is_declined(&self) -> bool {
        self.approval == DECLINED
    }

    /// A mentee with a place or a mentor, and nothing is waited for.
    pub fn has_joined(&self) -> bool {
        self.state() == State::Placed && !self.awaits_approval()
    }

    /// Whether its answers may be written as a draft. What the committee declined stays so.
    pub fn is_writable(&self) -> bool {
        self.state().is_writable() && !self.is_declined()
    }

    /// The state as everyone reads it.
    pub fn shown_state(&self) -> State {
        status::shown(self.state(), &self.approval)
    }

    /// The form whose answers belong to it, kept under its id.
    pub fn form(&self) -> &'static str {
        form_of(self.role())
    }

    pub fn path(&self) -> String {
        format!("/applications/{}", self.id)
    }
}

pub fn form_of(role: Role) -> &'static str {
    if role == Role::Mentor { "mentor_application" } else { "mentee_application" }
}

row! {
    /// A line of the committee's list.
    pub struct Line {
        pub id: Id,
        pub person: Id,
        pub name: String,
        pub state: String,
        pub number: Option<i64>,
        pub submitted_at: Option<Timestamp>,
        pub verdict: String,
        pub approval: String,
    }
}

impl Line {
    /// The state as everyone reads it.
    pub fn shown_state(&self) -> State {
        status::shown(self.state(), &self.approval)
    }

    pub fn state(&self) -> State {
        State::from_key(&self.state).unwrap_or(State::Draft)
    }

    /// The place on the waiting list, counted from one, among the numbers of all who wait.
    pub(crate) fn place_in(&self, waiting: &[i64]) -> Option<i64> {
        let index = waiting.binary_search(&self.number?).ok()?;
        i64::try_from(index + 1).ok()
    }
}

row! {
    /// How many applications of a role are in a state.
    pub struct Count {
        pub role: String,
        pub state: String,
        pub applications: i64,
        /// Of these, with a number: complete and eligible.
        pub eligible: i64,
        pub promises: i64,
        pub submitted: i64,
        /// Of these, with the committee's yes still to come.
        pub unapproved: i64,
    }
}

sql! {
    ADD => "insert into applications (id, cohort, person, role, state, begun_at, changed_at, by_promise, first_year, verdict, appeal, decision, nomination) values ($1, $2, $3, $4, 'draft', $5, $5, $6, $6, '', '', '', $7) on conflict (cohort, role, person) do nothing";
    FIND => "select id, cohort, person, role, state, number, begun_at, submitted_at, judged_on, by_promise, first_year, verdict, appeal, decision, decided_by, nomination, approval from applications where id = $1";
    OF => "select id, cohort, person, role, state, number, begun_at, submitted_at, judged_on, by_promise, first_year, verdict, appeal, decision, decided_by, nomination, approval from applications where cohort = $1 and role = $2 and person = $3";
    OF_PERSON => "select id, cohort, person, role, state, number, begun_at, submitted_at, judged_on, by_promise, first_year, verdict, appeal, decision, decided_by, nomination, approval from applications where person = $1 order by begun_at desc, id desc";
    REOPEN => "update applications set state = 'draft', number = null, submitted_at = null, judged_on = null, verdict = '', appeal = '', approval = '', changed_at = $2, forgotten_at = null where id = $1 and state in ('withdrawn', 'refused') and approval <> 'declined'";
    TOUCH => "update applications set changed_at = $2, forgotten_at = null where id = $1";
    SUBMIT => "update applications set state = $2, number = $3, submitted_at = $4, changed_at = $4, judged_on = $5, by_promise = $6, first_year = $7, verdict = $8, approval = $9 where id = $1 and state = 'draft'";
    ADMIT => "update applications set state = $2, number = $3, changed_at = $4, decision = $5, decided_by = $6, decided_at = $4, approval = 'given' where id = $1 and state in ('refused', 'review') and approval <> 'declined'";
    KEEP_REFUSED => "update applications set state = 'refused', changed_at = $2, decision = $3, decided_by = $4, decided_at = $2 where id = $1 and state = 'review'";
    APPROVE => "update applications set approval = 'given', changed_at = $3, decided_by = $2, decided_at = $3 where id = $1 and approval = 'asked'";
    DECLINE => "update applications set state = 'refused', approval = 'declined', changed_at = $4, decided_by = $3, decided_at = $4 where id = $1 and state = $2";
    TO_THE_END => "update applications set state = 'waiting', approval = 'given', number = $2, changed_at = $4, decided_by = $3, decided_at = $4 where id = $1 and state = 'placed' and approval = 'asked'";
    APPEAL => "update applications set state = 'review', appeal = $2, changed_at = $3 where id = $1 and state = 'refused' and decided_by is null";
    MOVE => "update applications set state = $3, changed_at = $4 where id = $1 and state = $2";
    NEXT_IN_LINE => "select id from applications where cohort = $1 and role = 'mentee' and state = 'waiting' order by number limit $2";
    COHORTS_IN_LINE => "select distinct cohort from applications where role = 'mentee' and state = 'waiting'";
    PEOPLE_IN_LINE => "select person from applications where cohort = $1 and role = 'mentee' and state = 'waiting' order by number limit $2";
    NAMES_IN_LINE => "select p.name from applications a join accounts p on p.id = a.person where a.cohort = $1 and a.role = 'mentee' and a.state = 'waiting' order by a.number limit $2";
    WAITING => "select count(*) as waiting from applications where cohort = $1 and role = 'mentee' and state = 'waiting'";
    WAITING_NUMBERS => "select number from applications where cohort = $1 and role = 'mentee' and state = 'waiting' and number is not null order by number";
    AHEAD => "select count(*) as ahead from applications where cohort = $1 and role = 'mentee' and state = 'waiting' and number < $2";
    LIST => "select a.id, a.person, p.name, a.state, a.number, a.submitted_at, a.verdict, a.approval from applications a join accounts p on p.id = a.person where a.cohort = $1 and a.role = $2 and a.submitted_at is not null order by a.number nulls last, a.submitted_at, a.id limit $3 offset $4";
    TO_REVIEW => "select a.id, a.person, p.name, a.state, a.number, a.submitted_at, a.verdict, a.approval from applications a join accounts p on p.id = a.person where a.cohort = $1 and a.role = $2 and a.submitted_at is not null and a.state <> 'withdrawn' order by a.number nulls last, a.submitted_at, a.id";
    LINE => "select a.id, a.person, p.name, a.state, a.number, a.submitted_at, a.verdict, a.approval from applications a join accounts p on p.id = a.person where a.cohort = $1 and a.role = 'mentee' and a.state in ('waiting', 'offered') order by a.number, a.id limit $2 offset $3";
    COUNTS => "select role, state, count(*) as applications, cast(sum(case when number is null then 0 else 1 end) as bigint) as eligible, cast(sum(case when by_promise then 1 else 0 end) as bigint) as promises, cast(sum(case when submitted_at is null then 0 else 1 end) as bigint) as submitted, cast(sum(case when approval = 'asked' then 1 else 0 end) as bigint) as unapproved from applications where cohort = $1 group by role, state order by role, state";
    TO_LOOK_AT => "select count(*) as applications from applications where cohort = $1 and state = 'review'";
}

/// The application of this person in this role; begun as a draft where there is none.
pub fn begin(tx: &mut Tx, cohort: Id, role: Role, person: Id, nomination: Option<Id>) -> Result<Application, Failure> {
    let id = tx.fresh_id();
    if tx.exec(&ADD, values![id, cohort, person, role.key(), tx.now(), false, nomination])? == 1 {
        journal::record(tx, "application begun", id, Some(person), Some(cohort))?;
    }
    of(tx, cohort, role, person)?.ok_or(Failure::NotFound)
}

pub fn find(tx: &mut Tx, id: Id) -> Result<Option<Application>, Failure> {
    Ok(tx.row(&FIND, values![id])?)
}

/// Loaded through the person who asks: what is not theirs is not found.
pub fn own(tx: &mut Tx, id: Id, person: Id) -> Result<Application, Failure> {
    find(tx, id)?.filter(|it| it.person == person).ok_or(Failure::NotFound)
}

/// Loaded through its cohort, for the committee; drafts are not theirs to read.
pub fn of_cohort(tx: &mut Tx, id: Id, cohort: Id) -> Result<Application, Failure> {
    find(tx, id)?.filter(|it| it.cohort == cohort && it.submitted_at.is_some()).ok_or(Failure::NotFound)
}

pub fn of(tx: &mut Tx, cohort: Id, role: Role, person: Id) -> Result<Option<Application>, Failure> {
    Ok(tx.row(&OF, values![cohort, role.key(), person])?)
}

/// All applications of a person, the newest first.
pub fn of_person(tx: &mut Tx, person: Id) -> Result<Vec<Application>, Failure> {
    Ok(tx.rows(&OF_PERSON, values![person])?)
}

/// Makes a draft again of what was withdrawn or refused; a draft stays one.
pub(crate) fn reopen(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    tx.exec(&REOPEN, values![id, tx.now()])?;
    tx.exec(&TOUCH, values![id, tx.now()])?;
    Ok(())
}

/// A draft becomes a submission. False when it is none any more.
pub(crate) fn submit(
    tx: &mut Tx,
    id: Id,
    state: State,
    number: Option<i64>,
    verdict: &Verdict,
    approval: &str,
) -> Result<bool, Failure> {
    let values = values![
        id,
        state.key(),
        number,
        tx.now(),
        verdict.judged_on,
        verdict.by_promise,
        verdict.first_year,
        verdict.short(),
        approval
    ];
    Ok(tx.exec(&SUBMIT, values)? == 1)
}

pub(crate) struct Decision<'a> {
    pub by: Id,
    pub reason: &'a str,
}

pub(crate) fn admit(tx: &mut Tx, id: Id, state: State, number: i64, decision: &Decision) -> Result<bool, Failure> {
    Ok(tx.exec(&ADMIT, values![id, state.key(), number, tx.now(), decision.reason, decision.by])? == 1)
}

pub(crate) fn keep_refused(tx: &mut Tx, id: Id, decision: &Decision) -> Result<bool, Failure> {
    Ok(tx.exec(&KEEP_REFUSED, values![id, tx.now(), decision.reason, decision.by])? == 1)
}

/// The committee says yes. False when nothing was asked of it.
pub(crate) fn approve(tx: &mut Tx, id: Id, by: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&APPROVE, values![id, by, tx.now()])? == 1)
}

/// The committee says "not this time". False when it is not in this state any more.
pub(crate) fn decline(tx: &mut Tx, id: Id, from: State, by: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&DECLINE, values![id, from.key(), by, tx.now()])? == 1)
}

/// Gives up a place for the last one in line.
pub(crate) fn to_the_end(tx: &mut Tx, id: Id, number: i64, by: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&TO_THE_END, values![id, number, by, tx.now()])? == 1)
}

/// Asks for a second look. False when there is nothing to look at, or it was had.
pub(crate) fn appeal(tx: &mut Tx, id: Id, words: &str) -> Result<bool, Failure> {
    Ok(tx.exec(&APPEAL, values![id, words, tx.now()])? == 1)
}

/// Moves from one state to another. False when it is not in the first any more.
pub(crate) fn move_on(tx: &mut Tx, id: Id, from: State, to: State) -> Result<bool, Failure> {
    Ok(tx.exec(&MOVE, values![id, from.key(), to.key(), tx.now()])? == 1)
}

pub(crate) fn next_in_line(tx: &mut Tx, cohort: Id, most: i64) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&NEXT_IN_LINE, values![cohort, most])?)
}

pub(crate) fn names_in_line(tx: &mut Tx, cohort: Id, most: i64) -> Result<Vec<String>, Failure> {
    Ok(tx.rows(&NAMES_IN_LINE, values![cohort, most])?)
}

/// Whose applications come next in line.
pub(crate) fn people_in_line(tx: &mut Tx, cohort: Id, most: i64) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&PEOPLE_IN_LINE, values![cohort, most])?)
}

/// Cohorts in which somebody waits for a place.
pub(crate) fn cohorts_in_line(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&COHORTS_IN_LINE, values![])?)
}

pub(crate) fn waiting(tx: &mut Tx, cohort: Id) -> Result<i64, Failure> {
    Ok(tx.one(&WAITING, values![cohort])?)
}

/// CAP6: the place on the waiting list, counted from one; `None` for who does not wait.
pub fn place_in_line(tx: &mut Tx, application: &Application) -> Result<Option<i64>, Failure> {
    match (application.state(), application.number) {
        (State::Waiting, Some(number)) => Ok(Some(tx.one::<i64>(&AHEAD, values![application.cohort, number])? + 1)),
        _ => Ok(None),
    }
}

/// The numbers of all who wait, in the order of the line.
pub(crate) fn waiting_numbers<V: May>(tx: &mut Tx, scope: &Scope<of::Application, V>) -> Result<Vec<i64>, Failure> {
    Ok(tx.rows(&WAITING_NUMBERS, values![scope.cohort().map(Id::from)])?)
}

/// Submitted applications of a role in the order of their numbers.
pub(crate) fn list(
    tx: &mut Tx,
    scope: &Scope<of::Application>,
    role: Role,
    (most, skip): (i64, i64),
) -> Result<Vec<Line>, Failure> {
    Ok(tx.rows(&LIST, values![scope.cohort().map(Id::from), role.key(), most, skip])?)
}

/// Those who wait and those who are offered a place, in the order of the line.
pub(crate) fn line(
    tx: &mut Tx,
    scope: &Scope<of::Application>,
    (most, skip): (i64, i64),
) -> Result<Vec<Line>, Failure> {
    Ok(tx.rows(&LINE, values![scope.cohort().map(Id::from), most, skip])?)
}

pub(crate) fn counts(tx: &mut Tx, cohort: Id) -> Result<Vec<Count>, Failure> {
    Ok(tx.rows(&COUNTS, values![cohort])?)
}

pub(crate) fn to_look_at(tx: &mut Tx, cohort: Id) -> Result<i64, Failure> {
    Ok(tx.one(&TO_LOOK_AT, values![cohort])?)
}

/// Every submitted application of a role that may still be read, in the order of numbers.
pub(crate) fn to_review(
    tx: &mut Tx,
    scope: &Scope<of::Application, may::Read>,
    role: Role,
) -> Result<Vec<Line>, Failure> {
    Ok(tx.rows(&TO_REVIEW, values![scope.cohort().map(Id::from), role.key()])?)
}
