//! Statements: SQL written once with `$1, $2, …`, registered so that a test can
//! prepare each on both databases.

use super::Value;

/// A registered statement.
pub struct Sql {
    pub name: &'static str,
    pub module: &'static str,
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

inventory::collect!(&'static Sql);

/// Every statement of every room that is linked in.
pub fn all() -> impl Iterator<Item = &'static Sql> {
    inventory::iter::<&'static Sql>.into_iter().copied()
}

/// `sql! { NAME => "one text for both" }`, or `sql! { NAME => sqlite "…", pg "…" }`
/// where the two databases must be asked differently.
#[macro_export]
macro_rules! sql {
    ($($(#[$meta:meta])* $name:ident => $text:literal;)+) => { $($crate::sql!($(#[$meta])* $name => $text);)+ };
    ($(#[$meta:meta])* $name:ident => $text:literal) => { $crate::sql!($(#[$meta])* $name => sqlite $text, pg $text); };
    ($(#[$meta:meta])* $name:ident => sqlite $sqlite:literal, pg $postgres:literal) => {
        $(#[$meta])*
        pub(crate) static $name: $crate::storage::Sql = $crate::storage::Sql {
            name: stringify!($name),
            module: module_path!(),
            sqlite: $sqlite,
            postgres: $postgres,
        };
        $crate::inventory::submit! { &$name }
    };
}

/// A statement put together at run time, for lists with filters. The numbering of
/// its values stays right, and no value ever becomes part of the text.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Query {
    pub fn new(sql: &str) -> Self {
        Self { sql: sql.to_owned(), values: Vec::new() }
    }

    pub fn push(&mut self, sql: &'static str) -> &mut Self {
        self.sql.push_str(sql);
        self
    }

    pub fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self.sql.push('$');
        self.sql.push_str(&self.values.len().to_string());
        self
    }
}
