//! Page `/cohorts/{cohort}/applications/{id}`: one application as the committee reads it.
//! What is sealed is not on it; who has a conflict of interest steps aside.

use forms::{Answers, Form};
use platform::{audit, identity, prelude::*};
use policy::{Action, Grant, Record, of};
use program::{Cohort, long_day};
use shell::{Faults, Input};

use crate::{
    access,
    applications::{self, Application},
    details,
    nominations::Words,
    own::status_badge,
    rules::status::State,
    sealed,
};

/// What an application is called where people see who has read theirs.
pub(crate) const RECORD: &str = "application";

/// What the committee reads of an application.
struct Reading {
    application: Application,
    name: String,
    place: Option<i64>,
    submitted_on: String,
    form: Form,
    answers: Answers,
    has_sealed: bool,
    nomination: Option<Words>,
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    show(tx, visit, &Faults::new(), "")
}

/// The page, again with what was typed where a decision was refused.
pub(crate) fn show(tx: &mut Tx, visit: &Visit, faults: &Faults, typed: &str) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let application = applications::of_cohort(tx, visit.id("id")?, cohort.id)?;
    let grant = access::of_committee(tx, visit, &cohort, &application)?;
    let may_decide = visit.may(Action::DecideApplications, Some(cohort.id));
    let reading = reading(tx, visit, &cohort, application, &grant)?;
    tx.has_read(audit::Reading {
        record: RECORD,
        about: reading.application.id,
        whose: vec![reading.application.person],
        right: format!("as {}", grant.right().words()),
    });
    let page = format!("/cohorts/{}/applications/{}", cohort.id, reading.application.id);
    let calendar = program::calendar::of(tx, &cohort)?;
    let sealed = match may_decide && reading.has_sealed {
        true => sealed::card(&calendar, tx.now(), &page),
        false => html! {},
    };
    if reading.nomination.is_some() {
        tx.has_read(audit::Reading {
            record: "nomination",
            about: reading.application.id,
            whose: vec![reading.application.person],
            right: format!("as {}", grant.right().words()),
        });
    }
    let body = html! { (markup(&cohort, &reading, may_decide, faults, typed)) (sealed) };
    Ok(Reply::page(reading.name.clone(), body))
}

fn reading(
    tx: &mut Tx,
    visit: &Visit,
    cohort: &Cohort,
    application: Application,
    grant: &Grant<of::Application>,
) -> Result<Reading, Failure> {
    let calendar = program::calendar::of(tx, cohort)?;
    let submitted_on = application.submitted_at.map(|at| long_day(calendar.today(at))).unwrap_or_default();
    let kept = access::answers(tx, grant, &application)?;
    let has_sealed = kept.as_ref().is_some_and(forms::Kept::has_sealed);
    let answers = kept.map(|it| it.answers).unwrap_or_default();
    let nomination = access::nomination(tx, visit, &application)?;
    let program = program::the_program(tx)?;
    let facts = program::pages::facts(tx, &program, Some(cohort))?;
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let form = details::form_given(tx, &application)?.filled(&facts);
    Ok(Reading {
        name: identity::name_of(tx, application.person)?,
        place: applications::place_in_line(tx, &application)?,
        form,
        submitted_on,
        answers,
        has_sealed,
        nomination,
        application,
    })
}

fn markup(cohort: &Cohort, reading: &Reading, may_decide: bool, faults: &Faults, typed: &str) -> Markup {
    let application = &reading.application;
    let list = format!("/cohorts/{}/applications", cohort.id);
    let lead = format!("Applies as a {} in cohort {}.", application.role, cohort.name);
    let undecided = matches!(application.state(), State::Refused | State::Review);
    html! {
        (shell::breadcrumbs(&[(&list, "Applications")], &reading.name))
        (shell::error_summary(faults))
        (shell::page_head_with(&reading.name, &lead, status_badge(application, reading.place)))
        (facts(reading))
        @if !application.appeal.is_empty() {
            (shell::card("Asks for a second look", html! { p { (application.appeal) } }))
        }
        @if undecided && may_decide { (decision_card(&list, application, faults, typed)) }
        @if application.state() == State::Withdrawn {
            (shell::note(shell::Tone::Plain, html! { p { "This application was withdrawn, so its answers are no longer shown." } }))
        } @else {
            // The directory is open to the committee too, so its answers are theirs to read.
            (forms::summary(&reading.form, &reading.answers, forms::REVIEWING))
            @let reader = if may_decide { policy::Column::Chair } else { policy::Column::Council };
            (shell::readers_line(&policy::who_can_read_as(Record::Application, reader)))
            details {
                summary { "Step aside from " (reading.name) }
                p { "A friend, a relative, somebody you report to? You then neither read nor decide what concerns them; others of the committee do. You need not say why." }
                (shell::post_button_for(&format!("{list}/{}/conflict", application.id), "Step aside", &reading.name, &[], shell::Style::Quiet))
            }
        }
    }
}

fn facts(reading: &Reading) -> Markup {
    let application = &reading.application;
    let mut facts = vec![("Submitted", html! { (reading.submitted_on) })];
    if let Some(number) = application.number {
        facts.push(("Number", html! { (number) }));
    }
    if let Some(day) = application.judged_on {
        facts.push(("Eligibility", html! { (application.verdict) ", judged on " (long_day(day)) }));
    }
    if !application.decision.is_empty() {
        facts.push(("Decision of the committee", html! { (application.decision) }));
    }
    if let Some(nomination) = &reading.nomination {
        facts.push(("Nominated by", html! { (nomination.nominator) ": “" (nomination.reason) "”" }));
    }
    shell::facts(&facts)
}

fn decision_card(list: &str, application: &Application, faults: &Faults, typed: &str) -> Markup {
    let path = format!("{list}/{}/decision", application.id);
    let reason = Input::new("reason", "Your reason")
        .hint("The applicant reads it, and it is kept in the journal of decisions.")
        .value(typed)
        .max(crate::decide::LONGEST_REASON)
        .required()
        .faults(faults)
        .rows(3);
    shell::card(
        "Decide otherwise than the rule",
        html! {
            p { "The rule said: " (application.verdict) ". If you admit the application it takes its turn now: a place if one is free, the end of the waiting list if not." }
            (shell::form(&path, html! {
                (shell::long_field(&reason))
                (shell::actions(html! {
                    button.button type="submit" name="answer" value="admit" { "Admit" }
                    @if application.state() == State::Review {
                        button.button.quiet type="submit" name="answer" value="keep" { "Keep to the rule" }
                    }
                }))
            }))
        },
    )
}
