//! Answers on their way out, and the headers that stand on every one.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use maud::html;

use crate::{
    reply::{Cookie, File, Page, Reply},
    visit::Visit,
};

/// Nothing from elsewhere, nothing inline, nothing framed, nothing kept.
pub const SECURITY_HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types pages forms",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-robots-tag", "noindex, nofollow"),
];

/// Lets a browser tell of this address no more than which house it belongs to. Less would
/// also take the origin from forms, by which we know that they are ours.
pub fn keep_address(response: &mut Response) {
    let policy = HeaderValue::from_static("strict-origin");
    response.headers_mut().insert(HeaderName::from_static("referrer-policy"), policy);
}

pub fn render(frame: &shell::Frame, visit: &Visit, reply: Reply) -> Response {
    match reply {
        Reply::Page(page) => html_page(frame, visit, page),
        Reply::Go { to, notice, cookies } => {
            let mut response = go(&to, notice.as_deref(), visit);
            for cookie in &cookies {
                set_cookie(&mut response, cookie, visit.config.is_https());
            }
            // Whoever signs out leaves nothing of theirs in the browser.
            if cookies.iter().any(|it| it.value.is_empty() && it.name == sign_in_cookie(visit.config.is_https())) {
                let all = HeaderValue::from_static("\"cache\", \"storage\"");
                response.headers_mut().insert(HeaderName::from_static("clear-site-data"), all);
            }
            response
        }
        Reply::File(file) => show_file(file),
        Reply::Leave { to, cookie } => leave(&to, &cookie, visit),
        Reply::Data { status, json } => data(status, json),
    }
}

/// JSON, for programs.
pub fn data(status: StatusCode, json: String) -> Response {
    let mut response = with_headers(Response::new(Body::from(json)));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn html_page(frame: &shell::Frame, visit: &Visit, page: Page) -> Response {
    let mut frame = frame.clone();
    frame.title = page.title;
    frame.has_faults = page.has_faults;
    frame.wide = page.wide;
    frame.notice = visit.notice.clone();
    let mut response = with_headers(Response::new(Body::from(shell::page(&frame, page.body).into_string())));
    *response.status_mut() = page.status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    if visit.notice.is_some() {
        set_cookie(
            &mut response,
            &Cookie { name: "notice", value: String::new(), seconds: 0 },
            visit.config.is_https(),
        );
    }
    response
}

/// See other. Only ever to a path of this house.
pub fn go(to: &str, notice: Option<&str>, visit: &Visit) -> Response {
    let mut response = with_headers(Response::new(Body::empty()));
    *response.status_mut() = StatusCode::SEE_OTHER;
    let to = if is_path_of_ours(to) { to } else { "/" };
    let place = HeaderValue::from_str(to).unwrap_or_else(|_| HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, place);
    if let Some(words) = notice {
        let value: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
        set_cookie(&mut response, &Cookie { name: "notice", value, seconds: 60 }, visit.config.is_https());
    }
    response
}

/// See other, in another house.
fn leave(to: &str, cookie: &Cookie, visit: &Visit) -> Response {
    let mut response = go("/", None, visit);
    if let Ok(place) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    set_cookie(&mut response, cookie, visit.config.is_https());
    response
}

/// Lets the browser send the same form to another path of this house.
pub fn send_on(to: &str, visit: &Visit) -> Response {
    let mut response = go(to, None, visit);
    *response.status_mut() = StatusCode::TEMPORARY_REDIRECT;
    response
}

/// Whether an address to go to stays in this house (V-17).
pub fn is_path_of_ours(to: &str) -> bool {
    let mut letters = to.chars();
    letters.next() == Some('/')
        && letters.next() != Some('/')
        && to.chars().all(|letter| letter.is_ascii_graphic() && letter != '\\')
}

fn show_file(file: File) -> Response {
    let mut response = with_headers(Response::new(Body::from(file.bytes)));
    if !file.lasting {
        // Whatever a file says it is, nothing in it runs, and it is nobody of this house.
        let alone = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, alone);
    }
    let kind = HeaderValue::from_static(file.kind);
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    if file.lasting {
        let keep = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(header::CACHE_CONTROL, keep);
    }
    if file.download {
        let name: String = file.name.chars().filter(|it| it.is_ascii_alphanumeric() || "-_.".contains(*it)).collect();
        if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
            response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
        }
    }
    response
}

/// An answer that needs neither database nor frame.
pub fn plain(status: StatusCode, words: &str) -> Response {
    let body = html! {
        (maud::DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (heading(status)) }
                link rel="stylesheet" href="/static/app.css";
            }
            body {
                main class="wrap narrow" {
                    (shell::sheet(html! {
                        (shell::page_head(heading(status), words))
                        (shell::actions(shell::link_button("/", "Go to the start")))
                    }))
                }
            }
        }
    };
    let mut response = with_headers(Response::new(Body::from(body.into_string())));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

/// What happened, in words and never as the protocol calls it.
fn heading(status: StatusCode) -> &'static str {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE | StatusCode::URI_TOO_LONG | StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => {
            "That is too much at once"
        }
        StatusCode::FORBIDDEN => "This was not accepted",
        StatusCode::BAD_REQUEST => "This could not be read",
        StatusCode::SERVICE_UNAVAILABLE => "One moment, please",
        StatusCode::INTERNAL_SERVER_ERROR => "Something went wrong",
        _ => "Sorry",
    }
}

pub fn too_large(most: usize) -> Response {
    let words = format!(
        "That is more than we can take: {} at most. Nothing was changed. Please go back, make it shorter or choose a smaller file, and send it again.",
        size(most)
    );
    plain(StatusCode::PAYLOAD_TOO_LARGE, &words)
}

fn size(bytes: usize) -> String {
    const MB: usize = 1024 * 1024;
    if bytes >= MB { format!("{} MB", bytes / MB) } else { format!("{} KB", bytes / 1024) }
}

/// Over TLS the cookie insists on it and on this host; over plain HTTP, on a loopback
/// address, no browser would keep such a one.
pub fn sign_in_cookie(https: bool) -> &'static str {
    if https { "__Host-duology" } else { "duology" }
}

pub fn step_cookie(https: bool) -> &'static str {
    if https { "__Host-step" } else { "step" }
}

pub fn outside_cookie(https: bool) -> &'static str {
    if https { "__Host-outside" } else { "outside" }
}

fn set_cookie(response: &mut Response, cookie: &Cookie, https: bool) {
    let secure = if https { "; Secure" } else { "" };
    let text =
        format!("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{secure}", cookie.name, cookie.value, cookie.seconds);
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

fn with_headers(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in SECURITY_HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    // V-17
    #[test]
    fn an_address_that_leaves_the_house_is_not_followed() {
        for ours in ["/", "/mentors?q=a", "/duos/1"] {
            assert!(is_path_of_ours(ours), "{ours}");
        }
        for theirs in
            ["//evil.org", "/\\evil.org", "https://evil.org", "evil", "", "/a\tb", "/\u{0}", "\\/evil.org", "/a\\b"]
        {
            assert!(!is_path_of_ours(theirs), "{theirs:?}");
        }
    }
}
