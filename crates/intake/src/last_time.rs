//! `POST /applications/{role}/last-answers`: an application begins with what somebody wrote
//! in their last one. It is their own doing, with one press; what one promises, what was
//! sealed and files are asked anew. PRF9

use forms::{Answers, Keep, Kept};
use platform::prelude::*;
use policy::Role;
use program::Cohort;

use crate::{applications, call, details, draft, line};

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let role = draft::role_in_path(visit.param("id"))?;
    let person = visit.person()?;
    let newest = call::current(tx)?.ok_or(Failure::NotFound)?;
    let call = call::locked(tx, newest.cohort.id)?;
    if let Err(refusal) = call.may_apply(role, tx.now()) {
        return Err(Failure::refused("The call is not open", draft::not_open(&refusal.to_string())));
    }
    let (_, last) = of(tx, &call.cohort, role, person)?.ok_or(Failure::NotFound)?;
    let before = details::begin_with(tx, &call, role, person)?;
    let application = applications::begin(tx, call.cohort.id, role, person, None)?;
    line::still(application.is_writable(), &application)?;
    let typed = details::answers_for_author(tx, visit, &application)?;
    // What stands in the draft, and what is known of the person today, is newer.
    let answers = last.with(before).with(typed);
    applications::reopen(tx, application.id)?;
    let form = forms::current(tx, application.form())?;
    let keep = Keep { cohort: Some(call.cohort.id), person, about: application.id, answers: &answers, given: false };
    forms::keep(tx, &form, keep)?;
    line::applicant_while_open(tx, call.cohort.id, person)?;
    let words = "Your last answers are here. Look through each part; what you promise is asked anew.";
    Ok(Reply::go(format!("/apply/{}", role.key())).saying(words))
}

/// Of the newest application that somebody handed in for an earlier cohort, while it is kept:
/// its cohort, and what of it can stand in a new one.
fn of(tx: &mut Tx, cohort: &Cohort, role: Role, person: Id) -> Result<Option<(Cohort, Answers)>, Failure> {
    let mut newest: Option<(Cohort, Kept)> = None;
    for application in applications::of_person(tx, person)? {
        let earlier = program::the_cohort(tx, application.cohort)?;
        let is_newer = newest.as_ref().is_none_or(|(it, _)| earlier.annual_meeting > it.annual_meeting);
        if application.role() != role || earlier.annual_meeting >= cohort.annual_meeting || !is_newer {
            continue;
        }
        let kept = forms::kept(tx, application.form(), application.id)?;
        newest = kept.filter(|it| it.is_given() && !it.is_withdrawn).map(|it| (earlier, it)).or(newest);
    }
    let Some((earlier, kept)) = newest else { return Ok(None) };
    Ok(Some((earlier, that_can_stand(tx, &kept)?)))
}

/// What of an earlier application can stand in a new one: never what was ticked or sealed,
/// and no file, which belongs to that application.
pub(crate) fn that_can_stand(tx: &mut Tx, earlier: &Kept) -> Result<Answers, Failure> {
    let form = forms::current(tx, &earlier.form_name)?;
    let mut answers = Answers::new();
    for field in form.fields().filter(|it| !it.sealed && !matches!(it.kind, forms::Kind::Tick | forms::Kind::File)) {
        for key in [field.key.clone(), field.strong_key()] {
            if let Some(value) = earlier.answers.get(&key) {
                answers.set(&key, value.clone());
            }
        }
    }
    Ok(answers)
}

/// The offer above a form that is not begun yet; nothing where there was no last time.
pub(crate) fn card(tx: &mut Tx, cohort: &Cohort, role: Role, person: Id) -> Result<Markup, Failure> {
    let Some((earlier, _)) = of(tx, cohort, role, person)? else { return Ok(html! {}) };
    let path = format!("/applications/{}/last-answers", role.key());
    Ok(shell::card(
        "You have filled this in before",
        html! {
            p { "You can begin with your answers of " (earlier.name) " and change what is different today. What you promise, what you sealed and files are asked anew." }
            (shell::post_button(&path, "Begin with my last answers", &[], shell::Style::Quiet))
        },
    ))
}
