//! Tables `programs` and `cohorts`.

use jiff::{
    Timestamp,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use platform::prelude::*;

use crate::{
    calendar, preset,
    rules::calendar::{self as dates, Anchors},
};

row! {
    #[derive(PartialEq, Eq)]
    pub struct Program {
        pub id: Id,
        pub association: String,
        pub name: String,
        pub preset: String,
        /// Its time zone, by its IANA name.
        pub zone: String,
        pub postal_address: String,
        /// Where answers to letters go that have no liaison.
        pub reply_address: String,
        /// Whom to turn to when it concerns the liaison or the chair.
        pub alternative_contact: String,
    }
}

row! {
    #[derive(PartialEq, Eq)]
    pub struct Cohort {
        pub id: Id,
        pub name: String,
        /// `draft` until the committee opens it, `closed` after its end.
        pub state: String,
        pub annual_meeting: Date,
        pub midwinter: Option<Date>,
        pub next_annual_meeting: Option<Date>,
        pub places: i64,
        pub begun_from: Option<Id>,
        pub closed_at: Option<Timestamp>,
        pub zone: String,
    }
}

impl Cohort {
    pub fn anchors(&self) -> Anchors {
        Anchors {
            saturday: saturday_from(self.annual_meeting),
            midwinter: self.midwinter,
            next_saturday: self.next_annual_meeting.map(saturday_from),
        }
    }

    pub fn is_open(&self) -> bool {
        self.state == "open"
    }

    pub fn is_draft(&self) -> bool {
        self.state == "draft"
    }

    pub fn is_closed(&self) -> bool {
        self.state == "closed"
    }
}

/// The first Saturday on or after the first day of an annual meeting.
pub fn saturday_from(day: Date) -> Date {
    let mut day = day;
    while day.weekday() != Weekday::Saturday {
        day = dates::add(day, 1);
    }
    day
}

sql! {
    PROGRAM => "select id, association, name, preset, zone, postal_address, reply_address, alternative_contact from programs limit 1";
    ADD_PROGRAM => "insert into programs (id, association, name, preset, zone, postal_address, reply_address, alternative_contact, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    EDIT_PROGRAM => "update programs set association = $2, name = $3, zone = $4, postal_address = $5, reply_address = $6, alternative_contact = $7 where id = $1";
    ADD_COHORT => "insert into cohorts (id, program, name, state, annual_meeting, midwinter, next_annual_meeting, places, begun_from, created_at) values ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9)";
    FIND => "select c.id, c.name, c.state, c.annual_meeting, c.midwinter, c.next_annual_meeting, c.places, c.begun_from, c.closed_at, p.zone from cohorts c join programs p on p.id = c.program where c.id = $1";
    ALL => "select c.id, c.name, c.state, c.annual_meeting, c.midwinter, c.next_annual_meeting, c.places, c.begun_from, c.closed_at, p.zone from cohorts c join programs p on p.id = c.program order by c.annual_meeting desc, c.id desc";
    OPEN => "update cohorts set state = 'open', opened_at = $2 where id = $1 and state = 'draft'";
    CLOSE => "update cohorts set state = 'closed', closed_at = $2 where id = $1 and state = 'open'";
    SET_PLACES => "update cohorts set places = $2 where id = $1";
    SET_ANCHORS => "update cohorts set annual_meeting = $2, midwinter = $3, next_annual_meeting = $4 where id = $1";
}

/// The program of this house, once it is set up.
pub fn program(tx: &mut Tx) -> Result<Option<Program>, Failure> {
    tx.once(Id::default(), |tx| Ok(tx.row(&PROGRAM, values![])?))
}

/// The day it is in the program's zone; before there is a program, in UTC.
pub fn today(tx: &mut Tx) -> platform::storage::Result<Date> {
    let now = tx.now();
    day_of(tx, now)
}

/// The day a moment falls on in the program's zone.
pub fn day_of(tx: &mut Tx, at: Timestamp) -> platform::storage::Result<Date> {
    let program: Option<Program> = tx.once(Id::default(), |tx| tx.row(&PROGRAM, values![]))?;
    let zone = program.map_or(TimeZone::UTC, |it| crate::calendar::zone_named(&it.zone));
    Ok(at.to_zoned(zone).date())
}

/// The program, where a page makes no sense before there is one.
pub fn the_program(tx: &mut Tx) -> Result<Program, Failure> {
    program(tx)?.ok_or(Failure::NotFound)
}

pub fn add_program(tx: &mut Tx, association: &str, name: &str, zone: &str, reply_address: &str) -> Result<Id, Failure> {
    let id = tx.fresh_id();
    tx.exec(&ADD_PROGRAM, values![id, association, name, preset::KEY, zone, "", reply_address, "", tx.now()])?;
    journal::record(tx, "program begun", id, None, None)?;
    Ok(id)
}

pub fn edit_program(tx: &mut Tx, program: &Program) -> Result<(), Failure> {
    let it = program;
    tx.exec(
        &EDIT_PROGRAM,
        values![
            it.id,
            &it.association,
            &it.name,
            &it.zone,
            &it.postal_address,
            &it.reply_address,
            &it.alternative_contact
        ],
    )?;
    Ok(())
}

/// A cohort that is to begin, with all its dates. It stays a draft until it is opened. SET2.
pub struct NewCohort<'a> {
    pub name: &'a str,
    pub annual_meeting: Date,
    pub midwinter: Option<Date>,
    pub next_annual_meeting: Option<Date>,
    pub places: i64,
    pub begun_from: Option<Id>,
}

pub fn add(tx: &mut Tx, new: &NewCohort, by: Option<Id>) -> Result<Id, Failure> {
    let program = the_program(tx)?;
    let id = tx.fresh_id();
    let values = values![
        id,
        program.id,
        new.name,
        new.annual_meeting,
        new.midwinter,
        new.next_annual_meeting,
        new.places,
        new.begun_from,
        tx.now(),
    ];
    tx.exec(&ADD_COHORT, values)?;
    write_days_from_rules(tx, id)?;
    journal::record(tx, "cohort begun", id, by, Some(id))?;
    Ok(id)
}

/// Sets every step to the day its rule gives; days set by hand are given up.
pub fn write_days_from_rules(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    let cohort = the_cohort(tx, cohort)?;
    for (step, day) in calendar::from_rules(&cohort.anchors()) {
        calendar::set_day(tx, cohort.id, &step, day, false)?;
    }
    Ok(())
}

pub fn cohort(tx: &mut Tx, id: Id) -> Result<Option<Cohort>, Failure> {
    tx.once(id, |tx| Ok(tx.row(&FIND, values![id])?))
}

pub fn the_cohort(tx: &mut Tx, id: Id) -> Result<Cohort, Failure> {
    cohort(tx, id)?.ok_or(Failure::NotFound)
}

/// All cohorts, the newest annual meeting first.
pub fn all(tx: &mut Tx) -> Result<Vec<Cohort>, Failure> {
    tx.once(Id::default(), |tx| Ok(tx.rows(&ALL, values![])?))
}

/// The newest cohort that is open; without one, the newest of all. `None` before set-up.
pub fn current(tx: &mut Tx) -> Result<Option<Cohort>, Failure> {
    let all = all(tx)?;
    Ok(all.iter().find(|it| it.is_open()).or(all.first()).cloned())
}

/// Opens a draft: from now on it is seen and its letters go out. False when it is no draft.
pub fn open(tx: &mut Tx, cohort: Id, by: Option<Id>) -> Result<bool, Failure> {
    let opened = tx.exec(&OPEN, values![cohort, tx.now()])? == 1;
    if opened {
        journal::record(tx, "cohort opened", cohort, by, Some(cohort))?;
    }
    Ok(opened)
}

/// Closes an open cohort. False when it is not open.
pub fn close(tx: &mut Tx, cohort: Id, by: Option<Id>) -> Result<bool, Failure> {
    let closed = tx.exec(&CLOSE, values![cohort, tx.now()])? == 1;
    if closed {
        journal::record(tx, "cohort closed", cohort, by, Some(cohort))?;
    }
    Ok(closed)
}

pub fn set_places(tx: &mut Tx, cohort: Id, places: i64) -> Result<(), Failure> {
    tx.exec(&SET_PLACES, values![cohort, places])?;
    Ok(())
}

pub fn set_anchors(
    tx: &mut Tx,
    cohort: Id,
    annual: Date,
    midwinter: Option<Date>,
    next: Option<Date>,
) -> Result<(), Failure> {
    tx.exec(&SET_ANCHORS, values![cohort, annual, midwinter, next])?;
    Ok(())
}
