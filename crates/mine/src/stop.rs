//! `/leaving/{token}`: the link in the letter stops being forgotten, also where somebody
//! else asked for it in one's name. Opening it changes nothing.

use platform::{
    links::{self, LinkRefusal},
    prelude::*,
};
use shell::{page_head, sheet};

use crate::{erase, leavings, letters::STOP};

const TITLE: &str = "Stay";

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let body = match of_link(tx, visit)? {
        Ok(_) => sheet(html! {
            (page_head(TITLE, "You asked to be forgotten. With this button nothing is deleted, and everything stays as it is."))
            (shell::form(&visit.path, shell::button("I would like to stay")))
        }),
        Err(refusal) => membership::closed_link(refusal),
    };
    Ok(Reply::page(TITLE, body))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = match of_link(tx, visit)? {
        Ok(person) => person,
        Err(refusal) => return Err(Failure::overtaken(TITLE, membership::closed_link(refusal))),
    };
    erase::stop_for(tx, person)?;
    let words = "It is stopped, and nothing was deleted. If it was not you who asked, please change your password.";
    Ok(Reply::page(TITLE, sheet(page_head("Good that you stay", words))))
}

fn of_link(tx: &mut Tx, visit: &Visit) -> Result<Result<Id, LinkRefusal>, Failure> {
    let link = match links::look(tx, STOP, visit.param("token"))? {
        Ok(link) => link,
        Err(refusal) => return Ok(Err(refusal)),
    };
    Ok(leavings::open_of(tx, link.about)?.map(|it| it.person).ok_or(LinkRefusal::Used))
}
