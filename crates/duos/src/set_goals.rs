//! Set up to three goals, and look where they stand.

use platform::prelude::*;
use policy::Record;
use shell::{Choice, Faults, Input};

use crate::{
    access,
    agreements::{self, Sharing},
    duos::{self, Duo},
    goals::{self, Goal, MOST},
    rules::goals::{Typed, check},
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs(tx, visit)?;
    let (revision, goals) = goals::of_duo(tx, &access::of_duo(visit, &duo)?, &duo)?;
    let typed = goals.iter().map(Row::of).collect();
    let page = Page {
        sharing: agreements::sharing(tx, &duo)?,
        duo: &duo,
        person: visit.person()?,
        rows: filled_up(typed),
        faults: Faults::new(),
        seen: revision,
    };
    let body = if duo.is_active() { page.edit(None) } else { page.read(&goals) };
    Ok(Reply::page(TITLE, body))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs_to_change(tx, visit)?;
    let person = visit.person()?;
    let (newest, theirs) = goals::of_duo(tx, &access::of_duo(visit, &duo)?, &duo)?;
    let grant = access::of_duo(visit, &duo)?;
    let seen = visit.form.number("revision").unwrap_or(0);
    let rows: Vec<Row> = (1..=MOST).map(|number| Row::read(visit, number)).collect();
    let faults = faults(&duo, &rows);
    let page = Page { sharing: agreements::sharing(tx, &duo)?, duo: &duo, person, rows, faults, seen };
    if !page.faults.is_empty() {
        return Err(Failure::refused(TITLE, page.edit(None)));
    }
    let goals: Vec<Goal> = page.rows.iter().filter(|it| !it.typed().is_empty()).map(Row::goal).collect();
    if newest != seen || !goals::keep(tx, &grant, &duo, seen, &goals)? {
        let words = "The goals were changed while you were writing. Nothing is lost: what is kept stands first, yours is in the form below. Take over what you want to keep, then save.";
        let page = Page { faults: Faults::general(words), seen: newest, ..page };
        return Err(Failure::overtaken(TITLE, page.edit(Some(&theirs))));
    }
    Ok(Reply::go(duo.path("")).saying("Your goals are kept."))
}

const TITLE: &str = "Our goals";
const ORDINALS: [&str; MOST] = ["First goal", "Second goal", "Third goal"];

/// Where a goal stands, in words; the same scale as in the agreement.
pub(crate) const LEVELS: [(i64, &str); 5] = [
    (2, "Much better (+2)"),
    (1, "Better (+1)"),
    (0, "As hoped (0)"),
    (-1, "Somewhat less (−1)"),
    (-2, "Much less than hoped (−2)"),
];

pub(crate) fn level_words(level: i64) -> &'static str {
    LEVELS.iter().find(|(it, _)| *it == level).map_or("", |(_, words)| words)
}

/// A goal as it stands in the form.
#[derive(Clone, Default)]
struct Row {
    title: String,
    why: String,
    sign: String,
    by: String,
    level: String,
}

impl Row {
    fn of(goal: &Goal) -> Self {
        let it = goal.clone();
        let level = it.level.map(|level| level.to_string()).unwrap_or_default();
        Self { title: it.title, why: it.why, sign: it.sign, by: it.by, level }
    }

    fn read(visit: &Visit, number: usize) -> Self {
        let text = |part: &str| visit.form.text(&format!("goal_{number}_{part}")).to_owned();
        Self { title: text("title"), why: text("why"), sign: text("sign"), by: text("by"), level: text("level") }
    }

    fn typed(&self) -> Typed<'_> {
        Typed { title: &self.title, why: &self.why, sign: &self.sign, by: &self.by, level: &self.level }
    }

    fn goal(&self) -> Goal {
        let level = self.typed().level();
        let it = self.clone();
        Goal { title: it.title, why: it.why, sign: it.sign, by: it.by, level, author: None }
    }
}

fn filled_up(mut rows: Vec<Row>) -> Vec<Row> {
    rows.resize(MOST, Row::default());
    rows
}

fn faults(duo: &Duo, rows: &[Row]) -> Faults {
    if !duo.is_active() {
        return Faults::general("This duo is over; its goals can be read and no longer changed.");
    }
    let mut faults = Faults::new();
    for (number, row) in (1..).zip(rows) {
        for (part, refusal) in check(&row.typed()) {
            faults.add(format!("goal_{number}_{part}"), refusal.to_string());
        }
    }
    if faults.is_empty() && rows.iter().all(|row| row.typed().is_empty()) {
        faults.add("goal_1_title", "Write down at least one goal. You can change it whenever life changes.");
    }
    faults
}

struct Page<'a> {
    sharing: Sharing,
    duo: &'a Duo,
    person: Id,
    rows: Vec<Row>,
    faults: Faults,
    seen: i64,
}

impl Page<'_> {
    fn head(&self) -> Markup {
        let partner = self.duo.name_of(self.duo.partner_of(self.person));
        html! {
            (shell::breadcrumbs(&[(&self.duo.path(""), &format!("You and {partner}"))], "Goals"))
            (shell::page_head(TITLE, "One goal is enough, three are the most. Say what you will be able to do, and how the two of you will see it."))
            (shell::error_summary(&self.faults))
            (shell::readers_line(&policy::who_can_read(Record::DuoGoals)))
            (self.shared())
        }
    }

    /// The liaison reads the agreement and never this page, so goals are shared as they
    /// stand there.
    fn shared(&self) -> Markup {
        let words = match self.sharing {
            Sharing::Nothing => "Your liaison does not see your goals now.",
            Sharing::Goals => {
                "Your liaison now sees the titles of your goals as they stand in your agreement, and nothing else of them."
            }
            Sharing::All => "Your liaison now sees your goals as they stand in your agreement, with all of it.",
        };
        html! {
            p {
                (words) " "
                @if self.duo.is_active() { a href=(self.duo.path("/agreement")) { "Change this in your agreement" } ", together." }
            }
        }
    }

    fn edit(&self, theirs: Option<&[Goal]>) -> Markup {
        html! {
            (self.head())
            @if let Some(goals) = theirs {
                h2 { "Kept meanwhile" }
                (list(goals))
                h2 { "Yours, not kept yet" }
            }
            (shell::form(&self.duo.path("/goals"), html! {
                (shell::hidden("revision", &self.seen.to_string()))
                @for (number, row) in (1..).zip(&self.rows) { (self.fields(number, row)) }
                (shell::actions(html! {
                    (shell::button("Keep our goals"))
                    (shell::link_quiet(&self.duo.path(""), "Leave without saving"))
                }))
            }))
        }
    }

    fn fields(&self, number: usize, row: &Row) -> Markup {
        let name = |part: &str| format!("goal_{number}_{part}");
        let names = ["title", "why", "sign", "by", "level"].map(name);
        let [title, why, sign, by, level] = &names;
        let input = |name, label, value| Input::new(name, label).value(value).faults(&self.faults).unmarked();
        let levels: Vec<Choice> = std::iter::once(Choice::new("", "Not looked at yet"))
            .chain(LEVELS.iter().map(|(level, words)| Choice::new(level.to_string(), *words)))
            .collect();
        let id = format!("goal-{number}");
        html! {
            section.card role="group" aria-labelledby=(id) {
                h2 id=(id) { (ORDINALS.get(number - 1).copied().unwrap_or_default()) }
                div.form {
                    (shell::text_field(&input(title, "The goal", &row.title).max(200)))
                    (shell::long_field(&input(why, "Why it matters", &row.why).max(600).rows(3)))
                    (shell::text_field(&input(sign, "How we will see it", &row.sign).max(300)))
                    (shell::date_field(&input(by, "By when", &row.by)))
                    (shell::select_field(&input(level, "Where it stands today", &row.level), &levels))
                }
            }
        }
    }

    fn read(&self, goals: &[Goal]) -> Markup {
        html! {
            (self.head())
            @if goals.is_empty() { (shell::empty_state("No goals were set", "This duo is over.", None)) }
            (list(goals))
        }
    }
}

/// Goals to read.
pub(crate) fn list(goals: &[Goal]) -> Markup {
    html! {
        @for goal in goals {
            section.card {
                h2 { (goal.title) }
                (shell::facts(&parts(goal)))
            }
        }
    }
}

fn parts(goal: &Goal) -> Vec<(&'static str, Markup)> {
    let by = goal.by.parse().map(program::long_day).unwrap_or_default();
    let level = goal.level.map(level_words).unwrap_or_default();
    let parts = [
        ("Why it matters", goal.why.clone()),
        ("How we will see it", goal.sign.clone()),
        ("By when", by),
        ("Where it stands", level.to_owned()),
    ];
    parts.into_iter().filter(|(_, words)| !words.is_empty()).map(|(label, words)| (label, html! { (words) })).collect()
}
