//! Table `nominations`: somebody thinks of somebody else. Until a yes it holds a name, an
//! address, a reason and the nominator; a no, or thirty days, deletes all of them and
//! leaves a line to count.

use jiff::{SignedDuration, Timestamp};
use platform::{
    keys::{self, Scope},
    prelude::*,
};
use policy::{Grant, Role, of};

use crate::{
    applications::{self, Application},
    limits::limits,
    rules::status::State,
};

row! {
    pub struct Nomination {
        pub id: Id,
        pub cohort: Id,
        pub role: String,
        pub state: String,
        pub name: Option<String>,
        pub address: Option<String>,
        words: Option<Vec<u8>>,
        nominator_name: Option<String>,
        pub made_at: Timestamp,
    }
}

impl Nomination {
    pub fn role(&self) -> Role {
        if self.role == Role::Mentor.key() { Role::Mentor } else { Role::Mentee }
    }

    pub fn is_open(&self) -> bool {
        self.state == "open"
    }

    /// When it is deleted if nobody answers.
    pub fn ends_at(&self) -> Timestamp {
        self.made_at + SignedDuration::from_hours(24 * limits().nomination_delete_days)
    }
}

/// What was said of somebody, and by whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    pub nominator: String,
    pub reason: String,
}

sealed! {
    WORDS => "nominations", "words", "why somebody was nominated";
}

pub(crate) struct NewNomination<'a> {
    pub cohort: Id,
    pub role: Role,
    pub name: &'a str,
    pub address: &'a str,
    pub reason: &'a str,
    pub nominator_name: &'a str,
    pub nominator_address: &'a str,
}

sql! {
    ADD => "insert into nominations (id, cohort, role, state, name, address, words, nominator_name, nominator_address, made_at) values ($1, $2, $3, 'open', $4, $5, $6, $7, $8, $9) on conflict (cohort, role, address, nominator_address) do nothing";
    FIND => "select id, cohort, role, state, name, address, words, nominator_name, made_at from nominations where id = $1";
    ACCEPT => "update nominations set state = 'accepted', name = null, address = null, answered_at = $2 where id = $1 and state = 'open'";
    FORGET => "update nominations set state = $2, answered_at = $3, name = null, address = null, reason = null, words = null, nominator_name = null, nominator_address = null where id = $1 and state = 'open'";
    FORGET_WORDS => "update nominations set words = null, reason = null, nominator_name = null, nominator_address = null where id = $1";
    REMINDED => "update nominations set reminded_at = $2 where id = $1 and state = 'open' and reminded_at is null";
    TO_REMIND => "select id, cohort from nominations where state = 'open' and reminded_at is null and made_at <= $1 order by id";
    OVERDUE => "select id from nominations where state = 'open' and made_at <= $1 order by id";
    MADE_BY => "select count(*) as made from nominations where nominator_address = $1 and made_at > $2";
    OPEN_OF => "select count(*) as open from nominations where cohort = $1 and address = $2 and state = 'open'";
    COUNTS => "select state, count(*) as nominations from nominations where cohort = $1 group by state order by state";
}

/// Keeps a nomination. `None` when the same person has nominated the same one before.
pub(crate) fn add(tx: &mut Tx, new: &NewNomination) -> Result<Option<Id>, Failure> {
    let id = tx.fresh_id();
    let words = keys::seal(tx, &scope(id), &WORDS.at(id), new.reason)?;
    let values = values![
        id,
        new.cohort,
        new.role.key(),
        new.name,
        platform::identity::email_key(new.address),
        words,
        new.nominator_name,
        platform::identity::email_key(new.nominator_address),
        tx.now()
    ];
    Ok((tx.exec(&ADD, values)? == 1).then_some(id))
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Option<Nomination>, Failure> {
    Ok(tx.row(&FIND, values![id])?)
}

/// What was said of the nominee, as the committee reads it once they have said yes.
pub(crate) fn words(tx: &mut Tx, _: &Grant<of::Nomination>, nomination: &Nomination) -> Result<Words, Failure> {
    for_nominee(tx, nomination)
}

/// The same for the nominee: in the letter, and behind its link. They have no account yet,
/// so the link alone is their right.
pub(crate) fn for_nominee(tx: &mut Tx, nomination: &Nomination) -> Result<Words, Failure> {
    let reason = match &nomination.words {
        Some(sealed) => keys::open(tx, &scope(nomination.id), &WORDS.at(nomination.id), sealed)?,
        None => None,
    };
    let nominator = nomination.nominator_name.clone().unwrap_or_default();
    Ok(Words { nominator, reason: reason.unwrap_or_default() })
}

/// What was said goes with the application that it led to.
pub(crate) fn forget_words(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    keys::shred(tx, &scope(id))?;
    tx.exec(&FORGET_WORDS, values![id])?;
    Ok(())
}

/// The key of what was said of one person.
fn scope(id: Id) -> Scope {
    Scope::new("nomination", id)
}

/// The application that the nominee has sent in already, in this role and cohort.
pub(crate) fn applied_already(tx: &mut Tx, nomination: &Nomination) -> Result<Option<Application>, Failure> {
    let Some(address) = &nomination.address else { return Ok(None) };
    let Some(account) = platform::identity::find_by_email(tx, address)? else { return Ok(None) };
    let application = applications::of(tx, nomination.cohort, nomination.role(), account.id)?;
    Ok(application.filter(|it| !matches!(it.state(), State::Draft | State::Withdrawn)))
}

/// Deletes what was sent about somebody and leaves a line to count.
pub(crate) fn let_go(tx: &mut Tx, nomination: &Nomination) -> Result<(), Failure> {
    if lapse(tx, nomination.id)? {
        journal::record(tx, "nomination deleted", nomination.id, None, Some(nomination.cohort))?;
    }
    Ok(())
}

/// A yes: name and address live on in the account, so they are deleted here.
pub(crate) fn accept(tx: &mut Tx, id: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&ACCEPT, values![id, tx.now()])? == 1)
}

pub(crate) fn decline(tx: &mut Tx, id: Id) -> Result<bool, Failure> {
    forget(tx, id, "declined")
}

pub(crate) fn lapse(tx: &mut Tx, id: Id) -> Result<bool, Failure> {
    forget(tx, id, "lapsed")
}

fn forget(tx: &mut Tx, id: Id, state: &str) -> Result<bool, Failure> {
    let forgotten = tx.exec(&FORGET, values![id, state, tx.now()])? == 1;
    if forgotten {
        keys::shred(tx, &scope(id))?;
    }
    platform::links::end(tx, LINK, id)?;
    Ok(forgotten)
}

pub(crate) fn reminded(tx: &mut Tx, id: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&REMINDED, values![id, tx.now()])? == 1)
}

/// Open for a week without an answer, in a cohort that is open.
pub(crate) fn to_remind(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let until = tx.now() - SignedDuration::from_hours(24 * limits().nomination_reminder_days);
    let waiting: Vec<(Id, Id)> = tx.rows(&TO_REMIND, values![until])?;
    let mut found = Vec::new();
    for (id, cohort) in waiting {
        if program::the_cohort(tx, cohort)?.is_open() {
            found.push(id);
        }
    }
    Ok(found)
}

pub(crate) fn overdue(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let until = tx.now() - SignedDuration::from_hours(24 * limits().nomination_delete_days);
    Ok(tx.rows(&OVERDUE, values![until])?)
}

/// How many this address has made within a day.
pub(crate) fn made_today_by(tx: &mut Tx, address: &str) -> Result<i64, Failure> {
    let since = tx.now() - SignedDuration::from_hours(24);
    Ok(tx.one(&MADE_BY, values![platform::identity::email_key(address), since])?)
}

/// How many open nominations name this address.
pub(crate) fn open_of(tx: &mut Tx, cohort: Id, address: &str) -> Result<i64, Failure> {
    Ok(tx.one(&OPEN_OF, values![cohort, platform::identity::email_key(address)])?)
}

/// How many nominations are in each state.
pub(crate) fn counts(tx: &mut Tx, cohort: Id) -> Result<Vec<(String, i64)>, Failure> {
    Ok(tx.rows(&COUNTS, values![cohort])?)
}

/// What the links in the letters about a nomination are for.
pub(crate) const LINK: &str = "nomination";
