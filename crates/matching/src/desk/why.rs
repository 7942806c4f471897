//! `/cohorts/{cohort}/matching/runs/{run}/why`: why these two, or why not. The two are in
//! the address. ALG4.

use pairing::{Input, Plan};
use platform::prelude::*;
use shell::{Choice, Faults, Tone};

use super::{
    APART, make,
    one::{gone, title},
    one_view, readers,
    runs::{self, Content, Run},
    shown::Shown,
    way,
};
use crate::access;

const TITLE: &str = "Why not these two?";

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let run = runs::of_path(tx, visit)?;
    let cohort = program::the_cohort(tx, run.cohort)?;
    let Some(content) = runs::content(tx, &access::of_drafts(visit, run.cohort)?, run.id)? else {
        return Ok(Reply::page(TITLE, html! { (way(&cohort, TITLE)) (shell::page_head(TITLE, "")) (gone()) }));
    };
    let shown = Shown::to(tx, visit, &run, &content)?;
    let (mentee, mentor) = (visit.query.text("mentee").to_owned(), visit.query.text("mentor").to_owned());
    let mut faults = Faults::new();
    let is_mentee = content.file.mentees.iter().any(|it| it.id == mentee);
    let is_mentor = content.file.mentors.iter().any(|it| it.id == mentor);
    if !mentee.is_empty() && !is_mentee {
        faults.add("mentee", "This mentee is not in the run. Choose one from the list.");
    }
    if !mentor.is_empty() && !is_mentor {
        faults.add("mentor", "This mentor is not in the run. Choose one from the list.");
    }
    if shown.is_theirs(&mentee) || shown.is_theirs(&mentor) {
        faults.add("", shown.instead.clone().unwrap_or_default());
    }
    let answer = if faults.is_empty() && is_mentee && is_mentor {
        Some(answer(&content, &shown, &mentee, &mentor))
    } else {
        None
    };
    let body = html! {
        (way(&cohort, TITLE))
        (shell::error_summary(&faults))
        (shell::page_head(TITLE, &format!("Asked of {}, as it was made.", title(&run).to_lowercase())))
        (ask(&run, &content, &shown, (&mentee, &mentor), &faults))
        @if let Some(answer) = answer { (answer) }
        @else if is_mentee && faults.is_empty() { (of_mentee(&shown, &mentee)) }
        (readers())
    };
    if faults.is_empty() { Ok(Reply::page(TITLE, body)) } else { Err(Failure::refused(TITLE, body)) }
}

fn ask(run: &Run, content: &Content, shown: &Shown, of: (&str, &str), faults: &Faults) -> Markup {
    let choices = |ids: Vec<&String>| {
        let mut choices: Vec<Choice> = ids
            .into_iter()
            .filter(|id| !shown.is_theirs(id))
            .map(|id| Choice::new(id.clone(), shown.name(id).to_owned()))
            .collect();
        choices.sort_by(|a, b| a.label.cmp(&b.label));
        choices
    };
    let mentees = choices(content.file.mentees.iter().map(|it| &it.id).collect());
    let mentors = choices(content.file.mentors.iter().map(|it| &it.id).collect());
    let field = |name: &'static str, label: &'static str, value| {
        shell::Input::new(name, label).value(value).required().faults(faults)
    };
    html! {
        form.form method="get" action={ (run.path()) "/why" } novalidate {
            (shell::side_by_side(html! {
                (shell::select_field(&field("mentee", "Mentee", of.0), &mentees))
                (shell::select_field(&field("mentor", "Mentor", of.1), &mentors))
            }))
            (shell::actions(html! {
                (shell::button("Ask"))
                (shell::link_quiet(&run.path(), "Back to the run"))
            }))
        }
    }
}

/// Whom the plan gives a mentee, and who comes next.
fn of_mentee(shown: &Shown, mentee: &str) -> Markup {
    let pair = shown.plan.pairs.iter().find(|it| it.mentee == mentee);
    let alone = shown.plan.unmatched.iter().find(|it| it.mentee == mentee);
    html! {
        @if let Some(pair) = pair {
            (shell::card(&format!("{} and {}", shown.name(&pair.mentee), shown.name(&pair.mentor)), html! {
                p { strong { (pair.score.total) " of 100" } }
                (one_view::parts(&pair.score.parts))
                (one_view::alternatives(shown, &pair.alternatives))
            }))
        } @else if let Some(alone) = alone {
            (shell::card(shown.name(mentee), html! { p { (alone.words) } }))
        }
    }
}

fn answer(content: &Content, shown: &Shown, mentee: &str, mentor: &str) -> Markup {
    let input = content.file.clone().input();
    let names = (shown.name(mentee), shown.name(mentor));
    let is_made = content.plan.pairs.iter().any(|it| it.mentee == mentee && it.mentor == mentor);
    let words = words(&input, &content.plan, mentee, mentor, is_made);
    let score = pairing::explain(&input, mentee, mentor).map(|it| it.score);
    html! {
        (shell::card(&format!("{} and {}", names.0, names.1), html! {
            @if is_made { (shell::note(Tone::Good, html! { p { "The plan brings these two together." } })) }
            @for sentence in &words { p { (sentence) } }
            @if let Ok(score) = score {
                p { strong { (score.total) " of 100" } }
                (one_view::parts(&score.parts))
            }
        }))
        @if !is_made { (of_mentee(shown, mentee)) }
    }
}

/// What a rule about people decides is told in the same words, whichever it was.
fn words(input: &Input, plan: &Plan, mentee: &str, mentor: &str, is_made: bool) -> Vec<String> {
    if is_made {
        return Vec::new();
    }
    let both = input.mentees.iter().find(|it| it.id == mentee).zip(input.mentors.iter().find(|it| it.id == mentor));
    let is_set_aside = input.overrides.iter().any(|it| it.mentee == mentee && it.mentor == mentor);
    if both.is_some_and(|(mentee, mentor)| pairing::excluded(mentee, mentor).is_some()) && !is_set_aside {
        return vec![APART.to_owned()];
    }
    pairing::why_not(input, plan, mentee, mentor).unwrap_or_else(|refusal| vec![make::sentence(&refusal)])
}
