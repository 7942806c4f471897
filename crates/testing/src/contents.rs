//! All that the database holds, to say that nothing changed.

use std::collections::BTreeMap;

use platform::{
    app::App,
    doors::Failure,
    storage::{Query, Tx},
};

use crate::House;

platform::row! { struct Text { text: String } }

impl House {
    /// Every table with all its rows as one text, but for the tables named.
    pub fn contents(&self, but: &'static [&'static str]) -> BTreeMap<String, String> {
        contents(&self.app, but)
    }
}

/// The same of any house.
pub fn contents(app: &App, but: &'static [&'static str]) -> BTreeMap<String, String> {
    let all: Result<_, Failure> = app.db.read(move |tx| {
        let mut contents = BTreeMap::new();
        for table in tables(tx)? {
            if !but.contains(&table.as_str()) {
                let rows = rows(tx, &table)?;
                contents.insert(table, rows);
            }
        }
        Ok(contents)
    });
    all.unwrap_or_else(|failure| panic!("the contents of a test world: {failure}"))
}

fn ask(tx: &mut Tx, sql: &str) -> platform::storage::Result<Vec<String>> {
    Ok(tx.query::<Text>(&Query::new(sql))?.into_iter().map(|it| it.text).collect())
}

fn tables(tx: &mut Tx) -> platform::storage::Result<Vec<String>> {
    let sql = if tx.is_sqlite() {
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'profile_search%' order by name"
    } else {
        "select table_name::text from information_schema.tables where table_schema = 'public' order by table_name"
    };
    ask(tx, sql)
}

fn rows(tx: &mut Tx, table: &str) -> platform::storage::Result<String> {
    let sql = if tx.is_sqlite() {
        let columns = ask(tx, &format!("select name from pragma_table_info('{table}') order by cid"))?;
        let cells: Vec<String> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
        format!("select {} from {table} order by 1", cells.join(" || ',' || "))
    } else {
        format!("select it::text from {table} it order by 1")
    };
    Ok(ask(tx, &sql)?.join("\n"))
}
