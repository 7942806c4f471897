//! What this room has of a person: events they were asked to, where they were, what they read.

use jiff::Timestamp;
use platform::prelude::*;
use program::{
    Mine,
    mine::{Asking, Entry, Part},
};

pub fn mine() -> Mine {
    Mine { title: "Events and lessons", tables: &["invitations", "attendance", "lesson_readings"], gather, forget }
}

row! {
    struct Asked {
        title: String,
        starts_at: Timestamp,
        answer: Option<String>,
        answered_at: Option<Timestamp>,
    }
}

sql! {
    ASKED => "select e.title, e.starts_at, i.answer, i.answered_at from invitations i join events e on e.id = i.event where i.person = $1 order by e.starts_at, e.id";
    ATTENDED => "select e.title, e.starts_at, a.state, a.noted_at from attendance a join events e on e.id = a.event where a.person = $1 order by e.starts_at, e.id";
    READ => "select lesson, read_at from lesson_readings where person = $1 order by read_at, lesson";
    TAKE_BACK => "delete from invitations where person = $1 and event in (select id from events where starts_at > $2)";
}

fn gather(tx: &mut Tx, asking: &Asking) -> Result<Vec<Part>, Failure> {
    let person = asking.person();
    let invited = tx.rows::<Asked>(&ASKED, values![person])?.into_iter().map(|it| {
        Entry::new().with("event", it.title).at(asking, "day", it.starts_at).with("your answer", it.answer).at(
            asking,
            "answered",
            it.answered_at,
        )
    });
    let came = tx.rows::<(String, Timestamp, String, Timestamp)>(&ATTENDED, values![person])?;
    let came = came.into_iter().map(|(event, day, state, noted)| {
        Entry::new().with("event", event).at(asking, "day", day).with("noted as", state).at(asking, "noted", noted)
    });
    let read = tx.rows::<(String, Timestamp)>(&READ, values![person])?;
    let read = read.into_iter().map(|(lesson, at)| Entry::new().with("lesson", lesson).at(asking, "read", at));
    Ok(vec![
        Part::new("Invitations", invited.collect()),
        Part::new("Where you were", came.collect()),
        Part::new("Lessons you read", read.collect()),
    ])
}

/// Nobody waits for them at what is still to come. What was is counted, and holds no words.
fn forget(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    tx.exec(&TAKE_BACK, values![person, tx.now()])?;
    Ok(())
}
