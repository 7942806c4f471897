//! `POST /cohorts/{cohort}/applications/{id}/sealed`: the chair opens what is sealed in an
//! application, once choosing has ended and the committee looks for pairs itself. Each
//! opening stands in the journal, so it is behind a button.

use jiff::Timestamp;
use platform::{audit, identity, prelude::*};
use policy::{Grant, Record, of};
use program::Calendar;
use shell::Style;

use crate::{access, applications};

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let application = applications::of_cohort(tx, visit.id("id")?, cohort.id)?;
    let grant: Grant<of::RankList> = access::of_committee(tx, visit, &cohort, &application)?;
    let kept = access::sealed(tx, &grant, &application)?.ok_or(Failure::NotFound)?;
    let answers = forms::open_sealed(tx, &kept, forms::Opener::Chair(&grant))?;
    let right = format!("as {}, to look for a pair", grant.right().words());
    let whose = vec![application.person];
    tx.has_read(audit::Reading { record: "sealed answers of an application", about: application.id, whose, right });
    let mut form = forms::as_given(tx, &kept)?;
    form.sections.iter_mut().for_each(|section| section.fields.retain(|field| field.sealed));
    let name = identity::name_of(tx, application.person)?;
    let list = format!("/cohorts/{}/applications", cohort.id);
    let title = format!("Sealed by {name}");
    let body = html! {
        (shell::breadcrumbs(&[(&list, "Applications"), (&format!("{list}/{}", application.id), &name)], "Sealed"))
        (shell::page_head(&title, "Written for you alone, to find a good pair and to avoid a bad one."))
        (forms::summary(&form, &answers, &["C"]))
        (shell::readers_line(&policy::who_can_read_as(Record::RankList, policy::Column::Chair)))
        p.hint { "That you have opened this stands in the journal with your name." }
    };
    Ok(Reply::page(title, body))
}

fn may_open(calendar: &Calendar, now: Timestamp) -> bool {
    calendar.is_over(access::CHOOSING_ENDS, now)
}

/// The button on the page of an application; nothing while people still choose themselves.
pub(crate) fn card(calendar: &Calendar, now: Timestamp, page: &str) -> Markup {
    if !may_open(calendar, now) {
        return html! {};
    }
    shell::card(
        "Sealed for the chair",
        html! {
            p { "Whom they would rather not be matched with, and why a match might matter. Open it only when you look for a pair: the journal notes that you did." }
            (shell::actions(shell::post_button(&format!("{page}/sealed"), "Open what is sealed", &[], Style::Quiet)))
        },
    )
}
