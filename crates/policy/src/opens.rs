//! What a query that opens something confidential asks for.

use std::marker::PhantomData;

use crate::{
    grant::{Grant, may},
    records::Kind,
    scope::Scope,
};

/// A proof that opens the content of records of a kind: a grant or a scope to read, write or
/// take along, or the house that works by itself.
///
/// # Design
/// That somebody may see the state of a record, or a total, opens nothing. A query that takes
/// `&impl Opens<of::MeetingLog>` cannot be called by a page that has not asked.
pub trait Opens<R: Kind> {}

impl<R: Kind> Opens<R> for Grant<R, may::Read> {}
impl<R: Kind> Opens<R> for Grant<R, may::Write> {}
impl<R: Kind> Opens<R> for Grant<R, may::Export> {}
impl<R: Kind> Opens<R> for Scope<R, may::Read> {}
impl<R: Kind> Opens<R> for Scope<R, may::Write> {}
impl<R: Kind> Opens<R> for House<R> {}

/// A proof that opens all records of a kind that a list is made of, and not somebody's own alone.
pub trait Lists<R: Kind>: Opens<R> {}

impl<R: Kind> Lists<R> for Scope<R, may::Read> {}
impl<R: Kind> Lists<R> for Scope<R, may::Write> {}
impl<R: Kind> Lists<R> for House<R> {}

/// The house that works by itself: it counts, reminds and writes letters, and no page shows
/// what it opened. Where it may be called upon stands in `xtask/src/tidy/confidential.rs`.
#[derive(Debug)]
pub struct House<R: Kind>(PhantomData<R>);

/// Opens records of a kind for the house itself.
pub const fn house<R: Kind>() -> House<R> {
    House(PhantomData)
}
