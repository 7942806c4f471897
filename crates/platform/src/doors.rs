//! Doors: every route names its action, and is kept accordingly. There is no other
//! way to add a route, so none can be forgotten.
//!
//! # Design
//! A page is a plain function of a unit of work and a visit. The door opens the unit
//! of work: one that only reads for GET, where the database itself refuses any
//! change, and one that writes for POST, kept when the page answers and undone when
//! it refuses. A page therefore cannot await, cannot send, and cannot forget to commit.

use std::{any::Any, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    http::Method,
    routing::{MethodFilter, on},
};
use maud::Markup;
use policy::{Action, Audience};

use crate::{
    app::App,
    enter,
    reply::{Page, Reply},
    storage::{StorageError, Tx},
    takes::{Takes, Unread},
    visit::{Prepared, Visit},
};

/// What a page is.
pub type PageFn = fn(&mut Tx, &Visit) -> Answer;
pub type Answer = Result<Reply, Failure>;
/// What a door does before the unit of work, where it may take its time.
pub type PrepareFn = fn(&App, &Visit) -> Prepared;
/// What a door reads, in a unit of work of its own, before it works something out.
pub type LookFn = fn(&mut Tx, &Visit) -> Result<Work, Failure>;
/// Something slow that needs a core and nothing of the database.
pub type Work = Box<dyn FnOnce() -> Arc<dyn Any + Send + Sync> + Send>;

/// Why a request ends without what it asked for.
pub enum Failure {
    SignInFirst,
    /// What the person holds asks for a second factor, which this sign-in lacks.
    SecondFactorFirst,
    /// What they want asks for a proof of the last ten minutes that it is them.
    ProveAgain,
    NotFound,
    /// A rule refused: the page is shown again with what was typed, and nothing is kept.
    Refused(Box<Page>),
    Storage(StorageError),
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<Unread> for Failure {
    fn from(unread: Unread) -> Self {
        Self::Refused(Box::new(enter::unread(&unread)))
    }
}

impl crate::storage::Retry for Failure {
    fn wants_another_try(&self) -> bool {
        matches!(self, Self::Storage(error) if crate::storage::Retry::wants_another_try(error))
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::SignInFirst => f.write_str("please sign in first"),
            Self::SecondFactorFirst => f.write_str("please set up a second factor first"),
            Self::ProveAgain => f.write_str("please show again that it is you"),
            Self::NotFound => f.write_str("not found"),
            Self::Refused(page) => write!(f, "refused: {}", page.title),
            Self::Storage(error) => error.fmt(f),
        }
    }
}

impl std::fmt::Debug for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl Failure {
    /// Shows a page again because a rule refused what was sent.
    pub fn refused(title: impl Into<String>, body: Markup) -> Self {
        let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
        Self::Refused(Box::new(Page { status, title: title.into(), body, has_faults: true, wide: false }))
    }

    /// Nothing is here, and the page says more than that.
    pub fn missing(title: impl Into<String>, body: Markup) -> Self {
        let status = axum::http::StatusCode::NOT_FOUND;
        Self::Refused(Box::new(Page { status, title: title.into(), body, has_faults: false, wide: false }))
    }

    /// It was asked too often; after a while it is answered again.
    pub fn too_often(title: impl Into<String>, body: Markup) -> Self {
        let status = axum::http::StatusCode::TOO_MANY_REQUESTS;
        Self::Refused(Box::new(Page { status, title: title.into(), body, has_faults: false, wide: false }))
    }

    /// Something happened meanwhile: a place was taken, a link was used.
    pub fn overtaken(title: impl Into<String>, body: Markup) -> Self {
        let status = axum::http::StatusCode::CONFLICT;
        Self::Refused(Box::new(Page { status, title: title.into(), body, has_faults: true, wide: false }))
    }
}

/// What stands behind a door, and the unit of work it needs.
#[derive(Clone, Copy)]
pub enum Behind {
    /// Needs no database: the style sheet, whether we live.
    Still(fn(&Visit) -> Answer),
    Reading(PageFn),
    Writing(PageFn),
}

#[derive(Clone)]
pub struct Door {
    pub method: Method,
    pub path: &'static str,
    pub action: Action,
    /// What a request may weigh, in bytes.
    pub most_bytes: usize,
    /// The fields it takes; all others are refused.
    pub takes: Takes,
    pub behind: Behind,
    pub prepare: Option<PrepareFn>,
    pub look: Option<LookFn>,
    /// Whether what it prepares waits for another house rather than for our own cores.
    pub calls_out: bool,
    /// Opens only to somebody who showed within the last ten minutes who they are.
    pub asks_again: bool,
}

impl Door {
    /// The audience in one word for `duology routes`.
    pub fn audience(&self) -> String {
        match self.action.audience() {
            Audience::Public => "public".to_owned(),
            Audience::SignedIn => "signed in".to_owned(),
            Audience::Participants => "participants".to_owned(),
            Audience::Roles(roles) => roles.iter().map(|role| role.key()).collect::<Vec<_>>().join(" "),
            Audience::Token(scope) => format!("token {scope}"),
        }
    }
}

/// A form of text; a file may weigh more.
pub const MOST_BYTES: usize = 512 * 1024;
pub const MOST_FILE_BYTES: usize = 10 * 1024 * 1024;

#[derive(Clone, Default)]
pub struct Doors {
    doors: Vec<Door>,
}

impl Doors {
    /// A page that reads.
    #[must_use]
    pub fn get(self, path: &'static str, action: Action, page: PageFn) -> Self {
        self.add(Method::GET, path, action, MOST_BYTES, Behind::Reading(page))
    }

    /// Something that changes.
    #[must_use]
    pub fn post(self, path: &'static str, action: Action, page: PageFn) -> Self {
        self.add(Method::POST, path, action, MOST_BYTES, Behind::Writing(page))
    }

    /// Something that changes, with a file.
    #[must_use]
    pub fn upload(self, path: &'static str, action: Action, page: PageFn) -> Self {
        self.add(Method::POST, path, action, MOST_FILE_BYTES, Behind::Writing(page))
    }

    /// What a program of the association delivers, with a token.
    #[must_use]
    pub fn put(self, path: &'static str, action: Action, page: PageFn) -> Self {
        self.add(Method::PUT, path, action, MOST_FILE_BYTES, Behind::Writing(page))
    }

    /// A page that needs no database.
    #[must_use]
    pub fn still(self, path: &'static str, action: Action, page: fn(&Visit) -> Answer) -> Self {
        self.add(Method::GET, path, action, MOST_BYTES, Behind::Still(page))
    }

    /// Names the fields that the last door takes: `next`, `topics+` where a field may come
    /// several times, `choice_*` for all that begin so. Without this it takes none.
    #[must_use]
    pub fn taking(mut self, fields: &'static [&'static str]) -> Self {
        if let Some(door) = self.doors.last_mut() {
            door.takes.fields = fields;
        }
        self
    }

    /// Names those of the last door's fields that hold a text; the others hold a line.
    #[must_use]
    pub fn with_texts(mut self, fields: &'static [&'static str]) -> Self {
        if let Some(door) = self.doors.last_mut() {
            debug_assert!(
                fields.iter().all(|it| door.takes.fields.contains(it)),
                "POST {} takes no such text",
                door.path
            );
            door.takes.texts = fields;
        }
        self
    }

    /// The last door takes the fields of a form of the committee, which `forms::read`
    /// knows by name, beside those of `taking`.
    #[must_use]
    pub fn taking_form(mut self) -> Self {
        if let Some(door) = self.doors.last_mut() {
            door.takes.form = true;
        }
        self
    }

    /// Lets the last door prepare something slow before its unit of work.
    #[must_use]
    pub fn preparing(mut self, prepare: PrepareFn) -> Self {
        if let Some(door) = self.doors.last_mut() {
            door.prepare = Some(prepare);
        }
        self
    }

    /// Lets the last door read first, then work something out while nothing of the database
    /// is held, and only then write. What has changed between is the page's to notice.
    #[must_use]
    pub fn working_out(mut self, look: LookFn) -> Self {
        if let Some(door) = self.doors.last_mut() {
            door.look = Some(look);
        }
        self
    }

    /// Lets the last door take files, and look at them before its unit of work.
    #[must_use]
    pub fn with_files(mut self, look: PrepareFn) -> Self {
        if let Some(door) = self.doors.last_mut() {
            door.most_bytes = MOST_FILE_BYTES;
        }
        self.preparing(look)
    }

    /// Lets the last door ask another house before its unit of work.
    #[must_use]
    pub fn calling(mut self, prepare: PrepareFn) -> Self {
        if let Some(door) = self.doors.last_mut() {
            door.prepare = Some(prepare);
            door.calls_out = true;
        }
        self
    }

    /// Lets the last door ask again for the password, the second factor or a passkey: for
    /// exports, roles, letters to many, and what is opened against the rule.
    #[must_use]
    pub fn asking_again(mut self) -> Self {
        if let Some(door) = self.doors.last_mut() {
            door.asks_again = true;
        }
        self
    }

    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.doors.extend(other.doors);
        self
    }

    /// All doors, for `duology routes` and for the test that knocks at each.
    pub fn list(&self) -> &[Door] {
        &self.doors
    }

    /// Opens all doors for an app.
    pub fn open(self, app: App) -> Router {
        let mut router = Router::new();
        for door in self.doors {
            let filter = match door.method {
                Method::GET => MethodFilter::GET,
                Method::PUT => MethodFilter::PUT,
                _ => MethodFilter::POST,
            };
            let path = door.path;
            let door = Arc::new(door);
            let handler =
                on(filter, move |State(app): State<App>, request: Request| enter::through(app, door, request));
            router = lay(router, path, handler);
        }
        let router = router.fallback(enter::nowhere).method_not_allowed_fallback(enter::nowhere);
        let router = router.layer(axum::middleware::from_fn(enter::pass_the_gate)).with_state(app);
        // Which methods an address knows is told only from outside, so it is taken away there.
        Router::new().fallback_service(router).layer(axum::middleware::map_response(enter::tell_no_methods))
    }

    fn add(mut self, method: Method, path: &'static str, action: Action, most_bytes: usize, behind: Behind) -> Self {
        let takes = Takes { path, ..Takes::default() };
        self.doors.push(Door {
            method,
            path,
            action,
            most_bytes,
            takes,
            behind,
            prepare: None,
            look: None,
            calls_out: false,
            asks_again: false,
        });
        self
    }
}

#[expect(clippy::disallowed_methods, reason = "this is where doors become routes")]
fn lay(router: Router<App>, path: &str, handler: axum::routing::MethodRouter<App>) -> Router<App> {
    router.route(path, handler)
}
