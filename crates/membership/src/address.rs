//! Another e-mail address for one's own account: asked for on `/me`, confirmed from the new
//! mailbox, stopped or put back from the old one. Nobody learns whether the house knows an
//! address: the letters are written by a job, and the page says the same in every case.

use jiff::SignedDuration;
use letters::{Kind, Post, To, Value};
use platform::{
    identity::{self, email_key, is_email},
    jobs::Job,
    links::{self, Link, LinkRefusal},
    prelude::*,
};
use shell::{Faults, Input, Style, page_head, sheet, text_field};

use crate::{
    address_changes::{self as changes, CONFIRMABLE, Change, STOPPABLE},
    conflicts, corrections, factors, invitation,
    letters::{ADDRESS_ASKED, ADDRESS_NEW, ADDRESS_TAKEN},
    me, outside, people, roster,
};

const NEW: &str = "new address";
const OLD: &str = "old address";
const MOST_A_DAY: usize = 3;
const ASKED: &str = "Look in the mail of the new address: a letter with a link is on its way to it. Until you have followed it, nothing changes.";

/// Writes to both addresses once somebody asked.
pub(crate) const TELL: Job = Job { name: "write to old and new addresses", find: changes::untold, act: tell };

/// `POST /me/address`
pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = visit.account()?;
    let typed = visit.form.text("new_email");
    let day_ago = tx.now() - SignedDuration::from_hours(24);
    let today = changes::of_account(tx, account.id)?.iter().filter(|it| it.asked_at > day_ago).count();
    let fault = if !is_email(typed) {
        Some("Enter an e-mail address such as ana@example.org.")
    } else if email_key(typed) == email_key(&account.email) {
        Some("This is the address you have.")
    } else if today >= MOST_A_DAY {
        Some("You have asked three times today. Please try again tomorrow.")
    } else {
        None
    };
    if let Some(fault) = fault {
        let mut faults = Faults::new();
        faults.add("new_email", fault);
        let person = people::whoever_asks(tx, visit)?;
        return Err(Failure::refused(me::TITLE, me::markup(tx, visit, &person, &faults)?));
    }
    changes::add(tx, account, typed)?;
    journal::record(tx, "another address asked for", account.id, Some(account.id), None)?;
    Ok(Reply::go("/me").saying(ASKED))
}

/// `POST /me/address/stop`
pub fn stop(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = visit.person()?;
    let now = tx.now();
    for change in changes::of_account(tx, account)?.into_iter().filter(|it| it.waits(now)) {
        changes::end(tx, change.id)?;
    }
    Ok(Reply::go("/me").saying("Your address stays as it is."))
}

/// The card on `/me`.
pub(crate) fn card(tx: &mut Tx, visit: &Visit, faults: &Faults) -> Result<Markup, Failure> {
    let account = visit.account()?;
    let now = tx.now();
    let waiting = changes::of_account(tx, account.id)?.into_iter().find(|it| it.waits(now));
    let input = Input::new("new_email", "New e-mail address").kind("email").autocomplete("email");
    let typed = if visit.path == "/me/address" { visit.form.text("new_email") } else { "" };
    let hint = "We write to both. It counts once you have followed the link in the new mailbox; the old one can put it back for seven days.";
    Ok(html! {
        p { "You sign in with " strong { (account.email) } ", and our letters go there." }
        @if let Some(change) = waiting {
            p { "You asked for " strong { (change.new_email) } ". It waits for the link in that mailbox." }
            (shell::post_button("/me/address/stop", "Keep the address I have", &[], Style::Quiet))
        }
        (shell::form("/me/address", html! {
            (text_field(&input.value(typed).hint(hint).required().faults(faults)))
            (shell::button_quiet("Change my address"))
        }))
    })
}

/// Tells both mailboxes. Where the new one belongs to somebody else's account, that person
/// is told, and there is no link.
fn tell(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let Some(change) = changes::find(tx, id)? else { return Ok(()) };
    if !changes::note_told(tx, id)? || !change.can_be_stopped(tx.now()) {
        return Ok(());
    }
    let Some(account) = identity::find(tx, change.account)? else { return Ok(()) };
    let (old, until) = link(tx, &change, OLD, "/address/old", STOPPABLE)?;
    let told = vec![("link", old), ("new_address", Value::words(&change.new_email)), ("until", until)];
    send(tx, &ADDRESS_ASKED, To::account(&account), &change, told)?;
    let taken = identity::find_by_email(tx, &change.new_email)?;
    if let Some(theirs) = taken {
        return send(tx, &ADDRESS_TAKEN, To::account(&theirs), &change, Vec::new());
    }
    let (new, _) = link(tx, &change, NEW, "/address/new", CONFIRMABLE)?;
    let to = To::address(&account.name, &change.new_email);
    send(tx, &ADDRESS_NEW, to, &change, vec![("link", new)])
}

fn link(
    tx: &mut Tx,
    change: &Change,
    purpose: &'static str,
    path: &str,
    lasts: SignedDuration,
) -> Result<(Value, Value), Failure> {
    let token = links::make(tx, purpose, Some(change.account), change.id, lasts)?;
    let last = program::long_day(program::day_of(tx, tx.now() + lasts)?);
    Ok((Value::link(tx.url(&format!("{path}/{token}"))), Value::words(last)))
}

fn send(
    tx: &mut Tx,
    kind: &'static Kind,
    to: To,
    change: &Change,
    values: Vec<(&'static str, Value)>,
) -> Result<(), Failure> {
    let (about, once) = (change.id, change.id.to_string());
    letters::post(tx, Post { kind, to, cohort: None, about, once, values, sender: None, calendar: None })?;
    Ok(())
}

/// What a link leads to: the change, if it may still be made or stopped.
fn of_link(tx: &mut Tx, visit: &Visit, purpose: &str) -> Result<Result<(Link, Change), LinkRefusal>, Failure> {
    let link = match links::look(tx, purpose, visit.param("token"))? {
        Ok(link) => link,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let change = changes::find(tx, link.about)?.filter(|it| it.ended_at.is_none());
    Ok(change.map(|change| (link, change)).ok_or(LinkRefusal::Used))
}

/// `GET /address/new/{token}`
pub fn get_new(tx: &mut Tx, visit: &Visit) -> Answer {
    match of_link(tx, visit, NEW)? {
        Ok((_, change)) => Ok(Reply::page(CONFIRM, confirm_page(visit, &change))),
        Err(refusal) => Ok(Reply::page(CONFIRM, closed_link(refusal))),
    }
}

const CONFIRM: &str = "Your new address";

/// Whoever has the mailbox alone cannot take the account: its person is signed in.
fn is_theirs(visit: &Visit, change: &Change) -> bool {
    visit.account.as_ref().is_some_and(|it| it.id == change.account)
}

fn confirm_page(visit: &Visit, change: &Change) -> Markup {
    let next: String = form_urlencoded::byte_serialize(visit.path.as_bytes()).collect();
    sheet(html! {
        @if is_theirs(visit, change) {
            (page_head(CONFIRM, &format!("From now on you sign in with {}, and our letters go there.", change.new_email)))
            p { "Your other sign-ins end. The old address can put it back for seven days." }
            (shell::form(&visit.path, shell::button("Yes, this is my address")))
        } @else {
            (page_head(CONFIRM, "Please sign in as before, with the address you had. Then this link asks for your yes."))
            (shell::link_button(&format!("/sign-in?next={next}"), "Sign in"))
            p.hint { "You did not ask for this? Leave it alone; nothing changes." }
        }
    })
}

/// `POST /address/new/{token}`
pub fn post_new(tx: &mut Tx, visit: &Visit) -> Answer {
    let (_, change) = match of_link(tx, visit, NEW)? {
        Ok(found) => found,
        Err(refusal) => return Err(Failure::overtaken(CONFIRM, closed_link(refusal))),
    };
    if !is_theirs(visit, &change) {
        return Ok(Reply::page(CONFIRM, confirm_page(visit, &change)));
    }
    links::use_up(tx, visit.param("token"))?;
    let person = people::the_person(tx, &policy::house(), change.account)?;
    let member = roster::find_person(tx, &policy::house(), &person)?;
    conflicts::keep_to(tx, change.account, &change.old_email)?;
    if !identity::move_to(tx, change.account, &change.new_email)? || !changes::confirm(tx, change.id)? {
        return Err(Failure::overtaken(CONFIRM, closed_link(LinkRefusal::Used)));
    }
    identity::end_other_sign_ins(tx, change.account, visit.sign_in()?.id)?;
    links::end(tx, invitation::PASSWORD, change.account)?;
    links::end(tx, invitation::APPOINTMENT, change.account)?;
    journal::record(tx, "address changed", change.account, Some(change.account), None)?;
    if let Some(member) = member {
        tell_roster(tx, &change, &member)?;
    }
    Ok(Reply::go("/me").saying("Your address is changed, and all other sign-ins have ended."))
}

/// The roster is the office's: it is asked to correct its line. Meanwhile the number keeps
/// the two together.
fn tell_roster(tx: &mut Tx, change: &Change, member: &roster::Member) -> Result<(), Failure> {
    let mut person = people::the_person(tx, &policy::house(), change.account)?;
    if person.member_number.is_empty() && !member.member_number.is_empty() {
        member.member_number.clone_into(&mut person.member_number);
        people::write_details(tx, &person)?;
    }
    let words = format!("My e-mail address has changed from {} to {}.", change.old_email, change.new_email);
    corrections::ask(tx, change.account, &words)?;
    Ok(())
}

/// `GET /address/old/{token}`
pub fn get_old(tx: &mut Tx, visit: &Visit) -> Answer {
    match of_link(tx, visit, OLD)? {
        Ok((_, change)) => Ok(Reply::page(KEEP, keep_page(visit, &change))),
        Err(refusal) => Ok(Reply::page(KEEP, closed_link(refusal))),
    }
}

const KEEP: &str = "Keep your address";

fn keep_page(visit: &Visit, change: &Change) -> Markup {
    let lead = if change.confirmed_at.is_some() {
        "Your account was moved to another address. With this button it comes back to this one, and every sign-in ends. You then get a letter to choose a new password."
    } else {
        "Somebody asked to move your account to another address. With this button it stays with this one."
    };
    sheet(html! {
        (page_head(KEEP, lead))
        (shell::form(&visit.path, shell::button("Keep my address")))
    })
}

/// `POST /address/old/{token}`
pub fn post_old(tx: &mut Tx, visit: &Visit) -> Answer {
    let (_, change) = match of_link(tx, visit, OLD)? {
        Ok(found) => found,
        Err(refusal) => return Err(Failure::overtaken(KEEP, closed_link(refusal))),
    };
    links::use_up(tx, visit.param("token"))?;
    if !changes::end(tx, change.id)? {
        return Err(Failure::overtaken(KEEP, closed_link(LinkRefusal::Used)));
    }
    links::end(tx, NEW, change.id)?;
    if change.confirmed_at.is_none() {
        let words = "Your account stays with this address. If it was not you who asked, please change your password.";
        return Ok(Reply::page(KEEP, sheet(page_head(KEEP, words))));
    }
    conflicts::keep_to(tx, change.account, &change.new_email)?;
    if !identity::move_to(tx, change.account, &change.old_email)? {
        return Err(Failure::overtaken(KEEP, closed_link(LinkRefusal::Expired)));
    }
    undo_what_followed(tx, &change)?;
    journal::record(tx, "address put back", change.account, Some(change.account), None)?;
    invitation::ask_for_way_in(tx, None, &change.old_email)?;
    let words = "Your account is back with this address, and every sign-in has ended. A letter to choose a new password is on its way.";
    Ok(Reply::page(KEEP, sheet(page_head(KEEP, words))))
}

/// Whoever moved the account knew its password and may have moved it further since, or left
/// themselves another way in. None of that counts any more; the letter to the mailbox that
/// has it back is the one way.
fn undo_what_followed(tx: &mut Tx, change: &Change) -> Result<(), Failure> {
    let account = change.account;
    let later = |it: &Change| it.id != change.id && it.asked_at >= change.asked_at;
    for other in changes::of_account(tx, account)?.into_iter().filter(later) {
        changes::end(tx, other.id)?;
        links::end(tx, NEW, other.id)?;
        links::end(tx, OLD, other.id)?;
    }
    identity::forget_password(tx, account)?;
    factors::drop_all(tx, account)?;
    outside::end_links(tx, account)?;
    links::end(tx, invitation::PASSWORD, account)?;
    Ok(())
}

/// A page for a link of one's own account that does not open any more.
pub fn closed_link(refusal: LinkRefusal) -> Markup {
    sheet(html! {
        (page_head("This link does not open", &refusal.to_string()))
        p { a href="/me" { "My account" } }
    })
}
