//! Duos, their liaisons, and the breaking of the glass.

use super::{Guard, edit};

const DUOS_DUOS: &str = "crates/duos/src/duos.rs";
const DUOS_ACCESS: &str = "crates/duos/src/access.rs";
const DUOS_NOTES: &str = "crates/duos/src/notes.rs";
const DUOS_ROOM: &str = "crates/duos/src/room.rs";
const DUOS_MEETINGS: &str = "crates/duos/src/meetings.rs";
const CARE_DUO_STATUS: &str = "crates/care/src/duo_status.rs";
const CARE_LIAISONS: &str = "crates/care/src/liaisons.rs";
const CARE_APPOINT: &str = "crates/care/src/appoint.rs";
const MEMBERSHIP_CONFLICTS: &str = "crates/membership/src/conflicts.rs";
const CARE_CONCERNS: &str = "crates/care/src/concerns/access.rs";
const CARE_COMPLETE: &str = "crates/care/src/complete.rs";
const CARE_ANSWER: &str = "crates/care/src/answer.rs";
const CARE_OPENING: &str = "crates/care/src/opening.rs";
const CARE_RULES_OPENING: &str = "crates/care/src/rules/opening.rs";
const CARE_OPENED: &str = "crates/care/src/opened.rs";

pub const GUARDS: &[Guard] = &[
    Guard {
        name: "duo: its two people",
        keeps: "The pages of a duo are there for its two people.",
        edits: &[edit(DUOS_DUOS, ".filter(|it| ⟦it.is_of(person)⟧).ok_or(Failure::NotFound)", "true")],
    },
    Guard {
        name: "duo: its two people, both walls",
        keeps: "What a duo keeps opens with a proof that somebody is one of the two.",
        edits: &[
            edit(DUOS_DUOS, ".filter(|it| ⟦it.is_of(person)⟧).ok_or(Failure::NotFound)", "true"),
            edit(DUOS_ACCESS, ".duo(⟦duo.is_of(person)⟧)", "true"),
        ],
    },
    Guard {
        name: "note: removed by its author",
        keeps: "A note is deleted by whoever wrote it.",
        edits: &[edit(
            DUOS_NOTES,
            "tx.exec(⟦&REMOVE⟧, values![note, duo.id, author])",
            r#"platform::sabotaged(&REMOVE, "author = $3", "$3 is not null")"#,
        )],
    },
    Guard {
        name: "note: private",
        keeps: "A private note is read by its author alone.",
        edits: &[edit(
            DUOS_NOTES,
            "tx.rows(⟦&READABLE⟧, values![duo.id, person, most])",
            r#"platform::sabotaged(&READABLE, "(kind = 'shared' or author = $2)", "$2 is not null")"#,
        )],
    },
    Guard {
        name: "duo: how to reach the partner",
        keeps: "Whoever takes part no more reads no address of their partner.",
        edits: &[edit(
            DUOS_ROOM,
            "let Ok(proof) = ⟦access::of_duo::<of::PersonDetails, may::Read>(visit, duo)⟧ else",
            "visit.grant::<of::PersonDetails, may::Read>(&access::facts(person, duo).own(true))",
        )],
    },
    Guard {
        name: "meeting: of this duo",
        keeps: "A meeting is found under its own duo.",
        edits: &[edit(
            DUOS_MEETINGS,
            "tx.row(⟦&FIND⟧, values![meeting, duo.id])",
            r#"platform::sabotaged(&FIND, "duo = $2", "$2 is not null")"#,
        )],
    },
    Guard {
        name: "desk: not one's own duo",
        keeps: "Whoever is in a duo does not find it at a desk.",
        edits: &[edit(CARE_APPOINT, "duos::duo(tx, duo)?.filter(|it| ⟦!stake.is_in(&it.people())⟧)", "true")],
    },
    Guard {
        name: "desk: liaison or chair",
        keeps: "The state of a duo is there for its liaison and the chairs.",
        edits: &[edit(CARE_DUO_STATUS, "if ⟦!is_liaison && !is_chair⟧ {", "false")],
    },
    Guard {
        name: "desk: the liaison of now",
        keeps: "A liaison has the duos that they accompany now.",
        edits: &[edit(CARE_DUO_STATUS, "&& ⟦liaison.as_ref().is_some_and(|it| it.person == person)⟧;", "true")],
    },
    Guard {
        name: "desk: the role of now",
        keeps: "A role that has ended takes its duos off the desk, whatever else the liaison still is.",
        edits: &[edit(
            CARE_LIAISONS,
            "tx.rows(⟦&IN_SCOPE⟧, values![",
            r#"platform::sabotaged(&IN_SCOPE, "cohort = coalesce($2, cohort)", "coalesce($2, cohort) is not null")"#,
        )],
    },
    Guard {
        name: "desk: chair of this cohort",
        keeps: "A chair has the duos of their own cohort.",
        edits: &[edit(
            CARE_DUO_STATUS,
            "let is_chair = ⟦visit.holds_in(Role::Chair, duo.cohort) || visit.holds_in(Role::Deputy, duo.cohort)⟧;",
            "true",
        )],
    },
    Guard {
        name: "desk: answers",
        keeps: "Check-in answers are opened and shown to the liaison of the duo, not to a chair.",
        edits: &[
            edit(CARE_DUO_STATUS, "policy::Facts::in_cohort(duo.cohort.number()).assigned(⟦is_liaison⟧);", "true"),
            edit(CARE_DUO_STATUS, "@if ⟦facts.is_liaison⟧ {\n            (shell::columns", "true"),
        ],
    },
    Guard {
        name: "task: whose it is",
        keeps: "A task is there for the one who has it.",
        edits: &[edit(CARE_COMPLETE, ".filter(|_| ⟦is_theirs⟧)", "true")],
    },
    Guard {
        name: "task: of the chairs",
        keeps: "A task of nobody is there for the chairs.",
        edits: &[edit(CARE_COMPLETE, ".assigned(⟦place.person == Some(person)⟧)", "true")],
    },
    Guard {
        name: "task: not about one's own duo",
        keeps: "Nobody has a task about their own duo.",
        edits: &[edit(CARE_COMPLETE, ".conflict(⟦has_stake⟧)", "false")],
    },
    Guard {
        name: "check-in: one's own",
        keeps: "A check-in is answered by the one who was asked.",
        edits: &[edit(CARE_ANSWER, "checkin.filter(|it| ⟦it.person == person⟧)", "true")],
    },
    Guard {
        name: "stake: in what is one's own",
        keeps: "A chair who is in a duo opens nothing of it.",
        // Whoever works somewhere is also found among those who work there.
        edits: &[
            edit(MEMBERSHIP_CONFLICTS, "let mut people = ⟦vec![member]⟧;", "Vec::new()"),
            edit(
                MEMBERSHIP_CONFLICTS,
                "⟦people.extend(crate::people::colleagues(tx, member)?);⟧",
                "people.extend(crate::people::colleagues(tx, member)?.into_iter().filter(|it| *it != member));",
            ),
        ],
    },
    Guard {
        name: "stake: declared",
        keeps: "Whoever steps aside from somebody finds nothing of theirs on the committee's side.",
        edits: &[edit(MEMBERSHIP_CONFLICTS, "⟦people.extend(declared_by(tx, member)?);⟧", "")],
    },
    Guard {
        name: "stake: in what concerns a colleague",
        keeps: "Whoever works for the same employer has no right that follows from the committee.",
        edits: &[edit(MEMBERSHIP_CONFLICTS, "⟦people.extend(crate::people::colleagues(tx, member)?);⟧", "")],
    },
    Guard {
        name: "glass: chair or deputy",
        keeps: "Chair and deputy of the cohort ask, and nobody else.",
        edits: &[edit(
            CARE_OPENING,
            "let proof = visit.grant(&⟦policy::Facts::in_cohort(duo.cohort.number())⟧.duo(",
            "policy::Facts::of_program()",
        )],
    },
    Guard {
        name: "glass: the two who broke it",
        keeps: "What was opened is open to the two who opened it.",
        edits: &[edit(CARE_RULES_OPENING, "⟦openers.contains(&reader)⟧ && now >= confirmed_at", "true")],
    },
    Guard {
        name: "glass: an hour",
        keeps: "What was opened is open for an hour.",
        edits: &[edit(CARE_RULES_OPENING, "now >= confirmed_at && ⟦now < confirmed_at + LASTS⟧", "true")],
    },
    Guard {
        name: "glass: told to the two",
        keeps: "Why something was opened is read by the two people of the duo.",
        edits: &[edit(CARE_OPENED, "duos::duo(tx, opening.duo)?.filter(|it| ⟦it.is_of(person)⟧)", "true")],
    },
    Guard {
        name: "concern: kept from whom it is about",
        keeps: "Whom a concern is about, whoever was left out and whoever has a stake finds no trace of it.",
        edits: &[edit(CARE_CONCERNS, ".conflict(⟦is_kept || has_stake⟧))", "false")],
    },
    Guard {
        name: "concern: the liaison of now",
        keeps: "A liaison reads concerns of the duos that they accompany now.",
        edits: &[edit(CARE_CONCERNS, ".assigned(⟦accompanies⟧)", "true")],
    },
    Guard {
        name: "concern: passed on",
        keeps: "Council and office read a concern that was passed on to them.",
        edits: &[edit(CARE_CONCERNS, ".when(⟦is_referred⟧, Condition::Referred)", "true")],
    },
];
