//! An offer of a place and its answer: `/offers/{token}` from the letter, which needs no
//! sign-in, and the same on one's own page. Looking at it changes nothing.

use platform::{
    links::{self, LinkRefusal},
    prelude::*,
};
use shell::Style;

use crate::{
    applications,
    call::{self, Call},
    letters, line,
    offers::{self, Offer, OfferAnswer},
    rules::queue::{OfferRefusal, answer_offer},
};

const TITLE: &str = "A place is offered to you";

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let token = visit.param("token");
    let offer = match links::look(tx, offers::LINK, token)? {
        Ok(link) => offers::the_offer(tx, link.about)?,
        Err(refusal) => return Ok(Reply::page(TITLE, closed(&link_words(refusal)))),
    };
    let cohort = program::the_cohort(tx, offer.cohort)?;
    let call = call::of(tx, cohort)?;
    Ok(Reply::page(TITLE, markup(&call, &offer, token, visit.query.text("answer") == "pass")))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let offer = match links::look(tx, offers::LINK, visit.param("token"))? {
        Ok(link) => link.about,
        Err(refusal) => return Err(Failure::overtaken(TITLE, closed(&link_words(refusal)))),
    };
    answer(tx, visit, offer)
}

/// The same from one's own page.
pub(crate) fn post_own(tx: &mut Tx, visit: &Visit) -> Answer {
    let application = applications::own(tx, visit.id("id")?, visit.person()?)?;
    match offers::open_of(tx, application.id)? {
        Some(offer) => answer(tx, visit, offer.id),
        None => Err(Failure::overtaken(TITLE, closed(&OfferRefusal::Answered.to_string()))),
    }
}

fn answer(tx: &mut Tx, visit: &Visit, offer: Id) -> Answer {
    let cohort = offers::the_offer(tx, offer)?.cohort;
    let call = call::locked(tx, cohort)?;
    let offer = offers::the_offer(tx, offer)?;
    if let Err(refusal) = answer_offer(offer.answered_at.is_some(), offer.expires_at, tx.now()) {
        return Err(Failure::overtaken(TITLE, closed(&refusal.to_string())));
    }
    let to = format!("/applications/{}", offer.application);
    match visit.form.text("answer") {
        "accept" => {
            line::accept_offer(tx, &call, &offer)?;
            Ok(Reply::go(to).saying("Thank you. The place is yours."))
        }
        "pass" => {
            line::pass_on(tx, &call, &offer, OfferAnswer::Passed)?;
            Ok(Reply::go(to).saying("Thank you. The place goes to the next person in line."))
        }
        _ => Err(Failure::refused(TITLE, closed("Please choose whether you take the place or pass it on."))),
    }
}

fn link_words(refusal: LinkRefusal) -> String {
    match refusal {
        LinkRefusal::Unknown => refusal.to_string(),
        LinkRefusal::Expired => OfferRefusal::Lapsed.to_string(),
        LinkRefusal::Used => OfferRefusal::Answered.to_string(),
    }
}

fn markup(call: &Call, offer: &Offer, token: &str, wants_to_pass: bool) -> Markup {
    let path = format!("/offers/{token}");
    let lead = format!(
        "It is your turn for a place in cohort {}. It is held for you until {}.",
        call.cohort.name,
        letters::until(call, offer.expires_at)
    );
    let (take, pass) = if wants_to_pass { (Style::Quiet, Style::Main) } else { (Style::Main, Style::Quiet) };
    shell::sheet(html! {
        (shell::page_head(TITLE, &lead))
        p { "If you take it, you choose a mentor from " (program::long_day(call.calendar.day("directory_opens"))) " on; the orientation is on " (program::long_day(call.orientation())) "." }
        p { "If you pass it on, or do not answer in time, it goes to the next in line. That is no disadvantage to you another year." }
        (shell::actions(html! {
            (shell::post_button(&path, "Take the place", &[("answer", "accept")], take))
            (shell::post_button(&path, "Pass it on", &[("answer", "pass")], pass))
        }))
    })
}

fn closed(words: &str) -> Markup {
    shell::sheet(html! {
        (shell::page_head(TITLE, words))
        (shell::actions(shell::link_button("/", "Go to my page")))
    })
}
