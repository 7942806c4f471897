//! Before any door: what no browser sends is turned away before it costs anything.

use super::out;
use crate::storage::Ground;
use axum::{extract::Request, http::StatusCode, middleware::Next, response::Response};

/// The longest address of ours, with every filter set, is a tenth of this.
const LONGEST_ADDRESS: usize = 8 * 1024;
const LONGEST_HEAD: usize = 32 * 1024;

/// The name of a request: when it came, and which since the start it is.
pub fn name_of(ground: &Ground) -> String {
    let seconds = ground.clock.now().as_second().rem_euclid(1 << 32);
    format!("{seconds:08x}-{:06x}", ground.next_request())
}

/// What somebody reads whose request broke, and may tell the people who run the house.
pub fn broken(request: &str) -> String {
    format!(
        "Something went wrong on our side. Nothing was changed. Please try again in a minute. If it happens again, tell the people who run this house the number {request}; they find it in their log."
    )
}

pub async fn pass(request: Request, next: Next) -> Response {
    match fault(&request) {
        Some((status, words)) => out::plain(status, words),
        None => next.run(request).await,
    }
}

/// An address that is there and takes another method answers like one that is not there.
pub async fn tell_no_methods(mut response: Response) -> Response {
    response.headers_mut().remove(axum::http::header::ALLOW);
    response
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
