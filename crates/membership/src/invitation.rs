//! Letters that carry a link to a password of one's own, and what those links open.

use jiff::{SignedDuration, civil::Date};
use letters::{Post, To, Value};
use platform::{
    identity,
    links::{self, LinkRefusal},
    outbox,
    prelude::*,
};
use policy::Role;
use program::Cohort;

use crate::{
    address_changes, factors,
    hand_overs::Plan,
    letters::{ACCOUNT_INVITATION, CHAIR_OFFERED, COMMITTEE_INVITATION, PASSWORD_RECOVERY},
};

/// An invitation waits longer than the link of somebody who asked a minute ago.
const INVITATION_LASTS: SignedDuration = SignedDuration::from_hours(14 * 24);
const RECOVERY_HOURS: i64 = 24;
/// Letters that somebody may ask for at the same address within an hour.
const MOST_LETTERS_AN_HOUR: i64 = 3;

/// Sets a password; about the account.
pub(crate) const PASSWORD: &str = "password";
/// Accepts an appointment with the password one has; about the account.
pub(crate) const APPOINTMENT: &str = "appointment";

sql! {
    ASK => "insert into ways_in (id, name, address, asked_at) values ($1, $2, $3, $4)";
    WAITING => "select id from ways_in order by id";
    ASKED => "select name, address from ways_in where id = $1";
    ANSWERED => "delete from ways_in where id = $1";
    DISABLED => "select id from accounts where email_key = $1 and disabled_at is not null";
}

/// Finds or makes the account of an address, without a password, and writes the letter
/// that invites the person to choose one. `inviter` is how the letter calls whoever asked
/// for it; `once` keeps the same occasion from writing twice. A person who has a password
/// already gets no letter: they know the way.
pub fn invite(
    tx: &mut Tx,
    name: &str,
    email: &str,
    inviter: &str,
    cohort: Option<&Cohort>,
    once: &str,
) -> Result<Id, Failure> {
    let account = find_or_make(tx, name, email)?;
    if identity::has_password(tx, account.id)? {
        return Ok(account.id);
    }
    let (link, due) = password_link(tx, account.id, INVITATION_LASTS)?;
    let values = vec![("link", link), ("due", words(&due)), ("inviter", words(inviter))];
    post(tx, &ACCOUNT_INVITATION, &account, cohort, once.to_owned(), values)?;
    Ok(account.id)
}

/// Tells a person that they were appointed, with a link to accept. Whoever has no
/// password yet chooses it there.
pub(crate) fn invite_to_committee(
    tx: &mut Tx,
    account: &Account,
    role: Role,
    until: Option<Date>,
    once: String,
) -> Result<(), Failure> {
    let (link, due) = if identity::has_password(tx, account.id)? {
        link_to(tx, APPOINTMENT, account.id, INVITATION_LASTS)?
    } else {
        password_link(tx, account.id, INVITATION_LASTS)?
    };
    let end = until.map_or_else(|| "further notice".to_owned(), program::long_day);
    let values = vec![
        ("link", link),
        ("due", words(&due)),
        ("role", words(&role.words().to_lowercase())),
        ("end_date", words(&end)),
    ];
    post(tx, &COMMITTEE_INVITATION, account, None, once, values)
}

/// Asks somebody to take over the chair, with a link to say yes.
pub(crate) fn offer_the_chair(tx: &mut Tx, account: &Account, plan: &Plan, about: Id) -> Result<(), Failure> {
    let (link, last) = if identity::has_password(tx, account.id)? {
        link_to(tx, APPOINTMENT, account.id, INVITATION_LASTS)?
    } else {
        password_link(tx, account.id, INVITATION_LASTS)?
    };
    let values = vec![
        ("link", link),
        ("date", words(&last)),
        ("due", words(&program::long_day(plan.begins))),
        ("chair_name", words(&plan.going.name)),
        ("note", words(plan.words)),
    ];
    post(tx, &CHAIR_OFFERED, account, None, about.to_string(), values)
}

pub(crate) fn find_or_make(tx: &mut Tx, name: &str, email: &str) -> Result<Account, Failure> {
    if let Some(account) = identity::find_by_email(tx, email)? {
        return Ok(account);
    }
    if is_disabled(tx, email)? {
        let words = "The account of this address has been closed. Please use another address.";
        return Err(Failure::overtaken("Closed account", shell::error_summary(&shell::Faults::general(words))));
    }
    if address_changes::is_reserved(tx, email)? {
        let words = "This address cannot be used for some days. Please use another one.";
        return Err(Failure::overtaken("Another address", shell::error_summary(&shell::Faults::general(words))));
    }
    let id = identity::add(tx, name.trim(), email, None).map_err(|error| match error.is_unique_violation() {
        true => Failure::overtaken(
            "Please try again",
            html! { p { "This address was added a moment ago. Please try again." } },
        ),
        false => error.into(),
    })?;
    journal::record(tx, "account made", id, None, None)?;
    Ok(Account { id, name: name.trim().to_owned(), email: email.trim().to_owned() })
}

/// Somebody asks for a way in with this address. It is only noted here, so that the answer
/// takes as long whoever has the address; the letter follows as a job.
pub(crate) fn ask_for_way_in(tx: &mut Tx, name: Option<&str>, email: &str) -> Result<(), Failure> {
    let id = tx.fresh_id();
    tx.exec(&ASK, values![id, name.unwrap_or_default(), email, tx.now()])?;
    Ok(())
}

/// Those who asked and wait for their letter.
pub(crate) fn waiting(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&WAITING, values![])?)
}

pub(crate) fn answer_waiting(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let Some((name, email)) = tx.row::<(String, String)>(&ASKED, values![id])? else { return Ok(()) };
    tx.exec(&ANSWERED, values![id])?;
    send_way_in(tx, Some(name.as_str()).filter(|it| !it.is_empty()), &email)
}

/// Somebody typed this address and asks for a way in. Writes the letter that fits: to
/// choose a first password, or a new one. What the asker reads is the same in every case.
fn send_way_in(tx: &mut Tx, name: Option<&str>, email: &str) -> Result<(), Failure> {
    let account = match (identity::find_by_email(tx, email)?, name) {
        (Some(account), _) => account,
        (None, Some(name)) if !is_disabled(tx, email)? && !address_changes::is_reserved(tx, email)? => {
            find_or_make(tx, name, email)?
        }
        _ => return Ok(()),
    };
    let hour_ago = tx.now() - SignedDuration::from_hours(1);
    let kinds = [ACCOUNT_INVITATION.name, PASSWORD_RECOVERY.name];
    let written = outbox::written_since(tx, account.id, kinds, hour_ago)?;
    if written >= MOST_LETTERS_AN_HOUR {
        return Ok(());
    }
    let once = format!("{} {written}", tx.now());
    if identity::has_password(tx, account.id)? {
        let (link, _) = password_link(tx, account.id, SignedDuration::from_hours(RECOVERY_HOURS))?;
        let values = vec![("link", link), ("hours", words(&RECOVERY_HOURS.to_string()))];
        return post(tx, &PASSWORD_RECOVERY, &account, None, once, values);
    }
    let (link, due) = password_link(tx, account.id, INVITATION_LASTS)?;
    post(tx, &ACCOUNT_INVITATION, &account, None, once, vec![("link", link), ("due", words(&due))])
}

/// A link that opens, and whom it is for.
pub(crate) struct Opened {
    pub account: Account,
    /// Whether it sets a password; otherwise it accepts an appointment.
    pub sets_password: bool,
    /// Whether the person has a second factor beside the password.
    pub has_two: bool,
}

/// Looks at a link of ours without using it.
pub(crate) fn open(tx: &mut Tx, token: &str) -> Result<Result<Opened, LinkRefusal>, Failure> {
    let mut found = links::look(tx, PASSWORD, token)?;
    let sets_password = !matches!(found, Err(LinkRefusal::Unknown));
    if !sets_password {
        found = links::look(tx, APPOINTMENT, token)?;
    }
    let link = match found {
        Ok(link) => link,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some(account) = identity::find(tx, link.about)? else { return Ok(Err(LinkRefusal::Unknown)) };
    if is_disabled(tx, &account.email)? {
        return Ok(Err(LinkRefusal::Unknown));
    }
    let has_two = factors::of(tx, account.id)?.are_two();
    Ok(Ok(Opened { account, sets_password, has_two }))
}

pub(crate) fn is_disabled(tx: &mut Tx, email: &str) -> Result<bool, Failure> {
    Ok(tx.row::<Id>(&DISABLED, values![identity::email_key(email)])?.is_some())
}

fn password_link(tx: &mut Tx, account: Id, lasts: SignedDuration) -> Result<(Value, String), Failure> {
    link_to(tx, PASSWORD, account, lasts)
}

/// A new link and its last day in words.
fn link_to(tx: &mut Tx, purpose: &'static str, account: Id, lasts: SignedDuration) -> Result<(Value, String), Failure> {
    let token = links::make(tx, purpose, Some(account), account, lasts)?;
    let link = Value::link(tx.url(&format!("/welcome/{token}")));
    let last = tx.now() + lasts;
    Ok((link, program::long_day(program::day_of(tx, last)?)))
}

fn words(text: &str) -> Value {
    Value::words(text)
}

fn post(
    tx: &mut Tx,
    kind: &'static letters::Kind,
    account: &Account,
    cohort: Option<&Cohort>,
    once: String,
    values: Vec<(&'static str, Value)>,
) -> Result<(), Failure> {
    let to = To::account(account);
    letters::post(tx, Post { kind, to, cohort, about: account.id, once, values, sender: None, calendar: None })?;
    Ok(())
}
