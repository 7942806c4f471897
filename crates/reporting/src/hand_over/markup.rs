//! How the page looks.

use platform::prelude::*;
use policy::Record;
use program::{Next, long_day};
use shell::{Choice, Faults, Input, Style, Tone};

use super::{Facts, LONG_DAYS, LONGEST_WORDS, PATH, TITLE, Waiting};

/// Where no chair is in office there is nothing to hand over.
pub(super) fn nobody() -> Markup {
    html! {
        (way_back())
        (shell::page_head(TITLE, "A chair runs the program."))
        (shell::empty_state("Nobody is chair today", "A deputy appoints one on the committee’s page.", Some(("/committee", "Go to the committee"))))
    }
}

pub(super) fn page(facts: &Facts, typed: &Fields, faults: &Faults) -> Markup {
    let name = &facts.going.name;
    let lead = if facts.is_own {
        "Somebody else takes over from a day that you choose. You stay chair until they have said yes, and until that day.".to_owned()
    } else {
        format!("{name} stays chair until the successor has said yes, and until the day that you choose.")
    };
    html! {
        (way_back())
        (shell::error_summary(faults))
        (shell::page_head(TITLE, &lead))
        @if !facts.others.is_empty() {
            p { "For another chair: "
                @for (index, other) in facts.others.iter().enumerate() {
                    @if index > 0 { ", " }
                    a href=(format!("{PATH}?from={}", other.id)) { (other.name) }
                }
            }
        }
        @match &facts.plan {
            Some(plan) => (planned(facts, plan)),
            None => (form(facts, typed, faults)),
        }
        (shell::columns(html! { (gets()) (keeps(facts)) }, waits(facts)))
        (shell::readers_line(&policy::who_can_read(Record::Committee)))
    }
}

fn way_back() -> Markup {
    shell::breadcrumbs(&[("/committee", "The committee")], TITLE)
}

fn planned(facts: &Facts, plan: &membership::HandOver) -> Markup {
    let last = long_day(membership::last_day(plan.begins).max(facts.today));
    let name = if facts.is_own { "you are" } else { &format!("{} is", facts.going.name) };
    let end = format!("/committee/members/{}/end", plan.coming);
    shell::card(
        &format!("{} is asked", plan.taker_name),
        html! {
            @if plan.accepted_at.is_some() {
                p { (shell::badge(Tone::Good, "Said yes")) " " (plan.taker_name) " is chair from " (long_day(plan.begins)) "; " (name) " chair to the end of " (last) "." }
            } @else {
                p { (shell::badge(Tone::Info, "Waiting for a yes")) " From " (long_day(plan.begins)) ", once " (plan.taker_name) " has said yes. Until then " (name) " chair, also after that day." }
            }
            @if facts.appoints && (plan.begins > facts.today || plan.accepted_at.is_none()) {
                (shell::actions(shell::post_button(&end, "Call it off", &[], Style::Danger)))
                p.hint { "Then everything stays as it was." }
            }
        },
    )
}

fn form(facts: &Facts, typed: &Fields, faults: &Faults) -> Markup {
    let role = |it: &program::memberships::Member| it.role().map_or("", policy::Role::words).to_owned();
    let known = facts.candidates.iter();
    let known = known.map(|it| Choice::new(it.person.to_string(), format!("{}, {}", it.name, role(it).to_lowercase())));
    let choices: Vec<Choice> = [Choice::new("", "Somebody else")].into_iter().chain(known).collect();
    let from = facts.going.id.to_string();
    shell::card(
        "Who takes over, and from when",
        shell::form(
            PATH,
            html! {
                (shell::hidden("from", &from))
                (shell::select_field(&Input::new("person", "Somebody of the committee").value(typed.text("person")).faults(faults), &choices))
                (shell::text_field(&Input::new("email", "Or their e-mail address").kind("email").value(typed.text("email")).faults(faults)))
                (shell::text_field(&Input::new("name", "And their name").value(typed.text("name")).hint("Only if they have no account yet.").faults(faults)))
                (shell::date_field(&Input::new("begins", "From which day").value(typed.text("begins")).required().faults(faults)
                    .hint("Their first day as chair. The day before is the last of the one who goes.")))
                (shell::long_field(&Input::new("words", "Your words to them").value(typed.text("words")).max(LONGEST_WORDS).rows(4).faults(faults)
                    .hint("They stand in the letter, and nowhere else.")))
                (shell::actions(shell::button("Ask them to take over")))
                p.hint { "We ask for your password or key once more. Both of you get a letter." }
            },
        ),
    )
}

fn gets() -> Markup {
    shell::card(
        "What the successor gets",
        html! {
            ul {
                li { "Decides about applications and places, proposes pairs, appoints the committee and the liaisons, sets dates, letters and pages." }
                li { "Reads applications, profiles, totals, reports and the journal, also of earlier cohorts." }
                li { "Sees of duos their dates and counts. Answers to check-ins open only together with the deputy, for an hour, and the two are told." }
                li { "Reads no notes or messages of a duo, and its goals and agreement only where both share them." }
                li { "Sets up a second factor first." }
            }
            p { a href="/confidentiality" { "Who may read what" } }
        },
    )
}

fn keeps(facts: &Facts) -> Markup {
    let title = if facts.is_own { "What you keep".to_owned() } else { format!("What {} keeps", facts.going.name) };
    shell::card(
        &title,
        html! {
            ul {
                li { "The account with its sign-ins, the letters, and everything written as oneself." }
                @for role in &facts.keeps { li { (role) } }
                @if facts.keeps.is_empty() { li { "No other role." } }
            }
            p { "What a chair opens is closed from the first day of the successor on, with the next page." }
        },
    )
}

fn waits(facts: &Facts) -> Markup {
    let Some(waiting) = &facts.waiting else {
        return shell::card(
            "What waits",
            html! { p.muted { "The chairs see here what waits for them; the office opens none of it." } },
        );
    };
    let Waiting { steps, tasks, requests } = waiting;
    shell::card(
        "What waits, to be handed over",
        html! {
            @if steps.is_empty() && tasks.is_empty() && requests.is_empty() {
                p.muted { "Nothing waits for a chair today." }
            }
            @if !steps.is_empty() { h3 { "Next steps" } ul { @for step in steps { (next(step)) } } }
            @if !tasks.is_empty() {
                h3 { "Open tasks" }
                ul { @for (title, due) in tasks { li { (title) " " span.muted { "by " (long_day(*due)) } } } }
            }
            @if !requests.is_empty() {
                h3 { "Requests without an answer for more than " (LONG_DAYS) " days" }
                ul { @for (mentee, mentor, since) in requests { li { (mentee) " asked " (mentor) " on " (long_day(*since)) } } }
            }
        },
    )
}

fn next(step: &Next) -> Markup {
    html! { li {
        a href=(step.href) { (step.title) }
        @if let Some(due) = step.due { " " span.muted { "by " (long_day(due)) } }
    } }
}
