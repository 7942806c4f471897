//! The figures, beside what is to be reached on two cores with SQLite.

use std::fmt::Write;

use super::Measured;

#[derive(Default)]
pub struct Board {
    loads: Vec<[String; 8]>,
    figures: Vec<[String; 5]>,
    /// What was not reached, in words.
    misses: Vec<String>,
}

impl Board {
    /// Many requests; `most_cpu` is what one may cost in milliseconds.
    pub fn load(&mut self, database: &str, scene: &str, measured: &Measured, most_cpu: Option<f64>) {
        let verdict = match most_cpu {
            Some(most) => self.judge(database, scene, Goal { value: measured.cpu_ms, most, unit: "ms CPU" }),
            None => String::new(),
        };
        self.add(database, scene, measured, verdict);
    }

    /// The same where the number of requests a second is what counts.
    pub fn rate(&mut self, database: &str, scene: &str, measured: &Measured, least: Option<f64>) {
        let verdict = least.map_or_else(String::new, |least| {
            let reached = measured.per_second >= least;
            let words = if reached { "reached" } else { "not reached" };
            let verdict = format!("at least {least:.0} a second: {words}");
            if !reached {
                self.misses.push(format!("{database}: {scene}, {:.0} a second, {verdict}", measured.per_second));
            }
            verdict
        });
        self.add(database, scene, measured, verdict);
    }

    /// One number that is to be small; infinity where nothing is asked of it.
    pub fn figure(&mut self, database: &str, what: &str, value: f64, unit: &str, most: f64) {
        let verdict =
            if most.is_finite() { self.judge(database, what, Goal { value, most, unit }) } else { String::new() };
        // Seconds and ratios that are small say nothing with one decimal.
        let places = if ["s", "×"].contains(&unit) && value < 10.0 { 3 } else { 1 };
        println!("   {database}: {what} {value:.places$} {unit} {verdict}");
        self.figures.push([
            what.to_owned(),
            database.to_owned(),
            format!("{value:.places$}"),
            unit.to_owned(),
            verdict,
        ]);
    }

    /// What was not reached, in the order in which it was measured.
    pub fn misses(&self) -> &[String] {
        &self.misses
    }

    pub fn table(&self) -> String {
        let mut text = "| what | database | connections | requests/s | p50 ms | p99 ms | CPU ms per request | to reach |\n|---|---|--:|--:|--:|--:|--:|---|\n".to_owned();
        for row in &self.loads {
            let _ = writeln!(text, "| {} |", row.join(" | "));
        }
        text.push_str("\n| what | database | figure | | to reach |\n|---|---|--:|---|---|\n");
        for row in &self.figures {
            let _ = writeln!(text, "| {} |", row.join(" | "));
        }
        text
    }

    fn judge(&mut self, database: &str, what: &str, Goal { value, most, unit }: Goal) -> String {
        let reached = value <= most;
        let verdict = format!("at most {most} {unit}: {}", if reached { "reached" } else { "not reached" });
        if !reached {
            self.misses.push(format!("{database}: {what}, {value:.3} {unit}, {verdict}"));
        }
        verdict
    }

    fn add(&mut self, database: &str, scene: &str, measured: &Measured, verdict: String) {
        let Measured { connections, per_second, p50_ms, p99_ms, cpu_ms, .. } = measured;
        println!(
            "   {database}: {scene}, {connections} connections: {per_second:.0}/s, p50 {p50_ms:.2} ms, p99 {p99_ms:.2} ms, {cpu_ms:.3} ms CPU, {:.0} KB {verdict}",
            measured.kilobytes
        );
        self.loads.push([
            scene.to_owned(),
            database.to_owned(),
            connections.to_string(),
            format!("{per_second:.0}"),
            format!("{p50_ms:.2}"),
            format!("{p99_ms:.2}"),
            format!("{cpu_ms:.3}"),
            verdict,
        ]);
    }
}

/// A figure that is to be small. One that is no number at all is not reached either.
struct Goal<'a> {
    value: f64,
    most: f64,
    unit: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_reached_is_named_and_what_is_asked_of_nobody_is_not() {
        let mut board = Board::default();
        board.figure("SQLite", "quick enough", 9.0, "ms", 10.0);
        board.figure("SQLite", "asked of nobody", 9e9, "ms", f64::INFINITY);
        assert!(board.misses().is_empty());
        board.figure("SQLite", "too slow", 11.0, "ms", 10.0);
        board.figure("SQLite", "never measured", f64::NAN, "ms", 10.0);
        let misses = board.misses();
        assert_eq!(misses.len(), 2);
        assert!(misses[0].contains("too slow") && misses[0].contains("11"), "{misses:?}");
        assert!(misses[1].contains("never measured"), "{misses:?}");
    }
}
