//! What this room has of a person: applications, and nominations made and received.

use jiff::Timestamp;
use platform::{identity::email_key, prelude::*};
use policy::{may, of};
use program::{
    Mine,
    mine::{Asking, Entry, Part},
};

use crate::{
    applications, call, forget as ending, line, nominations,
    review::scores,
    rules::withdrawal::{Facts, withdraw},
};

pub fn mine() -> Mine {
    Mine { title: "Applying", tables: &["applications", "nominations", "application_scores"], gather, forget }
}

row! {
    struct Made {
        id: Id,
        cohort: Id,
        role: String,
        state: String,
        name: Option<String>,
        made_at: Timestamp,
    }
}

sql! {
    MADE => "select id, cohort, role, state, name, made_at from nominations where nominator_address = $1 order by made_at, id";
    RECEIVED => "select n.cohort, n.role, n.state, n.made_at from nominations n where n.address = $1 or n.id in (select a.nomination from applications a where a.person = $2 and a.nomination is not null) order by n.made_at, n.id";
    OPEN_WITH => "select id from nominations where state = 'open' and (address = $1 or nominator_address = $1)";
    ABOUT => "select id from nominations where address = $1 or nominator_address = $1 or id in (select a.nomination from applications a where a.person = $2 and a.nomination is not null)";
    EMPTY_RECEIVED => "update nominations set name = null, address = null where address = $1 or id in (select a.nomination from applications a where a.person = $2 and a.nomination is not null)";
}

fn gather(tx: &mut Tx, asking: &Asking) -> Result<Vec<Part>, Failure> {
    let mut sent = Vec::new();
    for application in applications::of_person(tx, asking.person())? {
        let cohort = program::the_cohort(tx, application.cohort)?;
        if asking.own::<of::Application, may::Read>(cohort.id).is_none() {
            continue;
        }
        sent.push(
            Entry::new()
                .with("cohort", cohort.name)
                .with("role", application.role.clone())
                .with("state", application.state.clone())
                .with("number", application.number)
                .at(asking, "begun", application.begun_at)
                .at(asking, "submitted", application.submitted_at)
                .day("judged", application.judged_on)
                .with("eligibility", application.verdict.clone())
                .with("your second look", application.appeal.clone())
                .with("the committee's reason", application.decision.clone()),
        );
    }
    let (mut made, mut received) = (Vec::new(), Vec::new());
    for address in membership::addresses_of(tx, asking.person())? {
        for it in tx.rows::<Made>(&MADE, values![email_key(&address)])? {
            let words = own_words(tx, asking, &it)?;
            let cohort = program::the_cohort(tx, it.cohort)?.name;
            made.push(
                Entry::new()
                    .with("cohort", cohort)
                    .with("as a", it.role)
                    .with("state", it.state)
                    .with("whom", it.name)
                    .with("your words", words)
                    .at(asking, "made", it.made_at),
            );
        }
        let asked = values![email_key(&address), asking.person()];
        for (cohort, role, state, at) in tx.rows::<(Id, String, String, Timestamp)>(&RECEIVED, asked)? {
            let cohort = program::the_cohort(tx, cohort)?.name;
            let entry = Entry::new().with("cohort", cohort).with("as a", role).with("state", state);
            received.push(entry.at(asking, "made", at));
        }
    }
    Ok(vec![
        Part::new("Applications", sent).saying(ANSWERS),
        Part::new("Nominations you made", made),
        Part::new("Nominations of you", received),
        Part::new("Points you gave as a reviewer", points_given(tx, asking)?),
    ])
}

/// What they thought of applications, without the names of those who applied.
fn points_given(tx: &mut Tx, asking: &Asking) -> Result<Vec<Entry>, Failure> {
    let mut given = Vec::new();
    for (application, cohort, score) in scores::given_by(tx, asking)? {
        let number = applications::find(tx, application)?.and_then(|it| it.number);
        let points: Vec<String> = score.points.iter().map(|(name, points)| format!("{name}: {points}")).collect();
        given.push(
            Entry::new()
                .with("cohort", program::the_cohort(tx, cohort)?.name)
                .with("number of the application", number)
                .with("your points", points.join(", "))
                .with("your words", score.comment),
        );
    }
    Ok(given)
}

/// What they said of somebody themselves.
fn own_words(tx: &mut Tx, asking: &Asking, made: &Made) -> Result<Option<String>, Failure> {
    let Some(grant) = asking.own::<of::Nomination, may::Read>(made.cohort) else { return Ok(None) };
    let nomination = nominations::find(tx, made.id)?.ok_or(Failure::NotFound)?;
    let reason = nominations::words(tx, &grant, &nomination)?.reason;
    Ok(Some(reason).filter(|it| !it.is_empty()))
}

const ANSWERS: &str = "What you answered in an application stands under “What you answered in forms”.";

/// A place that they have goes to the next in line; then the words are deleted.
fn forget(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    for application in applications::of_person(tx, person)? {
        let call = call::locked(tx, application.cohort)?;
        let today = call.calendar.today(tx.now());
        let facts = Facts { state: application.state(), today, orientation: call.orientation() };
        if call.cohort.is_open() && withdraw(&facts).is_ok() {
            line::withdraw(tx, &call, &application)?;
        }
        if let Some(application) = applications::find(tx, application.id)? {
            ending::forget(tx, &application, "your application")?;
        }
    }
    scores::forget_by(tx, person)?;
    for address in membership::addresses_of(tx, person)? {
        let key = email_key(&address);
        for id in tx.rows::<Id>(&OPEN_WITH, values![&key])? {
            nominations::lapse(tx, id)?;
        }
        for id in tx.rows::<Id>(&ABOUT, values![&key, person])? {
            nominations::forget_words(tx, id)?;
        }
        tx.exec(&EMPTY_RECEIVED, values![&key, person])?;
    }
    Ok(())
}
