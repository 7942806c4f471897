//! The totals of a survey: what stands in its results once it has closed.

use forms::{Answers, Field, Form};
use measures::{
    disclosure::{DEMOGRAPHIC_K, LEAST_K, Shown, table},
    share::{RECOMMENDATION_FROM, response_rate, share},
    summary::summary,
};

use super::{
    disclose::{self, Steps},
    scales::{self, Definition, tidy},
};
use crate::results::{Figure, Item, Level, Line, Quote, Recommendation, Response, TopShare, Words};

/// What is known when a survey closes.
pub struct Closing<'a> {
    pub form: &'a Form,
    pub role: &'a str,
    pub invited: i64,
    pub answers: Vec<&'a Answers>,
    pub definitions: &'a [Definition],
    /// Questions whose agreement is bad news.
    pub reversed: &'a [String],
    /// What the same people said at the start, and say now.
    pub since_start: Vec<(&'a Answers, &'a Answers)>,
    /// Mentee and mentor of the same duo, where both have answered.
    pub pairs: Vec<(&'a Answers, &'a Answers)>,
}

/// The section of the form whose counts need ten.
const ABOUT_YOU: &str = "about_you";
const QUOTE: &str = "t6";
const QUOTE_CONSENT: &str = "t6_consent";
const RECOMMEND: &str = "r1";

/// All lines of the results. With fewer than five answers only the response is there.
pub fn lines(closing: &Closing) -> Vec<Line> {
    let mut lines = vec![Line::new("response", &response(closing.invited, closing.answers.len() as i64))];
    if (closing.answers.len() as u64) < LEAST_K {
        return lines;
    }
    for section in &closing.form.sections {
        for field in section.fields.iter().filter(|field| field.key != QUOTE_CONSENT) {
            lines.extend(field_line(closing, &section.key, field));
        }
    }
    lines.extend(scale_lines(closing));
    let quotes = quotes(&closing.answers);
    if !quotes.is_empty() {
        lines.push(Line::new("quotes", &quotes));
    }
    lines
}

pub fn response(invited: i64, answered: i64) -> Response {
    let rate = response_rate(answered.unsigned_abs(), invited.unsigned_abs()).ok();
    let rate = rate.filter(|_| answered.unsigned_abs() >= LEAST_K);
    Response {
        invited,
        answered: rate.map(|_| answered),
        rate: rate.map(|(share, _)| tidy(share.share)),
        low: rate.map(|(share, _)| tidy(share.interval.low)),
        high: rate.map(|(share, _)| tidy(share.interval.high)),
        band: rate.map_or("too few to show", |(_, band)| band.words()).to_owned(),
    }
}

fn field_line(closing: &Closing, section: &str, field: &Field) -> Option<Line> {
    use forms::Kind;
    let blank = Item {
        key: field.key.clone(),
        section: section.to_owned(),
        label: field.label.clone(),
        kind: String::new(),
        n: None,
        levels: Vec::new(),
        mean: None,
        top: None,
        rounded: false,
        reversed: closing.reversed.contains(&field.key),
    };
    let all = &closing.answers;
    let item = match field.kind {
        Kind::Agree5 | Kind::Skill5 | Kind::Quality4 | Kind::Goal5 => scale_item(blank, field, all),
        Kind::Score10 if field.key == RECOMMEND => {
            return recommendation(field, all).map(|it| Line::new("recommendation", &it));
        }
        Kind::Choice => choice_item(blank, field, all, section),
        Kind::Multi => multi_item(blank, field, all, section),
        Kind::Number => number_item(blank, field, all),
        Kind::Text | Kind::Long if field.key != QUOTE => {
            return words(field, all).map(|it| Line::new(format!("words:{}", field.key), &it));
        }
        _ => return None,
    };
    Some(Line::new(format!("item:{}", field.key), &item))
}

/// How many chose each point of a scale.
fn counts(field: &Field, all: &[&Answers]) -> Vec<u64> {
    let chose = |point: i64| all.iter().filter(|it| it.number(&field.key) == Some(point)).count() as u64;
    field.points().iter().map(|(point, _)| chose(*point)).collect()
}

fn scale_item(item: Item, field: &Field, all: &[&Answers]) -> Item {
    let counts = counts(field, all);
    let n: u64 = counts.iter().sum();
    let item = Item { kind: "scale".to_owned(), ..item };
    let points = field.points();
    let weights: Vec<f64> = points.iter().map(|(point, _)| *point as f64).collect();
    let steps = Steps { weights: &weights, classes: classes(field), rounding: 0.1, factor: t_factor(n as usize) };
    let Some(shown) = disclose::shown(&counts, &steps) else { return item };
    let label = |first: usize, last: usize| match first == last {
        true => points[first].1.to_owned(),
        false => format!("{} to {}", points[first].1, points[last].1),
    };
    let level =
        |(first, last, count): &(usize, usize, u64)| Level { label: label(*first, *last), count: Some(*count as i64) };
    let mean = shown.mean.map(|mean| Figure {
        n: n as i64,
        value: tidy(mean),
        low: shown.half.map(|half| tidy(mean - half)),
        high: shown.half.map(|half| tidy(mean + half)),
    });
    let mean = mean.zip(weights.first().zip(weights.last())).map(|(mean, (one, other))| {
        // Some scales begin with their highest point.
        mean.within(one.min(*other), one.max(*other))
    });
    Item {
        n: Some(n as i64),
        levels: shown.classes.iter().map(level).collect(),
        mean,
        top: top(field, &shown.classes, n),
        rounded: shown.rounded,
        ..item
    }
}

/// From which step on it is the good end: the top two, or "as hoped" for goals. The
/// broadest classes part there, so the share is known wherever classes are shown.
fn good_from(field: &Field) -> usize {
    2 + usize::from(matches!(field.kind, forms::Kind::Agree5 | forms::Kind::Skill5))
}

fn classes(field: &Field) -> &'static [&'static [usize]] {
    match field.kind {
        forms::Kind::Quality4 => &[&[1, 1, 1, 1], &[2, 2]],
        forms::Kind::Goal5 => &[&[1, 1, 1, 1, 1], &[2, 1, 2], &[2, 3]],
        _ => &[&[1, 1, 1, 1, 1], &[2, 1, 2], &[3, 2]],
    }
}

fn top(field: &Field, classes: &[(usize, usize, u64)], n: u64) -> Option<TopShare> {
    if classes.is_empty() {
        return None;
    }
    let from = good_from(field);
    let part = classes.iter().filter(|(first, _, _)| *first >= from).map(|span| span.2).sum();
    let found = share(part, n).ok()?;
    let (low, high) = (tidy(found.interval.low), tidy(found.interval.high));
    Some(TopShare { label: good_words(field.kind).to_owned(), share: tidy(found.share), low, high })
}

/// What those said who chose the good end.
pub fn good_words(kind: forms::Kind) -> &'static str {
    match kind {
        forms::Kind::Agree5 => "agree or strongly agree",
        forms::Kind::Skill5 => "well or very well",
        forms::Kind::Quality4 => "good or excellent",
        _ => "as hoped or better",
    }
}

/// What √(spread / n) is multiplied with for Student's interval of n answers, taken
/// from an interval that is known.
fn t_factor(n: usize) -> f64 {
    let numbers: Vec<f64> = (0..n.max(2)).map(|at| (at % 2) as f64).collect();
    let Ok(found) = summary(&numbers) else { return 0.0 };
    let n = numbers.len() as f64;
    let spread = numbers.iter().map(|it| (it - found.mean).powi(2)).sum::<f64>() / n;
    (found.interval.high - found.mean) / (spread / n).sqrt()
}

fn choice_item(item: Item, field: &Field, all: &[&Answers], section: &str) -> Item {
    let chose = |option: &String| all.iter().filter(|it| it.text(&field.key) == option).count() as u64;
    let counts: Vec<u64> = field.options.iter().map(chose).collect();
    let k = least_behind(section, field);
    let shown = table(&counts, k);
    let levels = field.options.iter().zip(shown.cells).map(|(option, cell)| level(option, cell)).collect();
    let n = number(shown.total);
    Item { kind: "choice".to_owned(), n, levels: if n.is_some() { levels } else { Vec::new() }, ..item }
}

/// How many must stand behind a count. What the committee asks of its own may be about the
/// person, so it needs as many as what is.
fn least_behind(section: &str, field: &Field) -> u64 {
    if section == ABOUT_YOU || forms::is_own(&field.key) { DEMOGRAPHIC_K } else { LEAST_K }
}

/// Each option is a question of its own: who ticked it, and who did not.
fn multi_item(item: Item, field: &Field, all: &[&Answers], section: &str) -> Item {
    let answered: Vec<Vec<String>> = all.iter().map(|it| it.list(&field.key)).filter(|it| !it.is_empty()).collect();
    let n = answered.len() as u64;
    let k = least_behind(section, field);
    let ticked = |option: &String| answered.iter().filter(|it| it.contains(option)).count() as u64;
    let cell = |option: &String| table(&[ticked(option), n - ticked(option)], k).cells[0];
    let levels = field.options.iter().map(|option| level(option, cell(option))).collect();
    let shows = n >= k;
    Item {
        kind: "multi".to_owned(),
        n: shows.then_some(n as i64),
        levels: if shows { levels } else { Vec::new() },
        ..item
    }
}

fn level(label: &str, cell: Shown) -> Level {
    Level { label: label.to_owned(), count: number(cell) }
}

fn number(shown: Shown) -> Option<i64> {
    match shown {
        Shown::Number(number) => i64::try_from(number).ok(),
        Shown::Few => None,
    }
}

fn number_item(item: Item, field: &Field, all: &[&Answers]) -> Item {
    let numbers: Vec<f64> = all.iter().filter_map(|it| it.number(&field.key)).map(|it| it as f64).collect();
    // Where all said the same, the mean would say what each of them said.
    let alike = numbers.windows(2).all(|pair| pair[0] == pair[1]);
    let n = (numbers.len() as u64 >= least_behind(&item.section, field)).then_some(numbers.len() as i64);
    let mean = scales::figure(&numbers).filter(|_| n.is_some() && !alike);
    Item { kind: "number".to_owned(), n, mean, rounded: true, ..item }
}

fn recommendation(field: &Field, all: &[&Answers]) -> Option<Recommendation> {
    let numbers: Vec<i64> = all.iter().filter_map(|it| it.number(&field.key)).collect();
    let n = numbers.len() as u64;
    if n < RECOMMENDATION_FROM {
        return None;
    }
    let within = |low: i64, high: i64| numbers.iter().filter(|it| (low..=high).contains(*it)).count() as u64;
    let counts = [within(0, 6), within(7, 8), within(9, 10)];
    // The score is the mean of −100, 0 and 100; its interval is the normal one.
    let steps = Steps { weights: &[-100.0, 0.0, 100.0], classes: &[&[1, 1, 1]], rounding: 5.0, factor: 1.959_964 };
    let shown = disclose::shown(&counts, &steps)?;
    let names = ["0 to 6", "7 or 8", "9 or 10"];
    let groups = shown.classes.iter().map(|(first, _, count)| level(names[*first], Shown::Number(*count))).collect();
    let end = |half: f64| shown.mean.zip(shown.half).map(|(mean, it)| tidy((mean + half * it).clamp(-100.0, 100.0)));
    Some(Recommendation { n: n as i64, score: shown.mean.map(tidy), low: end(-1.0), high: end(1.0), groups })
}

fn scale_lines(closing: &Closing) -> Vec<Line> {
    let mut lines = Vec::new();
    let support = closing.definitions.iter().find(|it| it.key == "SUP");
    let asks = |key: &str| closing.form.field(key).is_some();
    for definition in closing.definitions.iter().filter(|it| it.is_for(closing.role)) {
        let key = &definition.key;
        match definition.method.as_str() {
            "mean" if definition.items.iter().all(|it| asks(it)) => {
                lines.push(Line::new(format!("scale:{key}"), &scales::scale(definition, &closing.answers)));
            }
            "change" if definition.items.iter().all(|it| asks(&format!("{it}_today"))) => {
                let change = scales::change_looking_back(definition, &closing.answers);
                lines.push(Line::new(format!("change:{key}"), &change));
                let since = scales::change_since_start(definition, &closing.since_start);
                if since.change.is_some() {
                    lines.push(Line::new(format!("since_start:{key}"), &since));
                }
            }
            "goals" if definition.items.iter().any(|it| asks(it)) => {
                lines.extend(scales::goals(definition, &closing.answers).map(|it| Line::new("goals", &it)));
            }
            "gap" => {
                let distance = support.map(|support| scales::distance(definition, support, &closing.pairs));
                let distance = distance.filter(|it| it.figure.is_some());
                lines.extend(distance.map(|it| Line::new(format!("scale:{key}"), &it)));
            }
            _ => {}
        }
    }
    lines
}

/// Sorted by their letters: an order that has nothing to do with who wrote them.
fn words(field: &Field, all: &[&Answers]) -> Option<Words> {
    let mut texts: Vec<String> =
        all.iter().map(|it| it.text(&field.key).trim().to_owned()).filter(|it| !it.is_empty()).collect();
    texts.sort();
    (!texts.is_empty()).then(|| Words { label: field.label.clone(), texts })
}

fn quotes(all: &[&Answers]) -> Vec<Quote> {
    let may = |it: &&&Answers| !it.text(QUOTE).trim().is_empty() && !["", "no"].contains(&it.text(QUOTE_CONSENT));
    let quote =
        |it: &&Answers| Quote { text: it.text(QUOTE).trim().to_owned(), consent: it.text(QUOTE_CONSENT).to_owned() };
    let mut quotes: Vec<Quote> = all.iter().filter(may).map(quote).collect();
    quotes.sort_by(|one, other| one.text.cmp(&other.text));
    quotes
}

#[cfg(test)]
mod tests;
