//! `cargo xtask access`: everyone knocks at every door, first in one process against the
//! clock, then at a house that runs, over TCP. For that it plays a demo with the built
//! program, once on SQLite and once on PostgreSQL; with `--against` it knocks at a demo that
//! runs already, and nowhere else.

use std::{
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    machine,
    postgres::{self, Postgres},
};

/// The suite, by the names that cargo knows it under.
const SUITE: &str = "access::live::everyone_finds_the_same_at_a_live_address";
/// The same in one process, the whole of it, and what it may take on each database. C-02
const WITHIN: &str = "access::everyone_finds_what_the_matrix_gives_on_";
const SECONDS: f64 = 60.0;
/// Halfway through the session, with a world as the suite's own.
const YEAR: &[&str] = &["--seed", "7", "--duos", "6", "--until", "2027-03-20"];

/// A house that runs.
struct Place {
    address: String,
    data: PathBuf,
    database: Option<String>,
}

pub fn run(root: &Path, words: &[&str]) -> Result<bool> {
    if machine::find(&["python3"]).is_none() {
        machine::install(&["python3"], "for the second reading of the access matrix")?;
    }
    if let Some(place) = wished(words)? {
        return knock(root, &place);
    }
    let built = machine::cargo(root).args(["build", "--profile", "gate", "-p", "duology"]).status()?;
    ensure!(built.success(), "the program does not build");
    let sqlite_in_time = in_time(root, "sqlite", None)?;
    let on_sqlite = at_a_demo(root, None)?;
    let Ok(programs) = postgres::ensure_installed() else {
        bail!("on SQLite: {on_sqlite}, in time: {sqlite_in_time}; PostgreSQL is not installed");
    };
    let postgres = Postgres::start(&programs)?;
    let postgres_in_time = in_time(root, "postgresql", Some(&postgres))?;
    Ok(at_a_demo(root, Some(&postgres))? && on_sqlite && sqlite_in_time && postgres_in_time)
}

/// Runs the whole suite in one process, built as the gate builds it, and
/// says whether it was through in its time.
fn in_time(root: &Path, database: &str, postgres: Option<&Postgres>) -> Result<bool> {
    let mut suite = machine::cargo(root);
    let name = format!("tests::{WITHIN}{database}");
    suite.args([
        "test",
        "--quiet",
        "--profile",
        "gate",
        "-p",
        "duology",
        "--lib",
        "--",
        "--nocapture",
        "--exact",
        &name,
    ]);
    if let Some(postgres) = postgres {
        suite.env("TEST_POSTGRES", postgres.url());
    }
    let output = suite.stderr(Stdio::inherit()).output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let Some(line) = said.lines().find(|it| it.contains("C-02 on ")) else { return Ok(false) };
    println!("   {line}");
    Ok(output.status.success() && seconds(line).is_some_and(|it| it <= SECONDS))
}

/// What the suite says of its time: "C-02 on SQLite: …, 12.5 s, of which …".
fn seconds(line: &str) -> Option<f64> {
    line.split(", ").find_map(|part| part.strip_suffix(" s")?.parse().ok())
}

/// The house that the words name, if they name one.
fn wished(words: &[&str]) -> Result<Option<Place>> {
    let value = |name: &str| words.iter().position(|it| *it == name).and_then(|at| words.get(at + 1)).copied();
    let known = ["--against", "--data", "--database"];
    for word in words.iter().step_by(2) {
        ensure!(
            known.contains(word),
            "cargo xtask access knows --against <http://host:port>, --data <folder of that demo> and --database <its database>, not `{word}`"
        );
    }
    let Some(address) = value("--against") else {
        ensure!(words.is_empty(), "--against names where the house listens");
        return Ok(None);
    };
    let data = value("--data").context("--data names the folder of the demo that listens there")?;
    let address = address.trim_start_matches("http://").trim_end_matches('/').to_owned();
    Ok(Some(Place { address, data: fs::canonicalize(data)?, database: value("--database").map(str::to_owned) }))
}

/// Plays a demo in a process of its own and knocks there.
fn at_a_demo(root: &Path, postgres: Option<&Postgres>) -> Result<bool> {
    let data = env::temp_dir().join(format!("duology-access-{}", std::process::id()));
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
    let database = postgres.map(|it| it.database("access")).transpose()?;
    let mut demo = Command::new(machine::target(root).join("gate/duology"));
    demo.args(["demo", "--listen", &address, "--data"]).arg(&data).args(YEAR);
    if let Some(database) = &database {
        demo.args(["--database", database]);
    }
    let child = demo.stdin(Stdio::null()).stdout(Stdio::null()).spawn().context("the demo cannot be started")?;
    let mut running = Running { child, data: data.clone() };
    running.answers(&address)?;
    knock(root, &Place { address, data, database })
}

fn knock(root: &Path, place: &Place) -> Result<bool> {
    let began = Instant::now();
    println!("   everyone knocks at every door of http://{}", place.address);
    let mut suite = machine::cargo(root);
    suite.args(["test", "--quiet", "--profile", "gate", "-p", "duology", "--lib", "--", "--nocapture", SUITE]);
    suite.env("ACCESS_AGAINST", &place.address).env("ACCESS_DATA", &place.data);
    if let Some(database) = &place.database {
        suite.env("ACCESS_DATABASE", database);
    }
    let good = suite.status()?.success();
    println!(
        "   {} after {:.0} s",
        if good { "as the matrix gives" } else { "not as it gives" },
        began.elapsed().as_secs_f64()
    );
    Ok(good)
}

/// Ended, and its folder removed, when it is dropped.
struct Running {
    child: Child,
    data: PathBuf,
}

impl Running {
    fn answers(&mut self, address: &str) -> Result<()> {
        let began = Instant::now();
        while std::net::TcpStream::connect(address).is_err() {
            if let Some(status) = self.child.try_wait()? {
                bail!("the demo ended before it answered: {status}");
            }
            ensure!(began.elapsed() < Duration::from_secs(300), "the demo does not answer at {address}");
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill().and_then(|()| self.child.wait());
        let _ = fs::remove_dir_all(&self.data);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_the_suite_is_read_from_what_it_says() {
        let line = "C-02 on SQLite: 46 people, 42504 cells, 379679 statements, 21.0 s, of which the world took 8.3 s";
        assert_eq!(seconds(line), Some(21.0));
        assert_eq!(seconds("C-02 on SQLite: 46 people"), None);
    }

    #[test]
    fn a_house_is_named_by_its_address_and_its_folder() {
        assert!(wished(&[]).unwrap().is_none());
        let named = wished(&["--against", "http://127.0.0.1:8080/", "--data", "/"]).unwrap().unwrap();
        assert_eq!((named.address.as_str(), named.data.as_path()), ("127.0.0.1:8080", Path::new("/")));
        for wrong in [&["--against", "http://127.0.0.1:8080"][..], &["--data", "/"], &["--again", "x"]] {
            assert!(wished(wrong).is_err(), "{wrong:?}");
        }
    }
}
