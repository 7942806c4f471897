//! The results of a survey as charts, tables and words.

use forms::Form;
use maud::{Markup, html};
use shell::{Column, LikertRow};

use crate::{
    results::{Change, Figure, Item, Results, Words},
    rules::totals,
};

pub fn results(results: &Results, form: &Form, words: &[Words], reads_words: bool) -> Markup {
    html! {
        (response(results))
        (answers(results, form))
        @if reads_words { (free_text(results, words)) }
        (definitions())
    }
}

/// The same for everyone: no sentence that anybody wrote, and nothing from which could be
/// told how many stayed silent.
pub fn published(results: &Results, form: &Form) -> Markup {
    let answered = results.response.answered.unwrap_or_default().to_string();
    let mut figures = vec![(answered.as_str(), "answered")];
    let score = results.recommendation.as_ref().and_then(|it| it.score).map(|score| format!("{score:+.0}"));
    figures.extend(score.as_deref().map(|it| (it, "recommendation score, −100 to 100")));
    html! {
        (shell::figures(&figures))
        p { "How far the answers speak for everybody who was asked: " (results.response.band) ". " (recommendation(results)) }
        (answers(results, form))
        (definitions())
    }
}

fn answers(results: &Results, form: &Form) -> Markup {
    html! {
        @for section in &form.sections {
            @let items: Vec<&Item> = results.items.iter().filter(|it| it.section == section.key).collect();
            @if !items.is_empty() { (shell::card(&section.title, items_of(&section.title, &items, form))) }
        }
        @if !results.changes.is_empty() { (changes(results)) }
        @if !results.scales.is_empty() { (scales(results)) }
    }
}

fn response(results: &Results) -> Markup {
    let response = &results.response;
    let answered = response.answered.unwrap_or_default();
    let rate = percent(response.rate.unwrap_or_default());
    let of = format!("{answered} of {}", response.invited);
    let score = results.recommendation.as_ref().and_then(|it| it.score).map(|score| format!("{score:+.0}"));
    let reached = results.goals.as_ref().and_then(|it| Some((it.reached?, it.goals)));
    let reached = reached.map(|(reached, goals)| percent(reached as f64 / goals as f64));
    let mut figures = vec![(of.as_str(), "answered"), (rate.as_str(), "response rate")];
    figures.extend(score.as_deref().map(|it| (it, "recommendation score, −100 to 100")));
    figures.extend(reached.as_deref().map(|it| (it, "goals reached as hoped or better")));
    html! {
        (shell::figures(&figures))
        p { "How far the answers speak for everybody who was asked: " (response.band) ". " (recommendation(results)) }
    }
}

fn recommendation(results: &Results) -> String {
    let Some(found) = &results.recommendation else {
        return "The recommendation score is shown from ten answers on.".to_owned();
    };
    let interval = found.low.zip(found.high).map(|(low, high)| format!(", interval {low:+.0} to {high:+.0}"));
    match found.score {
        Some(score) => format!("Recommendation score: {score:+.0} (n = {}{}).", found.n, interval.unwrap_or_default()),
        None => "The recommendation score of so few answers would tell single ones, so it is not shown.".to_owned(),
    }
}

fn items_of(section: &str, items: &[&Item], form: &Form) -> Markup {
    let scales: Vec<&Item> = items.iter().copied().filter(|it| it.kind == "scale").collect();
    let numbers: Vec<&Item> = items.iter().copied().filter(|it| it.kind == "number").collect();
    let picked = items.iter().filter(|it| it.kind == "choice" || it.kind == "multi");
    html! {
        @if !scales.is_empty() {
            (charts(&scales))
            (scale_table(section, &scales, form))
        }
        @for item in numbers { (number(item, form)) }
        @for item in picked { (options(item)) }
    }
}

/// One chart for all questions whose counts stand in the same classes.
fn charts(items: &[&Item]) -> Markup {
    let labels = |item: &Item| -> Vec<String> { item.levels.iter().map(|it| it.label.clone()).collect() };
    let mut kinds: Vec<Vec<String>> = items.iter().map(|it| labels(it)).filter(|it| !it.is_empty()).collect();
    kinds.sort();
    kinds.dedup();
    html! {
        @for kind in &kinds {
            @let levels: Vec<&str> = kind.iter().map(String::as_str).collect();
            @let rows: Vec<LikertRow> = items.iter().filter(|it| labels(it) == *kind).map(|it| likert_row(it)).collect();
            (shell::likert("Answers in classes of five or more", &levels, &rows))
        }
    }
}

fn likert_row(item: &Item) -> LikertRow {
    let counts = item.levels.iter().map(|it| u32::try_from(it.count.unwrap_or_default()).unwrap_or_default()).collect();
    let side = item.mean.map(|it| format!("mean {}, n = {}", decimal(it.value), it.n)).unwrap_or_default();
    LikertRow { label: item.label.clone(), counts, side }
}

fn scale_table(section: &str, items: &[&Item], form: &Form) -> Markup {
    let kind = items.iter().find_map(|it| form.field(&it.key)).map(|field| field.kind);
    let label = kind.map_or("good end of the scale", totals::good_words);
    let columns =
        [Column::text("Question"), Column::number("n"), Column::number("Mean (interval)"), Column::number(label)];
    let row = |item: &&Item| {
        vec![
            html! { (label_of(item, form)) @if item.reversed { " (agreement is bad news)" } },
            html! { @match item.n { Some(n) => (n), None => "too few to show" } },
            html! { (figure(item.mean)) },
            html! {
                @match &item.top {
                    Some(top) => { (percent(top.share)) " (" (percent(top.low)) "–" (percent(top.high)) ")" }
                    None => "too few to show",
                }
            },
        ]
    };
    // Each of the tables on the page is called by its part, to be told apart without seeing it.
    shell::table(&format!("{section}: means and shares"), &columns, items.iter().map(row).collect())
}

/// The label as it is asked here, with the association's name in it.
fn label_of<'a>(item: &'a Item, form: &'a Form) -> &'a str {
    form.field(&item.key).map_or(&item.label, |field| &field.label)
}

fn number(item: &Item, form: &Form) -> Markup {
    let unit = form.field(&item.key).map_or("", |field| field.unit.as_str());
    html! {
        p {
            (label_of(item, form)) ": "
            @match item.mean {
                Some(mean) => { (figure(Some(mean))) " " (unit) " on average (n = " (mean.n) ")" }
                None => "too few to show",
            }
        }
    }
}

fn options(item: &Item) -> Markup {
    let shown: Vec<(String, f64, String)> = item
        .levels
        .iter()
        .map(|level| match level.count {
            Some(count) => (level.label.clone(), count as f64, count.to_string()),
            None => (level.label.clone(), 0.0, "too few to show".to_owned()),
        })
        .collect();
    let rows: Vec<(&str, f64, &str)> =
        shown.iter().map(|(label, value, words)| (label.as_str(), *value, words.as_str())).collect();
    let caption = match item.n {
        Some(n) => format!("{} (n = {n})", item.label),
        None => item.label.clone(),
    };
    html! {
        @if item.levels.iter().all(|level| level.count.is_none()) { p { (caption) ": too few to show" } }
        @else { (shell::bars(&caption, &rows)) }
    }
}

fn changes(results: &Results) -> Markup {
    let columns = [
        Column::text("Of the same people"),
        Column::number("At the start"),
        Column::number("Today"),
        Column::number("Change (interval)"),
        Column::number("n"),
    ];
    let row = |words: &str, change: &Change| {
        let end = |value: Option<f64>| value.map_or("too few to show".to_owned(), decimal);
        let n = change.change.map_or("under five".to_owned(), |it| it.n.to_string());
        vec![
            html! { (change.title) ", " (words) },
            html! { (end(change.before)) },
            html! { (end(change.today)) },
            html! { (signed(change.change)) },
            html! { (n) },
        ]
    };
    let looking_back = results.changes.iter().map(|it| row("looking back", it));
    let since_start = results.changes_since_start.iter().map(|it| row("as answered at the start", it));
    let rows = looking_back.chain(since_start).collect();
    shell::card(
        "Change during the session",
        html! {
            (shell::table("From 1, not at all, to 5, very well", &columns, rows))
            p { "A change during the session. Without others to compare with, it is no proof of an effect." }
        },
    )
}

fn scales(results: &Results) -> Markup {
    let columns = [Column::text("Scale"), Column::number("n"), Column::number("Mean (interval)")];
    let row = |scale: &crate::results::Scale| {
        let n = scale.figure.map_or("under five".to_owned(), |it| it.n.to_string());
        vec![html! { (scale.title) }, html! { (n) }, html! { (figure(scale.figure)) }]
    };
    let score = results.goals.as_ref().and_then(|it| Some((it.score?, it.people)));
    shell::card(
        "Scales",
        html! {
            (shell::table("Worked out from several questions", &columns, results.scales.iter().map(row).collect()))
            @if let Some((score, people)) = score {
                p { "Goal attainment score: " (decimal(score)) " (n = " (people) "); 50 is as hoped." }
            }
        },
    )
}

fn free_text(results: &Results, words: &[Words]) -> Markup {
    shell::card(
        "In their own words",
        html! {
                    (shell::readers_line(&policy::who_can_read_as(policy::Record::SurveyAnswer, policy::Column::Chair)))
        p.hint { "Paraphrase in reports; quote only what may be quoted." }
                    @if words.is_empty() && results.quotes.is_empty() { p { "Nobody wrote anything here." } }
                    @for question in words {
                        h3 { (question.label) }
                        ul { @for text in &question.texts { li { (text) } } }
                    }
                    @if !results.quotes.is_empty() {
                        h3 { "May be quoted" }
                        ul {
                            @for quote in &results.quotes {
                                li { "“" (quote.text) "” " (shell::badge(shell::Tone::Plain, &quote.consent)) }
                            }
                        }
                        p { "Answers bear no name, so a sentence that may be quoted with a name is quoted without one unless its writer comes forward." }
                    }
                },
    )
}

fn definitions() -> Markup {
    html! {
        details {
            summary { "How these figures are made" }
            dl.facts {
                div { dt { "n" } dd { "How many answered this question. Skipped questions and “cannot say” do not count." } }
                div { dt { "Too few to show" } dd { "Fewer than five people stand behind the number, or it would give away one that is hidden. Questions about the person need ten." } }
                div { dt { "Mean (interval)" } dd { "The average, and the range in which the average of a similar future cohort would lie 19 times out of 20. Where answers are few, both are rounded until no single answer can be worked out, and the interval may be left out." } }
                div { dt { "Share" } dd { "Who chose the good end of the scale, with Wilson's interval." } }
                div { dt { "Response rate" } dd { "Answers of those asked. From 70 % good, from 50 % usable with caution, below that too low to speak for everybody." } }
                div { dt { "Recommendation score" } dd { "The percentage of nines and tens less the percentage of noughts to sixes, from ten answers on." } }
                div { dt { "Goal attainment score" } dd { "All goals of a person in one number: 50 is as hoped, ten points are about one step for everybody." } }
            }
            p { "The figures were worked out once, when the survey closed, and never change. There is no view by liaison." }
        }
    }
}

fn figure(figure: Option<Figure>) -> String {
    let Some(figure) = figure else { return "too few to show".to_owned() };
    match figure.low.zip(figure.high) {
        Some((low, high)) => format!("{} ({} to {})", decimal(figure.value), decimal(low), decimal(high)),
        None => decimal(figure.value),
    }
}

fn signed(figure: Option<Figure>) -> String {
    let Some(figure) = figure else { return "too few to show".to_owned() };
    let plus = |value: f64| if value > 0.0 { format!("+{}", decimal(value)) } else { decimal(value) };
    match figure.low.zip(figure.high) {
        Some((low, high)) => format!("{} ({} to {})", plus(figure.value), plus(low), plus(high)),
        None => plus(figure.value),
    }
}

/// Two decimals at most, and none that say nothing.
fn decimal(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.replace('-', "−") }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
