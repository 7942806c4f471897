//! Whatever stands in a pairing file: a plan, or a sentence. ALG1, F-23
#![no_main]

use libfuzzer_sys::fuzz_target;
use pairing::Objective;

/// With the example of the file's own description.
const PAGE: &str = include_str!("../../docs/pairing-file.md");

fuzz_target!(
    init: {
        let example = PAGE.split("```json\n").nth(1).and_then(|rest| rest.split("```").next());
        fuzz::begin_with(example);
    },
    |file: &[u8]| {
        for objective in Objective::ALL {
            match pairing::run_json(file, objective) {
                Ok(plan) => assert!(plan.starts_with('{'), "{plan}"),
                Err(refusal) => assert!(refusal.to_string().ends_with('.'), "{refusal}"),
            }
        }
    }
);
