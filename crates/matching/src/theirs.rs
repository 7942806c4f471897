//! What this room has of a person: their profile, whom they asked or would like to, and what
//! they answered. What others wrote to them is not theirs to take along.

use jiff::Timestamp;
use platform::{identity, prelude::*};
use policy::{may, of};
use program::{
    Mine, cohorts,
    mine::{Asking, Entry, Part, SOMEONE},
};

use crate::{
    access,
    desk::{reviews, runs},
    moves, profiles, proposals, questions,
    requests::{self, Request},
    rules::State,
    wishes,
};

pub fn mine() -> Mine {
    let tables: &[&str] = &[
        "profiles",
        "profile_marks",
        "shortlists",
        "wish_lists",
        "requests",
        "proposals",
        "kept_apart",
        "matching_runs",
        "matching_run_people",
        "plan_reviews",
    ];
    Mine { title: "Finding each other", tables, gather, forget }
}

sql! {
    SHORTLIST => "select a.name, s.added_at from shortlists s join accounts a on a.id = s.mentor where s.mentee = $1 and s.cohort = $2 order by s.added_at";
    REQUESTS => "select id from requests where mentee = $1 or mentor = $1 order by asked_at, id";
    PROPOSALS => "select id from proposals where mentee = $1 or mentor = $1 order by made_at, id";
    DROP_SHORTLISTS => "delete from shortlists where mentee = $1 or mentor = $1";
    DROP_WISHES => "delete from wish_lists where mentee = $1";
    DROP_APART => "delete from kept_apart where mentee = $1";
    DROP_MARKS => "delete from profile_marks where person = $1";
    EMPTY_ASKED => "update requests set note = null where mentee = $1";
    EMPTY_REFUSED => "update requests set decline_reason = null where mentor = $1";
    EMPTY_QUESTIONS => "update request_questions set question = null where request in (select id from requests where mentor = $1)";
    EMPTY_REPLIES => "update request_questions set reply = null where request in (select id from requests where mentee = $1)";
    EMPTY_PROPOSALS => "update proposals set reasons = '', parts = '', alternatives = '' where mentee = $1 or mentor = $1";
    NAMELESS_ALTERNATIVES => "update proposals set alternatives = replace(alternatives, $1, $2)";
}

fn gather(tx: &mut Tx, asking: &Asking) -> Result<Vec<Part>, Failure> {
    let mut parts = Vec::new();
    for cohort in cohorts::all(tx)? {
        let named = |what: &str| format!("{what}, {}", cohort.name);
        parts.push(Part::new(named("Your profile"), profile(tx, asking, cohort.id)?));
        let shortlist = tx.rows::<(String, Timestamp)>(&SHORTLIST, values![asking.person(), cohort.id])?;
        let shortlist =
            shortlist.into_iter().map(|(name, at)| Entry::new().with("mentor", name).at(asking, "kept", at));
        parts.push(Part::new(named("Your shortlist"), shortlist.collect()));
        if let Some(proof) = access::of_list(tx, cohort.id, asking.person())? {
            let list = wishes::of_mentee(tx, &proof, cohort.id)?;
            let list = (1_i64..).zip(list).map(|(place, wish)| {
                Entry::new().with("place", place).with("mentor", wish.name).with("your note", wish.note)
            });
            parts.push(Part::new(named("Your list of mentors"), list.collect()));
        }
    }
    let mut requests = Vec::new();
    for id in tx.rows::<Id>(&REQUESTS, values![asking.person()])? {
        requests.extend(request(tx, asking, id)?);
    }
    parts.push(Part::new("Requests", requests).saying(APART));
    let mut proposals = Vec::new();
    for id in tx.rows::<Id>(&PROPOSALS, values![asking.person()])? {
        proposals.extend(proposal(tx, asking, id)?);
    }
    parts.push(Part::new("Proposals of the committee", proposals));
    let runs = runs::of_person(tx, asking.person())?.into_iter();
    let runs = runs.map(|run| Entry::new().at(asking, "made", run.made_at).with("run", run.number));
    let looked = reviews::of_person(tx, asking.person())?.into_iter();
    let looked = looked
        .map(|(_, said_at)| Entry::new().with("asked to look at", "a draft of pairs").at(asking, "said", said_at));
    parts.push(Part::new("Drafts of pairs that you were asked to look at", looked.collect()));
    parts.push(Part::new("When the house looked for pairs with you among others", runs.collect()).saying(RUNS));
    Ok(parts)
}

const APART: &str = "In your words alone: what the other one wrote belongs to them.";

const RUNS: &str = "What you answered stands in your application. What came of it for others belongs to them.";

/// The profile as mentees read it.
fn profile(tx: &mut Tx, asking: &Asking, cohort: Id) -> Result<Vec<Entry>, Failure> {
    let proof = asking.own::<of::ProfileMentor, may::Export>(cohort);
    let head = profiles::head(tx, cohort, asking.person())?;
    let (Some(proof), Some(head)) = (proof, head) else { return Ok(Vec::new()) };
    let words = profiles::words(tx, &proof, &head)?;
    Ok(vec![
        Entry::new()
            .with("state", head.state)
            .with("name", words.name)
            .with("role", words.role)
            .with("employer as shown", words.employer_shown)
            .with("region", words.region)
            .with("topics", words.topics)
            .with("strong topics", words.strong_topics)
            .with("kinds of libraries", words.organisations)
            .with("ways to talk", words.channels)
            .with("how often", words.frequency)
            .with("time zone", words.zone)
            .with("years", words.years)
            .with("years leading", words.years_leading)
            .with("in the association", words.association)
            .with("path", words.path)
            .with("can help with", words.can)
            .with("cannot help with", words.cannot)
            .with("would like to learn", words.learn)
            .with("cares about", words.cares)
            .with("has mentored", words.mentored),
    ])
}

fn request(tx: &mut Tx, asking: &Asking, id: Id) -> Result<Option<Entry>, Failure> {
    let Some(request) = requests::find(tx, id)? else { return Ok(None) };
    let sent = request.mentee == asking.person();
    let entry = Entry::new()
        .at(asking, "asked", request.asked_at)
        .at(asking, "answered", request.answered_at)
        .with("state", request.state().key());
    let other = if sent { &request.mentor_name } else { &request.mentee_name };
    let entry = entry.with(if sent { "you asked" } else { "asked you" }, other.clone());
    let Ok(proof) = access::of_request::<may::Read>(tx, asking.person(), &request) else { return Ok(Some(entry)) };
    let question = questions::of_request(tx, &proof, &request)?;
    if sent {
        let note = requests::note(tx, &proof, &request)?;
        return Ok(Some(entry.with("your note", note).with("your reply", question.map(|it| it.reply))));
    }
    let reason = requests::own_reason(tx, &proof, &request)?;
    Ok(Some(entry.with("your reason", reason).with("your question", question.map(|it| it.words))))
}

/// A draft is the chair's; what was sent to both is theirs.
fn proposal(tx: &mut Tx, asking: &Asking, id: Id) -> Result<Option<Entry>, Failure> {
    let found = proposals::find(tx, asking, id)?.filter(|it| it.state != "draft");
    Ok(found.map(|it| {
        Entry::new()
            .with("with", it.partner_name(asking.person()))
            .with("why you two", it.reasons.clone())
            .with("your answer", it.said_by(asking.person()))
            .with("state", it.state.clone())
            .at(asking, "answer by", it.due_at)
    }))
}

/// Requests and proposals that wait come to an end, and those on the other side are told so.
fn forget(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    for id in tx.rows::<Id>(&REQUESTS, values![person])? {
        if let Some(request) = requests::find(tx, id)?.filter(Request::is_open) {
            end(tx, &request, person)?;
        }
    }
    for id in tx.rows::<Id>(&PROPOSALS, values![person])? {
        if let Some(proposal) =
            proposals::find(tx, &policy::house(), id)?.filter(|it| ["draft", "sent"].contains(&it.state.as_str()))
        {
            let cohort = program::the_cohort(tx, proposal.cohort)?;
            proposals::lapse(tx, &cohort, &proposal)?;
        }
    }
    reviews::forget_person(tx, person)?;
    for run in runs::of_person(tx, person)? {
        runs::forget(tx, run.id)?;
    }
    for cohort in cohorts::all(tx)? {
        profiles::take_away(tx, cohort.id, person)?;
    }
    for statement in [&DROP_SHORTLISTS, &DROP_WISHES, &DROP_APART, &DROP_MARKS, &EMPTY_ASKED] {
        tx.exec(statement, values![person])?;
    }
    for statement in [&EMPTY_REFUSED, &EMPTY_QUESTIONS, &EMPTY_REPLIES, &EMPTY_PROPOSALS] {
        tx.exec(statement, values![person])?;
    }
    if let Some(account) = identity::find(tx, person)? {
        tx.exec(&NAMELESS_ALTERNATIVES, values![account.name, SOMEONE])?;
    }
    Ok(())
}

/// A mentee who leaves waits for nobody; a mentor who leaves cannot this time.
fn end(tx: &mut Tx, request: &Request, person: Id) -> Result<(), Failure> {
    let cohort = program::the_cohort(tx, request.cohort)?;
    if request.mentor == person {
        moves::end(tx, &cohort, request, State::Declined, "", None)?;
        return Ok(());
    }
    wishes::clear(tx, cohort.id, request.mentee)?;
    if requests::end(tx, request, State::Withdrawn, "", None)? {
        moves::settle(tx, request)?;
    }
    Ok(())
}
