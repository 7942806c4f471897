//! `/sign-in` and `/sign-out`.

use platform::{
    app::App,
    enter::sign_in_cookie,
    identity::{self, Strength},
    prelude::*,
    sign_in,
    visit::Prepared,
};
use shell::{Faults, Input, error_summary, hidden, page_head, sheet, text_field};

use crate::{
    factors::{code, passkeys},
    outside, refused,
};

const TITLE: &str = "Sign in";

pub fn get(_: &mut Tx, visit: &Visit) -> Answer {
    let next = visit.query.text("next");
    if visit.account.is_some() {
        return Ok(Reply::go(if next.is_empty() { "/" } else { next }));
    }
    Ok(Reply::page(TITLE, markup(visit, "", next, &Faults::new())))
}

/// Tries the password before the unit of work: it takes its time on purpose.
pub fn prepare(app: &App, visit: &Visit) -> Prepared {
    let (email, password) = (visit.form.text("email"), visit.form.raw("password"));
    if email.is_empty() || password.is_empty() {
        return Prepared::default();
    }
    match sign_in::verify(app, visit, email, password) {
        Ok(account) => Prepared { verified: Some(account), ..Prepared::default() },
        Err(refusal) => {
            refused::keep(app, email);
            Prepared { refusal: Some(refusal.to_string()), ..Prepared::default() }
        }
    }
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let (email, next) = (visit.form.text("email"), visit.form.text("next"));
    let Some(account) = visit.prepared.verified else {
        let faults = faults(visit);
        return Err(Failure::refused(TITLE, markup(visit, email, next, &faults)));
    };
    code::go_on(tx, visit, account, Strength::OneFactor, if next.is_empty() { "/" } else { next })
}

pub fn sign_out(tx: &mut Tx, visit: &Visit) -> Answer {
    if let Some(token) = visit.sign_in_token() {
        identity::sign_out(tx, token)?;
        journal::record(tx, "signed out", visit.person()?, Some(visit.person()?), None)?;
    }
    let ended = sign_in_cookie(visit, String::new(), 0);
    Ok(Reply::go("/sign-in").with_cookie(ended).saying("You are signed out."))
}

fn faults(visit: &Visit) -> Faults {
    let mut faults = Faults::new();
    if visit.form.text("email").is_empty() {
        faults.add("email", "Enter your e-mail address.");
    }
    if visit.form.raw("password").is_empty() {
        faults.add("password", "Enter your password.");
    }
    if faults.is_empty() {
        let words = visit.prepared.refusal.clone();
        faults.add("email", words.unwrap_or_else(|| sign_in::TryRefusal::Wrong.to_string()));
    }
    faults
}

fn markup(visit: &Visit, email: &str, next: &str, faults: &Faults) -> Markup {
    let address = Input::new("email", "E-mail address").kind("email").autocomplete("username");
    let password = Input::new("password", "Password").kind("password").autocomplete("current-password");
    sheet(html! {
        (error_summary(faults))
        (page_head(TITLE, ""))
        (shell::form("/sign-in", html! {
            @if !next.is_empty() { (hidden("next", next)) }
            (text_field(&address.value(email).required().faults(faults)))
            (text_field(&password.required().faults(faults)))
            (shell::button("Sign in"))
        }))
        (passkeys::sign_in_form(visit, next))
        (outside::button(visit, next))
        p { a href="/recover" { "I have forgotten my password" } }
        p { "New here? " a href="/register" { "Make an account" } "." }
    })
}
