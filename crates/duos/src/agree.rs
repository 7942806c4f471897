//! Write the agreement together, and confirm it. Only the two can open it; if both write
//! at once, both versions are shown and nothing is lost. AGR1.

use forms::{Answers, Form};
use platform::prelude::*;
use policy::{Condition, Grant, of};
use program::calendar;
use shell::Faults;

use crate::{
    access,
    agreements::{self, Body, Revision},
    duos::{self, Duo},
    goals::{self, Goal},
    letters,
    rules::agreement::{self, AgreementRefusal, RevisionFacts},
};

mod markup;

use markup::Page;

/// The agreement to read, with what is left to do.
pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs(tx, visit)?;
    let body = page(tx, visit, &duo, &Faults::new())?;
    Ok(Reply::page(TITLE, body))
}

/// The agreement to write in.
pub fn edit(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs(tx, visit)?;
    if !duo.is_active() {
        return Ok(Reply::go(duo.path("/agreement")));
    }
    let newest = agreements::newest(tx, &duo)?;
    let answers = match &newest {
        Some(revision) => agreements::open(tx, &access::of_duo(visit, &duo)?, &duo, revision)?
            .map(|it| it.answers)
            .unwrap_or_default(),
        None => Answers::new(),
    };
    let form = form(tx, &duo)?;
    let seen = newest.map_or(0, |it| it.revision);
    Ok(Reply::page(TITLE, markup::edit(&duo, visit.person()?, &form, &answers, &Faults::new(), seen)))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs_to_change(tx, visit)?;
    let person = visit.person()?;
    let form = form(tx, &duo)?;
    let answers = forms::read(&form, &visit.form)?;
    let newest = agreements::newest(tx, &duo)?;
    let seen = visit.form.number("revision").unwrap_or(0);
    let revision = match agreement::save(&facts(&duo, newest.as_ref(), seen)) {
        Ok(revision) => revision,
        Err(AgreementRefusal::ChangedMeanwhile) => return overtaken(tx, visit, &duo, &form, &answers),
        Err(refusal) => return Err(Failure::refused(TITLE, page(tx, visit, &duo, &said(refusal))?)),
    };
    let faults = faults_of_draft(&form, &answers);
    if !faults.is_empty() {
        return Err(Failure::refused(TITLE, markup::edit(&duo, person, &form, &answers, &faults, seen)));
    }
    let body = Body { form, answers };
    if !agreements::add(tx, &access::of_duo(visit, &duo)?, &duo, revision, &body)? {
        return overtaken(tx, visit, &duo, &body.form, &body.answers);
    }
    journal::record(tx, "agreement written", duo.id, Some(person), Some(duo.cohort))?;
    Ok(Reply::go(duo.path("/agreement")).saying("Saved. It stands once both of you have confirmed this version."))
}

/// Confirms the revision that the person has read.
pub fn sign(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs_to_change(tx, visit)?;
    let person = visit.person()?;
    let newest = agreements::newest(tx, &duo)?;
    let seen = visit.form.number("revision").unwrap_or(0);
    if let Err(refusal) = agreement::sign(&facts(&duo, newest.as_ref(), seen)) {
        let body = page(tx, visit, &duo, &said(refusal))?;
        let is_late = refusal == AgreementRefusal::ChangedMeanwhile;
        return Err(if is_late { Failure::overtaken(TITLE, body) } else { Failure::refused(TITLE, body) });
    }
    let Some(newest) = newest else { return Err(Failure::NotFound) };
    if newest.is_signed_by(&duo, person) {
        return Ok(Reply::go(duo.path("/agreement")).saying("You have confirmed this version already."));
    }
    let Some(body) = agreements::open(tx, &access::of_duo(visit, &duo)?, &duo, &newest)? else {
        return Err(Failure::NotFound);
    };
    let missing = still_missing(&body);
    if !missing.is_empty() {
        return Err(Failure::refused(TITLE, page(tx, visit, &duo, &missing)?));
    }
    if !agreements::sign(tx, &duo, newest.revision, person)? {
        let words = format!("Confirmed. It stands as soon as {} confirms it too.", duo.name_of(duo.partner_of(person)));
        return Ok(Reply::go(duo.path("/agreement")).saying(words));
    }
    journal::record(tx, "agreement signed", duo.id, Some(person), Some(duo.cohort))?;
    letters::agreement_stands(tx, &duo, newest.revision)?;
    take_over_goals(tx, visit, &duo, &body.answers)?;
    Ok(Reply::go(duo.path("/agreement")).saying("Both of you have confirmed it: your agreement stands."))
}

/// What the two chose to show their liaison, as labels and words: nothing, the titles of
/// the goals, or all of the agreement that stands. Both confirmed the choice with it.
pub fn shared_with_liaison(
    tx: &mut Tx,
    visit: &Visit,
    duo: Id,
    is_liaison: bool,
) -> Result<Vec<(String, String)>, Failure> {
    let duo = duos::duo(tx, duo)?.ok_or(Failure::NotFound)?;
    let shared = agreements::shared(tx, &duo)?;
    let facts = access::facts(visit.person()?, &duo);
    let facts = facts.assigned(is_liaison).when(!shared.is_empty(), Condition::BothShare);
    let grant: Result<Grant<of::Agreement>, _> = visit.grant(&facts);
    Ok(if grant.is_ok() { shared } else { Vec::new() })
}

/// What the shared part is called where the two see who has read theirs.
pub const SHARED_RECORD: &str = "agreement, as far as you share it";

const TITLE: &str = "Our agreement";

/// The form as the two see it. Confirming has a button of its own, and who can read the
/// agreement is said once for all of it.
fn form(tx: &mut Tx, duo: &Duo) -> Result<Form, Failure> {
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let end = program::long_day(calendar::of(tx, &cohort)?.day("session_ends"));
    let mut form = forms::current(tx, "agreement")?.filled(&[("end_date", &end)]);
    for section in &mut form.sections {
        section.fields.retain(|field| field.key != "confirm");
        for field in &mut section.fields {
            field.readers.clear();
        }
    }
    Ok(form)
}

/// A draft may have gaps; what stands in it must make sense.
fn faults_of_draft(form: &Form, answers: &Answers) -> Faults {
    if answers.is_empty() {
        return Faults::general("Write at least one line before you save.");
    }
    let mut draft = form.clone();
    for field in draft.sections.iter_mut().flat_map(|section| &mut section.fields) {
        field.required = false;
    }
    forms::faults(&draft, answers)
}

/// What an agreement lacks before it can be confirmed, as sentences without a field: the
/// page that shows them has none.
fn still_missing(body: &Body) -> Faults {
    let mut faults = Faults::new();
    for fault in forms::faults(&body.form, &body.answers).all() {
        let label = body.form.field(&fault.field).map(|it| it.label.as_str()).unwrap_or_default();
        faults.add("", format!("Before you confirm it, “{label}”: {}", fault.words));
    }
    faults
}

fn facts(duo: &Duo, newest: Option<&Revision>, seen: i64) -> RevisionFacts {
    RevisionFacts { duo_is_active: duo.is_active(), newest: newest.map_or(0, |it| it.revision), seen }
}

fn said(refusal: AgreementRefusal) -> Faults {
    Faults::general(refusal.to_string())
}

/// The first goals come from the agreement, so that nobody writes them twice.
fn take_over_goals(tx: &mut Tx, visit: &Visit, duo: &Duo, answers: &Answers) -> Result<(), Failure> {
    let (revision, _) = goals::of_duo(tx, &access::of_duo(visit, duo)?, duo)?;
    let text = |number: usize, part: &str| answers.text(&format!("goal_{number}_{part}")).to_owned();
    let agreed: Vec<Goal> = (1..=goals::MOST)
        .map(|it| Goal {
            title: text(it, "title"),
            why: text(it, "why"),
            sign: text(it, "sign"),
            by: text(it, "by"),
            level: None,
            author: None,
        })
        .filter(|goal| !goal.title.is_empty())
        .collect();
    if revision == 0 && !agreed.is_empty() {
        goals::keep(tx, &access::of_duo(visit, duo)?, duo, 0, &agreed)?;
    }
    Ok(())
}

/// The partner saved meanwhile: both versions, and a form that saves on top of theirs.
fn overtaken(tx: &mut Tx, visit: &Visit, duo: &Duo, form: &Form, answers: &Answers) -> Answer {
    let newest = agreements::newest(tx, duo)?.ok_or(Failure::NotFound)?;
    let theirs = agreements::open(tx, &access::of_duo(visit, duo)?, duo, &newest)?;
    let body = markup::conflict(duo, visit.person()?, form, answers, &newest, theirs.as_ref());
    Err(Failure::overtaken(TITLE, body))
}

fn page(tx: &mut Tx, visit: &Visit, duo: &Duo, faults: &Faults) -> Result<Markup, Failure> {
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let newest = agreements::newest(tx, duo)?;
    let standing = match &newest {
        Some(it) if it.signed_at.is_none() => agreements::standing(tx, duo)?,
        _ => None,
    };
    let opened = match &newest {
        Some(revision) => agreements::open(tx, &access::of_duo(visit, duo)?, duo, revision)?,
        None => None,
    };
    let opened_standing = match &standing {
        Some(revision) => agreements::open(tx, &access::of_duo(visit, duo)?, duo, revision)?,
        None => None,
    };
    let due = agreement::due(calendar.day("agreement_due"), calendar.today(duo.formed_at));
    Ok(markup::read(&Page {
        duo,
        person: visit.person()?,
        calendar: &calendar,
        due,
        newest: newest.as_ref().zip(opened.as_ref()),
        standing: standing.as_ref().zip(opened_standing.as_ref()),
        faults,
        today: calendar.today(tx.now()),
    }))
}
