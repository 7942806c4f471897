//! How long pairing takes, beside SciPy and the Python library `matching` on the same questions. They must come to the
//! same answers, or the bench stops.

use std::{
    collections::BTreeMap,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use super::{Board, Wish};
use crate::{machine, oracle};

/// A question, and what is to be reached with it.
struct Scene {
    name: &'static str,
    people: usize,
    words: &'static str,
    most_seconds: f64,
    most_memory: f64,
    /// Whether somebody else answers too. `matching` copies its people for minutes where there are many.
    has_peer: bool,
}

const ANY: f64 = f64::INFINITY;

const fn scene(name: &'static str, people: usize, words: &'static str, has_peer: bool) -> Scene {
    Scene { name, people, words, most_seconds: ANY, most_memory: ANY, has_peer }
}

const RANDOM: &str = "random scores, assignment alone";
const COMPLETE: &str = "people, everybody with everybody";
const SPARSE: &str = "people, 100 acceptable each";
const STABLE: &str = "lists of 10, stable";

const SCENES: [Scene; 16] = [
    scene("random", 500, RANDOM, true),
    scene("random", 5_000, RANDOM, true),
    Scene { most_seconds: 0.1, ..scene("complete", 500, COMPLETE, true) },
    scene("complete", 1_000, COMPLETE, true),
    scene("complete", 2_000, COMPLETE, true),
    scene("complete", 5_000, COMPLETE, true),
    scene("sparse", 1_000, SPARSE, true),
    Scene { most_seconds: 2.0, most_memory: 500.0, ..scene("sparse", 5_000, SPARSE, true) },
    scene("sparse", 10_000, SPARSE, true),
    scene("sparse", 20_000, SPARSE, false),
    scene("sparse", 50_000, SPARSE, false),
    scene("stable", 1_000, STABLE, true),
    scene("stable", 5_000, STABLE, false),
    scene("stable", 10_000, STABLE, false),
    scene("stable", 20_000, STABLE, false),
    Scene { most_seconds: 0.3, ..scene("stable", 50_000, STABLE, false) },
];

pub fn measure(root: &Path, wish: &Wish, board: &mut Board) -> Result<()> {
    let mut cargo = machine::cargo(root);
    cargo.args(["build", "-p", "pairing", "--example", "measure", "--profile", &wish.profile]);
    ensure!(cargo.status()?.success(), "the measure cannot be built");
    let measure = machine::target(root).join(&wish.profile).join("examples/measure");
    let python = oracle::ensure_installed(root)?;
    for scene in SCENES.iter().filter(|scene| !wish.quick || scene.people <= 1_000) {
        let people = scene.people.to_string();
        let ask = |mut command: Command| {
            command.args([scene.name, &people]).arg(&wish.folder);
            answer(command)
        };
        let what = format!("{} × {} {}", scene.people, scene.people, scene.words);
        let ours = ask(Command::new(&measure))?;
        board.figure("pairing", &what, number(&ours, "seconds")?, "s", scene.most_seconds);
        board.figure("pairing", "… processor", number(&ours, "cpu")?, "s", ANY);
        if let Ok(alone) = number(&ours, "alone") {
            board.figure("pairing", "… the assignment alone", alone, "s", ANY);
        }
        board.figure(
            "pairing",
            "… peak memory, the people included",
            number(&ours, "memory")?,
            "MB",
            scene.most_memory,
        );
        if scene.has_peer {
            let mut peer = Command::new(&python);
            peer.arg(root.join("crates/pairing/oracle/speed.py"));
            compare(scene, &ours, &ask(peer)?, board)?;
        }
    }
    Ok(())
}

fn compare(scene: &Scene, ours: &Figures, theirs: &Figures, board: &mut Board) -> Result<()> {
    let peer = if scene.name == "stable" { "matching" } else { "SciPy" };
    for key in ["pairs", "total", "sum"] {
        let both = ours.get(key).zip(theirs.get(key));
        ensure!(both.is_none_or(|(a, b)| a == b), "{peer} and pairing come to different {key}: {both:?}");
    }
    // Where everybody may be paired with everybody, the whole plan is to take no longer than SciPy's assignment.
    let (own, other) = (number(ours, "seconds")?, number(theirs, "seconds")?);
    board.figure(peer, "… the same, without scores and words", other, "s", ANY);
    if let Ok(making) = number(theirs, "making") {
        board.figure(peer, "… making the people ready", making, "s", ANY);
    }
    board.figure(peer, "… processor", number(theirs, "cpu")?, "s", ANY);
    board.figure(peer, "… peak memory", number(theirs, "memory")?, "MB", ANY);
    let most = if scene.people == 5_000 && scene.name != "sparse" { 1.0 } else { ANY };
    board.figure("pairing", &format!("… of the time of {peer}"), own / other, "×", most);
    Ok(())
}

type Figures = BTreeMap<String, String>;

fn answer(mut command: Command) -> Result<Figures> {
    let said = machine::says(command.stdin(Stdio::null()))?;
    Ok(said.lines().filter_map(|line| line.split_once(' ')).map(|(a, b)| (a.to_owned(), b.to_owned())).collect())
}

fn number(figures: &Figures, key: &str) -> Result<f64> {
    figures.get(key).and_then(|it| it.parse().ok()).with_context(|| format!("no {key} was told"))
}
