//! How the matching board looks.

use jiff::Timestamp;
use platform::prelude::*;
use program::{Calendar, long_day, short_day};
use shell::{Choice, Column, Faults, Input, Style, Tone};

use crate::{
    board::{Facts, Left},
    desk,
    proposals::Proposal,
    requests::Request,
    rules::MENTORS_PER_PLACE,
};

pub(crate) fn page(facts: &Facts, faults: &Faults, typed: &Fields) -> Markup {
    html! {
        (shell::error_summary(faults))
        (shell::page_head_with(&format!("Matching, {}", facts.cohort.name), &lead(facts), html! {
            (shell::link_quiet(&format!("/cohorts/{}/matching/terms", facts.cohort.id), "How mentees choose"))
        }))
        (shell::figures(&[
            (&format!("{} of {}", facts.paired, facts.mentees), "mentees are in a duo"),
            (&facts.open.len().to_string(), one_or_more(&facts.open, "request waits for an answer", "requests wait for an answer")),
            (&facts.left_mentees.len().to_string(), one_or_more(&facts.left_mentees, "mentee is without a mentor", "mentees are without a mentor")),
            (&facts.left_mentors.len().to_string(), one_or_more(&facts.left_mentors, "mentor has room", "mentors have room")),
        ]))
        @if !facts.is_choosing_over() { (supply(facts)) }
        p { a href={ "/cohorts/" (facts.cohort.id) "/matching/threshold" } { "How many mentors there must be before mentees choose" } }
        @if let Some(instead) = &facts.instead {
            (shell::note(Tone::Info, html! { p { "You take part yourself, so nothing about your own pair stands here. " (instead) } }))
        }
        (drafts(facts))
        (sent(facts))
        (shell::columns(
            html! { (left("Mentees without a mentor", &facts.left_mentees, "Every mentee has a mentor.")) (open_requests(facts)) },
            html! { (left("Mentors without a mentee", &facts.left_mentors, "Every mentor has a mentee.")) (reasons(facts)) },
        ))
        @if facts.cohort.is_open() { (by_hand(facts, faults, typed)) }
        (shell::readers_line(&policy::who_can_read_as(policy::Record::Proposal, policy::Column::Chair)))
        p.hint { "Notes, ranked lists and sealed wishes are not shown here." }
    }
}

fn one_or_more<T>(those: &[T], one: &'static str, more: &'static str) -> &'static str {
    if those.len() == 1 { one } else { more }
}

fn lead(facts: &Facts) -> String {
    let day = |step| long_day(facts.calendar.day(step));
    if !facts.calendar.has_begun("directory_opens", facts.now) {
        return format!("Mentees choose from {} to {}.", day("directory_opens"), day("directory_closes"));
    }
    if !facts.is_choosing_over() {
        return format!(
            "Mentees choose until {}; then you propose pairs for those who are left.",
            day("directory_closes")
        );
    }
    format!("Choosing is over. Proposals are to be settled by {}.", day("assisted_matching_done"))
}

/// Who is left and cannot be paired now; nothing where nobody is.
fn who_waits(facts: &Facts) -> Option<String> {
    let waiting = |left: &[Left]| left.iter().filter(|it| !it.can_be_proposed).count();
    let mentees = (waiting(&facts.left_mentees), "mentee", "mentees");
    let mentors = (waiting(&facts.left_mentors), "mentor", "mentors");
    let some = [mentees, mentors].into_iter().filter(|it| it.0 > 0);
    let some: Vec<String> = some.map(|(many, one, more)| desk::count(many, one, more)).collect();
    let while_it_lasts = "Left out while an answer is waited for or a pause lasts:";
    (!some.is_empty()).then(|| format!("{while_it_lasts} {}.", some.join(" and ")))
}

fn supply(facts: &Facts) -> Markup {
    let ratio = format!("{:.1}", facts.mentors_per_place());
    let each_takes_one = facts.mentor_places == i64::try_from(facts.mentors).unwrap_or(i64::MAX);
    let room = if each_takes_one { String::new() } else { format!(" with room for {} mentees", facts.mentor_places) };
    let words = format!("{} mentors{room} for {} places: {ratio} for each place.", facts.mentors, facts.cohort.places);
    if facts.has_too_few_mentors() {
        let more = format!(" Under {MENTORS_PER_PLACE} mentees have too little choice; invite more mentors.");
        shell::note(Tone::Warn, html! { (words) (more) })
    } else {
        shell::note(Tone::Good, html! { (words) })
    }
}

fn drafts(facts: &Facts) -> Markup {
    let path = format!("/cohorts/{}/matching", facts.cohort.id);
    let again = if facts.drafts.is_empty() { "Propose pairs" } else { "Propose anew" };
    shell::card(
        "Our proposals",
        html! {
            @if facts.drafts.is_empty() {
                p { "The house looks for as many pairs as possible among those who are left, and among those plans for the best fit. You decide what is sent, and both people decide." }
                @if let Some(words) = who_waits(facts) { p { (words) } }
            } @else {
                p { "Drafts. Nobody hears of them before you send them." }
                (still_choosing(&facts.calendar, facts.now))
                ul.list role="list" { @for draft in &facts.drafts { (draft_entry(facts, draft)) } }
            }
            @if facts.cohort.is_open() {
                (shell::actions(html! {
                    (shell::link_quiet(&format!("{path}/runs/new"), "Choose what counts"))
                    (shell::link_quiet(&format!("{path}/runs"), "Runs"))
                    (shell::link_quiet(&format!("{path}/import"), "Pairs decided elsewhere"))
                    @if !facts.drafts.is_empty() {
                        (shell::link_quiet(&format!("{path}/move"), "Move a pair"))
                        (shell::link_button(&format!("{path}/letters"), "Letters and sending"))
                    }
                    (shell::post_button(&format!("{path}/proposals"), again, &[], if facts.drafts.is_empty() { Style::Main } else { Style::Quiet }))
                }))
            }
        },
    )
}

/// What is said to whoever could send proposals before their time.
pub(crate) fn still_choosing(calendar: &Calendar, now: Timestamp) -> Markup {
    if calendar.is_over("directory_closes", now) {
        return html! {};
    }
    let day = long_day(calendar.day("directory_closes"));
    shell::note(
        Tone::Warn,
        html! { p { "Mentees choose for themselves until " (day) ". A proposal that goes out before comes between them and their own choice, and their lists did not decide." } },
    )
}

fn draft_entry(facts: &Facts, draft: &Proposal) -> Markup {
    let removal = format!("/cohorts/{}/matching/proposals/{}/removal", facts.cohort.id, draft.id);
    html! {
        li {
            h3 { (draft.mentee_name) " and " (draft.mentor_name) }
            p {
                strong { (draft.points()) " of 100" }
                @if draft.by_hand { " " (shell::badge(Tone::Plain, "By hand")) }
            }
            ul { @for reason in draft.reasons.lines() { li { (reason) } } }
            details {
                summary { "In numbers, and who else" }
                ul { @for part in draft.parts.lines() { li { (part) } } }
                @if draft.alternatives.is_empty() { p { "No other mentor was weighed." } }
                @else { p { "Next best: " (draft.alternatives.lines().collect::<Vec<_>>().join("; ")) "." } }
            }
            @let waits = facts.left_mentees.iter().find(|it| it.person == draft.mentee && !it.can_be_proposed);
            @if let Some(waits) = waits.filter(|_| facts.cohort.is_open() && !draft.by_hand) {
                p.hint { (draft.mentee_name) " " (waits.why) ", so this pair can be dropped and not changed." }
            } @else if facts.cohort.is_open() && !draft.by_hand {
                p { a href={ "/cohorts/" (facts.cohort.id) "/matching/move?mentee=" (draft.mentee) } {
                    "Give another mentor" span.vh { " to " (draft.mentee_name) }
                } }
            }
            (shell::post_button_for(&removal, "Drop this pair", &format!("{} and {}", draft.mentee_name, draft.mentor_name), &[], Style::Quiet))
        }
    }
}

fn sent(facts: &Facts) -> Markup {
    let said = |answer: &str| match answer {
        "yes" => "yes",
        "no" => "no",
        _ => "not yet",
    };
    let row = |proposal: &Proposal, state: String| {
        vec![
            html! { (proposal.mentee_name) },
            html! { (proposal.mentor_name) },
            html! { (said(&proposal.mentee_answer)) " / " (said(&proposal.mentor_answer)) },
            html! { (state) },
        ]
    };
    let until = |proposal: &Proposal| match proposal.due_at {
        Some(due) => format!("open until {}", short_day(facts.calendar.today(due))),
        None => "open".to_owned(),
    };
    let outcome = |proposal: &Proposal| match proposal.state.as_str() {
        "formed" => "a duo",
        "refused" => "came to nothing",
        _ => "ran out",
    };
    let columns = ["Mentee", "Mentor", "Answers", "State"].map(Column::text);
    let open = facts.sent.iter().map(|it| row(it, until(it)));
    let closed = facts.closed.iter().map(|it| row(it, outcome(it).to_owned()));
    let rows: Vec<_> = open.chain(closed).collect();
    html! { @if !rows.is_empty() { (shell::card("Sent proposals", shell::table("Sent proposals", &columns, rows))) } }
}

fn left(title: &str, left: &[Left], nobody: &str) -> Markup {
    shell::card(
        title,
        html! {
            @if left.is_empty() { p { (nobody) } }
            @else { ul role="list" { @for person in left { li { strong { (person.name) } " " (person.why) } } } }
        },
    )
}

fn open_requests(facts: &Facts) -> Markup {
    let age = |request: &Request| facts.now.duration_since(request.asked_at).as_hours() / 24;
    let columns = [
        Column::text("Mentee"),
        Column::text("Mentor"),
        Column::number("Days old"),
        Column::text("Until"),
        Column::text("Help"),
    ];
    let rows: Vec<_> = facts
        .open
        .iter()
        .map(|request| {
            vec![
                html! { (request.mentee_name) },
                html! { (request.mentor_name) },
                html! { (age(request)) },
                shell::unbroken(&short_day(facts.calendar.today(request.due_at))),
                html! { a href={ "/cohorts/" (facts.cohort.id) "/matching/requests/" (request.id) } { "Step in" } },
            ]
        })
        .collect();
    shell::card(
        "Open requests, the oldest first",
        html! { @if rows.is_empty() { p { "No request waits." } } @else { (shell::table("Open requests", &columns, rows)) } },
    )
}

fn reasons(facts: &Facts) -> Markup {
    html! {
        @if !facts.reasons.is_empty() {
            (shell::card("A word from mentors who could not", html! {
                ul role="list" { @for (it, reason) in &facts.reasons { li { strong { (it.mentor_name) } ": " (reason) } } }
                p.hint { "Written for the chair and the deputy. Mentees never read it." }
            }))
        }
    }
}

fn by_hand(facts: &Facts, faults: &Faults, typed: &Fields) -> Markup {
    let options = |left: &[Left]| -> Vec<Choice> {
        let free = left.iter().filter(|it| it.can_be_proposed);
        free.map(|it| Choice::new(it.person.to_string(), it.name.clone())).collect()
    };
    let field =
        |name: &'static str, label: &'static str| Input::new(name, label).value(typed.text(name)).faults(faults);
    shell::card(
        "Add a pair by hand",
        shell::form(
            &format!("/cohorts/{}/matching/pairs", facts.cohort.id),
            html! {
                (shell::select_field(&field("mentee", "Mentee").required(), &options(&facts.left_mentees)))
                (shell::select_field(&field("mentor", "Mentor").required(), &options(&facts.left_mentors)))
                (shell::text_field(&field("note", "Your own reason, for both to read").max(200)))
                (shell::text_field(&field("why", "Why, if a rule speaks against it").max(200)
                    .hint("Only needed when the house says so; the two do not read it.").readers(&policy::who_can_read_as(policy::Record::Proposal, policy::Column::Chair))))
                (shell::button_quiet("Add"))
            },
        ),
    )
}
