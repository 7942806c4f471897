//! End a duo, without owing anyone a reason; and, for the one who was left, say what one
//! would like now.

use forms::{Answers, Form, Keep};
use platform::prelude::*;
use policy::{Grant, of};
use shell::{Choice, Faults, Input, Tone};

use crate::{
    access,
    duos::{self, Duo},
    wishes,
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs(tx, visit)?;
    let form = form(tx, visit)?;
    if duo.is_active() {
        return Ok(Reply::page(&form.title, end_page(visit, &duo, &form, &Answers::new(), &Faults::new())?));
    }
    let body = after_page(tx, visit, &duo, &form, &Faults::new())?;
    Ok(Reply::page(AFTER, body))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs_to_change(tx, visit)?;
    let person = visit.person()?;
    let form = form(tx, visit)?;
    let answers = forms::read(&form, &visit.form)?;
    let faults = forms::faults(&form, &answers);
    if !faults.is_empty() {
        return Err(Failure::refused(&form.title, end_page(visit, &duo, &form, &answers, &faults)?));
    }
    if let Err(refusal) = duos::end(tx, &duo, person, answers.text("words"))? {
        let body = after_page(tx, visit, &duo, &form, &Faults::general(refusal.to_string()))?;
        return Err(Failure::overtaken(AFTER, body));
    }
    let keep = Keep { cohort: Some(duo.cohort), person, about: duo.id, answers: &answers, given: true };
    forms::keep(tx, &form, keep)?;
    if !answers.text("new_partner").is_empty() {
        wishes::keep(tx, &duo, person, answers.text("new_partner"))?;
    }
    Ok(Reply::go(duo.path("")).saying(form.done))
}

/// What the one who did not end it would like now.
pub fn wish(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs_to_change(tx, visit)?;
    let person = visit.person()?;
    let form = form(tx, visit)?;
    if duo.state != "ended" {
        return Ok(Reply::go(duo.path("/ending")));
    }
    let wish = visit.form.text("new_partner");
    if !choices(&form).iter().any(|it| it.value == wish) {
        let mut faults = Faults::new();
        faults.add("new_partner", "Choose one of the three; you can change it later.");
        return Err(Failure::refused(AFTER, after_page(tx, visit, &duo, &form, &faults)?));
    }
    wishes::keep(tx, &duo, person, wish)?;
    Ok(Reply::go(duo.path("/ending")).saying("Thank you. The people who can help with that will see it."))
}

const AFTER: &str = "After this duo";

fn form(tx: &mut Tx, visit: &Visit) -> Result<Form, Failure> {
    let name = &visit.account()?.name;
    let first_name = name.split_whitespace().next().unwrap_or(name);
    Ok(forms::current(tx, "exit")?.filled(&[("first_name", first_name)]))
}

fn choices(form: &Form) -> Vec<Choice> {
    let options = form.field("new_partner").map(|it| it.options.as_slice()).unwrap_or_default();
    options.iter().map(|it| Choice::new(it, crate::log_meeting::capital(it))).collect()
}

fn end_page(visit: &Visit, duo: &Duo, form: &Form, answers: &Answers, faults: &Faults) -> Result<Markup, Failure> {
    Ok(html! {
        (way_back(visit, duo, &form.title)?)
        (shell::page_head(&form.title, &form.intro))
        (shell::error_summary(faults))
        (shell::form(&duo.path("/ending"), html! {
            (forms::fields(form, answers, faults, &[]))
            (shell::note(Tone::Info, html! {
                p { "With this button the duo ends today. Both of you keep what you wrote here, to read." }
            }))
            (shell::actions(html! {
                button.button.danger type="submit" { "End this duo" }
                (shell::link_quiet(&duo.path(""), "Go back, nothing has changed"))
            }))
        }))
    })
}

fn after_page(tx: &mut Tx, visit: &Visit, duo: &Duo, form: &Form, faults: &Faults) -> Result<Markup, Failure> {
    let person = visit.person()?;
    let own: Grant<of::ExitAnswer> = access::own_wish(visit, duo)?;
    let kept = wishes::wish(tx, &own, duo.id, person)?.unwrap_or_default();
    let typed = visit.form.text("new_partner");
    let value = if typed.is_empty() { kept.as_str() } else { typed };
    let lead = match (duo.state.as_str(), duo.ended_by == Some(person)) {
        ("closed", _) => {
            "The session is over, and your duo with it. What you wrote stays here for both of you to read."
        }
        (_, true) => "You ended this duo. It carries no blame and leaves no mark.",
        (_, false) => "This duo has ended. It says nothing about you: lives and calendars change.",
    };
    Ok(html! {
        (way_back(visit, duo, AFTER)?)
        (shell::page_head(AFTER, lead))
        (shell::error_summary(faults))
        @if duo.state == "ended" {
            (shell::form(&duo.path("/wish"), html! {
                (shell::choice_field(
                    &Input::new("new_partner", "Would you like a new partner?")
                        .value(value)
                        .required()
                        .faults(faults)
                        .readers(&policy::who_can_read(policy::Record::ExitAnswer)),
                    &choices(form),
                ))
                (shell::actions(shell::button("Keep my answer")))
            }))
        }
    })
}

fn way_back(visit: &Visit, duo: &Duo, here: &str) -> Result<Markup, Failure> {
    let partner = duo.name_of(duo.partner_of(visit.person()?));
    Ok(shell::breadcrumbs(&[(&duo.path(""), &format!("You and {partner}"))], here))
}
