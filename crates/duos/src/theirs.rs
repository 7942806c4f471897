//! What this room has of a person: their duos, and in them what they wrote themselves. What
//! the partner wrote is the partner's: it stands in the record that each duo can take along.

use platform::{keys, keys::Scope, prelude::*};
use policy::{Condition, Facts, Grant, may, of};
use program::{
    Mine,
    mine::{Asking, Entry, Part},
};

use crate::{
    access, agreements,
    duos::{self, Duo},
    goals, meetings, notes,
};

pub fn mine() -> Mine {
    let tables: &[&str] =
        &["duos", "pledges", "agreements", "duo_goals", "meetings", "duo_notes", "duo_wishes", "going_on"];
    Mine { title: "Your duos", tables, gather, forget }
}

sql! {
    PLEDGES => "select cohort, pledge, signed_at from pledges where person = $1 order by signed_at, pledge";
    WISHES => "select d.number, w.wish, w.said_at from duo_wishes w join duos d on d.id = w.duo where w.person = $1 order by w.said_at";
    GOES_ON => "select d.number, g.wished_at from going_on g join duos d on d.id = g.duo where g.person = $1 order by g.wished_at";
    DROP_WISHES => "delete from duo_wishes where person = $1";
    DROP_PRIVATE => "delete from duo_notes where author = $1 and kind = 'private'";
    EMPTY_NOTES => "update duo_notes set body = $2 where author = $1";
    EMPTY_REASONS => "update duos set reasons = '' where mentor = $1 or mentee = $1";
    EMPTY_LIAISON => "update duos set liaison_name = '', liaison_email = '' where lower(liaison_email) = $1";
}

fn gather(tx: &mut Tx, asking: &Asking) -> Result<Vec<Part>, Failure> {
    let person = asking.person();
    let mut all = Vec::new();
    let mut parts = Vec::new();
    for duo in duos::of_person_any(tx, person)? {
        let partner = duo.name_of(duo.partner_of(person)).to_owned();
        all.push(
            Entry::new()
                .with("duo", duo.number)
                .with("cohort", program::the_cohort(tx, duo.cohort)?.name)
                .with("you were", if duo.mentor == person { "mentor" } else { "mentee" })
                .with("with", partner)
                .with("state", duo.state.clone())
                .with("why you two", duo.reasons.clone())
                .at(asking, "formed", duo.formed_at)
                .at(asking, "ended", duo.ended_at),
        );
        parts.extend(of_duo(tx, asking, &duo)?);
    }
    parts.insert(0, Part::new("Duos", all).saying(APART));
    let mut pledges = Vec::new();
    for (cohort, pledge, at) in tx.rows::<(Id, String, jiff::Timestamp)>(&PLEDGES, values![person])? {
        let cohort = program::the_cohort(tx, cohort)?.name;
        pledges.push(Entry::new().with("cohort", cohort).with("pledge", pledge).at(asking, "signed", at));
    }
    parts.push(Part::new("Pledges you signed", pledges));
    let wishes = tx.rows::<(i64, String, jiff::Timestamp)>(&WISHES, values![person])?;
    let wishes = wishes
        .into_iter()
        .map(|(duo, wish, at)| Entry::new().with("duo", duo).with("a new partner", wish).at(asking, "said", at));
    let goes_on = tx.rows::<(i64, jiff::Timestamp)>(&GOES_ON, values![person])?;
    let goes_on = goes_on.into_iter().map(|(duo, at)| Entry::new().with("duo", duo).at(asking, "wish to go on", at));
    parts.push(Part::new("What you wished after a duo", wishes.chain(goes_on).collect()));
    Ok(parts)
}

const APART: &str = "Here stands what you wrote. What your partner wrote is not in this file; the record of a duo, with what both of you shared, can be taken along on the duo's own page.";

/// What one of the two wrote in a duo, for as long as the matrix lets them take it along.
fn of_duo(tx: &mut Tx, asking: &Asking, duo: &Duo) -> Result<Vec<Part>, Failure> {
    let (visit, person) = (asking.visit(), asking.person());
    let proofs =
        access::of_duo::<of::DuoGoals, may::Export>(visit, duo).and_then(|it| Ok((it, access::of_duo(visit, duo)?)));
    let Ok((proof, agreement)) = proofs else { return Ok(Vec::new()) };
    let title = |what: &str| format!("Duo {}: {what}", duo.number);
    let (agreed, written) = agreements::written_by(tx, &agreement, duo)?;
    let agreed = agreed.into_iter().fold(Entry::new(), |entry, (question, words)| entry.with(question, words));
    let goals = goals::written_by(tx, &proof, duo, &written)?.into_iter().map(|goal| {
        Entry::new()
            .with("goal", goal.title)
            .with("why", goal.why)
            .with("sign", goal.sign)
            .with("by", goal.by)
            .with("level", goal.level)
    });
    let goals: Vec<Entry> = goals.collect();
    let log: Grant<of::MeetingLog, may::Export> = access::of_duo(visit, duo)?;
    let met = meetings::of_duo(tx, &log, duo)?.into_iter().filter(|it| it.logged_by == person).map(|it| {
        Entry::new().day("day", it.day).with("way", it.way).with("minutes", it.minutes).at(
            asking,
            "logged",
            it.logged_at,
        )
    });
    let met: Vec<Entry> = met.collect();
    let agreed = if agreed.0.is_empty() { Vec::new() } else { vec![agreed] };
    Ok(vec![
        Part::new(title("what you wrote in the agreement"), agreed),
        Part::new(title("goals in your words"), goals),
        Part::new(title("meetings you logged"), met),
        Part::new(title("your notes"), own_notes(tx, asking, duo)?),
    ])
}

fn own_notes(tx: &mut Tx, asking: &Asking, duo: &Duo) -> Result<Vec<Entry>, Failure> {
    let facts = Facts::in_cohort(duo.cohort.number()).duo(true).own(true);
    let facts = facts.when(true, Condition::IsKept).when(true, Condition::Author);
    let Ok(proof): Result<Grant<of::PrivateNote, may::Export>, _> = asking.visit().grant(&facts) else {
        return Ok(Vec::new());
    };
    let notes = notes::written_by(tx, &proof, duo)?.into_iter().map(|note| {
        Entry::new()
            .at(asking, "written", note.written_at)
            .with("for", if note.is_private { "you alone" } else { "both of you" })
            .with("words", note.text)
    });
    Ok(notes.collect())
}

/// The duo ends and the partner is told so. Notes lose their words, shared ones leave a line
/// that says so; in agreement and goals the person's own words are withdrawn. That the two
/// were a duo, and when they met, stays as a number.
fn forget(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    let gone = Vec::<u8>::new();
    for duo in duos::of_person_any(tx, person)? {
        if duo.is_active() {
            let _ended = duos::end(tx, &duo, person, "")?;
        }
        let written = agreements::withdraw(tx, &duo, person)?;
        goals::withdraw(tx, &duo, &written, person)?;
        keys::shred(tx, &Scope::author(person, duo.id))?;
    }
    tx.exec(&DROP_PRIVATE, values![person])?;
    tx.exec(&EMPTY_NOTES, values![person, gone])?;
    tx.exec(&DROP_WISHES, values![person])?;
    tx.exec(&EMPTY_REASONS, values![person])?;
    if let Some(account) = platform::identity::find(tx, person)? {
        tx.exec(&EMPTY_LIAISON, values![account.email.to_lowercase()])?;
    }
    Ok(())
}
