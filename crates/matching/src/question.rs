//! A question before the answer: the mentor asks from the page or the letter, the mentee
//! replies from either, and the days for the answer are moved where they run short. SLF2.

use platform::{
    links::{self, LinkRefusal},
    prelude::*,
};
use policy::{Grant, of};
use program::{Cohort, calendar};
use shell::{Faults, Input, Tone};

use crate::{
    access, answer, by_letter, letters,
    questions::{self, Question},
    requests::{self, Request},
    rules::{self, QuestionFacts, QuestionRefusal},
};

/// The purpose of the links with which a mentee replies from a letter.
pub(crate) const LINK: &str = "match question";

const TITLE: &str = "A question first";

/// `POST /requests/{id}/question`, by the mentor.
pub(crate) fn ask(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    let request = requests::find(tx, visit.id("id")?)?.filter(|it| it.mentor == person).ok_or(Failure::NotFound)?;
    take(tx, visit, &request)?;
    Ok(Reply::go(format!("/requests/{}", request.id)).saying(asked_words(&request)))
}

/// `POST /requests/{id}/reply`, by the mentee.
pub(crate) fn reply(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    let request = requests::find(tx, visit.id("id")?)?.filter(|it| it.mentee == person).ok_or(Failure::NotFound)?;
    take_reply(tx, visit, &request)?;
    Ok(Reply::go(format!("/requests/{}", request.id)).saying(replied_words(&request)))
}

/// `/requests/reply/{token}`: the mentee replies from the letter. Opening it changes nothing.
pub(crate) fn get_by_letter(tx: &mut Tx, visit: &Visit) -> Answer {
    let request = match of_link(tx, visit)? {
        Ok(request) => request,
        Err(refusal) => return Ok(Reply::page("This link", by_letter::refusal_page(refusal))),
    };
    let grant = access::of_request(tx, request.mentee, &request)?;
    let body = html! {
        (shell::page_head(&format!("{} has a question", request.mentor_name), "Your reply goes to this mentor and to nobody else."))
        (mentees_card(tx, &grant, &request, &visit.path)?)
    };
    Ok(Reply::page(TITLE, body))
}

pub(crate) fn post_by_letter(tx: &mut Tx, visit: &Visit) -> Answer {
    let request =
        of_link(tx, visit)?.map_err(|refusal| Failure::overtaken("This link", by_letter::refusal_page(refusal)))?;
    take_reply(tx, visit, &request)?;
    links::use_up(tx, visit.param("token"))?;
    let body = html! {
        (shell::page_head("Thank you", &replied_words(&request)))
        (shell::actions(shell::link_button("/wishes", "See my list")))
    };
    Ok(Reply::page("Thank you", body))
}

fn of_link(tx: &mut Tx, visit: &Visit) -> Result<Result<Request, LinkRefusal>, Failure> {
    let link = match links::look(tx, LINK, visit.param("token"))? {
        Ok(link) => link,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let request = requests::find(tx, link.about)?;
    Ok(request.filter(|it| link.account == Some(it.mentee)).ok_or(LinkRefusal::Unknown))
}

/// Takes a mentor's question, from the page or the letter.
pub(crate) fn take(tx: &mut Tx, visit: &Visit, request: &Request) -> Result<(), Failure> {
    let words = visit.form.text("question");
    let (cohort, request) = locked(tx, request)?;
    let facts = facts(tx, &request, words)?;
    let given = rules::ask_question(&facts);
    if let Err(refusal) = given {
        return Err(refused(refusal, "question", |faults| question_form(&visit.path, words, faults)));
    }
    if !questions::ask(tx, &request, words)? {
        return Err(refused(QuestionRefusal::AskedBefore, "question", |_| html! {}));
    }
    let request = with_more_time(tx, &cohort, request)?;
    letters::post_question(tx, &cohort, &request, words)
}

fn take_reply(tx: &mut Tx, visit: &Visit, request: &Request) -> Result<(), Failure> {
    let words = visit.form.text("reply");
    let (cohort, request) = locked(tx, request)?;
    let replied = questions::stands(tx, request.id)?.is_some_and(|it| it.has_reply);
    let facts = facts(tx, &request, words)?;
    if let Err(refusal) = rules::reply(&facts, replied) {
        return Err(refused(refusal, "reply", |faults| reply_form(&visit.path, words, faults)));
    }
    if !questions::reply(tx, &request, words)? {
        return Err(refused(QuestionRefusal::Replied, "reply", |_| html! {}));
    }
    let request = with_more_time(tx, &cohort, request)?;
    letters::post_reply(tx, &cohort, &request, words)
}

/// Only when others wait is it sure what has happened before.
fn locked(tx: &mut Tx, request: &Request) -> Result<(Cohort, Request), Failure> {
    let cohort = program::the_cohort(tx, request.cohort)?;
    tx.lock(cohort.id)?;
    let request = requests::find(tx, request.id)?.ok_or(Failure::NotFound)?;
    Ok((cohort, request))
}

fn facts<'a>(tx: &mut Tx, request: &Request, words: &'a str) -> Result<QuestionFacts<'a>, Failure> {
    Ok(QuestionFacts {
        state: request.state(),
        is_late: tx.now() > request.due_at,
        asked_before: questions::stands(tx, request.id)?.is_some(),
        words,
    })
}

fn with_more_time(tx: &mut Tx, cohort: &Cohort, request: Request) -> Result<Request, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let day = rules::due(calendar.today(request.due_at), calendar.today(tx.now()));
    questions::move_due(tx, request.id, calendar.last_second(day))?;
    requests::find(tx, request.id)?.ok_or(Failure::NotFound)
}

/// The words come back where they are what is wrong; otherwise a page says what happened.
fn refused(refusal: QuestionRefusal, field: &'static str, form: impl FnOnce(&Faults) -> Markup) -> Failure {
    if !refusal.is_about_words() {
        return Failure::overtaken(TITLE, answer::sentence_page(&refusal.to_string(), "/", "Go to the start"));
    }
    let mut faults = Faults::new();
    faults.add(field, refusal.to_string());
    Failure::refused(TITLE, html! { (shell::error_summary(&faults)) (shell::page_head(TITLE, "")) (form(&faults)) })
}

fn asked_words(request: &Request) -> String {
    format!("Your question is on its way to {}. You hear from us when there is a reply.", request.mentee_name)
}

pub(crate) fn asked_page(request: &Request) -> Markup {
    html! { (shell::page_head("Thank you", &asked_words(request))) }
}

fn replied_words(request: &Request) -> String {
    format!("Your reply is on its way to {}.", request.mentor_name)
}

/// What the mentor sees: the way to ask, or what was asked and replied.
pub(crate) fn mentors_card(
    tx: &mut Tx,
    grant: &Grant<of::MatchRequest>,
    request: &Request,
    action: &str,
) -> Result<Markup, Failure> {
    let body = match questions::of_request(tx, grant, request)? {
        None => question_form(action, "", &Faults::new()),
        Some(question) => told(&question, "You asked", &request.mentee_name),
    };
    Ok(shell::card(TITLE, body))
}

/// What the mentee sees, where there is a question.
pub(crate) fn mentees_card(
    tx: &mut Tx,
    grant: &Grant<of::MatchRequest>,
    request: &Request,
    action: &str,
) -> Result<Markup, Failure> {
    let Some(question) = questions::of_request(tx, grant, request)? else { return Ok(html! {}) };
    let asked = format!("{} asks", request.mentor_name);
    let waits = question.replied_at.is_none() && request.is_open();
    Ok(shell::card(
        TITLE,
        html! {
            (told(&question, &asked, "you"))
            @if waits { (reply_form(action, "", &Faults::new())) }
        },
    ))
}

fn told(question: &Question, asked: &str, replier: &str) -> Markup {
    html! {
        p { strong { (asked) ":" } }
        @for line in question.words.lines() { p { (line) } }
        @if question.replied_at.is_some() {
            p { strong { "The reply:" } }
            @for line in question.reply.lines() { p { (line) } }
        } @else {
            p { (shell::badge(Tone::Info, "Waiting")) " No reply from " (replier) " yet." }
        }
    }
}

fn question_form(action: &str, words: &str, faults: &Faults) -> Markup {
    shell::form(
        action,
        html! {
            (shell::hidden("answer", "question"))
            p { "One question, before you say yes or no. Nobody loses a day by it." }
            (shell::long_field(&Input::new("question", "Your question").value(words).rows(3).required()
                .max(rules::QUESTION_AT_MOST).faults(faults).readers(&policy::who_can_read(policy::Record::MatchRequest))))
            (shell::button_quiet("Ask"))
        },
    )
}

fn reply_form(action: &str, words: &str, faults: &Faults) -> Markup {
    shell::form(
        action,
        html! {
            (shell::long_field(&Input::new("reply", "Your reply").value(words).rows(4).required()
                .max(rules::QUESTION_AT_MOST).faults(faults).readers(&policy::who_can_read(policy::Record::MatchRequest))))
            (shell::actions(shell::button("Send the reply")))
        },
    )
}
