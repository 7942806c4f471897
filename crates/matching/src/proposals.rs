//! Table `proposals`: pairs that the committee suggests. A draft is seen by the chair
//! alone; what one of the two has answered is seen by nobody before both have.

use jiff::Timestamp;
use platform::prelude::*;
use policy::{Grant, Opens, may, of};
use program::{Cohort, calendar};

use crate::{letters, terms};

/// The purpose of the links with which a proposal is answered from a letter.
pub(crate) const LINK: &str = "proposal";

row! {
    #[derive(PartialEq, Eq)]
    pub(crate) struct Proposal {
        pub(crate) id: Id,
        pub(crate) cohort: Id,
        pub(crate) mentee: Id,
        pub(crate) mentor: Id,
        pub(crate) mentee_name: String,
        pub(crate) mentor_name: String,
        /// Millionths of a point.
        pub(crate) score: i64,
        pub(crate) reasons: String,
        /// The parts of the score, one to a line.
        pub(crate) parts: String,
        /// The next best mentors, one to a line.
        pub(crate) alternatives: String,
        pub(crate) by_hand: bool,
        pub(crate) state: String,
        pub(crate) mentee_answer: String,
        pub(crate) mentor_answer: String,
        pub(crate) due_at: Option<Timestamp>,
        /// The run it was taken from; none for a pair by hand.
        pub(crate) run: Option<Id>,
    }
}

impl Proposal {
    pub(crate) fn is_of(&self, person: Id) -> bool {
        self.mentee == person || self.mentor == person
    }

    pub(crate) fn people(&self) -> [Id; 2] {
        [self.mentee, self.mentor]
    }

    pub(crate) fn said_by(&self, person: Id) -> &str {
        if person == self.mentee { &self.mentee_answer } else { &self.mentor_answer }
    }

    /// How one of the two is called.
    pub(crate) fn name_of(&self, person: Id) -> &str {
        if person == self.mentee { &self.mentee_name } else { &self.mentor_name }
    }

    pub(crate) fn partner_name(&self, person: Id) -> &str {
        if person == self.mentee { &self.mentor_name } else { &self.mentee_name }
    }

    /// The score as people read it: "63.5".
    pub(crate) fn points(&self) -> String {
        pairing::Points::from_micro(u64::try_from(self.score).unwrap_or(0)).to_string()
    }
}

row! {
    /// Between whom a proposal is, and how far it has come; not why, nor what they answered.
    pub(crate) struct Head {
        pub(crate) id: Id,
        pub(crate) cohort: Id,
        pub(crate) mentee: Id,
        pub(crate) mentor: Id,
        pub(crate) state: String,
    }
}

impl Head {
    /// Whether it was sent, and this is one of the two: of a draft nobody hears.
    pub(crate) fn is_told_to(&self, person: Id) -> bool {
        [self.mentee, self.mentor].contains(&person) && self.state != "draft"
    }
}

sql! {
    HEAD => "select id, cohort, mentee, mentor, state from proposals where id = $1";
    FIND => "select p.id, p.cohort, p.mentee, p.mentor, e.name, m.name, p.score, p.reasons, p.parts, p.alternatives, p.by_hand, p.state, p.mentee_answer, p.mentor_answer, p.due_at, p.run from proposals p join accounts e on e.id = p.mentee join accounts m on m.id = p.mentor where p.id = $1";
    IN_COHORT => "select p.id, p.cohort, p.mentee, p.mentor, e.name, m.name, p.score, p.reasons, p.parts, p.alternatives, p.by_hand, p.state, p.mentee_answer, p.mentor_answer, p.due_at, p.run from proposals p join accounts e on e.id = p.mentee join accounts m on m.id = p.mentor where p.cohort = $1 order by p.made_at, p.id";
    SENT_TO => "select p.id, p.cohort, p.mentee, p.mentor, e.name, m.name, p.score, p.reasons, p.parts, p.alternatives, p.by_hand, p.state, p.mentee_answer, p.mentor_answer, p.due_at, p.run from proposals p join accounts e on e.id = p.mentee join accounts m on m.id = p.mentor where p.state = 'sent' and (p.mentee = $1 or p.mentor = $1) order by p.made_at, p.id";
    OVERDUE => "select id from proposals where state = 'sent' and due_at < $1 order by due_at, id";
    ADD => "insert into proposals (id, cohort, mentee, mentor, score, reasons, parts, alternatives, by_hand, state, mentee_answer, mentor_answer, made_at, run, slot) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'draft', '', '', $10, $11, $12) on conflict do nothing";
    DROP_DRAFT => "delete from proposals where id = $1 and state = 'draft'";
    DROP_DRAFTS => "delete from proposals where cohort = $1 and state = 'draft' and not by_hand";
    SLOTS_OF_MENTOR => "select slot from proposals where cohort = $1 and mentor = $2 and state in ('draft', 'sent') order by slot";
    SEND => "update proposals set state = 'sent', due_at = $2 where id = $1 and state = 'draft'";
    MENTEE_SAYS => "update proposals set mentee_answer = $2 where id = $1 and state = 'sent' and mentee_answer = ''";
    MENTOR_SAYS => "update proposals set mentor_answer = $2 where id = $1 and state = 'sent' and mentor_answer = ''";
    CLOSE => "update proposals set state = $2, closed_at = $3 where id = $1 and state = 'sent'";
}

pub(crate) fn head(tx: &mut Tx, id: Id) -> Result<Option<Head>, Failure> {
    Ok(tx.row(&HEAD, values![id])?)
}

pub(crate) fn find(tx: &mut Tx, _: &impl Opens<of::Proposal>, id: Id) -> Result<Option<Proposal>, Failure> {
    Ok(tx.row(&FIND, values![id])?)
}

pub(crate) fn in_cohort(tx: &mut Tx, _: &impl Opens<of::Proposal>, cohort: Id) -> Result<Vec<Proposal>, Failure> {
    Ok(tx.rows(&IN_COHORT, values![cohort])?)
}

/// Proposals that wait for whoever the proof was given to, or for the other of the two.
pub(crate) fn sent_to(tx: &mut Tx, proof: &Grant<of::Proposal>) -> Result<Vec<Proposal>, Failure> {
    Ok(tx.rows(&SENT_TO, values![Id::from(proof.person())])?)
}

pub(crate) fn overdue(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&OVERDUE, values![tx.now()])?)
}

/// Drafts and sent proposals that name one of these people.
pub(crate) fn live_of(
    tx: &mut Tx,
    proof: &impl Opens<of::Proposal>,
    cohort: Id,
    people: &[Id],
) -> Result<Vec<Proposal>, Failure> {
    let mut live = in_cohort(tx, proof, cohort)?;
    live.retain(|it| ["draft", "sent"].contains(&it.state.as_str()) && people.iter().any(|person| it.is_of(*person)));
    Ok(live)
}

pub(crate) struct NewProposal<'a> {
    pub(crate) cohort: Id,
    pub(crate) mentee: Id,
    pub(crate) mentor: Id,
    pub(crate) score: i64,
    pub(crate) reasons: &'a [String],
    pub(crate) parts: &'a [String],
    pub(crate) alternatives: &'a [String],
    pub(crate) by_hand: bool,
    pub(crate) run: Option<Id>,
}

/// Adds a draft. `None` when the mentee is in another draft or proposal already, or the mentor
/// in as many as there is room for.
pub(crate) fn add(tx: &mut Tx, new: &NewProposal) -> Result<Option<Id>, Failure> {
    let left = duos::slots_left(tx, new.cohort, new.mentor)?;
    let taken: Vec<i64> = tx.rows(&SLOTS_OF_MENTOR, values![new.cohort, new.mentor])?;
    let Some(slot) = duos::rules::free_slot(&taken, left) else { return Ok(None) };
    let id = tx.fresh_id();
    let values = values![
        id,
        new.cohort,
        new.mentee,
        new.mentor,
        new.score,
        new.reasons.join("\n"),
        new.parts.join("\n"),
        new.alternatives.join("\n"),
        new.by_hand,
        tx.now(),
        new.run,
        slot
    ];
    Ok((tx.exec(&ADD, values)? == 1).then_some(id))
}

pub(crate) fn drop_draft(tx: &mut Tx, id: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&DROP_DRAFT, values![id])? == 1)
}

/// Takes away what the engine drafted; what the chair added by hand stays.
pub(crate) fn drop_drafts(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    tx.exec(&DROP_DRAFTS, values![cohort])?;
    Ok(())
}

/// Sends a draft to both. False when it was sent already.
pub(crate) fn send(
    tx: &mut Tx,
    proof: &Grant<of::Proposal, may::Write>,
    cohort: &Cohort,
    id: Id,
) -> Result<bool, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let day = program::rules::calendar::add(calendar.today(tx.now()), terms::of(tx, cohort.id)?.answer_days);
    if tx.exec(&SEND, values![id, calendar.last_second(day)])? == 0 {
        return Ok(false);
    }
    journal::record(tx, "proposal sent", id, Some(Id::from(proof.person())), Some(cohort.id))?;
    let proposal = find(tx, proof, id)?.ok_or(Failure::NotFound)?;
    letters::post_proposal(tx, cohort, &proposal)?;
    Ok(true)
}

/// Keeps what one of the two says. False when that one has answered already.
pub(crate) fn say(tx: &mut Tx, proposal: &Proposal, person: Id, yes: bool) -> Result<bool, Failure> {
    let statement = if person == proposal.mentee { &MENTEE_SAYS } else { &MENTOR_SAYS };
    Ok(tx.exec(statement, values![proposal.id, if yes { "yes" } else { "no" }])? == 1)
}

/// Closes a proposal that was sent. False when it was closed already.
pub(crate) fn close(tx: &mut Tx, proposal: &Proposal, state: &'static str) -> Result<bool, Failure> {
    if tx.exec(&CLOSE, values![proposal.id, state, tx.now()])? == 0 {
        return Ok(false);
    }
    let what = if state == "formed" { "proposal formed" } else { "proposal not formed" };
    journal::record(tx, what, proposal.id, None, Some(proposal.cohort))?;
    Ok(true)
}

/// Closes a proposal without a duo and tells those of the two who have no mentor or
/// mentee otherwise. Neither learns whose answer it was.
pub(crate) fn end(tx: &mut Tx, cohort: &Cohort, proposal: &Proposal, state: &'static str) -> Result<(), Failure> {
    if !close(tx, proposal, state)? {
        return Ok(());
    }
    for person in [proposal.mentee, proposal.mentor] {
        if !crate::who::is_taken(tx, cohort.id, person)? {
            letters::post_not_formed(tx, cohort, proposal, person)?;
        }
    }
    Ok(())
}

/// A proposal whose time has passed, or of whose two one has found somebody else. A draft
/// just goes: nobody knows of it.
pub(crate) fn lapse(tx: &mut Tx, cohort: &Cohort, proposal: &Proposal) -> Result<(), Failure> {
    if proposal.state == "draft" {
        drop_draft(tx, proposal.id)?;
        return Ok(());
    }
    end(tx, cohort, proposal, "lapsed")
}
