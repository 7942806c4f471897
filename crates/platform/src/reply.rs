//! What a page gives back.

use axum::http::StatusCode;
use maud::Markup;

pub enum Reply {
    Page(Page),
    /// See other: after a change, the browser asks for a page anew.
    Go {
        to: String,
        notice: Option<String>,
        cookies: Vec<Cookie>,
    },
    File(File),
    /// To another house, which the configuration names.
    Leave {
        to: String,
        cookie: Cookie,
    },
    /// JSON, for programs.
    Data {
        status: StatusCode,
        json: String,
    },
}

pub struct Page {
    pub status: StatusCode,
    pub title: String,
    pub body: Markup,
    /// Says "Error:" in the title, for those who hear it read.
    pub has_faults: bool,
    pub wide: bool,
}

pub struct File {
    pub name: String,
    pub kind: &'static str,
    pub bytes: Vec<u8>,
    /// Saved by the browser rather than shown.
    pub download: bool,
    /// May be kept by the browser for a year: its address changes with its content.
    pub lasting: bool,
}

/// A cookie for this house alone, not readable by scripts. An empty value ends it.
pub struct Cookie {
    pub name: &'static str,
    pub value: String,
    pub seconds: i64,
}

impl Reply {
    pub fn page(title: impl Into<String>, body: Markup) -> Self {
        Self::Page(Page { status: StatusCode::OK, title: title.into(), body, has_faults: false, wide: false })
    }

    /// A page that uses the whole width: tables and dashboards.
    pub fn wide(title: impl Into<String>, body: Markup) -> Self {
        Self::Page(Page { status: StatusCode::OK, title: title.into(), body, has_faults: false, wide: true })
    }

    pub fn go(to: impl Into<String>) -> Self {
        Self::Go { to: to.into(), notice: None, cookies: Vec::new() }
    }

    /// Sends the browser to another house. Only ever to one that the configuration names.
    pub fn leave(to: impl Into<String>, cookie: Cookie) -> Self {
        Self::Leave { to: to.into(), cookie }
    }

    /// Adds a sentence that the next page shows once.
    #[must_use]
    pub fn saying(self, words: impl Into<String>) -> Self {
        match self {
            Self::Go { to, cookies, .. } => Self::Go { to, notice: Some(words.into()), cookies },
            other => other,
        }
    }

    #[must_use]
    pub fn with_cookie(self, cookie: Cookie) -> Self {
        match self {
            Self::Go { to, notice, mut cookies } => {
                cookies.push(cookie);
                Self::Go { to, notice, cookies }
            }
            other => other,
        }
    }

    /// What a program reads; a status that is none counts as done.
    pub fn data(status: u16, json: &serde_json::Value) -> Self {
        Self::Data { status: StatusCode::from_u16(status).unwrap_or(StatusCode::OK), json: json.to_string() }
    }

    pub fn download(name: impl Into<String>, kind: &'static str, bytes: Vec<u8>) -> Self {
        Self::File(File { name: name.into(), kind, bytes, download: true, lasting: false })
    }

    pub fn show(name: impl Into<String>, kind: &'static str, bytes: Vec<u8>) -> Self {
        Self::File(File { name: name.into(), kind, bytes, download: false, lasting: false })
    }
}
