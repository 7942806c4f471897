//! Pages and forms as they travel: where links lead, and what a browser would send.

use std::collections::BTreeSet;

use super::payloads;
use crate::demo::scrape::{self, Form};

/// One example stands for all addresses of its shape.
pub(super) fn shape(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let is_name =
        |part: &str| part.len() >= 32 && part.chars().all(|it| it.is_ascii_alphanumeric() || "-_".contains(it));
    let parts: Vec<&str> = path.split('/').map(|part| if is_name(part) { "…" } else { part }).collect();
    match parts.as_slice() {
        ["", room @ ("about" | "guides" | "letters" | "lessons"), _] => format!("/{room}/…"),
        ["", "forms", _, rest @ ..] => {
            let rest: Vec<&str> = rest.iter().enumerate().map(|(at, it)| if at == 1 { "…" } else { it }).collect();
            format!("/forms/…/{}", rest.join("/"))
        }
        ["", "about", _, "edit"] => "/about/…/edit".to_owned(),
        [.., "reports", kind, "parts", _] => format!("reports/{kind}/parts/…"),
        _ => parts.join("/"),
    }
}

/// Pages of ours that a page links to; files are saved, not read.
pub(super) fn links(body: &str) -> Vec<String> {
    let hrefs = body.split("<a ").skip(1).filter_map(|rest| rest.split('>').next()?.split_once("href=\""));
    let ours = hrefs.filter_map(|(_, rest)| rest.split('"').next()).filter(|it| it.starts_with('/'));
    let is_file = |it: &&str| {
        let path = it.split('?').next().unwrap_or_default();
        path.rsplit('/').next().unwrap_or_default().contains('.')
            || path.contains("/export/")
            || path.starts_with("/certificates/")
    };
    ours.filter(|it| !is_file(it)).map(scrape::unescape).collect()
}

/// The fields that an answer finds fault with.
pub(super) fn faulty(body: &str) -> BTreeSet<String> {
    body.split("href=\"#f-").skip(1).filter_map(|rest| rest.split('"').next()).map(scrape::unescape).collect()
}

/// As a browser sends it: with a file where the form asks for one.
pub(super) fn encoded(form: &Form, pairs: &[(String, String)]) -> (String, Vec<u8>) {
    let Some(file) = form.fields.iter().find(|it| it.kind == "file") else {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        return ("application/x-www-form-urlencoded".to_owned(), body.into_bytes());
    };
    let line = "----with-a-payload";
    let name = "%22><img data-canary src=x onerror=canary(61)>.csv";
    let mut body = format!(
        "--{line}\r\ncontent-disposition: form-data; name=\"{}\"; filename=\"{name}\"\r\ncontent-type: text/csv\r\n\r\n{}\r\n",
        file.name,
        roster()
    );
    for (name, value) in pairs {
        body.push_str(&format!("--{line}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    body.push_str(&format!("--{line}--\r\n"));
    (format!("multipart/form-data; boundary={line}"), body.into_bytes())
}

/// A list of members in which every cell holds a payload.
fn roster() -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let line = |(place, payload): (usize, String)| {
        let cell = quoted(&payload);
        format!("{},{cell},canary{place}@example.org,{cell},{cell},{cell},{cell}\n", 9_000 + place)
    };
    let lines: String = payloads().into_iter().enumerate().map(line).collect();
    format!("member number,name,e-mail,standing,joined,expires,category\n{lines}")
}
