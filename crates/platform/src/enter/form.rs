//! What a browser sent, as fields: urlencoded, or in parts where files come along.

use axum::{
    body::Body,
    extract::{FromRequest, Multipart, Request},
    http::{HeaderName, header},
};

use crate::{
    fields::{Fields, File},
    takes::Unread,
};

pub enum Fault {
    TooLarge,
    Unread(Unread),
}

impl From<Unread> for Fault {
    fn from(unread: Unread) -> Self {
        Self::Unread(unread)
    }
}

pub async fn read(request: Request, most: usize) -> Result<Fields, Fault> {
    let kind = said(&request, &header::CONTENT_TYPE);
    if said(&request, &header::CONTENT_LENGTH).parse::<usize>().is_ok_and(|bytes| bytes > most) {
        return Err(Fault::TooLarge);
    }
    let (head, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, most).await.map_err(|_| Fault::TooLarge)?;
    if kind.starts_with("multipart/form-data") {
        return in_parts(Request::from_parts(head, Body::from(bytes))).await;
    }
    // A form without any field may come without its kind; what else comes is no form.
    let is_form = kind.starts_with("application/x-www-form-urlencoded") || bytes.is_empty();
    if !is_form {
        return Err(Unread::Broken.into());
    }
    Ok(Fields::from_urlencoded(&bytes)?)
}

fn said(request: &Request, name: &HeaderName) -> String {
    request.headers().get(name).and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned()
}

async fn in_parts(request: Request) -> Result<Fields, Fault> {
    let broken = |_| Unread::Broken;
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| Unread::Broken)?;
    let mut fields = Fields::default();
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(broken)?;
        match name {
            Some(name) => fields.add_file(File { field, name, bytes: bytes.to_vec() })?,
            None => fields.add(field, std::str::from_utf8(&bytes).map_err(|_| Unread::NoText)?)?,
        }
    }
    Ok(fields)
}
