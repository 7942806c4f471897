//! How moving somebody looks.

use std::collections::BTreeMap;

use membership::Stake;
use pairing::Weighed;
use platform::prelude::*;
use program::Cohort;
use shell::{Choice, Column, Faults, Input, Tone};

use super::{
    board_path, count,
    question::Question,
    readers,
    shift::{self, NOBODY, SWAP, Way},
};
use crate::proposals::Proposal;

pub(crate) const TITLE: &str = "Move a pair";

pub(crate) struct Page<'a> {
    cohort: &'a Cohort,
    names: BTreeMap<String, String>,
    has_draft: bool,
    mark: i64,
    /// To how many mentees the mentor that was chosen can be given.
    pub(crate) room: usize,
    /// Who may be moved, and who may be chosen.
    pub(crate) mentees: Vec<Choice>,
    pub(crate) mentors: Vec<Choice>,
    pub(crate) mentee: String,
    pub(crate) mentor: String,
    pub(crate) now: Option<Weighed>,
    pub(crate) ways: Vec<Way>,
}

impl<'a> Page<'a> {
    pub(crate) fn new(
        cohort: &'a Cohort,
        asked: &Question,
        drafts: &[Proposal],
        fixed: &[String],
        stake: &Stake,
        mark: i64,
    ) -> Self {
        let input = &asked.input;
        let mentees = input.mentees.iter().map(|it| (it.id.clone(), it.name.clone()));
        let mentors = input.mentors.iter().map(|it| (it.id.clone(), it.name.clone()));
        let names: BTreeMap<String, String> = mentees.clone().chain(mentors.clone()).collect();
        let partners = |id: &str| -> Vec<&str> {
            let of = drafts.iter().filter(|it| it.people().iter().any(|person| person.to_string() == id));
            of.map(|it| if it.mentee.to_string() == id { &*it.mentor_name } else { &*it.mentee_name }).collect()
        };
        let choice = |(id, name): (String, String)| {
            let with = partners(&id);
            let with = if with.is_empty() { "nobody".to_owned() } else { with.join(" and ") };
            Choice::new(id, format!("{name} (now with {with})"))
        };
        let is_free = |id: &String| !fixed.contains(id) && Id::parse(id).is_some_and(|it| !stake.is_about(it));
        let sorted = |people: Vec<(String, String)>| {
            let mut choices: Vec<Choice> = people.into_iter().filter(|it| is_free(&it.0)).map(choice).collect();
            choices.sort_by(|a, b| a.label.cmp(&b.label));
            choices
        };
        let (mentees, mentors) = (sorted(mentees.collect()), sorted(mentors.collect()));
        Self {
            cohort,
            names,
            has_draft: !drafts.is_empty(),
            mark,
            room: 1,
            mentees,
            mentors,
            mentee: String::new(),
            mentor: String::new(),
            now: None,
            ways: Vec::new(),
        }
    }

    fn name(&self, id: &str) -> &str {
        self.names.get(id).map_or("somebody", String::as_str)
    }
}

pub(crate) fn page(page: &Page, faults: &Faults) -> Markup {
    let board = board_path(page.cohort.id);
    html! {
        (way(page.cohort))
        (shell::error_summary(faults))
        (shell::page_head(TITLE, "Give somebody in the draft another mentor. You see first what that changes; nobody hears of it."))
        @if page.has_draft {
            (choose(page, faults))
            @if let Some(now) = &page.now {
                @if page.ways.is_empty() { (shell::note(Tone::Info, html! { p { "That is how the draft is now." } })) }
                @for way in &page.ways { (effect(page, now, way)) }
            }
        } @else {
            (shell::empty_state("There is no draft", "Propose pairs first, or take a run as the draft.", Some((&board, "Back to the board"))))
        }
        (readers())
    }
}

fn way(cohort: &Cohort) -> Markup {
    let (home, board) = (format!("/cohorts/{}", cohort.id), board_path(cohort.id));
    shell::breadcrumbs(&[(&home, &cohort.name), (&board, "Matching")], TITLE)
}

fn choose(page: &Page, faults: &Faults) -> Markup {
    let mut mentors = vec![Choice::new(NOBODY, "Nobody for now")];
    mentors.extend(page.mentors.iter().map(|it| Choice::new(it.value.clone(), it.label.clone())));
    html! {
        form.form method="get" action={ (board_path(page.cohort.id)) "/move" } novalidate {
            div.side {
                (shell::select_field(&Input::new("mentee", "Mentee").value(&page.mentee).required().faults(faults), &page.mentees))
                (shell::select_field(&Input::new("mentor", "gets").value(&page.mentor).required().faults(faults), &mentors))
            }
            p.hint { "Pairs that are locked, or that you put together by hand, stay and are not in these lists." }
            (shell::actions(html! {
                (shell::button_quiet("Show what it changes"))
                (shell::link_quiet(&board_path(page.cohort.id), "Back to the board"))
            }))
        }
    }
}

fn effect(page: &Page, now: &Weighed, way: &Way) -> Markup {
    let named = |pair: &(String, String)| format!("{} gets {}", page.name(&pair.0), page.name(&pair.1));
    let is_left = |pair: &&(String, String)| !way.shift.comes.iter().any(|it| it.0 == pair.0);
    let left = way.shift.goes.iter().filter(is_left).map(|it| format!("{} is left without a mentor", page.name(&it.0)));
    let changes: Vec<String> = way.shift.comes.iter().map(named).chain(left).collect();
    let title = if way.how == SWAP && way.shift.comes.len() > 1 { "With a swap" } else { "What it changes" };
    shell::card(
        title,
        html! {
            ul role="list" { @for change in &changes { li { (change) "." } } }
            @match &way.then {
                Err(sentence) => (shell::note(Tone::Warn, html! { p { "This cannot be. " (sentence) } })),
                Ok(then) => {
                    (numbers(page, now, then))
                    (shell::form(&format!("{}/move", board_path(page.cohort.id)), html! {
                        (shell::hidden("mentee", &page.mentee))
                        (shell::hidden("mentor", &page.mentor))
                        (shell::hidden("how", way.how))
                        (shell::hidden("about", &shift::seen(page.mark, page.room)))
                        (shell::button("Keep this"))
                    }))
                }
            }
        },
    )
}

fn numbers(page: &Page, now: &Weighed, then: &Weighed) -> Markup {
    let columns = [Column::text("What"), Column::number("Now"), Column::number("Then")];
    let row = |what: &str, now: String, then: String| vec![html! { (what) }, html! { (now) }, html! { (then) }];
    let rows = vec![
        row("Pairs", now.pairs.to_string(), then.pairs.to_string()),
        row("Mentees left", now.unmatched.len().to_string(), then.unmatched.len().to_string()),
        row("Points in all", now.total.to_string(), then.total.to_string()),
        row("Would both rather have each other", now.blocking_pairs.to_string(), then.blocking_pairs.to_string()),
    ];
    let new = then.blocking.iter().filter(|it| !now.blocking.contains(it)).take(5);
    let new: Vec<String> = new.map(|it| format!("{} and {}", page.name(&it.mentee), page.name(&it.mentor))).collect();
    html! {
        (shell::table("The draft now and then", &columns, rows))
        @if !new.is_empty() {
            p { "New among those who would rather have each other: " (new.join("; ")) "." }
        }
        @if then.unmatched.len() > now.unmatched.len() {
            p { "It leaves " (count(then.unmatched.len() - now.unmatched.len(), "mentee", "mentees")) " more without a mentor." }
        }
    }
}

/// Somebody has found a partner, or is not in the draft any more.
pub(crate) fn gone(cohort: &Cohort) -> Markup {
    refused(cohort, "Somebody in this pair is no longer free: a request, a proposal or a duo was faster.")
}

pub(crate) fn refused(cohort: &Cohort, sentence: &str) -> Markup {
    html! {
        (way(cohort))
        (shell::error_summary(&Faults::general(sentence)))
        (shell::page_head(TITLE, "Nothing was changed."))
        (shell::actions(shell::link_quiet(&format!("{}/move", board_path(cohort.id)), "Choose again")))
    }
}
