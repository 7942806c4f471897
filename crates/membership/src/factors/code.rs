//! `/sign-in/code`: the second step of a sign-in, a code of the app or a recovery code.

use jiff::SignedDuration;
use platform::{
    app::App,
    audit::{self, Note},
    enter::{sign_in_cookie, step_cookie},
    identity::{self, SIGN_IN_LASTS, Strength},
    prelude::*,
    sign_in,
    visit::Prepared,
};
use proofs::recovery;
use shell::{Faults, Input, error_summary, hidden, page_head, sheet, text_field};

use super::{Factors, STEP_LASTS, overview, passkeys};

const TITLE: &str = "The second step";
pub(crate) const PURPOSE: &str = "code";
/// Codes that may be tried within one step.
const MOST_TRIES: usize = 5;
/// Codes that may be tried for one account within a quarter of an hour.
const MOST_OF_ACCOUNT: usize = 10;
const TRIES_LAST: SignedDuration = SignedDuration::from_mins(15);
/// Codes of the app that may be tried in a row, however long that takes: with three codes
/// in a million right at a time, whoever guesses is right once in more than three thousand.
pub(crate) const MOST_IN_A_ROW: i64 = 100;
const TOO_MANY: &str = "These were too many tries. Please wait a quarter of an hour and sign in anew.";
const ENDED: &str = "A hundred codes in a row were tried and did not fit, so those of your app no longer count. Take one of your recovery codes or a passkey. If that was not you, somebody knows your password: please choose a new one.";

/// After a proof that is one factor: goes on at once, or asks for the second.
pub(crate) fn go_on(tx: &mut Tx, visit: &Visit, account: Id, strength: Strength, to: &str) -> Answer {
    let has_two = strength == Strength::TwoFactors || visit.is_demo() || !super::of(tx, account)?.are_two();
    if has_two {
        let strength = if visit.is_demo() { Strength::TwoFactors } else { strength };
        return begin(tx, visit, account, strength, to);
    }
    let token = super::begin_step(tx, PURPOSE, Some(account), "")?;
    let next = overview::with_next("/sign-in/code", if to == "/" { "" } else { to });
    Ok(Reply::go(next).with_cookie(step_cookie(visit, token, STEP_LASTS.as_secs())))
}

/// Begins a sign-in and goes on. An address that leads out of the house leads to the start.
pub(crate) fn begin(tx: &mut Tx, visit: &Visit, account: Id, strength: Strength, to: &str) -> Answer {
    if let Some(token) = visit.sign_in_token() {
        identity::sign_out(tx, token)?;
    }
    if strength == Strength::TwoFactors {
        super::end_tries(tx, account)?;
    }
    let token = identity::sign_in(tx, account, &visit.agent, strength)?;
    journal::record(tx, "signed in", account, Some(account), None)?;
    Ok(Reply::go(to).with_cookie(sign_in_cookie(visit, token, SIGN_IN_LASTS.as_secs())).with_cookie(step_cookie(
        visit,
        String::new(),
        0,
    )))
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let Some(account) = account(tx, visit)? else { return Ok(Reply::go("/sign-in")) };
    let factors = super::of(tx, account)?;
    Ok(Reply::page(TITLE, markup(visit, &address(tx)?, &factors, visit.query.text("next"), &Faults::new())))
}

/// Counts a try before it is judged, so that many at once cannot slip through.
pub fn prepare(app: &App, visit: &Visit) -> Prepared {
    let Some(token) = visit.step.clone() else { return Prepared::default() };
    let looked = token.clone();
    let account = app.db.read(move |tx| Ok::<_, Failure>(super::step(tx, PURPOSE, &looked)?.and_then(|it| it.account)));
    let Ok(Some(account)) = account else { return Prepared::default() };
    let within = count_within(app, &token);
    if within.refusal.is_some() { within } else { count(app, account, visit.form.text("code")) }
}

/// Counts a code that is tried for an account. Those of an app are short, so they are also
/// counted in a row, in the database: neither time nor a new start lets anybody go on for
/// ever. Recovery codes cannot be guessed, and stay the way in.
pub(crate) fn count(app: &App, account: Id, typed: &str) -> Prepared {
    let within = counted(app, &format!("codes of {account}"), MOST_OF_ACCOUNT, TRIES_LAST);
    if within.refusal.is_some() || typed.is_empty() || recovery::looks_like_one(typed) {
        return within;
    }
    let in_a_row = app.db.write(move |tx| super::count_try(tx, account));
    match in_a_row {
        Ok(in_a_row) if in_a_row <= MOST_IN_A_ROW => within,
        Ok(_) => Prepared { refusal: Some(ENDED.to_owned()), ..Prepared::default() },
        Err(_) => Prepared { refusal: Some(sign_in::TryRefusal::Broken.to_string()), ..Prepared::default() },
    }
}

/// Counts a try of whoever bears this secret.
pub(super) fn count_within(app: &App, token: &str) -> Prepared {
    counted(app, &format!("step {token}"), MOST_TRIES, STEP_LASTS)
}

fn counted(app: &App, key: &str, most: usize, span: SignedDuration) -> Prepared {
    let refusal = (!app.limits.takes(key, most, span, app.db.ground.clock.now())).then(|| TOO_MANY.to_owned());
    Prepared { refusal, ..Prepared::default() }
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let Some(account) = account(tx, visit)? else {
        return Ok(Reply::go("/sign-in").saying("That took longer than ten minutes. Please sign in anew."));
    };
    let (typed, next) = (visit.form.text("code"), visit.form.text("next"));
    let refusal = visit.prepared.refusal.clone();
    if refusal.is_none() && is_right(tx, account, typed)? {
        if let Some(token) = &visit.step {
            super::end_step(tx, PURPOSE, token)?;
        }
        return begin(tx, visit, account, Strength::TwoFactors, if next.is_empty() { "/" } else { next });
    }
    if !typed.is_empty() {
        audit::tried(tx, Note { action: "second step refused", account: Some(account), about: None });
    }
    let mut faults = Faults::new();
    let words = if typed.is_empty() {
        "Enter the code."
    } else {
        "This code does not fit, or was used before. Please take the one that the app shows now."
    };
    faults.add("code", refusal.unwrap_or_else(|| words.to_owned()));
    let factors = super::of(tx, account)?;
    Err(Failure::refused(TITLE, markup(visit, &address(tx)?, &factors, next, &faults)))
}

/// Uses up a code of the app or a recovery code.
pub(crate) fn is_right(tx: &mut Tx, account: Id, typed: &str) -> Result<bool, Failure> {
    if recovery::looks_like_one(typed) {
        let is_right = super::use_recovery_code(tx, account, typed)?;
        if is_right {
            journal::record(tx, "recovery code used", account, Some(account), None)?;
        }
        return Ok(is_right);
    }
    super::use_app_code(tx, account, typed, true)
}

/// Whose sign-in is on its way here.
fn account(tx: &mut Tx, visit: &Visit) -> Result<Option<Id>, Failure> {
    let Some(token) = &visit.step else { return Ok(None) };
    Ok(super::step(tx, PURPOSE, token)?.and_then(|step| step.account))
}

/// Where the committee reads what is written to it, as the page *Help* gives it.
fn address(tx: &mut Tx) -> Result<String, Failure> {
    let Some(program) = program::program(tx)? else { return Ok(String::new()) };
    Ok(if program.reply_address.is_empty() { program.alternative_contact } else { program.reply_address })
}

fn markup(visit: &Visit, address: &str, factors: &Factors, next: &str, faults: &Faults) -> Markup {
    let lead = if factors.has_app {
        "Your password was right. Now the code that your app shows."
    } else {
        "Your password was right. Now your passkey."
    };
    let label = if factors.has_app { "Code" } else { "Recovery code" };
    let hint =
        if factors.has_app { "Six digits from the app, or a recovery code." } else { "One of the ten that you kept." };
    let code = Input::new("code", label).autocomplete("one-time-code").hint(hint);
    sheet(html! {
        (error_summary(faults))
        (page_head(TITLE, lead))
        @if !factors.passkeys.is_empty() { (passkeys::sign_in_form(visit, next)) }
        (shell::form("/sign-in/code", html! {
            @if !next.is_empty() { (hidden("next", next)) }
            (text_field(&code.required().faults(faults)))
            (shell::button("Go on"))
        }))
        details {
            summary { "I have neither app nor codes" }
            p { "Write to the committee" @if identity::is_email(address) { ": " a href={ "mailto:" (address) } { (address) } } @else if !address.is_empty() { ": " (address) } ". The chair or the deputy can let you set up a new app, once they know that it is you." }
        }
    })
}
