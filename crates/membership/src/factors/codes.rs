//! Recovery codes: ten, shown once, for the day on which the app or the passkey is lost.

use platform::{identity, prelude::*};
use shell::{Tone, page_head, sheet};

use super::overview;

const TITLE: &str = "Your recovery codes";

/// New codes; the ones before them count no more. Whoever needs new ones may have lost the
/// old ones to somebody, so other sign-ins end as well.
pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    if !super::of(tx, visit.person()?)?.are_two() {
        return Ok(Reply::go("/second-factor"));
    }
    identity::end_other_sign_ins(tx, visit.person()?, visit.sign_in()?.id)?;
    journal::record(tx, "recovery codes made", visit.person()?, Some(visit.person()?), None)?;
    show_new(tx, visit, visit.form.text("next"))
}

/// Makes ten codes and shows them this one time.
pub(super) fn show_new(tx: &mut Tx, visit: &Visit, next: &str) -> Answer {
    let codes = super::make_codes(tx, visit.person()?)?;
    let next = if next.is_empty() { "/second-factor" } else { next };
    Ok(Reply::page(
        TITLE,
        sheet(html! {
            (page_head(TITLE, "Each lets you in once when your app or passkey is not at hand. Keep them where your password is not: on paper, or in a password manager."))
            ul.codes { @for code in &codes { li { code { (code) } } } }
            (shell::copy_button(&codes.join("\n"), "Copy"))
            (shell::note(Tone::Info, html! { p { "They are shown this one time. Nobody can read them later, also not the committee." } }))
            (shell::actions(shell::link_button(&overview::ours(next), "I have kept them")))
        }),
    ))
}
