//! `duology roster import`: the association's member list from a file.

use std::path::Path;

use anyhow::{Context, Result, bail};
use membership::Preview;
use platform::{app::App, doors::Failure};

/// Shows what a list changes, and changes it unless this is a dry run.
pub fn import(app: &App, file: &Path, dry_run: bool) -> Result<()> {
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let done = if dry_run {
        app.db.read(move |tx| membership::preview_roster(tx, &bytes))
    } else {
        app.db.write(move |tx| membership::import_roster(tx, &bytes))
    };
    match done.map_err(|failure: Failure| anyhow::anyhow!("{failure}"))? {
        Ok(preview) => print(&preview, dry_run),
        Err(refusal) => bail!("{}: {refusal}", file.display()),
    }
    Ok(())
}

fn print(preview: &Preview, dry_run: bool) {
    let difference = &preview.difference;
    println!("{} lines were sound.", preview.lines);
    println!(
        "{} new, {} changed, {} gone, {} unclear.",
        difference.new.len(),
        difference.changed.len(),
        difference.gone.len(),
        difference.unclear.len()
    );
    for fault in &preview.faults {
        println!("line {}: {} {}", fault.line, fault.words, fault.fix);
    }
    println!("{}", if dry_run { "Nothing was changed: this was a dry run." } else { "The roster is up to date." });
}
