//! What is done about a concern: noted, passed on, closed.

use platform::prelude::*;
use policy::{Grant, may, of};
use shell::Faults;

use super::{Concern, access, circle, read};
use crate::letters;

pub(crate) fn note(tx: &mut Tx, visit: &Visit) -> Answer {
    let (concern, grant) = to_write(tx, visit)?;
    let words = visit.form.text("words");
    if words.is_empty() {
        return Err(fault(tx, visit, "words", "Please write a few words.")?);
    }
    let note = super::note(tx, &grant, concern.id, words)?;
    tell(tx, &concern, &grant, note)?;
    Ok(Reply::go(path(&concern)).saying("Noted."))
}

pub(crate) fn refer(tx: &mut Tx, visit: &Visit) -> Answer {
    let (concern, grant) = to_write(tx, visit)?;
    if concern.closed_at.is_some() {
        return Err(Failure::NotFound);
    }
    let free = circle::may_be_referred_to(tx, &concern)?;
    let to = Id::parse(visit.form.text("person")).and_then(|id| free.iter().find(|it| it.person == id));
    let Some(to) = to else {
        return Err(fault(tx, visit, "person", "Choose to whom it is passed on.")?);
    };
    if super::refer(tx, &grant, concern.id, to.person)? {
        let cohort = program::the_cohort(tx, concern.cohort)?;
        letters::concern_raised(tx, &cohort, concern.id, to.person)?;
        let news = tx.fresh_id();
        tell(tx, &concern, &grant, news)?;
    }
    Ok(Reply::go(path(&concern)).saying(format!("{} reads it from now on.", to.name)))
}

pub(crate) fn close(tx: &mut Tx, visit: &Visit) -> Answer {
    let (concern, grant) = to_write(tx, visit)?;
    if super::close(tx, &grant, concern.id)? {
        let news = tx.fresh_id();
        tell(tx, &concern, &grant, news)?;
    }
    Ok(Reply::go(path(&concern)).saying("Closed. It stays here to read until its time is over."))
}

fn to_write(tx: &mut Tx, visit: &Visit) -> Result<(Concern, Grant<of::Escalation, may::Write>), Failure> {
    access::of_path(tx, visit)
}

/// The reporter hears that there is news where somebody else did something; of nothing else.
fn tell(tx: &mut Tx, concern: &Concern, by: &Grant<of::Escalation, may::Write>, news: Id) -> Result<(), Failure> {
    if Id::from(by.person()) == concern.reporter {
        return Ok(());
    }
    let cohort = program::the_cohort(tx, concern.cohort)?;
    letters::concern_news(tx, &cohort, concern.id, concern.reporter, news)
}

fn fault(tx: &mut Tx, visit: &Visit, field: &str, words: &str) -> Result<Failure, Failure> {
    let mut faults = Faults::new();
    faults.add(field, words);
    read::refused(tx, visit, &faults)
}

fn path(concern: &Concern) -> String {
    format!("/concerns/{}", concern.id)
}
