//! Pages `/certificates/check` and `/certificates/check/{code}`: anyone checks a
//! certificate. What is said is what the certificate says, and nothing more.

use platform::{doors::Answer, prelude::*};
use program::long_day;
use shell::{Faults, Input, Tone, facts};

use crate::{certificates, rules};

pub fn ask(tx: &mut Tx, visit: &Visit) -> Answer {
    let typed = visit.query.text("code").to_owned();
    if typed.is_empty() {
        return Ok(Reply::page("Check a certificate", page(&typed, html! {})));
    }
    look(tx, &typed)
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    look(tx, visit.param("code"))
}

fn look(tx: &mut Tx, typed: &str) -> Answer {
    let found = match rules::typed_code(typed) {
        Some(code) => certificates::with_code(tx, &code)?,
        None => None,
    };
    let Some(certificate) = found else {
        let words = html! {
            (shell::note(Tone::Warn, html! { p { "No certificate has this code. A code is two times five letters and digits, such as K7MQ3-RTX2H." } }))
        };
        return Ok(Reply::page("No certificate has this code", page(typed, words)));
    };
    let program = program::the_program(tx)?;
    let cohort = program::the_cohort(tx, certificate.cohort)?;
    let calendar = program::calendar::of(tx, &cohort)?;
    let (start, end) = (calendar.day("orientation"), calendar.day("session_ends"));
    let words = html! {
        (shell::note(Tone::Good, html! { p { "This certificate was issued here." } }))
        (facts(&[
            ("Name", html! { (certificate.name) }),
            ("Took part as", html! { (certificate.role) }),
            ("Program", html! { (program.name) ", " (program.association) }),
            ("From", html! { (long_day(start)) }),
            ("To", html! { (long_day(end)) }),
            ("Code", html! { (certificate.code) }),
        ]))
    };
    Ok(Reply::page("Check a certificate", page(&certificate.code, words)))
}

fn page(typed: &str, words: Markup) -> Markup {
    let faults = Faults::new();
    let input = Input::new("code", "Code on the certificate").value(typed).required().faults(&faults);
    html! {
        (shell::page_head("Check a certificate", "Type the code that stands at the foot of the certificate."))
        (words)
        form.form method="get" action="/certificates/check" {
            (shell::text_field(&input))
            (shell::actions(html! { (shell::button("Check")) }))
        }
    }
}
