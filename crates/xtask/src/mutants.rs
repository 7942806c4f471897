//! `cargo xtask mutants`: whether the tests of the crate `policy` can fail. A program from
//! crates.io changes the crate in every small way there is, and its tests must notice each.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use crate::machine;

/// The program, and the version whose mutants are known.
const PROGRAM: &str = "cargo-mutants";
const VERSION: &str = "27.1.0";

pub fn run(root: &Path) -> Result<bool> {
    let program = installed(root)?;
    let mut mutants = Command::new(program);
    // Called as Cargo calls it: the first word is the name of the command.
    mutants.current_dir(root).args([
        "mutants",
        "--package",
        "policy",
        "--test-package",
        "policy",
        "--timeout",
        "60",
        "--colors",
        "never",
    ]);
    mutants.arg("--output").arg(machine::target(root));
    Ok(mutants.status()?.success())
}

/// In the target folder, where nothing else finds it.
fn installed(root: &Path) -> Result<PathBuf> {
    let tools = machine::target(root).join("tools");
    let program = tools.join("bin").join(PROGRAM);
    if !program.is_file() {
        println!("installing {PROGRAM} {VERSION} from crates.io into {}", tools.display());
        let mut cargo = machine::cargo(root);
        cargo.args(["install", PROGRAM, "--version", VERSION, "--locked", "--root"]).arg(&tools);
        if !cargo.status()?.success() {
            bail!("{PROGRAM} could not be installed; is crates.io reachable?");
        }
    }
    Ok(program)
}
