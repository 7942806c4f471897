//! `/accounts`: the office and the chair help somebody in. They end sign-ins, write the letter
//! with a link anew; the chairs also take away a lost second factor and close an account, with
//! a reason. Nobody sets a password here, or signs in as somebody else, and whoever is helped
//! gets a letter of each step and reads it on their own page.

use letters::{Post, To, Value};
use platform::{audit, identity, prelude::*};
use policy::{Action, Role};
use shell::{Faults, Input, Style, card, error_summary, page_head, text_field};

use crate::{
    factors, hand_overs, invitation,
    letters::{ACCOUNT_CLOSED, FACTOR_TAKEN_AWAY, SIGN_INS_ENDED},
};

const TITLE: &str = "Help somebody sign in";
const LONGEST_REASON: usize = 500;
/// What the office may not help with itself.
const OF_THE_CHAIRS: &str = "Their role needs a second factor, so the chair or the deputy helps this person.";

/// In which capacity somebody helps.
#[derive(Clone, Copy)]
enum Helper {
    Chair,
    Deputy,
    Office,
}

impl Helper {
    fn of(visit: &Visit) -> Self {
        match (visit.holds(Role::Chair), visit.holds(Role::Deputy)) {
            (true, _) => Self::Chair,
            (false, true) => Self::Deputy,
            _ => Self::Office,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Chair => "the chair",
            Self::Deputy => "the deputy chair",
            Self::Office => "of the office",
        }
    }

    /// Of what is said for each capacity, what fits.
    fn says(self, [chair, deputy, office]: [&'static str; 3]) -> &'static str {
        match self {
            Self::Chair => chair,
            Self::Deputy => deputy,
            Self::Office => office,
        }
    }
}

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
        faults.add("email", OF_THE_CHAIRS);
        return Err(Failure::refused(TITLE, find_markup(email, &faults)));
    }
    Ok(Reply::go(format!("/accounts/{}", account.id)))
}

fn find_markup(email: &str, faults: &Faults) -> Markup {
    let field = Input::new("email", "E-mail address").kind("email").value(email).required();
    html! {
        (error_summary(faults))
        (page_head(TITLE, "You can end their sign-ins and send the letter with a link again. The chair and the deputy can also take away a second factor that is lost. Nobody here can set a password for somebody else."))
        (shell::form("/accounts/find", html! { (text_field(&field.faults(faults))) (shell::button("Find the account")) }))
        p.hint { "Used by the chair, the deputy and the office. The person gets a letter of each step, and it stands on their own page, with your name." }
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
    if account.id != visit.person()? {
        let right = if visit.holds(Role::Staff) { "as the office" } else { "as chair or deputy" };
        let right = format!("{right}, to help with signing in");
        tx.has_read(audit::Reading { record: "account", about: account.id, whose: vec![account.id], right });
    }
    Ok(Reply::page(account.name.clone(), page(tx, visit, &account, &Faults::new())?))
}

fn page(tx: &mut Tx, visit: &Visit, account: &Account, faults: &Faults) -> Result<Markup, Failure> {
    let has_password = identity::has_password(tx, account.id)?;
    let has_two = factors::of(tx, account.id)?.are_two();
    let sign_ins = identity::count_sign_ins(tx, account.id)?;
    let path = |verb: &str| format!("/accounts/{}/{verb}", account.id);
    let may_end = visit.may(Action::EndAccount, None) && visit.person()? != account.id;
    Ok(html! {
        (shell::breadcrumbs(&[("/accounts", TITLE)], &account.name))
        (error_summary(faults))
        (page_head(&account.name, &account.email))
        (shell::cards(html! {
            (card("The way in", html! {
                p { @if has_password { "They have a password. The letter lets them choose a new one." } @else { "They have no password yet. The letter lets them choose one." } }
                (shell::post_button(&path("invitation"), "Send the letter again", &[], Style::Main))
            }))
            (card("Sign-ins", html! {
                p { (sign_ins) @if sign_ins == 1 { " sign-in stands." } @else { " sign-ins stand." } }
                @if sign_ins > 0 { (shell::post_button(&path("sign-ins/end"), "End all of them", &[], Style::Quiet)) }
            }))
            @if has_two && may_end {
                (card("Second factor", html! {
                    p { "Take it away only once you know that it is them who asks: call them, or see them. Their password stays." }
                    (with_reason(visit, &path("second-factor/end"), "Take it away", faults))
                }))
            }
            @if may_end {
                (card("Close the account", html! {
                    p { "They cannot sign in any more, and their sign-ins end at once. What they wrote stays with those it belongs to." }
                    details open[!faults.is_empty()] { summary { "Close it" } (with_reason(visit, &path("closing"), "Close this account", faults)) }
                }))
            }
        }))
        @if has_two && !visit.may(Action::EndAccount, None) {
            p.hint { "A lost second factor is taken away by the chair or the deputy." }
        }
    })
}

fn with_reason(visit: &Visit, action: &str, words: &str, faults: &Faults) -> Markup {
    let input = Input::new("reason", "Why").hint("They read it in the letter.").value(visit.form.text("reason"));
    shell::form(
        action,
        html! {
            (text_field(&input.max(LONGEST_REASON).required().faults(faults)))
            button.button.danger type="submit" { (words) }
        },
    )
}

/// Whom the chairs do this to, never themselves, and why.
fn to_end(tx: &mut Tx, visit: &Visit) -> Result<(Account, String), Failure> {
    let account = whom(tx, visit)?;
    if account.id == visit.person()? {
        return Err(Failure::NotFound);
    }
    let reason = visit.form.text("reason").trim().to_owned();
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        let mut faults = Faults::new();
        faults.add("reason", format!("Say why, in up to {LONGEST_REASON} characters."));
        return Err(Failure::refused(account.name.clone(), page(tx, visit, &account, &faults)?));
    }
    Ok((account, reason))
}

/// What was done stands in the journal, and goes to whom it was done.
fn tell(
    tx: &mut Tx,
    visit: &Visit,
    (account, what): (&Account, &'static str),
    (kind, reason): (&'static letters::Kind, &str),
) -> Result<(), Failure> {
    journal::record(tx, what, account.id, Some(visit.person()?), None)?;
    if account.id == visit.person()? {
        return Ok(());
    }
    let who = format!("{}, {},", visit.account()?.name, Helper::of(visit).words());
    let values = vec![
        ("partner_name", Value::words(who)),
        ("reasons", Value::words(reason)),
        ("link", Value::link(tx.url("/sign-in"))),
    ];
    let (to, once) = (To::account(account), tx.fresh_id().to_string());
    letters::post(tx, Post { kind, to, cohort: None, about: account.id, once, values, sender: None, calendar: None })?;
    Ok(())
}

fn back(account: Id, words: &str) -> Answer {
    Ok(Reply::go(format!("/accounts/{account}")).saying(words))
}

pub fn end_sign_ins(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = whom(tx, visit)?;
    identity::end_all_sign_ins(tx, account.id)?;
    let what = Helper::of(visit).says([
        "sign-ins ended by the chair",
        "sign-ins ended by the deputy chair",
        "sign-ins ended by the office",
    ]);
    tell(tx, visit, (&account, what), (&SIGN_INS_ENDED, ""))?;
    if account.id == visit.person()? {
        return Ok(Reply::go("/sign-in"));
    }
    back(account.id, "All their sign-ins have ended, and they get a letter of it.")
}

/// The same letter that they would get by asking for it themselves, within the same limit.
pub fn send_letter(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = whom(tx, visit)?;
    invitation::ask_for_way_in(tx, None, &account.email)?;
    let what = Helper::of(visit).says([
        "letter with a link asked for by the chair",
        "letter with a link asked for by the deputy chair",
        "letter with a link asked for by the office",
    ]);
    journal::record(tx, what, account.id, Some(visit.person()?), None)?;
    back(account.id, "The letter is on its way, at most three times an hour.")
}

pub fn end_second_factor(tx: &mut Tx, visit: &Visit) -> Answer {
    let (account, reason) = to_end(tx, visit)?;
    factors::drop_all(tx, account.id)?;
    identity::end_all_sign_ins(tx, account.id)?;
    let what = match Helper::of(visit) {
        Helper::Chair => "second factor taken away by the chair",
        _ => "second factor taken away by the deputy chair",
    };
    tell(tx, visit, (&account, what), (&FACTOR_TAKEN_AWAY, &reason))?;
    back(
        account.id,
        "Their second factor is taken away, and they get a letter of it. Where their role needs one, they set up another when they next sign in.",
    )
}

pub fn close(tx: &mut Tx, visit: &Visit) -> Answer {
    let (account, reason) = to_end(tx, visit)?;
    if hand_overs::is_needed_as_chair(tx, account.id)? {
        let words = "Without them nobody would be chair. Hand the chair over first.";
        return Err(Failure::refused(TITLE, find_markup(&account.email, &Faults::general(words))));
    }
    let what = match Helper::of(visit) {
        Helper::Chair => "account closed by the chair",
        _ => "account closed by the deputy chair",
    };
    tell(tx, visit, (&account, what), (&ACCOUNT_CLOSED, &reason))?;
    identity::disable(tx, account.id)?;
    Ok(Reply::go("/accounts")
        .saying(format!("The account of {} is closed, and they get a letter of it.", account.name)))
}
