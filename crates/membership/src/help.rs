//! `/accounts`: the office and the chair help somebody in. They end sign-ins, write the letter
//! with a link anew, take away a lost second factor and close an account; they never set a
//! password, and never sign in as somebody else.

use platform::{identity, prelude::*};
use policy::Role;
use shell::{Faults, Input, Style, card, error_summary, page_head, text_field};

use crate::{factors, hand_overs, invitation, people};

const TITLE: &str = "Help somebody sign in";

sql! {
    IS_CLOSED => "select count(*) as accounts from accounts where id = $1 and disabled_at is not null";
}

pub fn get(_: &mut Tx, _: &Visit) -> Answer {
    Ok(Reply::page(TITLE, find_markup("", &Faults::new())))
}

/// `POST /accounts/find`: an address never stands in the address of a page.
pub fn find(tx: &mut Tx, visit: &Visit) -> Answer {
    let email = visit.form.text("email");
    let Some(account) = identity::find_by_email(tx, email)? else {
        let mut faults = Faults::new();
        faults.add("email", "Nobody has an open account with this address.");
        return Err(Failure::refused(TITLE, find_markup(email, &faults)));
    };
    if !may_help(tx, visit, account.id)? {
        let mut faults = Faults::new();
        faults.add("email", "This person is on the committee, in the office or reads for the Board: the chair or the deputy helps them.");
        return Err(Failure::refused(TITLE, find_markup(email, &faults)));
    }
    Ok(Reply::go(format!("/accounts/{}", account.id)))
}

fn find_markup(email: &str, faults: &Faults) -> Markup {
    let field = Input::new("email", "E-mail address").kind("email").value(email).required();
    html! {
        (error_summary(faults))
        (page_head(TITLE, "You can end their sign-ins, send the letter with a link again, and take away a second factor that is lost. Nobody here can set a password for somebody else."))
        (shell::form("/accounts/find", html! { (text_field(&field.faults(faults))) (shell::button("Find the account")) }))
        p.hint { "Used by the chair, the deputy and the office; each step is noted, and the person can read it." }
    }
}

/// Whom it is about. Accounts of those who need a second factor are the chairs' to help.
fn whom(tx: &mut Tx, visit: &Visit) -> Result<Account, Failure> {
    let id = visit.id("id")?;
    let account = identity::find(tx, id)?.ok_or(Failure::NotFound)?;
    let is_closed = tx.one::<i64>(&IS_CLOSED, values![id])? > 0;
    if is_closed || !may_help(tx, visit, id)? {
        return Err(Failure::NotFound);
    }
    Ok(account)
}

fn may_help(tx: &mut Tx, visit: &Visit, account: Id) -> Result<bool, Failure> {
    let is_chair = visit.holds(Role::Chair) || visit.holds(Role::Deputy);
    Ok(is_chair || !program::subject(tx, account)?.needs_second_factor())
}

pub fn show(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = whom(tx, visit)?;
    let person = people::the_person(tx, account.id)?;
    let has_password = identity::has_password(tx, account.id)?;
    let has_two = factors::of(tx, account.id)?.are_two();
    let sign_ins = identity::sign_ins(tx, account.id)?.len();
    let path = |verb: &str| format!("/accounts/{}/{verb}", account.id);
    let is_self = visit.person()? == account.id;
    Ok(Reply::page(
        person.name.clone(),
        html! {
            (shell::breadcrumbs(&[("/accounts", TITLE)], &person.name))
            (page_head(&person.name, &person.email))
            (shell::cards(html! {
                (card("The way in", html! {
                    p { @if has_password { "They have a password. The letter lets them choose a new one." } @else { "They have no password yet. The letter lets them choose one." } }
                    (shell::post_button(&path("invitation"), "Send the letter again", &[], Style::Main))
                }))
                (card("Sign-ins", html! {
                    p { (sign_ins) @if sign_ins == 1 { " sign-in stands." } @else { " sign-ins stand." } }
                    @if sign_ins > 0 { (shell::post_button(&path("sign-ins/end"), "End all of them", &[], Style::Quiet)) }
                }))
                @if has_two && !is_self {
                    (card("Second factor", html! {
                        p { "Take it away only once you know that it is them who asks: call them, or see them. Their password stays." }
                        (shell::post_button(&path("second-factor/end"), "Take it away", &[], Style::Danger))
                    }))
                }
                @if !is_self {
                    (card("Close the account", html! {
                        p { "They cannot sign in any more, and their sign-ins end at once. What they wrote stays with those it belongs to." }
                        details { summary { "Close it" } (shell::post_button(&path("closing"), "Close this account", &[], Style::Danger)) }
                    }))
                }
            }))
        },
    ))
}

fn back(account: Id, words: &str) -> Answer {
    Ok(Reply::go(format!("/accounts/{account}")).saying(words))
}

pub fn end_sign_ins(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = whom(tx, visit)?;
    identity::end_all_sign_ins(tx, account.id)?;
    journal::record(tx, "sign-ins ended by the committee", account.id, Some(visit.person()?), None)?;
    if account.id == visit.person()? {
        return Ok(Reply::go("/sign-in"));
    }
    back(account.id, "All their sign-ins have ended.")
}

/// The same letter that they would get by asking for it themselves, within the same limit.
pub fn send_letter(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = whom(tx, visit)?;
    invitation::ask_for_way_in(tx, None, &account.email)?;
    journal::record(tx, "letter with a link asked for by the committee", account.id, Some(visit.person()?), None)?;
    back(account.id, "The letter is on its way, at most three times an hour.")
}

pub fn end_second_factor(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = whom(tx, visit)?;
    if account.id == visit.person()? {
        return Err(Failure::NotFound);
    }
    factors::drop_all(tx, account.id)?;
    identity::end_all_sign_ins(tx, account.id)?;
    journal::record(tx, "second factor taken away by the committee", account.id, Some(visit.person()?), None)?;
    back(
        account.id,
        "Their second factor is taken away. Where their role needs one, they set up another when they next sign in.",
    )
}

pub fn close(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = whom(tx, visit)?;
    if account.id == visit.person()? {
        return Err(Failure::NotFound);
    }
    if hand_overs::is_needed_as_chair(tx, account.id)? {
        let words = "Without them nobody would be chair. Hand the chair over first.";
        return Err(Failure::refused(TITLE, find_markup(&account.email, &Faults::general(words))));
    }
    identity::disable(tx, account.id)?;
    journal::record(tx, "account closed by the committee", account.id, Some(visit.person()?), None)?;
    Ok(Reply::go("/accounts").saying(format!("The account of {} is closed.", account.name)))
}
