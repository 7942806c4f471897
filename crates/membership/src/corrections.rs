//! Table `roster_corrections`: who asked the office to put their line right, and the answer.

use jiff::Timestamp;
use platform::prelude::*;
use policy::{Action, Grant, of};
use program::Next;
use shell::{Faults, Input, card, long_field};

use crate::keepers;

pub(crate) const MOST: usize = 500;

row! {
    pub struct Correction {
        pub id: Id,
        pub person: Id,
        pub name: String,
        pub email: String,
        pub words: String,
        pub asked_at: Timestamp,
        pub answered_at: Option<Timestamp>,
        pub answer: String,
    }
}

sql! {
    ADD => "insert into roster_corrections (id, person, words, asked_at, answer) values ($1, $2, $3, $4, '')";
    OPEN => "select c.id, c.person, a.name, a.email, c.words, c.asked_at, c.answered_at, c.answer from roster_corrections c join accounts a on a.id = c.person where c.answered_at is null order by c.asked_at, c.id";
    NEWEST_OF => "select c.id, c.person, a.name, a.email, c.words, c.asked_at, c.answered_at, c.answer from roster_corrections c join accounts a on a.id = c.person where c.person = $1 order by c.asked_at desc, c.id desc limit 1";
    WAITS_OF => "select count(*) as waiting from roster_corrections where person = $1 and answered_at is null";
    WAITING => "select count(*) as waiting from roster_corrections where answered_at is null";
    ASKED_BY => "select person from roster_corrections where id = $1 and answered_at is null";
    ANSWER => "update roster_corrections set answer = $2, answered_by = $3, answered_at = $4 where id = $1 and answered_at is null";
}

/// What somebody asked for last.
pub(crate) fn own(tx: &mut Tx, proof: &Grant<of::MembershipRoster>) -> Result<Option<Correction>, Failure> {
    Ok(tx.row(&NEWEST_OF, values![Id::from(proof.person())])?)
}

/// A person asks for their line to be corrected. One question at a time is enough.
pub(crate) fn ask(tx: &mut Tx, person: Id, words: &str) -> Result<bool, Failure> {
    if tx.one::<i64>(&WAITS_OF, values![person])? > 0 {
        return Ok(false);
    }
    let id = tx.fresh_id();
    tx.exec(&ADD, values![id, person, words, tx.now()])?;
    journal::record(tx, "roster correction asked", person, Some(person), None)?;
    Ok(true)
}

/// `/roster/corrections/{id}`: the office says what became of it.
pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    if let Some(elsewhere) = keepers::turned_away(tx, visit)? {
        return Ok(elsewhere);
    }
    let (id, by) = (visit.id("id")?, visit.person()?);
    let answer = visit.form.text("answer");
    if answer.is_empty() || answer.chars().count() > MOST {
        return Ok(
            Reply::go("/roster").saying(format!("Write an answer of up to {MOST} characters; the person reads it."))
        );
    }
    if tx.row::<Id>(&ASKED_BY, values![id])? == Some(by) {
        return Ok(Reply::go("/roster").saying("You asked this yourself, so somebody else answers it."));
    }
    if tx.exec(&ANSWER, values![id, answer, by, tx.now()])? == 0 {
        return Ok(Reply::go("/roster").saying("Somebody has answered this already."));
    }
    journal::record(tx, "roster correction answered", id, Some(by), None)?;
    Ok(Reply::go("/roster").saying("Answered. The person reads it under My membership."))
}

/// Tells those who keep the roster that somebody waits.
pub(crate) fn next_step(tx: &mut Tx, visit: &Visit) -> Result<Option<Next>, Failure> {
    if !visit.may(Action::ImportRoster, None) || !keepers::may_import(tx, visit)? {
        return Ok(None);
    }
    let title = match tx.one::<i64>(&WAITING, values![])? {
        0 => return Ok(None),
        1 => "Somebody asks to have their line corrected".to_owned(),
        many => format!("{many} people ask to have their lines corrected"),
    };
    Ok(Some(Next::new(title, "/roster", "Read and answer").saying("They read your answer under My membership.")))
}

/// What people have asked for and nobody has answered, the oldest first, for those who keep the roster.
pub(crate) fn asked(tx: &mut Tx) -> Result<Markup, Failure> {
    let open: Vec<Correction> = tx.rows(&OPEN, values![])?;
    let faults = Faults::new();
    Ok(html! {
        @if !open.is_empty() {
            (card("Corrections asked for", html! {
                @for it in &open {
                    @let control = format!("answer-{}", it.id);
                    p { strong { (it.name) } " (" (it.email) "): “" (it.words) "”" }
                    (shell::form(&format!("/roster/corrections/{}", it.id), html! {
                        (long_field(&Input::new("answer", "Your answer").id(&control).rows(2).max(MOST).required().readers(&policy::who_can_read_as(policy::Record::MembershipRoster, policy::Column::Staff)).faults(&faults)))
                        (shell::button_quiet("Answer"))
                    }))
                }
            }))
        }
    })
}
