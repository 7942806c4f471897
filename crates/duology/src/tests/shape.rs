//! Both databases end in the same shape, and every statement prepares on both.

use std::collections::BTreeMap;

use platform::storage::{Conn, Sql, statements};
use schema::Dialect;
use testing::{Database, Kind, postgres_or_note};

type Shape = BTreeMap<String, Vec<(String, String, bool)>>;

#[test]
fn every_statement_prepares_on_both_databases_with_the_same_values_and_columns() {
    let Some(kind) = postgres_or_note("every_statement_prepares_on_both_databases") else { return };
    let (mut sqlite, _one) = open(Kind::Sqlite, Dialect::Sqlite);
    let (mut postgres, _other) = open(kind, Dialect::Postgres);
    let mut count = 0;
    for sql in statements() {
        let (lite, pg) = (prepared(&mut sqlite, sql), prepared(&mut postgres, sql));
        assert_eq!(lite, pg, "{}::{}", sql.module, sql.name);
        count += 1;
    }
    assert!(count > 60, "only {count} statements are registered");
}

fn prepared(conn: &mut Conn, sql: &Sql) -> (usize, Vec<String>) {
    conn.prepared_shape(sql).unwrap_or_else(|error| panic!("{}::{}: {error}", sql.module, sql.name))
}

#[test]
fn both_databases_have_the_same_tables_and_columns() {
    let Some(kind) = postgres_or_note("both_databases_have_the_same_tables_and_columns") else { return };
    let (sqlite, one) = open(Kind::Sqlite, Dialect::Sqlite);
    drop(sqlite);
    let lite = shape_of_sqlite(one.file().unwrap().to_str().unwrap());
    let (_conn, other) = open(kind, Dialect::Postgres);
    let pg = shape_of_postgres(&other.open().url);
    assert_eq!(lite.keys().collect::<Vec<_>>(), pg.keys().collect::<Vec<_>>());
    for (table, columns) in &lite {
        assert_eq!(Some(columns), pg.get(table), "{table}");
    }
    assert!(lite.len() > 15);
}

fn open(kind: Kind, dialect: Dialect) -> (Conn, Database) {
    let database = Database::fresh(kind);
    let mut conn = Conn::open(&database.open().url, false, "OFF").unwrap();
    if dialect == Dialect::Sqlite {
        for migration in schema::migrations(dialect) {
            conn.batch(&migration.sql).unwrap_or_else(|error| panic!("{}: {error}", migration.name));
        }
    }
    (conn, database)
}

/// Types as both databases mean them.
fn normal(kind: &str) -> String {
    match kind {
        "BLOB" | "uuid" | "bytea" => "bytes",
        "TEXT" | "text" | "timestamp with time zone" | "date" => "text",
        "INTEGER" | "boolean" | "bigint" => "number",
        "REAL" | "double precision" => "real",
        other => other,
    }
    .to_owned()
}

fn shape_of_sqlite(file: &str) -> Shape {
    let sql = "select m.name, c.name, c.type, c.\"notnull\" or c.pk > 0 from sqlite_master m, pragma_table_xinfo(m.name) c where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like 'profile\\_search%' escape '\\' and c.hidden = 0 order by m.name, c.cid";
    let conn = rusqlite::Connection::open(file).unwrap();
    let mut statement = conn.prepare(sql).unwrap();
    let rows = statement
        .query_map([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, i64>(3)?.to_string()]))
        .unwrap();
    collect(rows.map(Result::unwrap).collect())
}

fn shape_of_postgres(url: &str) -> Shape {
    let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
    let rows = client
        .query(
            "select table_name::text, column_name::text, data_type::text, (is_nullable = 'NO')::text from information_schema.columns where table_schema = 'public' and data_type <> 'tsvector' and table_name <> 'migrations' order by table_name, ordinal_position",
            &[],
        )
        .unwrap();
    collect(rows.iter().map(|row| [row.get(0), row.get(1), row.get(2), row.get(3)]).collect())
}

fn collect(rows: Vec<[String; 4]>) -> Shape {
    let mut shape = Shape::new();
    for [table, column, kind, needed] in rows {
        let needed = needed == "1" || needed == "true";
        shape.entry(table).or_default().push((column, normal(&kind), needed));
    }
    shape
}
