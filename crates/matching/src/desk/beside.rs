//! `/cohorts/{cohort}/matching/runs/{run}/beside`: two runs side by side. ALG5.

use std::collections::BTreeMap;

use platform::prelude::*;
use shell::{Choice, Column, Input};

use super::{
    count,
    one::{gone, title},
    readers,
    runs::{self, Run},
    settings::{MUSTS, Typed, WEIGHTS, lists_words, objective_words},
    shown::Shown,
    way,
};
use crate::access;

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let one = runs::of_path(tx, visit)?;
    let cohort = program::the_cohort(tx, one.cohort)?;
    let Some(other) = other(tx, visit, &one)? else {
        let others = runs::in_cohort(tx, one.cohort)?.into_iter().filter(|it| it.id != one.id).collect::<Vec<_>>();
        let body = html! {
            (way(&cohort, TITLE))
            (shell::page_head(TITLE, &format!("Choose the run to lay beside {}.", title(&one).to_lowercase())))
            @if others.is_empty() { p { "There is no other run yet." } } @else { (choose(&one, &others)) }
        };
        return Ok(Reply::page(TITLE, body));
    };
    let heading = format!("{} beside {}", title(&one), title(&other).to_lowercase());
    let proof = access::of_drafts(visit, one.cohort)?;
    let contents = runs::content(tx, &proof, one.id)?.zip(runs::content(tx, &proof, other.id)?);
    let Some((left, right)) = contents else {
        return Ok(Reply::page(
            heading.clone(),
            html! { (way(&cohort, &heading)) (shell::page_head(&heading, "")) (gone()) },
        ));
    };
    let (left, right) = (Shown::to(tx, visit, &one, &left)?, Shown::to(tx, visit, &other, &right)?);
    let differing = differing(&left, &right);
    let lead = match differing.len() {
        0 => "Both bring the same people together.".to_owned(),
        many => format!("{} somebody else, or nobody, in the other run.", count(many, "mentee has", "mentees have")),
    };
    let body = html! {
        (way(&cohort, &heading))
        (shell::page_head(&heading, &lead))
        @if let Some(instead) = left.instead.as_ref().or(right.instead.as_ref()) {
            (shell::note(shell::Tone::Info, html! { p { "Nothing stands here about your own pair, or of people from whom you step aside. " (instead) } }))
        }
        (totals((&one, &left), (&other, &right)))
        @if !differing.is_empty() { (pairs((&one, &left), (&other, &right), &differing)) }
        (shell::actions(html! {
            (shell::link_quiet(&one.path(), &format!("Back to {}", title(&one).to_lowercase())))
            (shell::link_quiet(&other.path(), &format!("To {}", title(&other).to_lowercase())))
        }))
        (readers())
    };
    Ok(Reply::wide(heading, body))
}

const TITLE: &str = "Two runs side by side";

/// The run that the address names, of the same cohort.
fn other(tx: &mut Tx, visit: &Visit, one: &Run) -> Result<Option<Run>, Failure> {
    let Some(id) = Id::parse(visit.query.text("with")) else { return Ok(None) };
    Ok(runs::find(tx, id)?.filter(|it| it.cohort == one.cohort))
}

pub(super) fn choose(one: &Run, others: &[Run]) -> Markup {
    let words = |it: &Run| format!("{}, {}", title(it), count(usize::try_from(it.pairs).unwrap_or(0), "pair", "pairs"));
    let options: Vec<Choice> = others.iter().map(|it| Choice::new(it.id.to_string(), words(it))).collect();
    html! {
        form.form method="get" action={ (one.path()) "/beside" } novalidate {
            (shell::select_field(&Input::new("with", "The other run").required(), &options))
            (shell::button_quiet("Compare"))
        }
    }
}

type Partner = Option<(String, String)>;

/// Each mentee whose partner is not the same: the mentee, and both partners with their points.
fn differing(left: &Shown, right: &Shown) -> Vec<(String, Partner, Partner)> {
    let partners = |of: &Shown| -> BTreeMap<String, (String, String)> {
        let told = |it: &pairing::Pair| (it.mentor.clone(), it.score.total.to_string());
        of.plan.pairs.iter().map(|it| (it.mentee.clone(), told(it))).collect()
    };
    let (one, other) = (partners(left), partners(right));
    let mut mentees: Vec<&String> = one.keys().chain(other.keys()).collect();
    mentees.sort_by_key(|id| (named(left, right, id).to_owned(), (*id).clone()));
    mentees.dedup();
    let is_same = |id: &String| one.get(id).map(|it| &it.0) == other.get(id).map(|it| &it.0);
    let of = |id: &String| (id.clone(), one.get(id).cloned(), other.get(id).cloned());
    mentees.into_iter().filter(|id| !is_same(id)).map(of).collect()
}

/// Somebody may be in one of the runs alone.
fn named<'a>(left: &'a Shown, right: &'a Shown, id: &str) -> &'a str {
    match left.name(id) {
        "somebody" => right.name(id),
        name => name,
    }
}

fn totals(left: (&Run, &Shown), right: (&Run, &Shown)) -> Markup {
    let columns = [Column::text("What"), Column::text(title(left.0)), Column::text(title(right.0))];
    let row = |what: &str, of: &dyn Fn(&Run) -> String| {
        vec![html! { (what) }, html! { (of(left.0)) }, html! { (of(right.0)) }]
    };
    let weights = |run: &Run| {
        let typed = Typed::of(&run.settings());
        let words = WEIGHTS
            .iter()
            .zip(&typed.weights)
            .map(|((_, label, _), value)| format!("{} {value}", label.to_lowercase()));
        words.collect::<Vec<_>>().join(", ")
    };
    let musts = |run: &Run| {
        let must = run.settings().must;
        let words: Vec<&str> = MUSTS.iter().filter(|it| must.contains(&it.0)).map(|it| it.2).collect();
        if words.is_empty() { "nothing".to_owned() } else { words.join("; ") }
    };
    let rows = vec![
        row("Looks for", &|run| objective_words(run.settings().objective).to_owned()),
        row("Pairs", &|run| format!("{} of {}", run.pairs, run.mentees)),
        row("Mentees left", &|run| (run.mentees - run.pairs).to_string()),
        row("Points in all", &|run| run.points()),
        row("Would both rather have each other", &|run| run.blocking.to_string()),
        row("Ranked lists", &|run| lists_words(run.settings().lists).to_owned()),
        row("Weights", &weights),
        row("Must be so", &musts),
        row("Least score", &|run| run.settings().least.to_string()),
        row("Decides ties", &|run| run.settings().seed.to_string()),
    ];
    shell::card("In numbers", shell::table("Both runs in numbers", &columns, rows))
}

fn pairs(left: (&Run, &Shown), right: (&Run, &Shown), differing: &[(String, Partner, Partner)]) -> Markup {
    let columns = [Column::text("Mentee"), Column::text(title(left.0)), Column::text(title(right.0))];
    let partner = |of: &Shown, partner: &Partner| match partner {
        Some((mentor, points)) => html! { (of.name(mentor)) ", " (points) " of 100" },
        None => html! { "nobody" },
    };
    let rows = differing
        .iter()
        .map(|(mentee, one, other)| {
            vec![html! { (named(left.1, right.1, mentee)) }, partner(left.1, one), partner(right.1, other)]
        })
        .collect();
    shell::card("Who has somebody else", shell::table("Mentees whose mentor differs", &columns, rows))
}
