//! Before any door: what no browser sends is turned away before it costs anything.

use axum::{extract::Request, http::StatusCode, middleware::Next, response::Response};

use super::out;

/// The longest address of ours, with every filter set, is a tenth of this.
const LONGEST_ADDRESS: usize = 8 * 1024;
const LONGEST_HEAD: usize = 32 * 1024;

pub async fn pass(request: Request, next: Next) -> Response {
    match fault(&request) {
        Some((status, words)) => out::plain(status, words),
        None => next.run(request).await,
    }
}

fn fault(request: &Request) -> Option<(StatusCode, &'static str)> {
    let address = request.uri().path_and_query().map_or(0, |it| it.as_str().len());
    if address > LONGEST_ADDRESS {
        return Some((StatusCode::URI_TOO_LONG, "This address is longer than any of ours. Nothing was changed."));
    }
    let head: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    (head > LONGEST_HEAD).then_some((
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        "Your browser sent more about itself than we can take. Please clear the cookies of this site and try again.",
    ))
}
