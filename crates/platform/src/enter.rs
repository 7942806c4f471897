//! A request on its way in and out: who asks, may they, what did they send; then the
//! page, the frame around it, and the headers on every answer.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

use axum::{
    RequestExt,
    extract::{RawPathParams, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::Response,
};
use maud::html;
use policy::{Audience, Subject};

use crate::{
    app::App,
    audit::{Acting, Client},
    doors::{Behind, Door, Failure, MOST_BYTES},
    fields::Fields,
    identity,
    network::{self, Peer},
    reply::{Cookie, Page, Reply},
    storage::Tx,
    takes::Unread,
    visit::{Prepared, Visit},
};

mod before;
mod delivery;
mod form;
mod gate;
mod out;
mod too_long;

pub(crate) use gate::{pass as pass_the_gate, tell_no_methods};
pub use out::{SECURITY_HEADERS, is_path_of_ours};

/// Lets a request through its door. Whoever came by the link of a letter has its secret in
/// their address bar; no request that follows tells it, not even one to this house.
pub async fn through(app: App, door: Arc<Door>, request: Request) -> Response {
    let bears_secret = door.path.contains("{token}");
    let mut response = pass_through(app, door, request).await;
    if bears_secret {
        out::keep_address(&mut response);
    }
    response
}

async fn pass_through(app: App, door: Arc<Door>, mut request: Request) -> Response {
    if let Audience::Token(scope) = door.action.audience() {
        return delivery::through(app, door, scope, request).await;
    }
    if door.method == Method::POST && comes_from_elsewhere(&app, request.headers()) {
        let words = "This form was sent from another site, so nothing was changed. Please go back and try again.";
        return out::plain(StatusCode::FORBIDDEN, words);
    }
    let params: Vec<(String, String)> = match request.extract_parts::<RawPathParams>().await {
        Ok(params) => params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        Err(_) => Vec::new(),
    };
    let mut visit = visit_of(&app, &request, params);
    if visit.params.iter().any(|(_, value)| value.chars().any(char::is_control)) {
        return missing(&app, visit).await;
    }
    if door.most_bytes > MOST_BYTES
        && let Err(failure) = may_come_in(&app, &door, visit.clone()).await
    {
        form::discard(request).await;
        return answer_failure(&app, &door, visit, failure).await;
    }
    if door.method == Method::POST {
        match form::read(request, door.most_bytes).await.and_then(|form| Ok(form.through(door.takes)?)) {
            Ok(form) => visit.takes(form),
            Err(form::Fault::Unread(unread)) => visit.unread = Some(unread),
            Err(form::Fault::TooLarge) => return out::too_large(door.most_bytes),
            Err(form::Fault::TooSlow) => {
                let words = "This took too long to arrive. Nothing was changed. Please try again.";
                return out::plain(StatusCode::REQUEST_TIMEOUT, words);
            }
        }
    }
    if visit.unread.is_none() {
        match before::readied(&app, &door, &visit).await {
            Ok(done) => visit.prepared = done,
            Err(None) => return out::plain(StatusCode::SERVICE_UNAVAILABLE, "Please try again in a moment."),
            Err(Some(failure)) => return answer_failure(&app, &door, visit, failure).await,
        }
    }
    let (token, name) = (visit.token.clone(), visit.request.clone());
    let finished = match door.behind {
        Behind::Still(page) => page(&visit).map(|reply| out::render(&reply_frame(&visit), &visit, reply)),
        Behind::Reading(page) => run(&app, &door, visit.clone(), page, false).await,
        Behind::Writing(page) => {
            let done = run(&app, &door, visit.clone(), page, true).await;
            app.bell.notify_one();
            done
        }
    };
    let response = match finished {
        Ok(response) => response,
        Err(failure) => answer_failure(&app, &door, visit, failure).await,
    };
    // Not the path itself, which may hold a secret of a letter.
    tracing::debug!(request = name, method = %door.method, door = door.path, status = response.status().as_u16(), "answered");
    if let (Some(token), Some(Used)) = (token, response.extensions().get()) {
        note_use(&app, token).await;
    }
    response
}

/// On an answer: the sign-in was used, and not noted so for a while.
#[derive(Clone)]
struct Used;

/// Notes the use of a sign-in in a unit of work of its own: the page itself may only read.
async fn note_use(app: &App, token: String) {
    let noted: Result<(), Failure> = app.db.run(true, move |tx| Ok(identity::touch(tx, &token)?)).await;
    if let Err(error) = noted {
        tracing::warn!(%error, "the use of a sign-in could not be noted");
    }
}

/// What is answered where there is no door.
pub async fn nowhere(State(app): State<App>, request: Request) -> Response {
    let visit = visit_of(&app, &request, Vec::new());
    missing(&app, visit).await
}

/// The same page, byte for byte, whatever was asked for and why it is not shown: the frame
/// marks where one is, and here one is nowhere.
async fn missing(app: &App, mut visit: Visit) -> Response {
    visit.path = "/nowhere".to_owned();
    visit.here.clone_from(&visit.path);
    visit.query = Fields::default();
    framed(app, visit, not_found()).await
}

/// A file is read only from those who may send one.
async fn may_come_in(app: &App, door: &Arc<Door>, visit: Visit) -> Result<(), Failure> {
    let (house, action) = (app.house, door.action);
    app.db
        .run(false, move |tx| {
            let mut visit = visit.clone();
            recognise(tx, house, &mut visit)?;
            admitted(&mut visit, action)
        })
        .await
}

/// By what is held in the cohort that the path names, or anywhere where it names none.
fn admitted(visit: &mut Visit, action: policy::Action) -> Result<(), Failure> {
    visit.action = Some(action);
    visit.admit(crate::ids::Id::parse(visit.param("cohort")))
}

async fn run(
    app: &App,
    door: &Arc<Door>,
    visit: Visit,
    page: crate::doors::PageFn,
    write: bool,
) -> Result<Response, Failure> {
    let (house, door) = (app.house, door.clone());
    app.db
        .run(write, move |tx| {
            let mut visit = visit.clone();
            recognise(tx, house, &mut visit)?;
            tx.acts(acting(&visit));
            admitted(&mut visit, door.action)?;
            match visit.unread.clone() {
                None => {}
                Some(Unread::TooLong { field, length, most }) => {
                    return Err(Failure::Refused(Box::new(too_long::page(&visit, &field, length, most))));
                }
                Some(unread) => return Err(unread.into()),
            }
            sign_in_is_enough(&visit, &door, tx.now())?;
            let reply = page(tx, &visit)?;
            let mut response = finish(tx, house, &visit, reply)?;
            if visit.sign_in.as_ref().is_some_and(|it| it.wants_touch(tx.now())) {
                response.extensions_mut().insert(Used);
            }
            Ok(response)
        })
        .await
}

/// Puts the frame around a page; other replies need none.
fn finish(tx: &mut Tx, house: crate::app::House, visit: &Visit, reply: Reply) -> Result<Response, Failure> {
    let frame = match &reply {
        Reply::Page(_) => (house.frame)(tx, visit)?,
        _ => reply_frame(visit),
    };
    Ok(out::render(&frame, visit, reply))
}

fn reply_frame(visit: &Visit) -> shell::Frame {
    shell::Frame {
        path: visit.path.clone(),
        theme: visit.theme.clone(),
        lang: "en".to_owned(),
        ..shell::Frame::default()
    }
}

fn recognise(tx: &mut Tx, house: crate::app::House, visit: &mut Visit) -> Result<(), Failure> {
    let Some(token) = &visit.token else { return Ok(()) };
    let Some(bearing) = identity::bearing(tx, token)? else { return Ok(()) };
    let subject = (house.subject)(tx, bearing.account.id)?;
    let over = subject.signs_in_for_a_day() && bearing.sign_in.is_over_for_today(tx.now());
    if over && !visit.is_demo() {
        return Ok(());
    }
    visit.lacks_second_factor =
        (bearing.for_all || subject.needs_second_factor()) && !bearing.sign_in.has_two_factors() && !visit.is_demo();
    visit.subject = subject;
    visit.account = Some(bearing.account);
    visit.sign_in = Some(bearing.sign_in);
    Ok(())
}

/// Whether the sign-in does for this door: with a second factor where one is asked for,
/// and shown anew where the door asks again.
fn sign_in_is_enough(visit: &Visit, door: &Door, now: jiff::Timestamp) -> Result<(), Failure> {
    if visit.lacks_second_factor && !door.action.opens_before_second_factor() {
        return Err(Failure::SecondFactorFirst);
    }
    if door.asks_again && !visit.sign_in.as_ref().is_some_and(|it| it.is_proved(now)) {
        return Err(Failure::ProveAgain);
    }
    Ok(())
}

/// Who acts, as the audit notes it.
fn acting(visit: &Visit) -> Acting {
    let person = visit.account.as_ref().map(|it| it.id);
    Acting { person, client: Client::of_agent(&visit.agent), request: visit.request.clone() }
}

async fn answer_failure(app: &App, door: &Door, visit: Visit, failure: Failure) -> Response {
    let here = || form_urlencoded::byte_serialize(visit.here.as_bytes()).collect::<String>();
    let page = match failure {
        Failure::SignInFirst if visit.path == "/" => return out::go("/sign-in", None, &visit),
        Failure::SignInFirst => return out::go(&format!("/sign-in?next={}", here()), None, &visit),
        Failure::SecondFactorFirst if door.method == Method::GET => {
            return out::go(&format!("/second-factor?next={}", here()), visit.notice.as_deref(), &visit);
        }
        Failure::SecondFactorFirst => return out::go("/second-factor", None, &visit),
        Failure::ProveAgain if door.method == Method::GET => {
            return out::go(&format!("/sign-in/again?next={}", here()), None, &visit);
        }
        // The browser sends the form on as it is, so that nothing typed is lost.
        Failure::ProveAgain => return out::send_on(&format!("/sign-in/again/form?to={}", here()), &visit),
        Failure::NotFound => return missing(app, visit).await,
        Failure::Refused(page) => *page,
        Failure::Storage(error) => {
            // The path itself may hold a secret of a letter.
            tracing::error!(request = visit.request, door = door.path, %error, "a request failed");
            return out::plain(StatusCode::INTERNAL_SERVER_ERROR, &gate::broken(&visit.request));
        }
    };
    framed(app, visit, page).await
}

/// A page that refuses, in the frame of whoever asked.
async fn framed(app: &App, visit: Visit, page: Page) -> Response {
    let house = app.house;
    let status = page.status;
    let page = Arc::new(std::sync::Mutex::new(Some(page)));
    let framed = app
        .db
        .run(false, move |tx| {
            let mut visit = visit.clone();
            recognise(tx, house, &mut visit)?;
            let page = page.lock().ok().and_then(|mut page| page.take()).ok_or(Failure::NotFound)?;
            finish(tx, house, &visit, Reply::Page(page))
        })
        .await;
    framed.unwrap_or_else(|_: Failure| out::plain(status, "Please try again in a minute."))
}

fn not_found() -> Page {
    let body = html! {
        (shell::page_head("This page is not here", "Perhaps the address is incomplete, or the page is not yours to read. Nothing is wrong with your account."))
        p { (shell::link_button("/", "Go to the start")) }
    };
    Page { status: StatusCode::NOT_FOUND, title: "Not found".to_owned(), body, has_faults: false, wide: false }
}

/// What was sent cannot be read as a form of this house.
pub fn unread(fault: &Unread) -> Page {
    let status = match fault {
        Unread::TooMany => StatusCode::PAYLOAD_TOO_LARGE,
        Unread::TurnedRound | Unread::Accents => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::BAD_REQUEST,
    };
    let title = "This could not be read";
    let words = format!("{fault} Nothing was changed. Please go back, load the page anew and send it again.");
    let body = html! {
        (shell::page_head(title, &words))
        p { (shell::link_button("/", "Go to the start")) }
    };
    Page { status, title: title.to_owned(), body, has_faults: true, wide: false }
}

fn visit_of(app: &App, request: &Request, params: Vec<(String, String)>) -> Visit {
    let headers = request.headers();
    let uri = request.uri();
    let query = Fields::from_urlencoded(uri.query().unwrap_or_default().as_bytes());
    let theme = cookie(headers, "theme").filter(|it| it == "light" || it == "dark").unwrap_or_default();
    let notice = cookie(headers, "notice")
        .map(|it| form_urlencoded::parse(it.as_bytes()).map(|(words, _)| words.into_owned()).collect());
    Visit {
        request: gate::name_of(&app.db.ground),
        account: None,
        subject: Subject::default(),
        action: None,
        sign_in: None,
        lacks_second_factor: false,
        path: uri.path().to_owned(),
        here: uri.path_and_query().map_or_else(String::new, ToString::to_string),
        params,
        visitor: visitor_of(app, request),
        unread: query.as_ref().err().cloned(),
        query: query.unwrap_or_default(),
        form: Fields::default(),
        theme,
        notice,
        agent: headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned(),
        step: cookie(headers, out::step_cookie(app.config.is_https())),
        outside: cookie(headers, out::outside_cookie(app.config.is_https())),
        token: cookie(headers, out::sign_in_cookie(app.config.is_https())),
        config: app.config.clone(),
        prepared: Prepared::default(),
        delivery: None,
    }
}

fn visitor_of(app: &App, request: &Request) -> IpAddr {
    let peer = request.extensions().get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0);
    let forwarded = request.headers().get_all("x-forwarded-for").iter().filter_map(|it| it.to_str().ok());
    network::visitor(peer, forwarded, &app.config.trusted_proxies)
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(it, value)| *it == name && !value.is_empty())
        .map(|(_, value)| value.to_owned())
}

/// Browsers say where a form was sent from. What says nothing may come in without a
/// sign-in alone: one click in a mail program, which has no site of its own.
fn comes_from_elsewhere(app: &App, headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site != "same-origin" && site != "none";
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return cookie(headers, out::sign_in_cookie(app.config.is_https())).is_some();
    };
    let origin = origin.to_str().unwrap_or_default();
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    origin != app.config.base_url && origin.split_once("://").is_none_or(|(_, it)| it != host)
}

/// The cookie of a sign-in, and the one that ends it.
pub fn sign_in_cookie(visit: &Visit, token: String, seconds: i64) -> Cookie {
    Cookie { name: out::sign_in_cookie(visit.config.is_https()), value: token, seconds }
}

/// The cookie of a sign-in that is on its way, and the one that ends it.
pub fn step_cookie(visit: &Visit, token: String, seconds: i64) -> Cookie {
    Cookie { name: out::step_cookie(visit.config.is_https()), value: token, seconds }
}

/// The same for a sign-in at the association's own house.
pub fn outside_cookie(visit: &Visit, secret: String, seconds: i64) -> Cookie {
    Cookie { name: out::outside_cookie(visit.config.is_https()), value: secret, seconds }
}
