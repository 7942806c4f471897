//! A text that is longer than its door takes: shown again to be made shorter, with
//! everything else that was sent, so that nothing is lost.

use axum::http::StatusCode;
use maud::html;
use shell::{Faults, Input, hidden, long_field};

use crate::{
    reply::Page,
    takes::{SECRETS, Unread},
    visit::Visit,
};

const TITLE: &str = "This text is too long";

pub fn page(visit: &Visit, field: &str, length: usize, most: usize) -> Page {
    let fault = Unread::TooLong { field: field.to_owned(), length, most }.to_string();
    let mut faults = Faults::new();
    faults.add(field, fault.clone());
    let typed = visit.form.typed();
    let holds_secrets = typed.pairs().iter().any(|(name, _)| SECRETS.contains(&name.as_str()));
    let is_whole = !holds_secrets && !typed.has_files();
    let text = typed.text(field).to_owned();
    let body = shell::sheet(html! {
        @if is_whole {
            (shell::error_summary(&faults))
            (shell::page_head(TITLE, "Nothing was changed. Make it shorter here and send it again; everything else you entered comes along."))
            (shell::form(&visit.here, html! {
                @for (name, value) in typed.pairs().iter().filter(|(name, _)| name != field) { (hidden(name, value)) }
                (long_field(&Input::new(field, "Your text").value(&text).rows(14).required().faults(&faults)))
                (shell::actions(shell::button("Send it again")))
            }))
        } @else {
            (shell::page_head(TITLE, &format!("{fault} Nothing was changed. Please go back, make it shorter and send it again.")))
            (shell::actions(shell::link_button("/", "Go to the start")))
        }
    });
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Page { status, title: TITLE.to_owned(), body, has_faults: true, wide: false }
}
