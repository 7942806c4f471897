//! `/sign-in/again`: somebody who is signed in shows that it is them, for what asks again.
//!
//! A form on its way is carried along in one hidden field and sent on afterwards, without
//! any password in it; a page is simply gone back to.

use crate::factors::{self, code, passkeys};
use platform::{
    app::App,
    audit::{self, Note},
    enter::is_path_of_ours,
    identity,
    prelude::*,
    sign_in,
    takes::SECRETS,
    visit::Prepared,
};
use shell::{Faults, Input, error_summary, hidden, page_head, sheet, text_field};

const TITLE: &str = "Please show that it is you";
const LEAD: &str = "For this step we ask again when ten minutes have passed, so that nobody who finds this device open takes it in your place.";

/// Where somebody was going: to a page, or with a form.
struct Way {
    next: String,
    /// The address a form was sent to, and its fields; empty for a page.
    to: String,
    kept: String,
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let next = visit.query.text("next");
    let way = Way { next: ours(next), to: String::new(), kept: String::new() };
    Ok(Reply::page(TITLE, markup(tx, visit, &way, &Faults::new())?))
}

/// A form that was sent and has to wait: the platform lets the browser send it here.
pub fn form(tx: &mut Tx, visit: &Visit) -> Answer {
    let to = ours(visit.query.text("to"));
    if visit.form.has_files() {
        let words = "Please show that it is you, and choose the file once more afterwards.";
        let next: String = form_urlencoded::byte_serialize(to.as_bytes()).collect();
        return Ok(Reply::go(format!("/sign-in/again?next={next}")).saying(words));
    }
    let fields = visit.form.pairs().iter().filter(|(name, _)| !SECRETS.contains(&name.as_str()));
    let kept = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    Ok(Reply::page(TITLE, markup(tx, visit, &Way { next: String::new(), to, kept }, &Faults::new())?))
}

/// Tries the password before the unit of work: it takes its time on purpose.
pub fn prepare(app: &App, visit: &Visit) -> Prepared {
    let counts = visit.form.raw("password").is_empty() && !visit.form.text("code").is_empty();
    match bearer(app, visit) {
        Some(account) if counts => code::count(app, account.id, visit.form.text("code")),
        _ => try_password(app, visit, visit.form.raw("password")),
    }
}

fn bearer(app: &App, visit: &Visit) -> Option<Account> {
    let token = visit.sign_in_token()?.to_owned();
    app.db.read(move |tx| Ok::<_, Failure>(identity::bearer(tx, &token)?)).ok().flatten()
}

fn try_password(app: &App, visit: &Visit, password: &str) -> Prepared {
    let Some(account) = bearer(app, visit).filter(|_| !password.is_empty()) else { return Prepared::default() };
    match sign_in::verify(app, visit, &account.email, password) {
        Ok(account) => Prepared { verified: Some(account), ..Prepared::default() },
        Err(sign_in::TryRefusal::Wrong) => {
            Prepared { refusal: Some("This is not your password.".to_owned()), ..Prepared::default() }
        }
        Err(refusal) => Prepared { refusal: Some(refusal.to_string()), ..Prepared::default() },
    }
}

/// The same for a form of one's own account whose password field is `current`.
pub fn prepare_current(app: &App, visit: &Visit) -> Prepared {
    try_password(app, visit, visit.form.raw("current"))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = visit.account()?;
    let form = &visit.form;
    let way = Way { next: ours(form.text("next")), to: form.text("to").to_owned(), kept: form.raw("kept").to_owned() };
    // The passwords of a demo protect nobody, so it asks for none.
    if !visit.is_demo() && !is_proved(tx, visit, account.id)? {
        audit::tried(tx, Note { action: "proof refused", account: Some(account.id), about: None });
        let mut faults = Faults::new();
        let (typed, refusal) = (!form.text("code").is_empty(), visit.prepared.refusal.clone());
        let words = if typed { "This code does not fit, or was used before." } else { "Enter your password." };
        faults.add(if typed { "code" } else { "password" }, refusal.unwrap_or_else(|| words.to_owned()));
        return Err(Failure::refused(TITLE, markup(tx, visit, &way, &faults)?));
    }
    identity::prove(tx, visit.sign_in()?.id, tx.now())?;
    if way.to.is_empty() { Ok(Reply::go(way.next)) } else { Ok(Reply::page("Thank you", send_on(&way))) }
}

/// By the password, a code of the app, a recovery code, or a passkey of their own.
fn is_proved(tx: &mut Tx, visit: &Visit, account: Id) -> Result<bool, Failure> {
    if visit.prepared.refusal.is_some() {
        return Ok(false);
    }
    if visit.prepared.verified == Some(account) {
        return Ok(true);
    }
    if !visit.form.text("step").is_empty() {
        return Ok(passkeys::proved(tx, visit)? == Some(account));
    }
    code::is_right(tx, account, visit.form.text("code"))
}

/// The form that waited, to be sent on with one click; where scripts run, by itself.
fn send_on(way: &Way) -> Markup {
    sheet(html! {
        (page_head("Thank you", "You can go on where you were."))
        form method="post" action=(ours(&way.to)) data-go {
            @for (name, value) in form_urlencoded::parse(way.kept.as_bytes()) { (hidden(&name, &value)) }
            (shell::button("Go on"))
        }
        (shell::script("sign-in.js"))
    })
}

fn markup(tx: &mut Tx, visit: &Visit, way: &Way, faults: &Faults) -> Result<Markup, Failure> {
    let account = visit.account()?;
    let factors = factors::of(tx, account.id)?;
    let has_password = identity::has_password(tx, account.id)? || !factors.are_two();
    let code = Input::new("code", "A code of your app").autocomplete("one-time-code").hint("Or a recovery code.");
    let carried = html! {
        @if way.to.is_empty() { (hidden("next", &way.next)) }
        @else { (hidden("to", &way.to)) (hidden("kept", &way.kept)) }
    };
    let password = Input::new("password", "Password").kind("password").autocomplete("current-password");
    Ok(sheet(html! {
        (error_summary(faults))
        (page_head(TITLE, LEAD))
        @if visit.is_demo() {
            (shell::form("/sign-in/again", html! {
                (carried)
                p.hint { "In this demo no password is needed." }
                (shell::button("Go on"))
            }))
        } @else {
            @if has_password {
                (shell::form("/sign-in/again", html! {
                    (carried)
                    (crate::welcome::hidden_username(&account.email))
                    (text_field(&password.required().faults(faults)))
                    (shell::button("Go on"))
                }))
            }
            @if !factors.passkeys.is_empty() { (passkeys::proof_form(visit, &carried)) }
            @if factors.has_app {
                details open[faults.of("code").is_some() || !has_password] {
                    summary { "Use a code instead" }
                    (shell::form("/sign-in/again", html! {
                        (carried)
                        (text_field(&code.required().faults(faults)))
                        (shell::button("Go on"))
                    }))
                }
            }
        }
        @if !way.to.is_empty() { p.hint { "What you typed is kept until then." } }
    }))
}

/// The path, if it stays in the house; the start otherwise.
fn ours(path: &str) -> String {
    if is_path_of_ours(path) { path.to_owned() } else { "/".to_owned() }
}
