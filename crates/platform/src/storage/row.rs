//! A row that comes out of a statement, from either database.

use jiff::{Timestamp, civil::Date};

use super::{Result, StorageError};
use crate::ids::Id;

pub enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

impl Row<'_> {
    pub fn get<T: Column>(&self, index: usize) -> Result<T> {
        match self {
            Self::Sqlite(row) => T::from_sqlite(row, index),
            Self::Postgres(row) => T::from_postgres(row, index),
        }
    }
}

/// What a column may be read as.
pub trait Column: Sized {
    fn from_sqlite(row: &rusqlite::Row, index: usize) -> Result<Self>;
    fn from_postgres(row: &postgres::Row, index: usize) -> Result<Self>;
}

macro_rules! column {
    ($($type:ty),+) => { $(
        impl Column for $type {
            fn from_sqlite(row: &rusqlite::Row, index: usize) -> Result<Self> { Ok(row.get(index)?) }
            fn from_postgres(row: &postgres::Row, index: usize) -> Result<Self> { Ok(row.try_get(index)?) }
        }
        impl Column for Option<$type> {
            fn from_sqlite(row: &rusqlite::Row, index: usize) -> Result<Self> { Ok(row.get(index)?) }
            fn from_postgres(row: &postgres::Row, index: usize) -> Result<Self> { Ok(row.try_get(index)?) }
        }
    )+ };
}
column!(bool, i64, f64, String, Vec<u8>);

macro_rules! text_column {
    ($($type:ty),+) => { $(
        impl Column for $type {
            fn from_sqlite(row: &rusqlite::Row, index: usize) -> Result<Self> {
                parse(row.get_ref(index)?.as_str().map_err(rusqlite::Error::from)?)
            }
            fn from_postgres(row: &postgres::Row, index: usize) -> Result<Self> { Ok(row.try_get(index)?) }
        }
        impl Column for Option<$type> {
            fn from_sqlite(row: &rusqlite::Row, index: usize) -> Result<Self> {
                row.get_ref(index)?.as_str_or_null().map_err(rusqlite::Error::from)?.map(parse).transpose()
            }
            fn from_postgres(row: &postgres::Row, index: usize) -> Result<Self> { Ok(row.try_get(index)?) }
        }
    )+ };
}
text_column!(Timestamp, Date);

impl Column for Id {
    fn from_sqlite(row: &rusqlite::Row, index: usize) -> Result<Self> {
        id(row.get_ref(index)?.as_blob().map_err(rusqlite::Error::from)?)
    }
    fn from_postgres(row: &postgres::Row, index: usize) -> Result<Self> {
        Ok(Self::from_uuid(row.try_get(index)?))
    }
}

impl Column for Option<Id> {
    fn from_sqlite(row: &rusqlite::Row, index: usize) -> Result<Self> {
        row.get_ref(index)?.as_blob_or_null().map_err(rusqlite::Error::from)?.map(id).transpose()
    }
    fn from_postgres(row: &postgres::Row, index: usize) -> Result<Self> {
        Ok(row.try_get::<_, Option<uuid::Uuid>>(index)?.map(Id::from_uuid))
    }
}

fn parse<T: std::str::FromStr>(text: &str) -> Result<T> {
    text.parse().map_err(|_| StorageError::Other(format!("`{text}` is not of the kind its column keeps")))
}

fn id(bytes: &[u8]) -> Result<Id> {
    let bytes = bytes.try_into().map_err(|_| StorageError::Other("an id has sixteen bytes".to_owned()))?;
    Ok(Id::from_bytes(bytes))
}

/// What a whole row may be read as; `row!` writes it for a struct, in the order of its fields.
pub trait FromRow: Sized {
    fn from_row(row: &Row) -> Result<Self>;
}

macro_rules! single {
    ($($type:ty),+) => { $(impl FromRow for $type {
        fn from_row(row: &Row) -> Result<Self> { row.get(0) }
    })+ };
}
single!(
    bool,
    i64,
    f64,
    String,
    Id,
    Timestamp,
    Date,
    Vec<u8>,
    Option<Id>,
    Option<Timestamp>,
    Option<String>,
    Option<i64>
);

macro_rules! tuple {
    ($($name:ident $index:tt),+) => {
        impl<$($name: Column),+> FromRow for ($($name,)+) {
            fn from_row(row: &Row) -> Result<Self> { Ok(($(row.get($index)?,)+)) }
        }
    };
}
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
tuple!(A 0, B 1, C 2, D 3, E 4);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5);

/// A struct whose fields are the columns of a statement, in their order.
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $type:ty),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $type),+ }
        impl $crate::storage::FromRow for $name {
            fn from_row(row: &$crate::storage::Row) -> $crate::storage::Result<Self> {
                let mut index = 0..;
                let mut next = || index.next().unwrap_or_default();
                Ok(Self { $($field: row.get::<$type>(next())?),+ })
            }
        }
    };
}
