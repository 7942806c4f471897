use platform::fields::Fields;
use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn form(name: &str) -> Form {
    program::preset::toml(&format!("surveys/{name}.toml")).unwrap()
}

#[derive(serde::Deserialize)]
struct File {
    scale: Vec<Definition>,
}

fn definitions() -> Vec<Definition> {
    program::preset::toml::<File>("surveys/scales.toml").unwrap().scale
}

fn totals(form: &Form, role: &str, answers: &[Answers]) -> Vec<Line> {
    let definitions = definitions();
    lines(&Closing {
        form,
        role,
        invited: answers.len() as i64,
        answers: answers.iter().collect(),
        definitions: &definitions,
        reversed: &["e8".to_owned()],
        since_start: Vec::new(),
        pairs: Vec::new(),
    })
}

fn sent(form: &Form, pairs: &[(&str, &str)]) -> Answers {
    let pairs = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    forms::read(form, &Fields::from_pairs(pairs)).unwrap()
}

fn line<'a>(lines: &'a [Line], item: &str) -> &'a Value {
    &lines.iter().find(|it| it.item == item).unwrap_or_else(|| panic!("no {item}")).data
}

// SRV5
#[test]
fn below_five_answers_the_results_are_the_response_and_nothing_else() {
    let form = form("final_mentee");
    let one = sent(&form, &[("s1", "4"), ("t4", "all of it"), ("r1", "10")]);
    let lines = totals(&form, "mentee", &vec![one; 4]);
    assert_eq!(lines.iter().map(|it| it.item.as_str()).collect::<Vec<_>>(), ["response"]);
    assert_eq!(lines[0].data["answered"], Value::Null);
}

#[test]
fn the_response_says_its_rate_and_how_far_it_carries() {
    let found = response(25, 18);
    assert_eq!((found.answered, found.band.as_str()), (Some(18), "good"));
    assert_eq!((found.low, found.high), (Some(0.524_234), Some(0.857_161)));
    assert_eq!(response(25, 4).answered, None);
    assert_eq!(response(0, 0).band, "too few to show");
}

#[test]
fn cannot_say_and_skipped_questions_do_not_count() {
    let form = form("midway_mentee");
    let mut answers = vec![sent(&form, &[("s1", "5"), ("s2", "none")]); 6];
    answers.push(sent(&form, &[("s2", "3")]));
    let lines = totals(&form, "mentee", &answers);
    assert_eq!(line(&lines, "item:s1")["n"], 6);
    assert_eq!(line(&lines, "item:s2")["n"], Value::Null);
}

#[test]
fn an_interval_ends_where_the_scale_ends() {
    let form = form("midway_mentee");
    let answers = |value: &str| -> Vec<(String, String)> {
        (1..=8).map(|number| (format!("s{number}"), value.to_owned())).collect()
    };
    let all: Vec<Answers> = (0..12)
        .map(|number| {
            let pairs = answers(if number == 0 { "3" } else { "5" });
            let pairs: Vec<(&str, &str)> = pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
            sent(&form, &pairs)
        })
        .collect();
    let lines = totals(&form, "mentee", &all);
    let figure = &line(&lines, "scale:SUP")["figure"];
    assert!(figure["value"].as_f64().unwrap() + 0.25 >= 5.0, "the interval would run past 5: {figure}");
    assert_eq!(figure["high"].as_f64(), Some(5.0));
    assert!(line(&lines, "item:s1")["mean"]["high"].as_f64().is_none_or(|high| high <= 5.0));
}

#[test]
fn support_is_the_mean_of_those_who_answered_six_of_eight() {
    let form = form("midway_mentee");
    let whole: Vec<(String, &str)> = (1..=6).map(|number| (format!("s{number}"), "4")).collect();
    let whole: Vec<(&str, &str)> = whole.iter().map(|(key, value)| (key.as_str(), *value)).collect();
    let mut answers = vec![sent(&form, &whole); 12];
    answers.push(sent(&form, &whole[..5]));
    let lines = totals(&form, "mentee", &answers);
    assert_eq!(
        (&line(&lines, "scale:SUP")["figure"]["n"], &line(&lines, "scale:SUP")["figure"]["value"]),
        (&12.into(), &4.0.into())
    );
}

#[test]
fn change_counts_those_who_answered_both_ends() {
    let form = form("final_mentor");
    let both: Vec<(String, &str)> =
        (1..=6).flat_map(|number| [(format!("k{number}_before"), "2"), (format!("k{number}_today"), "4")]).collect();
    let both: Vec<(&str, &str)> = both.iter().map(|(key, value)| (key.as_str(), *value)).collect();
    let today_only: Vec<(&str, &str)> = both.iter().copied().filter(|(key, _)| key.ends_with("today")).collect();
    let answers: Vec<Answers> = (0..9).map(|at| sent(&form, if at < 6 { &both } else { &today_only })).collect();
    let found = line(&totals(&form, "mentor", &answers), "change:SKILL").clone();
    assert_eq!(
        (&found["change"]["n"], &found["change"]["value"], &found["before"]),
        (&6.into(), &2.0.into(), &2.0.into())
    );
}

#[test]
fn goals_are_counted_from_as_hoped_on() {
    let form = form("final_mentee");
    let mut answers = vec![sent(&form, &[("g1", "1"), ("g2", "0")]); 5];
    answers.extend(vec![sent(&form, &[("g1", "-1")]); 5]);
    let found = line(&totals(&form, "mentee", &answers), "goals").clone();
    assert_eq!((&found["people"], &found["goals"], &found["reached"]), (&10.into(), &15.into(), &10.into()));
}

#[test]
fn the_recommendation_needs_ten_answers() {
    let form = form("midway_mentor");
    let answers = |many: usize| -> Vec<Answers> {
        (0..many).map(|at| sent(&form, &[("r1", ["10", "9", "8", "3"][at % 4])])).collect()
    };
    let nine = totals(&form, "mentor", &answers(9));
    assert!(nine.iter().all(|it| it.item != "recommendation"));
    let found = line(&totals(&form, "mentor", &answers(24)), "recommendation").clone();
    assert_eq!((&found["n"], &found["score"]), (&24.into(), &25.0.into()));
}

#[test]
fn questions_about_the_person_need_ten() {
    let form = form("final_mentee");
    let answers: Vec<Answers> = (0..18)
        .map(|at| sent(&form, &[("d3", if at < 9 { "yes" } else { "no" }), ("x1", if at < 9 { "yes" } else { "no" })]))
        .collect();
    let lines = totals(&form, "mentee", &answers);
    assert_eq!(line(&lines, "item:d3")["levels"][0]["count"], Value::Null);
    assert_eq!(line(&lines, "item:x1")["levels"][0]["count"], Value::Null, "the third option is nobody's");
    let many: Vec<Answers> = (0..18).map(|at| sent(&form, &[("x1", ["yes", "no", "not sure"][at % 3])])).collect();
    assert_eq!(line(&totals(&form, "mentee", &many), "item:x1")["levels"][0]["count"], 6);
}

#[test]
fn only_sentences_with_consent_may_be_quoted() {
    let form = form("final_mentee");
    let quote = |text: &str, consent: &str| sent(&form, &[("t6", text), ("t6_consent", consent)]);
    let answers = [
        quote("b", "anonymously"),
        quote("a", "with my name"),
        quote("c", "no"),
        quote("d", ""),
        quote("", "with my name"),
    ];
    let quotes = line(&totals(&form, "mentee", &answers), "quotes").clone();
    assert_eq!(quotes.as_array().unwrap().iter().map(|it| it["text"].clone()).collect::<Vec<_>>(), ["a", "b"]);
}

/// One person's answers to every question, from a handful of chance.
fn anyone(form: &Form, seeds: &[u8]) -> Answers {
    let mut answers = Answers::new();
    for (at, field) in form.fields().enumerate() {
        let seed = usize::from(seeds[at % seeds.len()]) + at;
        let points = field.points();
        if seed.is_multiple_of(5) {
            continue;
        }
        if !points.is_empty() {
            answers.set(&field.key, points[seed % points.len()].0);
        } else if field.kind == forms::Kind::Choice {
            answers.set(&field.key, field.options[seed % field.options.len()].clone());
        } else if field.kind == forms::Kind::Multi && !field.options.is_empty() {
            answers.set(&field.key, vec![field.options[seed % field.options.len()].clone()]);
        } else if field.kind == forms::Kind::Number {
            answers.set(&field.key, (seed % 12) as i64);
        }
    }
    answers
}

/// Every count that a reader of the results finds.
fn counts_in(value: &Value, found: &mut Vec<i64>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let counts = ["count", "n", "answered", "people", "goals", "reached"].contains(&name.as_str());
                found.extend(value.as_i64().filter(|_| counts));
                counts_in(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|it| counts_in(it, found)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    // SRV5
    #[test]
    fn no_snapshot_shows_a_count_of_one_to_four(people in prop::collection::vec(prop::collection::vec(0u8..60, 1..24), 0..32), mentor: bool) {
        let (name, role) = if mentor { ("final_mentor", "mentor") } else { ("final_mentee", "mentee") };
        let form = form(name);
        let answers: Vec<Answers> = people.iter().map(|seeds| anyone(&form, seeds)).collect();
        let lines = totals(&form, role, &answers);
        let mut found = Vec::new();
        for line in &lines {
            counts_in(&line.data, &mut found);
        }
        prop_assert!(found.iter().all(|count| *count >= 5), "{found:?}");
        // What is shown and what is hidden must not differ by one to four either.
        for line in lines.iter().filter(|it| it.item.starts_with("item:")) {
            let n = line.data["n"].as_i64().unwrap_or_default();
            let top = line.data["top"]["share"].as_f64().map(|share| (share * n as f64).round() as i64);
            prop_assert!(top.is_none_or(|top| top >= 5 && n - top >= 5), "{} {:?}", line.item, line.data);
        }
    }
}
