//! `/cohorts/{cohort}/matching`: how the choosing goes, who is left and why, and the
//! committee's proposals. SLF6, SLF7, ALG4.

use std::collections::BTreeSet;

use jiff::Timestamp;
use platform::{audit, prelude::*};
use policy::{Opens, Role, Scope, may, of};
use program::{Calendar, Cohort, calendar, short_day};

use crate::{
    access, board_view, profiles,
    proposals::{self, Proposal},
    requests::{self, Request},
    rules::{self, State},
    who,
};

/// What the chair sees of a cohort.
pub(crate) struct Facts {
    pub(crate) cohort: Cohort,
    pub(crate) calendar: Calendar,
    pub(crate) now: Timestamp,
    pub(crate) paired: usize,
    pub(crate) mentees: usize,
    pub(crate) mentors: usize,
    /// How many mentees all mentors together take.
    pub(crate) mentor_places: i64,
    pub(crate) open: Vec<Request>,
    pub(crate) left_mentees: Vec<Left>,
    pub(crate) left_mentors: Vec<Left>,
    pub(crate) drafts: Vec<Proposal>,
    pub(crate) sent: Vec<Proposal>,
    pub(crate) closed: Vec<Proposal>,
    /// What mentors told the chair with a no.
    pub(crate) reasons: Vec<(Request, String)>,
    /// Where the one who reads takes part: who decides about their own pair instead.
    pub(crate) instead: Option<String>,
}

/// Somebody without a duo, or a mentor with room for another, and why.
pub(crate) struct Left {
    pub(crate) person: Id,
    pub(crate) name: String,
    pub(crate) why: String,
    /// Whether a proposal can be made now.
    pub(crate) can_be_proposed: bool,
    /// To how many people one can be proposed.
    pub(crate) room: i64,
}

impl Facts {
    pub(crate) fn mentors_per_place(&self) -> f64 {
        f64::from(u32::try_from(self.mentor_places).unwrap_or(u32::MAX))
            / f64::from(u32::try_from(self.cohort.places).unwrap_or(u32::MAX)).max(1.0)
    }

    pub(crate) fn has_too_few_mentors(&self) -> bool {
        self.mentors_per_place() < rules::MENTORS_PER_PLACE
    }

    pub(crate) fn is_choosing_over(&self) -> bool {
        self.calendar.is_over("directory_closes", self.now)
    }
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let facts = shown(tx, visit, visit.id("cohort")?)?;
    for (declined, _) in &facts.reasons {
        let right = "as chair or deputy".to_owned();
        let whose = vec![declined.mentor];
        tx.has_read(audit::Reading { record: "reason of a no", about: declined.id, whose, right });
    }
    Ok(Reply::wide("Matching", board_view::page(&facts, &shell::Faults::new(), &visit.form)))
}

/// Requests that wait for an answer for more than so many days: who asked whom, and when.
/// For those who see the state of requests; nothing of what was written.
pub fn waiting_for_days(
    tx: &mut Tx,
    visit: &Visit,
    cohort: Id,
    days: i64,
) -> Result<Vec<(String, String, Timestamp)>, Failure> {
    let scope = access::of_requests(visit, cohort)?;
    let since = tx.now() - jiff::SignedDuration::from_hours(24 * days);
    let waits = |it: &Request| it.is_open() && it.asked_at < since;
    let waiting = requests::in_scope(tx, &scope)?.into_iter().filter(waits);
    Ok(waiting.map(|it| (it.mentee_name, it.mentor_name, it.asked_at)).collect())
}

/// What mentors told the chair with a no.
fn reasons(tx: &mut Tx, visit: &Visit, seen: &[Request]) -> Result<Vec<(Request, String)>, Failure> {
    let mut reasons = Vec::new();
    for request in seen.iter().filter(|it| it.state() == State::Declined) {
        let Ok(grant) = access::of_refusal(tx, visit, request) else { continue };
        let reason = requests::decline_reason(tx, &grant, request)?;
        reasons.extend(Some((request.clone(), reason)).filter(|(_, reason)| !reason.is_empty()));
    }
    Ok(reasons)
}

/// What the one who asks may see of it: nothing of a pair with themselves in it, or with
/// somebody from whom they step aside: neither reasons nor answers.
pub(crate) fn shown(tx: &mut Tx, visit: &Visit, cohort: Id) -> Result<Facts, Failure> {
    let person = visit.person()?;
    let scope: Scope<of::MatchRequest, may::Status> = access::of_requests(visit, cohort)?;
    let seen = requests::in_scope(tx, &scope)?;
    let mut facts = facts(tx, &access::of_drafts::<may::Read>(visit, cohort)?, cohort)?;
    let stake = membership::Stake::of(tx, person)?;
    for list in [&mut facts.drafts, &mut facts.sent, &mut facts.closed] {
        list.retain(|it| !stake.is_in(&it.people()));
    }
    facts.reasons = reasons(tx, visit, &seen)?;
    facts.open = seen.into_iter().filter(Request::is_open).collect();
    let takes_part = [Role::Mentee, Role::Mentor].iter().any(|role| visit.holds_in(*role, cohort));
    let left = facts.left_mentees.iter().chain(&facts.left_mentors);
    let concerned: Vec<Id> = left.map(|it| it.person).filter(|it| stake.is_about(*it)).collect();
    if takes_part || !concerned.is_empty() {
        let concerned = if takes_part { vec![person] } else { concerned };
        facts.instead = Some(membership::who_decides_instead(tx, cohort, &concerned)?);
        for left in [&mut facts.left_mentees, &mut facts.left_mentors] {
            left.iter_mut().filter(|it| stake.is_about(it.person)).for_each(|it| it.can_be_proposed = false);
        }
    }
    Ok(facts)
}

pub(crate) fn facts(tx: &mut Tx, proof: &impl Opens<of::Proposal>, cohort: Id) -> Result<Facts, Failure> {
    let cohort = program::the_cohort(tx, cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let (mentees, mentors) =
        (program::in_cohort(tx, Role::Mentee, cohort.id)?, program::in_cohort(tx, Role::Mentor, cohort.id)?);
    let made = requests::in_cohort(tx, cohort.id)?;
    let proposals = proposals::in_cohort(tx, proof, cohort.id)?;
    let slots = duos::slots(tx, cohort.id)?;
    let paired = paired(tx, &cohort)?;
    let mut left_mentees = Vec::new();
    for person in mentees.iter().filter(|it| !paired.contains(it)) {
        left_mentees.push(left_mentee(tx, &cohort, *person, &made, &proposals, &calendar)?);
    }
    let mut left_mentors = Vec::new();
    for person in mentors.iter().filter(|it| slots.left(**it) > 0) {
        left_mentors.push(left_mentor(tx, &cohort, *person, &made, &proposals, &slots)?);
    }
    let in_state = |states: &[&str]| -> Vec<Proposal> {
        proposals.iter().filter(|it| states.contains(&it.state.as_str())).cloned().collect()
    };
    Ok(Facts {
        paired: mentees.iter().filter(|it| paired.contains(it)).count(),
        mentees: mentees.len(),
        mentors: mentors.len(),
        mentor_places: mentors.iter().map(|it| slots.takes(*it)).sum(),
        left_mentees,
        left_mentors,
        drafts: in_state(&["draft"]),
        sent: in_state(&["sent"]),
        closed: in_state(&["formed", "refused", "lapsed"]),
        reasons: Vec::new(),
        instead: None,
        open: Vec::new(),
        now: tx.now(),
        cohort,
        calendar,
    })
}

/// Everybody who is in a duo of this cohort that has not ended.
fn paired(tx: &mut Tx, cohort: &Cohort) -> Result<BTreeSet<Id>, Failure> {
    let duos = duos::in_cohort(tx, cohort.id)?;
    Ok(duos.iter().filter(|duo| duo.state != "ended").flat_map(duos::Duo::people).collect())
}

/// Mentees with a place and without a duo.
pub(crate) fn left_mentees(tx: &mut Tx, cohort: &Cohort) -> Result<Vec<Id>, Failure> {
    let paired = paired(tx, cohort)?;
    let mentees = program::in_cohort(tx, Role::Mentee, cohort.id)?;
    Ok(mentees.into_iter().filter(|it| !paired.contains(it)).collect())
}

fn left_mentee(
    tx: &mut Tx,
    cohort: &Cohort,
    person: Id,
    made: &[Request],
    proposals: &[Proposal],
    calendar: &Calendar,
) -> Result<Left, Failure> {
    let day = |at: Timestamp| short_day(calendar.today(at));
    let own: Vec<&Request> = made.iter().filter(|it| it.mentee == person).collect();
    let live = own.iter().find(|it| it.is_open());
    let proposed = proposals.iter().find(|it| it.mentee == person && it.state == "sent");
    let why = if let Some(proposal) = proposed {
        format!("has our proposal until {}", proposal.due_at.map(day).unwrap_or_default())
    } else if let Some(live) = live {
        format!("waits for an answer until {}", day(live.due_at))
    } else if let Some(duo) = duos::of_person(tx, cohort.id, person)? {
        format!("was in duo {}, which has ended", duo.number)
    } else if own.is_empty() {
        "has asked nobody".to_owned()
    } else {
        "nobody on the list could".to_owned()
    };
    let can_be_proposed = live.is_none() && proposed.is_none();
    Ok(Left { person, name: who::name(tx, person)?, why, can_be_proposed, room: 1 })
}

fn left_mentor(
    tx: &mut Tx,
    cohort: &Cohort,
    person: Id,
    made: &[Request],
    proposals: &[Proposal],
    slots: &duos::Slots,
) -> Result<Left, Failure> {
    let waiting = made.iter().filter(|it| it.mentor == person && it.is_open()).count();
    let sent = proposals.iter().filter(|it| it.mentor == person && it.state == "sent").count();
    let proposed = sent > 0;
    let head = profiles::head(tx, cohort.id, person)?;
    let paused = head.as_ref().is_some_and(|it| it.state == "paused");
    let why = match (proposed, waiting, &head) {
        (true, ..) => "has our proposal".to_owned(),
        (_, 1, _) => "one request waits for the answer".to_owned(),
        (_, 2.., _) => format!("{waiting} requests wait for the answer"),
        _ if paused => "takes a pause".to_owned(),
        (_, _, None) => "is not shown in the directory, by choice".to_owned(),
        _ => "no request waits".to_owned(),
    };
    let why = match (slots.held(person), slots.left(person)) {
        (0, 1) => why,
        (0, left) => format!("room for {left} mentees, {why}"),
        (held, left) => format!("has {held}, room for {left} more, {why}"),
    };
    // A yes to whoever waits takes a place, too.
    let spoken_for = i64::try_from(sent + waiting).unwrap_or(i64::MAX);
    let room = if paused { 0 } else { (slots.left(person) - spoken_for).max(0) };
    Ok(Left { person, name: who::name(tx, person)?, why, can_be_proposed: room > 0, room })
}
