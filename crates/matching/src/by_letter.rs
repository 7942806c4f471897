//! `/requests/by-letter/{token}`: a mentor answers from the letter, without signing in.
//! Opening the link changes nothing, so mail scanners may touch it. SLF2.

use platform::{
    links::{self, LinkRefusal},
    prelude::*,
};

use crate::{
    answer::{self, Choices},
    moves, question,
    requests::{self, Request},
};

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let request = match of_link(tx, visit)? {
        Ok(request) => request,
        Err(refusal) => return Ok(Reply::page("This link", refusal_page(refusal))),
    };
    let no_first = visit.query.text("answer") == "no";
    let body = answer::mentors_page(tx, &request, &visit.path, Choices::Link { no_first })?;
    Ok(Reply::page("A request", body))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let request = of_link(tx, visit)?.map_err(|refusal| Failure::overtaken("This link", refusal_page(refusal)))?;
    if visit.form.text("answer") == "question" {
        // The link stays: the answer itself is still to come.
        question::take(tx, visit, &request)?;
        return Ok(Reply::page("Thank you", question::asked_page(&request)));
    }
    let yes = match visit.form.text("answer") {
        "yes" => true,
        "no" => false,
        _ => return Ok(Reply::go(visit.path.clone())),
    };
    let reason = answer::reason(visit)?;
    let given = answer::give(tx, &request, yes, &reason, request.mentor)?.map_err(|sentence| {
        Failure::overtaken("This request", answer::sentence_page(&sentence, "/", "Go to the start"))
    })?;
    links::use_up(tx, visit.param("token"))?;
    let words = if given.is_some() { answer::formed_words(&request) } else { answer::declined_words().to_owned() };
    let body = html! {
        (shell::page_head("Thank you", &words))
        (shell::actions(html! { (shell::link_button("/", "Go to the start")) }))
    };
    Ok(Reply::page("Thank you", body))
}

fn of_link(tx: &mut Tx, visit: &Visit) -> Result<Result<Request, LinkRefusal>, Failure> {
    let link = match links::look(tx, moves::LINK, visit.param("token"))? {
        Ok(link) => link,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let request = requests::find(tx, link.about)?;
    // A letter to somebody who is no longer the mentor of this request opens nothing.
    Ok(request.filter(|it| link.account == Some(it.mentor)).ok_or(LinkRefusal::Unknown))
}

pub(crate) fn refusal_page(refusal: LinkRefusal) -> Markup {
    let words = match refusal {
        // Nobody can ask for a new one of these, so our own words stand here.
        LinkRefusal::Expired => "This link has expired. Sign in to see what is open for you.".to_owned(),
        other => other.to_string(),
    };
    html! {
        (shell::page_head("This link does not open", &words))
        (shell::actions(html! { (shell::link_button("/", "Go to the start")) }))
    }
}
