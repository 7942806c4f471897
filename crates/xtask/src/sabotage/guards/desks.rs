//! Desks at which the committee works: the review of applications, files, matching.

use super::{Guard, edit};

const INTAKE_REVIEW: &str = "crates/intake/src/review.rs";
const INTAKE_DECIDE: &str = "crates/intake/src/review/decide.rs";
const MATCHING_FILES: &str = "crates/matching/src/files.rs";
const MATCHING_RUNS: &str = "crates/matching/src/desk/runs.rs";
const MATCHING_IMPORTS: &str = "crates/matching/src/desk/pair_imports.rs";
const MATCHING_STEP_IN: &str = "crates/matching/src/step_in.rs";

pub const GUARDS: &[Guard] = &[
    Guard {
        name: "review: who reads applications",
        keeps: "The review desk is there for those who may read applications.",
        edits: &[
            edit(
                INTAKE_REVIEW,
                "let scope = ⟦access::of_list(tx, visit, &cohort)?⟧;",
                "policy::scope(&policy::Subject { person: Some(1), memberships: vec![policy::Membership { role: Role::Chair, cohort: None }], former: Vec::new() }, &Facts::in_cohort(cohort.id.number())).ok_or(Failure::NotFound)?",
            ),
            edit(INTAKE_DECIDE, "if ⟦!access::may_read_applications(tx, visit, &cohort)?⟧", "false"),
        ],
    },
    Guard {
        name: "decision: of this cohort",
        keeps: "A decision is undone in its own cohort.",
        edits: &[edit(INTAKE_DECIDE, "decisions::find(tx, id)?.filter(|it| ⟦it.cohort == cohort⟧)", "true")],
    },
    Guard {
        name: "file: readers of its question",
        keeps: "A file opens to whom its question names.",
        edits: &[edit(MATCHING_FILES, "if ⟦file.person == me⟧ {", "true")],
    },
    Guard {
        name: "file: partner",
        keeps: "What partners read of each other is there for the two of one duo.",
        edits: &[edit(MATCHING_FILES, "it.cohort == cohort && ⟦it.is_of(me)⟧", "true")],
    },
    Guard {
        name: "run: of this cohort",
        keeps: "A run of the matching is found in its own cohort.",
        edits: &[edit(MATCHING_RUNS, "find(tx, visit.id(\"run\")?)?.filter(|it| ⟦it.cohort == cohort⟧)", "true")],
    },
    Guard {
        name: "pairs: imported in this cohort",
        keeps: "An import of pairs is found in its own cohort.",
        edits: &[edit(MATCHING_IMPORTS, "found.filter(|it| ⟦it.cohort == cohort⟧)", "true")],
    },
    Guard {
        name: "stepping in: of this cohort",
        keeps: "The committee steps in for requests of its own cohort.",
        edits: &[edit(MATCHING_STEP_IN, "|it: &Request| ⟦it.cohort == cohort.id⟧ &&", "true")],
    },
    Guard {
        name: "stepping in: no stake",
        keeps: "Nobody steps in where they have a stake.",
        edits: &[edit(MATCHING_STEP_IN, "⟦!stake.is_in(&[it.mentee, it.mentor])⟧;", "true")],
    },
];
