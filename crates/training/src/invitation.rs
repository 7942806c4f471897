//! Answering an invitation by the link in the letter, without signing in. The link stays
//! good until the event is over, so that an answer can be changed; looking changes nothing.

use platform::{
    links::{self, LinkRefusal},
    prelude::*,
};

use crate::{
    event, invitations,
    visible::{self, Seen},
};

pub(crate) const PURPOSE: &str = "event";

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let (seen, person) = opened(tx, visit)?;
    let answer = invitations::answer_of(tx, seen.event.id, person)?.unwrap_or_default();
    let file = format!("{}/calendar.ics", visit.path);
    Ok(Reply::page(seen.event.title.clone(), event::page(&seen, tx.now(), &answer, &visit.path, &file)))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let (seen, person) = opened(tx, visit)?;
    event::take(tx, visit, &seen, person, &visit.path)
}

pub fn calendar_file(tx: &mut Tx, visit: &Visit) -> Answer {
    let (seen, _) = opened(tx, visit)?;
    Ok(event::file(tx, &seen.event))
}

fn opened(tx: &mut Tx, visit: &Visit) -> Result<(Seen, Id), Failure> {
    let link = match links::look(tx, PURPOSE, visit.param("token"))? {
        Ok(link) => link,
        Err(refusal) => return Err(closed(refusal)),
    };
    let person = link.account.ok_or(Failure::NotFound)?;
    Ok((visible::load(tx, link.about)?, person))
}

fn closed(refusal: LinkRefusal) -> Failure {
    let (title, words) = match refusal {
        LinkRefusal::Expired => ("This link has expired", "The event is over. Sign in to see what is next."),
        LinkRefusal::Unknown | LinkRefusal::Used => {
            ("Unknown link", "This link is not one of ours. Please copy it whole from the letter.")
        }
    };
    Failure::overtaken(
        title,
        html! {
            (shell::page_head(title, words))
            (shell::actions(shell::link_quiet("/", "To the home page")))
        },
    )
}
