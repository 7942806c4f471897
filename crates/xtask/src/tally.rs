//! What passed, what failed, what did not run.

use std::{collections::BTreeSet, time::Instant};

use anyhow::Result;

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
    /// By name, for the end.
    pub failures: Vec<String>,
    pub skips: BTreeSet<String>,
}

/// How a step ended that is not a test itself.
pub enum End {
    Done,
    Failed(String),
    Skipped(String),
}

impl Tally {
    /// Runs one step and says before and after what it is. A step that cannot be carried out has failed.
    pub fn step(&mut self, name: &str, why: &str, step: impl FnOnce(&mut Tally) -> Result<End>) -> bool {
        println!("\n== {name}: {why}");
        let begun = Instant::now();
        let end = step(self).unwrap_or_else(|failure| End::Failed(format!("{failure:#}")));
        let seconds = begun.elapsed().as_secs_f64();
        match end {
            End::Done => {
                println!("== {name}: done in {seconds:.1} s");
                return true;
            }
            End::Failed(words) => {
                println!("== {name}: failed after {seconds:.1} s: {words}");
                self.fail(format!("{name}: {words}"));
            }
            End::Skipped(words) => {
                println!("== {name}: did not run ({seconds:.1} s): {words}");
                self.skip(format!("{name}: {words}"));
            }
        }
        false
    }

    pub fn fail(&mut self, name: String) {
        self.failed += 1;
        self.failures.push(name);
    }

    /// Each name counts once: a test may say twice that it did not run.
    pub fn skip(&mut self, name: String) {
        if self.skips.insert(name) {
            self.skipped += 1;
        }
    }

    /// Takes in a line that `cargo test` printed.
    pub fn hear_cargo(&mut self, line: &str) {
        if let Some(counts) = line.strip_prefix("test result: ") {
            self.passed += count(counts, " passed");
            self.failed += count(counts, " failed");
            self.skipped += count(counts, " ignored");
        } else if let Some(test) = line.strip_prefix("test ") {
            if let Some(name) = test.strip_suffix(" ... FAILED") {
                self.failures.push(name.to_owned());
            } else if let Some((name, reason)) = test.split_once(" ... ignored") {
                self.skips.insert(format!("{name}: ignored{reason}"));
            }
        }
    }

    /// Takes in the numbers that Playwright wrote as JSON.
    pub fn hear_playwright(&mut self, report: &str) -> bool {
        let Some((_, stats)) = report.rsplit_once("\"stats\"") else { return false };
        let (passed, failed, skipped) =
            (number(stats, "expected"), number(stats, "unexpected"), number(stats, "skipped"));
        // On a busy machine a browser can be late once. What passed at the second try
        // passed, and is told, so that somebody looks at it.
        let late = number(stats, "flaky");
        if late > 0 {
            println!("{late} browser journeys passed at the second try only, named above");
        }
        let passed = passed + late;
        self.passed += passed;
        self.failed += failed;
        self.skipped += skipped;
        if failed > 0 {
            self.failures.push(format!("{failed} browser journeys, named above"));
        }
        if skipped > 0 {
            self.skips.insert(format!("{skipped} browser journeys, named above"));
        }
        passed + failed + skipped > 0
    }

    /// Whether all is well; where a machine decides, what did not run is not well.
    pub fn is_good(&self, strict: bool) -> bool {
        self.failed == 0 && (self.skipped == 0 || !strict)
    }

    /// The last words; the last line is always of the same form.
    pub fn summary(&self, strict: bool) -> String {
        let mut lines = Vec::new();
        if !self.failures.is_empty() {
            lines.push("Failed:".to_owned());
            lines.extend(self.failures.iter().map(|name| format!("  {name}")));
        }
        if !self.skips.is_empty() {
            lines.push("Did not run:".to_owned());
            lines.extend(self.skips.iter().map(|name| format!("  {name}")));
            if strict {
                lines.push("CI is set: what did not run counts as a failure.".to_owned());
            }
        }
        lines.push(format!("{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped));
        lines.join("\n")
    }
}

/// The number before a word, as in `12 passed`.
fn count(text: &str, word: &str) -> usize {
    let before = text.split(word).next().unwrap_or_default();
    let digits = before.rsplit(|it: char| !it.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().unwrap_or(0)
}

/// The number of a field, as in `"expected": 12`.
fn number(json: &str, field: &str) -> usize {
    let after = json.split(&format!("\"{field}\":")).nth(1).unwrap_or_default().trim_start();
    let digits = after.split(|it: char| !it.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_cargo_test_are_summed() {
        let mut tally = Tally::default();
        for line in [
            "running 3 tests",
            "test rules::a_thing ... ok",
            "test rules::another ... FAILED",
            "test rules::slow ... ignored, takes an hour",
            "test result: FAILED. 10 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s",
            "test result: ok. 32 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s",
        ] {
            tally.hear_cargo(line);
        }
        assert_eq!((tally.passed, tally.failed, tally.skipped), (42, 1, 1));
        assert_eq!(tally.failures, ["rules::another"]);
        assert!(tally.skips.contains("rules::slow: ignored, takes an hour"));
    }

    #[test]
    fn the_numbers_of_playwright_are_added_and_a_second_try_that_passed_counts() {
        let mut tally = Tally { passed: 1, ..Tally::default() };
        let report = r#"{"suites": [], "stats": { "duration": 9.5, "expected": 12, "skipped": 2, "unexpected": 1, "flaky": 1 }}"#;
        assert!(tally.hear_playwright(report));
        assert_eq!((tally.passed, tally.failed, tally.skipped), (14, 1, 2));
        assert!(!Tally::default().hear_playwright("{}"));
    }

    #[test]
    fn a_skip_is_a_failure_only_where_a_machine_decides() {
        let mut tally = Tally::default();
        tally.skip("PostgreSQL: not here".to_owned());
        tally.skip("PostgreSQL: not here".to_owned());
        assert_eq!(tally.skipped, 1);
        assert!(tally.is_good(false));
        assert!(!tally.is_good(true));
    }

    #[test]
    fn a_failed_step_is_a_failure_and_named() {
        let mut tally = Tally::default();
        assert!(!tally.step("clippy", "no warnings", |_| Ok(End::Failed("2 warnings".to_owned()))));
        assert!(!tally.step("tests", "all", |_| anyhow::bail!("cargo is gone")));
        assert!(!tally.is_good(false));
        let expected = "Failed:\n  clippy: 2 warnings\n  tests: cargo is gone\n0 passed, 2 failed, 0 skipped";
        assert_eq!(tally.summary(false), expected);
    }

    #[test]
    fn the_last_line_has_always_the_same_form() {
        let tally = Tally { passed: 7, ..Tally::default() };
        assert_eq!(tally.summary(true), "7 passed, 0 failed, 0 skipped");
    }
}
