//! Page `/cohorts/{cohort}`: where the year stands, what needs attention, and the way to
//! everything else. REP3.

use platform::prelude::*;
use policy::{Action, Condition, Facts, Grant, Role, of};
use program::{Calendar, Cohort, Next, calendar, long_day};
use shell::Tone;

use crate::{
    facts::Kind,
    figures::Figures,
    gather,
    model::Bar,
    page,
    rules::{counts::Count, disclose},
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let calendar = calendar::of(tx, &cohort)?;
    let proof: Grant<of::CohortOverview> = visit.grant(&Facts::in_cohort(cohort.id.number()))?;
    let figures = gather::counted(tx, &proof, &cohort, Kind::Final)?;
    let steps = attention(tx, visit)?;
    let now = tx.now();
    // Chairs know the duos by name; all others, liaisons too, see no small group.
    let sees_all = visit.subject.reaches(&[Role::Chair, Role::Deputy], Some(cohort.id.number()));
    let state = match cohort.state.as_str() {
        "draft" => shell::badge(Tone::Warn, "Draft"),
        "open" => shell::badge(Tone::Good, "Open"),
        _ => shell::badge(Tone::Plain, "Closed"),
    };
    Ok(Reply::wide(
        format!("Cohort {}", cohort.name),
        html! {
            (shell::page_head_with(&format!("Cohort {}", cohort.name), &where_it_stands(&calendar, now), state))
            (in_numbers(&figures, sees_all))
            (shell::columns(
                html! {
                    (shell::card("What needs attention", listed(&steps)))
                    (shell::card("Mentees on their way", funnel(&figures, sees_all)))
                },
                shell::card("Duos by signal", signals(&figures, sees_all)),
            ))
            (shell::cards(links(visit, &cohort, !calendar.is_over("duos_confirmed", now))))
            (shell::card("The year", program::dates::timeline(&cohort, &calendar, now, |_| true)))
            (shell::readers_line(&policy::who_can_read(policy::Record::CohortOverview)))
            p.hint { (if sees_all {
                "These are counts. What duos write to each other is seen by nobody here."
            } else {
                "These are counts; a group of fewer than five is not counted out. What duos write to each other is seen by nobody here."
            }) }
        },
    ))
}

/// The last step that has come and the next one.
fn where_it_stands(calendar: &Calendar, now: jiff::Timestamp) -> String {
    let today = calendar.today(now);
    let mut steps = calendar.all();
    steps.sort_by_key(|(_, day)| *day);
    let next = steps.iter().find(|(_, day)| *day >= today);
    let last = steps.iter().rev().find(|(_, day)| *day < today);
    let sentence = |words: &str, (step, day): &(&calendar::Step, jiff::civil::Date)| {
        format!("{words}: {}, {}.", step.title, long_day(*day))
    };
    let parts: Vec<String> =
        [last.map(|it| sentence("Last", it)), next.map(|it| sentence("Next", it))].into_iter().flatten().collect();
    parts.join(" ")
}

/// What every room says is next for this person about the program, in the order of the rooms.
pub(crate) fn attention(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    type Ask = fn(&mut Tx, &Visit) -> Result<Vec<Next>, Failure>;
    const ROOMS: &[Ask] = &[
        program::next_steps,
        membership::next_steps,
        intake::next_steps,
        matching::next_steps,
        care::next_steps,
        training::next_steps,
        evaluation::next_steps,
        alumni::next_steps,
        crate::next::next_steps,
    ];
    let mut steps = Vec::new();
    for ask in ROOMS {
        steps.extend(ask(tx, visit)?.into_iter().filter(|it| is_about_the_program(&it.href)));
    }
    steps.sort_by_key(|it| it.due.unwrap_or(jiff::civil::Date::MAX));
    Ok(steps)
}

/// What somebody has to do as a mentor or a mentee stands on their own page.
fn is_about_the_program(href: &str) -> bool {
    let is_mine = href.starts_with("/surveys/") && href.ends_with("/mine");
    let pages = ["/cohorts/", "/desk", "/roster", "/committee", "/reports", "/surveys/"];
    (pages.iter().any(|it| href.starts_with(it)) && !is_mine) || href.ends_with("/door")
}

fn listed(steps: &[Next]) -> Markup {
    html! {
        @if steps.is_empty() { p.muted { "Nothing at the moment. You get a letter when something is." } }
        ul.links {
            @for step in steps {
                li {
                    a href=(step.href) { (step.title) }
                    @if let Some(due) = step.due { " " span.muted { "by " (long_day(due)) } }
                    @if !step.words.is_empty() { " " span.muted { (step.words) } }
                }
            }
        }
    }
}

fn in_numbers(figures: &Figures, sees_all: bool) -> Markup {
    let people = disclose::facts(figures).people;
    let places = figures.places;
    if !sees_all {
        return shell::card_plain(shell::figures(&[
            (&people.placed.words(), &format!("had a place; there are {places}")),
            (&people.applied.words(), "mentees applied"),
            (&people.mentors.words(), "mentors"),
            (&people.duos.words(), "duos"),
        ]));
    }
    shell::card_plain(shell::figures(&[
        (&format!("{} of {places}", figures.taken), "places taken"),
        (&figures.applied.to_string(), "mentees applied"),
        (&figures.mentors.to_string(), "mentors"),
        (&figures.duos.to_string(), "duos"),
    ]))
}

fn funnel(figures: &Figures, sees_all: bool) -> Markup {
    let shown = disclose::facts(figures).stages;
    let plain = disclose::plain(figures);
    let bars: Vec<Bar> = shown
        .into_iter()
        .zip(plain)
        .filter_map(|(stage, number)| {
            let count = if sees_all { Count::Number(number) } else { stage.count? };
            stage.count.map(|_| Bar { label: stage.label, value: count.middle(), words: count.words() })
        })
        .collect();
    html! {
        @if bars.is_empty() { p.muted { "The call has not begun. The first applications appear here." } }
        @else { (page::funnel(&bars)) }
    }
}

fn signals(figures: &Figures, sees_all: bool) -> Markup {
    let by = figures.states;
    let of = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    if figures.duos == 0 {
        return html! { p.muted { "No duo has been formed yet. Each appears here once it has a liaison." } };
    }
    if sees_all {
        return shell::states(&[
            (Tone::Good, "On track", of(by.on_track)),
            (Tone::Info, "Too early to say", of(by.too_early)),
            (Tone::Warn, "Need a word", of(by.needs_a_word)),
            (Tone::Bad, "Silent", of(by.silent)),
            (Tone::Plain, "Ended early", of(figures.ended)),
        ]);
    }
    let interim = disclose::facts(&Figures { kind: Kind::Interim, ..figures.clone() });
    html! { dl.facts { @for it in &interim.states { div { dt { (it.label) } dd { (it.count.words()) } } } } }
}

/// The ways this person may go, by the time of the year.
fn links(visit: &Visit, cohort: &Cohort, selection_runs: bool) -> Markup {
    let here = format!("/cohorts/{}", cohort.id);
    // Reviewers among the liaisons see who applied until the selection is over.
    let facts = Facts::in_cohort(cohort.id.number()).when(selection_runs, Condition::SelectionRuns);
    let groups: [(&str, &[Way]); 3] =
        [("The call", CALL), ("The session", SESSION), ("The board and the record", RECORD)];
    let open = |ways: &'static [Way]| ways.iter().filter(|way| policy::allowed(&visit.subject, way.3, &facts));
    html! {
        @for (title, ways) in groups {
            @if open(ways).next().is_some() {
                (shell::card(title, html! {
                    ul.links {
                        @for (page, words, what, _) in open(ways) {
                            @let href = if page.starts_with('/') { (*page).to_owned() } else { format!("{here}/{page}") };
                            li { a href=(href) { (words) } " " span.muted { (what) } }
                        }
                    }
                }))
            }
        }
    }
}

/// A page, below the cohort unless it begins with a slash; its name, what it is for, who may.
type Way = (&'static str, &'static str, &'static str, Action);

const CALL: &[Way] = &[
    ("applications", "Applications", "Who applied, who has a place, who waits", Action::ReadApplications),
    ("matching", "Matching", "Requests, and proposals for those who are left", Action::ReadMatching),
    ("calendar", "Calendar", "All dates, and what contradicts itself", Action::ReadDashboard),
];
const SESSION: &[Way] = &[
    ("liaisons", "Liaisons", "Who accompanies which duo", Action::AppointLiaison),
    ("events", "Events", "Orientation, circles, follow-up session", Action::RunEvents),
    ("surveys", "Surveys", "What is open, and what closed ones came to", Action::ReadSurveyResults),
];
const RECORD: &[Way] = &[
    ("reports/interim", "Interim report", "For the winter meeting of the board", Action::ReadReportDraft),
    ("reports/final", "Final report", "After the end of the session", Action::ReadReportDraft),
    ("/forms", "Forms", "What people are asked, and who reads it", Action::EditForms),
    ("/letters", "Letters", "Every letter, its text and when it goes out", Action::ReadLetters),
    ("journal", "Journal", "What happened, day by day", Action::ReadJournal),
];
