//! Table `duos`: who is with whom, since when, in which state.

use jiff::Timestamp;
use platform::{keys::Scope, prelude::*};
use policy::Role;
use program::calendar;

use crate::{
    letters,
    rules::{self, EndRefusal, FormFacts, FormRefusal},
    slots,
};

row! {
    #[derive(PartialEq, Eq)]
    pub struct Duo {
        pub id: Id,
        pub cohort: Id,
        /// Its running number in the cohort.
        pub number: i64,
        pub mentor: Id,
        pub mentee: Id,
        pub mentor_name: String,
        pub mentee_name: String,
        /// `chosen`, `proposed` or `imported`.
        pub how: String,
        /// Why these two, a sentence to a line.
        pub reasons: String,
        /// `active`; `ended` by one of the two; `closed` with the session.
        pub state: String,
        pub formed_at: Timestamp,
        pub ended_at: Option<Timestamp>,
        pub ended_by: Option<Id>,
        /// Whom the two may turn to; empty until one is appointed.
        pub liaison_name: String,
        pub liaison_email: String,
    }
}

impl Duo {
    pub fn is_active(&self) -> bool {
        self.state == "active"
    }

    /// Formed by mistake and taken back before it began: nobody of the two ended it.
    pub fn was_taken_back(&self) -> bool {
        self.state == "ended" && self.ended_by.is_none()
    }

    pub fn is_of(&self, person: Id) -> bool {
        self.mentor == person || self.mentee == person
    }

    /// The other of the two.
    pub fn partner_of(&self, person: Id) -> Id {
        if person == self.mentor { self.mentee } else { self.mentor }
    }

    /// Why the two, as one of them is told it.
    pub(crate) fn reasons_told(&self, person: Id) -> impl Iterator<Item = String> {
        self.reasons.lines().map(move |it| pairing::told(it, self.name_of(person)))
    }

    pub fn name_of(&self, person: Id) -> &str {
        if person == self.mentor { &self.mentor_name } else { &self.mentee_name }
    }

    pub fn people(&self) -> [Id; 2] {
        [self.mentor, self.mentee]
    }

    /// The address of its page, or of one below it.
    pub fn path(&self, below: &str) -> String {
        format!("/duos/{}{below}", self.id)
    }

    /// The key of what the two share.
    pub(crate) fn scope(&self) -> Scope {
        Scope::new("duo", self.id)
    }
}

sql! {
    FIND => "select d.id, d.cohort, d.number, d.mentor, d.mentee, r.name, e.name, d.how, d.reasons, d.state, d.formed_at, d.ended_at, d.ended_by, d.liaison_name, d.liaison_email from duos d join accounts r on r.id = d.mentor join accounts e on e.id = d.mentee where d.id = $1";
    OF_PERSON => "select d.id, d.cohort, d.number, d.mentor, d.mentee, r.name, e.name, d.how, d.reasons, d.state, d.formed_at, d.ended_at, d.ended_by, d.liaison_name, d.liaison_email from duos d join accounts r on r.id = d.mentor join accounts e on e.id = d.mentee where d.mentor = $1 or d.mentee = $1 order by d.formed_at desc, d.id desc";
    IN_COHORT => "select d.id, d.cohort, d.number, d.mentor, d.mentee, r.name, e.name, d.how, d.reasons, d.state, d.formed_at, d.ended_at, d.ended_by, d.liaison_name, d.liaison_email from duos d join accounts r on r.id = d.mentor join accounts e on e.id = d.mentee where d.cohort = $1 order by d.number";
    LIVE_OF_MENTEE => "select id from duos where cohort = $1 and mentee = $2 and state <> 'ended'";
    NEXT_NUMBER => "select coalesce(max(number), 0) + 1 as next_number from duos where cohort = $1";
    ADD => "insert into duos (id, cohort, number, mentor, mentee, how, reasons, state, formed_at, liaison_name, liaison_email, pledge_reminders, agreement_reminders, slot) values ($1, $2, $3, $4, $5, $6, $7, 'active', $8, '', '', 0, 0, $9) on conflict do nothing";
    END => "update duos set state = 'ended', ended_at = $2, ended_by = $3 where id = $1 and state = 'active'";
    TAKE_BACK => "update duos set state = 'ended', ended_at = $2, ended_by = null where id = $1 and state = 'active'";
    NOTES => "select count(*) as notes from duo_notes where duo = $1";
    CLOSE => "update duos set state = 'closed', ended_at = $2 where id = $1 and state = 'active'";
    SET_LIAISON => "update duos set liaison_name = $2, liaison_email = $3 where id = $1";
    ACTIVE_COHORTS => "select distinct cohort from duos where state = 'active' order by cohort";
    ACTIVE_IN => "select id from duos where cohort = $1 and state = 'active' order by number";
}

pub fn duo(tx: &mut Tx, id: Id) -> Result<Option<Duo>, Failure> {
    Ok(tx.row(&FIND, values![id])?)
}

/// The duo in the path, for its two people; to anyone else it does not exist.
pub(crate) fn theirs(tx: &mut Tx, visit: &Visit) -> Result<Duo, Failure> {
    let person = visit.person()?;
    duo(tx, visit.id("duo")?)?.filter(|it| it.is_of(person)).ok_or(Failure::NotFound)
}

/// The same for a change: the two wait for each other, so that what is read stays so.
pub(crate) fn theirs_to_change(tx: &mut Tx, visit: &Visit) -> Result<Duo, Failure> {
    tx.lock(visit.id("duo")?)?;
    theirs(tx, visit)
}

/// The duo of a person in a cohort: the live one, or the newest that ended.
pub fn of_person(tx: &mut Tx, cohort: Id, person: Id) -> Result<Option<Duo>, Failure> {
    let mut duos = of_person_any(tx, person)?;
    duos.retain(|it| it.cohort == cohort);
    let live = duos.iter().position(|it| it.state != "ended").unwrap_or(0);
    Ok(duos.into_iter().nth(live))
}

/// The running duos of a person, in any cohort, the newest first.
pub fn running_of(tx: &mut Tx, person: Id) -> Result<Vec<Duo>, Failure> {
    let mut duos = of_person_any(tx, person)?;
    duos.retain(Duo::is_active);
    Ok(duos)
}

/// Every duo of a person, in any cohort, the newest first.
pub fn of_person_any(tx: &mut Tx, person: Id) -> Result<Vec<Duo>, Failure> {
    Ok(tx.rows(&OF_PERSON, values![person])?)
}

/// Every duo of a cohort by its number, also those that ended.
pub fn in_cohort(tx: &mut Tx, cohort: Id) -> Result<Vec<Duo>, Failure> {
    tx.once(cohort, |tx| Ok(tx.rows(&IN_COHORT, values![cohort])?))
}

/// Forms a duo: the only way in. Both are told, with each other's contact data, which
/// nobody has before. `how` is "chosen", "proposed" or "imported".
pub fn form(
    tx: &mut Tx,
    cohort: Id,
    mentor: Id,
    mentee: Id,
    how: &'static str,
    reasons: &[String],
) -> Result<Result<Id, FormRefusal>, Failure> {
    tx.lock(cohort)?;
    let cohort = program::the_cohort(tx, cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let slot = slots::free(tx, cohort.id, mentor)?;
    let facts = FormFacts {
        cohort_is_open: cohort.is_open(),
        session_is_over: calendar.is_over("session_ends", tx.now()),
        same_person: mentor == mentee,
        mentor_is_admitted: program::subject(tx, mentor)?.holds_in(Role::Mentor, cohort.id.number()),
        mentee_is_admitted: program::subject(tx, mentee)?.holds_in(Role::Mentee, cohort.id.number()),
        mentor_is_full: slot.is_none(),
        mentee_has_duo: tx.row::<Id>(&LIVE_OF_MENTEE, values![cohort.id, mentee])?.is_some(),
    };
    if let Err(refusal) = rules::form(&facts) {
        return Ok(Err(refusal));
    }
    let slot = slot.unwrap_or(1);
    let id = tx.fresh_id();
    let number: i64 = tx.one(&NEXT_NUMBER, values![cohort.id])?;
    let reasons = reasons.join("\n");
    // The lock makes units of work wait for each other; the unique indexes have the last word.
    if tx.exec(&ADD, values![id, cohort.id, number, mentor, mentee, how, reasons, tx.now(), slot])? == 0 {
        return Ok(Err(FormRefusal::MentorTaken));
    }
    journal::record(tx, "duo formed", id, None, Some(cohort.id))?;
    let formed = duo(tx, id)?.ok_or(Failure::NotFound)?;
    letters::confirm(tx, &cohort, &calendar, &formed)?;
    Ok(Ok(id))
}

/// Ends a duo for one of the two, without asking why. The partner is told in neutral
/// words, with `words` as they are where there are any; the liaison is told that it ended.
pub fn end(tx: &mut Tx, duo: &Duo, by: Id, words: &str) -> Result<Result<(), EndRefusal>, Failure> {
    if let Err(refusal) = rules::end(duo.is_of(by), duo.is_active()) {
        return Ok(Err(refusal));
    }
    if tx.exec(&END, values![duo.id, tx.now(), by])? == 0 {
        return Ok(Err(EndRefusal::Over));
    }
    journal::record(tx, "duo ended", duo.id, Some(by), Some(duo.cohort))?;
    letters::tell_of_ending(tx, duo, by, words)?;
    Ok(Ok(()))
}

/// Whether the two have met, or written anything for each other.
pub fn has_begun(tx: &mut Tx, duo: &Duo) -> Result<bool, Failure> {
    let facts = crate::facts::facts(tx, duo.id)?;
    let written = facts.agreement_begun_at.is_some() || facts.goals_set_at.is_some();
    Ok(!duo.is_active() || facts.meetings > 0 || written || tx.one::<i64>(&NOTES, values![duo.id])? > 0)
}

/// Takes back a duo that was formed by mistake and has not begun; both are told. False when
/// it is no longer active.
pub fn take_back(tx: &mut Tx, duo: &Duo, by: Id) -> Result<bool, Failure> {
    if tx.exec(&TAKE_BACK, values![duo.id, tx.now()])? == 0 {
        return Ok(false);
    }
    journal::record(tx, "duo ended", duo.id, Some(by), Some(duo.cohort))?;
    letters::tell_of_taking_back(tx, duo)?;
    Ok(true)
}

/// Closes a duo with its session. False when it is no longer active. END4.
pub fn close(tx: &mut Tx, duo: Id) -> Result<bool, Failure> {
    let Some(found) = self::duo(tx, duo)? else { return Ok(false) };
    let closed = tx.exec(&CLOSE, values![duo, tx.now()])? == 1;
    if closed {
        journal::record(tx, "duo closed", duo, None, Some(found.cohort))?;
    }
    Ok(closed)
}

/// Notes whom the two may turn to; both read it on their page and in letters.
pub fn set_liaison_words(tx: &mut Tx, duo: Id, name: &str, email: &str) -> Result<(), Failure> {
    tx.exec(&SET_LIAISON, values![duo, name, email])?;
    Ok(())
}

pub(crate) fn active_cohorts(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&ACTIVE_COHORTS, values![])?)
}

pub(crate) fn active_in(tx: &mut Tx, cohort: Id) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&ACTIVE_IN, values![cohort])?)
}
