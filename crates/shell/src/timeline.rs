use crate::charts::percent;
use maud::{Markup, html};

/// A cohort's calendar. Days are any whole numbers that count up by one a day;
/// the words for them are the caller's, who knows the calendar.
#[derive(Clone, Debug, Default)]
pub struct TimelineData {
    pub title: String,
    pub first: i64,
    pub last: i64,
    pub today: Option<i64>,
    /// Such as `Today, 3 March 2027`.
    pub today_words: String,
    /// The first day of each month with a short name.
    pub months: Vec<(i64, String)>,
    pub phases: Vec<Phase>,
}

#[derive(Clone, Debug, Default)]
pub struct Phase {
    pub words: String,
    pub first: i64,
    pub last: i64,
    pub steps: Vec<TimelineStep>,
}

#[derive(Clone, Debug, Default)]
pub struct TimelineStep {
    pub day: i64,
    /// The day in words.
    pub date: String,
    pub words: String,
    pub done: bool,
    pub href: Option<String>,
}

/// A band across the year on a wide screen, and under it the dated steps by
/// phase; on a phone and for a screen reader the steps alone. It stands under
/// a heading of the second level, such as a card's.
pub fn timeline(data: &TimelineData) -> Markup {
    let next = next_day(data);
    html! {
        div {
            (band(data))
            div.phases {
                @for (index, phase) in data.phases.iter().enumerate() {
                    section.phase.now[is_now(data, phase)] {
                        h3 {
                            span class={ "number p" (index % 6) } { (index + 1) }
                            (phase.words)
                            @if is_now(data, phase) { span.now-word { "now" } }
                        }
                        ol role="list" {
                            @for step in &phase.steps { (dated_step(step, next)) }
                        }
                    }
                }
            }
        }
    }
}

fn dated_step(step: &TimelineStep, next: Option<i64>) -> Markup {
    let is_next = !step.done && next == Some(step.day);
    html! {
        li.done[step.done].coming[is_next] {
            span.date { (step.date) }
            span.what {
                @if let Some(href) = &step.href { a href=(href) { (step.words) } }
                @else { (step.words) }
                @if step.done { span.vh { " (past)" } }
                @if is_next { " " span.next-word { "next" } }
            }
        }
    }
}

fn band(data: &TimelineData) -> Markup {
    html! {
        svg.band width="100%" height="112" role="img" aria-label=(band_words(data)) {
            @for (day, words) in &data.months {
                line.tick x1=(at(data, *day)) x2=(at(data, *day)) y1="34" y2="88" {}
                text.month x=(at(data, *day)) y="104" dx="4" { (words) }
            }
            @for (index, phase) in data.phases.iter().enumerate() {
                (phase_block(data, index, phase))
            }
            @for (day, done, row) in dots(data) {
                circle.dot.done[done] cx=(at(data, day)) r="4"
                    cy=(if row == 0 { "40" } else { "29" }) {}
            }
            @if let Some(today) = data.today { (today_mark(data, today)) }
        }
    }
}

fn phase_block(data: &TimelineData, index: usize, phase: &Phase) -> Markup {
    let start = position(data, phase.first);
    let width = (position(data, phase.last) - start).max(0.6);
    // At the narrowest the band is 700 pixels wide and a letter about 7.
    let room = width * 7.0;
    let fits = room > phase.words.chars().count() as f64 * 7.2 + 34.0;
    html! {
        rect class={ "block p" (index % 6) } x=(percent(start)) y="50" width=(percent(width))
            height="30" rx="5" {}
        @if fits {
            text class={ "block-words p" (index % 6) } x=(percent(start)) dx="10" y="70" {
                (index + 1) "  " (phase.words)
            }
        } @else if room > 14.0 {
            text class={ "block-words p" (index % 6) } x=(percent(start + width / 2.0)) y="70"
                text-anchor="middle" { (index + 1) }
        }
    }
}

fn today_mark(data: &TimelineData, today: i64) -> Markup {
    let place = position(data, today);
    let (anchor, shift) = match place {
        place if place < 15.0 => ("start", "0"),
        place if place > 85.0 => ("end", "0"),
        _ => ("middle", "0"),
    };
    html! {
        line.today x1=(percent(place)) x2=(percent(place)) y1="18" y2="88" {}
        text.today x=(percent(place)) dx=(shift) y="13" text-anchor=(anchor) {
            (data.today_words)
        }
    }
}

/// Steps close to the one before go into a second row, so that both are seen.
fn dots(data: &TimelineData) -> Vec<(i64, bool, usize)> {
    let mut days: Vec<(i64, bool)> =
        data.phases.iter().flat_map(|phase| phase.steps.iter()).map(|step| (step.day, step.done)).collect();
    days.sort_unstable();
    let mut dots: Vec<(i64, bool, usize)> = Vec::with_capacity(days.len());
    for (day, done) in days {
        let row = match dots.last() {
            Some((before, _, 0)) if position(data, day) - position(data, *before) < 1.2 => 1,
            _ => 0,
        };
        dots.push((day, done, row));
    }
    dots
}

fn band_words(data: &TimelineData) -> String {
    let now = data
        .phases
        .iter()
        .find(|phase| is_now(data, phase))
        .map(|phase| format!(" Now: {}.", phase.words))
        .unwrap_or_default();
    format!("{}: {} phases in a row; the steps follow below.{now}", data.title, data.phases.len())
}

fn next_day(data: &TimelineData) -> Option<i64> {
    data.today?;
    data.phases.iter().flat_map(|phase| phase.steps.iter()).filter(|step| !step.done).map(|step| step.day).min()
}

fn is_now(data: &TimelineData, phase: &Phase) -> bool {
    data.today.is_some_and(|today| (phase.first..=phase.last).contains(&today))
}

fn at(data: &TimelineData, day: i64) -> String {
    percent(position(data, day))
}

fn position(data: &TimelineData, day: i64) -> f64 {
    let length = (data.last - data.first).max(1) as f64;
    ((day - data.first) as f64 * 100.0 / length).clamp(0.0, 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year() -> TimelineData {
        let step = |day: i64| TimelineStep {
            day,
            date: format!("day {day}"),
            words: format!("Step <{day}>"),
            done: day < 50,
            href: None,
        };
        TimelineData {
            title: "Calendar".to_owned(),
            first: 0,
            last: 200,
            today: Some(50),
            today_words: "Today".to_owned(),
            months: vec![(0, "Jan".to_owned()), (100, "Feb".to_owned())],
            phases: vec![
                Phase { words: "Call".to_owned(), first: 0, last: 60, steps: vec![step(10), step(11), step(60)] },
                Phase { words: "Launch".to_owned(), first: 61, last: 200, steps: vec![step(180)] },
            ],
        }
    }

    #[test]
    fn every_step_stands_in_the_list_and_on_the_band() {
        let drawn = timeline(&year()).0;
        assert_eq!(drawn.matches("<span class=\"date\"").count(), 4);
        assert_eq!(drawn.matches("<circle").count(), 4);
        assert!(drawn.contains("Step &lt;180&gt;"));
    }

    #[test]
    fn steps_a_day_apart_do_not_cover_each_other() {
        let rows: Vec<usize> = dots(&year()).iter().map(|dot| dot.2).collect();
        assert_eq!(rows, [0, 1, 0, 0]);
    }

    #[test]
    fn today_is_marked_in_its_place_and_one_step_is_next() {
        let drawn = timeline(&year()).0;
        assert!(drawn.contains("class=\"today\" x1=\"25%\""));
        assert_eq!(drawn.matches("next-word").count(), 1);
        assert!(drawn.contains("Now: Call."));
    }

    #[test]
    fn a_calendar_of_one_day_is_drawn_without_dividing_by_zero() {
        let data = TimelineData { first: 5, last: 5, today: Some(5), ..TimelineData::default() };
        assert!(!timeline(&data).0.contains("NaN"));
    }
}
