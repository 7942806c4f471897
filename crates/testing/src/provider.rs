//! A small provider of OpenID Connect on this machine, which signs with a key of its own and
//! answers as badly as a test wants it to.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use openidconnect::{
    JsonWebKeyId, PrivateSigningKey,
    core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What the provider says next; a test changes what it likes.
#[derive(Clone, Debug)]
pub struct Says {
    pub header: Value,
    pub claims: Value,
    /// What stands in the place of the signed words afterwards, such as other claims.
    pub forged: Option<Value>,
    /// Whether another key signs than the one it shows.
    pub other_key: bool,
    /// How the token is spoiled at last.
    pub spoil: fn(String) -> String,
    /// The answer to the code, in place of the usual one: status line and body.
    pub answer: Option<(&'static str, String)>,
    /// What the discovery says in place of the usual.
    pub discovery: Option<Value>,
    pub keys: Option<Value>,
}

pub struct Provider {
    pub issuer: String,
    says: Arc<Mutex<Says>>,
    begun: Arc<Mutex<Option<String>>>,
}

impl Provider {
    /// Listens on a free port. `now` is the time of the test, in seconds.
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap_or_else(|error| panic!("no port: {error}"));
        let port = listener.local_addr().map_or(0, |it| it.port());
        let issuer = format!("http://127.0.0.1:{port}");
        let says = Arc::new(Mutex::new(Says {
            header: json!({ "alg": "EdDSA", "kid": "one", "typ": "JWT" }),
            claims: json!({}),
            forged: None,
            other_key: false,
            spoil: |token| token,
            answer: None,
            discovery: None,
            keys: None,
        }));
        let begun = Arc::new(Mutex::new(None));
        let (theirs, known, of) = (says.clone(), begun.clone(), issuer.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let says = theirs.lock().unwrap_or_else(PoisonError::into_inner).clone();
                let _ = answer(stream, &of, &says, &known);
            }
        });
        Self { issuer, says, begun }
    }

    /// Somebody signs in there: what the browser was sent with decides nonce and challenge.
    pub fn sign_in(&self, address: &str, now: i64, claims: Value) -> Visit {
        let query = address.split_once('?').map_or("", |(_, it)| it);
        let value = |name: &str| {
            let found = form_urlencoded::parse(query.as_bytes()).find(|(it, _)| it == name);
            found.map_or_else(String::new, |(_, value)| value.into_owned())
        };
        *self.begun.lock().unwrap_or_else(PoisonError::into_inner) = Some(value("code_challenge"));
        let mut all = json!({
            "iss": self.issuer, "aud": value("client_id"), "sub": "subject-1", "nonce": value("nonce"),
            "iat": now, "exp": now + 300, "email": "anna@example.org", "email_verified": true, "name": "Anna Anderson",
        });
        merge(&mut all, claims);
        self.change(|says| says.claims = all);
        Visit { code: "the-code".to_owned(), state: value("state"), back: value("redirect_uri") }
    }

    pub fn change(&self, change: impl FnOnce(&mut Says)) {
        change(&mut self.says.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// What the browser comes back with.
#[derive(Clone, Debug)]
pub struct Visit {
    pub code: String,
    pub state: String,
    pub back: String,
}

/// Takes over the fields of `other`; a null takes one away.
pub fn merge(one: &mut Value, other: Value) {
    let (Some(one), Value::Object(other)) = (one.as_object_mut(), other) else { return };
    for (name, value) in other {
        if value.is_null() {
            one.remove(&name);
        } else {
            one.insert(name, value);
        }
    }
}

fn key(seed: u8, name: &str) -> CoreEdDsaPrivateSigningKey {
    let mut der = vec![0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    der.extend([seed; 32]);
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    let (begin, end) = ("BEGIN PRIVATE", "END PRIVATE");
    let pem = format!("-----{begin} KEY-----\n{text}\n-----{end} KEY-----\n");
    let name = Some(JsonWebKeyId::new(name.to_owned()));
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, name).unwrap_or_else(|error| panic!("no key: {error}"))
}

fn token(says: &Says) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&says.header), part(&says.claims));
    let key = if says.other_key { key(9, "one") } else { key(7, "one") };
    let signature = key.sign(&CoreJwsSigningAlgorithm::EdDsa, signed.as_bytes()).unwrap_or_default();
    let said = says.forged.as_ref().map_or(signed, |forged| format!("{}.{}", part(&says.header), part(forged)));
    (says.spoil)(format!("{said}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

fn answer(stream: TcpStream, issuer: &str, says: &Says, begun: &Mutex<Option<String>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first)?;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let path = first.split(' ').nth(1).unwrap_or_default();
    let (status, text) = match path {
        "/.well-known/openid-configuration" => ("200 OK", discovery(issuer, says).to_string()),
        "/keys" => ("200 OK", says.keys.clone().unwrap_or_else(keys).to_string()),
        "/token" => says.answer.clone().unwrap_or_else(|| exchange(&body, says, begun)),
        _ => ("404 Not Found", String::new()),
    };
    let to = if status.starts_with('3') { "location: http://127.0.0.1:9/\r\n" } else { "" };
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{to}content-length: {}\r\nconnection: close\r\n\r\n{text}",
        text.len()
    )
}

fn discovery(issuer: &str, says: &Says) -> Value {
    let mut usual = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
    });
    merge(&mut usual, says.discovery.clone().unwrap_or(Value::Null));
    usual
}

fn keys() -> Value {
    let shown = serde_json::to_value(key(7, "one").as_verification_key()).unwrap_or_default();
    json!({ "keys": [shown] })
}

/// A code counts once, and only with the verifier of the browser that began.
fn exchange(body: &[u8], says: &Says, begun: &Mutex<Option<String>>) -> (&'static str, String) {
    let verifier = form_urlencoded::parse(body).find(|(name, _)| name == "code_verifier");
    let verifier = verifier.map_or_else(String::new, |(_, value)| value.into_owned());
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    let known = begun.lock().unwrap_or_else(PoisonError::into_inner).take();
    if known.as_deref() != Some(challenge.as_str()) {
        return ("400 Bad Request", json!({ "error": "invalid_grant" }).to_string());
    }
    let said = json!({ "access_token": "access", "token_type": "Bearer", "id_token": token(says) });
    ("200 OK", said.to_string())
}
