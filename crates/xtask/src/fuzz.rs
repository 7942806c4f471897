//! `cargo xtask fuzz`: libFuzzer tries what we read from outside, each target for a while. F-23

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, bail};

use crate::machine;

const TARGETS: [&str; 3] = ["pairing_file", "form_definition", "search_query"];
const SECONDS: u64 = 300;

/// Runs every target, or the one that is named, for as many seconds as are named.
pub fn run(root: &Path, words: &[&str]) -> Result<bool> {
    let seconds = words.iter().find_map(|it| it.parse().ok()).unwrap_or(SECONDS);
    let named: Vec<&str> = words.iter().copied().filter(|it| it.parse::<u64>().is_err()).collect();
    if let Some(unknown) = named.iter().find(|it| !TARGETS.contains(it)) {
        bail!("cargo xtask fuzz knows {}, not `{unknown}`", TARGETS.join(", "));
    }
    let tools = machine::target(root).join("fuzz");
    let fuzzer = tools.join("bin/cargo-fuzz");
    if !fuzzer.is_file() {
        machine::says(
            machine::cargo(root).args(["install", "--quiet", "cargo-fuzz", "--locked", "--root"]).arg(&tools),
        )?;
    }
    let mut good = true;
    for target in TARGETS.iter().filter(|it| named.is_empty() || named.contains(it)) {
        let seeds = tools.join("seeds").join(target);
        fs::create_dir_all(&seeds).with_context(|| format!("{} cannot be made", seeds.display()))?;
        println!("   {target}, {seconds} s");
        // No memory is handled by hand anywhere, so that no sanitizer, and no other compiler,
        // is needed.
        let mut fuzz = Command::new(&fuzzer);
        fuzz.args(["fuzz", "run", "--sanitizer", "none", "--fuzz-dir"]).arg(root.join("fuzz")).arg(target).arg(&seeds);
        fuzz.args(["--", "-timeout=5", "-rss_limit_mb=2048", "-max_len=65536", "-print_final_stats=1"]);
        fuzz.arg(format!("-max_total_time={seconds}")).env("FUZZ_SEEDS", &seeds).current_dir(root);
        good &= fuzz.env("CARGO_TARGET_DIR", tools.join("target")).status()?.success();
    }
    Ok(good)
}
