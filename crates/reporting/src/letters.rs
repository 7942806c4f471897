//! The letters of this room: a draft is ready, a report is submitted.

use ::letters::{Post, To, Value, letter};
use platform::{identity, prelude::*};
use policy::Role;
use program::{Cohort, calendar, long_day};

use crate::{draft, facts::Kind};

letter! { REPORT_DRAFT_READY => "report_draft_ready", audience "the chair and the deputy", trigger "the day of the draft has come", class Essential }
letter! { REPORT_SUBMITTED => "report_submitted", audience "the board's readers", trigger "the chair submits a report", class Essential }

pub(crate) fn draft_ready(tx: &mut Tx, cohort: &Cohort, kind: Kind) -> Result<(), Failure> {
    let due = long_day(calendar::of(tx, cohort)?.day(kind.due()));
    let link = tx.url(&draft::path(cohort.id, kind));
    for account in holders(tx, cohort, &[Role::Chair, Role::Deputy])? {
        let values = vec![
            ("topic_title", Value::words(kind.words())),
            ("due", Value::words(due.clone())),
            ("link", Value::button(link.clone(), "Open the draft")),
        ];
        write(tx, &REPORT_DRAFT_READY, &account, cohort, cohort.id, kind, values)?;
    }
    Ok(())
}

/// Tells the board's readers, and says how many they are.
pub(crate) fn submitted(tx: &mut Tx, cohort: &Cohort, kind: Kind, report: Id) -> Result<usize, Failure> {
    let link = tx.url(&format!("/reports/{report}"));
    let readers = holders(tx, cohort, &[Role::Board])?;
    for account in &readers {
        let values =
            vec![("topic_title", Value::words(kind.words())), ("link", Value::button(link.clone(), "Read the report"))];
        write(tx, &REPORT_SUBMITTED, account, cohort, report, kind, values)?;
    }
    Ok(readers.len())
}

fn write(
    tx: &mut Tx,
    letter: &'static ::letters::Kind,
    account: &Account,
    cohort: &Cohort,
    about: Id,
    kind: Kind,
    values: Vec<(&'static str, Value)>,
) -> Result<(), Failure> {
    let once = format!("{}|{}", cohort.id, kind.key());
    let to = To::account(account);
    let post = Post { kind: letter, to, cohort: Some(cohort), about, once, values, sender: None, calendar: None };
    ::letters::post(tx, post)?;
    Ok(())
}

fn holders(tx: &mut Tx, cohort: &Cohort, roles: &[Role]) -> Result<Vec<Account>, Failure> {
    let mut accounts: Vec<Account> = Vec::new();
    for role in roles {
        for person in program::holders(tx, *role, cohort.id)? {
            if !accounts.iter().any(|it| it.id == person) {
                accounts.extend(identity::find(tx, person)?);
            }
        }
    }
    Ok(accounts)
}
