//! Tables `surveys` and `survey_people`.

use forms::Form;
use jiff::civil::Date;
use platform::prelude::*;
use policy::{Facts, Grant, of};

row! {
    #[derive(PartialEq, Eq)]
    pub struct Survey {
        pub id: Id,
        pub cohort: Id,
        pub name: String,
        pub role: String,
        pub opens: Date,
        pub closes: Date,
        /// Whether the chair set its days; otherwise they follow the calendar.
        pub by_hand: bool,
        pub state: String,
        pub opened_on: Option<Date>,
        pub closed_on: Option<Date>,
        /// How many reminders went out.
        pub reminded: i64,
        /// The version of its form that is asked; nothing before it opens.
        pub form_version: Option<i64>,
    }
}

impl Survey {
    pub fn is_planned(&self) -> bool {
        self.state == "planned"
    }

    pub fn is_open(&self) -> bool {
        self.state == "open"
    }

    pub fn is_closed(&self) -> bool {
        self.state == "closed"
    }
}

sql! {
    ADD => "insert into surveys (id, cohort, name, role, opens, closes, by_hand, state, reminded) values ($1, $2, $3, $4, $5, $6, $7, 'planned', 0) on conflict (cohort, name) do nothing";
    FIND => "select id, cohort, name, role, opens, closes, by_hand, state, opened_on, closed_on, reminded, form_version from surveys where id = $1";
    NAMED => "select id, cohort, name, role, opens, closes, by_hand, state, opened_on, closed_on, reminded, form_version from surveys where cohort = $1 and name = $2";
    IN_COHORT => "select id, cohort, name, role, opens, closes, by_hand, state, opened_on, closed_on, reminded, form_version from surveys where cohort = $1 order by id";
    NOT_CLOSED => "select id, cohort, name, role, opens, closes, by_hand, state, opened_on, closed_on, reminded, form_version from surveys where state = $1 order by id";
    MOVE => "update surveys set opens = $2, closes = $3, by_hand = $4 where id = $1 and state <> 'closed'";
    OPEN => "update surveys set state = 'open', opened_on = $2, form_version = $3 where id = $1 and state = 'planned'";
    CLOSE => "update surveys set state = 'closed', closed_on = $2 where id = $1 and state <> 'closed'";
    REMINDED => "update surveys set reminded = $2 where id = $1 and reminded < $2";
    ASK => "insert into survey_people (survey, person, answered) values ($1, $2, $3) on conflict (survey, person) do nothing";
    HAS_ANSWERED => "select answered from survey_people where survey = $1 and person = $2";
    MARK => "update survey_people set answered = (answered or person = $2) where survey = $1";
    SILENT => "select person from survey_people where survey = $1 and not answered order by person";
    ASKED => "select count(*) as people from survey_people where survey = $1";
    ANSWERED => "select count(*) as people from survey_people where survey = $1 and answered";
    UNANSWERED_BY => "select s.id, s.cohort, s.name, s.role, s.opens, s.closes, s.by_hand, s.state, s.opened_on, s.closed_on, s.reminded, s.form_version from surveys s join survey_people p on p.survey = s.id where p.person = $1 and not p.answered and s.state = 'open' order by s.closes, s.id";
}

pub fn add(tx: &mut Tx, cohort: Id, name: &str, role: &str, (opens, closes): (Date, Date)) -> Result<(), Failure> {
    let id = tx.fresh_id();
    tx.exec(&ADD, values![id, cohort, name, role, opens, closes, false])?;
    Ok(())
}

pub fn the_survey(tx: &mut Tx, id: Id) -> Result<Survey, Failure> {
    tx.row(&FIND, values![id])?.ok_or(Failure::NotFound)
}

/// The survey in the path, for those who may come through this door for its cohort.
pub fn theirs(tx: &mut Tx, visit: &Visit) -> Result<Survey, Failure> {
    let survey = the_survey(tx, visit.id("survey")?)?;
    visit.admit(Some(survey.cohort))?;
    Ok(survey)
}

/// Proof that whoever asks may read the totals of the surveys of a cohort.
pub fn proof(visit: &Visit, cohort: Id) -> Result<Grant<of::SurveyAggregate>, Failure> {
    visit.grant(&Facts::in_cohort(cohort.number()))
}

pub fn named(tx: &mut Tx, cohort: Id, name: &str) -> Result<Option<Survey>, Failure> {
    Ok(tx.row(&NAMED, values![cohort, name])?)
}

/// The surveys of a cohort in the order in which they are asked.
pub fn in_cohort(tx: &mut Tx, cohort: Id) -> Result<Vec<Survey>, Failure> {
    Ok(tx.rows(&IN_COHORT, values![cohort])?)
}

pub fn in_state(tx: &mut Tx, state: &str) -> Result<Vec<Survey>, Failure> {
    Ok(tx.rows(&NOT_CLOSED, values![state])?)
}

pub fn set_days(tx: &mut Tx, survey: Id, opens: Date, closes: Date, by_hand: bool) -> Result<bool, Failure> {
    Ok(tx.exec(&MOVE, values![survey, opens, closes, by_hand])? == 1)
}

/// Opens a survey with its form as it stands today: everybody is asked the same, whatever
/// the committee publishes meanwhile.
pub fn open(tx: &mut Tx, survey: &Survey, today: Date) -> Result<bool, Failure> {
    let version = forms::current(tx, &survey.name)?.version;
    Ok(tx.exec(&OPEN, values![survey.id, today, version])? == 1)
}

/// The form of a survey as its people are, were or would be asked.
pub fn form(tx: &mut Tx, survey: &Survey) -> Result<Form, Failure> {
    match survey.form_version {
        Some(version) => forms::of_version(tx, &survey.name, version),
        None => forms::current(tx, &survey.name),
    }
}

pub fn close(tx: &mut Tx, survey: Id, today: Date) -> Result<bool, Failure> {
    Ok(tx.exec(&CLOSE, values![survey, today])? == 1)
}

/// Notes that a reminder is out. False when another run was faster.
pub fn note_reminder(tx: &mut Tx, survey: Id, number: i64) -> Result<bool, Failure> {
    Ok(tx.exec(&REMINDED, values![survey, number])? == 1)
}

pub fn ask(tx: &mut Tx, survey: Id, person: Id) -> Result<(), Failure> {
    tx.exec(&ASK, values![survey, person, false])?;
    Ok(())
}

/// Whether a person has answered; `None` for who was not asked.
pub fn has_answered(tx: &mut Tx, survey: Id, person: Id) -> Result<Option<bool>, Failure> {
    Ok(tx.row(&HAS_ANSWERED, values![survey, person])?)
}

/// Notes that a person has answered, by writing every row of the survey anew: a single
/// changed row would tell by its place or version who answered when.
pub fn mark_answered(tx: &mut Tx, survey: Id, person: Id) -> Result<(), Failure> {
    tx.exec(&MARK, values![survey, person])?;
    Ok(())
}

pub fn silent(tx: &mut Tx, survey: Id) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&SILENT, values![survey])?)
}

pub fn asked_count(tx: &mut Tx, survey: Id) -> Result<i64, Failure> {
    Ok(tx.one(&ASKED, values![survey])?)
}

pub fn answered_count(tx: &mut Tx, survey: Id) -> Result<i64, Failure> {
    Ok(tx.one(&ANSWERED, values![survey])?)
}

pub fn unanswered_by(tx: &mut Tx, person: Id) -> Result<Vec<Survey>, Failure> {
    Ok(tx.rows(&UNANSWERED_BY, values![person])?)
}
