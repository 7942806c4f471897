//! What is somebody's own, across all rooms: taken along whole, or let go.
//!
//! | what a person does, or what is kept                | where                       |
//! |----------------------------------------------------|-----------------------------|
//! | takes everything of their own along                | `download.rs`               |
//! | the file: data, a page to read, papers             | `archive.rs`, `readable.rs` |
//! | asks to be forgotten, after what follows is said   | `erase.rs`                  |
//! | stops it, from the letter                          | `stop.rs`                   |
//! | who asked, and until when they may stop it         | `leavings.rs`               |
//! | the day comes                                      | `erasing.rs`                |
//! | what stands in the way                             | `offices.rs`                |
//!
//! Each room says what it has of a person and how it lets go of it (`program::Mine`); here
//! the rooms are put together.
//!
//! Invariants: the file holds what its reader wrote and told, and nothing that others wrote;
//! who was forgotten is found again in no table and behind no key.

mod archive;
mod download;
mod erase;
mod erasing;
#[cfg(test)]
mod journeys;
mod leavings;
mod letters;
mod offices;
mod readable;
mod stop;

use platform::{jobs::Job, prelude::*};
use policy::Action;
use program::{Mine, Next};

pub fn doors() -> Doors {
    Doors::default()
        .get("/me/download", Action::TakeOwnAlong, download::get)
        .post("/me/download", Action::TakeOwnAlong, download::post)
        .asking_again()
        .get("/me/erase", Action::BeForgotten, erase::get)
        .post("/me/erase", Action::BeForgotten, erase::post)
        .taking(&["word"])
        .asking_again()
        .post("/me/erase/stop", Action::BeForgotten, erase::stop)
        .get("/leaving/{token}", Action::FollowLink, stop::get)
        .post("/leaving/{token}", Action::FollowLink, stop::post)
}

pub fn jobs() -> Vec<Job> {
    vec![Job { name: "people who wish to be forgotten", find: erasing::due, act: erasing::act }]
}

/// What is next for the person who asks, from this room.
pub fn next_steps(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let Some(leaving) = leavings::open_of(tx, visit.person()?)? else { return Ok(Vec::new()) };
    let day = program::day_of(tx, leaving.due_at)?;
    let words = "You asked to be forgotten. Until then you can change your mind.";
    Ok(vec![Next::new("What is yours will be deleted", "/me/erase", "Look at it").saying(words).by(day)])
}

/// What each room has of people, lowest first.
pub fn rooms() -> [Mine; 11] {
    [
        program::mine::mine(),
        forms::mine(),
        ::letters::mine(),
        membership::mine(),
        intake::mine(),
        duos::mine(),
        matching::mine(),
        care::mine(),
        training::mine(),
        evaluation::mine(),
        alumni::mine(),
    ]
}
