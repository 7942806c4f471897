//! How one run looks.

use pairing::{Alternative, Lists, Pair, Part, Points};
use platform::prelude::*;
use program::Cohort;
use shell::{Column, Style, Tone};

use super::{
    beside, count,
    one::{PAGE, title},
    readers,
    runs::{Content, Run},
    settings::{MUSTS, Typed, WEIGHTS, lists_words, objective_words},
    shown::Shown,
    way,
};
use crate::inputs;

pub(crate) struct Facts {
    pub(crate) cohort: Cohort,
    pub(crate) run: Run,
    pub(crate) made: String,
    pub(crate) content: Content,
    pub(crate) shown: Shown,
    pub(crate) others: Vec<Run>,
    pub(crate) page: usize,
}

pub(crate) fn page(facts: &Facts) -> Markup {
    let (run, plan) = (&facts.run, &facts.content.plan);
    let lead = format!("Made on {} by {}. {}.", facts.made, run.made_by_name, objective_words(plan.objective));
    html! {
        (way(&facts.cohort, &title(run)))
        (shell::page_head(&title(run), &lead))
        (shell::figures(&[
            (&format!("{} of {}", plan.pairs.len(), run.mentees), "mentees have a mentor in this plan"),
            (&run.points(), "points in all"),
            (&plan.unmatched.len().to_string(), "mentees without one"),
            (&plan.blocking_pairs.to_string(), "pairs would both rather have each other"),
        ]))
        @if let Some(instead) = &facts.shown.instead {
            (shell::note(Tone::Info, html! { p { "Nothing stands here about your own pair, or of people from whom you step aside. " (instead) } }))
        }
        (actions(facts))
        (shell::columns(html! { (pairs(facts)) (left(facts)) }, html! { (settings(facts)) (objectives(facts)) (beside(facts)) (swaps(facts)) }))
        (readers())
    }
}

fn actions(facts: &Facts) -> Markup {
    let path = facts.run.path();
    html! {
        (shell::actions(html! {
            @if facts.cohort.is_open() {
                (shell::post_button(&format!("{path}/draft"), "Take this as the draft", &[], Style::Main))
                (shell::link_quiet(&change(facts, &[]), "Change the settings"))
            }
            (shell::link_quiet(&format!("{path}/why"), "Why not these two?"))
            (shell::post_button(&format!("{path}/again"), "Repeat it", &[], Style::Quiet))
        }))
    }
}

/// The settings of this run, with its locks and one more.
fn change(facts: &Facts, more: &[String]) -> String {
    let by_hand = |mentee: &str, mentor: &str| {
        facts.content.file.overrides.iter().any(|it| it.mentee == mentee && it.mentor == mentor)
    };
    let locked = facts.content.file.locked.iter().filter(|it| !by_hand(&it.mentee, &it.mentor));
    let mut locks: Vec<String> = locked.map(|it| format!("{}.{}", it.mentee, it.mentor)).collect();
    locks.extend(more.iter().cloned());
    let typed = Typed { locks, ..Typed::of(&facts.run.settings()) };
    typed.link(facts.cohort.id)
}

fn pairs(facts: &Facts) -> Markup {
    let pairs = facts.shown.by_name();
    let pages = pairs.len().div_ceil(PAGE).max(1);
    let page = facts.page.min(pages);
    let shown = pairs.iter().skip((page - 1) * PAGE).take(PAGE);
    let link = |page: usize| format!("{}?page={page}", facts.run.path());
    shell::card(
        "Pairs",
        html! {
            @if pairs.is_empty() { p { "The plan makes no pair." } }
            ul.list role="list" { @for pair in shown { (entry(facts, pair)) } }
            (shell::pager(page, pages, link))
        },
    )
}

fn entry(facts: &Facts, pair: &Pair) -> Markup {
    let shown = &facts.shown;
    let (mentee, mentor) = (shown.name(&pair.mentee), shown.name(&pair.mentor));
    let why = format!("{}/why?mentee={}", facts.run.path(), pair.mentee);
    let lock = format!("{}.{}", pair.mentee, pair.mentor);
    html! {
        li {
            h3 { (mentee) " and " (mentor) }
            p {
                strong { (pair.score.total) " of 100" }
                @if pair.locked { " " (shell::badge(Tone::Plain, "Locked")) }
            }
            ul { @for reason in inputs::reasons(&pair.score) { li { (reason) } } }
            details {
                summary { "In numbers, and who else" }
                (parts(&pair.score.parts))
                (alternatives(shown, &pair.alternatives))
            }
            p {
                a href=(why) { "Why not somebody else?" span.vh { " for " (mentee) } }
                @if facts.cohort.is_open() && !pair.locked {
                    " · " a href=(change(facts, &[lock])) { "Keep this pair, look again" span.vh { ": " (mentee) " and " (mentor) } }
                }
            }
        }
    }
}

/// The parts of a score, as a table would be too wide for a list.
pub(crate) fn parts(parts: &[Part]) -> Markup {
    html! {
        ul { @for part in parts {
            li {
                (part.key.words()) " " (part.points) " of " (part.weight)
                @if part.words.is_empty() && part.aside.is_empty() { ": " (without_words(part)) }
                @else { ": " (part.words.iter().chain(&part.aside).map(String::as_str).collect::<Vec<_>>().join(" ")) }
            }
        } }
    }
}

/// What is not known counts in the middle, so without any points something is known.
fn without_words(part: &Part) -> &'static str {
    if part.points == Points::default() {
        "nothing speaks for it"
    } else {
        "nothing stands out; what is not known counts in the middle"
    }
}

pub(crate) fn alternatives(shown: &Shown, alternatives: &[Alternative]) -> Markup {
    let words = |it: &Alternative| {
        let place = if it.free { "free" } else { "with somebody else in this plan" };
        format!("{}, {} of 100, {place}", shown.name(&it.mentor), it.total)
    };
    html! {
        @if alternatives.is_empty() { p { "No other mentor comes into question." } }
        @else { p { "Next best: " (alternatives.iter().map(words).collect::<Vec<_>>().join("; ")) "." } }
    }
}

fn left(facts: &Facts) -> Markup {
    let (plan, shown) = (&facts.shown.plan, &facts.shown);
    html! {
        (shell::card("Mentees who are left", html! {
            @if plan.unmatched.is_empty() { p { "Nobody is left." } }
            @else { ul role="list" { @for it in &plan.unmatched {
                li { strong { (shown.name(&it.mentee)) } ": " (it.words) }
            } } }
        }))
        @if !plan.free_mentors.is_empty() {
            (shell::card("Mentors with a place left", html! {
                p { (plan.free_mentors.iter().map(|it| shown.name(&it.mentor)).collect::<Vec<_>>().join(", ")) "." }
            }))
        }
    }
}

fn settings(facts: &Facts) -> Markup {
    let typed = Typed::of(&facts.run.settings());
    let weights =
        WEIGHTS.iter().zip(&typed.weights).map(|((_, label, _), value)| format!("{} {value}", label.to_lowercase()));
    let musts = MUSTS.iter().filter(|it| typed.must.iter().any(|key| key == it.1)).map(|it| it.2);
    let musts: Vec<&str> = musts.collect();
    let locked = facts.content.file.locked.len();
    shell::card(
        "What decided",
        shell::facts(&[
            ("Looks for", html! { (objective_words(facts.content.plan.objective)) }),
            ("Ranked lists", html! { (lists(&facts.content)) }),
            ("Weights", html! { (weights.collect::<Vec<_>>().join(", ")) }),
            ("Must be so", html! { @if musts.is_empty() { "nothing" } @else { (musts.join("; ")) } }),
            ("Least score", html! { (typed.least) }),
            ("Pairs that stay", html! { (locked) }),
            ("Ties", html! { "number " (typed.seed) "; those left out before come first" }),
            ("Engine", html! { "version " (facts.run.engine) }),
        ]),
    )
}

/// How many lists there were, and what they decided.
fn lists(content: &Content) -> String {
    match content.file.mentees.iter().filter(|it| !it.ranked.is_empty()).count() {
        0 if content.file.lists == Lists::Guide => lists_words(Lists::Guide).to_owned(),
        0 => {
            "none was looked at: nobody had one with somebody who was free, or they were still sealed; the fit decided"
                .to_owned()
        }
        some => format!("{}; {}", count(some, "mentee had one", "mentees had one"), lists_words(content.file.lists)),
    }
}

fn objectives(facts: &Facts) -> Markup {
    let columns = [Column::text("Looks for"), Column::number("Pairs"), Column::number("Points")];
    let rows: Vec<_> = facts
        .content
        .outcomes()
        .into_iter()
        .map(|it| vec![html! { (objective_words(it.objective)) }, html! { (it.pairs) }, html! { (it.total) }])
        .collect();
    shell::card("What another objective would give", shell::table("What each objective would give", &columns, rows))
}

fn beside(facts: &Facts) -> Markup {
    html! { @if !facts.others.is_empty() { (shell::card("Beside another run", beside::choose(&facts.run, &facts.others))) } }
}

fn swaps(facts: &Facts) -> Markup {
    const SHOWN: usize = 10;
    let (plan, shown) = (&facts.shown.plan, &facts.shown);
    html! {
        @if !plan.blocking.is_empty() {
            (shell::card("Would both rather have each other", html! {
                p { "By their lists, and then by how they fit, they would rather have each other than whom this plan gives them. Giving them to each other would cost somebody else." }
                ul role="list" { @for it in plan.blocking.iter().take(SHOWN) {
                    li { a href={ (facts.run.path()) "/why?mentee=" (it.mentee) "&mentor=" (it.mentor) } {
                        (shown.name(&it.mentee)) " and " (shown.name(&it.mentor))
                    } }
                } }
                @if plan.blocking_pairs > SHOWN { p { "These are the first of " (plan.blocking_pairs) "." } }
            }))
        }
    }
}
