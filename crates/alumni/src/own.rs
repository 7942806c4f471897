//! Pages `/certificates` and below: what I finished, on paper. Only the owner finds them.

use platform::{doors::Answer, prelude::*};
use program::Cohort;
use shell::facts;

use crate::{
    certificates::{self, Certificate},
    paper, rules,
};

pub fn list(tx: &mut Tx, visit: &Visit) -> Answer {
    let mut mine = Vec::new();
    for certificate in certificates::mine(tx, &visit.subject)? {
        let cohort = program::the_cohort(tx, certificate.cohort)?;
        mine.push((certificate, cohort));
    }
    let program = program::the_program(tx)?.name;
    let body = html! {
        (shell::page_head("Your certificates", "What you finished, to keep and to show."))
        @if mine.is_empty() {
            (shell::empty_state("No certificate yet", "It is issued when the session is over, to everyone whose duo lasted until then.", None))
        }
        @for (certificate, cohort) in &mine { (card(certificate, cohort, &program)) }
    };
    Ok(Reply::page("Your certificates", body))
}

fn card(certificate: &Certificate, cohort: &Cohort, program: &str) -> Markup {
    let path = format!("/certificates/{}", certificate.id);
    let hours = rules::hours(certificate.minutes)
        .map_or("none logged".to_owned(), |it| format!("{it}, as your duo reported them"));
    let check = format!("/certificates/check/{}", certificate.code);
    shell::card(
        &format!("{program}, {}", cohort.name),
        html! {
            (facts(&[
                ("Name", html! { (certificate.name) }),
                ("You took part as", html! { (certificate.role) }),
                ("Hours", html! { (hours) }),
                ("Code", html! { a href=(check) { (certificate.code) } }),
            ]))
            (shell::actions(html! {
                (shell::link_button(&path, "Certificate (PDF)"))
                (shell::link_quiet(&format!("{path}/letter"), "Letter for your personnel file (PDF)"))
            }))
            (shell::readers_line(&policy::who_can_read(policy::Record::Certificate)))
            p.hint { "Whoever has the code can check your name, your role, the program and its years." }
        },
    )
}

pub fn certificate(tx: &mut Tx, visit: &Visit) -> Answer {
    let certificate = certificates::of_owner(tx, visit, visit.id("certificate")?)?;
    let words = paper::words(tx, &certificate)?;
    Ok(Reply::download("certificate.pdf", "application/pdf", paper::certificate(&certificate, &words)?))
}

pub fn service_letter(tx: &mut Tx, visit: &Visit) -> Answer {
    let certificate = certificates::of_owner(tx, visit, visit.id("certificate")?)?;
    let words = paper::words(tx, &certificate)?;
    Ok(Reply::download("service-letter.pdf", "application/pdf", paper::service_letter(&certificate, &words)?))
}
