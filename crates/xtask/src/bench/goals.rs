//! The figures, beside what is to be reached on two cores with SQLite.

use std::fmt::Write;

use super::Measured;

#[derive(Default)]
pub struct Board {
    loads: Vec<[String; 8]>,
    figures: Vec<[String; 5]>,
}

impl Board {
    /// Many requests; `most_cpu` is what one may cost in milliseconds.
    pub fn load(&mut self, database: &str, scene: &str, measured: &Measured, most_cpu: Option<f64>) {
        let verdict = most_cpu.map_or_else(String::new, |most| at_most(measured.cpu_ms, most, "ms CPU"));
        self.add(database, scene, measured, verdict);
    }

    /// The same where the number of requests a second is what counts.
    pub fn rate(&mut self, database: &str, scene: &str, measured: &Measured, least: Option<f64>) {
        let verdict = least.map_or_else(String::new, |least| {
            let words = if measured.per_second >= least { "reached" } else { "not reached" };
            format!("at least {least:.0} a second: {words}")
        });
        self.add(database, scene, measured, verdict);
    }

    /// One number that is to be small; infinity where nothing is asked of it.
    pub fn figure(&mut self, database: &str, what: &str, value: f64, unit: &str, most: f64) {
        let verdict = if most.is_finite() { at_most(value, most, unit) } else { String::new() };
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

fn at_most(value: f64, most: f64, unit: &str) -> String {
    let words = if value <= most { "reached" } else { "not reached" };
    format!("at most {most} {unit}: {words}")
}
