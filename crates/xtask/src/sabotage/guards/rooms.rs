//! Applications, matching, surveys and all other rooms.

use super::{Guard, edit};

const INTAKE_APPLICATIONS: &str = "crates/intake/src/applications.rs";
const INTAKE_ACCESS: &str = "crates/intake/src/access.rs";
const MATCHING_ANSWER: &str = "crates/matching/src/answer.rs";
const MATCHING_QUESTION: &str = "crates/matching/src/question.rs";
const MATCHING_PROPOSALS: &str = "crates/matching/src/proposals.rs";
const MATCHING_PROPOSE: &str = "crates/matching/src/propose.rs";
const MATCHING_DIRECTORY: &str = "crates/matching/src/directory.rs";
const MATCHING_SEARCH: &str = "crates/matching/src/search.rs";
const MATCHING_WHO: &str = "crates/matching/src/who.rs";
const MATCHING_PROFILE: &str = "crates/matching/src/profile.rs";
const EVALUATION_PUBLICATIONS: &str = "crates/evaluation/src/publications.rs";
const EVALUATION_SURVEYS: &str = "crates/evaluation/src/surveys.rs";
const EVALUATION_ANSWER: &str = "crates/evaluation/src/answer.rs";
const EVALUATION_READ: &str = "crates/evaluation/src/read.rs";
const LETTERS_OWN: &str = "crates/letters/src/own.rs";
const REPORTING_PUBLICATIONS: &str = "crates/reporting/src/publications.rs";
const REPORTING_TEXTS: &str = "crates/reporting/src/texts.rs";
const REPORTING_REPORTS: &str = "crates/reporting/src/reports.rs";
const ALUMNI_CERTIFICATES: &str = "crates/alumni/src/certificates.rs";
const MEMBERSHIP_HELP: &str = "crates/membership/src/help.rs";
const MEMBERSHIP_APPOINT: &str = "crates/membership/src/appoint.rs";
const MEMBERSHIP_LOOK_UP: &str = "crates/membership/src/look_up.rs";
const TRAINING_VISIBLE: &str = "crates/training/src/visible.rs";

pub const GUARDS: &[Guard] = &[
    Guard {
        name: "application: one's own",
        keeps: "An application is there for the one who wrote it.",
        edits: &[edit(INTAKE_APPLICATIONS, "find(tx, id)?.filter(|it| ⟦it.person == person⟧)", "true")],
    },
    Guard {
        name: "application: of this cohort",
        keeps: "The committee finds an application in its own cohort.",
        edits: &[edit(INTAKE_APPLICATIONS, ".filter(|it| ⟦it.cohort == cohort⟧ && it.submitted_at", "true")],
    },
    Guard {
        name: "application: given",
        keeps: "A draft is not there for the committee.",
        edits: &[edit(INTAKE_APPLICATIONS, "it.cohort == cohort && ⟦it.submitted_at.is_some()⟧)", "true")],
    },
    Guard {
        name: "application: colleagues",
        keeps: "Nobody reads their own application or a colleague's from the committee's side.",
        edits: &[edit(INTAKE_ACCESS, ".conflict(⟦aside.contains(&application.person)⟧)", "false")],
    },
    Guard {
        name: "application: during the selection",
        keeps: "Reviewers read applications until the duos are confirmed.",
        edits: &[edit(INTAKE_ACCESS, ".when(⟦selection_runs(&calendar, tx)⟧, Condition::SelectionRuns)", "true")],
    },
    Guard {
        name: "sealed: after the choosing",
        keeps: "What is sealed opens when the choosing is over.",
        edits: &[edit(
            INTAKE_ACCESS,
            ".when(⟦calendar.is_over(CHOOSING_ENDS, tx.now())⟧, Condition::ListsAreClosed)",
            "true",
        )],
    },
    Guard {
        name: "nomination: accepted",
        keeps: "A nomination is not there for the committee before the nominee accepts.",
        edits: &[edit(
            INTAKE_ACCESS,
            r#"nominations::find(tx, nomination)?.filter(|it| ⟦it.state == "accepted"⟧)"#,
            "true",
        )],
    },
    Guard {
        name: "request: one of the two",
        keeps: "A request is there for who sent it and for who received it.",
        edits: &[edit(MATCHING_ANSWER, "request.filter(|it| ⟦it.mentor == person || it.mentee == person⟧)", "true")],
    },
    Guard {
        name: "request: asked back by its mentor",
        keeps: "The mentor who was asked may ask something back.",
        edits: &[edit(MATCHING_QUESTION, ".filter(|it| ⟦it.mentor == person⟧)", "true")],
    },
    Guard {
        name: "request: replied by its mentee",
        keeps: "The mentee who asked replies.",
        edits: &[edit(MATCHING_QUESTION, ".filter(|it| ⟦it.mentee == person⟧)", "true")],
    },
    Guard {
        name: "proposal: one of the two",
        keeps: "A proposal is there for the two it names.",
        edits: &[edit(MATCHING_PROPOSALS, "⟦[self.mentee, self.mentor].contains(&person)⟧ &&", "true")],
    },
    Guard {
        name: "proposal: sent",
        keeps: "A drafted pair is not there for the two.",
        edits: &[edit(MATCHING_PROPOSALS, r#".contains(&person) && ⟦self.state != "draft"⟧"#, "true")],
    },
    Guard {
        name: "proposal: of this cohort",
        keeps: "A draft is dropped in its own cohort.",
        edits: &[edit(MATCHING_PROPOSE, ".filter(|it| ⟦it.cohort == cohort.id⟧);", "true")],
    },
    Guard {
        name: "directory: committee",
        keeps: "The directory is there for mentees and for the committee of its cohort.",
        edits: &[edit(MATCHING_DIRECTORY, "if ⟦!is_mentee && !is_committee⟧ {", "false")],
    },
    Guard {
        name: "directory: committee of this cohort",
        keeps: "The committee of another cohort is none here.",
        edits: &[edit(MATCHING_WHO, "⟦visit.subject.reaches(COMMITTEE, Some(cohort.number()))⟧", "true")],
    },
    Guard {
        name: "directory: kept apart",
        keeps: "Whoever is kept apart from a reader is in no list, no figure and no search.",
        edits: &[edit(MATCHING_SEARCH, "⟦visible.take_out(&catalog.places_of(asking.apart));⟧", "")],
    },
    Guard {
        name: "profile: readers",
        keeps: "A profile opens with a proof that somebody may read it at this time.",
        edits: &[edit(
            MATCHING_PROFILE,
            "let grant: Grant<of::ProfileMentor> = ⟦visit.grant(&facts)?⟧;",
            "policy::grant(&visit.subject, &facts.own(true)).ok_or(Failure::NotFound)?",
        )],
    },
    Guard {
        name: "survey: of this cohort",
        keeps: "Results are there for the committee of their cohort.",
        edits: &[edit(EVALUATION_SURVEYS, "⟦visit.admit(Some(survey.cohort))?;⟧", "")],
    },
    Guard {
        name: "survey: who takes part",
        keeps: "A survey is answered by who still takes part.",
        edits: &[edit(EVALUATION_ANSWER, "if ⟦grant.is_none()⟧ {", "false")],
    },
    Guard {
        name: "survey: who was asked",
        keeps: "A survey is answered by who was asked.",
        edits: &[edit(
            EVALUATION_ANSWER,
            "⟦surveys::has_answered(tx, survey.id, person)?.ok_or(Failure::NotFound)?⟧",
            "surveys::has_answered(tx, survey.id, person)?.unwrap_or(false)",
        )],
    },
    Guard {
        name: "survey: words",
        keeps: "What people wrote is read by chair and deputy alone.",
        edits: &[edit(
            EVALUATION_READ,
            "    ⟦visit.grant(&facts).ok()⟧\n",
            "policy::grant(&policy::Subject { person: Some(1), memberships: vec![policy::Membership { role: Role::Chair, cohort: None }], former: Vec::new() }, &facts)",
        )],
    },
    Guard {
        name: "letter: one's own",
        keeps: "A letter is read by the one it went to.",
        edits: &[edit(
            LETTERS_OWN,
            "visit.id(\"letter\")?;\n    let letters = ⟦outbox::of_account(tx, &own(visit)?, MOST)?⟧;",
            "outbox::newest(tx, 100_000, 0)?",
        )],
    },
    Guard {
        name: "report: of this cohort",
        keeps: "A report is there for the readers of its cohort.",
        edits: &[
            edit(REPORTING_REPORTS, "⟦visit.admit(Some(head.cohort))?;⟧", ""),
            edit(
                REPORTING_REPORTS,
                "visit.grant::<_, may::Read>(&⟦facts(head.cohort)⟧)?",
                "About::of_program().when(true, Condition::IsSubmitted)",
            ),
        ],
    },
    Guard {
        name: "report: submitted",
        keeps: "The board reads what is submitted.",
        edits: &[edit(REPORTING_REPORTS, ".when(⟦true⟧, Condition::IsSubmitted)", "false")],
    },
    Guard {
        name: "published: report",
        keeps: "The figures of a report are there for everyone once the chair has published them.",
        edits: &[edit(REPORTING_PUBLICATIONS, ".when(⟦is_published⟧, Condition::IsPublished)", "true")],
    },
    Guard {
        name: "published: none of its words",
        keeps: "What the committee wrote to the board stays with the board when the figures are published.",
        edits: &[edit(REPORTING_TEXTS, "        if ⟦self.own⟧ {", "false")],
    },
    Guard {
        name: "published: survey",
        keeps: "The totals of a survey are there for everyone once the chair has published them.",
        edits: &[edit(EVALUATION_PUBLICATIONS, ".when(⟦is_published⟧, Condition::IsPublished)", "true")],
    },
    Guard {
        name: "certificate: one's own",
        keeps: "A certificate is there for the one who earned it, when it is looked for and when it is opened.",
        edits: &[
            edit(
                ALUMNI_CERTIFICATES,
                "tx.row::<Id>(⟦&COHORT⟧, values![id, visit.person()?])",
                "platform::sabotaged(&COHORT, \"person = $2\", \"$2 is not null\")",
            ),
            edit(
                ALUMNI_CERTIFICATES,
                "tx.row(⟦&FIND⟧, values![id, Id::from(grant.person())])",
                "platform::sabotaged(&FIND, \"person = $2\", \"$2 is not null\")",
            ),
        ],
    },
    Guard {
        name: "account: of the chairs to help",
        keeps: "The office does not help into accounts of those who need a second factor.",
        edits: &[edit(MEMBERSHIP_HELP, "is_closed || ⟦!may_help(tx, visit, id)?⟧ {", "false")],
    },
    Guard {
        name: "member: of the committee",
        keeps: "The committee's page ends memberships of the committee alone.",
        edits: &[edit(MEMBERSHIP_APPOINT, "if ⟦is_of_committee⟧ && member.status", "true")],
    },
    Guard {
        name: "event: of their cohort",
        keeps: "An event is there for who takes part in its cohort, and run by its committee.",
        edits: &[edit(
            TRAINING_VISIBLE,
            "⟦Facts::in_cohort(cohort.number())⟧",
            "{ let _ = cohort; Facts::of_program() }",
        )],
    },
    Guard {
        name: "promise: of their cohort",
        keeps: "Chairs read who promised to join for their own cohort.",
        edits: &[edit(
            MEMBERSHIP_LOOK_UP,
            "visit.scope::<of::Application, may::Read>(&⟦Facts::in_cohort(cohort.id.number())⟧)",
            "Facts::of_program()",
        )],
    },
];
