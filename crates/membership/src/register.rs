//! `/register` and `/recover`: ways to a link that sets a password. Both answer in the
//! same words whether the house knows the address or not.

use platform::{
    app::{App, Mode},
    identity::is_email,
    prelude::*,
    visit::Prepared,
};
use shell::{Faults, Input, error_summary, page_head, sheet, text_field};

use crate::{invitation, rules::names};

const REGISTER: &str = "Make an account";
const RECOVER: &str = "A new password";
const SENT: &str = "Look in your mail";
const NOT_AN_ADDRESS: &str = "Enter an e-mail address such as ana@example.org.";

/// One place on the network may not ask for letters without end, whoever has the addresses.
pub fn count(app: &App, visit: &Visit) -> Prepared {
    if app.config.mode == Mode::Demo {
        return Prepared::default();
    }
    let refusal = platform::sign_in::count_visitor(app, visit).err().map(|it| it.to_string());
    Prepared { refusal, ..Prepared::default() }
}

pub fn get_register(_: &mut Tx, visit: &Visit) -> Answer {
    Ok(Reply::page(REGISTER, register_markup(visit, &Faults::new())))
}

pub fn post_register(tx: &mut Tx, visit: &Visit) -> Answer {
    let (name, email) = (visit.form.text("name"), visit.form.text("email"));
    let mut faults = Faults::new();
    if let Some(words) = names::fault_of_name(name) {
        faults.add("name", words);
    }
    if !is_email(email) {
        faults.add("email", NOT_AN_ADDRESS);
    }
    if let Some(words) = &visit.prepared.refusal {
        faults.add("email", words);
    }
    if !faults.is_empty() {
        return Err(Failure::refused(REGISTER, register_markup(visit, &faults)));
    }
    invitation::ask_for_way_in(tx, Some(name), email)?;
    Ok(Reply::go("/look-in-your-mail"))
}

pub fn get_recover(_: &mut Tx, visit: &Visit) -> Answer {
    Ok(Reply::page(RECOVER, recover_markup(visit, &Faults::new())))
}

pub fn post_recover(tx: &mut Tx, visit: &Visit) -> Answer {
    let email = visit.form.text("email");
    let refusal = visit.prepared.refusal.as_deref();
    if let Some(words) = refusal.or((!is_email(email)).then_some(NOT_AN_ADDRESS)) {
        let mut faults = Faults::new();
        faults.add("email", words);
        return Err(Failure::refused(RECOVER, recover_markup(visit, &faults)));
    }
    invitation::ask_for_way_in(tx, None, email)?;
    Ok(Reply::go("/look-in-your-mail"))
}

pub fn get_sent(_: &mut Tx, visit: &Visit) -> Answer {
    let stays = visit.config.mode != Mode::Serving;
    let body = sheet(html! {
        (page_head(SENT, "If the address can have an account here, a letter with a link is on its way to it."))
        p { "The link sets your password and works once. It usually arrives within a minute; look among unwanted mail too." }
        p { "Nothing came? Check the address and " a href="/recover" { "ask again" } ". We write to one address at most three times an hour." }
        @if stays { p { "This house sends no mail: its letters can be read " a href="/dev/mail" { "here" } "." } }
    });
    Ok(Reply::page(SENT, body))
}

fn register_markup(visit: &Visit, faults: &Faults) -> Markup {
    let name = Input::new("name", "Your name").autocomplete("name").value(visit.form.text("name"));
    sheet(html! {
        (error_summary(faults))
        (page_head(REGISTER, "With an account you can apply, and later see what is next for you."))
        (shell::form("/register", html! {
            (text_field(&name.required().faults(faults)))
            (address_field(visit, faults, "We send a link to this address; with it you choose your password."))
            (shell::button("Send me the link"))
        }))
        p { "You have an account? " a href="/sign-in" { "Sign in" } "." }
    })
}

fn recover_markup(visit: &Visit, faults: &Faults) -> Markup {
    sheet(html! {
        (error_summary(faults))
        (page_head(RECOVER, "Tell us your address, and a link to choose a new password arrives there."))
        (shell::form("/recover", html! {
            (address_field(visit, faults, ""))
            (shell::button("Send me the link"))
        }))
        p { a href="/sign-in" { "Back to the sign-in" } }
    })
}

fn address_field(visit: &Visit, faults: &Faults, hint: &str) -> Markup {
    let input = Input::new("email", "E-mail address").kind("email").autocomplete("email").hint(hint);
    text_field(&input.value(visit.form.text("email")).required().faults(faults))
}
