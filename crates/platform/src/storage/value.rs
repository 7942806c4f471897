//! A value that goes into a statement, for either database.

use jiff::{Timestamp, civil::Date};
use postgres::types as pg;
use rusqlite::types as lite;

use crate::ids::Id;

#[derive(Clone, Debug)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
    Id(Id),
    At(Timestamp),
    Day(Date),
}

macro_rules! from {
    ($($type:ty => $make:expr),+ $(,)?) => {
        $(impl From<$type> for Value {
            fn from(value: $type) -> Self { ($make)(value) }
        })+
    };
}

from! {
    bool => Self::Bool,
    i64 => Self::Int,
    f64 => Self::Real,
    String => Self::Text,
    &str => |text: &str| Self::Text(text.to_owned()),
    &String => |text: &String| Self::Text(text.clone()),
    Vec<u8> => Self::Blob,
    Id => Self::Id,
    &Id => |id: &Id| Self::Id(*id),
    Timestamp => Self::At,
    Date => Self::Day,
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Values in the order of a statement's `$1, $2, …`.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::storage::Value::from($value)),*] };
}

/// Fixed width and UTC, so that text sorts as time does.
pub fn timestamp_text(at: &Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

impl lite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<lite::ToSqlOutput<'_>> {
        use lite::{ToSqlOutput as Out, Value as Owned, ValueRef as Borrowed};
        Ok(match self {
            Self::Null => Out::Owned(Owned::Null),
            Self::Bool(value) => Out::Owned(Owned::Integer(i64::from(*value))),
            Self::Int(value) => Out::Owned(Owned::Integer(*value)),
            Self::Real(value) => Out::Owned(Owned::Real(*value)),
            Self::Text(text) => Out::Borrowed(Borrowed::Text(text.as_bytes())),
            Self::Blob(bytes) => Out::Borrowed(Borrowed::Blob(bytes)),
            Self::Id(id) => Out::Borrowed(Borrowed::Blob(id.as_bytes())),
            Self::At(at) => Out::Owned(Owned::Text(timestamp_text(at))),
            Self::Day(day) => Out::Owned(Owned::Text(day.to_string())),
        })
    }
}

impl pg::ToSql for Value {
    fn to_sql(
        &self,
        kind: &pg::Type,
        out: &mut pg::private::BytesMut,
    ) -> std::result::Result<pg::IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(pg::IsNull::Yes),
            Self::Bool(value) => value.to_sql_checked(kind, out),
            Self::Int(value) if *kind == pg::Type::INT4 => i32::try_from(*value)?.to_sql_checked(kind, out),
            Self::Int(value) => value.to_sql_checked(kind, out),
            Self::Real(value) => value.to_sql_checked(kind, out),
            Self::Text(text) => text.to_sql_checked(kind, out),
            Self::Blob(bytes) => bytes.to_sql_checked(kind, out),
            Self::Id(id) => id.uuid().to_sql_checked(kind, out),
            Self::At(at) => at.to_sql_checked(kind, out),
            Self::Day(day) => day.to_sql_checked(kind, out),
        }
    }

    fn accepts(_: &pg::Type) -> bool {
        true
    }

    pg::to_sql_checked!();
}
