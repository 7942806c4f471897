//! Passkeys: adding, naming and taking them away, and signing in with one. The browser is
//! asked by a script of ours, which sends its answer as a form.

use platform::{app::App, enter::step_cookie, identity::Strength, prelude::*, visit::Prepared};
use proofs::passkeys::{Refusal, Site};
use shell::{Faults, Input, Style, hidden, page_head, sheet};

use super::{Factors, code, codes, overview};

const ADDING: &str = "passkey to add";
const SIGNING_IN: &str = "passkey";
const LONGEST_NAME: usize = 60;
const MOST: usize = 10;

fn site(tx: &mut Tx, visit: &Visit) -> Result<Result<Site, Refusal>, Failure> {
    let name = program::program(tx)?.map_or_else(|| "Duology".to_owned(), |it| it.name);
    Ok(Site::new(&visit.config.base_url, &name))
}

/// The question to a browser, with the secret under which its answer comes back.
fn asked(tx: &mut Tx, purpose: &'static str, account: Option<Id>, asked: proofs::passkeys::Question) -> Answer {
    let step = super::begin_step(tx, purpose, account, &asked.state)?;
    Ok(Reply::data(200, &serde_json::json!({ "step": step, "options": asked.options })))
}

fn refused(refusal: Refusal) -> Reply {
    Reply::data(422, &serde_json::json!({ "words": refusal.to_string() }))
}

/// `POST /second-factor/passkeys/question`
pub fn ask_for_new(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = visit.account()?.clone();
    let known = super::passkeys_of(tx, account.id)?;
    if known.len() >= MOST {
        return Ok(Reply::data(422, &serde_json::json!({ "words": "Ten passkeys are enough. Take one away first." })));
    }
    let known: Vec<Vec<u8>> = known.into_iter().map(|it| it.credential).collect();
    let question =
        site(tx, visit)?.and_then(|site| site.ask_for_new(account.id.uuid(), &account.email, &account.name, &known));
    match question {
        Ok(question) => asked(tx, ADDING, Some(account.id), question),
        Err(refusal) => Ok(refused(refusal)),
    }
}

/// `POST /second-factor/passkeys`
pub fn add(tx: &mut Tx, visit: &Visit) -> Answer {
    let (account, form) = (visit.person()?, &visit.form);
    let step = super::step(tx, ADDING, form.text("step"))?.filter(|it| it.account == Some(account));
    let kept = match step {
        Some(step) if super::end_step(tx, ADDING, form.text("step"))? => {
            site(tx, visit)?.and_then(|site| site.add(form.raw("answer"), &step.state))
        }
        _ => Err(Refusal::NotAccepted),
    };
    let kept = match kept {
        Ok(kept) if super::passkey(tx, &kept.credential)?.is_none() => kept,
        Ok(_) => return not_accepted(tx, visit, Refusal::NotAccepted),
        Err(refusal) => return not_accepted(tx, visit, refusal),
    };
    let had_codes = super::of(tx, account)?.codes_left > 0;
    super::add_passkey(tx, account, &name_for(visit), &kept)?;
    super::strengthen(tx, visit, "passkey added")?;
    let next = form.text("next");
    if had_codes {
        let to = if next.is_empty() { "/second-factor" } else { next };
        return Ok(Reply::go(to).saying("Your passkey is added."));
    }
    codes::show_new(tx, visit, next)
}

fn not_accepted(tx: &mut Tx, visit: &Visit, refusal: Refusal) -> Answer {
    let faults = Faults::general(refusal.to_string());
    Err(Failure::refused(overview::TITLE, overview::markup(tx, visit, visit.form.text("next"), &faults)?))
}

/// The name that was typed; where none was, the device as it calls itself.
fn name_for(visit: &Visit) -> String {
    let typed: String = visit.form.text("name").chars().take(LONGEST_NAME).collect();
    if typed.is_empty() { crate::sign_ins::device(&visit.agent) } else { typed }
}

/// `POST /second-factor/passkeys/{id}/name`
pub fn name(tx: &mut Tx, visit: &Visit) -> Answer {
    if super::name_passkey(tx, visit.person()?, visit.id("id")?, &name_for(visit))? {
        Ok(Reply::go("/second-factor").saying("The name is saved."))
    } else {
        Err(Failure::NotFound)
    }
}

/// `POST /second-factor/passkeys/{id}/removal`: not the last thing that proves somebody
/// whose role needs one, nor beside a password that is too short to stand alone.
pub fn remove(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = visit.person()?;
    if !super::drop_passkey(tx, account, visit.id("id")?)? {
        return Err(Failure::NotFound);
    }
    if !super::of(tx, account)?.are_two() {
        let faults = Faults::general("This is the last one. Set up an app or another passkey first.");
        return Err(Failure::refused(overview::TITLE, overview::markup(tx, visit, "", &faults)?));
    }
    platform::identity::end_other_sign_ins(tx, account, visit.sign_in()?.id)?;
    journal::record(tx, "passkey taken away", account, Some(account), None)?;
    Ok(Reply::go("/second-factor")
        .saying("The passkey is taken away here. Your device may still list it; it opens nothing any more."))
}

/// `POST /sign-in/passkey/question`
pub fn ask(tx: &mut Tx, visit: &Visit) -> Answer {
    if let Some(words) = &visit.prepared.refusal {
        return Ok(Reply::data(429, &serde_json::json!({ "words": words })));
    }
    match site(tx, visit)?.and_then(|site| site.ask()) {
        Ok(question) => asked(tx, SIGNING_IN, None, question),
        Err(refusal) => Ok(refused(refusal)),
    }
}

/// Each question is kept for ten minutes, so one place on the network may not ask without end.
pub fn count(app: &App, visit: &Visit) -> Prepared {
    match platform::sign_in::count_visitor(app, visit) {
        Ok(()) => Prepared::default(),
        Err(refusal) => Prepared { refusal: Some(refusal.to_string()), ..Prepared::default() },
    }
}

/// `POST /sign-in/passkey`
pub fn sign_in(tx: &mut Tx, visit: &Visit) -> Answer {
    let next = visit.form.text("next");
    let Some(account) = proved(tx, visit)? else {
        let body = sheet(html! {
            (page_head("The passkey does not fit", "It was not accepted, or it took longer than ten minutes. Nothing is wrong with your account."))
            (shell::actions(html! { (shell::link_button(&overview::with_next("/sign-in", next), "Try again")) }))
        });
        return Err(Failure::refused("Sign in", body));
    };
    let to = if next.is_empty() { "/" } else { next };
    Ok(code::begin(tx, visit, account, Strength::TwoFactors, to)?.with_cookie(step_cookie(visit, String::new(), 0)))
}

/// Whose passkey answered the question of this step; nobody's, where anything does not fit.
pub(crate) fn proved(tx: &mut Tx, visit: &Visit) -> Result<Option<Id>, Failure> {
    let form = &visit.form;
    let Some(step) = super::step(tx, SIGNING_IN, form.text("step"))? else { return Ok(None) };
    if !super::end_step(tx, SIGNING_IN, form.text("step"))? {
        return Ok(None);
    }
    let Ok(site) = site(tx, visit)? else { return Ok(None) };
    let answer = form.raw("answer");
    let Ok((person, credential)) = site.claimed(answer) else { return Ok(None) };
    let Some(passkey) = super::passkey(tx, &credential)? else { return Ok(None) };
    if passkey.account.uuid() != person || !platform::identity::is_open(tx, passkey.account)? {
        return Ok(None);
    }
    let Ok(moved) = site.judge(answer, &step.state, &passkey.public_key) else { return Ok(None) };
    super::use_passkey(tx, &passkey, moved)?;
    Ok(Some(passkey.account))
}

/// The same for somebody who shows again that it is them.
pub(crate) fn proof_form(visit: &Visit, carried: &Markup) -> Markup {
    if Site::new(&visit.config.base_url, "Duology").is_err() {
        return html! {};
    }
    html! {
        form method="post" action="/sign-in/again" data-passkey="get" data-question="/sign-in/passkey/question" hidden {
            (carried)
            (hidden("step", "")) (hidden("answer", ""))
            (shell::button_quiet("Use a passkey"))
            p.hint data-says aria-live="polite" {}
        }
        (shell::script("sign-in.js"))
    }
}

/// The button that asks the browser; hidden where no script runs, since nothing else can.
pub(crate) fn sign_in_form(visit: &Visit, next: &str) -> Markup {
    if Site::new(&visit.config.base_url, "Duology").is_err() {
        return html! {};
    }
    html! {
        form method="post" action="/sign-in/passkey" data-passkey="get" data-question="/sign-in/passkey/question" hidden {
            @if !next.is_empty() { (hidden("next", next)) }
            (hidden("step", "")) (hidden("answer", ""))
            (shell::button_quiet("Use a passkey"))
            p.hint data-says aria-live="polite" {}
        }
        (shell::script("sign-in.js"))
    }
}

/// What stands on the page of the second factor.
pub(super) fn list(visit: &Visit, factors: &Factors, next: &str) -> Markup {
    let name = Input::new("name", "A name for it").hint("Such as “Phone”. Left empty, the device names itself.");
    let can = Site::new(&visit.config.base_url, "Duology").is_ok();
    html! {
        p { "A passkey replaces password and code: your device asks for your finger, your face or its own number." }
        @if !factors.passkeys.is_empty() {
            ul.plain {
                @for passkey in &factors.passkeys {
                    li {
                        strong { (passkey.name) } " "
                        span.hint { (used(passkey)) }
                        details {
                            summary { "Change" }
                            (shell::form(&format!("/second-factor/passkeys/{}/name", passkey.id), html! {
                                (shell::text_field(&Input { id: Some(&format!("name-{}", passkey.id)), ..Input::new("name", "Name").value(&passkey.name) }))
                                (shell::button_quiet("Save the name"))
                            }))
                            @if factors.has_app || factors.passkeys.len() > 1 {
                                (shell::post_button_for(&format!("/second-factor/passkeys/{}/removal", passkey.id), "Take it away", &passkey.name, &[], Style::Danger))
                            }
                        }
                    }
                }
            }
        }
        @if can {
            form.form method="post" action="/second-factor/passkeys" data-passkey="create" data-question="/second-factor/passkeys/question" hidden {
                @if !next.is_empty() { (hidden("next", next)) }
                (hidden("step", "")) (hidden("answer", ""))
                (shell::text_field(&name))
                (shell::button("Add a passkey"))
                p.hint data-says aria-live="polite" {}
            }
            p.hint.no-script { "Passkeys need scripts in the browser; an app with codes does not." }
            (shell::script("sign-in.js"))
        } @else {
            p.hint { "This house is reached by a number instead of a name, so it can take no passkeys." }
        }
    }
}

fn used(passkey: &super::Passkey) -> String {
    let day = |at: jiff::Timestamp| at.to_zoned(jiff::tz::TimeZone::UTC).strftime("%-d %b %Y").to_string();
    match passkey.last_used_at {
        Some(at) => format!("last used {}", day(at)),
        None => format!("added {}", day(passkey.created_at)),
    }
}
