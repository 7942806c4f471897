//! `/requests/{id}`: a request as its two people see it; yes, no, and taking it back. To
//! anyone else it is not there. SLF2, SLF4, SLF5.

use platform::prelude::*;
use policy::{Grant, of};
use program::{Cohort, calendar, long_day};
use shell::{Faults, Input, Style, Tone};

use crate::{
    access, duo, forget, inputs, list, moves, question,
    requests::{self, Request},
    rules::{self, AnswerFacts, AnswerRefusal, State},
    who,
};

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    let request = theirs(tx, visit)?;
    let body = if person == request.mentor {
        mentors_page(tx, &request, &format!("/requests/{}", request.id), Choices::Doors)?
    } else {
        mentees_page(tx, &request)?
    };
    Ok(Reply::page("A request", body))
}

pub(crate) fn accept(tx: &mut Tx, visit: &Visit) -> Answer {
    answer(tx, visit, true)
}

pub(crate) fn refuse(tx: &mut Tx, visit: &Visit) -> Answer {
    answer(tx, visit, false)
}

pub(crate) fn withdraw(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    let request = theirs(tx, visit)?;
    if request.mentee != person {
        return Err(Failure::NotFound);
    }
    let cohort = program::the_cohort(tx, request.cohort)?;
    tx.lock(cohort.id)?;
    if !moves::end(tx, &cohort, &request, State::Withdrawn, "", Some(person))? {
        let sentence = "This request was answered a moment ago, so it cannot be taken back.";
        return Err(Failure::overtaken("Answered meanwhile", sentence_page(sentence, "/wishes", "My list")));
    }
    Ok(Reply::go("/wishes").saying("The request is taken back. The next on your list is asked, if there is one."))
}

fn answer(tx: &mut Tx, visit: &Visit, yes: bool) -> Answer {
    let person = visit.person()?;
    let request = theirs(tx, visit)?;
    if request.mentor != person {
        return Err(Failure::NotFound);
    }
    let reason = if yes { String::new() } else { reason(visit)? };
    match give(tx, &request, yes, &reason, person)? {
        Ok(Some(duo)) => Ok(Reply::go(format!("/duos/{duo}")).saying(formed_words(&request))),
        Ok(None) => Ok(Reply::go(format!("/requests/{}", request.id)).saying(declined_words())),
        Err(sentence) => Err(Failure::overtaken("This request", sentence_page(&sentence, "/", "Go to the start"))),
    }
}

/// A request of the person who asks, on either side.
fn theirs(tx: &mut Tx, visit: &Visit) -> Result<Request, Failure> {
    let person = visit.person()?;
    let request = requests::find(tx, visit.id("id")?)?;
    request.filter(|it| it.mentor == person || it.mentee == person).ok_or(Failure::NotFound)
}

/// Takes the mentor's answer, whoever brings it: a duo, a no, or a sentence that says why it counts no more.
pub(crate) fn give(
    tx: &mut Tx,
    request: &Request,
    yes: bool,
    reason: &str,
    by: Id,
) -> Result<Result<Option<Id>, String>, Failure> {
    let cohort = program::the_cohort(tx, request.cohort)?;
    tx.lock(cohort.id)?;
    // Only now that others wait is it sure what has happened before.
    let request = requests::find(tx, request.id)?.ok_or(Failure::NotFound)?;
    let state = match rules::answer(&facts(tx, &request, yes)?) {
        Ok(state) => state,
        Err(refusal) => return Ok(Err(refusal.to_string())),
    };
    if state == State::Declined {
        let done = moves::end(tx, &cohort, &request, state, reason, Some(by))?;
        return Ok(if done { Ok(None) } else { Err(AnswerRefusal::Answered.to_string()) });
    }
    if !requests::end(tx, &request, State::Accepted, "", Some(by))? {
        return Ok(Err(AnswerRefusal::Answered.to_string()));
    }
    moves::settle(tx, &request)?;
    let reasons = inputs::reasons_for(tx, &cohort, request.mentee, request.mentor)?;
    let formed = duo::form(tx, &cohort, request.mentor, request.mentee, "chosen", &reasons)?;
    Ok(formed.map(Some))
}

fn facts(tx: &mut Tx, request: &Request, says_yes: bool) -> Result<AnswerFacts, Failure> {
    Ok(AnswerFacts {
        state: request.state(),
        now: tx.now(),
        due_at: request.due_at,
        says_yes,
        mentor_paired: who::is_taken(tx, request.cohort, request.mentor)?,
        mentee_paired: who::is_taken(tx, request.cohort, request.mentee)?,
    })
}

const REASON_AT_MOST: usize = 300;

/// The reason of a no: optional, and for the committee alone.
pub(crate) fn reason(visit: &Visit) -> Result<String, Failure> {
    let reason = visit.form.text("reason");
    if reason.chars().count() <= REASON_AT_MOST {
        return Ok(reason.to_owned());
    }
    let mut faults = Faults::new();
    faults.add("reason", format!("Write at most {REASON_AT_MOST} characters, or nothing at all."));
    let body = html! {
        (shell::error_summary(&faults))
        (shell::page_head("Not this time", ""))
        (refusal_form(&visit.path, reason, &faults, false))
    };
    Err(Failure::refused("Not this time", body))
}

pub(crate) fn formed_words(request: &Request) -> String {
    format!("You and {} are a duo. We have written to you both, with each other's address.", request.mentee_name)
}

pub(crate) fn declined_words() -> &'static str {
    "Thank you for answering. Nobody sees that it was a no, and the mentee's list goes on by itself."
}

pub(crate) fn sentence_page(sentence: &str, href: &str, words: &str) -> Markup {
    html! {
        (shell::page_head("Nothing was changed", sentence))
        (shell::actions(html! { (shell::link_button(href, words)) }))
    }
}

/// Where the two buttons lead: to doors of their own, or back to the link of a letter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choices {
    Doors,
    /// `no_first` when the letter's second link was followed.
    Link {
        no_first: bool,
    },
}

/// What the mentor reads before answering: the note, what the mentee shows of the
/// application, and the day.
pub(crate) fn mentors_page(tx: &mut Tx, request: &Request, path: &str, choices: Choices) -> Result<Markup, Failure> {
    let open = rules::answer(&facts(tx, request, false)?);
    if let Err(refusal) = open {
        return Ok(
            html! { (shell::page_head(&format!("A request from {}", request.mentee_name), &refusal.to_string())) },
        );
    }
    let cohort = program::the_cohort(tx, request.cohort)?;
    let day = due_day(tx, &cohort, request)?;
    let grant = access::of_request(tx, request.mentor, request)?;
    let known = known_of_mentee(tx, request)?;
    let paired = rules::answer(&facts(tx, request, true)?).err();
    let (yes, ask, no) = match choices {
        Choices::Doors => (format!("{path}/acceptance"), format!("{path}/question"), format!("{path}/refusal")),
        Choices::Link { .. } => (path.to_owned(), path.to_owned(), path.to_owned()),
    };
    let yes = match paired {
        Some(paired) => shell::note(Tone::Info, html! { (paired) }),
        None => yes_card(request, &cohort, &yes),
    };
    let question = question::mentors_card(tx, &grant, request, &ask)?;
    let no = shell::card("Not this time", refusal_form(&no, "", &Faults::new(), true));
    let no_first = choices == Choices::Link { no_first: true };
    let note = requests::note(tx, &grant, request)?;
    Ok(html! {
            (shell::page_head(
                &format!("{} would like you as mentor", request.mentee_name),
                &format!("Please answer by {day}. Without an answer it lapses then, and {} is free to look elsewhere.", request.mentee_name),
            ))
            (shell::card("The note", html! { @for line in note.lines() { p { (line) } } }))
            (known)
            @if no_first { (no) (question) (yes) } @else { (yes) (question) (no) }
            (shell::readers_line(&policy::who_can_read(policy::Record::MatchRequest)))
    p.hint { "A no is counted nowhere; its reason is read by the chair and the deputy alone." }
        })
}

fn yes_card(request: &Request, cohort: &Cohort, action: &str) -> Markup {
    let words = format!("Yes, I will be {}'s mentor", request.mentee_name);
    shell::card(
        "Yes",
        html! {
            p { "You become a duo for " (cohort.name) ". Both of you get a letter with each other's address." }
            (shell::post_button(action, &words, &[("answer", "yes")], Style::Main))
        },
    )
}

fn refusal_form(action: &str, reason: &str, faults: &Faults, brief: bool) -> Markup {
    shell::form(
        action,
        html! {
            (shell::hidden("answer", "no"))
            @if brief { p { "No needs no reason." } }
            (shell::long_field(&Input::new("reason", "A word to the chair").value(reason).rows(2)
                .max(REASON_AT_MOST).faults(faults).hint("The chair and the deputy read it. The mentee never does.")))
            (shell::button_quiet("Not this time"))
        },
    )
}

/// What a mentee's application shows to a mentor who is asked.
fn known_of_mentee(tx: &mut Tx, request: &Request) -> Result<Markup, Failure> {
    let _: Grant<of::ProfileMentee> = access::of_mentee(tx, request.cohort, request.mentor)?;
    let kept = forms::kept_of(tx, "mentee_application", request.cohort, request.mentee)?;
    let Some(kept) = kept else { return Ok(html! {}) };
    let form = forms::as_given(tx, &kept)?;
    Ok(forms::summary(&form, &kept.answers, forms::SHOWN))
}

fn mentees_page(tx: &mut Tx, request: &Request) -> Result<Markup, Failure> {
    let cohort = program::the_cohort(tx, request.cohort)?;
    let grant = access::of_request(tx, request.mentee, request)?;
    let day = due_day(tx, &cohort, request)?;
    let state = request.state();
    let lead = match state {
        State::Asked => format!("Waits for an answer until {day}."),
        other => format!("{}: {}.", request.mentor_name, list::outcome(other)),
    };
    let note = requests::note(tx, &grant, request)?;
    Ok(html! {
        (shell::breadcrumbs(&[("/wishes", "My list")], &request.mentor_name))
        (shell::page_head(&format!("Your request to {}", request.mentor_name), &lead))
        (shell::card("Your note", html! { @for line in note.lines() { p { (line) } } }))
        (question::mentees_card(tx, &grant, request, &format!("/requests/{}/reply", request.id))?)
        @if state == State::Asked {
            (shell::post_button(&format!("/requests/{}/withdrawal", request.id), "Take the request back", &[], Style::Quiet))
        }
        (forget::line(tx, &cohort)?)
        (shell::readers_line(&policy::who_can_read(policy::Record::MatchRequest)))
    })
}

fn due_day(tx: &mut Tx, cohort: &Cohort, request: &Request) -> Result<String, Failure> {
    Ok(long_day(calendar::of(tx, cohort)?.today(request.due_at)))
}
