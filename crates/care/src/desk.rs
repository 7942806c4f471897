//! The liaison's desk: what is due, what changed, my duos. One page, first for a phone. LIA1.

use jiff::civil::Date;
use platform::prelude::*;
use policy::{Facts, Kind, May, Role, Scope, Subject};
use program::{calendar, preset, short_day};
use shell::{Style, Tone};

use crate::{
    liaisons,
    pieces::{badge_of, main_facts},
    rules::days,
    signals::{self, Seen, Standing},
    tasks::{self, Task},
};

/// How long a change counts as new.
const NEW_DAYS: i64 = 14;

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let desk = facts(tx, visit)?;
    Ok(Reply::wide("My duos", page(&desk)))
}

struct Desk {
    today: Date,
    tasks: Vec<Task>,
    duos: Vec<(Standing, Option<Seen>)>,
}

impl Desk {
    /// Whether there is something to do about this duo.
    fn waits(&self, duo: Id) -> bool {
        self.tasks.iter().any(|it| it.duo == Some(duo))
    }
}

/// What liaisons do, and leave to others, on one page.
pub fn guide(_: &mut Tx, _: &Visit) -> Answer {
    let guide = preset::text("texts", "liaison-guide").ok_or(Failure::NotFound)?;
    let title = guide.fact("title");
    Ok(Reply::page(
        title,
        html! {
            (shell::breadcrumbs(&[("/desk", "My duos")], title))
            (shell::page_head(title, ""))
            (shell::prose(preset::markdown(guide.body)))
        },
    ))
}

fn facts(tx: &mut Tx, visit: &Visit) -> Result<Desk, Failure> {
    let duos = mine(tx, visit)?;
    let mut today = None;
    let mut seen = Vec::new();
    for standing in duos {
        if today.is_none() {
            let cohort = program::the_cohort(tx, standing.duo.cohort)?;
            today = Some(calendar::of(tx, &cohort)?.today(tx.now()));
        }
        let before = signals::seen(tx, standing.duo.id)?;
        seen.push((standing, before));
    }
    let tasks = open_tasks(tx, &visit.subject)?;
    let today = match today {
        Some(today) => today,
        None => program::today(tx)?,
    };
    let mut desk = Desk { today, tasks, duos: Vec::new() };
    seen.sort_by_key(|(standing, _)| !desk.waits(standing.duo.id));
    desk.duos = seen;
    Ok(desk)
}

/// The active duos somebody accompanies, those that need a word first. Never their own. LIA6.
pub(crate) fn mine(tx: &mut Tx, visit: &Visit) -> Result<Vec<Standing>, Failure> {
    let stake = membership::Stake::of(tx, visit.person()?)?;
    let mut duos = Vec::new();
    for scope in scopes(&visit.subject) {
        duos.extend(liaisons::in_scope(tx, &scope)?);
    }
    let mut found = Vec::new();
    for duo in duos {
        if let Some(duo) = duos::duo(tx, duo)?.filter(|it| it.is_active() && !stake.is_in(&it.people())) {
            found.push(signals::of_duo(tx, duo)?);
        }
    }
    found.sort_by_key(|it| (std::cmp::Reverse(it.signal.state), it.duo.number));
    Ok(found)
}

/// What is open for somebody as a liaison, the most urgent first.
pub(crate) fn open_tasks(tx: &mut Tx, subject: &Subject) -> Result<Vec<Task>, Failure> {
    let mut open = Vec::new();
    for scope in scopes(subject) {
        open.extend(tasks::in_scope(tx, &scope)?);
    }
    open.sort_by_key(|it| (it.due, it.made_at, it.id));
    Ok(open)
}

/// Each cohort in which somebody is a liaison now. A role that has ended takes its duos and
/// what was due about them off the desk, whatever else the person still is.
fn scopes<R: Kind, V: May>(subject: &Subject) -> Vec<Scope<R, V>> {
    let held = subject.memberships.iter().filter(|it| it.role == Role::Liaison);
    let mut cohorts: Vec<Option<u128>> = held.map(|it| it.cohort).collect();
    if cohorts.contains(&None) {
        cohorts = vec![None];
    }
    cohorts.sort_unstable();
    cohorts.dedup();
    let facts = |cohort| Facts { cohort, ..Facts::of_program() }.assigned(true);
    cohorts.into_iter().filter_map(|cohort| policy::scope(subject, &facts(cohort))).collect()
}

fn page(desk: &Desk) -> Markup {
    let lead = match desk.duos.len() {
        0 => "Nobody is with you yet.".to_owned(),
        1 => "One duo is with you.".to_owned(),
        many => format!("{many} duos are with you."),
    };
    html! {
        (shell::page_head_with("My duos", &lead, shell::link_quiet("/desk/guide", "Guide for liaisons")))
        @if changed(desk).0.is_empty() { (due(desk)) } @else { (shell::columns(due(desk), changed(desk))) }
        @if desk.duos.is_empty() {
            (shell::empty_state("No duos yet", "When you are appointed to a duo you get a letter, and it stands here.", None))
        } @else {
            (shell::cards(html! { @for (standing, _) in &desk.duos { (duo_card(standing, desk.waits(standing.duo.id))) } }))
        }
        (shell::readers_line(&policy::who_can_read_as(policy::Record::CheckinAnswer, policy::Column::Liaison)))
        p.hint { "What stands here comes from dates and counts. What the two told you in check-ins is on the page of their duo, and they see that you read it. Goals, notes and the agreement are theirs alone." }
    }
}

fn due(desk: &Desk) -> Markup {
    shell::card(
        "What is due",
        html! {
            @if desk.tasks.is_empty() { p { "Nothing is due. You get a letter when somebody wants to hear from you." } }
            div.stack { @for task in &desk.tasks { (task_item(task, desk.today)) } }
        },
    )
}

/// One thing to do: by when, words to begin from, and what one can do about it. LIA2.
pub(crate) fn task_item(task: &Task, today: Date) -> Markup {
    let (tone, when) = match days::between(today, task.due) {
        late if late < 0 => (Tone::Bad, format!("was due {}", short_day(task.due))),
        0 => (Tone::Warn, "due today".to_owned()),
        _ => (Tone::Plain, format!("due {}", short_day(task.due))),
    };
    html! {
        section.task id=(format!("task-{}", task.id)) {
            div.about {
                h3 { (task.title) }
                p.meta {
                    (shell::badge(tone, &when))
                    @if let (Some(duo), Some(_)) = (task.duo, task.person) {
                        " " a href=(format!("/desk/duos/{duo}")) { "See the duo" }
                    }
                }
            }
            @if !task.words.is_empty() {
                @if task.person.is_some() {
                    details {
                        summary { "Words to begin from" }
                        (shell::prose(html! { blockquote { p { (task.words) } } }))
                        (shell::copy_button(&task.words, "Copy the words"))
                    }
                } @else { p { (task.words) } }
            }
            (shell::actions(html! {
                @if task.kind == tasks::WRITE && task.person.is_some() {
                    (shell::post_button(&format!("/tasks/{}/letter", task.id), "Send these words to each", &[], Style::Main))
                }
                (shell::post_button(&format!("/tasks/{}/completion", task.id), "Done", &[], if task.kind == tasks::WRITE { Style::Quiet } else { Style::Main }))
                (shell::post_button(&format!("/tasks/{}/delay", task.id), "In 7 days", &[], Style::Quiet))
            }))
        }
    }
}

fn changed(desk: &Desk) -> Markup {
    let is_new = |it: &&(Standing, Option<Seen>)| {
        it.1.as_ref()
            .is_some_and(|seen| !seen.before.is_empty() && days::between(seen.changed_on, desk.today) <= NEW_DAYS)
    };
    let new: Vec<_> = desk.duos.iter().filter(is_new).collect();
    html! {
        @if !new.is_empty() {
            (shell::card("What changed", html! {
                ul {
                    @for (standing, seen) in new {
                        @if let Some(seen) = seen {
                            li {
                                a href=(format!("/desk/duos/{}", standing.duo.id)) { "Duo " (standing.duo.number) }
                                " went from " (seen.before) " to " strong { (seen.word) } " on " (short_day(seen.changed_on)) "."
                            }
                        }
                    }
                }
            }))
        }
    }
}

fn duo_card(standing: &Standing, waits: bool) -> Markup {
    let duo = &standing.duo;
    let last = standing.facts.last_meeting.map_or_else(|| "not yet".to_owned(), short_day);
    html! {
        section.card {
            h2 { a href=(format!("/desk/duos/{}", duo.id)) { "Duo " (duo.number) } }
            p { (duo.mentor_name) " (mentor) and " (duo.mentee_name) " (mentee)" }
            p { (badge_of(&standing.signal)) @if waits { " " (shell::badge(Tone::Warn, "waits for you")) } }
            (main_facts(&standing.signal))
            (shell::facts(&[
                ("Last met", html! { (last) }),
                ("Meetings", html! { (standing.facts.meetings) }),
                ("Check-ins answered", html! { (standing.answered) " of " (standing.asked) }),
            ]))
        }
    }
}
