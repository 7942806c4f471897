//! Doors for programs of the association: a token opens exactly one scope. Cookies and
//! forms count for nothing here, and every answer is JSON.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use jiff::SignedDuration;
use policy::Action;

use super::{before::prepared, gate, out, visit_of};
use crate::{
    app::{App, House},
    audit::{self, Acting, Client, Note},
    doors::{Behind, Door, Failure},
    identity,
    storage::Tx,
    tokens::{self, Token},
    visit::{Delivery, Visit},
};

/// How often one token may knock.
const MOST_A_MINUTE: usize = 60;
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

const NO_TOKEN: &str = "Send a token of this house that is open for this, as `Authorization: Bearer …`. The chair or the office makes one under /tokens.";
const TOO_OFTEN: &str = "That was more often than sixty times in a minute. Please wait a minute.";

/// The token is looked up before a byte of the body is read, and again in the unit of
/// work: one that was ended meanwhile changes nothing.
pub async fn through(app: App, door: Arc<Door>, scope: &'static str, request: Request) -> Response {
    let mut visit = Visit { token: None, notice: None, ..visit_of(&app, &request, Vec::new()) };
    let name = visit.request.clone();
    let Some(secret) = bearer(request.headers()) else { return unauthorized() };
    let token = match known(&app, secret.clone(), scope).await {
        Ok(Some(token)) => token,
        Ok(None) => return unauthorized(),
        Err(failure) => return refused(&failure, &name),
    };
    let (key, now) = (format!("token {}", token.id), app.db.ground.clock.now());
    if !app.limits.takes(&key, MOST_A_MINUTE, MINUTE, now) {
        return too_often();
    }
    let kind = text_of(request.headers(), header::CONTENT_TYPE);
    let body = match body(request, door.most_bytes).await {
        Ok(body) => body,
        Err(response) => return response,
    };
    visit.delivery = Some(Arc::new(Delivery { token, kind, body }));
    if let Some(prepare) = door.prepare {
        match prepared(&app, door.calls_out, prepare, &visit).await {
            Some(done) => visit.prepared = done,
            None => return words(StatusCode::SERVICE_UNAVAILABLE, "Please try again in a moment."),
        }
    }
    let done = run(&app, &door, visit, secret, scope).await;
    app.bell.notify_one();
    done.unwrap_or_else(|failure| refused(&failure, &name))
}

async fn known(app: &App, secret: String, scope: &'static str) -> Result<Option<Token>, Failure> {
    let house = app.house;
    app.db.run(false, move |tx| stands(tx, house, &secret, scope)).await
}

/// The token, while whoever made it may still make one: it ends with their term.
fn stands(tx: &mut Tx, house: House, secret: &str, scope: &str) -> Result<Option<Token>, Failure> {
    let Some(token) = tokens::open(tx, secret, scope)? else { return Ok(None) };
    let Some(maker) = token.made_by else { return Ok(None) };
    let is_open = identity::is_open(tx, maker)?;
    let subject = (house.subject)(tx, maker)?;
    Ok((is_open && policy::admit(&subject, Action::RunTokens, None).is_ok()).then_some(token))
}

async fn run(app: &App, door: &Door, visit: Visit, secret: String, scope: &'static str) -> Result<Response, Failure> {
    let Behind::Writing(page) = door.behind else { return Err(Failure::NotFound) };
    let house = app.house;
    app.db
        .run(true, move |tx| {
            let token = stands(tx, house, &secret, scope)?.ok_or(Failure::SignInFirst)?;
            tx.acts(Acting { person: None, client: Client::Token, request: token.id.to_string() });
            audit::note(tx, Note { action: "came with a token", account: token.made_by, about: Some(token.id) });
            tokens::note_use(tx, token.id)?;
            let reply = page(tx, &visit)?;
            Ok(out::render(&super::reply_frame(&visit), &visit, reply))
        })
        .await
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let said = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (kind, secret) = said.split_once(' ')?;
    let secret = secret.trim();
    (kind.eq_ignore_ascii_case("bearer") && (1..=200).contains(&secret.len())).then(|| secret.to_owned())
}

fn text_of(headers: &HeaderMap, name: header::HeaderName) -> String {
    headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned()
}

/// A body that says it is too big is not read; one that does not say is cut.
async fn body(request: Request, most: usize) -> Result<Bytes, Response> {
    let too_large = || {
        let most = most / (1024 * 1024);
        words(StatusCode::PAYLOAD_TOO_LARGE, &format!("A list of up to {most} MB can be taken. Nothing was changed."))
    };
    let declared = text_of(request.headers(), header::CONTENT_LENGTH).parse::<usize>();
    if declared.is_ok_and(|bytes| bytes > most) {
        return Err(too_large());
    }
    axum::body::to_bytes(request.into_body(), most).await.map_err(|_| too_large())
}

fn unauthorized() -> Response {
    let mut response = words(StatusCode::UNAUTHORIZED, NO_TOKEN);
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

fn too_often() -> Response {
    let mut response = words(StatusCode::TOO_MANY_REQUESTS, TOO_OFTEN);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    response
}

fn refused(failure: &Failure, request: &str) -> Response {
    match failure {
        Failure::SignInFirst => unauthorized(),
        Failure::NotFound => words(StatusCode::NOT_FOUND, "This is not here."),
        Failure::Refused(page) => words(page.status, &page.title),
        failure => {
            tracing::error!(request, error = %failure, "a delivery failed");
            words(StatusCode::INTERNAL_SERVER_ERROR, &gate::broken(request))
        }
    }
}

fn words(status: StatusCode, words: &str) -> Response {
    out::data(status, serde_json::json!({ "error": words }).to_string())
}
