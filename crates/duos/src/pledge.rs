//! Sign the pledge: the promise of confidence, for the two of a duo and for the committee.

use platform::prelude::*;
use policy::Role;
use program::{Cohort, calendar, long_day, preset};
use shell::{Input, Tone};

use crate::{
    next::takes_part,
    pledges::{self, Pledge},
};

/// Who signs the pledge of the committee.
pub(crate) const COMMITTEE: &[Role] = &[Role::Chair, Role::Deputy, Role::Liaison, Role::Council, Role::Staff];

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let (cohort, texts) = to_sign(tx, visit)?;
    let body = markup(tx, visit, &cohort, &texts, None)?;
    Ok(Reply::page("The pledge", body))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    let (cohort, texts) = to_sign(tx, visit)?;
    let name = visit.form.text("pledge");
    let text = texts.iter().find(|it| it.name == name).ok_or(Failure::NotFound)?;
    if !visit.form.ticked("promise") {
        let body = markup(tx, visit, &cohort, &texts, Some(text.name))?;
        return Err(Failure::refused("The pledge", body));
    }
    pledges::sign(tx, cohort.id, person, text)?;
    Ok(Reply::go("/pledge").saying("Thank you. Your promise is kept with today's date."))
}

/// The cohort it is signed for, and the texts for who asks: one, or both for those who
/// have two parts.
fn to_sign(tx: &mut Tx, visit: &Visit) -> Result<(Cohort, Vec<preset::Text>), Failure> {
    let all = program::cohorts::all(tx)?;
    let own = all.iter().find(|it| !it.is_draft() && has_part(visit, it.id));
    let cohort = match own {
        Some(cohort) => cohort.clone(),
        None => program::current(tx)?.ok_or(Failure::NotFound)?,
    };
    let on_committee = visit.subject.holds_any(COMMITTEE);
    let mut names = Vec::new();
    if !on_committee || takes_part(visit, cohort.id) {
        names.push(pledges::OF_PARTICIPANTS);
    }
    if on_committee {
        names.push(pledges::OF_COMMITTEE);
    }
    Ok((cohort, names.into_iter().filter_map(|name| preset::text("texts", name)).collect()))
}

fn has_part(visit: &Visit, cohort: Id) -> bool {
    visit.subject.memberships.iter().any(|it| it.cohort == Some(cohort.number()))
}

fn markup(
    tx: &mut Tx,
    visit: &Visit,
    cohort: &Cohort,
    texts: &[preset::Text],
    unticked: Option<&str>,
) -> Result<Markup, Failure> {
    let signed = pledges::of_person(tx, cohort.id, visit.person()?)?;
    let calendar = calendar::of(tx, cohort)?;
    let day = |it: &Pledge| long_day(calendar.today(it.signed_at));
    let mut faults = shell::Faults::new();
    if unticked.is_some() {
        faults.add("promise", TICK);
    }
    Ok(html! {
        (shell::page_head("The pledge", "Mentoring needs trust. Everybody in this program promises the same few things."))
        (shell::error_summary(&faults))
        @for text in texts {
            @let own = signed.iter().find(|it| it.pledge == text.name);
            section.card {
                h2 { (text.fact("title")) }
                (shell::prose(preset::markdown(text.body)))
                @match own {
                    Some(pledge) => (shell::note(Tone::Good, html! {
                        p { "You signed this on " (day(pledge)) ", for the cohort " (cohort.name) "." }
                    })),
                    None => (sign_form(text, if unticked == Some(text.name) { &faults } else { &NONE })),
                }
            }
        }
        p.hint { (seen_by(texts)) }
    })
}

/// Only those who take part have a partner.
fn seen_by(texts: &[preset::Text]) -> &'static str {
    if texts.iter().any(|text| text.name != pledges::OF_COMMITTEE) {
        "That you signed, and when, is seen by your partner and the chair."
    } else {
        "That you signed, and when, is seen by the chair."
    }
}

const TICK: &str = "Tick the box to make this promise. If a sentence troubles you, write to the chair first.";
static NONE: std::sync::LazyLock<shell::Faults> = std::sync::LazyLock::new(shell::Faults::new);

fn sign_form(text: &preset::Text, faults: &shell::Faults) -> Markup {
    let id = format!("promise-{}", text.name);
    let tick = Input::new("promise", "I have read this, and I promise it").required().faults(faults);
    // The summary links to the field by its usual id; only where two pledges stand on the
    // page does the other need one of its own.
    let tick = if faults.is_empty() { tick.id(&id) } else { tick };
    shell::form(
        "/pledge",
        html! {
            (shell::hidden("pledge", text.name))
            (shell::tick_field(&tick))
            (shell::actions(shell::button("Sign the pledge")))
        },
    )
}
