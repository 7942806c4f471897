//! The JSON file, and the page that describes it.

use super::*;

const PAGE: &str = include_str!("../../../../docs/pairing-file.md");

/// The example that people copy from the page.
fn example() -> &'static str {
    PAGE.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap()
}

#[test]
fn the_example_on_the_page_runs_and_pairs_as_the_page_says() {
    let plan = |objective| -> serde_json::Value {
        serde_json::from_str(&run_json(example().as_bytes(), objective).unwrap()).unwrap()
    };
    let best = plan(Objective::MostPairs);
    assert_eq!(best["pairs"][0]["mentee"], "ana");
    assert_eq!(best["pairs"][0]["mentor"], "li");
    assert_eq!(
        best["pairs"][0]["score"]["parts"][0]["words"][0],
        "Ana wants to learn budgeting; Li lists it as a strength."
    );
    assert_eq!(best["pairs"][1]["locked"], true);
    assert_eq!(best["unmatched"][0]["mentee"], "cy");
    assert_eq!(plan(Objective::Stable)["pairs"][0]["mentor"], "li");
}

// ALG5
#[test]
fn the_same_file_gives_the_same_bytes() {
    let run = || run_json(example().as_bytes(), Objective::BestTotal).unwrap();
    assert_eq!(run(), run());
    assert!(run().ends_with("}\n"));
}

#[test]
fn an_unknown_key_a_missing_one_and_another_format_are_refused() {
    let refused = |text: &str| run_json(text.as_bytes(), Objective::MostPairs).unwrap_err().to_string();
    let unknown = refused(r#"{"format":1,"mentees":[{"id":"ana","goal":["budgeting"]}],"mentors":[]}"#);
    assert!(unknown.starts_with("Line 1: The file is not as it should be: unknown field `goal`"), "{unknown}");
    let missing = refused(r#"{"format":1,"mentees":[]}"#);
    assert!(missing.starts_with("Line 1: The file is not as it should be: missing field `mentors`"), "{missing}");
    assert_eq!(
        refused(r#"{"format":3,"mentees":[],"mentors":[]}"#),
        "This file has format 3; this version reads formats 1 and 2."
    );
    assert!(refused("no json").starts_with("Line 1: The file is not as it should be: "));
}

proptest! {
    #[test]
    fn an_input_survives_the_way_through_a_file(input in worlds(4), seed in any::<u64>()) {
        let text = serde_json::to_string(&PairingFile::new(input.clone(), seed)).unwrap();
        let read: PairingFile = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(read.seed, seed);
        prop_assert_eq!(read.input(), input);
    }
}
