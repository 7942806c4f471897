//! The post: letters from the outbox to an SMTP server.
//!
//! SMTP cannot promise "exactly once": a process that dies between the server's yes
//! and our note of it sends again. The Message-ID stays the same, so that mail
//! programs show it once.

use std::time::Duration;

use lettre::{
    Message, SmtpTransport, Transport,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
    transport::smtp::authentication::Credentials,
};

use crate::{
    app::App,
    logs,
    outbox::{self, Queued},
    storage::StorageError,
};

/// How to reach the SMTP server.
#[derive(Clone, Debug)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub user: Option<String>,
    pub password: Option<String>,
    /// The address all letters come from.
    pub from: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// Plain first, TLS before anything is said. Refused without.
    StartTls,
    /// Unprotected: a server on the same machine.
    None,
}

/// Sends what is due. Blocks. Without a server configured, letters stay in the house.
pub fn send_due(app: &App) -> Result<usize, StorageError> {
    let Some(smtp) = app.config.smtp.as_ref() else { return Ok(0) };
    let transport = match transport(smtp) {
        Ok(transport) => transport,
        Err(error) => return Err(StorageError::Other(format!("the SMTP server cannot be used: {error}"))),
    };
    let mut count = 0;
    loop {
        let letters = app.db.write(|tx| outbox::claim(tx, 50))?;
        if letters.is_empty() {
            return Ok(count);
        }
        for letter in letters {
            count += usize::from(send_one(app, smtp, &transport, letter)?);
        }
    }
}

fn send_one(app: &App, smtp: &Smtp, transport: &SmtpTransport, letter: Queued) -> Result<bool, StorageError> {
    let outcome = match message(smtp, &letter) {
        _ if !letter.has_body() => Err(("its words are gone".to_owned(), true)),
        Ok(message) => transport.send(&message).map(|_| ()).map_err(|error| (error.to_string(), error.is_permanent())),
        Err(error) => Err((error, true)),
    };
    match outcome {
        Ok(()) => {
            app.db.write(move |tx| outbox::sent(tx, letter.id))?;
            Ok(true)
        }
        Err((error, for_good)) => {
            let error_told = logs::harmless(&error);
            tracing::warn!(letter = letter.letter, id = %letter.id, error = error_told, for_good, "a letter could not be sent");
            app.db.write(move |tx| outbox::failed(tx, &letter, &error, for_good))?;
            Ok(false)
        }
    }
}

fn transport(smtp: &Smtp) -> Result<SmtpTransport, lettre::transport::smtp::Error> {
    let builder = match smtp.security {
        Security::Tls => SmtpTransport::relay(&smtp.host)?,
        Security::StartTls => SmtpTransport::starttls_relay(&smtp.host)?,
        Security::None => SmtpTransport::builder_dangerous(&smtp.host),
    };
    let builder = builder.port(smtp.port).timeout(Some(Duration::from_secs(30)));
    Ok(match (&smtp.user, &smtp.password) {
        (Some(user), Some(password)) => builder.credentials(Credentials::new(user.clone(), password.clone())).build(),
        _ => builder.build(),
    })
}

/// A letter as a message of text and HTML, with its calendar file if it has one.
pub fn message(smtp: &Smtp, letter: &Queued) -> Result<Message, String> {
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let from = smtp.from.parse::<Mailbox>().map_err(|it| words(&it))?;
    let host = from.email.domain().to_owned();
    let to = letter.to_address.parse().map_err(|it| words(&it))?;
    let mut builder = Message::builder()
        .from(Mailbox::new(Some(letter.from_name.clone()), from.email))
        .to(Mailbox::new(Some(letter.to_name.clone()), to))
        .message_id(Some(format!("<{}@{host}>", letter.id)))
        .date(std::time::UNIX_EPOCH + Duration::from_secs(u64::try_from(letter.queued_at.as_second()).unwrap_or(0)))
        .subject(letter.subject.clone())
        .header(AutoSubmitted);
    if !letter.reply_to.is_empty() {
        builder = builder.reply_to(letter.reply_to.parse().map_err(|it| words(&it))?);
    }
    if let Some(link) = &letter.unsubscribe {
        builder = builder.header(ListUnsubscribe(format!("<{link}>"))).header(OneClick);
    }
    let body = MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone());
    let whole = match &letter.calendar {
        None => body,
        Some(calendar) => {
            let kind = ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH").map_err(|it| words(&it))?;
            let file: SinglePart = Attachment::new("invitation.ics".to_owned()).body(calendar.clone(), kind);
            MultiPart::mixed().multipart(body).singlepart(file)
        }
    };
    builder.multipart(whole).map_err(|it| words(&it))
}

macro_rules! plain_header {
    ($(#[$meta:meta])* $name:ident, $title:literal, $value:expr) => {
        $(#[$meta])*
        impl Header for $name {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($title)
            }
            fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Err("this header is only ever written".into())
            }
            fn display(&self) -> HeaderValue {
                let value: &dyn Fn(&Self) -> String = &$value;
                HeaderValue::new(Self::name(), value(self))
            }
        }
    };
}

#[derive(Clone)]
struct AutoSubmitted;
plain_header!(AutoSubmitted, "Auto-Submitted", |_| "auto-generated".to_owned());

#[derive(Clone)]
struct ListUnsubscribe(String);
plain_header!(ListUnsubscribe, "List-Unsubscribe", |it: &Self| it.0.clone());

/// RFC 8058: a POST to the address above ends letters of this kind, without a page.
#[derive(Clone)]
struct OneClick;
plain_header!(OneClick, "List-Unsubscribe-Post", |_| "List-Unsubscribe=One-Click".to_owned());
