//! The machine that was measured on, in words.

use std::{fs, process::Command};

use crate::machine;

pub fn words() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = line("/proc/cpuinfo", "model name");
    let memory: f64 = line("/proc/meminfo", "MemTotal").split(' ').next().and_then(|it| it.parse().ok()).unwrap_or(0.0);
    let system = machine::says(Command::new("uname").arg("-sr")).unwrap_or_default();
    format!("{cores} cores, {processor}, {:.0} GB of memory, {system}. {}", memory / 1e6, load_words())
}

/// What else the machine was doing.
pub fn load_words() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    format!("Load of the machine over 1, 5 and 15 minutes: {}.", load.split(' ').take(3).collect::<Vec<_>>().join(", "))
}

fn line(file: &str, name: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_once(':')).map_or_else(String::new, |(_, value)| value.trim().to_owned())
}
