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
    let seen = opened(tx, visit)?;
    let answer = invitations::own(tx, &seen.proof, seen.event.id)?.unwrap_or_default();
    let file = format!("{}/calendar.ics", visit.path);
    Ok(Reply::page(seen.event.title.clone(), event::page(&seen, tx.now(), &answer, &visit.path, &file)))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let seen = opened(tx, visit)?;
    event::take(tx, visit, &seen, &visit.path)
}

pub fn calendar_file(tx: &mut Tx, visit: &Visit) -> Answer {
    let seen = opened(tx, visit)?;
    Ok(event::file(tx, &seen.event))
}

fn opened(tx: &mut Tx, visit: &Visit) -> Result<Seen, Failure> {
    let link = match links::look(tx, PURPOSE, visit.param("token"))? {
        Ok(link) => link,
        Err(LinkRefusal::Expired) => {
            return Err(closed("This link has expired", "The event is over. Sign in to see what is next."));
        }
        Err(LinkRefusal::Unknown | LinkRefusal::Used) => {
            return Err(closed("Unknown link", "This link is not one of ours. Please copy it whole from the letter."));
        }
    };
    let person = link.account.ok_or(Failure::NotFound)?;
    let seen = visible::by_link(tx, link.about, person)?;
    let ended = || closed("This invitation has ended", "It was for people who take part. Sign in to see what is next.");
    seen.ok_or_else(ended)
}

fn closed(title: &str, words: &str) -> Failure {
    Failure::overtaken(
        title,
        html! {
            (shell::page_head(title, words))
            (shell::actions(shell::link_quiet("/", "To the home page")))
        },
    )
}
