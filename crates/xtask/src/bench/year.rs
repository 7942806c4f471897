//! The year of a demo: how long it takes to play, and what it needs at most.

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

use super::{Wish, process};
use crate::postgres::Postgres;

/// The day before the cohort after this one begins: the whole year is over.
const LAST_DAY: &str = "2027-06-25";

/// Seconds and megabytes.
pub fn play(wish: &Wish, postgres: Option<&Postgres>, duos: usize) -> Result<(f64, f64)> {
    let name = format!("year{duos}");
    let mut demo = Command::new(wish.programs.join("duology"));
    demo.args(["demo", "--no-serve", "--seed", "7", "--until", LAST_DAY, "--duos", &duos.to_string()]);
    demo.arg("--data").arg(wish.folder.join(&name));
    if let Some(postgres) = postgres {
        demo.args(["--database", &postgres.database(&name)?]);
    }
    let began = Instant::now();
    let mut playing = demo.stdin(Stdio::null()).stdout(Stdio::null()).spawn().context("the demo cannot be started")?;
    let mut peak: f64 = 0.0;
    loop {
        peak = process::peak_memory_mb(playing.id()).map_or(peak, |now| now.max(peak));
        if let Some(status) = playing.try_wait()? {
            ensure!(status.success(), "the demo did not play to the end");
            return Ok((began.elapsed().as_secs_f64(), peak));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
