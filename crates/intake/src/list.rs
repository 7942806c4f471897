//! Page `/cohorts/{cohort}/applications`: who applied, in the order of arrival, and how
//! many places are taken.

use platform::prelude::*;
use policy::{Role, Scope, of};
use program::{Cohort, short_day};
use shell::{Column, Tone};

use crate::{
    access,
    applications::{self, Line},
    figures::{self, Figures},
    own::tone,
    rules::{review::ENOUGH_MENTORS, status},
};

const PER_PAGE: i64 = 50;

/// Which part of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    Mentees,
    Mentors,
    Waiting,
}

impl View {
    const ALL: [Self; 3] = [Self::Mentees, Self::Mentors, Self::Waiting];

    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Mentees => "mentees",
            Self::Mentors => "mentors",
            Self::Waiting => "waiting",
        }
    }

    pub(crate) fn of(key: &str) -> Self {
        Self::ALL.into_iter().find(|view| view.key() == key).unwrap_or(Self::Mentees)
    }

    /// Its lines in their order: so many, after the first so many.
    pub(crate) fn lines(
        self,
        tx: &mut Tx,
        scope: &Scope<of::Application>,
        part: (i64, i64),
    ) -> Result<Vec<Line>, Failure> {
        match self {
            Self::Mentees => applications::list(tx, scope, Role::Mentee, part),
            Self::Mentors => applications::list(tx, scope, Role::Mentor, part),
            Self::Waiting => applications::line(tx, scope, part),
        }
    }

    fn count(self, figures: &Figures) -> i64 {
        match self {
            Self::Mentees => figures.mentee_applications,
            Self::Mentors => figures.mentor_applications,
            Self::Waiting => figures.waiting + figures.offered,
        }
    }

    fn words(self, figures: &Figures) -> String {
        let word = match self {
            Self::Mentees => "Mentees",
            Self::Mentors => "Mentors",
            Self::Waiting => "Waiting list",
        };
        format!("{word} ({})", self.count(figures))
    }
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let scope = access::of_list(tx, visit, &cohort)?;
    let view = View::of(visit.query.text("view"));
    let figures = figures::of_list(tx, &scope)?;
    let pages = (view.count(&figures) + PER_PAGE - 1) / PER_PAGE;
    let page = visit.query.number("page").unwrap_or(1).clamp(1, pages.max(1));
    let skip = (page - 1) * PER_PAGE;
    let lines = view.lines(tx, &scope, (PER_PAGE, skip))?;
    let waiting = applications::waiting_numbers(tx, &scope)?;
    let calendar = program::calendar::of(tx, &cohort)?;
    let day = |line: &Line| line.submitted_at.map(|at| short_day(calendar.today(at))).unwrap_or_default();
    let readable = Readable::of(tx, visit, &cohort)?;
    let rows = lines.iter().map(|line| row(&cohort, line, &waiting, &day(line), &readable)).collect();
    let may_decide = visit.may(policy::Action::DecideApplications, Some(cohort.id));
    let body = html! {
        (head(&cohort, &figures, readable.any, may_decide))
        (view_tabs(&cohort, view, &figures))
        @if !readable.any {
            (shell::note(Tone::Plain, html! { p { "From the day on which the duos are confirmed the chair alone opens what people wrote when they applied; this list still says who did." } }))
        }
        @if lines.is_empty() { (nothing(view)) } @else { (table(view, rows)) }
        (shell::pager(usize::try_from(page).unwrap_or(1), usize::try_from(pages).unwrap_or(1), |page| {
            format!("/cohorts/{}/applications?view={}&page={page}", cohort.id, view.key())
        }))
        @if !lines.is_empty() && visit.may(policy::Action::TakeApplicationsAlong, Some(cohort.id)) {
            (shell::post_button(&format!("/cohorts/{}/applications.csv", cohort.id), "Take this list as a file", &[("view", view.key())], shell::Style::Quiet))
            p.hint { "Every line of the file says that the copy was made for you, and when." }
        }
        (shell::readers_line(&policy::who_can_read_as(policy::Record::Application, &visit.subject)))
        p.hint { "Nobody opens their own application, or that of somebody from whom they step aside." }
    };
    Ok(Reply::wide("Applications", body))
}

fn head(cohort: &Cohort, figures: &Figures, may_read: bool, may_decide: bool) -> Markup {
    let lead = format!("Cohort {}, in the order in which complete and eligible applications arrived.", cohort.name);
    let aside = html! {
        (shell::link_quiet(&format!("/cohorts/{}/places/order", cohort.id), "How places were given"))
        @if may_read { (shell::link_quiet(&format!("/cohorts/{}/review", cohort.id), "Review desk")) }
        @if may_decide {
            (shell::link_quiet(&format!("/cohorts/{}/places", cohort.id), "Change the places"))
            (shell::link_quiet(&format!("/cohorts/{}/eligibility", cohort.id), "Who may take part"))
        }
    };
    let taken = format!("{} of {}", figures.taken, figures.places);
    let counts = [figures.held, figures.waiting, figures.to_look_at, figures.mentors, figures.nominations]
        .map(|count| count.to_string());
    let [held, waiting, to_look_at, mentors, nominations] = &counts;
    let ratio = figures.mentors_per_place().map_or_else(|| "–".to_owned(), |it| format!("{it:.1}"));
    let shown: Vec<(&str, &str)> = vec![
        (&taken, "places taken"),
        (held, "held by offers"),
        (waiting, "waiting"),
        (to_look_at, "to look at again"),
        (mentors, "mentors"),
        (&ratio, "mentors for each place"),
        (nominations, "nominations"),
    ];
    let too_few = figures.mentors_per_place().is_some_and(|it| it < ENOUGH_MENTORS);
    html! {
        (shell::page_head_with("Applications", &lead, aside))
        (shell::figures(&shown))
        @if too_few {
            (shell::note(Tone::Warn, html! { p { "Mentors so far: " (figures.mentors) ", places: " (figures.places) ". With fewer than 1.2 for each place mentees have too little to choose from." } }))
        }
    }
}

fn view_tabs(cohort: &Cohort, current: View, figures: &Figures) -> Markup {
    let tabs: Vec<(String, String, bool)> = View::ALL
        .into_iter()
        .map(|view| {
            let href = format!("/cohorts/{}/applications?view={}", cohort.id, view.key());
            (href, view.words(figures), view == current)
        })
        .collect();
    let tabs: Vec<(&str, &str, bool)> =
        tabs.iter().map(|(href, words, current)| (href.as_str(), words.as_str(), *current)).collect();
    shell::tabs(&tabs)
}

fn table(view: View, rows: Vec<Vec<Markup>>) -> Markup {
    let caption = match view {
        View::Mentees => "Applications of mentees",
        View::Mentors => "Applications of mentors",
        View::Waiting => "The waiting list",
    };
    let columns = [
        Column::number("Number"),
        Column::text("Name"),
        Column::text("Submitted"),
        Column::text("Eligibility"),
        Column::text("Status"),
    ];
    shell::table(caption, &columns, rows)
}

/// Which of the applications whoever asks may open.
struct Readable {
    any: bool,
    /// Their own, and those of whom they step aside from.
    not: Vec<Id>,
}

impl Readable {
    fn of(tx: &mut Tx, visit: &Visit, cohort: &Cohort) -> Result<Self, Failure> {
        let any = access::may_read_applications(tx, visit, cohort)?;
        Ok(Self { any, not: membership::steps_aside_from(tx, visit.person()?)? })
    }
}

fn row(cohort: &Cohort, line: &Line, waiting: &[i64], day: &str, readable: &Readable) -> Vec<Markup> {
    let place = line.place_in(waiting);
    let href = format!("/cohorts/{}/applications/{}", cohort.id, line.id);
    vec![
        html! { @match line.number { Some(number) => (number), None => "–" } },
        html! {
            @if !readable.any { (line.name) }
            @else if readable.not.contains(&line.person) { (line.name) " " (shell::badge(Tone::Plain, "for others to read")) }
            @else { a href=(href) { (line.name) } }
        },
        shell::unbroken(day),
        html! { (line.verdict) },
        shell::badge(tone(line.shown_state()), &status::words(line.shown_state(), place)),
    ]
}

fn nothing(view: View) -> Markup {
    match view {
        View::Waiting => shell::empty_state(
            "Nobody is waiting",
            "The first application beyond the places is first on the waiting list.",
            None,
        ),
        View::Mentees => shell::empty_state(
            "No application yet",
            "Drafts are not shown: an application counts from the moment it is submitted.",
            Some(("/apply", "See the call")),
        ),
        View::Mentors => shell::empty_state(
            "No mentor yet",
            "Mentors who submit an application are listed here.",
            Some(("/apply", "See the call")),
        ),
    }
}
