//! `cargo xtask sabotage`: shows that the test of the access matrix can fail. One guard of
//! the house after the other is taken away, and the test must notice each time.
//!
//! | file | what it is for |
//! |---|---|
//! | `sabotage/guards.rs`, `sabotage/guards/` | every guard, what it keeps, and how it is taken away |
//! | `sabotage/edits.rs` | laying them into a copy of the house, each behind a switch |
//! | `sabotage/switch.txt` | the switch, as it is laid into the crate `policy` |
//! | `sabotage/statements.txt` | statements without one of their conditions, laid into `platform` |
//! | `sabotage/rounds.txt` | the rounds, as they are laid beside the test of the matrix |

mod edits;
mod guards;

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, Result, bail};

use crate::machine;
use edits::Guard;

/// Where the copy lies in which guards may be missing. Its files stand one folder deeper
/// than those of the house: what Cargo builds of both then has names of its own in the one
/// target folder, and nothing of the copy is ever taken for the house.
const COPY: &str = "sabotage";
const DEEPER: &str = "copy";
const ROUNDS: &str = "tests::access::rounds::one_guard_after_the_other_is_missed";

/// What the test said of a round: which guard was missing, for how long it looked, and
/// what it saw first.
struct Round {
    name: String,
    seconds: f64,
    seen: String,
}

/// All guards, or those whose names hold one of these words.
pub fn run(root: &Path, wishes: &[&str]) -> Result<bool> {
    let guards = guards::all();
    let wanted: Vec<usize> = (0..guards.len()).filter(|at| is_wanted(&guards[*at], wishes)).collect();
    if wanted.is_empty() {
        bail!("no guard is called so");
    }
    let copy = machine::target(root).join(COPY);
    lay(root, &copy, &guards)?;
    let rounds = rounds(root, &copy, &guards, &wanted)?;
    Ok(told(&guards, &wanted, &rounds))
}

fn is_wanted(guard: &Guard, wishes: &[&str]) -> bool {
    wishes.is_empty() || wishes.iter().any(|it| guard.name.contains(it))
}

/// Copies the house as it stands, committed or not, and takes its guards behind switches.
/// A file that stays the same is not written, so that a second run builds little.
fn lay(root: &Path, copy: &Path, guards: &[Guard]) -> Result<()> {
    let names = crate::tidy::names(root)?;
    let mut laid = edits::laid(root, guards)?;
    let mut append = |file: &'static str, text: &str| -> Result<()> {
        let old = match laid.remove(file) {
            Some(old) => old,
            None => fs::read_to_string(root.join(file))?,
        };
        laid.insert(file, format!("{old}\n{text}"));
        Ok(())
    };
    append("crates/policy/src/lib.rs", include_str!("sabotage/switch.txt"))?;
    append("crates/platform/src/lib.rs", include_str!("sabotage/statements.txt"))?;
    append("crates/duology/src/tests/access.rs", "mod rounds;\n")?;
    let workspace = fs::read_to_string(root.join("Cargo.toml"))?;
    let workspace = workspace.replace("\"crates/", &format!("\"{DEEPER}/crates/"));
    // What the switches leave behind is no news.
    let quiet = "[workspace.lints.rust]\nunused = { level = \"allow\", priority = -1 }";
    write(&copy.join("Cargo.toml"), workspace.replace("[workspace.lints.rust]", quiet).as_bytes())?;
    write(&copy.join("Cargo.lock"), &fs::read(root.join("Cargo.lock"))?)?;
    let copy = copy.join(DEEPER);
    let rounds = Path::new("crates/duology/src/tests/access/rounds.rs");
    // Tests read some of what helps the journeys in a browser.
    let is_part = |name: &str| name.contains('/') && (!name.starts_with("e2e/") || name.starts_with("e2e/help/"));
    for name in names.iter().filter(|it| is_part(it)) {
        let path = root.join(name);
        if !path.is_file() {
            continue;
        }
        match laid.get(name.as_str()) {
            Some(text) => write(&copy.join(name), text.as_bytes())?,
            None => write(&copy.join(name), &fs::read(&path)?)?,
        }
    }
    write(&copy.join(rounds), include_bytes!("sabotage/rounds.txt"))?;
    drop_what_is_gone(&copy, &copy, &|name| name == rounds || names.iter().any(|it| Path::new(it) == name))
}

fn write(path: &PathBuf, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
}

/// Removes from the copy what the house no longer has.
fn drop_what_is_gone(copy: &Path, folder: &Path, is_there: &dyn Fn(&Path) -> bool) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            drop_what_is_gone(copy, &path, is_there)?;
        } else if !is_there(path.strip_prefix(copy)?) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Builds the copy and lets the test go its rounds, the first with every guard in place.
fn rounds(root: &Path, copy: &Path, guards: &[Guard], wanted: &[usize]) -> Result<Vec<Round>> {
    let list: Vec<String> = wanted.iter().map(|at| format!("{}\t{}", at + 1, guards[*at].name)).collect();
    let mut cargo = machine::cargo(copy);
    cargo.env("CARGO_TARGET_DIR", machine::target(root)).env("SABOTAGE", list.join("\n"));
    cargo.args(["test", "--quiet", "-p", "duology", "--lib", "--", "--exact", ROUNDS, "--nocapture"]);
    println!("{} guards; a copy of the house is built without them in {}", wanted.len(), copy.display());
    let mut running = cargo.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("cargo cannot be started")?;
    let output = running.stdout.take().context("cargo has no output")?;
    let mut rounds = Vec::new();
    for line in BufReader::new(output).lines() {
        let line = line?;
        let Some(said) = line.split_once("round\t").map(|(_, said)| said) else { continue };
        let mut parts = said.splitn(3, '\t').map(str::to_owned);
        let (Some(name), Some(seconds), Some(seen)) = (parts.next(), parts.next(), parts.next()) else { continue };
        println!("{name:<34} {seconds:>6} s  {}", if seen.is_empty() { "not noticed" } else { &seen });
        rounds.push(Round { name, seconds: seconds.parse().unwrap_or_default(), seen });
    }
    if !running.wait()?.success() || rounds.len() != wanted.len() + 1 {
        bail!("the copy without guards did not build or did not run to the end, see above");
    }
    Ok(rounds)
}

/// The end of the report. Good is: nothing is seen while every guard stands, and something
/// whenever one is missing.
fn told(guards: &[Guard], wanted: &[usize], rounds: &[Round]) -> bool {
    let Some((whole, missed)) = rounds.split_first() else { return false };
    let unnoticed: Vec<&Round> = missed.iter().filter(|it| it.seen.is_empty()).collect();
    let seconds: f64 = rounds.iter().map(|it| it.seconds).sum();
    println!("\n{} of {} missing guards were noticed, in {seconds:.0} s", missed.len() - unnoticed.len(), missed.len());
    if !whole.seen.is_empty() {
        println!("with every guard in place the test is red: {}", whole.seen);
    }
    for round in &unnoticed {
        let guard = wanted.iter().map(|at| &guards[*at]).find(|it| it.name == round.name);
        println!("nothing notices that `{}` is missing: {}", round.name, guard.map_or("", |it| it.keeps));
    }
    whole.seen.is_empty() && unnoticed.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    // C-03: the list of guards stays true to the code.
    #[test]
    fn every_guard_stands_exactly_once_where_it_is_listed() {
        let guards = guards::all();
        edits::laid(&crate::root(), &guards).unwrap();
        assert!(guards.len() >= 40, "{} guards", guards.len());
    }

    #[test]
    fn guards_have_names_of_their_own_and_say_what_they_keep() {
        let guards = guards::all();
        let mut names: Vec<&str> = guards.iter().map(|it| it.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), guards.len());
        for guard in &guards {
            assert!(guard.keeps.ends_with('.') && !guard.edits.is_empty(), "{}", guard.name);
        }
    }

    #[test]
    fn a_guard_that_nothing_notices_makes_the_run_fail() {
        let guards = guards::all();
        let round = |name: &str, seen: &str| Round { name: name.to_owned(), seconds: 1.0, seen: seen.to_owned() };
        let name = guards[0].name;
        assert!(told(&guards, &[0], &[round("", ""), round(name, "open instead of gone")]));
        assert!(!told(&guards, &[0], &[round("", ""), round(name, "")]));
        assert!(!told(&guards, &[0], &[round("", "red before"), round(name, "open instead of gone")]));
    }
}
