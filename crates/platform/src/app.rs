//! The app: what a request is answered with.

use std::sync::Arc;

use policy::Subject;
use tokio::sync::{Notify, Semaphore};

use crate::{
    ids::Id,
    jobs::{self, Job},
    limits::Limits,
    network::Range,
    passwords::Cost,
    post::Smtp,
    storage::{Db, Result, Tx},
    visit::Visit,
};

/// What the house knows and the ground does not: who people are in the program, and
/// what stands around every page.
#[derive(Clone, Copy)]
pub struct House {
    /// The roles of a person at the time of the unit of work.
    pub subject: fn(&mut Tx, Id) -> Result<Subject>,
    /// Brand, navigation and banner around a page.
    pub frame: fn(&mut Tx, &Visit) -> Result<shell::Frame>,
    pub jobs: fn() -> Vec<Job>,
}

/// Why the house is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// For real people.
    Serving,
    /// For development: letters may be read at `/dev/mail`.
    Development,
    /// The demo: invented people, and a clock that is moved by hand.
    Demo,
}

#[derive(Clone, Debug)]
pub struct Config {
    /// Where people reach the house, without a slash at the end.
    pub base_url: String,
    pub mode: Mode,
    pub cost: Cost,
    pub smtp: Option<Smtp>,
    /// Proxies that may say where a request comes from.
    pub trusted_proxies: Vec<Range>,
    /// The association's own sign-in.
    pub openid: Option<OpenId>,
}

/// The association's own sign-in, as `duology.toml` names it.
#[derive(Clone)]
pub struct OpenId {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    /// What stands on the button.
    pub label: String,
}

impl std::fmt::Debug for OpenId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OpenId {{ issuer: {:?}, … }}", self.issuer)
    }
}

impl Config {
    /// Whether pages are reached over TLS, so that cookies can insist on it.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

/// Calls to another house that wait at once.
const MOST_CALLS: usize = 8;

#[derive(Clone)]
pub struct App {
    pub db: Db,
    pub config: Arc<Config>,
    pub house: House,
    pub limits: Arc<Limits>,
    /// As many passwords are hashed at once as there are cores to do it.
    pub hashing: Arc<Semaphore>,
    /// A few wait for another house at once, and keep nobody else from being answered.
    pub calling: Arc<Semaphore>,
    /// Rung after a change, so that jobs and letters need not wait for the next round.
    pub bell: Arc<Notify>,
}

impl App {
    pub fn new(db: Db, config: Config, house: House) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            db,
            config: Arc::new(config),
            house,
            limits: Arc::default(),
            hashing: Arc::new(Semaphore::new(cores)),
            calling: Arc::new(Semaphore::new(MOST_CALLS)),
            bell: Arc::default(),
        }
    }

    /// Runs every job that has something to do. Blocks.
    pub fn run_jobs(&self) -> jobs::Run {
        let run = jobs::run(&self.db, &(self.house.jobs)());
        if let Err(error) = self.db.settle_keys() {
            tracing::warn!(%error, "the file of data keys could not be written anew; it will be tried again");
        }
        run
    }
}
