//! Which room calls which, and whose table is whose.

use std::collections::BTreeMap;

use super::{
    File,
    strings::{literals, words},
};

/// The rooms, lowest first: a room may call those before it, never one after it.
const ROOMS: &[&str] = &[
    "program",
    "forms",
    "letters",
    "membership",
    "intake",
    "duos",
    "matching",
    "care",
    "training",
    "evaluation",
    "alumni",
    "reporting",
    "mine",
];

/// They may own tables besides the rooms.
const GROUND: &[&str] = &["platform"];

/// Who people are is read by every room: a list joins their names to its rows, and sorts by them.
const READ_BY_ALL: &[&str] = &["accounts", "journal"];

/// They have no tables and no statements about those of others.
const OUTSIDE: &[&str] = &["schema", "xtask"];

const MIGRATIONS: &str = "crates/schema/migrations/";

/// Which room a table belongs to: the one its migration is named after.
pub fn owners(files: &[File]) -> BTreeMap<String, String> {
    let mut owners = BTreeMap::new();
    for (file, room) in migrations(files).filter_map(|file| Some((file, room_of_migration(&file.name)?))) {
        let sql: Vec<String> =
            file.text.lines().filter(|it| !it.trim_start().starts_with("--")).map(str::to_lowercase).collect();
        let sql = sql.join("\n");
        let said: Vec<&str> = words(&sql).filter(|it| !["virtual", "if", "not", "exists"].contains(it)).collect();
        for table in said.windows(3).filter(|it| it[..2] == ["create", "table"]) {
            owners.insert(table[2].to_owned(), room.to_owned());
        }
    }
    owners
}

pub fn misnamed_migrations(files: &[File]) -> Vec<String> {
    let wrong = migrations(files).filter(|file| room_of_migration(&file.name).is_none());
    let rule = "a migration is called NNNN_<room>_<what>.sql, after the room that owns its tables";
    wrong.map(|file| format!("{}: {rule}", file.name)).collect()
}

pub fn faults(file: &File, owners: &BTreeMap<String, String>) -> Vec<String> {
    let Some(room) = file.room().filter(|room| !OUTSIDE.contains(room)) else { return Vec::new() };
    if file.name.ends_with("Cargo.toml") {
        return calls_backwards(room, &file.text);
    }
    if file.is(&["rs"]) { foreign_tables(file, room, owners) } else { Vec::new() }
}

/// Rooms named in `[dependencies]` that come later; below the rooms nobody may know one.
fn calls_backwards(room: &str, manifest: &str) -> Vec<String> {
    let known = match ROOMS.iter().position(|it| *it == room) {
        Some(place) => place,
        None if ["duology", "testing"].contains(&room) => ROOMS.len(),
        None => 0,
    };
    let dependencies = manifest.split("[dependencies]").nth(1).unwrap_or_default();
    let dependencies = dependencies.split("\n[").next().unwrap_or_default();
    let named = |it: &&&str| dependencies.lines().any(|line| words(line).next() == Some(**it));
    let later = ROOMS[known..].iter().filter(|it| **it != room).filter(named);
    later.map(|it| format!("{room} may not call {it}, which comes after it")).collect()
}

fn foreign_tables(file: &File, room: &str, owners: &BTreeMap<String, String>) -> Vec<String> {
    let reads_all = room == "reporting" || room == "testing" || (room == "duology" && file.name.contains("/tests"));
    let mut faults = Vec::new();
    for literal in literals(&file.text) {
        for (table, how) in tables(&literal) {
            let Some(owner) = owners.get(&table).filter(|owner| *owner != room) else { continue };
            match how {
                Use::Reads if reads_all || READ_BY_ALL.contains(&table.as_str()) => {}
                Use::Reads => faults.push(format!("`{table}` belongs to {owner}; ask that room")),
                Use::Writes => faults.push(format!("`{table}` belongs to {owner}; only {owner} writes it")),
            }
        }
    }
    faults.dedup();
    faults
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Reads,
    Writes,
}

/// The tables that a statement, or a part of one, names.
fn tables(literal: &str) -> Vec<(String, Use)> {
    let sql = literal.to_lowercase();
    if !is_sql(&sql) {
        return Vec::new();
    }
    let said: Vec<&str> = words(&sql).collect();
    let mut found = Vec::new();
    for (at, word) in said.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |it| said[it]);
        match *word {
            "into" | "update" => found.extend(said.get(at + 1).map(|it| ((*it).to_owned(), Use::Writes))),
            "from" if before == "delete" => found.extend(said.get(at + 1).map(|it| ((*it).to_owned(), Use::Writes))),
            "join" => found.extend(said.get(at + 1).map(|it| ((*it).to_owned(), Use::Reads))),
            "from" => found.extend(listed(&said[at + 1..]).map(|it| (it.to_owned(), Use::Reads))),
            _ => {}
        }
    }
    found
}

/// The tables after `from`, as in `from duos d, people as p where`.
fn listed<'a>(said: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    let ends = ["where", "join", "left", "inner", "cross", "group", "order", "limit", "on", "select", "union", "from"];
    let list = said.split(move |it| ends.contains(it)).next().unwrap_or_default();
    list.split(|it| *it == ",").filter_map(|table| table.first().copied())
}

/// Whether a text is SQL and not a sentence that only sounds like it.
fn is_sql(text: &str) -> bool {
    let first = words(text).next().unwrap_or_default();
    let has = |parts: &[&str]| parts.iter().any(|part| words(text).any(|word| word == *part));
    match first {
        "select" => true,
        "insert" => has(&["into"]),
        "update" => has(&["set"]),
        "delete" => has(&["from"]),
        "with" => has(&["select"]),
        "from" | "join" | "left" | "inner" | "and" | "or" | "not" | "where" | "exists" | "union" => {
            text.contains(['$', '=', '(']) || has(&["on", "select"])
        }
        _ => false,
    }
}

fn migrations(files: &[File]) -> impl Iterator<Item = &File> {
    files.iter().filter(|file| file.name.starts_with(MIGRATIONS) && file.is(&["sql"]))
}

fn room_of_migration(name: &str) -> Option<&str> {
    let mut parts = name.strip_prefix(MIGRATIONS)?.strip_suffix(".sql")?.splitn(3, '_');
    let (number, room, what) = (parts.next()?, parts.next()?, parts.next()?);
    let numbered = number.len() == 4 && number.chars().all(|it| it.is_ascii_digit());
    (numbered && !what.is_empty() && (ROOMS.contains(&room) || GROUND.contains(&room))).then_some(room)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> File {
        File { name: name.to_owned(), text: text.to_owned() }
    }

    fn seen(name: &str, text: &str) -> Vec<String> {
        let duos =
            file("crates/schema/migrations/0004_duos_duos.sql", "-- create table old (\ncreate table duos (\n);");
        let words = "create virtual table mentor_words using fts5(x);\ncreate table if not exists requests (";
        let matching = file("crates/schema/migrations/0005_matching_requests.sql", words);
        let platform = file("crates/schema/migrations/0001_platform_ground.sql", "create table accounts (\n);");
        faults(&file(name, text), &owners(&[duos, matching, platform]))
    }

    #[test]
    fn a_backward_call_is_seen() {
        let manifest = "[dependencies]\nplatform.workspace = true\nmatching.workspace = true\n[dev-dependencies]\ncare.workspace = true\n";
        assert_eq!(seen("crates/duos/Cargo.toml", manifest), ["duos may not call matching, which comes after it"]);
        assert_eq!(seen("crates/care/Cargo.toml", manifest), Vec::<String>::new());
        assert_eq!(seen("crates/duology/Cargo.toml", manifest), Vec::<String>::new());
        assert_eq!(
            seen("crates/platform/Cargo.toml", manifest),
            ["platform may not call matching, which comes after it"]
        );
    }

    #[test]
    fn every_backward_call_between_rooms_is_seen() {
        for (place, room) in ROOMS.iter().enumerate() {
            for (other_place, other) in ROOMS.iter().enumerate() {
                let found = calls_backwards(room, &format!("[dependencies]\n{other} = {{ path = \"x\" }}\n"));
                assert_eq!(found.is_empty(), other_place <= place, "{room} calls {other}");
            }
        }
    }

    #[test]
    fn a_foreign_table_is_seen() {
        let ask = ["`duos` belongs to duos; ask that room"];
        let page = "crates/matching/src/requests.rs";
        assert_eq!(seen(page, "sql! { COUNT => \"select count(*) as n from duos where mentee = $1\" }"), ask);
        assert_eq!(seen(page, "sql! { ALL => sqlite \"select 1\", pg r#\"select 1 from requests r, duos d\"# }"), ask);
        assert_eq!(seen(page, "query.push(\"join duos d on d.id = r.duo\")"), ask);
        assert_eq!(seen(page, "\"select 1 from requests where exists (select 1 from duos)\""), ask);
        assert_eq!(seen("crates/duos/src/duos.rs", "\"select * from duos\""), Vec::<String>::new());
        assert_eq!(
            seen("crates/duos/src/duos.rs", "\"select * from mentor_words\""),
            ["`mentor_words` belongs to matching; ask that room"]
        );
    }

    #[test]
    fn a_foreign_write_is_seen_even_where_everything_may_be_read() {
        let write = ["`duos` belongs to duos; only duos writes it"];
        for statement in
            ["insert into duos (id) values ($1)", "update duos set state = $1", "delete from duos where id = $1"]
        {
            assert_eq!(seen("crates/reporting/src/figures.rs", &format!("\"{statement}\"")), write, "{statement}");
        }
        let read = "\"select count(*) as n from duos\"";
        assert_eq!(seen("crates/reporting/src/figures.rs", read), Vec::<String>::new());
        assert_eq!(seen("crates/duology/src/tests/year.rs", read), Vec::<String>::new());
        assert_eq!(seen("crates/duology/src/main.rs", read), ["`duos` belongs to duos; ask that room"]);
    }

    #[test]
    fn every_room_reads_accounts_and_none_writes_them() {
        let page = "crates/care/src/concerns.rs";
        assert_eq!(seen(page, "\"select name from accounts\""), Vec::<String>::new());
        let write = ["`accounts` belongs to platform; only platform writes it"];
        assert_eq!(seen(page, "\"update accounts set name = $1\""), write);
    }

    #[test]
    fn a_sentence_is_no_statement() {
        let page = "crates/matching/src/ask.rs";
        assert_eq!(seen(page, "\"You hear from duos, and join duos later.\""), Vec::<String>::new());
        assert_eq!(seen(page, "\"from duos of years before\""), Vec::<String>::new());
        assert_eq!(seen(page, "// select * from duos"), Vec::<String>::new());
    }

    #[test]
    fn a_migration_named_after_no_room_is_seen() {
        let names = ["0001_platform_ground", "0002_people_and_more", "3_duos_duos", "0004_duos", "0005_duos_two_words"];
        let files: Vec<File> = names.iter().map(|name| file(&format!("{MIGRATIONS}{name}.sql"), "")).collect();
        let wrong: Vec<String> =
            misnamed_migrations(&files).iter().filter_map(|it| Some(it.split_once(':')?.0.to_owned())).collect();
        let expected = ["0002_people_and_more", "3_duos_duos", "0004_duos"].map(|it| format!("{MIGRATIONS}{it}.sql"));
        assert_eq!(wrong, expected);
    }
}
