//! `/second-factor`: what one has beside the password, and how to add it.

use platform::{
    enter::is_path_of_ours,
    identity::{self, SECOND_FACTOR_FOR_ALL},
    passwords,
    prelude::*,
    settings,
};
use shell::{Faults, Input, Style, Tone, card, error_summary, hidden, page_head, text_field};

use super::{Factors, passkeys};

pub(super) const TITLE: &str = "The second factor";
const LEAD: &str = "Beside the password something that only you have: an app that shows codes, or a passkey. A stolen password alone then opens nothing.";

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    Ok(Reply::page(TITLE, markup(tx, visit, visit.query.text("next"), &Faults::new())?))
}

/// The path with the place to go on to.
pub(crate) fn with_next(path: &str, next: &str) -> String {
    if next.is_empty() {
        return path.to_owned();
    }
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{path}?next={next}")
}

/// The path, if it stays in the house; the start otherwise.
pub(crate) fn ours(path: &str) -> String {
    if is_path_of_ours(path) { path.to_owned() } else { "/".to_owned() }
}

/// Whether this person may not do without a second factor.
pub(super) fn is_needed(tx: &mut Tx, visit: &Visit) -> Result<bool, Failure> {
    let for_all = settings::get(tx, SECOND_FACTOR_FOR_ALL)?.as_deref() == Some("yes");
    Ok(for_all || visit.subject.needs_second_factor())
}

pub(super) fn markup(tx: &mut Tx, visit: &Visit, next: &str, faults: &Faults) -> Result<Markup, Failure> {
    let account = visit.account()?;
    let factors = super::of(tx, account.id)?;
    let needed = is_needed(tx, visit)?;
    Ok(html! {
        (error_summary(faults))
        (page_head(TITLE, LEAD))
        @if visit.lacks_second_factor() {
            (shell::note(Tone::Info, html! { p { strong { "Your role needs one." } " You read about many people here, so a password alone is not enough. It takes two minutes; afterwards you go on where you were." } }))
        } @else if needed && factors.are_two() {
            p.hint { "A second factor is asked of you here, so the last one can be replaced and not taken away." }
        }
        (shell::cards(html! {
            (card("An app with codes", app(&factors, needed, next, faults)))
            (card("Passkeys", passkeys::list(visit, &factors, next)))
            @if factors.are_two() { (card("Recovery codes", codes(&factors, next))) }
        }))
        @if factors.are_two() && !next.is_empty() { (shell::actions(shell::link_button(&ours(next), "Go on"))) }
        p { a href="/me" { "Back to my account" } }
    })
}

fn app(factors: &Factors, needed: bool, next: &str, faults: &Faults) -> Markup {
    let values: &[(&str, &str)] = if next.is_empty() { &[] } else { &[("next", next)] };
    let password = Input::new("current", "Password").kind("password").autocomplete("current-password");
    html! {
        @if factors.has_app {
            p { (shell::badge(Tone::Good, "Set up")) }
            p { "When you sign in, we ask for the code that the app shows." }
            @if !needed || !factors.passkeys.is_empty() {
                details {
                    summary { "Take it away" }
                    (shell::form("/second-factor/app/removal", html! {
                        (text_field(&password.required().faults(faults)))
                        (shell::button_quiet("Take the app away"))
                    }))
                }
            }
        } @else {
            p { "Works on every phone, also without a connection." }
            (shell::post_button("/second-factor/app", "Set up an app", values, Style::Main))
        }
    }
}

fn codes(factors: &Factors, next: &str) -> Markup {
    html! {
        p { (factors.codes_left) " of ten are left." }
        @if factors.codes_left < 3 { p.hint { "Few are left. New ones replace all of the old." } }
        (shell::form("/second-factor/codes", html! {
            @if !next.is_empty() { (hidden("next", next)) }
            (shell::button_quiet("Make ten new codes"))
        }))
    }
}

/// Takes one proof away, if something is left that is enough. The password has been tried;
/// it must be long enough to stand alone where it will.
pub(super) fn remove(
    tx: &mut Tx,
    visit: &Visit,
    take: fn(&mut Tx, Id) -> Result<(), Failure>,
    words: &'static str,
) -> Answer {
    let account = visit.account()?.clone();
    let mut faults = Faults::new();
    if visit.prepared.verified != Some(account.id) {
        let refusal = visit.prepared.refusal.clone();
        faults.add("current", refusal.unwrap_or_else(|| "Enter your password.".to_owned()));
        return Err(Failure::refused(TITLE, markup(tx, visit, "", &faults)?));
    }
    take(tx, account.id)?;
    let is_alone = !super::of(tx, account.id)?.are_two();
    if is_alone && is_needed(tx, visit)? {
        faults.add("current", "A second factor is asked of you here. Set up another one first.");
    } else if is_alone && visit.form.raw("current").chars().count() < passwords::SHORTEST {
        faults.add("current", "Your password is too short to stand alone. Choose one of at least 15 characters first.");
    }
    if !faults.is_empty() {
        return Err(Failure::refused(TITLE, markup(tx, visit, "", &faults)?));
    }
    if is_alone {
        super::drop_codes(tx, account.id)?;
    }
    identity::end_other_sign_ins(tx, account.id, visit.sign_in()?.id)?;
    journal::record(tx, "second factor taken away", account.id, Some(account.id), None)?;
    Ok(Reply::go("/second-factor").saying(words))
}
