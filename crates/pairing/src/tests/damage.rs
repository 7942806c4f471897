//! Files that are broken, odd or large: an answer or a sentence, never a panic.

use super::*;

const PAGE: &str = include_str!("../../../../docs/pairing-file.md");

fn example() -> &'static str {
    PAGE.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap()
}

/// What hurts where it lands.
const SPLINTERS: [&str; 24] = [
    "NaN",
    "1e9",
    "1e999",
    "-1",
    "-0.0",
    "0",
    "null",
    "true",
    "\"\"",
    "\"ana\"",
    "\"li\"",
    "[]",
    "{}",
    "[[[[",
    "}",
    ",",
    "4294967295",
    "99999999999999999999",
    "\"\\ud800\"",
    "\u{0}",
    "\u{feff}",
    "\"seed\":",
    "255",
    "100.0000001",
];

fn damaged(dice: &mut Dice) -> Vec<u8> {
    let mut bytes = example().as_bytes().to_vec();
    // Half of the files stay files: a letter or a figure is another one.
    if dice.below(2) == 0 {
        for _ in 0..=dice.below(2) {
            let at = dice.below(bytes.len());
            if bytes[at].is_ascii_alphanumeric() {
                bytes[at] = b"0123456789abcilnorstXZ"[dice.below(22)];
            }
        }
        return bytes;
    }
    for _ in 0..=dice.below(3) {
        let at = dice.below(bytes.len());
        let end = (at + dice.below(40)).min(bytes.len());
        match dice.below(6) {
            0 => bytes[at] = dice.below(256) as u8,
            1 => drop(bytes.drain(at..end)),
            2 => bytes = [&bytes[..end], &bytes[at..]].concat(),
            3 => bytes.truncate(at.max(1)),
            4 => drop(bytes.splice(at..at, SPLINTERS[dice.below(SPLINTERS.len())].bytes())),
            // In the place of a whole value, where the file stays readable.
            _ => {
                let from = at + bytes[at..].iter().position(|byte| *byte == b':').map_or(0, |found| found + 1);
                let to = from + bytes[from..].iter().position(|byte| b",]}\n".contains(byte)).unwrap_or_default();
                drop(bytes.splice(from..to, SPLINTERS[dice.below(SPLINTERS.len())].bytes()));
            }
        }
        if bytes.is_empty() {
            bytes.push(b' ');
        }
    }
    bytes
}

#[test]
fn twenty_thousand_damaged_files_get_a_plan_or_a_sentence() {
    let mut dice = Dice(41);
    let (mut plans, mut sentences) = (0, std::collections::HashSet::new());
    for at in 0..20_000 {
        let file = damaged(&mut dice);
        let text = String::from_utf8_lossy(&file).into_owned();
        let run = || run_json(&file, Objective::ALL[at % 3]);
        match std::panic::catch_unwind(run).unwrap_or_else(|_| panic!("panicked on {text}")) {
            Ok(plan) => {
                plans += 1;
                let plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
                let people = plan["pairs"].as_array().unwrap().len() + plan["unmatched"].as_array().unwrap().len();
                assert!(people <= 3, "{text}");
            }
            Err(refusal) => {
                let sentence = refusal.to_string();
                assert!(sentence.ends_with('.'), "{sentence}");
                // Without what was typed, so that kinds are counted.
                let refusal = if let Refusal::InLine { refusal, .. } = refusal { *refusal } else { refusal };
                let kind = std::mem::discriminant(&refusal);
                sentences.insert(kind);
            }
        }
    }
    // The damage reaches past the reader: many files still pair people, and most kinds of refusal are met.
    assert!(plans > 4_000 && sentences.len() >= 8, "{plans} plans, {} kinds of refusal", sentences.len());
}

#[test]
fn what_is_refused_names_its_line() {
    let refused = |from: &str, to: &str| {
        assert!(example().contains(from), "{from}");
        let file = example().replacen(from, to, 1);
        run_json(file.as_bytes(), Objective::MostPairs).unwrap_err().to_string()
    };
    let line = |of: &str| 1 + example().lines().position(|line| line.contains(of)).unwrap();
    for (from, to, sentence) in [
        ("\"goals\": 40", "\"goals\": 1e9", "The weight of goals and topics must be a number between 0 and 1000."),
        (
            "\"ranked\": [\"li\", \"mo\"]",
            "\"ranked\": [\"ana\"]",
            "Ana stands on their own list. Nobody can be their own mentor.",
        ),
        (
            "\"ranked\": [\"li\", \"mo\"]",
            "\"ranked\": [\"li\", \"li\"]",
            "Ana ranks li twice. Each name stands once in a list.",
        ),
        (
            "\"mentor\": \"mo\" }]",
            "\"mentor\": \"zed\" }]",
            "The locked pairs name the mentor zed, who is not in the pool.",
        ),
        ("\"least\": 0", "\"least\": 101", "The least score must be a number between 0 and 100."),
        ("\"id\": \"cy\"", "\"id\": \"bo\"", "The id bo stands twice among the mentees."),
        ("\"hours\": [11, 34, 35]", "\"hours\": [11, 34, 200]", "Li has a free hour outside 0 to 167."),
    ] {
        assert_eq!(refused(from, to), format!("Line {}: {sentence}", line(from)));
    }
    let nought = refused(
        "\"goals\": 40, \"style\": 20, \"organisation\": 15, \"logistics\": 15, \"place\": 5, \"rotation\": 5",
        "\"goals\": 0, \"style\": 0, \"organisation\": 0, \"logistics\": 0, \"place\": 0, \"rotation\": 0",
    );
    assert!(nought.contains("All weights are nought"), "{nought}");
    let nan = refused("\"goals\": 40", "\"goals\": NaN");
    assert!(nan.starts_with(&format!("Line {}: ", line("\"goals\": 40"))), "{nan}");
    let shape = refused("\"mentors\": [", "\"mentors\": {");
    assert!(shape.starts_with(&format!("Line {}: ", line("\"mentors\": ["))), "{shape}");
}

#[test]
fn a_name_that_is_gone_is_noted_with_its_line() {
    let file = example().replacen("\"ranked\": [\"li\", \"mo\"]", "\"ranked\": [\"gone\", \"li\"]", 1);
    let line = 1 + file.lines().position(|line| line.contains("gone")).unwrap();
    let plan: serde_json::Value = serde_json::from_str(&run_json(file.as_bytes(), Objective::Stable).unwrap()).unwrap();
    assert_eq!(plan["notes"][0]["line"], line);
    assert_eq!(plan["notes"][0]["words"], "Ana ranks gone, who is not in the pool; the name is passed over.");
}

#[test]
fn a_file_past_the_limit_is_refused_unread() {
    let file = vec![b'{'; FILE_AT_MOST + 1];
    let refusal = run_json(&file, Objective::Stable).unwrap_err().to_string();
    assert_eq!(refusal, "The file has 100000001 bytes; 100000000 are the most.");
}

#[test]
fn ten_thousand_equal_scores_give_everybody_somebody() {
    let mut input = Input {
        mentees: (0..100).map(|at| mentee(&format!("e{at}"), &[])).collect(),
        mentors: (0..100).map(|at| mentor(&format!("m{at}"), &[])).collect(),
        ..Input::default()
    };
    for (e, m) in (0..100).flat_map(|e| (0..100).map(move |m| (e, m))) {
        input.scores.push(given(&format!("e{e}"), &format!("m{m}"), 37.5));
    }
    for objective in Objective::ALL {
        let made = plan(&input, objective, 9).unwrap();
        assert_eq!((made.pairs.len(), made.total), (100, Points::new(3750.0)));
        assert_eq!(made, plan(&input, objective, 9).unwrap());
    }
}

#[test]
fn one_mentor_wanted_by_all_goes_to_one_and_the_others_read_who_it_is() {
    let mut input = Input {
        mentees: (0..500).map(|at| mentee(&format!("e{at}"), &["star"])).collect(),
        mentors: vec![mentor("star", &[])],
        ..Input::default()
    };
    input.lists = Lists::Bind;
    for objective in Objective::ALL {
        let made = plan(&input, objective, 2).unwrap();
        assert_eq!((made.pairs.len(), made.unmatched.len()), (1, 499));
        let holder = &made.pairs[0].mentee;
        let words = &made.unmatched[0].words;
        assert!(words.ends_with(&format!("the nearest, star, is with {holder}.")), "{words}");
    }
}

#[test]
fn a_pool_in_which_every_pair_is_excluded_leaves_everybody_with_the_reason() {
    let colleague = |id: &str| Mentee { employer: Some("lake".into()), ..mentee(id, &[]) };
    let input = Input {
        mentees: vec![colleague("ana"), colleague("bo")],
        mentors: vec![Mentor { employer: Some("Lake".into()), ..mentor("li", &[]) }],
        ..Input::default()
    };
    for objective in Objective::ALL {
        let made = plan(&input, objective, 0).unwrap();
        assert_eq!(made.pairs, []);
        assert_eq!(made.unmatched[1].words, "No mentor is left for bo after the rules: kept apart (1).");
        assert_eq!((made.rules[0].mentees_left_with_nobody, made.rules[0].mentors_left_with_nobody), (2, 1));
    }
}
