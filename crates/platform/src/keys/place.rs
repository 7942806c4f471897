//! What is sealed, where it stands, and whose key it has.

use std::fmt::Display;

use jiff::Timestamp;

use crate::ids::Id;

/// A column whose content is sealed. Declared with `sealed!`, so that a test can name all
/// of them.
#[derive(Debug)]
pub struct Field {
    pub table: &'static str,
    pub column: &'static str,
    /// What stands there, in a few words.
    pub what: &'static str,
}

inventory::collect!(&'static Field);

/// Every sealed column of every room that is linked in.
pub fn fields() -> impl Iterator<Item = &'static Field> {
    inventory::iter::<&'static Field>.into_iter().copied()
}

impl Field {
    /// The place in one row.
    pub fn at(&'static self, row: impl Display) -> Place {
        Place { field: self, row: row.to_string(), author: None, revision: 0 }
    }
}

/// Declares sealed columns: `sealed! { BODY => "duo_notes", "body", "a note"; }`
#[macro_export]
macro_rules! sealed {
    ($($name:ident => $table:literal, $column:literal, $what:literal;)+) => { $(
        pub(crate) static $name: $crate::keys::Field =
            $crate::keys::Field { table: $table, column: $column, what: $what };
        $crate::inventory::submit! { &$name }
    )+ };
}

/// Where one sealed text stands. It opens nowhere else.
#[derive(Clone, Debug)]
pub struct Place {
    field: &'static Field,
    row: String,
    author: Option<Id>,
    revision: i64,
}

impl Place {
    pub fn by(self, author: Id) -> Self {
        Self { author: Some(author), ..self }
    }

    pub fn revision(self, revision: i64) -> Self {
        Self { revision, ..self }
    }

    pub(super) fn bound_to(&self, scope: &Scope) -> String {
        let Self { field: Field { table, column, .. }, row, author, revision } = self;
        let author = author.map(|it| it.to_string()).unwrap_or_default();
        format!("v1|{table}|{column}|{row}|{}/{}|{author}|{revision}", scope.kind, scope.id)
    }
}

/// What shares one data key, and dies with it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    kind: &'static str,
    id: String,
}

const AUTHOR: &str = "author";
/// The kind of the scopes that `Scope::month` gives.
pub const MONTH: &str = "month";

impl Scope {
    pub fn new(kind: &'static str, id: impl Display) -> Self {
        Self { kind, id: id.to_string() }
    }

    /// What one person wrote within one thing: it ends with the thing, or with the person.
    pub fn author(person: Id, within: Id) -> Self {
        Self::owned(AUTHOR, person, within)
    }

    /// The same for what has a life of its own, such as what somebody asks of others.
    pub fn owned(kind: &'static str, person: Id, within: Id) -> Self {
        Self::new(kind, format!("{person}:{within}"))
    }

    /// What was written in one month.
    pub fn month(at: Timestamp) -> Self {
        Self::new(MONTH, at.strftime("%Y-%m"))
    }

    pub fn kind(&self) -> &'static str {
        self.kind
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn wrapped_under(&self, master: &str) -> String {
        wrapping_place(self.kind, &self.id, master)
    }
}

pub(super) fn wrapping_place(kind: &str, id: &str, master: &str) -> String {
    format!("dek|v1|{kind}|{id}|{master}")
}
