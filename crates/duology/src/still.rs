//! What needs no database: the style sheet and its companions, and whether we live.

use platform::{
    doors::{Answer, Doors, Failure},
    reply::{File, Reply},
    visit::Visit,
};
use policy::Action;

pub fn doors() -> Doors {
    Doors::default()
        .still("/static/{file}", Action::ReadAsset, asset)
        .still("/favicon.ico", Action::ReadAsset, favicon)
        .still("/livez", Action::ReadHealth, live)
}

fn asset(visit: &Visit) -> Answer {
    show(visit.param("file"))
}

fn favicon(_: &Visit) -> Answer {
    show("favicon.svg")
}

fn show(name: &str) -> Answer {
    let (name, kind, bytes) = shell::ASSETS.iter().find(|(it, ..)| *it == name).ok_or(Failure::NotFound)?;
    Ok(Reply::File(File { name: (*name).to_owned(), kind, bytes: bytes.to_vec(), download: false, lasting: true }))
}

fn live(_: &Visit) -> Answer {
    Ok(Reply::show("livez", "text/plain; charset=utf-8", b"alive\n".to_vec()))
}
