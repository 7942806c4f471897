//! `/me`: one's own account, with roles, details, sign-ins and password.

use platform::{
    app::App,
    enter::sign_in_cookie,
    identity::{self, SIGN_IN_LASTS},
    prelude::*,
    sign_in,
    storage::StorageError,
    visit::Prepared,
};
use policy::{Action, may, of};
use program::{
    memberships::{self, Member},
    short_day,
};
use shell::{Faults, Input, Style, card, error_summary, page_head, text_field};

use crate::{
    address, details, factors, hand_overs, outside, people, sign_ins,
    welcome::{self, judge},
};

pub(crate) const TITLE: &str = "My account";

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = people::whoever_asks(tx, visit)?;
    Ok(Reply::page(TITLE, markup(tx, visit, &person, &Faults::new())?))
}

/// Accepts what one was appointed to.
pub fn accept_appointment(tx: &mut Tx, visit: &Visit) -> Answer {
    hand_overs::confirm(tx, visit.person()?)?;
    Ok(Reply::go("/me").saying("Thank you. Your appointment counts from now on."))
}

/// Tries the old password and hashes the new one, if both are worth it.
pub fn prepare_password(app: &App, visit: &Visit) -> Prepared {
    let Some(token) = visit.sign_in_token().map(str::to_owned) else { return Prepared::default() };
    let bearer: Result<_, StorageError> = app.db.read(move |tx| identity::bearer(tx, &token));
    let Ok(Some(account)) = bearer else { return Prepared::default() };
    if judge(visit, &account, has_two(app, &account)).is_err() || visit.form.raw("current").is_empty() {
        return Prepared::default();
    }
    match sign_in::verify(app, visit, &account.email, visit.form.raw("current")) {
        Ok(verified) => Prepared {
            verified: Some(verified),
            password_hash: sign_in::hash(app, visit.form.raw("password")),
            ..Prepared::default()
        },
        Err(sign_in::TryRefusal::Wrong) => {
            Prepared { refusal: Some("This is not your password.".to_owned()), ..Prepared::default() }
        }
        Err(refusal) => Prepared { refusal: Some(refusal.to_string()), ..Prepared::default() },
    }
}

pub fn change_password(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = visit.account()?;
    let mut faults = Faults::new();
    if visit.form.raw("current").is_empty() {
        faults.add("current", "Enter the password you have now.");
    } else if let Some(words) = &visit.prepared.refusal {
        faults.add("current", words);
    }
    let two = factors::of(tx, account.id)?.are_two();
    if let Err((field, refusal)) = judge(visit, account, two) {
        faults.add(field, refusal.to_string());
    }
    let hash = visit.prepared.password_hash.as_ref().filter(|_| visit.prepared.verified == Some(account.id));
    if let (true, Some(hash)) = (faults.is_empty(), hash) {
        identity::set_password(tx, account.id, hash)?;
        journal::record(tx, "password set", account.id, Some(account.id), None)?;
        return go_on(tx, visit, "Your password is changed, and all other sign-ins have ended.");
    }
    if faults.is_empty() {
        faults.add("current", sign_in::TryRefusal::Broken.to_string());
    }
    let person = people::whoever_asks(tx, visit)?;
    Err(Failure::refused(TITLE, markup(tx, visit, &person, &faults)?))
}

fn go_on(tx: &mut Tx, visit: &Visit, words: &str) -> Answer {
    let token = identity::sign_in(tx, visit.person()?, &visit.agent, visit.sign_in()?.strength())?;
    Ok(Reply::go("/me").with_cookie(sign_in_cookie(visit, token, SIGN_IN_LASTS.as_secs())).saying(words))
}

/// The whole page; `details` and the password form draw their faults at their fields.
pub(crate) fn markup(tx: &mut Tx, visit: &Visit, person: &people::Person, faults: &Faults) -> Result<Markup, Failure> {
    let roles = memberships::of_person(tx, person.id)?;
    let sign_ins = identity::sign_ins(tx, &visit.own::<of::AccountSession, may::Read>()?, person.id)?;
    let factors = factors::of(tx, person.id)?;
    let cohorts = program::cohorts::all(tx)?;
    let zone = program::program(tx)?.map(|it| it.zone).unwrap_or_default();
    let zone = program::calendar::zone_named(if person.zone.is_empty() { &zone } else { &person.zone });
    let cohort_name = |member: &Member| {
        let cohort = member.cohort.and_then(|id| cohorts.iter().find(|it| it.id == id));
        cohort.map_or_else(|| "the whole program".to_owned(), |it| it.name.clone())
    };
    Ok(html! {
        (error_summary(faults))
        (page_head(TITLE, &format!("{}, {}", person.name, person.email)))
        (details::form(person, faults))
        (card("What you are here", roles_list(&roles, &cohort_name)))
        (card("Your sign-ins", sign_ins::list(&sign_ins, visit.sign_in()?.id, &zone)))
        (card("The second factor", second_factor(&factors)))
        @if let Some(openid) = &visit.config.openid { (card("The association’s own sign-in", outside::on_account(tx, visit, openid)?)) }
        (card("Your e-mail address", address::card(tx, visit, faults)?))
        (card("Change your password", password_form(&person.email, faults)))
        p { a href="/my-membership" { "My membership" } }
        @if visit.may(Action::DeclareConflict, None) { p { a href="/conflicts" { "Whom I step aside from" } } }
        @if visit.subject.takes_part() { p { a href="/me/check-ins" { "My check-ins" } } }
        p { a href="/concerns" { "What I told in confidence" } }
        p { a href="/me/letters" { "Letters written to me" } }
        p { a href="/me/readings" { "Who has read what is mine" } ", and " a href="/me/readings#account" { "what happened to my account" } }
        p { a href="/me/download" { "Take along what is mine" } }
        p { a href="/me/erase" { "Be forgotten" } }
        (shell::post_button("/sign-out", "Sign out", &[], Style::Quiet))
        @if visit.is_demo() { p.hint { "In this demo the password protects nobody." } }
    })
}

fn roles_list(roles: &[Member], cohort_name: &dyn Fn(&Member) -> String) -> Markup {
    let invited = roles.iter().any(|it| it.status == "invited");
    html! {
        @if roles.is_empty() {
            p { "You have an account and no role yet. When you apply, or are appointed, it stands here." }
        } @else {
            ul {
                @for member in roles {
                    li {
                        strong { (member.role().map_or("Member", policy::Role::words)) }
                        " in " (cohort_name(member)) ", "
                        @match (member.status.as_str(), member.until) {
                            ("invited", _) => { "waiting for your yes" }
                            (_, Some(until)) => { (short_day(member.since)) " to " (short_day(until)) }
                            (_, None) => { "since " (short_day(member.since)) }
                        }
                    }
                }
            }
        }
        @if invited { (shell::post_button("/me/appointments", "Accept", &[], Style::Main)) }
    }
}

fn second_factor(factors: &factors::Factors) -> Markup {
    html! {
        @if factors.are_two() {
            p { (shell::badge(shell::Tone::Good, "Set up")) }
            ul {
                @if factors.has_app { li { "An app with codes" } }
                @if !factors.passkeys.is_empty() { li { (factors.passkeys.len()) @if factors.passkeys.len() == 1 { " passkey" } @else { " passkeys" } } }
                li { (factors.codes_left) " recovery codes left" }
            }
        } @else { p { "None yet. With one, a stolen password alone opens nothing." } }
        (shell::link_quiet("/second-factor", if factors.are_two() { "Change it" } else { "Set it up" }))
    }
}

fn has_two(app: &App, account: &Account) -> bool {
    let id = account.id;
    app.db.read(move |tx| Ok::<_, Failure>(factors::of(tx, id)?.are_two())).unwrap_or(false)
}

fn password_form(email: &str, faults: &Faults) -> Markup {
    let current = Input::new("current", "Password now").kind("password").autocomplete("current-password");
    shell::form(
        "/me/password",
        html! {
            (welcome::hidden_username(email))
            (text_field(&current.required().faults(faults)))
            (welcome::password_fields(faults))
            (shell::button("Change my password"))
        },
    )
}
