//! `/mentors/{person}/request`: a mentee asks a mentor, or puts one on the list. SLF1.

use platform::prelude::*;
use policy::{Grant, Role, of};
use program::Cohort;
use shell::{Faults, Input};

use crate::{
    access, apart, inputs, moves, profile,
    profiles::{self, Head},
    requests,
    rules::{self, AskFacts, AskRefusal, Asking, MentorState, NOTE_AT_MOST},
    terms::{self, Terms},
    who, window,
    wishes::{self, Wish},
};

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let mentor = visit.id("person")?;
    let (cohort, mentee, proof) = mentee_of(tx, visit)?;
    let asked = Asked::of(tx, &proof, (&cohort, mentee), mentor)?;
    // What a note cannot mend is said before one is written.
    let facts = facts(tx, &cohort, mentee, mentor)?;
    let refusal = rules::ask(&AskFacts { note: "…", ..facts.borrowed("") }).err();
    Ok(Reply::page(format!("Ask {}", asked.head.name), page(&asked, "", &facts, refusal, &Faults::new())))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let mentor = visit.id("person")?;
    let (cohort, mentee, proof) = mentee_of(tx, visit)?;
    tx.lock(cohort.id)?;
    let asked = Asked::of(tx, &proof, (&cohort, mentee), mentor)?;
    let head = &asked.head;
    let note = visit.form.text("note");
    let facts = facts(tx, &cohort, mentee, mentor)?;
    let asking = rules::ask(&facts.borrowed(note)).map_err(|refusal| refused(&asked, note, &facts, refusal))?;
    let grant = access::of_list(tx, cohort.id, mentee)?.ok_or(Failure::NotFound)?;
    let mut list = wishes::of_mentee(tx, &grant, cohort.id)?;
    list.push(Wish {
        mentor,
        name: head.name.clone(),
        note: note.to_owned(),
        profile_state: head.state.clone(),
        waiting: head.waiting,
    });
    wishes::write(tx, cohort.id, mentee, &list)?;
    let (_, asked) = moves::advance(tx, &cohort, mentee)?;
    let words = match (asking, asked) {
        (_, Some(request)) => {
            format!("{} is asked, and has until {} to answer.", request.mentor_name, day(tx, &cohort, &request)?)
        }
        (Asking::Later | Asking::Now, None) => format!("{} is number {} on your list.", head.name, list.len()),
    };
    Ok(Reply::go("/wishes").saying(words))
}

/// The mentee who asks, and the proof that profiles are there for them.
fn mentee_of(tx: &mut Tx, visit: &Visit) -> Result<(Cohort, Id, Grant<of::ProfileMentor>), Failure> {
    let cohort = who::cohort_as(tx, visit, Role::Mentee)?.ok_or(Failure::NotFound)?;
    let proof = visit.grant(&profile::known(tx, &cohort)?)?;
    Ok((cohort, visit.person()?, proof))
}

/// Who is to be asked.
struct Asked {
    mentor: Id,
    head: Head,
    /// What they do, as their profile says it.
    role: String,
}

impl Asked {
    fn of(
        tx: &mut Tx,
        proof: &Grant<of::ProfileMentor>,
        (cohort, mentee): (&Cohort, Id),
        mentor: Id,
    ) -> Result<Self, Failure> {
        let head = profile::visible(tx, cohort, Some(mentee), mentor)?;
        let role = profiles::words(tx, proof, &head)?.role;
        Ok(Self { mentor, head, role })
    }
}

fn day(tx: &mut Tx, cohort: &Cohort, request: &requests::Request) -> Result<String, Failure> {
    Ok(program::long_day(program::calendar::of(tx, cohort)?.today(request.due_at)))
}

/// Everything the rule asks but the note.
struct Known {
    directory_open: bool,
    mentee_paired: bool,
    has_live_request: bool,
    mentor_state: MentorState,
    waiting: i64,
    same_employer: bool,
    kept_apart: bool,
    asked_before: bool,
    on_list: bool,
    listed: usize,
    terms: Terms,
}

impl Known {
    fn borrowed<'a>(&self, note: &'a str) -> AskFacts<'a> {
        AskFacts {
            directory_open: self.directory_open,
            mentee_paired: self.mentee_paired,
            has_live_request: self.has_live_request,
            mentor_state: self.mentor_state,
            waiting: self.waiting,
            same_employer: self.same_employer,
            kept_apart: self.kept_apart,
            asked_before: self.asked_before,
            on_list: self.on_list,
            listed: self.listed,
            terms: self.terms,
            note,
        }
    }
}

fn facts(tx: &mut Tx, cohort: &Cohort, mentee: Id, mentor: Id) -> Result<Known, Failure> {
    let head = profiles::head(tx, cohort.id, mentor)?;
    let grant = access::of_list(tx, cohort.id, mentee)?.ok_or(Failure::NotFound)?;
    let list = wishes::of_mentee(tx, &grant, cohort.id)?;
    let made = requests::of_mentee(tx, cohort.id, mentee)?;
    let withdrawn = |it: &requests::Request| it.state() == rules::State::Withdrawn;
    let asking = inputs::party(tx, cohort.id, mentee, Role::Mentee)?;
    let asked = inputs::party(tx, cohort.id, mentor, Role::Mentor)?;
    let both = asking.as_ref().zip(asked.as_ref());
    Ok(Known {
        directory_open: window::is_open(tx, cohort)?,
        mentee_paired: who::is_taken(tx, cohort.id, mentee)?,
        has_live_request: made.iter().any(requests::Request::is_open),
        mentor_state: head.as_ref().map_or(MentorState::Gone, |it| MentorState::from_key(&it.state)),
        waiting: head.map_or(0, |it| it.waiting),
        same_employer: both.is_some_and(|(asking, asked)| asking.shares_employer(asked)),
        // Asked afresh: the pairs kept for the directory may be a minute behind.
        kept_apart: mentee == mentor
            || apart::are_kept(tx, cohort.id, mentee, mentor)?
            || both.is_some_and(|(asking, asked)| asking.rules_out(asked)),
        asked_before: made.iter().any(|it| it.mentor == mentor && !withdrawn(it)),
        on_list: list.iter().any(|wish| wish.mentor == mentor),
        listed: list.iter().filter(|wish| wish.can_still_be_asked()).count(),
        terms: terms::of(tx, cohort.id)?,
    })
}

fn refused(asked: &Asked, note: &str, facts: &Known, refusal: AskRefusal) -> Failure {
    let mut faults = Faults::new();
    faults.add(if refusal.is_about_note() { "note" } else { "" }, refusal.to_string());
    let page = page(asked, note, facts, None, &faults);
    let title = format!("Ask {}", asked.head.name);
    match refusal {
        AskRefusal::Taken | AskRefusal::TooManyWaiting(_) => Failure::overtaken(title, page),
        _ => Failure::refused(title, page),
    }
}

fn page(asked: &Asked, note: &str, facts: &Known, refusal: Option<AskRefusal>, faults: &Faults) -> Markup {
    let Asked { mentor, head, role } = asked;
    let later = facts.has_live_request;
    let days = program::rules::numbers::counted(facts.terms.answer_days, "day");
    html! {
        (shell::error_summary(faults))
        (shell::breadcrumbs(&[("/mentors", "Mentors"), (&format!("/mentors/{mentor}"), &head.name)], "Ask"))
        (shell::page_head(&format!("Ask {}", head.name), role))
        @if let Some(refusal) = refusal {
            (shell::note(shell::Tone::Info, html! { (refusal) }))
            (shell::actions(html! { (shell::link_button("/mentors", "Back to the mentors")) (shell::link_quiet("/wishes", "My list")) }))
        } @else {
            @if later {
                (shell::note(shell::Tone::Info, html! {
                    "Somebody is asked already. " (head.name) " goes on your list and is asked when those before cannot; the list has room for " (facts.terms.wishes) "."
                }))
            } @else {
                p { (head.name) " gets your note by e-mail and has " (days) " to answer. You see the day, and so does " (head.name) "." }
            }
            (shell::form(&format!("/mentors/{mentor}/request"), html! {
                (shell::long_field(&Input::new("note", "Your note")
                    .hint("Who you are, what you would like to learn, why this mentor.")
                    .value(note).required().max(NOTE_AT_MOST).faults(faults)
                    .readers(&policy::who_can_read(policy::Record::MatchRequest))))
                (shell::button(if later { "Put on my list" } else { "Ask" }))
            }))
        }
    }
}
