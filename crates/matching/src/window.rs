//! Table `directories`: when the directory of a cohort may be read. The calendar decides;
//! this is its copy for the one page that everybody reads, kept in step by a job.

use jiff::{SignedDuration, Timestamp};
use platform::{prelude::*, storage::Query};
use program::Cohort;

use crate::{
    changes::{self, Turn},
    search::Language,
    terms::{self, Terms},
    threshold,
};

row! {
    #[derive(PartialEq, Eq)]
    pub(crate) struct Window {
        pub(crate) cohort: Id,
        pub(crate) opens_at: Timestamp,
        pub(crate) closes_at: Timestamp,
    }
}

impl Window {
    pub(crate) fn is_open(&self, now: Timestamp) -> bool {
        self.opens_at <= now && now <= self.closes_at
    }
}

sql! {
    FIND => "select cohort, opens_at, closes_at from directories where cohort = $1";
    WRITE => "insert into directories (cohort, opens_at, closes_at) values ($1, $2, $3) on conflict (cohort) do update set opens_at = excluded.opens_at, closes_at = excluded.closes_at";
}

row! {
    /// The window, and all else that the directory needs to know before it looks.
    struct Seen {
        cohort: Id,
        opens_at: Timestamp,
        closes_at: Timestamp,
        apart: Option<Vec<u8>>,
        shortlist: Option<String>,
        turn: Option<i64>,
        cleared: Option<i64>,
        answer_days: Option<i64>,
        first_reminder: Option<i64>,
        second_reminder: Option<i64>,
        wishes: Option<i64>,
        waiting: Option<i64>,
        mentees_each: Option<i64>,
        language: Option<String>,
        cards: Option<bool>,
    }
}

/// A window with what goes with it for one reader.
pub(crate) struct Newest {
    pub(crate) window: Window,
    /// Whom a mentee is not shown to, still sealed.
    pub(crate) apart: Option<Vec<u8>>,
    /// Whom a mentee keeps in mind.
    pub(crate) shortlist: Vec<Id>,
    pub(crate) turn: Turn,
    pub(crate) terms: Terms,
}

/// The newest window among these cohorts, in one question.
pub(crate) fn newest(tx: &mut Tx, cohorts: &[Id], mentee: Id) -> Result<Option<Newest>, Failure> {
    let mut query = Query::new("select d.cohort, d.opens_at, d.closes_at, a.mentors as apart, (select ");
    query.push(if tx.is_sqlite() {
        "group_concat(hex(s.mentor), ' ')"
    } else {
        "string_agg(replace(cast(s.mentor as text), '-', ''), ' ')"
    });
    query.push(" from shortlists s where s.cohort = d.cohort and s.mentee = ").bind(mentee);
    query.push(") as shortlist, u.turn, u.cleared, t.answer_days, t.first_reminder, t.second_reminder, t.wishes, t.waiting, t.mentees_each, t.language, t.cards from directories d left join directory_turns u on u.cohort = d.cohort left join choosing_terms t on t.cohort = d.cohort left join kept_apart a on a.cohort = d.cohort and a.mentee = ");
    query.bind(mentee).push(" where d.cohort in (");
    for (place, cohort) in cohorts.iter().enumerate() {
        query.push(if place == 0 { "" } else { ", " }).bind(*cohort);
    }
    query.push(") order by d.opens_at desc limit 1");
    if let Some(seen) = tx.query::<Seen>(&query)?.into_iter().next() {
        return Ok(Some(seen.into_newest()));
    }
    // Before the job has run for the first time, the calendar itself is asked.
    for cohort in cohorts {
        if let Some(cohort) = program::cohort(tx, *cohort)? {
            let window = from_calendar(tx, &cohort)?;
            let (turn, terms) = (changes::turn(tx, cohort.id)?, terms::of(tx, cohort.id)?);
            return Ok(Some(Newest { window, apart: None, shortlist: Vec::new(), turn, terms }));
        }
    }
    Ok(None)
}

impl Seen {
    fn into_newest(self) -> Newest {
        let usual = Terms::USUAL;
        let terms = Terms {
            answer_days: self.answer_days.unwrap_or(usual.answer_days),
            reminders: [
                self.first_reminder.unwrap_or(usual.reminders[0]),
                self.second_reminder.unwrap_or(usual.reminders[1]),
            ],
            wishes: self.wishes.unwrap_or(usual.wishes),
            waiting: self.waiting.unwrap_or(usual.waiting),
            mentees_each: self.mentees_each.unwrap_or(usual.mentees_each),
            language: self.language.and_then(|name| Language::from_name(&name)).unwrap_or_default(),
            cards: self.cards.unwrap_or(usual.cards),
        };
        Newest {
            window: Window { cohort: self.cohort, opens_at: self.opens_at, closes_at: self.closes_at },
            apart: self.apart,
            shortlist: self.shortlist.unwrap_or_default().split(' ').filter_map(Id::parse).collect(),
            turn: Turn { now: self.turn.unwrap_or_default(), cleared: self.cleared.unwrap_or_default() },
            terms,
        }
    }
}

/// What the calendar says: exact also in the second in which somebody moved a date.
pub(crate) fn from_calendar(tx: &mut Tx, cohort: &Cohort) -> Result<Window, Failure> {
    let calendar = program::calendar::of(tx, cohort)?;
    let closes_at = calendar.last_second(calendar.day("directory_closes"));
    let opens_at = match threshold::held(tx, cohort)? {
        // SLF8: closed on each of its days, until enough mentors have joined.
        Some(_) => closes_at + SignedDuration::from_secs(1),
        None => calendar.at(calendar.day("directory_opens"), 0),
    };
    Ok(Window { cohort: cohort.id, opens_at, closes_at })
}

/// Whether mentees of this cohort may choose at this moment.
pub(crate) fn is_open(tx: &mut Tx, cohort: &Cohort) -> Result<bool, Failure> {
    let now = tx.now();
    Ok(cohort.is_open() && from_calendar(tx, cohort)?.is_open(now))
}

pub(crate) fn is_in_step(tx: &mut Tx, cohort: &Cohort) -> Result<bool, Failure> {
    let wanted = from_calendar(tx, cohort)?;
    Ok(tx.row::<Window>(&FIND, values![cohort.id])?.is_some_and(|kept| kept == wanted))
}

pub(crate) fn bring_in_step(tx: &mut Tx, cohort: &Cohort) -> Result<(), Failure> {
    let window = from_calendar(tx, cohort)?;
    tx.exec(&WRITE, values![window.cohort, window.opens_at, window.closes_at])?;
    Ok(())
}
