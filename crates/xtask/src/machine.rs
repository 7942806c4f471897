//! Programs of this machine: finding, installing and running them.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};

use anyhow::{Context, Result, bail};

/// Cargo itself, in the folder of the house.
pub fn cargo(root: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// Where Cargo puts what it builds.
pub fn target(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder))
}

/// The first of these programs that is on the path.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|it| it.is_file())
}

pub fn is_root() -> bool {
    says(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

/// Installs Debian packages, or says in one line what to install.
pub fn install(packages: &[&str], what_for: &str) -> Result<()> {
    let wanted = packages.join(" ");
    if !is_root() || find(&["apt-get"]).is_none() {
        bail!("{what_for}: install {wanted} (on Debian: sudo apt-get install {wanted})");
    }
    static REFRESHED: OnceLock<bool> = OnceLock::new();
    println!("   installing {wanted} with apt, {what_for}");
    REFRESHED.get_or_init(|| apt(&["update"]));
    let mut words = vec!["install", "-y", "--no-install-recommends"];
    words.extend(packages);
    if !apt(&words) {
        bail!("{what_for}: apt could not install {wanted}; install it by hand");
    }
    Ok(())
}

/// What a program says, without the space around it. An error when it fails.
pub fn says(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("{name} cannot be started"))?;
    if !output.status.success() {
        bail!("{name} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn apt(words: &[&str]) -> bool {
    let mut apt = Command::new("apt-get");
    apt.arg("-qq").args(words).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null()).stdout(Stdio::null());
    apt.status().is_ok_and(|it| it.success())
}
