//! How invented people use the house: through the same doors as everyone, with a cookie
//! of their own, filling in the forms that the pages show them.

use std::collections::HashMap;

use anyhow::{Result, bail};
use axum::{
    Router,
    body::Body,
    http::{Method, Request, header},
};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::scrape::{self, Field, Form};

pub struct Browser {
    router: Router,
    runtime: tokio::runtime::Handle,
    cookies: HashMap<usize, String>,
    /// Requests so far, for the progress that is shown.
    pub requests: usize,
    /// Adds to what is written into a field, so that it is known again wherever it stands.
    pub pen: Option<Pen>,
}

/// Given where a form is sent, a field of it and what goes into that, says what is sent.
pub type Pen = Box<dyn FnMut(&str, &Field, String) -> String + Send>;

/// What a browser sends.
struct Sent<'a> {
    method: Method,
    path: &'a str,
    kind: Option<&'a str>,
    body: Vec<u8>,
}

const FORM: &str = "application/x-www-form-urlencoded";

#[derive(Clone, Debug)]
pub struct Page {
    pub path: String,
    pub status: u16,
    pub to: String,
    pub body: String,
}

impl Page {
    /// The page's own form: the first that is not part of the frame.
    pub fn form(&self) -> Option<Form> {
        self.forms().into_iter().next()
    }

    /// The form that is sent to an address with this ending.
    pub fn form_to(&self, ending: &str) -> Option<Form> {
        self.forms().into_iter().find(|form| form.action.ends_with(ending))
    }

    pub fn forms(&self) -> Vec<Form> {
        const FRAME: &[&str] = &["/theme", "/sign-out", "/demo/"];
        let mut forms = scrape::forms(&self.body);
        forms.retain(|form| !FRAME.iter().any(|it| form.action.starts_with(it)));
        forms
    }

    /// The words of the page's first heading.
    pub fn heading(&self) -> String {
        let inside = self.body.split_once("<h1").and_then(|(_, rest)| rest.split_once('>'));
        inside.and_then(|(_, rest)| rest.split('<').next()).map(scrape::unescape).unwrap_or_default()
    }

    /// Addresses of ours on the page that begin and end so.
    pub fn links(&self, start: &str) -> Vec<String> {
        let mut links: Vec<String> = self
            .body
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|href| href.starts_with(start))
            .map(|href| href.replace("&amp;", "&"))
            .collect();
        links.dedup();
        links
    }
}

impl Browser {
    pub fn new(router: Router, runtime: tokio::runtime::Handle) -> Self {
        Self { router, runtime, cookies: HashMap::new(), requests: 0, pen: None }
    }

    pub fn get(&mut self, who: Option<usize>, path: &str) -> Result<Page> {
        self.request(who, &Sent { method: Method::GET, path, kind: None, body: Vec::new() })
    }

    pub fn post(&mut self, who: Option<usize>, path: &str, fields: &[(String, String)]) -> Result<Page> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.request(who, &Sent { method: Method::POST, path, kind: Some(FORM), body: body.into_bytes() })
    }

    /// Sends a file with a form, as a browser does.
    pub fn upload(&mut self, who: usize, path: &str, field: &str, name: &str, text: &str) -> Result<Page> {
        let line = "------of-the-demo";
        let body = format!(
            "--{line}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n{text}\r\n--{line}--\r\n"
        );
        let kind = format!("multipart/form-data; boundary={line}");
        self.request(Some(who), &Sent { method: Method::POST, path, kind: Some(&kind), body: body.into_bytes() })
    }

    /// Fills in a form and sends it. `fill` says what goes into a field; `None` leaves
    /// it as the page showed it.
    pub fn submit(
        &mut self,
        who: Option<usize>,
        form: &Form,
        mut fill: impl FnMut(&Field) -> Option<Vec<String>>,
    ) -> Result<Page> {
        let button = form.buttons.first().cloned().unwrap_or_default();
        let action = if button.action.is_empty() { form.action.clone() } else { button.action };
        let mut fields = Vec::new();
        for field in &form.fields {
            for value in fill(field).unwrap_or_else(|| field.values.clone()) {
                let value = match &mut self.pen {
                    Some(pen) => pen(&action, field, value),
                    None => value,
                };
                fields.push((field.name.clone(), value));
            }
        }
        if !button.name.is_empty() {
            fields.push((button.name, button.value));
        }
        self.post(who, &action, &fields)
    }

    /// A demo asks again for no password; whoever is asked says yes, and goes on.
    fn request(&mut self, who: Option<usize>, sent: &Sent) -> Result<Page> {
        let page = self.knock(who, sent)?;
        if !page.to.starts_with("/sign-in/again") {
            return Ok(page);
        }
        let again = Sent { method: Method::POST, path: "/sign-in/again", kind: Some(FORM), body: Vec::new() };
        self.knock(who, &again)?;
        self.knock(who, sent)
    }

    /// Whoever signs in gets a cookie; whoever has one keeps it.
    fn knock(&mut self, who: Option<usize>, sent: &Sent) -> Result<Page> {
        self.requests += 1;
        let path = sent.path;
        let mut request = Request::builder().method(sent.method.clone()).uri(path).header(header::HOST, "demo");
        request = request.header("sec-fetch-site", "same-origin");
        if let Some(cookie) = who.and_then(|who| self.cookies.get(&who)) {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(kind) = sent.kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let request = request.body(Body::from(sent.body.clone()))?;
        let router = self.router.clone();
        let (status, to, cookies, body) = self.runtime.block_on(async move {
            let response = router.oneshot(request).await.unwrap_or_else(|never| match never {});
            let to =
                response.headers().get(header::LOCATION).and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned();
            let cookies: Vec<String> = response
                .headers()
                .get_all(header::SET_COOKIE)
                .iter()
                .filter_map(|it| it.to_str().ok().map(str::to_owned))
                .collect();
            let status = response.status().as_u16();
            let bytes = response.into_body().collect().await.map(|it| it.to_bytes()).unwrap_or_default();
            (status, to, cookies, String::from_utf8_lossy(&bytes).into_owned())
        });
        if let (Some(who), Some(cookie)) = (who, cookies.iter().find(|it| it.starts_with("duology="))) {
            let pair = cookie.split(';').next().unwrap_or_default().to_owned();
            self.cookies.insert(who, pair);
        }
        if status >= 500 {
            bail!("{path} answered {status}");
        }
        Ok(Page { path: path.to_owned(), status, to, body })
    }
}
