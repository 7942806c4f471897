//! What a page is given: who asks, from where, with what.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

use policy::{Action, Facts, Grant, Kind, May, Role, Scope, Subject};

use crate::{
    app::{Config, Mode},
    doors::Failure,
    fields::Fields,
    identity::{Account, SignIn},
    ids::Id,
    takes::Unread,
    tokens::Token,
};

#[derive(Clone)]
pub struct Visit {
    /// What this request is called in the log, so that somebody can ask about it.
    pub request: String,
    /// Who asks; nobody on a door that is open to all and a browser not signed in.
    pub account: Option<Account>,
    pub subject: Subject,
    /// What the door does; nothing before a request has found one.
    pub(crate) action: Option<Action>,
    /// The sign-in that bears this request.
    pub sign_in: Option<SignIn>,
    /// Whether that sign-in lacks the second factor which the person's roles ask for.
    pub(crate) lacks_second_factor: bool,
    pub path: String,
    /// Path and query, to come back to.
    pub here: String,
    /// Where the request comes from.
    pub visitor: IpAddr,
    pub params: Vec<(String, String)>,
    pub query: Fields,
    pub form: Fields,
    /// Why what was sent is not read. Whoever may come in is told; nobody else is.
    pub(crate) unread: Option<Unread>,
    pub theme: String,
    /// A sentence from the page before, shown once.
    pub notice: Option<String>,
    pub agent: String,
    /// The secret of a sign-in that is on its way, and of one at the association's own house.
    pub step: Option<String>,
    pub outside: Option<String>,
    /// The secret of the sign-in's cookie.
    pub(crate) token: Option<String>,
    pub config: Arc<Config>,
    /// What a door prepared before the unit of work: the hash of a new password, or
    /// the account whose password was right.
    pub prepared: Prepared,
    /// What a program of the association sent, behind a door for tokens.
    pub delivery: Option<Arc<Delivery>>,
}

/// What came with a token instead of a form.
pub struct Delivery {
    pub token: Token,
    /// The type it says it has.
    pub kind: String,
    pub body: axum::body::Bytes,
}

#[derive(Clone, Debug, Default)]
pub struct Prepared {
    pub password_hash: Option<String>,
    pub verified: Option<Id>,
    /// What the association's own sign-in says about somebody, as its room understands it.
    pub outside: Vec<(&'static str, String)>,
    /// A sentence that refuses the try before the page looks at it.
    pub refusal: Option<String>,
    /// What a room worked out itself, for its own page to take up.
    pub worked_out: Option<Arc<dyn std::any::Any + Send + Sync>>,
}

impl Visit {
    /// What a page is given where no browser asks it: somebody who is signed in, with
    /// nothing yet that they sent.
    pub fn by_hand(config: Arc<Config>, account: Account, subject: Subject) -> Self {
        Self {
            request: String::new(),
            account: Some(account),
            subject,
            action: None,
            sign_in: None,
            lacks_second_factor: false,
            path: String::new(),
            here: String::new(),
            visitor: IpAddr::V4(Ipv4Addr::LOCALHOST),
            params: Vec::new(),
            query: Fields::default(),
            form: Fields::default(),
            unread: None,
            theme: String::new(),
            notice: None,
            agent: String::new(),
            step: None,
            outside: None,
            token: None,
            config,
            prepared: Prepared::default(),
            delivery: None,
        }
    }

    /// What was sent, and whether a field of it is too long.
    pub(crate) fn takes(&mut self, form: Fields) {
        self.unread = form.too_long().or(self.unread.take());
        self.form = form;
    }

    /// The person who asks. Behind a door for people who are signed in there always is one.
    pub fn person(&self) -> Result<Id, Failure> {
        self.account.as_ref().map(|account| account.id).ok_or(Failure::SignInFirst)
    }

    pub fn account(&self) -> Result<&Account, Failure> {
        self.account.as_ref().ok_or(Failure::SignInFirst)
    }

    /// An id in the path; what is no id is not found.
    pub fn id(&self, name: &str) -> Result<Id, Failure> {
        Id::parse(self.param(name)).ok_or(Failure::NotFound)
    }

    pub fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value)
    }

    pub fn holds(&self, role: Role) -> bool {
        self.subject.holds(role)
    }

    pub fn holds_in(&self, role: Role, cohort: Id) -> bool {
        self.subject.holds_in(role, cohort.number())
    }

    pub fn lacks_second_factor(&self) -> bool {
        self.lacks_second_factor
    }

    /// Whether the door is open to whoever asks, for what belongs to this cohort: a role
    /// that was given for another does not count. Checked for the cohort in a path before
    /// its page is asked; a page that finds its cohort by a record asks itself.
    pub fn admit(&self, cohort: Option<Id>) -> Result<(), Failure> {
        let Some(action) = self.action else { return Err(Failure::NotFound) };
        policy::admit(&self.subject, action, cohort.map(|it| it.number())).map_err(|refusal| match refusal {
            policy::Refusal::SignInFirst => Failure::SignInFirst,
            policy::Refusal::NotYours => Failure::NotFound,
        })
    }

    /// Whether they might come through another door, to show the way to it.
    pub fn may(&self, action: Action, cohort: Option<Id>) -> bool {
        policy::admit(&self.subject, action, cohort.map(|it| it.number())).is_ok()
    }

    /// Proof that whoever asks may do this with a record, as the facts stand; what they may
    /// not is not found.
    pub fn grant<R: Kind, V: May>(&self, facts: &Facts) -> Result<Grant<R, V>, Failure> {
        policy::grant(&self.subject, facts).ok_or(Failure::NotFound)
    }

    /// Proof that whoever asks may do this with what is their own and belongs to no cohort.
    pub fn own<R: Kind, V: May>(&self) -> Result<Grant<R, V>, Failure> {
        self.person()?;
        self.grant(&Facts::of_program().own(true))
    }

    /// Proof that whoever asks may see which records of a kind there are.
    pub fn scope<R: Kind, V: May>(&self, facts: &Facts) -> Result<Scope<R, V>, Failure> {
        policy::scope(&self.subject, facts).ok_or(Failure::NotFound)
    }

    pub fn is_demo(&self) -> bool {
        self.config.mode == Mode::Demo
    }

    /// The sign-in of the person who asks.
    pub fn sign_in(&self) -> Result<&SignIn, Failure> {
        self.sign_in.as_ref().ok_or(Failure::SignInFirst)
    }

    /// The secret of the sign-in, to end it.
    pub fn sign_in_token(&self) -> Option<&str> {
        self.token.as_deref()
    }
}
