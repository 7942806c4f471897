//! `/second-factor/app`: an app that shows codes. The secret counts once its first code was right.

use platform::{app::App, prelude::*, visit::Prepared};
use proofs::time_codes;
use shell::{Faults, Input, error_summary, hidden, page_head, sheet, text_field};

use super::{code, codes, overview};

const TITLE: &str = "An app with codes";

/// Makes a secret; the page shows it.
pub fn begin(tx: &mut Tx, visit: &Visit) -> Answer {
    super::begin_app(tx, visit.person()?)?;
    Ok(Reply::go(overview::with_next("/second-factor/app", visit.form.text("next"))))
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let Some(secret) = super::app_to_confirm(tx, visit.person()?)? else {
        return Ok(Reply::go("/second-factor"));
    };
    Ok(Reply::page(TITLE, markup(tx, visit, &secret, visit.query.text("next"), &Faults::new())?))
}

/// Counts a try before it is judged.
pub fn prepare(app: &App, visit: &Visit) -> Prepared {
    match visit.sign_in_token() {
        Some(token) => code::count_within(app, token),
        None => Prepared::default(),
    }
}

pub fn confirm(tx: &mut Tx, visit: &Visit) -> Answer {
    let (account, next) = (visit.person()?, visit.form.text("next"));
    let Some(secret) = super::app_to_confirm(tx, account)? else {
        return Ok(Reply::go("/second-factor"));
    };
    let typed = visit.form.text("code");
    let refusal = visit.prepared.refusal.clone();
    if refusal.is_some() || !super::use_app_code(tx, account, typed, false)? {
        let mut faults = Faults::new();
        let words = "This is not the code that the app shows now. If it keeps saying so, look whether your phone sets its time by itself.";
        faults.add("code", refusal.unwrap_or_else(|| words.to_owned()));
        return Err(Failure::refused(TITLE, markup(tx, visit, &secret, next, &faults)?));
    }
    super::strengthen(tx, visit, "second factor set up")?;
    codes::show_new(tx, visit, next)
}

fn markup(tx: &mut Tx, visit: &Visit, secret: &str, next: &str, faults: &Faults) -> Result<Markup, Failure> {
    let house = program::program(tx)?.map_or_else(|| "Duology".to_owned(), |it| it.name);
    let address = time_codes::address(secret, &house, &visit.account()?.email);
    let code = Input::new("code", "The code that the app shows").autocomplete("one-time-code").hint("Six digits.");
    Ok(sheet(html! {
            (error_summary(faults))
            (page_head(TITLE, "Any app for codes will do: one on your phone, or the one in your password manager."))
            p { "Let the app photograph this square, or tap it on your phone." }
            @if let Some(square) = time_codes::square(&address) {
                a.square href=(address) aria-label="Open in an app on this device" {
                    svg viewBox={ "-3 -3 " (square.width + 6) " " (square.width + 6) } role="img" aria-label="A square that holds the secret of your codes" {
                        rect x="-3" y="-3" width=(square.width + 6) height=(square.width + 6) fill="#fff" {}
                        path d=(square.path) fill="#000" {}
                    }
                }
            }
            details {
                summary { "Type it instead" }
                p { code.secret { (time_codes::in_groups(secret)) } }
            }
            (shell::form("/second-factor/app/confirmation", html! {
                @if !next.is_empty() { (hidden("next", next)) }
                (text_field(&code.required().faults(faults)))
                (shell::button("Confirm"))
            }))
            (shell::readers_line(&policy::who_can_read(policy::Record::AccountSession)))
    p.hint { "It is shown until you have confirmed it." }
        }))
}

/// Takes the app away.
pub fn remove(tx: &mut Tx, visit: &Visit) -> Answer {
    overview::remove(tx, visit, super::drop_app, "The app counts no more.")
}
