//! Table `events`: when the cohort comes together. The days of the orientation and of the
//! follow-up session are those of the calendar; the committee sets time and place.

use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use platform::prelude::*;
use policy::{Opens, of};
use program::{Calendar, Cohort, calendar};

use crate::rules::calendar_file::{Entry, calendar_file};

row! {
    #[derive(PartialEq, Eq)]
    pub struct Event {
        pub id: Id,
        pub cohort: Id,
        /// `orientation`, `follow_up` or `circle`.
        pub kind: String,
        pub title: String,
        pub starts_at: Timestamp,
        pub ends_at: Timestamp,
        pub place: String,
        pub online_link: String,
        pub words: String,
        pub version: i64,
        /// When its list was complete.
        pub closed_at: Option<Timestamp>,
    }
}

/// What the committee sets.
pub(crate) struct Details {
    pub title: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub place: String,
    pub online_link: String,
    pub words: String,
}

pub(crate) const ORIENTATION: &str = "orientation";
pub(crate) const FOLLOW_UP: &str = "follow_up";
const CIRCLE: &str = "circle";

/// Kind, step of the calendar, title, first hour, last hour.
const BY_CALENDAR: [(&str, &str, &str, i8, i8); 2] = [
    (ORIENTATION, "orientation", "Orientation", 12, 14),
    (FOLLOW_UP, "follow_up_session", "Follow-up session", 10, 11),
];

sql! {
    FIND => "select id, cohort, kind, title, starts_at, ends_at, place, online_link, words, version, closed_at from events where id = $1";
    IN_COHORT => "select id, cohort, kind, title, starts_at, ends_at, place, online_link, words, version, closed_at from events where cohort = $1 order by starts_at, id";
    OF_KIND => "select id, cohort, kind, title, starts_at, ends_at, place, online_link, words, version, closed_at from events where cohort = $1 and kind = $2";
    COHORT_OF => "select cohort from events where id = $1";
    OF_PERSON => "select e.id, e.cohort from events e join invitations i on i.event = e.id where i.person = $1 order by e.starts_at, e.id";
    ADD => "insert into events (id, cohort, kind, title, starts_at, ends_at, place, online_link, words, version, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10) on conflict do nothing";
    CHANGE => "update events set title = $2, starts_at = $3, ends_at = $4, place = $5, online_link = $6, words = $7, version = version + 1 where id = $1";
    CLOSE => "update events set closed_at = $2 where id = $1 and closed_at is null";
}

impl Event {
    pub fn is_orientation(&self) -> bool {
        self.kind == ORIENTATION
    }

    pub fn is_by_calendar(&self) -> bool {
        self.kind != CIRCLE
    }

    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ends_at <= now
    }

    pub fn day(&self, calendar: &Calendar) -> Date {
        calendar.today(self.starts_at)
    }

    /// "Saturday 27 June 2026, 12:00–14:00 CDT".
    pub fn when(&self, calendar: &Calendar) -> String {
        let local = |at: Timestamp| at.to_zoned(calendar.zone().clone());
        let (starts, ends) = (local(self.starts_at), local(self.ends_at));
        let day = program::long_day(starts.date());
        format!("{day}, {}–{}", starts.strftime("%H:%M"), ends.strftime("%H:%M %Z"))
    }

    /// Where it is, in words that fit after "in".
    pub fn place_words(&self) -> String {
        if self.place.is_empty() {
            "a room of the annual meeting that we name in time".to_owned()
        } else {
            self.place.clone()
        }
    }

    /// The file that calendars read; the time stands in it in UTC.
    pub fn calendar_file(&self, tx: &Tx) -> String {
        let online = if self.online_link.is_empty() { String::new() } else { format!("Online: {}", self.online_link) };
        let words: Vec<&str> = [self.words.as_str(), &online].into_iter().filter(|it| !it.is_empty()).collect();
        calendar_file(&Entry {
            uid: format!("{}@duology", self.id),
            version: self.version,
            written_at: tx.now(),
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            title: self.title.clone(),
            place: self.place.clone(),
            words: words.join("\n"),
            url: tx.url(&format!("/events/{}", self.id)),
        })
    }
}

/// The cohort that an event belongs to.
pub(crate) fn cohort_of(tx: &mut Tx, id: Id) -> Result<Option<Id>, Failure> {
    Ok(tx.row(&COHORT_OF, values![id])?)
}

pub(crate) fn find(tx: &mut Tx, _: &impl Opens<of::Event>, id: Id) -> Result<Option<Event>, Failure> {
    Ok(tx.row(&FIND, values![id])?)
}

/// All of a cohort, the first one first.
pub(crate) fn in_cohort(tx: &mut Tx, _: &impl Opens<of::Event>, cohort: Id) -> Result<Vec<Event>, Failure> {
    Ok(tx.rows(&IN_COHORT, values![cohort])?)
}

pub(crate) fn of_kind(
    tx: &mut Tx,
    _: &impl Opens<of::Event>,
    cohort: Id,
    kind: &str,
) -> Result<Option<Event>, Failure> {
    Ok(tx.row(&OF_KIND, values![cohort, kind])?)
}

/// What somebody is invited to, each with its cohort.
pub(crate) fn of_person(tx: &mut Tx, person: Id) -> Result<Vec<(Id, Id)>, Failure> {
    Ok(tx.rows(&OF_PERSON, values![person])?)
}

/// Adds a circle, for which the committee sets everything.
pub(crate) fn add_circle(tx: &mut Tx, cohort: Id, details: &Details) -> Result<Id, Failure> {
    add(tx, cohort, CIRCLE, details)
}

fn add(tx: &mut Tx, cohort: Id, kind: &str, it: &Details) -> Result<Id, Failure> {
    let id = tx.fresh_id();
    let now = tx.now();
    let values =
        values![id, cohort, kind, &it.title, it.starts_at, it.ends_at, &it.place, &it.online_link, &it.words, now];
    tx.exec(&ADD, values)?;
    Ok(id)
}

pub(crate) fn change(tx: &mut Tx, event: Id, it: &Details) -> Result<(), Failure> {
    tx.exec(&CHANGE, values![event, &it.title, it.starts_at, it.ends_at, &it.place, &it.online_link, &it.words])?;
    Ok(())
}

/// Notes that the list is complete. False when it was already.
pub(crate) fn close(tx: &mut Tx, event: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&CLOSE, values![event, tx.now()])? == 1)
}

/// Whether the events of the calendar are there, and on the calendar's days.
pub(crate) fn is_in_step(tx: &mut Tx, cohort: &Cohort) -> Result<bool, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let events = in_cohort(tx, &policy::house(), cohort.id)?;
    Ok(BY_CALENDAR.iter().all(|(kind, step, ..)| {
        let event = events.iter().find(|it| it.kind == *kind);
        event.is_some_and(|it| it.is_over(tx.now()) || it.day(&calendar) == calendar.day(step))
    }))
}

/// Makes the events of the calendar, and moves those whose day has moved; gives the moved ones.
pub(crate) fn bring_in_step(tx: &mut Tx, cohort: &Cohort) -> Result<Vec<Event>, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let mut moved = Vec::new();
    for (kind, step, title, from, to) in BY_CALENDAR {
        let day = calendar.day(step);
        match of_kind(tx, &policy::house(), cohort.id, kind)? {
            None => {
                let (starts_at, ends_at) = (calendar.at(day, from), calendar.at(day, to));
                let (place, online_link) = (String::new(), String::new());
                let words = String::new();
                add(
                    tx,
                    cohort.id,
                    kind,
                    &Details { title: title.to_owned(), starts_at, ends_at, place, online_link, words },
                )?;
            }
            Some(event) if !event.is_over(tx.now()) && event.day(&calendar) != day => {
                let on = |at: Timestamp| moment(&calendar, day, at.to_zoned(calendar.zone().clone()).time());
                let (starts_at, ends_at) = (on(event.starts_at), on(event.ends_at));
                change(
                    tx,
                    event.id,
                    &Details {
                        title: event.title,
                        starts_at,
                        ends_at,
                        place: event.place,
                        online_link: event.online_link,
                        words: event.words,
                    },
                )?;
                moved.extend(find(tx, &policy::house(), event.id)?);
            }
            Some(_) => {}
        }
    }
    Ok(moved)
}

/// A time of a day in the program's zone.
pub(crate) fn moment(calendar: &Calendar, day: Date, time: Time) -> Timestamp {
    let zoned = day.to_datetime(time).to_zoned(calendar.zone().clone());
    zoned.map_or_else(|_| calendar.at(day, time.hour()), |it| it.timestamp())
}
