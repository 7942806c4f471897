//! The letters of this room.

use duos::Duo;
use jiff::SignedDuration;
use letters::{Post, To, Value};
use platform::{identity, links, prelude::*};
use policy::Role;
use program::{Cohort, calendar, long_day};

use crate::{
    access, moves,
    proposals::{self, Proposal},
    question,
    requests::{self, Request},
    rules::{Advance, State, StepIn},
    terms, who, window,
};

letters::letter! {
    DIRECTORY_OPENS => "directory_opens", audience "mentees with a place", trigger "the directory opens", class Essential;
    MATCH_REQUEST => "match_request", audience "the mentor", trigger "a mentee asks", class Essential;
    MATCH_QUESTION => "match_question", audience "the mentee", trigger "a mentor asks a question before answering", class Essential;
    MATCH_QUESTION_ANSWERED => "match_question_answered", audience "the mentor", trigger "the mentee replies to the question", class Essential;
    MATCH_REQUEST_REMINDER => "match_request_reminder", audience "the mentor", trigger "a request waits, on the days for reminders", class Essential;
    MATCH_REQUEST_DECLINED => "match_request_declined", audience "the mentee", trigger "a mentor cannot, or did not answer in time", class Essential;
    MATCH_REQUEST_TAKEN => "match_request_taken", audience "the mentee", trigger "the mentor who was asked has found a mentee", class Essential;
    MATCH_NEXT_ASKED => "match_next_asked", audience "the mentee", trigger "the next on the list has been asked", class Essential;
    MATCH_STEPPED_IN => "match_stepped_in", audience "both people of a request", trigger "the chair answers or takes it back for one of them", class Essential;
    NO_MENTOR_LEFT => "no_mentor_left", audience "the mentee", trigger "nobody on the list can be asked any more", class Essential;
    PROPOSAL_TO_MENTEE => "proposal_to_mentee", audience "the mentee", trigger "the chair sends a proposal", class Essential;
    PROPOSAL_TO_MENTOR => "proposal_to_mentor", audience "the mentor", trigger "the chair sends a proposal", class Essential;
    FEWER_MENTEES => "fewer_mentees", audience "the chair, and the liaison of the duo", trigger "a mentor wishes fewer mentees than they have", class Essential;
    PROPOSAL_NOT_FORMED => "proposal_not_formed", audience "both people of a proposal", trigger "one says no, or the days for an answer pass", class Essential;
}

pub(crate) fn post_directory_opens(tx: &mut Tx, cohort: &Cohort, mentee: Id) -> Result<(), Failure> {
    let closes = calendar::of(tx, cohort)?.day("directory_closes");
    let more = program::choosing::of(tx, cohort.id)?.more_wishes();
    let values = vec![
        ("due", Value::words(long_day(closes))),
        ("more_wishes", Value::words(more)),
        ("link", Value::button(tx.url("/mentors"), "Read the profiles")),
    ];
    post(tx, cohort, &DIRECTORY_OPENS, mentee, cohort.id, cohort.id.to_string(), values)
}

/// Asks the mentor. The links open the same page; neither changes anything by itself. SLF2.
pub(crate) fn post_request(tx: &mut Tx, cohort: &Cohort, request: &Request) -> Result<(), Failure> {
    let mut values = answer_links(tx, cohort, request)?;
    let grant = access::of_request(tx, request.mentor, request)?;
    values.push(("note", Value::lines(&requests::note(tx, &grant, request)?)));
    post(tx, cohort, &MATCH_REQUEST, request.mentor, request.id, request.id.to_string(), values)
}

pub(crate) fn post_reminder(tx: &mut Tx, cohort: &Cohort, request: &Request, times: i64) -> Result<(), Failure> {
    let values = answer_links(tx, cohort, request)?;
    let once = format!("{}:{times}", request.id);
    post(tx, cohort, &MATCH_REQUEST_REMINDER, request.mentor, request.id, once, values)
}

/// Tells the mentee what the mentor would like to know first. SLF2.
pub(crate) fn post_question(tx: &mut Tx, cohort: &Cohort, request: &Request, words: &str) -> Result<(), Failure> {
    let token = links::make(tx, question::LINK, Some(request.mentee), request.id, LINK_LASTS)?;
    let values = vec![
        ("mentor", Value::words(&request.mentor_name)),
        ("note", Value::lines(words)),
        ("due", Value::words(due_day(tx, cohort, request.due_at)?)),
        ("link", Value::button(tx.url(&format!("/requests/reply/{token}")), "Reply")),
    ];
    post(tx, cohort, &MATCH_QUESTION, request.mentee, request.id, request.id.to_string(), values)
}

pub(crate) fn post_reply(tx: &mut Tx, cohort: &Cohort, request: &Request, words: &str) -> Result<(), Failure> {
    let mut values = answer_links(tx, cohort, request)?;
    values.push(("note", Value::lines(words)));
    post(tx, cohort, &MATCH_QUESTION_ANSWERED, request.mentor, request.id, request.id.to_string(), values)
}

/// A link lives a while longer than the request, so that it can say what became of it.
const LINK_LASTS: SignedDuration = SignedDuration::from_hours(24 * 30);

/// The words that all letters to a mentor share. Each letter bears a link of its own,
/// for only its hash is kept.
fn answer_links(tx: &mut Tx, cohort: &Cohort, request: &Request) -> Result<Vec<(&'static str, Value)>, Failure> {
    let day = due_day(tx, cohort, request.due_at)?;
    let token = links::make(tx, moves::LINK, Some(request.mentor), request.id, LINK_LASTS)?;
    let link = tx.url(&format!("/requests/by-letter/{token}"));
    Ok(vec![
        ("mentee", Value::words(&request.mentee_name)),
        ("due", Value::words(day)),
        ("link", Value::button(link.clone(), "Read and answer")),
        ("link_no", Value::button(format!("{link}?answer=no"), "Not this time")),
    ])
}

/// Tells the mentee how a request ended, and who is asked now. Never a reason.
pub(crate) fn tell_mentee(
    tx: &mut Tx,
    cohort: &Cohort,
    ended: &Request,
    state: State,
    decision: Advance,
    next: Option<&Request>,
) -> Result<(), Failure> {
    let list = || Value::button(tx.url("/wishes"), "See my list");
    let ended_values = vec![("mentor", Value::words(&ended.mentor_name)), ("link", list())];
    let link = list();
    let once = ended.id.to_string();
    let nobody_left = decision == Advance::NobodyLeft;
    match state {
        State::Taken => post(tx, cohort, &MATCH_REQUEST_TAKEN, ended.mentee, ended.id, once.clone(), ended_values)?,
        // A list that has come to its end says enough; a second letter would only hurt.
        State::Declined | State::Lapsed if !nobody_left => {
            post(tx, cohort, &MATCH_REQUEST_DECLINED, ended.mentee, ended.id, once.clone(), ended_values)?;
        }
        _ => {}
    }
    if let Some(next) = next {
        return tell_next(tx, cohort, next);
    }
    if nobody_left && state != State::Withdrawn {
        post(tx, cohort, &NO_MENTOR_LEFT, ended.mentee, ended.id, once, vec![("link", link)])?;
    }
    Ok(())
}

/// Tells the mentee that the next on the list has been asked.
pub(crate) fn tell_next(tx: &mut Tx, cohort: &Cohort, next: &Request) -> Result<(), Failure> {
    let values = vec![
        ("mentor", Value::words(&next.mentor_name)),
        ("due", Value::words(due_day(tx, cohort, next.due_at)?)),
        ("link", Value::button(tx.url("/wishes"), "See my list")),
    ];
    post(tx, cohort, &MATCH_NEXT_ASKED, next.mentee, next.id, next.id.to_string(), values)
}

/// Tells one of the two what the chair has done for one of them, and why. SLF6.
pub(crate) fn post_stepped_in(
    tx: &mut Tx,
    cohort: &Cohort,
    request: &Request,
    person: Id,
    chair: &str,
    (step, why): (StepIn, &str),
) -> Result<(), Failure> {
    let what = match step {
        StepIn::Yes => format!("{} says yes", request.mentor_name),
        StepIn::No => format!("{} cannot this time", request.mentor_name),
        StepIn::TakeBack => format!("{} takes it back", request.mentee_name),
    };
    let values = vec![
        ("chair", Value::words(chair)),
        ("mentee", Value::words(&request.mentee_name)),
        ("mentor", Value::words(&request.mentor_name)),
        ("what", Value::words(what)),
        ("note", Value::lines(why)),
        ("link", Value::link(tx.url("/"))),
    ];
    post(tx, cohort, &MATCH_STEPPED_IN, person, request.id, request.id.to_string(), values)
}

/// The two letters of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Mentee,
    Mentor,
}

impl Side {
    pub(crate) const BOTH: [Self; 2] = [Self::Mentee, Self::Mentor];

    pub(crate) fn kind(self) -> &'static letters::Kind {
        match self {
            Self::Mentee => &PROPOSAL_TO_MENTEE,
            Self::Mentor => &PROPOSAL_TO_MENTOR,
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Mentee => "mentee",
            Self::Mentor => "mentor",
        }
    }

    /// The field of a form in which a part of this letter stands.
    pub(crate) fn field(self, part: &str) -> &'static str {
        match (self, part) {
            (Self::Mentee, "subject") => "mentee_subject",
            (Self::Mentee, "body") => "mentee_body",
            (Self::Mentee, _) => "mentee_version",
            (Self::Mentor, "subject") => "mentor_subject",
            (Self::Mentor, "body") => "mentor_body",
            (Self::Mentor, _) => "mentor_version",
        }
    }

    pub(crate) fn label(self, part: &str) -> &'static str {
        match (self, part) {
            (Self::Mentee, "subject") => "Subject of the mentee's letter",
            (Self::Mentee, _) => "Text of the mentee's letter",
            (Self::Mentor, "subject") => "Subject of the mentor's letter",
            (Self::Mentor, _) => "Text of the mentor's letter",
        }
    }

    fn person(self, proposal: &Proposal) -> Id {
        if self == Self::Mentee { proposal.mentee } else { proposal.mentor }
    }

    pub(crate) fn recipient(self, proposal: &Proposal) -> &str {
        if self == Self::Mentee { &proposal.mentee_name } else { &proposal.mentor_name }
    }

    /// What stands in the letter of this side, with the link that answers it.
    fn values(self, proposal: &Proposal, due: &str, link: &str) -> Vec<(&'static str, Value)> {
        let reasons = proposal
            .reasons
            .lines()
            .map(|line| format!("• {}", pairing::told(line, self.recipient(proposal))))
            .collect::<Vec<_>>()
            .join("\n");
        let other = if self == Self::Mentee { "mentor" } else { "mentee" };
        vec![
            (other, Value::words(proposal.partner_name(self.person(proposal)))),
            ("reasons", Value::lines(reasons)),
            ("due", Value::words(due)),
            ("link", Value::button(link, "Read and answer")),
            ("link_no", Value::button(format!("{link}?answer=no"), "Not this time")),
        ]
    }
}

/// The letter of one side with this text, as it would arrive. Its links lead nowhere yet.
pub(crate) fn preview(
    tx: &mut Tx,
    cohort: &Cohort,
    proposal: &Proposal,
    side: Side,
    text: &letters::Text,
) -> Result<letters::Rendered, Failure> {
    let days = terms::of(tx, cohort.id)?.answer_days;
    let day = program::rules::calendar::add(calendar::of(tx, cohort)?.today(tx.now()), days);
    let link = tx.url("/proposals/by-letter/…");
    let account = who::account(tx, side.person(proposal))?;
    let values = side.values(proposal, &long_day(day), &link);
    letters::preview(tx, side.kind(), text, &To::account(&account), cohort, values)
}

/// Sends a proposal to both.
pub(crate) fn post_proposal(tx: &mut Tx, cohort: &Cohort, proposal: &Proposal) -> Result<(), Failure> {
    let due = match proposal.due_at {
        Some(due) => due_day(tx, cohort, due)?,
        None => String::new(),
    };
    for side in Side::BOTH {
        let person = side.person(proposal);
        let token = links::make(tx, proposals::LINK, Some(person), proposal.id, LINK_LASTS)?;
        let link = tx.url(&format!("/proposals/by-letter/{token}"));
        let values = side.values(proposal, &due, &link);
        post(tx, cohort, side.kind(), person, proposal.id, proposal.id.to_string(), values)?;
    }
    Ok(())
}

/// Tells one of the two that a proposal came to nothing.
pub(crate) fn post_not_formed(tx: &mut Tx, cohort: &Cohort, proposal: &Proposal, person: Id) -> Result<(), Failure> {
    let path = if person == proposal.mentee && window::is_open(tx, cohort)? { "/mentors" } else { "/" };
    let values = vec![("link", Value::link(tx.url(path)))];
    post(tx, cohort, &PROPOSAL_NOT_FORMED, person, proposal.id, proposal.id.to_string(), values)
}

/// Asks the chair and the liaison to talk with a mentor who has too many mentees. Whoever is of
/// the duo is not written to; the deputy is, then.
pub(crate) fn ask_for_fewer(tx: &mut Tx, cohort: &Cohort, duo: &Duo, wished: i64) -> Result<(), Failure> {
    let due = program::rules::calendar::add(calendar::of(tx, cohort)?.today(tx.now()), 5);
    let values = |link: String| {
        vec![
            ("mentor", Value::words(duo.mentor_name.as_str())),
            ("mentee", Value::words(duo.mentee_name.as_str())),
            ("wished", Value::words(program::rules::numbers::counted(wished, "mentee"))),
            ("due", Value::words(long_day(due))),
            ("link", Value::button(link, "Open its page")),
        ]
    };
    let once = format!("{}|{wished}", duo.id);
    let mut asked = Vec::new();
    for role in [Role::Chair, Role::Deputy] {
        if asked.is_empty() {
            asked = program::holders(tx, role, cohort.id)?;
            asked.retain(|it| !duo.is_of(*it));
        }
    }
    let board = tx.url(&format!("/cohorts/{}/matching", cohort.id));
    for person in &asked {
        post(tx, cohort, &FEWER_MENTEES, *person, duo.id, once.clone(), values(board.clone()))?;
    }
    let Some(liaison) = identity::find_by_email(tx, &duo.liaison_email)? else { return Ok(()) };
    if !duo.is_of(liaison.id) && !asked.contains(&liaison.id) {
        let page = tx.url(&format!("/desk/duos/{}", duo.id));
        post(tx, cohort, &FEWER_MENTEES, liaison.id, duo.id, once, values(page))?;
    }
    Ok(())
}

fn due_day(tx: &mut Tx, cohort: &Cohort, due: jiff::Timestamp) -> Result<String, Failure> {
    Ok(long_day(calendar::of(tx, cohort)?.today(due)))
}

fn post(
    tx: &mut Tx,
    cohort: &Cohort,
    kind: &'static letters::Kind,
    person: Id,
    about: Id,
    once: String,
    values: Vec<(&'static str, Value)>,
) -> Result<(), Failure> {
    let account = who::account(tx, person)?;
    let to = To::account(&account);
    letters::post(tx, Post { kind, to, cohort: Some(cohort), about, once, values, sender: None, calendar: None })?;
    Ok(())
}
