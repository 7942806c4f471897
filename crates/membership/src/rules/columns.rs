//! Which column of a member list says what: guessed from its first line, put right by a
//! person, and remembered for the next list that begins with the same line.

use platform::folding::folded;
use serde::{Deserialize, Serialize};

/// What a list can say of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Number,
    Name,
    First,
    Last,
    Email,
    Standing,
    Joined,
    Expires,
    Category,
}

impl Field {
    pub const ALL: [Self; 9] = [
        Self::Number,
        Self::Name,
        Self::First,
        Self::Last,
        Self::Email,
        Self::Standing,
        Self::Joined,
        Self::Expires,
        Self::Category,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "name",
            Self::First => "first_name",
            Self::Last => "last_name",
            Self::Email => "email",
            Self::Standing => "standing",
            Self::Joined => "joined",
            Self::Expires => "expires",
            Self::Category => "category",
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Self::Number => "Member number",
            Self::Name => "Name",
            Self::First => "First name",
            Self::Last => "Last name",
            Self::Email => "E-mail",
            Self::Standing => "Standing",
            Self::Joined => "Joined",
            Self::Expires => "Expires",
            Self::Category => "Kind of membership",
        }
    }

    /// What offices call it, the most telling name first.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Number => NUMBER,
            Self::Name => &["name", "full name", "member name", "display name", "contact name"],
            Self::First => &["first name", "firstname", "first", "given name", "forename"],
            Self::Last => &["last name", "lastname", "last", "surname", "family name"],
            Self::Email => {
                &["e mail", "email", "e mail address", "email address", "mail", "primary email", "work email"]
            }
            Self::Standing => STANDING,
            Self::Joined => JOINED,
            Self::Expires => EXPIRES,
            Self::Category => CATEGORY,
        }
    }

    /// A part of a name that gives it away where no whole name fits.
    fn hints(self) -> &'static [&'static str] {
        match self {
            Self::Number => &["member number", "member no", "membership no", "member id", "membership id"],
            Self::First => &["first name", "given name"],
            Self::Last => &["last name", "surname", "family name"],
            Self::Email => &["e mail", "email"],
            Self::Standing => &["standing", "status"],
            Self::Joined => &["join", "member since"],
            Self::Expires => &["expir", "valid until", "paid through", "paid until", "renewal"],
            Self::Category => &["category", "member type", "membership type"],
            Self::Name => &["full name", "member name"],
        }
    }
}

const NUMBER: &[&str] = &[
    "member number",
    "member no",
    "member nr",
    "member id",
    "membership number",
    "membership no",
    "membership id",
    "memberid",
    "membernumber",
    "member",
    "number",
    "id",
    "no",
    "customer id",
];
const STANDING: &[&str] =
    &["status", "standing", "member status", "membership status", "member standing", "membership standing"];
const JOINED: &[&str] = &[
    "joined",
    "join date",
    "date joined",
    "joined on",
    "member since",
    "since",
    "join year",
    "year joined",
    "joined year",
    "original join date",
];
const EXPIRES: &[&str] = &[
    "expires",
    "expires on",
    "expiry",
    "expiry date",
    "expiration",
    "expiration date",
    "valid until",
    "paid through",
    "paid until",
    "renewal date",
    "end date",
    "until",
];
const CATEGORY: &[&str] = &[
    "category",
    "member category",
    "membership category",
    "member type",
    "membership type",
    "type of membership",
    "kind of membership",
    "membership level",
    "type",
];

/// For each field, the place of its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns([Option<usize>; 9]);

/// Why columns cannot make a member list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ColumnsRefusal {
    #[error("the columns “Name” and “Member number” or “E-mail”")]
    NameAndKey,
    #[error("a column “Name”, or “First name” and “Last name”")]
    Name,
    #[error("a column “Member number” or “E-mail”")]
    Key,
}

impl Columns {
    /// Reads the names in the first line; a column is taken for one field alone.
    pub fn guess(header: &[String]) -> Self {
        let cells: Vec<String> = header.iter().map(|cell| folded(cell)).collect();
        let mut columns = Self::default();
        for field in Field::ALL {
            let named = field.names().iter().find_map(|name| cells.iter().position(|cell| cell == name));
            columns.set(field, named);
        }
        for field in Field::ALL {
            let is_free = |place: &usize| !columns.0.contains(&Some(*place));
            let gives_away = |cell: &String| field.hints().iter().any(|hint| cell.contains(hint));
            let hinted = (0..cells.len()).filter(is_free).find(|place| gives_away(&cells[*place]));
            if columns.of(field).is_none() {
                columns.set(field, hinted);
            }
        }
        columns
    }

    /// Columns in the order of `Field::ALL`.
    pub fn in_order() -> Self {
        let mut columns = Self::default();
        for (place, field) in Field::ALL.into_iter().enumerate() {
            columns.set(field, Some(place));
        }
        columns
    }

    pub fn of(&self, field: Field) -> Option<usize> {
        self.0[field as usize]
    }

    pub fn set(&mut self, field: Field, place: Option<usize>) {
        self.0[field as usize] = place;
    }

    /// Whether lines can be told apart and have a name.
    pub fn check(&self) -> Result<(), ColumnsRefusal> {
        let has_name = self.of(Field::Name).is_some() || self.of(Field::Last).is_some();
        let has_key = self.of(Field::Number).is_some() || self.of(Field::Email).is_some();
        match (has_name, has_key) {
            (true, true) => Ok(()),
            (true, false) => Err(ColumnsRefusal::Key),
            (false, true) => Err(ColumnsRefusal::Name),
            (false, false) => Err(ColumnsRefusal::NameAndKey),
        }
    }

    /// The field that two columns were both said to be, or one column said to be twice.
    pub fn twice(&self) -> Option<Field> {
        let taken = |place: Option<usize>| self.0.iter().filter(|it| **it == place).count();
        Field::ALL.into_iter().find(|field| self.of(*field).is_some() && taken(self.of(*field)) > 1)
    }
}

/// By what the first line of a list is known again: its names, however they are written.
pub fn header_key(header: &[String]) -> String {
    header.iter().map(|cell| folded(cell)).collect::<Vec<_>>().join("|")
}
