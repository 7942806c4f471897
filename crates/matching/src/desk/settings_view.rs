//! How the settings look.

use membership::Stake;
use platform::prelude::*;
use program::Cohort;
use shell::{Choice, Column, Faults, Input, Tone};

use super::{
    board_path, count,
    question::Question,
    readers, runs_path,
    settings::{LISTS, MUSTS, OBJECTIVES, Typed, WEIGHTS, objective_words},
    settings_page::{Look, TITLE},
    way,
};

pub(crate) struct Page<'a> {
    pub(crate) cohort: &'a Cohort,
    pub(crate) asked: &'a Question,
    /// What the settings would come to; nothing where they make no sense yet.
    pub(crate) look: Option<Look>,
    pub(crate) stake: Stake,
}

pub(crate) fn page(page: &Page, typed: &Typed, faults: &Faults) -> Markup {
    let runs = runs_path(page.cohort.id);
    let (mentees, mentors) = (page.asked.input.mentees.len(), page.asked.input.mentors.len());
    let lead = format!(
        "{} and {} can be paired now. Look at the numbers first; a run is made when you say so, and nobody hears of it.",
        count(mentees, "mentee", "mentees"),
        count(mentors, "mentor", "mentors")
    );
    html! {
        (way(page.cohort, TITLE))
        (shell::error_summary(faults))
        (shell::page_head(TITLE, &lead))
        (shell::columns(
            html! {
                form.form method="get" action={ (runs) "/new" } novalidate {
                    (objective(page, typed, faults))
                    (lists(page, typed, faults))
                    (weights(typed, faults))
                    (musts(page, typed))
                    (locks(page, typed, faults))
                    (rest(page.asked.most, typed, faults))
                    (shell::button_quiet("Look at the numbers"))
                }
            },
            html! {
                @if let Some(look) = &page.look { (numbers(page, typed, look)) }
                (shell::note(Tone::Info, html! { p {
                    "What somebody has not answered counts in the middle, never as nothing. Answers about identity and what somebody needs to take part are not used at all."
                } }))
            },
        ))
        (readers())
    }
}

/// The page where one side is empty.
pub(crate) fn nobody(cohort: &Cohort, sentence: &str) -> Markup {
    let board = board_path(cohort.id);
    html! {
        (way(cohort, TITLE))
        (shell::page_head(TITLE, ""))
        (shell::empty_state("There is nothing to look for now", sentence, Some((&board, "Back to the board"))))
    }
}

fn objective(page: &Page, typed: &Typed, faults: &Faults) -> Markup {
    let outcome = |objective| page.look.as_ref()?.outcomes.iter().find(|it| it.objective == objective);
    let options: Vec<Choice> = OBJECTIVES
        .iter()
        .map(|(objective, key, label, hint)| {
            let gives = outcome(*objective).map(|it| {
                let pairs = count(it.pairs, "pair", "pairs");
                format!(" Now: {pairs}, {} points in all, {} left.", it.total, it.unmatched)
            });
            Choice::new(*key, *label).hint(format!("{hint}{}", gives.unwrap_or_default()))
        })
        .collect();
    let input = Input::new("objective", "What the plan looks for first").value(&typed.objective).required();
    shell::card_plain(shell::choice_field(&input.faults(faults), &options))
}

/// What is said of ranked lists, and what they decide. Nobody's list is shown.
fn lists(page: &Page, typed: &Typed, faults: &Faults) -> Markup {
    let options: Vec<Choice> =
        LISTS.iter().map(|(_, key, label, hint)| Choice::new(*key, *label).hint(*hint)).collect();
    let chosen = if typed.lists.is_empty() { LISTS[0].1 } else { &typed.lists };
    let mentees = page.asked.input.mentees.len();
    shell::card(
        "Ranked lists",
        html! {
            @match page.asked.lists {
                Some(0) => p { "None of those who are left has ranked somebody who is still free, so the fit decides for all." },
                Some(some) => p {
                    (some) " of " (count(mentees, "mentee", "mentees"))
                    " ranked somebody who is still free; whoever ranked nobody wants whom they fit best. Mentors rank nobody here, so for them it is the fit."
                },
                None => p { "Choosing is not over. Until then the lists are sealed, for you too, and the fit alone decides." },
            }
            p.hint { "Lists tell who would rather have whom: they decide where nobody would rather have each other, and are counted under swaps. Points do not change by them. No page shows a list; its mentee sees that it was used." }
            (shell::choice_field(&Input::new("lists", "What a list decides").value(chosen).faults(faults), &options))
        },
    )
}

fn weights(typed: &Typed, faults: &Faults) -> Markup {
    shell::card(
        "How much each part counts",
        html! {
            p { "Only the proportions matter; 0 switches a part off. For a mentee who said what matters most, that part counts double." }
            div.side { @for ((name, label, hint), value) in WEIGHTS.iter().zip(&typed.weights) {
                (shell::text_field(&Input::new(name, label).hint(hint).value(value).required().faults(faults)))
            } }
        },
    )
}

fn musts(page: &Page, typed: &Typed) -> Markup {
    let costs = |must| {
        let look = page.look.as_ref()?;
        let found = look.musts.iter().find(|it| it.0 == must)?.1.as_ref();
        Some(match found {
            None => "Keeps nobody apart.".to_owned(),
            Some(it) => {
                let (mentees, mentors) = (it.mentees_left_with_nobody, it.mentors_left_with_nobody);
                let pairs = count(it.pairs, "pair", "pairs");
                match (mentees, mentors) {
                    (0, 0) => format!("Rules out {pairs}, and leaves everybody somebody."),
                    _ => format!(
                        "Rules out {pairs}, and leaves {} and {} with nobody at all.",
                        count(mentees, "mentee", "mentees"),
                        count(mentors, "mentor", "mentors")
                    ),
                }
            }
        })
    };
    let options: Vec<Choice> = MUSTS
        .iter()
        .map(|(must, key, label)| Choice::new(*key, *label).hint(costs(*must).unwrap_or_default()))
        .collect();
    let input = Input::new("must", "What must be so, whatever the points")
        .hint("What is unknown breaks no rule. Each line says whom the rule alone would leave without anybody.")
        .unmarked();
    shell::card_plain(shell::multi_field(&input, &options, &typed.must))
}

fn locks(page: &Page, typed: &Typed, faults: &Faults) -> Markup {
    let input = &page.asked.input;
    let is_free = |id: &str| Id::parse(id).is_some_and(|it| !page.stake.is_about(it));
    let choice = |id: &String, name: &String| Choice::new(id.clone(), name.clone());
    let mentees = input.mentees.iter().filter(|it| is_free(&it.id)).map(|it| choice(&it.id, &it.name));
    let mentors = input.mentors.iter().filter(|it| is_free(&it.id)).map(|it| choice(&it.id, &it.name));
    let (mentees, mentors): (Vec<_>, Vec<_>) = (mentees.collect(), mentors.collect());
    let words = |lock: &String| {
        let (mentee, mentor) = lock.split_once('.').unwrap_or_default();
        let named = |id| match page.asked.name(id) {
            "" => "somebody who is not left any more".to_owned(),
            name => name.to_owned(),
        };
        format!("{} and {}", named(mentee), named(mentor))
    };
    let locked: Vec<Choice> = typed.locks.iter().map(|it| Choice::new(it.clone(), words(it))).collect();
    shell::card(
        "Pairs that stay",
        html! {
            p { "Pairs you have put together by hand stay by themselves. Others can be locked here; the rest is looked for around them." }
            @if !locked.is_empty() {
                (shell::multi_field(&Input::new("lock", "Locked").unmarked(), &locked, &typed.locks))
            }
            div.side {
                (shell::select_field(&Input::new("lock_mentee", "Lock this mentee").faults(faults), &mentees))
                (shell::select_field(&Input::new("lock_mentor", "… with this mentor").faults(faults), &mentors))
            }
        },
    )
}

fn rest(most: i64, typed: &Typed, faults: &Faults) -> Markup {
    let most_words = most.to_string();
    shell::card(
        "Limits and ties",
        html! {
            div.side {
                (shell::text_field(&Input::new("least", "Least score of a pair").hint("0 to 100. With 0 every pair may be made.")
                    .value(&typed.least).faults(faults)))
                (shell::text_field(&Input::new("seed", "Number that decides ties")
                    .hint("The same number gives the same plan, whenever it is asked. Among equals, those who were left out before come first.")
                    .value(&typed.seed).required().faults(faults)))
            }
            @if most > 1 {
                (shell::text_field(&Input::new("mentees_each", "Mentees for each mentor").kind("number").between("1", &most_words)
                    .hint("At most; nobody is given more than they have room for.")
                    .value(&typed.mentees_each).faults(faults)))
            } @else {
                p.hint { "In this cohort a mentor has one mentee." }
            }
        },
    )
}

fn numbers(page: &Page, typed: &Typed, look: &Look) -> Markup {
    let columns =
        [Column::text("Looks for"), Column::number("Pairs"), Column::number("Points"), Column::number("Swaps")];
    let rows = look
        .outcomes
        .iter()
        .map(|it| {
            vec![
                html! { (objective_words(it.objective)) },
                html! { (it.pairs) },
                html! { (it.total) },
                html! { (it.blocking_pairs) },
            ]
        })
        .collect();
    shell::card(
        "What this would give",
        html! {
            (shell::table("What each objective would give", &columns, rows))
            p.hint { "“Swaps” counts mentees and mentors who would both rather have each other, by their lists and then by how they fit." }
            @if look.kept_apart > 0 {
                p { "Rules about people keep " (count(look.kept_apart, "pair", "pairs")) " apart: one employer, an earlier duo, asked before, or a wish in confidence." }
            }
            (shell::form(&runs_path(page.cohort.id), html! {
                @for (name, value) in typed.pairs() { (shell::hidden(name, value)) }
                (shell::button("Make this run"))
            }))
            p.hint { "After a change, look at the numbers again first: this button makes the run that they belong to." }
        },
    )
}
