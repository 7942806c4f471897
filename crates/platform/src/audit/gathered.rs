//! What a unit of work gathers for the audit while it runs.

use jiff::Timestamp;

use super::{ACCOUNT, FORGOTTEN, READ};
use crate::ids::Id;

/// Through what somebody acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Client {
    Web,
    Phone,
    Job,
    #[default]
    Command,
    Token,
}

impl Client {
    pub fn word(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Phone => "phone",
            Self::Job => "job",
            Self::Command => "command",
            Self::Token => "token",
        }
    }

    /// A phone says so in the name that its browser gives.
    pub fn of_agent(agent: &str) -> Self {
        if agent.contains("Mobi") { Self::Phone } else { Self::Web }
    }
}

/// Who acts in a unit of work, through what, and in which request.
#[derive(Clone, Debug, Default)]
pub struct Acting {
    pub person: Option<Id>,
    pub client: Client,
    /// The name of a job or of a token; of a request from a browser, what the log calls it.
    pub request: String,
}

/// That something confidential was read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What kind of record, as people call it: "check-in answer".
    pub record: &'static str,
    pub about: Id,
    /// Whom it concerns; nobody where nobody can tell. Those who read what is theirs are
    /// left out.
    pub whose: Vec<Id>,
    /// By what right, in words: "as the liaison of this duo".
    pub right: String,
}

/// Something about an account that those look at who care for its safety.
#[derive(Clone, Copy, Debug)]
pub struct Note {
    pub action: &'static str,
    /// Whose account; none where there is none, such as a try with an unknown address.
    pub account: Option<Id>,
    pub about: Option<Id>,
}

impl Note {
    pub(super) fn gathered(self, acting: &Acting, at: Timestamp, stays: bool) -> Gathered {
        Gathered {
            record: ACCOUNT,
            whose: self.account,
            about: self.about,
            stays,
            ..Gathered::event(acting, at, self.action)
        }
    }
}

/// One thing to note, before the people in it are given their pseudonyms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gathered {
    pub(super) at: Timestamp,
    pub(super) actor: Option<Id>,
    pub(super) whose: Option<Id>,
    pub(super) cohort: Option<Id>,
    pub(super) action: &'static str,
    pub(super) record: &'static str,
    pub(super) about: Option<Id>,
    pub(super) right: String,
    pub(super) request: String,
    pub(super) client: Client,
    pub(super) shown_from: Option<Timestamp>,
    /// Whether it is noted even when the unit of work is undone: it was read, it was tried.
    stays: bool,
}

impl Gathered {
    fn event(acting: &Acting, at: Timestamp, action: &'static str) -> Self {
        Self {
            at,
            actor: acting.person,
            whose: None,
            cohort: None,
            action,
            record: "",
            about: None,
            right: String::new(),
            request: acting.request.clone(),
            client: acting.client,
            shown_from: None,
            stays: false,
        }
    }

    /// What the journal was told.
    pub(crate) fn told(
        acting: &Acting,
        at: Timestamp,
        action: &'static str,
        about: Id,
        (by, cohort): (Option<Id>, Option<Id>),
    ) -> Self {
        Self { actor: by, cohort, about: Some(about), ..Self::event(acting, at, action) }
    }

    pub(crate) fn read(
        acting: &Acting,
        at: Timestamp,
        reading: &Reading,
        (whose, shown_from): (Option<Id>, Timestamp),
    ) -> Self {
        Self {
            record: reading.record,
            about: Some(reading.about),
            whose,
            shown_from: Some(shown_from).filter(|it| *it > at),
            right: reading.right.clone(),
            stays: true,
            ..Self::event(acting, at, READ)
        }
    }

    pub(super) fn forgetting(acting: &Acting, at: Timestamp, person: Id) -> Self {
        Self { record: ACCOUNT, whose: Some(person), ..Self::event(acting, at, FORGOTTEN) }
    }

    pub(crate) fn stays(&self) -> bool {
        self.stays
    }

    pub(super) fn forgets(&self) -> Option<Id> {
        self.whose.filter(|_| self.action == FORGOTTEN)
    }
}
