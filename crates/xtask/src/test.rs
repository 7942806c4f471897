//! `cargo xtask test`: every check there is, one after the other. A check that fails does not
//! keep the later ones from running, so that one run tells everything.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use crate::{
    journeys, machine, oracle,
    postgres::{self, Postgres},
    tally::{End, Tally},
    tidy,
};

pub fn run(root: &Path) -> Result<bool> {
    let strict = env::var("CI").is_ok_and(|it| it == "true" || it == "1");
    // Tests that found no PostgreSQL or no SciPy write their names here.
    let unasked = machine::target(root).join("skipped.txt");
    if unasked.exists() {
        fs::remove_file(&unasked).with_context(|| format!("{} cannot be removed", unasked.display()))?;
    }
    let mut tally = Tally::default();
    checks(root, &mut tally);

    let mut postgres = None;
    tally.step("PostgreSQL", "starts one of our own, so that every test also runs on it", |_| {
        postgres::ensure_installed().map_or_else(
            |missing| Ok(End::Skipped(format!("{missing:#}"))),
            |programs| {
                postgres = Some(Postgres::start(&programs)?);
                Ok(End::Done)
            },
        )
    });
    let mut python = None;
    tally.step("SciPy", "installs it below target/, so that pairing has somebody to agree with", |_| {
        Ok(oracle::ensure_installed(root).map_or_else(
            |missing| End::Skipped(format!("{missing:#}")),
            |installed| {
                python = Some(installed);
                End::Done
            },
        ))
    });
    tally.step("tests", "runs every test of the workspace (cargo test --workspace --profile gate)", |tally| {
        if machine::find(&["python3"]).is_none() {
            machine::install(&["python3"], "for the second reading of the access matrix")?;
        }
        let mut cargo = machine::cargo(root);
        cargo.args(["test", "--workspace", "--profile", "gate", "--no-fail-fast"]);
        cargo.env("SKIPPED_TESTS", &unasked);
        if let Some(python) = &python {
            cargo.env("ORACLE_PYTHON", python);
        }
        if let Some(postgres) = &postgres {
            cargo.env("TEST_POSTGRES", postgres.url());
        }
        tests(cargo, tally)
    });
    journeys::run(root, &mut tally);
    if let Some(postgres) = postgres {
        tally.step("PostgreSQL", "ends the one we started and removes its folder", |_| {
            drop(postgres);
            Ok(End::Done)
        });
    }
    for name in fs::read_to_string(&unasked).unwrap_or_default().lines().filter(|it| !it.trim().is_empty()) {
        tally.skip(format!("without PostgreSQL or SciPy: {}", name.trim()));
    }
    println!("\n{}", tally.summary(strict));
    Ok(tally.is_good(strict))
}

fn checks(root: &Path, tally: &mut Tally) {
    tally.step("formatting", "every file is set as rustfmt sets it (cargo fmt --all --check)", |_| {
        if !has(root, "fmt") {
            return Ok(End::Skipped("rustfmt is missing: rustup component add rustfmt".to_owned()));
        }
        succeed(machine::cargo(root).args(["fmt", "--all", "--check"]), "`cargo fmt --all` puts it right")
    });
    tally.step("clippy", "no warning anywhere (cargo clippy --workspace --all-targets -- -D warnings)", |_| {
        if !has(root, "clippy") {
            return Ok(End::Skipped("clippy is missing: rustup component add clippy".to_owned()));
        }
        let mut cargo = machine::cargo(root);
        cargo.args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]);
        succeed(&mut cargo, "the warnings above")
    });
    tally.step("tidy", "the rules of the house that the compiler does not know (cargo xtask tidy)", |_| {
        let faults = tidy::faults(root)?;
        for fault in &faults {
            println!("{fault}");
        }
        Ok(if faults.is_empty() { End::Done } else { End::Failed(format!("{} faults, above", faults.len())) })
    });
}

/// Whether this part of Rust's tools is installed.
fn has(root: &Path, tool: &str) -> bool {
    let mut version = machine::cargo(root);
    version.args([tool, "--version"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    version.status().is_ok_and(|it| it.success())
}

fn succeed(command: &mut Command, otherwise: &str) -> Result<End> {
    let status = command.stdin(Stdio::null()).status()?;
    Ok(if status.success() { End::Done } else { End::Failed(otherwise.to_owned()) })
}

/// Runs the tests, shows what they print and counts.
fn tests(mut cargo: Command, tally: &mut Tally) -> Result<End> {
    let failed_before = tally.failed;
    let mut running = cargo.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("cargo cannot be started")?;
    let output = running.stdout.take().context("cargo has no output")?;
    for line in BufReader::new(output).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        tally.hear_cargo(&line);
    }
    let good = running.wait()?.success();
    // What does not even compile has no failed test to count.
    let unseen = !good && tally.failed == failed_before;
    Ok(if unseen { End::Failed("they did not run to the end, see above".to_owned()) } else { End::Done })
}
