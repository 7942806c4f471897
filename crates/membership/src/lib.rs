//! People: their accounts, what they told about themselves, and whether they are members.
//!
//! | what a person does, or what is kept            | where                                   |
//! |------------------------------------------------|-----------------------------------------|
//! | signs in and out, or is not let in             | `sign_in.rs`, `refused.rs`              |
//! | shows again that it is them                    | `again.rs`                              |
//! | has a second factor, and signs in with it      | `factors.rs`, `factors/`                |
//! | signs in at the association's own house        | `outside.rs`                            |
//! | is helped in by the office or the chair        | `help.rs`                               |
//! | looks at their sign-ins and ends them          | `sign_ins.rs`                           |
//! | asks for an account, or for a new password     | `register.rs`, `invitation.rs`          |
//! | follows the link in the letter                 | `welcome.rs`                            |
//! | looks at their own account                     | `me.rs`, `details.rs`, `my_membership.rs`, `theme.rs` |
//! | moves to another e-mail address                | `address.rs`, `address_changes.rs`      |
//! | takes along or lets go what is theirs          | `theirs.rs`, the room `mine`            |
//! | is appointed to the committee                  | `committee.rs`, `appoint.rs`            |
//! | passes the chair on; has a stake               | `hand_overs.rs`, `instead.rs`           |
//! | steps aside from somebody                      | `step_aside.rs`, `conflicts.rs`         |
//! | looks up the roster                            | `look_up.rs`, `roster.rs`               |
//! | takes a list along, with whose copy it is      | `copies.rs`                             |
//! | imports a member list                          | `import.rs`, `difference.rs`, `imports.rs` |
//! | sees who has read what is theirs               | `readings.rs`                           |
//! | looks after accounts                           | `account_events.rs`                     |
//! | keeps the head of the audit                    | `audit_head.rs`                         |
//! | promised to join                               | `promises.rs`, `jobs.rs`                |
//! | what is kept of a person                       | `people.rs`                             |
//! | what decides                                   | `rules.rs`, `rules/`                    |
//!
//! Invariant: nothing here says whether the house knows an address; registering and
//! recovering answer everyone in the same words. A link changes nothing until its page is sent.

use platform::{jobs::Job, prelude::*};
use policy::{Action, Role};
use program::Next;

mod account_events;
mod address;
mod address_changes;
mod again;
mod api;
mod appoint;
mod audit_head;
mod columns;
mod committee;
mod conflicts;
mod copies;
mod corrections;
mod details;
mod difference;
mod difference_parts;
mod downloads;
mod eligibility;
mod factors;
mod hand_overs;
mod happened;
mod help;
mod import;
mod imports;
mod instead;
mod invitation;
mod jobs;
mod keepers;
mod lapses;
mod letters;
mod look_up;
mod me;
mod member;
mod my_membership;
mod outside;
mod people;
mod promises;
mod readings;
mod recovery;
mod refused;
mod register;
mod remembered;
mod roster;
mod rules;
mod sheets;
mod sign_in;
mod sign_ins;
mod staged;
mod standing_page;
mod step_aside;
mod theirs;
mod theme;
mod tokens;
mod undo;
mod welcome;

pub use address::closed_link;
pub use address_changes::{addresses_of, recent_addresses};
pub use audit_head::HEAD_LETTERS;
pub use conflicts::{
    Stake, Why, declare as declare_conflict, declared_by, keeps_out_of, steps_aside, steps_aside_from,
};
pub use copies::{TakenList, copy_for};
pub use eligibility::{Override, count_as_eligible, end_override, overrides, reason_to_count, rules_of, write_rules};
use factors::{app, code, codes, overview, passkeys};

pub use hand_overs::{HandOver, Plan, chairs, is_needed_as_chair, of_chair as hand_over_of, plan as plan_hand_over};
pub use imports::{Preview, import_roster, preview as preview_roster};
pub use instead::who_decides_instead;
pub use invitation::invite;
pub use people::{Look, Person, colleagues, look, person, standing, the_person, write_details, zone_of};
pub use promises::{Promise, open_promises, promise};
pub use recovery::recover;
pub use roster::{Figures, figures};
pub use rules::{
    hand_over::{HandOverRefusal, last_day},
    names::{can_be_one_person, employer_key, fault_of_name},
    roster::Difference,
    roster_file::LineFault,
    standing::Standing,
};
pub use sheets::{FileRefusal, FileRefusal as SheetRefusal, lines as lines_of_sheet};
pub use theirs::mine;

pub fn doors() -> Doors {
    Doors::default()
        .get("/sign-in", Action::SignIn, sign_in::get)
        .post("/sign-in", Action::SignIn, sign_in::post)
        .taking(&["email", "password", "next"])
        .with_texts(&["password", "next"])
        .preparing(sign_in::prepare)
        .post("/sign-out", Action::SignOut, sign_in::sign_out)
        .get("/sign-in/again", Action::SecureSignIn, again::get)
        .post("/sign-in/again", Action::SecureSignIn, again::post)
        .taking(&["next", "to", "kept*+", "username", "password", "code", "step", "answer"])
        .with_texts(&["next", "to", "password", "answer"])
        .preparing(again::prepare)
        .post("/sign-in/again/form", Action::SecureSignIn, again::form)
        .taking(&["*+"])
        .get("/register", Action::Register, register::get_register)
        .post("/register", Action::Register, register::post_register)
        .taking(&["name", "email"])
        .preparing(register::count)
        .get("/look-in-your-mail", Action::Register, register::get_sent)
        .get("/recover", Action::Recover, register::get_recover)
        .post("/recover", Action::Recover, register::post_recover)
        .taking(&["email"])
        .preparing(register::count)
        .get("/welcome/{token}", Action::FollowLink, welcome::get)
        .post("/welcome/{token}", Action::FollowLink, welcome::post)
        .taking(&["username", "password", "repeated"])
        .with_texts(&["password", "repeated"])
        .preparing(welcome::prepare)
        .post("/theme", Action::ChangeTheme, theme::post)
        .taking(&["theme", "back"])
        .with_texts(&["back"])
        .merge(second_step_doors())
        .merge(factor_doors())
        .merge(help_doors())
        .merge(outside::doors())
        .merge(own_doors())
        .merge(committee_doors())
        .merge(roster_doors())
        .merge(program_doors())
}

/// The second step of a sign-in, and signing in without a password.
fn second_step_doors() -> Doors {
    Doors::default()
        .get("/sign-in/code", Action::SignIn, code::get)
        .post("/sign-in/code", Action::SignIn, code::post)
        .taking(&["code", "next"])
        .with_texts(&["next"])
        .preparing(code::prepare)
        .post("/sign-in/passkey/question", Action::SignIn, passkeys::ask)
        .preparing(passkeys::count)
        .post("/sign-in/passkey", Action::SignIn, passkeys::sign_in)
        .taking(&["step", "answer", "next"])
        .with_texts(&["next", "answer"])
}

/// What one has beside the password. Whoever changes it shows again who they are.
fn factor_doors() -> Doors {
    Doors::default()
        .get("/second-factor", Action::SecureSignIn, overview::get)
        .post("/second-factor/app", Action::SecureSignIn, app::begin)
        .taking(&["next"])
        .with_texts(&["next"])
        .asking_again()
        .get("/second-factor/app", Action::SecureSignIn, app::get)
        .asking_again()
        .post("/second-factor/app/confirmation", Action::SecureSignIn, app::confirm)
        .taking(&["code", "next"])
        .with_texts(&["next"])
        .preparing(app::prepare)
        .post("/second-factor/app/removal", Action::SecureSignIn, app::remove)
        .taking(&["current"])
        .with_texts(&["current"])
        .preparing(again::prepare_current)
        .post("/second-factor/codes", Action::SecureSignIn, codes::post)
        .taking(&["next"])
        .with_texts(&["next"])
        .asking_again()
        .post("/second-factor/passkeys/question", Action::SecureSignIn, passkeys::ask_for_new)
        .asking_again()
        .post("/second-factor/passkeys", Action::SecureSignIn, passkeys::add)
        .taking(&["step", "answer", "name", "next"])
        .with_texts(&["next", "answer"])
        .asking_again()
        .post("/second-factor/passkeys/{id}/name", Action::SecureSignIn, passkeys::name)
        .taking(&["name"])
        .post("/second-factor/passkeys/{id}/removal", Action::SecureSignIn, passkeys::remove)
        .asking_again()
}

/// The office and the chair help somebody in.
fn help_doors() -> Doors {
    Doors::default()
        .get("/accounts", Action::HelpAccount, help::get)
        .post("/accounts/find", Action::HelpAccount, help::find)
        .taking(&["email"])
        .get("/accounts/{id}", Action::HelpAccount, help::show)
        .post("/accounts/{id}/sign-ins/end", Action::HelpAccount, help::end_sign_ins)
        .post("/accounts/{id}/invitation", Action::HelpAccount, help::send_letter)
        .post("/accounts/{id}/second-factor/end", Action::EndAccount, help::end_second_factor)
        .taking(&["reason"])
        .with_texts(&["reason"])
        .asking_again()
        .post("/accounts/{id}/closing", Action::EndAccount, help::close)
        .taking(&["reason"])
        .with_texts(&["reason"])
        .asking_again()
}

fn own_doors() -> Doors {
    Doors::default()
        .get("/me", Action::ReadOwnAccount, me::get)
        .post("/me", Action::WriteOwnAccount, details::post)
        .taking(&["name", "pronouns", "phone", "city", "zone", "employer", "member_number", "joined_year"])
        .post("/me/password", Action::WriteOwnAccount, me::change_password)
        .taking(&["username", "current", "password", "repeated"])
        .with_texts(&["current", "password", "repeated"])
        .preparing(me::prepare_password)
        .post("/me/sign-ins/end", Action::WriteOwnAccount, sign_ins::end_others)
        .post("/me/sign-ins/{id}/end", Action::WriteOwnAccount, sign_ins::end)
        .post("/me/address", Action::WriteOwnAccount, address::post)
        .taking(&["new_email"])
        .asking_again()
        .post("/me/address/stop", Action::WriteOwnAccount, address::stop)
        .get("/address/new/{token}", Action::FollowLink, address::get_new)
        .post("/address/new/{token}", Action::FollowLink, address::post_new)
        .get("/address/old/{token}", Action::FollowLink, address::get_old)
        .post("/address/old/{token}", Action::FollowLink, address::post_old)
        .post("/me/appointments", Action::WriteOwnAccount, me::accept_appointment)
        .get("/me/readings", Action::ReadOwnReadings, readings::get)
        .get("/my-membership", Action::ReadOwnAccount, my_membership::get)
        .post("/my-membership", Action::WriteOwnAccount, my_membership::post)
        .taking(&["answer", "member_number", "note"])
        .with_texts(&["note"])
        .post("/my-membership/corrections", Action::WriteOwnAccount, my_membership::post_correction)
        .taking(&["correction"])
        .with_texts(&["correction"])
}

fn committee_doors() -> Doors {
    Doors::default()
        .get("/committee", Action::ReadCommittee, committee::get)
        .post("/committee/members", Action::AppointCommittee, appoint::post)
        .taking(&["name", "email", "role", "until"])
        .asking_again()
        .post("/committee/members/{id}/invite", Action::AppointCommittee, appoint::invite_again)
        .asking_again()
        .post("/committee/members/{id}/end", Action::AppointCommittee, appoint::end)
        .asking_again()
        .get("/accounts/events", Action::ReadAccountEvents, account_events::get)
        .get("/conflicts", Action::DeclareConflict, step_aside::get)
        .post("/conflicts", Action::DeclareConflict, step_aside::post)
        .taking(&["email"])
        .post("/conflicts/{conflict}/end", Action::DeclareConflict, step_aside::end)
}

fn roster_doors() -> Doors {
    Doors::default()
        .get("/roster", Action::ReadRoster, look_up::get)
        .preparing(look_up::prepare)
        .post("/roster", Action::ReadRoster, look_up::post)
        .taking(&["q", "standing", "page"])
        .preparing(look_up::prepare)
        .post("/roster/members.csv", Action::ReadRosterLines, member::download)
        .taking(&["q", "standing"])
        .asking_again()
        .get("/roster/members/{id}", Action::ReadRosterLines, member::get)
        .post("/roster/members/{id}", Action::CorrectRoster, member::post)
        .taking(&["name", "email", "standing", "joined", "expires", "category"])
        .post("/roster/corrections/{id}", Action::ImportRoster, corrections::post)
        .taking(&["answer"])
        .with_texts(&["answer"])
        .get("/roster/import", Action::ImportRoster, import::get)
        .upload("/roster/import", Action::ImportRoster, import::post)
        .taking(&["file"])
        .preparing(import::prepare)
        .get("/roster/imports/{id}/columns", Action::ImportRoster, columns::get)
        .post("/roster/imports/{id}/columns", Action::ImportRoster, columns::post)
        .taking(&["number", "name", "first_name", "last_name", "email", "standing", "joined", "expires", "category"])
        .preparing(columns::prepare)
        .get("/roster/imports/{id}", Action::ImportRoster, difference::get)
        .post("/roster/imports/{id}", Action::ImportRoster, difference::post)
        .taking(&["line-*", "keep_gone", "how"])
        .post("/roster/imports/{id}/undoing", Action::ImportRoster, difference::undo)
        .get("/roster/imports/{id}/errors.csv", Action::ImportRoster, downloads::errors)
        .asking_again()
        .get("/roster/imports/{id}/difference.csv", Action::ReadRosterLines, downloads::difference)
        .asking_again()
}

/// Doors for programs of the association, and where their tokens are made.
fn program_doors() -> Doors {
    Doors::default()
        .put("/api/roster", Action::PutRoster, api::put)
        .preparing(api::prepare)
        .still("/api/openapi.json", Action::ReadApiDescription, api::description)
        .get("/tokens", Action::RunTokens, tokens::get)
        .post("/tokens", Action::RunTokens, tokens::post)
        .taking(&["name", "days"])
        .asking_again()
        .post("/tokens/{id}/end", Action::RunTokens, tokens::end)
}

pub fn jobs() -> Vec<Job> {
    vec![
        jobs::LET_IN,
        jobs::NOTE_REFUSED,
        address::TELL,
        jobs::REMIND_OF_PROMISES,
        jobs::WRITE_HEAD,
        jobs::LOOK_FOR_LAPSES,
    ]
}

/// What is next for the person who asks, from this room.
pub fn next_steps(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let person = people::whoever_asks(tx, visit)?;
    let mut next = Vec::new();
    if program::memberships::of_person(tx, person.id)?.iter().any(|it| it.status == "invited") {
        next.push(
            Next::new("Accept your appointment", "/me", "Look at it").saying("It counts once you have said yes."),
        );
    }
    next.extend(promises::own(tx, &visit.own()?)?.first().map(my_membership::next_step));
    let takes_part = [Role::Applicant, Role::Mentee, Role::Mentor, Role::Liaison].into_iter().any(|it| visit.holds(it));
    if takes_part {
        next.extend(details::next_step(&person));
    }
    next.extend(look_up::next_step(tx, visit)?);
    next.extend(hand_overs::next_step(tx, visit)?);
    next.extend(corrections::next_step(tx, visit)?);
    Ok(next)
}

/// A refused page that uses the whole width, as it did before.
fn wide(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(mut page) => {
            page.wide = true;
            Failure::Refused(page)
        }
        other => other,
    }
}

#[cfg(test)]
mod journeys;
