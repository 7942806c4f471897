//! `cargo xtask tidy`: the rules of the house that the compiler does not know.
//! They also run as a test, so `cargo test` is the whole gate.
//!
//! | rule | where |
//! |---|---|
//! | how a text reads: length, words, paths, first lines, routes, rules | `tidy/texts.rs` |
//! | which room calls which, and whose table is whose | `tidy/rooms.rs` |
//! | what is sealed opens for a proof alone | `tidy/sealed.rs` |
//! | so does what is confidential and in clear | `tidy/confidential.rs` |
//! | the functions of a Rust file | `tidy/functions.rs` |
//! | which tests a page leads to | `tidy/proofs.rs` |
//! | the strings of a Rust file | `tidy/strings.rs` |

mod confidential;
mod functions;
mod proofs;
mod rooms;
mod sealed;
mod strings;
mod texts;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::machine;

pub fn run(root: &Path) -> Result<bool> {
    let faults = faults(root)?;
    for fault in &faults {
        println!("{fault}");
    }
    println!("{}", if faults.is_empty() { "the house is tidy".to_owned() } else { format!("{} faults", faults.len()) });
    Ok(faults.is_empty())
}

/// Everything that is untidy, in words that say what to do.
pub fn faults(root: &Path) -> Result<Vec<String>> {
    let files = files(root)?;
    let owners = rooms::owners(&files);
    let mut faults = rooms::misnamed_migrations(&files);
    faults.extend(proofs::faults(&files));
    for file in &files {
        let own = texts::faults(file).into_iter().chain(rooms::faults(file, &owners));
        let own = own.chain(sealed::faults(file)).chain(confidential::faults(file));
        faults.extend(own.map(|words| format!("{}: {words}", file.name)));
    }
    Ok(faults)
}

/// A text file of the repository; its name begins at the root.
pub struct File {
    pub name: String,
    pub text: String,
}

impl File {
    /// The crate it belongs to.
    pub fn room(&self) -> Option<&str> {
        self.name.strip_prefix("crates/")?.split_once('/').map(|(room, _)| room)
    }

    pub fn is(&self, kinds: &[&str]) -> bool {
        self.name.rsplit_once('.').is_some_and(|(_, kind)| kinds.contains(&kind))
    }
}

/// The text files that are kept in the repository, or will be.
fn files(root: &Path) -> Result<Vec<File>> {
    let read = |name: String| {
        // What was removed but not yet committed is no longer there; what is no text has no lines.
        let text = fs::read_to_string(root.join(&name)).ok()?;
        (!text.contains('\0')).then_some(File { name, text })
    };
    Ok(names(root)?.into_iter().filter_map(read).collect())
}

/// The files that are kept in the repository, or will be. Where there is no repository (in
/// an unpacked archive), all of them.
pub fn names(root: &Path) -> Result<Vec<String>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let mut names = match machine::says(&mut git) {
        Ok(said) => said.split('\0').filter(|it| !it.is_empty()).map(str::to_owned).collect(),
        Err(_) => walk(root, root)?,
    };
    names.sort();
    Ok(names)
}

fn walk(root: &Path, folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path: PathBuf = entry?.path();
        let name = path.strip_prefix(root)?.to_string_lossy().into_owned();
        let built = ["target", "node_modules", "test-results"].iter().any(|it| path.ends_with(it));
        if path.is_dir() && !built {
            names.extend(walk(root, &path)?);
        } else if path.is_file() {
            names.push(name);
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_tidy() {
        let root = crate::root();
        assert_eq!(faults(&root).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn without_a_repository_every_file_is_read() {
        let root = crate::root();
        let names = walk(&root.join("crates/xtask"), &root.join("crates/xtask")).unwrap();
        assert!(names.contains(&"src/tidy/texts.rs".to_owned()), "{names:?}");
    }
}
