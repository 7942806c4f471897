//! Page `/cohorts/{cohort}/review`: the review desk. Who is to be read, who is to be
//! decided about, and from here side by side (`compare.rs`) or one decision for many
//! (`decide.rs`). APP6

use std::collections::BTreeMap;

use platform::prelude::*;
use policy::{Action, Condition, Facts, Role, Scope, may, of};
use program::{Cohort, short_day};
use shell::{Column, Tone};

use crate::{
    access,
    applications::{self, Line},
    own::tone,
    review::decisions::Pending,
    rules::{
        review::{Answer, MOST_BESIDE, UNDO_MINUTES, mean},
        status::{self, State},
    },
};

pub(crate) mod compare;
pub(crate) mod decide;
pub(crate) mod decisions;
pub(crate) mod score;
pub(crate) mod scores;

pub(crate) const TITLE: &str = "Review desk";
const PER_PAGE: usize = 50;

pub(crate) fn desk_of(cohort: Id) -> String {
    format!("/cohorts/{cohort}/review")
}

/// Which applications are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    ToDecide,
    Unread,
    All,
}

impl View {
    const ALL: [Self; 3] = [Self::ToDecide, Self::Unread, Self::All];

    fn key(self) -> &'static str {
        match self {
            Self::ToDecide => "open",
            Self::Unread => "unread",
            Self::All => "all",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::ToDecide => "Still open",
            Self::Unread => "Without your points",
            Self::All => "All",
        }
    }
}

/// Everything the desk knows of the applications of one role.
pub(crate) struct Desk {
    pub cohort: Cohort,
    pub role: Role,
    /// What everything here is read by.
    scope: Scope<of::Application, may::Read>,
    lines: Vec<Line>,
    scored: Vec<Id>,
    counts: BTreeMap<Id, i64>,
    /// Whom whoever asks steps aside for.
    aside: Vec<Id>,
    pending: Vec<Pending>,
}

impl Desk {
    /// What is not there for whoever asks is not found.
    fn of(tx: &mut Tx, visit: &Visit, role: Role) -> Result<Self, Failure> {
        let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
        let scope = access::of_list(tx, visit, &cohort)?;
        let me = visit.person()?;
        Ok(Self {
            lines: applications::to_review(tx, &scope, role)?,
            scored: scores::scored_by(tx, cohort.id, me)?,
            counts: scores::counts(tx, cohort.id)?.into_iter().collect(),
            aside: membership::steps_aside_from(tx, me)?,
            pending: decisions::pending(tx, cohort.id)?,
            scope,
            cohort,
            role,
        })
    }

    fn is_aside(&self, line: &Line) -> bool {
        self.aside.contains(&line.person)
    }

    /// Whether it waits for a place, an answer or a decision.
    fn is_open(&self, line: &Line) -> bool {
        let waits = matches!(line.state(), State::Waiting | State::Offered | State::Review);
        (waits || line.shown_state() == State::Review) && self.pending(line).is_none()
    }

    fn pending(&self, line: &Line) -> Option<&Pending> {
        self.pending.iter().find(|it| it.application == line.id)
    }

    fn shows(&self, view: View, line: &Line) -> bool {
        match view {
            View::ToDecide => self.is_open(line),
            View::Unread => is_unread(line) && !self.is_aside(line) && !self.scored.contains(&line.id),
            View::All => true,
        }
    }

    fn shown(&self, view: View) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| self.shows(view, line))
    }

    fn address(&self, view: View) -> String {
        format!("{}?role={}&show={}", desk_of(self.cohort.id), self.role.key(), view.key())
    }
}

/// Points are asked for while something can still follow from them.
fn is_unread(line: &Line) -> bool {
    !matches!(line.state(), State::Passed | State::Withdrawn) && !(line.state() == State::Refused)
}

pub(crate) fn role_of(fields: &Fields) -> Role {
    if fields.text("role") == Role::Mentor.key() { Role::Mentor } else { Role::Mentee }
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> PageAnswer {
    let desk = Desk::of(tx, visit, role_of(&visit.query))?;
    let wanted = visit.query.text("show");
    let fallback = if desk.shown(View::ToDecide).next().is_some() { View::ToDecide } else { View::All };
    let view = View::ALL.into_iter().find(|it| it.key() == wanted).unwrap_or(fallback);
    let found: Vec<&Line> = desk.shown(view).collect();
    let pages = found.len().div_ceil(PER_PAGE).max(1);
    let page = visit.query.number("page").and_then(|it| usize::try_from(it).ok()).unwrap_or(1).clamp(1, pages);
    let shown: Vec<&Line> = found.into_iter().skip((page - 1) * PER_PAGE).take(PER_PAGE).collect();
    let rows = rows(tx, visit, &desk, &shown)?;
    let decides = visit.may(Action::DecideApplications, Some(desk.cohort.id));
    let standing = standing(tx, &desk, decides)?;
    let address = desk.address(view);
    let body = html! {
        (head(&desk, decides))
        (standing)
        (tabs(&desk, view))
        @if shown.is_empty() { (nothing(view)) } @else { (table(&desk, rows, decides)) }
        (shell::pager(page, pages, |page| format!("{address}&page={page}")))
        (shell::readers_line(&policy::who_can_read_as(policy::Record::ApplicationScore, &visit.subject)))
    };
    Ok(Reply::wide(TITLE, body))
}

type PageAnswer = platform::doors::Answer;

fn head(desk: &Desk, decides: bool) -> Markup {
    let cohort = desk.cohort.id;
    let list = format!("/cohorts/{cohort}/applications");
    let unread = desk.shown(View::Unread).count();
    let lead = format!(
        "Cohort {}. Read up to {MOST_BESIDE} side by side, give points, and see what others think once you have said what you think.",
        desk.cohort.name
    );
    let next = format!("{}/compare?role={}", desk_of(cohort), desk.role.key());
    let aside = html! {
        @if unread > 0 { (shell::link_button(&next, "Read the next")) }
        @if decides { (shell::link_quiet(&format!("{}/rules", desk_of(cohort)), "How we read")) }
    };
    html! {
        (shell::breadcrumbs(&[(&list, "Applications")], TITLE))
        (shell::page_head_with(TITLE, &lead, aside))
    }
}

/// Decisions that have not taken effect, each with its way back.
fn standing(tx: &mut Tx, desk: &Desk, decides: bool) -> Result<Markup, Failure> {
    let all = decisions::standing(tx, desk.cohort.id)?;
    let calendar = program::calendar::of(tx, &desk.cohort)?;
    let clock = |at: jiff::Timestamp| at.to_zoned(calendar.zone().clone()).strftime("%H:%M").to_string();
    Ok(html! {
        @for decision in &all {
            (shell::note(Tone::Warn, html! {
                p {
                    strong { (decision.many) @if decision.many == 1 { " application: " } @else { " applications: " } (decision.words()) ". " }
                    "Decided by " (decision.name) "; it takes effect at " (clock(decision.due_at))
                    ", and until then nobody hears of it."
                }
                @if decides {
                    (shell::post_button(&format!("{}/decisions/{}/undo", desk_of(desk.cohort.id), decision.id), "Undo this", &[], shell::Style::Quiet))
                }
            }))
        }
    })
}

fn tabs(desk: &Desk, current: View) -> Markup {
    let roles = [Role::Mentee, Role::Mentor].map(|role| {
        let href = format!("{}?role={}&show={}", desk_of(desk.cohort.id), role.key(), current.key());
        (href, if role == Role::Mentor { "Mentors" } else { "Mentees" }, role == desk.role)
    });
    let views = View::ALL
        .map(|view| (desk.address(view), format!("{} ({})", view.words(), desk.shown(view).count()), view == current));
    let roles: Vec<(&str, &str, bool)> = roles.iter().map(|(href, words, on)| (href.as_str(), *words, *on)).collect();
    let views: Vec<(&str, &str, bool)> =
        views.iter().map(|(href, words, on)| (href.as_str(), words.as_str(), *on)).collect();
    html! { (shell::tabs_of("Role", &roles)) (shell::tabs(&views)) }
}

fn rows(tx: &mut Tx, visit: &Visit, desk: &Desk, shown: &[&Line]) -> Result<Vec<Vec<Markup>>, Failure> {
    let waiting = applications::waiting_numbers(tx, &desk.scope)?;
    let calendar = program::calendar::of(tx, &desk.cohort)?;
    let mut rows = Vec::new();
    for line in shown {
        let place = line.number.and_then(|it| waiting.binary_search(&it).ok()).map(|it| it as i64 + 1);
        let day = line.submitted_at.map(|at| short_day(calendar.today(at))).unwrap_or_default();
        let points = points(tx, visit, desk, line)?;
        rows.push(row(desk, line, place, &day, points));
    }
    Ok(rows)
}

/// What a reviewer of this application may know of points: nothing of others' before their own.
fn points(tx: &mut Tx, visit: &Visit, desk: &Desk, line: &Line) -> Result<Markup, Failure> {
    if desk.is_aside(line) {
        return Ok(html! { "–" });
    }
    let many = desk.counts.get(&line.id).copied().unwrap_or(0);
    if !desk.scored.contains(&line.id) {
        return Ok(
            html! { @if many == 0 { "none yet" } @else if many == 1 { "1 reviewer" } @else { (many) " reviewers" } },
        );
    }
    let grant = visit.grant::<of::ApplicationScore, may::Read>(&facts(tx, desk)?)?;
    let (_, all) = scores::read(tx, &grant, line.id)?;
    let all: Vec<Vec<i64>> = all.iter().map(|it| it.score.numbers()).collect();
    Ok(html! {
        @if let Some(mean) = mean(&all) { strong { (format!("{mean:.1}")) } " of 5, " }
        (many) @if many == 1 { " reviewer" } @else { " reviewers" }
    })
}

fn facts(tx: &mut Tx, desk: &Desk) -> Result<Facts, Failure> {
    let calendar = program::calendar::of(tx, &desk.cohort)?;
    Ok(Facts::in_cohort(desk.cohort.id.number())
        .own(true)
        .when(access::selection_runs(&calendar, tx), Condition::SelectionRuns))
}

fn row(desk: &Desk, line: &Line, place: Option<i64>, day: &str, points: Markup) -> Vec<Markup> {
    let status = html! {
        (shell::badge(tone(line.shown_state()), &status::words(line.shown_state(), place)))
        @if let Some(pending) = desk.pending(line) { " " (shell::badge(Tone::Warn, &format!("decided: {}", pending.words()))) }
    };
    let page = format!("{}/compare?role={}&pick={}", desk_of(desk.cohort.id), desk.role.key(), line.id);
    vec![
        html! {
            @if desk.is_aside(line) {
                (line.name) " " (shell::badge(Tone::Plain, "you step aside"))
            } @else {
                div.pick {
                    label {
                        input type="checkbox" name="pick" value=(line.id);
                        span.vh { "Choose " (line.name) }
                    }
                    a href=(page) { (line.name) }
                }
            }
        },
        html! { @match line.number { Some(number) => (number), None => "–" } },
        shell::unbroken(day),
        status,
        points,
    ]
}

/// One form around the table: what is ticked is read side by side, or decided.
fn table(desk: &Desk, rows: Vec<Vec<Markup>>, decides: bool) -> Markup {
    let caption = if desk.role == Role::Mentor { "Applications of mentors" } else { "Applications of mentees" };
    let columns = [
        Column::text("Name"),
        Column::number("Number"),
        Column::text("Submitted"),
        Column::text("Status"),
        Column::text("Points"),
    ];
    let decision = format!("{}/decision", desk_of(desk.cohort.id));
    let answers: &[(Answer, &str)] = match desk.role {
        Role::Mentor => &[(Answer::Accept, "Accept …"), (Answer::Decline, "Not this time …")],
        _ => &[(Answer::Accept, "Accept …"), (Answer::Wait, "Waiting list …"), (Answer::Decline, "Not this time …")],
    };
    html! {
        form.form method="get" action={ (desk_of(desk.cohort.id)) "/compare" } {
            (shell::hidden("role", desk.role.key()))
            (shell::table(caption, &columns, rows))
            (shell::actions(html! {
                (shell::button("Read side by side"))
                @if decides {
                    @for (answer, words) in answers {
                        button.button.quiet type="submit" name="answer" value=(answer.key()) formaction=(decision) { (words) }
                    }
                }
            }))
            @if decides {
                p.hint { "Each decision shows first what it does. You have " (UNDO_MINUTES) " minutes to undo it; nobody hears of it before." }
            }
        }
        @if decides && desk.shown(View::ToDecide).next().is_some() {
            p { a href={ (decision) "?role=" (desk.role.key()) "&answer=decline&all=yes" } { "Write to all who are still open: not this time" } }
        }
    }
}

fn nothing(view: View) -> Markup {
    match view {
        View::ToDecide => shell::empty_state(
            "Nothing waits for a decision",
            "Whoever waits for the committee’s yes, or for a place, is listed here.",
            None,
        ),
        View::Unread => {
            shell::empty_state("You have read them all", "What others think stands beside each application.", None)
        }
        View::All => shell::empty_state(
            "No application yet",
            "Drafts are not shown: an application counts from the moment it is submitted.",
            None,
        ),
    }
}
