//! Page `/nominations/{token}`: the nominee reads what was said of them and decides. A
//! no deletes all of it at once; a yes begins the application. Looking changes nothing.

use forms::Keep;
use platform::{
    identity,
    links::{self, LinkRefusal},
    prelude::*,
};
use policy::Role;
use shell::Style;

use crate::{
    applications,
    call::{self, Call},
    details, line,
    nominations::{self, Nomination, Words},
    rules::status::State,
};

const TITLE: &str = "Somebody thinks of you";

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let token = visit.param("token");
    let nomination = match open(tx, token)? {
        Ok(nomination) => nomination,
        Err(refusal) => return Ok(Reply::page(TITLE, closed(&words_of(refusal)))),
    };
    let cohort = program::the_cohort(tx, nomination.cohort)?;
    let call = call::of(tx, cohort)?;
    let refusal = call.may_apply(nomination.role(), tx.now()).err().map(|it| it.to_string());
    let says_no = visit.query.text("answer") == "decline";
    let said = nominations::for_nominee(tx, &nomination)?;
    Ok(Reply::page(TITLE, markup(&call, (&nomination, &said), token, says_no, refusal.as_deref())))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let token = visit.param("token");
    let nomination = match open(tx, token)? {
        Ok(nomination) => nomination,
        Err(refusal) => return Err(Failure::overtaken(TITLE, closed(&words_of(refusal)))),
    };
    match visit.form.text("answer") {
        "accept" => accept(tx, visit, token, &nomination),
        "decline" => decline(tx, &nomination),
        _ => Err(Failure::refused(TITLE, closed("Please go back and choose one of the two answers."))),
    }
}

fn decline(tx: &mut Tx, nomination: &Nomination) -> Answer {
    if !nominations::decline(tx, nomination.id)? {
        return Err(Failure::overtaken(TITLE, closed(&words_of(LinkRefusal::Used))));
    }
    journal::record(tx, "nomination declined", nomination.id, None, Some(nomination.cohort))?;
    Ok(Reply::go("/about").saying("Thank you. Your name, your address and what was written about you are deleted."))
}

fn accept(tx: &mut Tx, visit: &Visit, token: &str, nomination: &Nomination) -> Answer {
    let call = call::locked(tx, nomination.cohort)?;
    let role = nomination.role();
    if let Err(refusal) = call.may_apply(role, tx.now()) {
        let refusal = refusal.to_string();
        let said = nominations::for_nominee(tx, nomination)?;
        return Err(Failure::refused(TITLE, markup(&call, (nomination, &said), token, false, Some(&refusal))));
    }
    if !nominations::accept(tx, nomination.id)? {
        return Err(Failure::overtaken(TITLE, closed(&words_of(LinkRefusal::Used))));
    }
    links::end(tx, nominations::LINK, nomination.id)?;
    let person = match &visit.account {
        Some(account) => account.id,
        None => account_of(tx, &call, nomination)?,
    };
    begin_draft(tx, &call, role, person, nomination.id)?;
    journal::record(tx, "nomination accepted", nomination.id, Some(person), Some(nomination.cohort))?;
    let form = format!("/apply/{}", role.key());
    if visit.account.is_some() || identity::has_password(tx, person)? {
        return Ok(Reply::go(form).saying("Good to have you. Your form is begun; save it whenever you like."));
    }
    Ok(Reply::go("/look-in-your-mail")
        .saying("Good to have you. Choose a password with the link we have sent you; your form is begun."))
}

fn account_of(tx: &mut Tx, call: &Call, nomination: &Nomination) -> Result<Id, Failure> {
    let name = nomination.name.clone().unwrap_or_default();
    let address = nomination.address.clone().unwrap_or_default();
    let once = format!("nomination {}", nomination.id);
    membership::invite(tx, &name, &address, "The mentoring committee", Some(&call.cohort), &once)
}

/// The form begins with what is known, and with the answer to how they heard of it.
fn begin_draft(tx: &mut Tx, call: &Call, role: Role, person: Id, nomination: Id) -> Result<(), Failure> {
    let application = applications::begin(tx, call.cohort.id, role, person, Some(nomination))?;
    let is_new = application.state() == State::Draft && application.nomination == Some(nomination);
    if is_new {
        let form = forms::current(tx, application.form())?;
        let mut answers = details::begin_with(tx, call, role, person)?;
        if role == Role::Mentee {
            answers.set("me_nom", "I was nominated");
        }
        let keep =
            Keep { cohort: Some(call.cohort.id), person, about: application.id, answers: &answers, given: false };
        forms::keep(tx, &form, keep)?;
    }
    line::applicant_while_open(tx, call.cohort.id, person)
}

/// The nomination behind a link, while it waits for an answer.
fn open(tx: &mut Tx, token: &str) -> Result<Result<Nomination, LinkRefusal>, Failure> {
    let link = match links::look(tx, nominations::LINK, token)? {
        Ok(link) => link,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let nomination = nominations::find(tx, link.about)?.filter(Nomination::is_open);
    Ok(nomination.ok_or(LinkRefusal::Used))
}

fn words_of(refusal: LinkRefusal) -> String {
    match refusal {
        LinkRefusal::Unknown => refusal.to_string(),
        LinkRefusal::Expired => "The time to answer is over, and what we held about you is deleted.".to_owned(),
        LinkRefusal::Used => {
            "This nomination has been answered. If the answer was yes, sign in to go on with your form.".to_owned()
        }
    }
}

fn markup(
    call: &Call,
    (nomination, said): (&Nomination, &Words),
    token: &str,
    says_no: bool,
    refusal: Option<&str>,
) -> Markup {
    let path = format!("/nominations/{token}");
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    let ends = nomination.ends_at().to_zoned(call.calendar.zone().clone()).date();
    let lead = format!(
        "{} suggests you as a {} in the {} of {}.",
        said.nominator, nomination.role, call.program.name, call.program.association
    );
    let (yes, no) = if says_no { (Style::Quiet, Style::Main) } else { (Style::Main, Style::Quiet) };
    shell::sheet(html! {
        (shell::page_head(TITLE, &lead))
        blockquote { p { (said.reason) } }
        p { "The program pairs one mentor with one mentee from " (program::long_day(call.orientation())) " to " (program::long_day(call.calendar.day("session_ends"))) ". Nothing happens unless you want it." }
        @if let Some(refusal) = refusal { (shell::note(shell::Tone::Warn, html! { p { (refusal) } })) }
        (shell::actions(html! {
            @if refusal.is_none() { (shell::post_button(&path, "Begin the form", &[("answer", "accept")], yes)) }
            (shell::post_button(&path, "Not now: delete what you have", &[("answer", "decline")], no))
        }))
        p.soft { "We hold your name (" (text(&nomination.name)) "), your address and the words above, and who wrote them. Without an answer all of it is deleted on " (program::long_day(ends)) ". Whoever nominated you does not learn what you decide. " a href="/about/privacy" { "Our privacy notice" } }
    })
}

fn closed(words: &str) -> Markup {
    shell::sheet(html! {
        (shell::page_head(TITLE, words))
        (shell::actions(shell::link_button("/apply", "See the call")))
    })
}
