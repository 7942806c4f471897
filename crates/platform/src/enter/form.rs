//! What a browser sent, as fields: urlencoded, or in parts where files come along.

use std::time::Duration;

use axum::{
    body::Body,
    extract::{FromRequest, Multipart, Request},
    http::{HeaderName, header},
};

use http_body_util::BodyExt;

use crate::{
    fields::{Fields, File},
    takes::Unread,
};

/// A form that takes longer to arrive than this is dribbled on purpose.
const PATIENCE: Duration = Duration::from_mins(3);
/// Whoever sends more than this is hung up on.
const MOST_DROPPED: usize = 64 * 1024 * 1024;

pub enum Fault {
    TooLarge,
    TooSlow,
    Unread(Unread),
}

impl From<Unread> for Fault {
    fn from(unread: Unread) -> Self {
        Self::Unread(unread)
    }
}

pub async fn read(request: Request, most: usize) -> Result<Fields, Fault> {
    let kind = said(&request, &header::CONTENT_TYPE);
    let declared = said(&request, &header::CONTENT_LENGTH).parse().unwrap_or(0);
    let (head, body) = request.into_parts();
    let bytes = tokio::time::timeout(PATIENCE, bytes_of(body, declared, most)).await.map_err(|_| Fault::TooSlow)??;
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

/// Reads what is sent away, so that whoever sends it hears the answer: a browser that is
/// hung up on in the middle shows a fault of its own.
pub async fn discard(request: Request) {
    let _ = tokio::time::timeout(PATIENCE, bytes_of(request.into_body(), usize::MAX, 0)).await;
}

/// The body, of which never more than `most` is held; what is more is read and dropped.
async fn bytes_of(mut body: Body, declared: usize, most: usize) -> Result<Vec<u8>, Fault> {
    let mut is_too_large = declared > most;
    let (mut bytes, mut seen) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Unread::Broken)?.into_data() else { continue };
        seen += data.len();
        if seen > most {
            is_too_large = true;
            bytes = Vec::new();
        }
        if seen > MOST_DROPPED {
            break;
        }
        if !is_too_large {
            bytes.extend_from_slice(&data);
        }
    }
    if is_too_large { Err(Fault::TooLarge) } else { Ok(bytes) }
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
