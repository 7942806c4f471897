//! Time and memory of processes, as Linux counts them.

use std::{fs, process::Command};

use anyhow::{Context, Result};

use crate::machine;

/// Seconds that these processes and all below them have used a processor.
pub fn cpu_seconds(roots: &[u32]) -> Result<f64> {
    let per_second = ticks_per_second()?;
    let ticks: u64 = family(roots).iter().filter_map(|it| stat(*it)).map(|it| it.ticks).sum();
    Ok(ticks as f64 / per_second)
}

/// What a process has in memory now, in MB.
pub fn memory_mb(process: u32) -> Result<f64> {
    line_of_status(process, "VmRSS:")
}

/// The most it ever had.
pub fn peak_memory_mb(process: u32) -> Result<f64> {
    line_of_status(process, "VmHWM:")
}

fn line_of_status(process: u32, name: &str) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with(name)).context("the process is gone")?;
    let kilobytes: f64 = line.split_whitespace().nth(1).and_then(|it| it.parse().ok()).context("no number")?;
    Ok(kilobytes * 1024.0 / 1e6)
}

fn ticks_per_second() -> Result<f64> {
    Ok(machine::says(Command::new("getconf").arg("CLK_TCK"))?.parse()?)
}

struct Stat {
    parent: u32,
    ticks: u64,
}

fn stat(process: u32) -> Option<Stat> {
    // The name stands in brackets and may hold anything, so counting begins behind it.
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |place: usize| fields.get(place).and_then(|it| it.parse::<u64>().ok());
    Some(Stat { parent: u32::try_from(number(1)?).ok()?, ticks: number(11)? + number(12)? })
}

/// These processes and all that they started.
fn family(roots: &[u32]) -> Vec<u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let all: Vec<(u32, u32)> = entries
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|process| Some((process, stat(process)?.parent)))
        .collect();
    let mut found = roots.to_vec();
    let mut next = 0;
    while let Some(parent) = found.get(next).copied() {
        found.extend(all.iter().filter(|(process, it)| *it == parent && !roots.contains(process)).map(|(it, _)| *it));
        next += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use std::process::Stdio;

    use super::*;

    #[test]
    fn work_of_a_process_and_of_its_children_is_counted() {
        let script = "i=0; while :; do i=$((i+1)); done";
        let mut child = Command::new("sh").args(["-c", script]).stdin(Stdio::null()).spawn().unwrap();
        let own = std::process::id();
        let before = cpu_seconds(&[child.id()]).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(400));
        let after = cpu_seconds(&[child.id()]).unwrap();
        let with_us = family(&[own]);
        child.kill().and_then(|()| child.wait()).unwrap();
        assert!(after > before, "{before} {after}");
        assert!(with_us.contains(&child.id()));
        assert!(memory_mb(own).unwrap() > 0.5 && peak_memory_mb(own).unwrap() >= memory_mb(own).unwrap() * 0.5);
    }
}
