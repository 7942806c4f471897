//! `/sign-in/openid`: the association's own sign-in. Who somebody is there is issuer and
//! subject; an address proves nothing about an account that exists.
//!
//! # Design
//! The provider sends the browser back with GET, which changes nothing here: the page that
//! it reaches sends on what it brought as a form, by itself where scripts run.

use jiff::SignedDuration;
use platform::{
    app::{App, OpenId},
    enter::{is_path_of_ours, outside_cookie},
    identity::{self, Strength, is_email},
    prelude::*,
    spent,
    visit::Prepared,
};
use policy::Action;
use proofs::openid::{Attempt, Provider, Return};
use shell::{Style, hidden, page_head, sheet};

use crate::{factors::code, factors::overview, invitation, rules::names};

const TITLE: &str = "Sign in";
const LASTS: SignedDuration = SignedDuration::from_mins(10);
const BACK: &str = "/sign-in/openid/back";

sql! {
    FIND => "select account from outside_accounts where issuer = $1 and subject = $2";
    OF_ACCOUNT => "select address from outside_accounts where account = $1 and issuer = $2";
    LINK => "insert into outside_accounts (issuer, subject, account, address, linked_at) values ($1, $2, $3, $4, $5)";
    USE => "update outside_accounts set last_used_at = $3 where issuer = $1 and subject = $2";
    UNLINK => "delete from outside_accounts where account = $1";
}

pub(crate) fn doors() -> Doors {
    Doors::default()
        .get("/sign-in/openid", Action::SignIn, go)
        .calling(ask_where)
        .get(BACK, Action::SignIn, back)
        .post(BACK, Action::SignIn, finish)
        .taking(&["answer", "state", "issuer"])
        .with_texts(&["answer"])
        .calling(ask_who)
        .get("/me/outside", Action::WriteOwnAccount, begin_link)
        .asking_again()
        .post("/me/outside/end", Action::WriteOwnAccount, unlink)
        .asking_again()
}

fn provider(openid: &OpenId) -> Provider {
    let it = openid.clone();
    Provider { issuer: it.issuer, client_id: it.client_id, client_secret: it.client_secret }
}

fn back_address(visit: &Visit) -> String {
    format!("{}{BACK}", visit.config.base_url)
}

/// Asks the provider where the browser goes to sign in.
fn ask_where(app: &App, visit: &Visit) -> Prepared {
    let Some(openid) = &app.config.openid else { return Prepared::default() };
    if let Err(refusal) = platform::sign_in::count_visitor(app, visit) {
        return Prepared { refusal: Some(refusal.to_string()), ..Prepared::default() };
    }
    let secret = app.db.ground.chance.token();
    match proofs::openid::begin(&provider(openid), &Attempt::of(&secret), &back_address(visit)) {
        Ok(address) => Prepared { outside: vec![("address", address), ("secret", secret)], ..Prepared::default() },
        Err(refusal) => {
            tracing::warn!(%refusal, "the association's sign-in cannot be begun");
            Prepared { refusal: Some("The association’s sign-in does not answer at the moment. Please try again later, or sign in with your password.".to_owned()), ..Prepared::default() }
        }
    }
}

fn found<'a>(visit: &'a Visit, name: &str) -> &'a str {
    visit.prepared.outside.iter().find(|(it, _)| *it == name).map_or("", |(_, value)| value)
}

fn go(tx: &mut Tx, visit: &Visit) -> Answer {
    if visit.config.openid.is_none() {
        return Err(Failure::NotFound);
    }
    if visit.account.is_some() && !visit.sign_in()?.is_proved(tx.now()) {
        return Err(Failure::ProveAgain);
    }
    if let Some(words) = &visit.prepared.refusal {
        return Err(refused(words));
    }
    let next = visit.query.text("next");
    let next = if is_path_of_ours(next) { next } else { "/" };
    let carried: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    let cookie = outside_cookie(visit, format!("{}.{carried}", found(visit, "secret")), LASTS.as_secs());
    Ok(Reply::leave(found(visit, "address"), cookie))
}

/// The secret of this browser's attempt, and where it was going.
fn attempt(visit: &Visit) -> Option<(&str, String)> {
    let (secret, next) = visit.outside.as_deref()?.split_once('.')?;
    let next = form_urlencoded::parse(next.as_bytes()).map(|(it, _)| it.into_owned()).collect::<String>();
    Some((secret, if is_path_of_ours(&next) { next } else { "/".to_owned() }))
}

/// The browser is back. Nothing is judged yet.
fn back(_: &mut Tx, visit: &Visit) -> Answer {
    if visit.config.openid.is_none() {
        return Err(Failure::NotFound);
    }
    let query = |name: &str| visit.query.text(name).to_owned();
    let is_ours = attempt(visit).is_some_and(|(secret, _)| Attempt::of(secret).state == query("state"));
    if !is_ours || query("code").is_empty() {
        return Err(refused("The sign-in was not finished, or began in another browser. Nothing has changed."));
    }
    Ok(Reply::page(
        TITLE,
        sheet(html! {
            (page_head("You are back", "The association knows who you are. One step is left."))
            form method="post" action=(BACK) data-go {
                (hidden("answer", &query("code"))) (hidden("state", &query("state"))) (hidden("issuer", &query("iss")))
                (shell::button("Go on"))
            }
            (shell::script("sign-in.js"))
        }),
    ))
}

/// Takes the code to the provider and judges what it says.
fn ask_who(app: &App, visit: &Visit) -> Prepared {
    let (Some(openid), Some((secret, _))) = (&app.config.openid, attempt(visit)) else { return Prepared::default() };
    let form = |name: &str| visit.form.raw(name).to_owned();
    let brought = Return { code: form("answer"), state: form("state"), issuer: form("issuer") };
    let now = app.db.ground.clock.now();
    match proofs::openid::finish(&provider(openid), &Attempt::of(secret), &back_address(visit), &brought, now) {
        Ok(claims) => {
            let verified = if claims.email_is_verified { "yes" } else { "" };
            let two = if claims.has_two_factors { "yes" } else { "" };
            let outside = vec![
                ("issuer", claims.issuer),
                ("subject", claims.subject),
                ("name", claims.name),
                ("email", claims.email.unwrap_or_default()),
                ("verified", verified.to_owned()),
                ("two", two.to_owned()),
            ];
            Prepared { outside, ..Prepared::default() }
        }
        Err(refusal) => {
            tracing::warn!(%refusal, "an answer of the association's sign-in was refused");
            Prepared { refusal: Some(refusal.to_string()), ..Prepared::default() }
        }
    }
}

fn finish(tx: &mut Tx, visit: &Visit) -> Answer {
    let (issuer, subject) = (found(visit, "issuer"), found(visit, "subject"));
    let Some((secret, next)) = attempt(visit).filter(|_| !subject.is_empty()) else {
        return Err(refused("The sign-in was not accepted. Nothing has changed. Please try again."));
    };
    if !spent::spend(tx, &format!("openid {secret}"), tx.now() + LASTS)? {
        return Err(refused("This sign-in was used already. Please begin anew."));
    }
    let known = tx.row::<Id>(&FIND, values![issuer, subject])?;
    let done = outside_cookie(visit, String::new(), 0);
    match (known, &visit.account) {
        (Some(known), Some(account)) if known == account.id => Ok(Reply::go(next).with_cookie(done)),
        (Some(_), Some(_)) => {
            Err(refused("At the association you are linked to another account here. Sign out first."))
        }
        (Some(known), None) => Ok(enter(tx, visit, known, &next)?.with_cookie(done)),
        (None, Some(account)) => {
            let account = account.id;
            Ok(link(tx, visit, account)?.with_cookie(done))
        }
        (None, None) => arrive(tx, visit, &next),
    }
}

fn enter(tx: &mut Tx, visit: &Visit, account: Id, next: &str) -> Answer {
    if !identity::is_open(tx, account)? {
        return Err(refused("This account has been closed."));
    }
    tx.exec(&USE, values![found(visit, "issuer"), found(visit, "subject"), tx.now()])?;
    let strength = if found(visit, "two") == "yes" { Strength::TwoFactors } else { Strength::OneFactor };
    code::go_on(tx, visit, account, strength, next)
}

/// Links the account of somebody who is signed in and showed a moment ago that it is them.
fn link(tx: &mut Tx, visit: &Visit, account: Id) -> Answer {
    if !visit.sign_in()?.is_proved(tx.now())
        || tx.row::<String>(&OF_ACCOUNT, values![account, found(visit, "issuer")])?.is_some()
    {
        return Err(refused("Please begin under My account."));
    }
    keep(tx, visit, account)?;
    journal::record(tx, "linked to the association's sign-in", account, Some(account), None)?;
    Ok(Reply::go("/me").saying("From now on you can sign in at the association."))
}

fn keep(tx: &mut Tx, visit: &Visit, account: Id) -> Result<(), Failure> {
    let values = values![found(visit, "issuer"), found(visit, "subject"), account, found(visit, "email"), tx.now()];
    tx.exec(&LINK, values)?;
    Ok(())
}

/// Somebody whom the house has not seen. An address that the provider has verified, and that
/// nobody has here, makes an account at once; any other is written to, and the page is the
/// same whether somebody has it or not.
fn arrive(tx: &mut Tx, visit: &Visit, next: &str) -> Answer {
    let (email, name) = (found(visit, "email"), found(visit, "name"));
    if !is_email(email) {
        return Err(refused(
            "The association does not tell us your address. Please make an account with your address instead.",
        ));
    }
    let name = if names::fault_of_name(name).is_none() { name } else { email.split('@').next().unwrap_or(email) };
    let is_free = identity::find_by_email(tx, email)?.is_none() && !invitation::is_disabled(tx, email)?;
    if is_free && found(visit, "verified") == "yes" {
        let account = invitation::find_or_make(tx, name, email)?;
        keep(tx, visit, account.id)?;
        journal::record(tx, "account made at the association", account.id, Some(account.id), None)?;
        return Ok(enter(tx, visit, account.id, next)?.with_cookie(outside_cookie(visit, String::new(), 0)));
    }
    invitation::ask_for_way_in(tx, Some(name), email)?;
    Ok(Reply::page(
        TITLE,
        sheet(html! {
            (page_head("Look in your mail", "We do not know this address by itself yet, so a letter with a link is on its way to it."))
            p { "Once you are signed in, link your account with the association under My account. Afterwards one click is enough." }
        }),
    ))
}

fn refused(words: &str) -> Failure {
    Failure::refused(
        TITLE,
        sheet(html! {
            (page_head("That did not work", words))
            (shell::actions(shell::link_button("/sign-in", "Back to the sign-in")))
        }),
    )
}

fn begin_link(_: &mut Tx, visit: &Visit) -> Answer {
    if visit.config.openid.is_none() {
        return Err(Failure::NotFound);
    }
    Ok(Reply::go(overview::with_next("/sign-in/openid", "/me")))
}

fn unlink(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = visit.person()?;
    if !identity::has_password(tx, account)? {
        return Err(refused(
            "You have no password here yet. Ask for one by letter first, so that you can still sign in.",
        ));
    }
    tx.exec(&UNLINK, values![account])?;
    journal::record(tx, "unlinked from the association's sign-in", account, Some(account), None)?;
    Ok(Reply::go("/me").saying("The association’s sign-in no longer opens your account."))
}

/// The organisation's own sign-in opens this account no more, until it is linked anew.
pub(crate) fn end_links(tx: &mut Tx, account: Id) -> Result<(), Failure> {
    tx.exec(&UNLINK, values![account])?;
    Ok(())
}

/// The button on the page to sign in.
pub(crate) fn button(visit: &Visit, next: &str) -> Markup {
    html! {
        @if let Some(openid) = &visit.config.openid {
            (shell::actions(shell::link_quiet(&overview::with_next("/sign-in/openid", next), &openid.label)))
        }
    }
}

/// What `/me` says about it.
pub(crate) fn on_account(tx: &mut Tx, visit: &Visit, openid: &OpenId) -> Result<Markup, Failure> {
    let linked = tx.row::<String>(&OF_ACCOUNT, values![visit.person()?, &openid.issuer])?;
    Ok(html! {
        @if let Some(address) = linked {
            p { "Linked" @if !address.is_empty() { " as " (address) } ". You can sign in there." }
            (shell::post_button("/me/outside/end", "Unlink", &[], Style::Quiet))
        } @else {
            p { "Link it, and signing in there opens your account here too." }
            (shell::link_quiet("/me/outside", "Link my account"))
        }
    })
}
