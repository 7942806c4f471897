//! Pages `/alumni/join` and `/alumni/join/{token}`: join the group of former participants,
//! signed in or by the link of the letter, and leave it. Opening a page changes nothing,
//! and nothing is ticked before somebody ticks it.

use platform::{
    doors::Answer,
    links::{self, LinkRefusal},
    prelude::*,
};
use policy::{Facts, may, of};
use program::preset;
use shell::{Choice, Faults, Input, Tone};

use crate::{certificates, letters, members};

const TITLE: &str = "Keep in touch?";

/// Who joins, after which cohort, and where the form is sent.
struct Joining {
    person: Id,
    cohort: Id,
    path: String,
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let joining = signed_in(tx, visit)?;
    show(tx, &joining)
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let joining = signed_in(tx, visit)?;
    join(tx, visit, &joining)?;
    Ok(Reply::go("/alumni").saying("You are in the group. You can leave it here with one click."))
}

pub fn get_by_link(tx: &mut Tx, visit: &Visit) -> Answer {
    match by_link(tx, visit)? {
        Ok(joining) => show(tx, &joining),
        Err(LinkRefusal::Used) => Ok(Reply::page("You are in the group", joined())),
        Err(refusal) => Err(does_not_open(refusal)),
    }
}

pub fn post_by_link(tx: &mut Tx, visit: &Visit) -> Answer {
    let joining = by_link(tx, visit)?.map_err(does_not_open)?;
    let token = visit.param("token");
    if !links::use_up(tx, token)? {
        return Err(does_not_open(LinkRefusal::Used));
    }
    join(tx, visit, &joining)?;
    Ok(Reply::go(joining.path))
}

/// Leaves the group: one click, no question.
pub fn end(tx: &mut Tx, visit: &Visit) -> Answer {
    members::leave(tx, visit.person()?)?;
    Ok(Reply::go("/").saying("You have left the group of former participants. Nothing of it stays after 30 days."))
}

/// Whoever finished may join; others do not find the page.
fn signed_in(tx: &mut Tx, visit: &Visit) -> Result<Joining, Failure> {
    let person = visit.person()?;
    let newest = certificates::mine(tx, &visit.subject)?.into_iter().next().ok_or(Failure::NotFound)?;
    Ok(Joining { person, cohort: newest.cohort, path: "/alumni/join".to_owned() })
}

fn by_link(tx: &mut Tx, visit: &Visit) -> Result<Result<Joining, LinkRefusal>, Failure> {
    let token = visit.param("token");
    Ok(match links::look(tx, letters::PURPOSE, token)? {
        Ok(link) => {
            let person = link.account.ok_or(Failure::NotFound)?;
            Ok(Joining { person, cohort: link.about, path: format!("/alumni/join/{token}") })
        }
        Err(refusal) => Err(refusal),
    })
}

fn join(tx: &mut Tx, visit: &Visit, joining: &Joining) -> Result<(), Failure> {
    let offered = preset::list("alumni_help");
    let helps: Vec<String> = visit.form.all("helps").into_iter().filter(|it| offered.contains(it)).collect();
    members::join(tx, joining.person, joining.cohort, &helps)
}

fn show(tx: &mut Tx, joining: &Joining) -> Answer {
    // Whoever is in the group reads what they offer as one of it, by a letter's link as well.
    let subject = program::subject(tx, joining.person)?;
    let member = match policy::grant::<of::AlumniGroup, may::Read>(&subject, &Facts::of_program()) {
        Some(proof) => members::member(tx, &proof, joining.person)?,
        None => None,
    };
    let helps = member.as_ref().map(|it| it.helps.clone()).unwrap_or_default();
    let (title, words) = match member {
        Some(_) => ("What you offer", "Keep this"),
        None => (TITLE, "Join the group"),
    };
    let options: Vec<Choice> = preset::list("alumni_help").iter().map(|it| Choice::new(it, it)).collect();
    let faults = Faults::new();
    let input = Input::new("helps", "Would you like to help the next cohort?").faults(&faults);
    let input = input.hint("Tick what you like, or nothing at all. You can change it at any time.");
    let lead = "A small e-mail group of former participants: news about once a month, a question now and then, an invitation to the follow-up session.";
    let body = html! {
            (shell::page_head(title, lead))
            (shell::form(&joining.path, html! {
                (shell::multi_field(&input, &options, &helps))
                (shell::readers_line(&policy::who_can_read(policy::Record::AlumniGroup)))
    p.hint { "Your address is shown to nobody." }
                (shell::actions(html! { (shell::button(words)) }))
            }))
            p { "You join only by pressing the button, and you leave with one click, here or in any letter to the group. " a href="/about/alumni" { "The rules of the group" } }
        };
    Ok(Reply::page(title, body))
}

fn joined() -> Markup {
    html! {
        (shell::page_head("You are in the group", "Thank you for staying in touch. Letters to the group reach you by e-mail."))
        (shell::note(Tone::Info, html! { p { "Sign in to see who else is there, to change what you offer, or to leave." } }))
        p { (shell::link_button("/alumni", "Former participants")) }
    }
}

fn does_not_open(refusal: LinkRefusal) -> Failure {
    let title = "This link does not open";
    Failure::overtaken(title, html! { (shell::page_head(title, &refusal.to_string())) })
}
