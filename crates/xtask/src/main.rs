//! `cargo xtask`: what the house does with itself.
//!
//! | file | what it is for |
//! |---|---|
//! | `tidy.rs`, `tidy/` | the rules of the house that the compiler does not know |
//! | `test.rs` | `cargo xtask test`: every check there is, one after the other |
//! | `tally.rs` | what passed, what failed, what did not run |
//! | `machine.rs` | programs of this machine: finding, installing and running them |
//! | `postgres.rs` | a PostgreSQL of our own, as long as the tests run |
//! | `oracle.rs` | SciPy and `matching`, which pairing is compared with |
//! | `journeys.rs` | the journeys in a browser |
//! | `access.rs` | everyone at every door of a house that runs |
//! | `release.rs` | the program as it is given away |
//! | `sabotage.rs`, `sabotage/` | whether the test of the access matrix can fail |
//! | `mutants.rs` | whether the tests of the crate `policy` can fail |
//! | `fuzz.rs` | libFuzzer tries what we read from outside |
//! | `bench.rs`, `bench/` | how fast it is, how much it needs, and whether that is enough |

mod access;
mod bench;
mod fuzz;
mod journeys;
mod machine;
mod mutants;
mod oracle;
mod postgres;
mod release;
mod sabotage;
mod tally;
mod test;
mod tidy;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

const USAGE: &str =
    "cargo xtask test      everything: formatting, clippy, tidy, tests on SQLite and PostgreSQL, the browser
cargo xtask tidy      the rules of the house that the compiler does not know
cargo xtask access    everyone knocks at every door of a running house, over TCP; --against <address> --data <folder>
cargo xtask docs      writes docs/access.md and docs/access-lines.md from the access matrix
cargo xtask release   builds the program and prints its size and its SHA-256
cargo xtask crowd     200 people press Submit at once for 25 places, 100 times on each database; --runs <number>
cargo xtask bench     measures it on SQLite and PostgreSQL; --quick with small numbers, for trying
cargo xtask sabotage  takes away one guard after the other: the test of the matrix must notice each;
                      with words, those guards alone whose names hold one of them
cargo xtask mutants   changes the crate policy in every small way: its tests must notice each
cargo xtask fuzz      libFuzzer tries what we read from outside, five minutes a target; [target] [seconds]";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["test"] => test::run(&root()),
        ["tidy"] => tidy::run(&root()),
        ["docs"] => docs(&root()),
        ["access", wishes @ ..] => access::run(&root(), wishes),
        ["release"] => release::run(&root()),
        ["crowd", wishes @ ..] => bench::crowd(&root(), wishes),
        ["bench", wishes @ ..] => bench::run(&root(), wishes),
        ["sabotage", wishes @ ..] => sabotage::run(&root(), wishes),
        ["mutants"] => mutants::run(&root()),
        ["fuzz", wishes @ ..] => fuzz::run(&root(), wishes),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(true)
        }
        _ => {
            eprintln!("cargo xtask does not know `{}`. It knows:\n{USAGE}", words.join(" "));
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("{failure:#}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the pages of `docs/` that are made from the code.
fn docs(root: &Path) -> anyhow::Result<bool> {
    std::fs::write(root.join("docs/access.md"), policy::page())?;
    std::fs::write(root.join("docs/access-lines.md"), policy::lines_page())?;
    Ok(true)
}

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}
