//! `/welcome/{token}`: a link from a letter sets a password, or accepts an appointment.
//! Looking at it changes nothing, however often a mail scanner does.

use platform::{
    app::App,
    identity::{self, Strength},
    links::{self, LinkRefusal},
    passwords::{self, PasswordRefusal},
    prelude::*,
    sign_in,
    storage::StorageError,
    visit::Prepared,
};
use shell::{Faults, Input, error_summary, page_head, sheet, text_field};

use crate::{
    factors::code,
    hand_overs,
    invitation::{self, APPOINTMENT, Opened, PASSWORD},
};

const TITLE: &str = "Welcome";

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    match invitation::open(tx, visit.param("token"))? {
        Ok(opened) => Ok(Reply::page(TITLE, markup(visit, &opened, &Faults::new()))),
        Err(refusal) => Ok(Reply::page(TITLE, closed(refusal))),
    }
}

/// Hashes the new password, only for a link that opens and a password that will do.
pub fn prepare(app: &App, visit: &Visit) -> Prepared {
    let token = visit.param("token").to_owned();
    let opened = app.db.read(move |tx| match invitation::open(tx, &token) {
        Ok(opened) => Ok(opened.ok()),
        Err(Failure::Storage(error)) => Err(error),
        Err(_) => Ok::<_, StorageError>(None),
    });
    let Ok(Some(opened)) = opened else { return Prepared::default() };
    if !opened.sets_password || judge(visit, &opened.account, opened.has_two).is_err() {
        return Prepared::default();
    }
    Prepared { password_hash: sign_in::hash(app, visit.form.raw("password")), ..Prepared::default() }
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let token = visit.param("token");
    let opened = match invitation::open(tx, token)? {
        Ok(opened) => opened,
        Err(refusal) => return Err(Failure::overtaken(TITLE, closed(refusal))),
    };
    if opened.sets_password { set_password(tx, visit, token, &opened) } else { accept(tx, visit, token, &opened) }
}

fn set_password(tx: &mut Tx, visit: &Visit, token: &str, opened: &Opened) -> Answer {
    if let Err((field, refusal)) = judge(visit, &opened.account, opened.has_two) {
        let mut faults = Faults::new();
        faults.add(field, refusal.to_string());
        return Err(Failure::refused(TITLE, markup(visit, opened, &faults)));
    }
    let Some(hash) = &visit.prepared.password_hash else {
        let faults = Faults::general("Something went wrong on our side. Please send the form again.");
        return Err(Failure::refused(TITLE, markup(visit, opened, &faults)));
    };
    let account = opened.account.id;
    if !links::use_up(tx, token)? {
        return Err(Failure::overtaken(TITLE, closed(LinkRefusal::Used)));
    }
    identity::set_password(tx, account, hash)?;
    links::end(tx, PASSWORD, account)?;
    links::end(tx, APPOINTMENT, account)?;
    hand_overs::confirm(tx, account)?;
    journal::record(tx, "password set", account, Some(account), None)?;
    let words = if opened.has_two { "Your password is set." } else { "Your password is set, and you are signed in." };
    Ok(code::go_on(tx, visit, account, Strength::OneFactor, "/")?.saying(words))
}

/// Somebody with a password accepts an appointment; the link signs nobody in.
fn accept(tx: &mut Tx, visit: &Visit, token: &str, opened: &Opened) -> Answer {
    if !links::use_up(tx, token)? {
        return Err(Failure::overtaken(TITLE, closed(LinkRefusal::Used)));
    }
    links::end(tx, APPOINTMENT, opened.account.id)?;
    hand_overs::confirm(tx, opened.account.id)?;
    let to = if visit.account.is_some() { "/" } else { "/sign-in" };
    Ok(Reply::go(to).saying("Thank you. Your appointment counts from now on."))
}

/// Whether the typed password will do, or the field to look at and why.
pub(crate) fn judge(visit: &Visit, account: &Account, has_two: bool) -> Result<(), (&'static str, PasswordRefusal)> {
    let (password, repeated) = (visit.form.raw("password"), visit.form.raw("repeated"));
    let accept = if has_two { passwords::accept_of_two } else { passwords::accept };
    accept(password, repeated, &account.name, &account.email).map_err(|refusal| match refusal {
        PasswordRefusal::NotRepeated => ("repeated", refusal),
        _ => ("password", refusal),
    })
}

fn markup(visit: &Visit, opened: &Opened, faults: &Faults) -> Markup {
    let account = &opened.account;
    let action = format!("/welcome/{}", visit.param("token"));
    if !opened.sets_password {
        return sheet(html! {
            (error_summary(faults))
            (page_head(&format!("Welcome, {}", account.name), "You have been appointed. With your yes the appointment counts."))
            p { "Your password stays as it is." }
            (shell::form(&action, shell::button("Yes, I accept")))
        });
    }
    sheet(html! {
        (error_summary(faults))
        (page_head(&format!("Welcome, {}", account.name), "Choose a password of your own. Afterwards you are signed in."))
        (shell::form(&action, html! {
            (hidden_username(&account.email))
            (password_fields(faults))
            (shell::button("Set my password"))
        }))
    })
}

/// Two fields and the rule in words; `/me` shows the same.
pub(crate) fn password_fields(faults: &Faults) -> Markup {
    let rule = "At least 15 characters. A short sentence of your own is easy to remember; no special signs are needed. A password manager may fill it in.";
    let first = Input::new("password", "New password").hint(rule);
    let second = Input::new("repeated", "The same again");
    html! {
        @for input in [first, second] {
            (text_field(&input.kind("password").autocomplete("new-password").required().faults(faults)))
        }
    }
}

/// Lets a password manager know whose password it is.
pub(crate) fn hidden_username(email: &str) -> Markup {
    html! { input type="text" name="username" autocomplete="username" value=(email) hidden; }
}

fn closed(refusal: LinkRefusal) -> Markup {
    let title = match refusal {
        LinkRefusal::Used => "This link has been used",
        LinkRefusal::Expired => "This link has expired",
        LinkRefusal::Unknown => "This link does not open",
    };
    sheet(html! {
        (page_head(title, &refusal.to_string()))
        (shell::actions(html! {
            (shell::link_button("/recover", "Send me a new link"))
            (shell::link_quiet("/sign-in", "Sign in"))
        }))
    })
}
