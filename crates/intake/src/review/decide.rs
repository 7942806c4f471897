//! `/cohorts/{cohort}/review/decision`: what a decision does to each, shown first; then it
//! is made, and takes effect after ten minutes in which it can be undone. APP6, APP8

use platform::{identity, prelude::*};
use policy::Role;
use program::Cohort;
use shell::{Faults, Input, Tone};

use crate::{
    access,
    applications::{self, Application},
    call, letters, line,
    review::{TITLE, decisions, desk_of, role_of},
    review_rules,
    rules::review::{self as rules, Answer as Says, Case, Effect, Skip, UNDO_MINUTES},
};

pub(crate) const FIELDS: &[&str] = &["role", "answer", "pick+", "subject", "text"];
const LONGEST_SUBJECT: usize = 120;
const LONGEST_TEXT: usize = 4000;

/// What is about to be decided.
struct Plan {
    cohort: Cohort,
    role: Role,
    says: Says,
    /// Each application that was chosen, with what would happen to it.
    each: Vec<(Application, String, Result<Effect, Skip>)>,
}

impl Plan {
    /// The plan of the page that is asked for. With `all` it is about everybody who is open
    /// now; what is sent from the page names each, so that it is about those who were read.
    fn asked(tx: &mut Tx, visit: &Visit) -> Result<Self, Failure> {
        let sent = &visit.query;
        if sent.text("all") != "yes" {
            return Self::read(tx, visit, sent, picked(sent));
        }
        let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
        let scope = access::of_list(tx, visit, &cohort)?;
        let lines = applications::to_review(tx, &scope, role_of(sent))?;
        let is_open = |it: &applications::Line| {
            rules::effect(Says::Decline, Case::new(role_of(sent), it.state(), &it.approval)).is_ok()
        };
        Self::read(tx, visit, sent, lines.into_iter().filter(is_open).map(|it| it.id).collect())
    }

    fn read(tx: &mut Tx, visit: &Visit, sent: &Fields, picked: Vec<Id>) -> Result<Self, Failure> {
        let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
        if !access::may_read_applications(tx, visit, &cohort)? {
            return Err(Failure::NotFound);
        }
        let role = role_of(sent);
        let says = Says::from_key(sent.text("answer")).unwrap_or(Says::Accept);
        let pending = decisions::pending(tx, cohort.id)?;
        let aside = membership::steps_aside_from(tx, visit.person()?)?;
        let mut chosen = Vec::new();
        for id in picked {
            let found = applications::find(tx, id)?;
            // What is nothing of this cohort is left out without a word.
            chosen.extend(found.filter(|it| it.cohort == cohort.id && it.role() == role && it.submitted_at.is_some()));
        }
        chosen.sort_by_key(|it| (it.number.is_none(), it.number));
        let case = |it: &Application| Case {
            steps_aside: aside.contains(&it.person),
            is_decided: pending.iter().any(|other| other.application == it.id),
            ..Case::new(it.role(), it.state(), &it.approval)
        };
        let cases: Vec<Case> = chosen.iter().map(case).collect();
        let effects = rules::effects(says, &cases, applications::waiting(tx, cohort.id)?);
        let mut each = Vec::new();
        for (application, effect) in chosen.into_iter().zip(effects) {
            let name = identity::name_of(tx, application.person)?;
            each.push((application, name, effect));
        }
        Ok(Self { cohort, role, says, each })
    }

    fn touched(&self) -> Vec<Id> {
        self.each.iter().filter(|(_, _, effect)| effect.is_ok()).map(|(it, _, _)| it.id).collect()
    }

    fn path(&self, rest: &str) -> String {
        format!("{}/{rest}", desk_of(self.cohort.id))
    }

    fn title(&self) -> String {
        let many = self.touched().len();
        format!("{}: {} {}", capital(self.says.words()), many, if many == 1 { "person" } else { "people" })
    }
}

/// Those who are ticked.
fn picked(sent: &Fields) -> Vec<Id> {
    let mut ids: Vec<Id> = sent.all("pick").iter().filter_map(|it| Id::parse(it)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The letter to those who cannot be taken.
struct Letter {
    subject: String,
    text: String,
}

impl Letter {
    fn read(sent: &Fields) -> Self {
        let preset = review_rules::of_preset();
        let or = |name: &str, other: String| if sent.has(name) { sent.text(name).to_owned() } else { other };
        Self { subject: or("subject", preset.decline_subject), text: or("text", preset.decline_text.trim().to_owned()) }
    }

    fn faults(&self) -> Faults {
        let mut faults = Faults::new();
        let one = |text: &str, most: usize| match text.chars().count() {
            0 => Some("Please write something here; everybody reads it.".to_owned()),
            many if many > most => Some(format!("Please shorten this by {}.", forms::characters(many - most))),
            _ => None,
        };
        if let Some(fault) = one(&self.subject, LONGEST_SUBJECT) {
            faults.add("subject", fault);
        }
        if let Some(fault) = one(&self.text, LONGEST_TEXT) {
            faults.add("text", fault);
        }
        faults
    }
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let plan = Plan::asked(tx, visit)?;
    Ok(Reply::page(plan.title(), markup(&plan, &Letter::read(&visit.query), &Faults::new(), false)))
}

/// The same page with the letter as it will be read; nothing is decided here.
pub(crate) fn post_preview(tx: &mut Tx, visit: &Visit) -> Answer {
    let plan = Plan::read(tx, visit, &visit.form, picked(&visit.form))?;
    let letter = Letter::read(&visit.form);
    let faults = letter.faults();
    if !faults.is_empty() {
        return Err(Failure::refused(plan.title(), markup(&plan, &letter, &faults, false)));
    }
    Ok(Reply::page(plan.title(), markup(&plan, &letter, &faults, true)))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let call = call::locked(tx, visit.id("cohort")?)?;
    let plan = Plan::read(tx, visit, &visit.form, picked(&visit.form))?;
    let letter = Letter::read(&visit.form);
    let mut faults = if plan.says == Says::Decline { letter.faults() } else { Faults::new() };
    let touched = plan.touched();
    if touched.is_empty() {
        faults.add("", "This decision changes nothing for anybody chosen. Go back and choose others.");
    }
    if !call.cohort.is_open() {
        faults.add("", "This cohort is not open, so nothing is decided in it.");
    }
    if !faults.is_empty() {
        return Err(Failure::refused(plan.title(), markup(&plan, &letter, &faults, false)));
    }
    let by = visit.person()?;
    let (subject, body) =
        if plan.says == Says::Decline { (letter.subject.as_str(), letter.text.as_str()) } else { ("", "") };
    let new = decisions::New { cohort: plan.cohort.id, answer: plan.says, subject, body, by };
    let id = decisions::add(tx, &new, &touched)?;
    journal::record(tx, "decision made", id, Some(by), Some(plan.cohort.id))?;
    let words = format!(
        "Decided for {}. It takes effect in {UNDO_MINUTES} minutes; until then you can undo it, and nobody hears of it.",
        people(touched.len())
    );
    Ok(Reply::go(format!("{}?role={}", desk_of(plan.cohort.id), plan.role.key())).saying(words))
}

pub(crate) fn post_undo(tx: &mut Tx, visit: &Visit) -> Answer {
    let (cohort, id, by) = (visit.id("cohort")?, visit.id("id")?, visit.person()?);
    call::locked(tx, cohort)?;
    let decision = decisions::find(tx, id)?.filter(|it| it.cohort == cohort).ok_or(Failure::NotFound)?;
    if !decisions::undo(tx, id, by)? {
        let words = if decision.undone_at.is_some() {
            "It was undone already."
        } else {
            "The ten minutes are over, and it has taken effect. The letters are on their way."
        };
        let body = html! {
            (shell::page_head("This can no longer be undone", words))
            (shell::actions(shell::link_button(&desk_of(cohort), "Back to the desk")))
        };
        return Err(Failure::overtaken("This can no longer be undone", body));
    }
    journal::record(tx, "decision undone", id, Some(by), Some(cohort))?;
    Ok(Reply::go(desk_of(cohort)).saying("Undone. Everybody stands where they stood, and nobody heard of it."))
}

/// The ten minutes are over: each application is looked at as it stands now.
pub(crate) fn take_effect(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let Some(decision) = decisions::find(tx, id)?.filter(decisions::Decision::is_open) else { return Ok(()) };
    let call = call::locked(tx, decision.cohort)?;
    let (true, Some(says)) = (decisions::done(tx, id)?, decision.answer()) else { return Ok(()) };
    for id in decisions::applications_in(tx, decision.id)? {
        let application = applications::find(tx, id)?.ok_or(Failure::NotFound)?;
        let case = Case::new(application.role(), application.state(), &application.approval);
        let waiting = applications::waiting(tx, call.cohort.id)?;
        let effect = match rules::effects(says, &[case], waiting).pop() {
            Some(Ok(effect)) if call.cohort.is_open() => effect,
            _ => {
                decisions::end(tx, decision.id, id, "moved on")?;
                continue;
            }
        };
        decisions::end(tx, decision.id, id, "done")?;
        match effect {
            Effect::Join | Effect::KeepTurn => line::approve(tx, &call, &application, decision.decided_by)?,
            Effect::ToTheEnd => line::to_the_end(tx, &call, &application, decision.decided_by)?,
            Effect::LeaveOut | Effect::LeaveOutAndFree => {
                line::decline(tx, &call, &application, decision.decided_by)?;
                letters::declined(tx, &call.cohort, &application, &decision.subject, &decision.body)?;
            }
        }
    }
    Ok(journal::record(tx, "decision took effect", decision.id, None, Some(decision.cohort))?)
}

fn markup(plan: &Plan, letter: &Letter, faults: &Faults, previewed: bool) -> Markup {
    let desk = format!("{}?role={}", desk_of(plan.cohort.id), plan.role.key());
    let many = plan.touched().len();
    let declines = plan.says == Says::Decline;
    html! {
        (shell::breadcrumbs(&[(&desk, TITLE)], "Before you decide"))
        (shell::page_head(&plan.title(), if many == 0 { "Nobody is chosen, so nothing would happen." } else { "This is what it does. Nothing has happened yet." }))
        (shell::error_summary(faults))
        (list(plan))
        @if many == 0 {
            @if faults.is_empty() {
                (shell::note(Tone::Plain, html! { p { "Choose on the desk whom you decide about." } }))
            }
            (shell::actions(shell::link_button(&desk, "Back to the desk")))
        } @else {
            @if previewed { (shown(letter)) }
            (shell::form(&plan.path("decisions"), html! {
                (shell::hidden("role", plan.role.key()))
                (shell::hidden("answer", plan.says.key()))
                @for (application, _, _) in &plan.each { (shell::hidden("pick", &application.id.to_string())) }
                @if declines { (letter_fields(letter, faults)) }
                (shell::note(Tone::Info, html! { p {
                    "You have " (UNDO_MINUTES) " minutes to undo it. Only then it takes effect and " (people(many)) " get a letter."
                } }))
                (shell::actions(html! {
                    button.button type="submit" { (capital(plan.says.words())) " for " (people(many)) }
                    @if declines {
                        button.button.quiet type="submit" formaction=(plan.path("preview")) { "See the letter" }
                    }
                    (shell::link_quiet(&desk, "Leave it"))
                }))
            }))
        }
    }
}

fn list(plan: &Plan) -> Markup {
    let (touched, left): (Vec<_>, Vec<_>) = plan.each.iter().partition(|(_, _, effect)| effect.is_ok());
    html! {
        @if !touched.is_empty() {
            (shell::card("What happens", html! {
                ul { @for (application, name, effect) in &touched {
                    @if let Ok(effect) = effect { li { strong { (name) } " " (effect.words(application.role())) "." } }
                } }
            }))
        }
        @if !left.is_empty() {
            (shell::card("Left as they are", html! {
                ul { @for (_, name, effect) in &left {
                    @if let Err(why) = effect { li { strong { (name) } ": " (why) "." } }
                } }
            }))
        }
    }
}

fn letter_fields(letter: &Letter, faults: &Faults) -> Markup {
    html! {
        (shell::text_field(&Input::new("subject", "Subject").value(&letter.subject).max(LONGEST_SUBJECT).required().faults(faults)))
        (shell::long_field(&Input::new("text", "Your letter").value(&letter.text).rows(9).max(LONGEST_TEXT).required().faults(faults)
            .hint("Their first name and yours are added, and how to keep the application for the next call. Nobody sees who else gets it.")))
    }
}

fn shown(letter: &Letter) -> Markup {
    shell::card(
        &letter.subject,
        html! {
            p { "Dear …," }
            @for paragraph in letter.text.replace("\r\n", "\n").split("\n\n") { p { (paragraph) } }
            p { "If you like, we keep your application for the next call." }
        },
    )
}

fn people(many: usize) -> String {
    if many == 1 { "one person".to_owned() } else { format!("{many} people") }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
