//! All doors, all jobs, and the frame around every page.

use platform::{
    app::{House, Mode},
    doors::{Doors, Failure},
    jobs::Job,
    storage::{StorageError, Tx},
    visit::Visit,
};
use policy::{Action, Role};
use shell::{Frame, NavItem};

/// What the ground must know of us.
pub fn house() -> House {
    House { subject: program::subject, frame, jobs }
}

/// Every door of the house.
pub fn doors() -> Doors {
    crate::still::doors()
        .merge(crate::home::doors())
        .merge(program::doors())
        .merge(forms::doors())
        .merge(letters::doors())
        .merge(membership::doors())
        .merge(intake::doors())
        .merge(duos::doors())
        .merge(matching::doors())
        .merge(care::doors())
        .merge(training::doors())
        .merge(evaluation::doors())
        .merge(alumni::doors())
        .merge(reporting::doors())
        .merge(mine::doors())
        .merge(crate::demo::doors())
}

/// Everything the house does by itself, in the order of the rooms.
pub fn jobs() -> Vec<Job> {
    let rooms = [
        program::jobs,
        letters::jobs,
        membership::jobs,
        intake::jobs,
        duos::jobs,
        matching::jobs,
        care::jobs,
        training::jobs,
        evaluation::jobs,
        alumni::jobs,
        reporting::jobs,
        mine::jobs,
    ];
    let ground = platform::audit::JOBS.iter().copied();
    rooms.into_iter().flat_map(|jobs| jobs()).chain(ground).chain([platform::tries::FORGET]).collect()
}

fn frame(tx: &mut Tx, visit: &Visit) -> Result<Frame, StorageError> {
    let program = program::program(tx).map_err(storage)?;
    let committee = visit.subject.holds_any(COMMITTEE);
    let cohort = if committee { program::current(tx).map_err(storage)? } else { None };
    let cohort = cohort.filter(|it| visit.may(Action::ReadDashboard, Some(it.id)));
    let banner = match visit.config.mode {
        Mode::Demo => Some(crate::demo::banner(tx, visit)),
        _ => None,
    };
    Ok(Frame {
        has_program: program.is_some(),
        brand: program.as_ref().map_or_else(|| "Duology".to_owned(), |it| it.name.clone()),
        brand_line: program.map(|it| it.association).unwrap_or_default(),
        path: visit.here.clone(),
        lang: "en".to_owned(),
        theme: visit.theme.clone(),
        person: visit.account.as_ref().map(|account| account.name.clone()),
        person_line: roles(visit),
        nav: navigation(visit, cohort.as_ref().map(|it| it.id)),
        banner,
        ..Frame::default()
    })
}

const COMMITTEE: &[Role] = &[Role::Chair, Role::Deputy, Role::Council, Role::Liaison, Role::Staff];

/// Only the database can fail here; anything else would be a fault of ours.
fn storage(failure: Failure) -> StorageError {
    match failure {
        Failure::Storage(error) => error,
        other => StorageError::Other(other.to_string()),
    }
}

fn roles(visit: &Visit) -> String {
    let mut words: Vec<&str> = Vec::new();
    for role in Role::ALL {
        if visit.holds(role) && !words.contains(&role.words()) {
            words.push(role.words());
        }
    }
    words.join(", ")
}

/// What leads where, most important first: a phone shows the first five.
fn navigation(visit: &Visit, cohort: Option<platform::ids::Id>) -> Vec<NavItem> {
    let item =
        |href: &str, words: &str, icon: &'static str| NavItem { href: href.to_owned(), words: words.to_owned(), icon };
    if visit.account.is_none() {
        return vec![
            item("/about", "The program", "book"),
            item("/apply", "Take part", "person"),
            item("/calendar", "Calendar", "calendar"),
        ];
    }
    let holds = |roles: &[Role]| visit.subject.holds_any(roles);
    let mut items = vec![item("/", "Home", "home")];
    if holds(&[Role::Mentee, Role::Mentor, Role::Alumna]) {
        items.push(item("/duo", "My duo", "duo"));
    }
    if holds(&[Role::Liaison]) {
        items.push(item("/desk", "My desk", "heart"));
    }
    if let Some(cohort) = cohort {
        items.push(item(&format!("/cohorts/{cohort}"), "Cohort", "chart"));
    }
    // The committee's directory is that of the cohort that runs.
    if holds(&[Role::Mentee]) || cohort.is_some_and(|it| visit.may(Action::ReadDirectory, Some(it))) {
        items.push(item("/mentors", "Mentors", "search"));
    }
    if holds(&[Role::Chair, Role::Deputy, Role::Staff]) {
        items.push(item("/roster", "Roster", "list"));
    }
    if holds(&[Role::Chair, Role::Deputy, Role::Staff]) {
        items.push(item("/committee", "Committee", "people"));
    }
    if holds(&[Role::Chair, Role::Deputy]) {
        items.push(item("/letters", "Letters", "letter"));
    }
    if holds(&[Role::Board, Role::Chair, Role::Deputy, Role::Council, Role::Liaison, Role::Staff]) {
        items.push(item("/reports", "Reports", "file"));
    }
    if holds(&[Role::Mentee, Role::Mentor]) {
        items.push(item("/lessons", "Lessons", "book"));
        items.push(item("/guides", "Guides", "file"));
    }
    if holds(&[Role::Alumna, Role::Chair, Role::Deputy]) {
        items.push(item("/alumni", "Former participants", "people"));
    }
    items.push(item("/calendar", "Calendar", "calendar"));
    items
}
