//! What asks again, within ten minutes, who somebody is: exports, roles, letters to many,
//! what is sealed, and one's own way in. A new door of one of these kinds asks, too, or
//! stands here with its reason; a new action of the committee is put into one of the lists.

use axum::http::Method;
use platform::doors::Door;
use policy::{Action, Audience};

use crate::house::doors;

/// Whoever gives a role, a right of it or a key to the house.
const ROLES: [Action; 5] =
    [Action::AppointCommittee, Action::AppointLiaison, Action::HandOverChair, Action::RunTokens, Action::EndAccount];
/// Whoever opens what is sealed.
const SEALED: [Action; 2] = [Action::BreakGlass, Action::OpenSealedWishes];
const LETTERS: [Action; 1] = [Action::WriteAlumniLetter];
/// Whoever takes a list along.
const LISTS: [Action; 2] = [Action::TakeApplicationsAlong, Action::TakeDuosAlong];

/// What goes to many at once, or is made for them all, through actions that mostly do less.
const MANY: [&str; 6] = [
    "POST /cohorts/{cohort}/opening",
    "POST /cohorts/{cohort}/closing",
    "POST /cohorts/{cohort}/review/decisions",
    "POST /cohorts/{cohort}/matching/letters",
    "POST /cohorts/{cohort}/matching/imports/{import}/application",
    "POST /cohorts/{cohort}/matching/imports/{import}/undoing",
];

/// Doors of those kinds that do not ask, each with its reason.
const EXCUSED: [(&str, &str); 3] = [
    ("POST /tokens/{id}/end", "taking a right away is never made harder"),
    ("GET /events/{event}/calendar.ics", "one date of one event, as its page shows it"),
    ("GET /calendar.ics", "the program's own dates, open to all"),
];

/// What else the committee and the office do: one record at a time, or nothing that leaves.
const OTHERS: [Action; 23] = [
    Action::EditPages,
    Action::RunProgram,
    Action::EditForms,
    Action::ReadLetters,
    Action::HelpAccount,
    Action::DeclareConflict,
    Action::ReadRoster,
    Action::CorrectRoster,
    Action::ImportRoster,
    Action::ScoreApplications,
    Action::DecideApplications,
    Action::ReadApplication,
    Action::WriteEligibility,
    Action::Propose,
    Action::ReviewPlan,
    Action::WriteContact,
    Action::WriteTask,
    Action::RunEvents,
    Action::RunSurveys,
    Action::WriteReport,
    Action::SubmitReport,
    Action::Publish,
    Action::ReadRosterLines,
];

fn name(door: &Door) -> String {
    format!("{} {}", door.method, door.path)
}

/// A table, a sheet or data that leaves the house as a file.
fn is_export(door: &Door) -> bool {
    let last = door.path.rsplit('/').next().unwrap_or_default();
    let is_file = [".csv", ".pdf", ".json", ".html", ".xlsx", ".zip", ".ics"].iter().any(|it| last.ends_with(it));
    let is_public = door.action.audience() == Audience::Public;
    is_file && !is_public || door.path.contains("/export/") || last == "download" && door.method == Method::POST
}

fn must_ask(door: &Door) -> bool {
    let changes = door.method != Method::GET;
    let of_kind = [&ROLES[..], &SEALED, &LETTERS, &LISTS].concat();
    let is_of_kind = changes && of_kind.contains(&door.action);
    let is_excused = EXCUSED.iter().any(|(it, _)| *it == name(door));
    (is_of_kind || is_export(door) || MANY.contains(&name(door).as_str())) && !is_excused
}

#[test]
fn exports_roles_letters_to_many_and_what_is_sealed_ask_again() {
    let doors = doors();
    let silent: Vec<String> = doors.list().iter().filter(|it| must_ask(it) && !it.asks_again).map(name).collect();
    assert_eq!(silent, Vec::<String>::new(), "these open without asking again");
    let asking = doors.list().iter().filter(|it| must_ask(it)).count();
    assert!(asking >= 28, "only {asking} doors were found that must ask");
}

#[test]
fn every_action_of_the_committee_is_known_to_ask_again_or_not_to() {
    for door in doors().list() {
        let Audience::Roles(roles) = door.action.audience() else { continue };
        let of_participants = roles.iter().all(|it| matches!(it, policy::Role::Mentee | policy::Role::Mentor));
        if door.method == Method::GET || of_participants {
            continue;
        }
        let known = [&ROLES[..], &SEALED, &LETTERS, &LISTS, &OTHERS].concat();
        assert!(known.contains(&door.action), "{}: put {:?} into one of the lists", name(door), door.action);
    }
}

#[test]
fn what_asks_without_need_is_ones_own_way_in() {
    let own = [Action::SecureSignIn, Action::WriteOwnAccount, Action::TakeOwnAlong, Action::BeForgotten];
    for door in doors().list().iter().filter(|it| it.asks_again && !must_ask(it)) {
        assert!(own.contains(&door.action), "{} asks again and nobody knows why", name(door));
    }
    for stale in MANY.iter().chain(EXCUSED.iter().map(|(it, _)| it)) {
        assert!(doors().list().iter().any(|it| name(it) == *stale), "{stale} is no door");
    }
}
