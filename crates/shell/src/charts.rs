use crate::pieces::Tone;
use maud::{Markup, html};

/// One question and how many gave each answer, lowest first.
#[derive(Clone, Debug)]
pub struct LikertRow {
    pub label: String,
    pub counts: Vec<u32>,
    /// What stands at the end of the row, such as `mean 4.2, n = 18`.
    pub side: String,
}

/// More squares than this and a bar says it better.
const SQUARES: u32 = 120;

/// How many are left at each stage: label, the count in words, the count.
pub fn funnel(stages: &[(&str, &str, u64)]) -> Markup {
    let most = stages.iter().map(|stage| stage.2).max().unwrap_or(0);
    html! {
        ol.funnel role="list" {
            @for (label, count, value) in stages {
                li {
                    span.label { (label) }
                    (bar(part(*value as f64, most as f64)))
                    span.value { (count) }
                }
            }
        }
    }
}

/// Horizontal bars: label, value, the value in words.
pub fn bars(caption: &str, rows: &[(&str, f64, &str)]) -> Markup {
    let most = rows.iter().map(|row| row.1).fold(0.0, f64::max);
    html! {
        figure.chart {
            figcaption { (caption) }
            ul.bars role="list" {
                @for (label, value, shown) in rows {
                    li {
                        span.label { (label) }
                        (bar(part(*value, most)))
                        span.value { (shown) }
                    }
                }
            }
        }
    }
}

/// Stacked shares of each answer, with the figures as a table below.
pub fn likert(caption: &str, levels: &[&str], rows: &[LikertRow]) -> Markup {
    let steps = levels.len();
    html! {
        figure.chart {
            figcaption { (caption) }
            ul.legend role="list" aria-hidden="true" {
                @for (index, level) in levels.iter().enumerate() {
                    li {
                        svg.key aria-hidden="true" width="14" height="14" {
                            rect class=(shade(index, steps)) width="14" height="14" rx="3" {}
                        }
                        (level)
                    }
                }
            }
            ul.bars role="list" aria-hidden="true" {
                @for row in rows {
                    li {
                        span.label { (row.label) }
                        (stack(&row.counts))
                        span.value { (row.side) }
                    }
                }
            }
            (likert_table(caption, levels, rows))
        }
    }
}

fn stack(counts: &[u32]) -> Markup {
    let total: u32 = counts.iter().sum();
    let mut left = 0.0;
    let segments: Vec<(usize, f64, f64)> = counts
        .iter()
        .enumerate()
        .map(|(index, count)| {
            let width = part(f64::from(*count), f64::from(total));
            let start = left;
            left += width;
            (index, start, width)
        })
        .collect();
    html! {
        svg.bar.stack width="100%" height="26" aria-hidden="true" focusable="false" {
            @for (index, start, width) in segments {
                @if width > 0.0 {
                    rect class=(shade(index, counts.len())) x=(percent(start)) y="0"
                        width=(percent(width)) height="26" {}
                    @if width >= 11.0 {
                        text class={ "on-" (shade(index, counts.len())) } text-anchor="middle"
                            x=(percent(start + width / 2.0)) y="18" { (width.round()) "%" }
                    }
                }
            }
        }
    }
}

fn likert_table(caption: &str, levels: &[&str], rows: &[LikertRow]) -> Markup {
    html! {
        details.figures-table {
            summary { "Show the numbers" }
            div.scroller role="region" aria-label={ (caption) ", as a table" } tabindex="0" {
                table {
                    thead {
                        tr {
                            th scope="col" { "Question" }
                            @for level in levels { th.number scope="col" { (level) } }
                        }
                    }
                    tbody {
                        @for row in rows {
                            tr {
                                th scope="row" { (row.label) }
                                @for count in &row.counts { td.number { (count) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How many are in each state: one mark each, its shape tells the tone too.
pub fn states(states: &[(Tone, &str, u32)]) -> Markup {
    let total: u32 = states.iter().map(|state| state.2).sum();
    let most = states.iter().map(|state| state.2).max().unwrap_or(0);
    html! {
        ul.states role="list" {
            @for (tone, label, count) in states {
                li class=(tone.class()) {
                    span.count { (count) }
                    span.label { (label) }
                    @if total > SQUARES { (bar(part(f64::from(*count), f64::from(most)))) }
                    @else { (marks(*tone, *count)) }
                }
            }
        }
    }
}

/// Each mark is a picture of its own, so that the row wraps at any width.
fn marks(tone: Tone, count: u32) -> Markup {
    html! {
        span.marks aria-hidden="true" {
            @for _ in 0..count {
                svg.mark width="14" height="14" viewBox="0 0 14 14" focusable="false" {
                    @match tone {
                        Tone::Good => { circle cx="7" cy="7" r="6" {} }
                        Tone::Info => { circle.hollow cx="7" cy="7" r="5" {} }
                        Tone::Warn => { path d="M7 1l6.4 11.6H.6z" {} }
                        Tone::Bad => { path d="M7 .4 13.6 7 7 13.6.4 7z" {} }
                        Tone::Plain => { rect.hollow x="2" y="2" width="10" height="10" rx="2" {} }
                    }
                }
            }
        }
    }
}

/// A line without axes; the words say what it shows.
pub fn sparkline(words: &str, values: &[f64]) -> Markup {
    let most = values.iter().copied().fold(0.0, f64::max);
    let last = values.len().saturating_sub(1).max(1) as f64;
    let points: Vec<String> = values
        .iter()
        .enumerate()
        .map(|(index, value)| {
            let x = index as f64 * 100.0 / last;
            let y = 30.0 - part(*value, most) * 0.28;
            format!("{},{}", rounded(x), rounded(y))
        })
        .collect();
    html! {
        svg.sparkline viewBox="0 0 100 32" preserveAspectRatio="none" role="img"
            aria-label=(words) {
            polyline points=(points.join(" ")) vector-effect="non-scaling-stroke" {}
        }
    }
}

fn bar(width: f64) -> Markup {
    html! {
        svg.bar width="100%" height="18" aria-hidden="true" focusable="false" {
            rect.track width="100%" height="18" rx="4" {}
            @if width > 0.0 { rect.fill width=(percent(width)) height="18" rx="4" {} }
        }
    }
}

/// The class of an answer's colour: five shades, spread over the answers.
fn shade(index: usize, levels: usize) -> &'static str {
    const SHADES: [&str; 5] = ["s1", "s2", "s3", "s4", "s5"];
    let last = levels.saturating_sub(1).max(1);
    SHADES[(index * 4 / last).min(4)]
}

/// A share in percent; nothing of nothing is nothing.
fn part(value: f64, whole: f64) -> f64 {
    if whole > 0.0 && value > 0.0 { (value * 100.0 / whole).min(100.0) } else { 0.0 }
}

pub(crate) fn percent(value: f64) -> String {
    format!("{}%", rounded(value))
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_is_full_and_none_breaks_on_zero() {
        let drawn = bars("Ways", &[("Video", 20.0, "20"), ("Phone", 5.0, "5")]).0;
        assert!(drawn.contains("class=\"fill\" width=\"100%\""));
        assert!(drawn.contains("class=\"fill\" width=\"25%\""));
        let empty = bars("Ways", &[("Video", 0.0, "0")]).0;
        assert!(!empty.contains("class=\"fill\"") && !empty.contains("NaN"));
    }

    #[test]
    fn a_funnel_says_its_counts_in_words() {
        let drawn = funnel(&[("Applied", "40 people", 40), ("Paired", "25 duos", 25)]).0;
        assert!(drawn.contains("40 people") && drawn.contains("width=\"62.5%\""));
    }

    #[test]
    fn stacked_shares_fill_the_row_and_stand_in_a_table() {
        let row = LikertRow { label: "It helped <me>".to_owned(), counts: vec![1, 0, 3], side: "n = 4".to_owned() };
        let drawn = likert("Final survey", &["No", "Partly", "Yes"], &[row]).0;
        assert!(drawn.contains("x=\"25%\" y=\"0\" width=\"75%\""));
        assert!(drawn.contains("<td class=\"number\">3</td>"));
        assert!(drawn.contains("It helped &lt;me&gt;"));
    }

    #[test]
    fn two_answers_take_the_ends_of_the_scale() {
        assert_eq!(shade(0, 2), "s1");
        assert_eq!(shade(1, 2), "s5");
        assert_eq!(shade(2, 5), "s3");
        assert_eq!(shade(6, 7), "s5");
    }

    #[test]
    fn each_duo_is_one_mark_until_there_are_too_many() {
        let few = states(&[(Tone::Good, "On track", 3), (Tone::Bad, "Silent", 1)]).0;
        assert_eq!(few.matches("class=\"mark\"").count(), 4);
        let many = states(&[(Tone::Good, "On track", 400)]).0;
        assert!(!many.contains("class=\"mark\"") && many.contains("class=\"bar\""));
    }

    #[test]
    fn a_sparkline_of_one_value_or_none_is_still_drawn() {
        assert!(sparkline("Meetings", &[]).0.contains("points=\"\""));
        assert!(sparkline("Meetings", &[2.0]).0.contains("points=\"0,2\""));
    }
}
