//! Page `/cohorts/{cohort}/review/compare`: up to three applications side by side, the
//! same question in one row; under each, one's own points, and then those of others.

use std::collections::BTreeMap;

use forms::{Answers, Field, Form, Kind};
use platform::{audit, identity, prelude::*};
use policy::{Action, Condition, Facts, Grant, Role, may, of};
use program::Cohort;
use shell::{Faults, Input, Tone};

use crate::{
    access,
    applications::{self, Application},
    details,
    own::status_badge,
    read::RECORD,
    review::{
        Desk, TITLE, View, desk_of, role_of,
        scores::{self, Given, Score},
    },
    review_rules::{self, Rules},
    rules::{
        review::{MOST_BESIDE, mean},
        status::State,
    },
};

/// What was typed and is not kept, by application, and what is wrong with it.
pub(crate) struct Typed {
    pub scores: BTreeMap<Id, Score>,
    pub faults: Faults,
}

/// The field of the points that one application gets for a criterion, the first being 1.
pub(crate) fn points_field(place: usize, application: Id) -> String {
    format!("score_{place}_{application}")
}

pub(crate) fn comment_field(application: Id) -> String {
    format!("comment_{application}")
}

/// One application with all that is shown of it.
struct Column {
    application: Application,
    name: String,
    place: Option<i64>,
    form: Form,
    answers: Answers,
    own: Option<Score>,
    all: Vec<Given>,
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let role = role_of(&visit.query);
    let picks: Vec<Id> = visit.query.all("pick").iter().filter_map(|it| Id::parse(it)).collect();
    show(tx, visit, role, &picks, None)
}

/// Where these are read side by side.
pub(crate) fn address(cohort: Id, role: Role, picks: &[Id]) -> String {
    let picks: String = picks.iter().map(|it| format!("&pick={it}")).collect();
    format!("{}/compare?role={}{picks}", desk_of(cohort), role.key())
}

/// The page, again with what was typed where points were refused.
pub(crate) fn show(tx: &mut Tx, visit: &Visit, role: Role, picks: &[Id], typed: Option<&Typed>) -> Answer {
    let desk = Desk::of(tx, visit, role)?;
    let (picks, aside) = chosen(&desk, picks);
    let mut columns = Vec::new();
    for id in &picks {
        columns.push(column(tx, visit, &desk.cohort, *id)?);
    }
    let rules = review_rules::of(tx, desk.cohort.id)?;
    let scores = visit.may(Action::ScoreApplications, Some(desk.cohort.id));
    let faults = typed.map(|it| it.faults.clone()).unwrap_or_default();
    let back = format!("{}?role={}", desk_of(desk.cohort.id), role.key());
    let ids: Vec<Id> = columns.iter().map(|it| it.application.id).collect();
    let body = html! {
        (shell::breadcrumbs(&[(&back, TITLE)], "Side by side"))
        (shell::error_summary(&faults))
        (shell::page_head("Side by side", &lead(&columns)))
        @if aside {
            (shell::note(Tone::Plain, html! { p { "You step aside for some of those you chose: you work for the same employer, or said that you are close to them. Others read these." } }))
        }
        @if columns.is_empty() {
            (shell::empty_state("Nothing is left to read", "Choose on the desk whom you would like to see side by side.", Some((&back, "Back to the desk"))))
        } @else {
            div class={ "beside beside-" (columns.len()) } {
                (heads(&desk.cohort, &columns))
                (questions(&columns))
                @if scores { (opinions(&desk.cohort, &rules, &columns, &ids, typed)) }
            }
            (shell::readers_line(&policy::who_can_read_as(policy::Record::Application, &visit.subject)))
        }
    };
    Ok(Reply::wide("Side by side", body))
}

/// Those who were chosen, as many as fit; without a choice the next that one has not read,
/// and of these first the ones that are still open.
/// The second is whether one steps aside for somebody among them.
fn chosen(desk: &Desk, picks: &[Id]) -> (Vec<Id>, bool) {
    if picks.is_empty() {
        let mut unread: Vec<_> = desk.shown(View::Unread).collect();
        unread.sort_by_key(|line| !desk.is_open(line));
        return (unread.into_iter().take(MOST_BESIDE).map(|it| it.id).collect(), false);
    }
    let lines: Vec<_> = desk.lines.iter().filter(|it| picks.contains(&it.id)).collect();
    let aside = lines.iter().any(|it| desk.is_aside(it));
    (lines.iter().filter(|it| !desk.is_aside(it)).take(MOST_BESIDE).map(|it| it.id).collect(), aside)
}

fn column(tx: &mut Tx, visit: &Visit, cohort: &Cohort, id: Id) -> Result<Column, Failure> {
    let application = applications::of_cohort(tx, id, cohort.id)?;
    let grant: Grant<of::Application> = access::of_committee(tx, visit, cohort, &application)?;
    tx.has_read(audit::Reading {
        record: RECORD,
        about: application.id,
        whose: vec![application.person],
        right: format!("as {}", grant.right().words()),
    });
    let answers = access::answers(tx, &grant, &application)?.map(|it| it.answers).unwrap_or_default();
    let program = program::the_program(tx)?;
    let facts = program::pages::facts(tx, &program, Some(cohort))?;
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let form = details::form_given(tx, &application)?.filled(&facts);
    let (own, all) = match may_read_scores(tx, visit, cohort, &application) {
        Ok(grant) => scores::read(tx, &grant, application.id)?,
        Err(_) => (None, Vec::new()),
    };
    let name = identity::name_of(tx, application.person)?;
    Ok(Column { place: applications::place_in_line(tx, &application)?, name, form, answers, own, all, application })
}

fn may_read_scores(
    tx: &mut Tx,
    visit: &Visit,
    cohort: &Cohort,
    application: &Application,
) -> Result<Grant<of::ApplicationScore>, Failure> {
    let facts = score_facts(tx, visit, cohort, application)?;
    visit.grant(&facts)
}

/// Proof that somebody may say what they think of an application.
pub(crate) fn may_score(
    tx: &mut Tx,
    visit: &Visit,
    cohort: &Cohort,
    application: &Application,
) -> Result<Grant<of::ApplicationScore, may::Write>, Failure> {
    let facts = score_facts(tx, visit, cohort, application)?;
    visit.grant(&facts)
}

fn score_facts(tx: &mut Tx, visit: &Visit, cohort: &Cohort, application: &Application) -> Result<Facts, Failure> {
    let calendar = program::calendar::of(tx, cohort)?;
    let aside = membership::steps_aside_from(tx, visit.person()?)?.contains(&application.person);
    Ok(Facts::in_cohort(cohort.id.number())
        .own(true)
        .when(access::selection_runs(&calendar, tx), Condition::SelectionRuns)
        .conflict(aside))
}

fn lead(columns: &[Column]) -> String {
    match columns.len() {
        0 => String::new(),
        1 => "One application, question by question.".to_owned(),
        many => format!(
            "{many} applications, the same question beside one another. How to reach them, and what everybody ticked, stands on their own pages."
        ),
    }
}

fn heads(cohort: &Cohort, columns: &[Column]) -> Markup {
    html! {
        div.beside-row.beside-heads {
            div.beside-cells {
                @for column in columns {
                    @let page = format!("/cohorts/{}/applications/{}", cohort.id, column.application.id);
                    div {
                        h2 { a href=(page) { (column.name) } }
                        p {
                            @if let Some(number) = column.application.number { "Number " (number) ". " }
                            (column.application.verdict) " " (status_badge(&column.application, column.place))
                        }
                    }
                }
            }
        }
    }
}

/// Every question that any of them was asked, in the order of the first form.
fn questions(columns: &[Column]) -> Markup {
    let mut fields: Vec<&Field> = Vec::new();
    for field in columns.iter().flat_map(|it| it.form.fields()) {
        let is_new = !fields.iter().any(|it| it.key == field.key);
        if is_new
            && tells(field, columns)
            && forms::is_read_by(field, forms::REVIEWING)
            && columns.iter().any(|it| it.answers.has(&field.key))
        {
            fields.push(field);
        }
    }
    html! {
        @for field in fields {
            section.beside-row {
                h3 { (forms::label(field)) }
                div.beside-cells {
                    @for column in columns {
                        div {
                            p.who { (column.name) }
                            @match column.form.field(&field.key).filter(|it| column.answers.has(&it.key)) {
                                Some(own) => (forms::shown_answer(own, &column.answers)),
                                None => p.muted { "No answer" },
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How to reach somebody, and what everybody ticks, tells nothing of whom to choose; it
/// stands on each one's own page.
fn tells(field: &Field, columns: &[Column]) -> bool {
    match field.kind {
        Kind::Email | Kind::Phone | Kind::Tz => false,
        Kind::Tick => columns.iter().any(|it| !it.answers.ticked(&field.key)),
        _ => !field.key.ends_with("_name"),
    }
}

/// One form for all of them, so that keeping the points of one loses nothing that was typed
/// for another.
fn opinions(cohort: &Cohort, rules: &Rules, columns: &[Column], picks: &[Id], typed: Option<&Typed>) -> Markup {
    let first = columns.first().map(|it| score_path(cohort, it.application.id)).unwrap_or_default();
    html! {
        form method="post" action=(first) novalidate {
            @for pick in picks { (shell::hidden("pick", &pick.to_string())) }
            section.beside-row {
                h3 { "What you think" }
                div.beside-cells {
                    @for column in columns {
                        @let typed = typed.and_then(|it| it.scores.get(&column.application.id));
                        div {
                            p.who { (column.name) }
                            @if matches!(column.application.state(), State::Withdrawn) { p { "This application was withdrawn." } }
                            @else { (own_points(cohort, rules, column, typed)) }
                            (others(column))
                        }
                    }
                }
            }
        }
    }
}

fn score_path(cohort: &Cohort, application: Id) -> String {
    format!("/cohorts/{}/applications/{application}/score", cohort.id)
}

fn own_points(cohort: &Cohort, rules: &Rules, column: &Column, typed: Option<&Score>) -> Markup {
    let id = column.application.id;
    let score = typed.or(column.own.as_ref()).cloned().unwrap_or_default();
    let action = score_path(cohort, id);
    let words = if column.own.is_some() { "Change my points" } else { "Keep my points" };
    html! {
        div.form {
            @for (place, criterion) in rules.criteria.iter().enumerate() {
                @let own_id = format!("s-{id}-{place}");
                @let value = score.of(criterion).map(|it| it.to_string()).unwrap_or_default();
                (shell::scale_field(&Input::new(&points_field(place + 1, id), criterion).id(&own_id).value(&value).required(), "little", "much", 5, &[]))
            }
            @let comment_id = format!("c-{id}");
            (shell::long_field(&Input::new(&comment_field(id), "In words").id(&comment_id).value(&score.comment).rows(3)
                .max(crate::rules::review::LONGEST_COMMENT)))
            (shell::actions(shell::button_quiet_to(&action, words, &column.name)))
        }
    }
}

/// What others think, once one has said what one thinks.
fn others(column: &Column) -> Markup {
    if column.own.is_none() {
        return html! { p.hint { "What others think stands here once you have given your own points." } };
    }
    let all: Vec<Vec<i64>> = column.all.iter().map(|it| it.score.numbers()).collect();
    html! {
        h4 { "All reviewers" @if let Some(mean) = mean(&all) { ": " (format!("{mean:.1}")) " of 5" } }
        ul role="list" {
            @for given in &column.all {
                li {
                    strong { (given.name) } " "
                    @for (place, (criterion, points)) in given.score.points.iter().enumerate() {
                        @if place > 0 { ", " } (criterion) " " (points)
                    }
                    @if !given.score.comment.is_empty() { p { (given.score.comment) } }
                }
            }
        }
    }
}
