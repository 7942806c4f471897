//! The program as it is given away.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::machine;

pub fn run(root: &Path) -> Result<bool> {
    println!("building the program as it is given away (cargo build --release -p duology)");
    let built = machine::cargo(root).args(["build", "--release", "-p", "duology"]).status()?;
    if !built.success() {
        return Ok(false);
    }
    let program = machine::target(root).join("release/duology");
    let bytes = fs::metadata(&program).with_context(|| format!("{} was not built", program.display()))?.len();
    println!("{}: {:.1} MB", program.display(), bytes as f64 / 1e6);
    let sum = Command::new("sha256sum").arg(&program).output().context("sha256sum is missing (apt: coreutils)")?;
    print!("{}", String::from_utf8_lossy(&sum.stdout));
    Ok(sum.status.success())
}
