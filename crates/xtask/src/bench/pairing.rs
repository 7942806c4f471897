//! How long pairing takes, beside SciPy and the Python library `matching` on the same questions. They must come to the
//! same answers, or the bench stops.

use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use super::{Board, Wish};
use crate::{machine, oracle};

/// A question, and what is to be reached with it.
#[derive(Clone, Copy)]
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
    let mut growth: Vec<(Scene, f64)> = Vec::new();
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
        growth.push((*scene, number(&ours, "cpu")?));
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
    if !wish.quick {
        fs::write(root.join("docs/running/pairing-growth.svg"), plot(&growth))?;
    }
    Ok(())
}

/// Seconds of processor by people, both from power to power of ten: a straight line is growth by a power.
fn plot(growth: &[(Scene, f64)]) -> String {
    let x = |people: f64| 70.0 + (people.log10() - 2.5) * 200.0;
    let y = |seconds: f64| 20.0 + (1.0 - seconds.log10()) * 120.0;
    let mut svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 820 430\" font-family=\"sans-serif\" \
                   font-size=\"13\">\n<title>Seconds of processor by people</title>\n\
                   <path fill=\"#fff\" d=\"M0 0h820v430H0z\"/>\n"
        .to_string();
    let mut add = |line: String| svg.push_str(&(line + "\n"));
    let word = |x: f64, y: f64, word: &str| format!("<text x=\"{x:.0}\" y=\"{y:.0}\">{word}</text>");
    for (people, name) in [(500.0, "500"), (1e3, "1,000"), (5e3, "5,000"), (1e4, "10,000"), (5e4, "50,000")] {
        add(format!("<path stroke=\"#ddd\" d=\"M{:.0} 20V380\"/>", x(people)));
        add(word(x(people) - 18.0, 398.0, name));
    }
    for (seconds, name) in [(10.0, "10 s"), (1.0, "1 s"), (0.1, "0.1 s"), (0.01, "0.01 s")] {
        add(format!("<path stroke=\"#ddd\" d=\"M70 {:.0}H570\"/>", y(seconds)));
        add(word(20.0, y(seconds) + 4.0, name));
    }
    add(word(70.0, 420.0, "people on each side"));
    for (name, colour) in [(COMPLETE, "#a33b20"), (SPARSE, "#1f5f8b"), (STABLE, "#3a7d44")] {
        // What took less than can be measured has no point.
        let points = growth.iter().filter(|(scene, seconds)| scene.words == name && *seconds > 0.0);
        let points: Vec<_> = points.map(|(scene, seconds)| (x(scene.people as f64), y(*seconds))).collect();
        let mut line = String::new();
        for (x, y) in &points {
            let _ = write!(line, "{x:.0},{y:.0} ");
            add(format!("<circle fill=\"{colour}\" cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"3.5\"/>"));
        }
        add(format!("<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{}\"/>", line.trim()));
        if let Some((x, y)) = points.last() {
            add(word(x + 10.0, y + 4.0, name));
        }
    }
    svg + "</svg>\n"
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
