//! What is somebody's own, through the doors of all rooms and on both databases.

use platform::prelude::*;
use testing::House;

mod erasing;
mod every_table;
mod taking;
mod world;

/// The doors of all rooms.
fn doors() -> Doors {
    program::doors()
        .merge(forms::doors())
        .merge(::letters::doors())
        .merge(membership::doors())
        .merge(intake::doors())
        .merge(duos::doors())
        .merge(matching::doors())
        .merge(care::doors())
        .merge(training::doors())
        .merge(evaluation::doors())
        .merge(alumni::doors())
        .merge(reporting::doors())
        .merge(crate::doors())
}

/// Everything that the house does by itself.
fn jobs() -> Vec<platform::jobs::Job> {
    let rooms = [
        program::jobs,
        ::letters::jobs,
        membership::jobs,
        intake::jobs,
        duos::jobs,
        matching::jobs,
        care::jobs,
        training::jobs,
        evaluation::jobs,
        alumni::jobs,
        reporting::jobs,
        crate::jobs,
    ];
    let ground = platform::audit::JOBS.iter().copied();
    rooms.into_iter().flat_map(|jobs| jobs()).chain(ground).collect()
}

/// The word that one person wrote in one place, and nobody anywhere else.
fn canary(who: &str, place: &str) -> String {
    format!("canary-{who}-{place}-7d1f")
}

/// The duo of Ana and Mo.
fn duo(house: &House) -> duos::Duo {
    let (cohort, ana) = (house.cohort, house.person("ana"));
    house.read(move |tx| Ok(duos::of_person(tx, cohort, ana)?.unwrap()))
}
