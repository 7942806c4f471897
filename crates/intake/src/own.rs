//! Page `/applications/{id}`: where one's own application stands, what happens next and
//! when (APP4), the place in line and the rule behind it (CAP6).

use forms::Answers;
use platform::prelude::*;
use policy::Role;
use program::long_day;
use shell::{Faults, Input, Style, Tone};

use crate::{
    applications::{self, Application},
    call::{self, Call},
    details,
    draft::{self, Sheet},
    forget, keep, letters, line,
    offers::{self, Offer},
    rules::{
        queue::Board,
        status::{self, Days, State},
    },
};

/// What the page shows beside the application itself.
struct Standing {
    sheet: Sheet,
    place: Option<i64>,
    offer: Option<Offer>,
    board: Board,
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let application = applications::own(tx, visit.id("id")?, visit.person()?)?;
    show(tx, visit, &application, &Faults::new(), "")
}

/// Asks for a second look at a refusal, with the person's own words.
pub(crate) fn post_appeal(tx: &mut Tx, visit: &Visit) -> Answer {
    let (id, person) = (visit.id("id")?, visit.person()?);
    let cohort = applications::own(tx, id, person)?.cohort;
    call::locked(tx, cohort)?;
    let application = applications::own(tx, id, person)?;
    let words = visit.form.text("words");
    if let Some(fault) = appeal_fault(words) {
        let mut faults = Faults::new();
        faults.add("words", fault);
        return match show(tx, visit, &application, &faults, words)? {
            Reply::Page(page) => Err(Failure::refused(page.title, page.body)),
            other => Ok(other),
        };
    }
    line::still(applications::appeal(tx, id, words)?, &application)?;
    journal::record(tx, "second look asked for", id, Some(person), Some(cohort))?;
    Ok(Reply::go(application.path()).saying("Thank you. Somebody on the committee looks at it again."))
}

const LONGEST_APPEAL: usize = 1200;

fn appeal_fault(words: &str) -> Option<String> {
    if words.is_empty() {
        return Some("Please say in a sentence or two what we have wrong, or what has changed.".to_owned());
    }
    let over = words.chars().count().saturating_sub(LONGEST_APPEAL);
    (over > 0).then(|| format!("Please shorten this by {}. Up to {LONGEST_APPEAL} fit here.", forms::characters(over)))
}

fn show(tx: &mut Tx, visit: &Visit, application: &Application, faults: &Faults, typed: &str) -> Answer {
    let cohort = program::the_cohort(tx, application.cohort)?;
    let call = call::of(tx, cohort)?;
    let standing = Standing {
        place: applications::place_in_line(tx, application)?,
        offer: offers::open_of(tx, application.id)?,
        board: crate::places::board(tx, &call.cohort)?,
        sheet: draft::sheet(tx, call, application.role())?,
    };
    let call = &standing.sheet.call;
    let answers = details::answers_for_author(tx, visit, application)?;
    let given = details::form_given(tx, application)?.filled(&standing.sheet.pairs());
    let kept = forget::line(tx, application)?;
    let days = call.days(application.role(), tx.now());
    let title = format!("Your application as a {}", application.role);
    let next = next_words(application, &days);
    let may_write = application.is_writable() && call.may_apply(application.role(), tx.now()).is_ok();
    let body = html! {
        (shell::page_head_with(&title, &next, status_badge(application, standing.place)))
        (shell::error_summary(faults))
        @if let Some(offer) = &standing.offer { (offer_card(call, offer, &offer_path(application))) }
        (facts(application, &standing))
        (rule(application, &standing))
        @if application.state() == State::Refused && !application.is_declined() { (refused_card(application, faults, typed)) }
        @if keep::can_be_kept(application.state()) { (keep::card(application, &answers)) }
        (ways_on(application, may_write))
        (kept)
        @if application.state() != State::Draft { (own_answers(&given, &answers)) }
        @if application.state() != State::Draft {
            (shell::who_has_read(crate::read::RECORD, Some(&application.id.to_string())))
        }
    };
    Ok(Reply::page(title, body))
}

/// APP4: what happens next, and when.
fn next_words(application: &Application, days: &Days) -> String {
    match () {
        () if application.is_declined() => status::NEXT_AFTER_NO.to_owned(),
        () if application.shown_state() == State::Review && application.awaits_approval() => {
            status::next_under_review(application.role(), days)
        }
        () => status::next(application.role(), application.state(), days),
    }
}

fn offer_path(application: &Application) -> String {
    format!("{}/offer", application.path())
}

/// APP4: the status as a badge, in the words of the program.
pub(crate) fn status_badge(application: &Application, place: Option<i64>) -> Markup {
    shell::badge(tone(application.shown_state()), &status::words(application.shown_state(), place))
}

pub(crate) fn tone(state: State) -> Tone {
    match state {
        State::Placed => Tone::Good,
        State::Waiting | State::Review => Tone::Info,
        State::Offered => Tone::Warn,
        State::Draft | State::Passed | State::Refused | State::Withdrawn => Tone::Plain,
    }
}

/// The offer with its two answers; `path` is where they are sent.
pub(crate) fn offer_card(call: &Call, offer: &Offer, path: &str) -> Markup {
    shell::card(
        "A place is held for you",
        html! {
            p { "It is yours until " strong { (letters::until(call, offer.expires_at)) } ". Without an answer it goes to the next in line, which is no disadvantage to you another year." }
            (shell::actions(html! {
                (shell::post_button(path, "Take the place", &[("answer", "accept")], Style::Main))
                (shell::post_button(path, "Pass it on", &[("answer", "pass")], Style::Quiet))
            }))
        },
    )
}

fn facts(application: &Application, standing: &Standing) -> Markup {
    let call = &standing.sheet.call;
    let mut facts = vec![("Cohort", html! { (call.cohort.name) })];
    if let Some(number) = application.number {
        facts.push(("Number of your application", html! { (number) }));
    }
    if let Some(at) = application.submitted_at {
        facts.push(("Submitted", html! { (long_day(call.calendar.today(at))) }));
    }
    if let Some(place) = standing.place {
        facts.push(("Your place on the waiting list", html! { (place) }));
    }
    if let Some(day) = application.judged_on {
        facts.push(("Eligibility", html! { (application.verdict) ", judged on " (long_day(day)) }));
    }
    if !application.decision.is_empty() {
        facts.push(("The committee’s reason", html! { (application.decision) }));
    }
    shell::facts(&facts)
}

/// CAP6: the rule that decides about places, for everyone the same.
fn rule(application: &Application, standing: &Standing) -> Markup {
    let places = standing.sheet.call.cohort.places;
    let free = standing.board.free();
    html! {
        @if application.role() == Role::Mentee {
            details {
                summary { "How places are given" }
                p {
                    "The first " (places) " complete and eligible applications have a place, in the order in which they were submitted; a draft or a nomination holds none. "
                    "Later ones wait in the same order. A place that becomes free is offered to the next in line, who has "
                    (crate::limits::limits().offer_hours) " hours to answer; the last day for offers is "
                    (long_day(standing.sheet.call.offers_end())) "."
                }
                p { @if free > 0 { "Free at the moment: " (free) " of " (places) "." } @else { "All " (places) " places are taken or held at the moment." } }
            }
        }
    }
}

fn refused_card(application: &Application, faults: &Faults, typed: &str) -> Markup {
    html! {
        @if application.decided_by.is_none() {
            (shell::card("Have we something wrong?", html! {
                p { "Tell us, and somebody on the committee looks at it again." }
                (shell::form(&format!("{}/appeal", application.path()), html! {
                    (shell::long_field(&Input::new("words", "What we should know").value(typed).max(LONGEST_APPEAL).required().faults(faults).readers(&policy::who_can_read(policy::Record::Application))))
                    (shell::actions(shell::button_quiet("Ask for a second look")))
                }))
            }))
        }
    }
}

fn ways_on(application: &Application, may_write: bool) -> Markup {
    let state = application.state();
    let form = format!("/apply/{}", application.role);
    let correct = if application.role() == Role::Mentor && application.has_joined() {
        "/profile".to_owned()
    } else {
        format!("{}/answers", application.path())
    };
    let withdrawal = format!("{}/withdrawal", application.path());
    html! {
        (shell::actions(html! {
            @if may_write {
                @match state {
                    State::Draft => (shell::link_button(&form, "Go on with your draft")),
                    State::Refused => (shell::link_button(&form, "Correct and submit again")),
                    _ => (shell::link_button(&form, "Apply again")),
                }
            }
            @if state.is_correctable() { (shell::link_quiet(&correct, "Correct your answers")) }
        }))
        @if state.can_withdraw() {
            details {
                summary { "Withdraw" }
                p { "You can withdraw at any time, without a reason. " @if application.submitted_at.is_some() { "A place that you have goes to the next in line." } @else { "Your draft is put aside." } }
                (shell::post_button(&withdrawal, "Withdraw my application", &[], Style::Danger))
            }
        }
    }
}

fn own_answers(form: &forms::Form, answers: &Answers) -> Markup {
    html! {
        details {
            summary { "What you answered" }
            (forms::summary(form, answers, &[]))
        }
    }
}
