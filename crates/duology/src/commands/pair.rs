//! `duology pair`: the engine `pairing` on a file; needs no database.

use std::path::Path;

use anyhow::{Context, Result, bail};
use pairing::Objective;

pub fn run(file: &Path, objective: &str, out: &Path) -> Result<()> {
    let objective = match objective {
        "most-pairs" => Objective::MostPairs,
        "best-total" => Objective::BestTotal,
        "stable" => Objective::Stable,
        other => bail!("`{other}` is not an objective; choose most-pairs, best-total or stable"),
    };
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let plan =
        pairing::run_json(&text, objective).map_err(|refusal| anyhow::anyhow!("{}: {refusal}", file.display()))?;
    std::fs::write(out, plan).with_context(|| format!("{} cannot be written", out.display()))
}
