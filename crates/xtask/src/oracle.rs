//! SciPy and `matching`, which pairing is compared with: in a folder of their own below `target/`, in the versions
//! that `crates/pairing/oracle/requirements.txt` names.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::machine;

/// The Python that knows them; installs them where they are missing.
pub fn ensure_installed(root: &Path) -> Result<PathBuf> {
    let folder = machine::target(root).join("oracle");
    let python = folder.join("bin/python");
    let wanted = root.join("crates/pairing/oracle/requirements.txt");
    let (installed, versions) = (folder.join("installed.txt"), fs::read_to_string(&wanted)?);
    if python.is_file() && fs::read_to_string(&installed).is_ok_and(|it| it == versions) {
        return Ok(python);
    }
    if machine::find(&["python3"]).is_none() {
        machine::install(&["python3"], "for what pairing is compared with")?;
    }
    println!("   installing SciPy and matching with pip, which pairing is compared with");
    let make = || machine::says(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder));
    // Debian keeps the part of Python that makes such folders in a package of its own.
    if make().is_err() {
        machine::install(&["python3-venv"], "for what pairing is compared with")?;
        make()?;
    }
    let mut pip = Command::new(&python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        "--only-binary",
        ":all:",
    ]);
    machine::says(pip.arg("-r").arg(&wanted)).context("pip could not install SciPy and matching")?;
    fs::write(&installed, versions)?;
    Ok(python)
}
