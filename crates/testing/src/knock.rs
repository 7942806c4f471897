//! Requests and answers, through the same doors that people use.

use std::sync::PoisonError;

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::House;

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    /// Where the answer sends the browser; empty where it does not.
    pub to: String,
    pub kind: String,
    pub cookies: Vec<String>,
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The page's words without its markup, white space folded.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut inside = false;
        for letter in self.body.chars() {
            match letter {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    text.push(' ');
                }
                _ if !inside => text.push(letter),
                _ => {}
            }
        }
        let text = text.replace("&amp;", "&").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The first header of this name, in small letters; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value)
    }

    #[track_caller]
    pub fn is_ok(self) -> Self {
        assert_eq!(self.status, 200, "{}", self.text());
        self
    }

    /// A change that was kept, and where it leads.
    #[track_caller]
    pub fn leads_to(&self) -> String {
        assert_eq!(self.status, 303, "{}", self.text());
        self.to.clone()
    }

    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.text().contains(words), "«{words}» is not in: {}", self.text());
        self
    }

    #[track_caller]
    pub fn does_not_say(self, words: &str) -> Self {
        assert!(!self.text().contains(words) && !self.body.contains(words), "«{words}» is in: {}", self.text());
        self
    }
}

impl House {
    pub fn get(&self, who: &str, path: &str) -> Answer {
        self.knock(Method::GET, path, Some(&self.token(who)), None, Vec::new())
    }

    pub fn get_as_stranger(&self, path: &str) -> Answer {
        self.knock(Method::GET, path, None, None, Vec::new())
    }

    pub fn post(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.knock(
            Method::POST,
            path,
            Some(&self.token(who)),
            Some("application/x-www-form-urlencoded"),
            encoded(fields),
        )
    }

    pub fn post_as_stranger(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.knock(Method::POST, path, None, Some("application/x-www-form-urlencoded"), encoded(fields))
    }

    /// Sends a file as a browser does, with other fields beside it.
    pub fn upload(&self, who: &str, path: &str, field: &str, name: &str, bytes: &[u8]) -> Answer {
        let line = "----in-a-test-world";
        let mut body = format!(
            "--{line}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\ncontent-type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{line}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={line}");
        self.knock(Method::POST, path, Some(&self.token(who)), Some(&kind), body)
    }

    /// What a program delivers with a token, or without one.
    pub fn deliver(&self, path: &str, token: Option<&str>, kind: &str, body: impl Into<Body>) -> Answer {
        let mut request = Request::put(path).header(header::HOST, "duology.test").header(header::CONTENT_TYPE, kind);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        self.send(request.body(body.into()).unwrap_or_else(|error| panic!("{path}: {error}")))
    }

    /// A request with nothing in it, as a program that bears a token.
    pub fn bear(&self, method: Method, path: &str, token: &str) -> Answer {
        let request = Request::builder().method(method).uri(path).header(header::HOST, "duology.test");
        let request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        let request = request.header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::empty()).unwrap_or_else(|error| panic!("{path}: {error}")))
    }

    /// A request of any kind with nothing in it, as somebody or as a stranger.
    pub fn ask(&self, who: Option<&str>, method: Method, path: &str) -> Answer {
        let token = who.map(|who| self.token(who));
        self.knock(method, path, token.as_deref(), Some("application/x-www-form-urlencoded"), Vec::new())
    }

    /// Any request, with any sign-in.
    pub fn knock(&self, method: Method, path: &str, token: Option<&str>, kind: Option<&str>, body: Vec<u8>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "duology.test");
        request = request.header("sec-fetch-site", "same-origin");
        if let Some(token) = token {
            request = request.header(header::COOKIE, format!("duology={token}"));
        }
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let request = request.body(Body::from(body)).unwrap_or_else(|error| panic!("{path}: {error}"));
        self.send(request)
    }

    pub fn send(&self, request: Request<Body>) -> Answer {
        let router = self.router.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.runtime.block_on(async move {
            let response = router.oneshot(request).await.unwrap_or_else(|never| match never {});
            let text = |name: header::HeaderName| {
                response.headers().get(name).and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned()
            };
            let (to, kind) = (text(header::LOCATION), text(header::CONTENT_TYPE));
            let cookies = response
                .headers()
                .get_all(header::SET_COOKIE)
                .iter()
                .filter_map(|it| it.to_str().ok().map(str::to_owned))
                .collect();
            let headers = response.headers().iter();
            let headers =
                headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into()));
            let headers = headers.collect();
            let status = response.status().as_u16();
            let bytes = response.into_body().collect().await.map(|it| it.to_bytes().to_vec()).unwrap_or_default();
            Answer { status, to, kind, cookies, headers, body: String::from_utf8_lossy(&bytes).into_owned(), bytes }
        })
    }
}

fn encoded(fields: &[(&str, &str)]) -> Vec<u8> {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into_bytes()
}
