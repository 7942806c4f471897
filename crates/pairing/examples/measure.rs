//! How long a plan takes, for `cargo xtask bench --only pairing`.
//!
//! `measure <scene> <people> <folder>` makes people, pairs them, prints figures and leaves the same question in the
//! folder for others to answer. Nothing but the pairing itself is timed: no reading, no writing, no making of people.

use std::{fmt::Write, fs, path::Path, time::Instant};

use pairing::{
    Candidates, GivenScore, Input, Lists, Mentee, Mentor, Objective, Plan,
    assignment::{Aim, Table, assign},
    plan, table,
};

const SEED: u64 = 7;
const ALTERNATIVES: usize = 100;
const LISTED: usize = 10;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [scene, people, folder] = words.as_slice() else { panic!("measure <scene> <people> <folder>") };
    let (people, folder) = (people.parse().expect("a number of people"), Path::new(folder));
    let mut dice = Dice(0x5eed);
    match scene.as_str() {
        "random" => random(people, folder, &mut dice),
        "complete" => planned(&complete(people, &mut dice), Objective::MostPairs, folder),
        "sparse" => planned(&sparse(people, &mut dice), Objective::MostPairs, folder),
        "stable" => {
            let input = listed(people, &mut dice);
            planned(&input, Objective::Stable, folder);
            write_lists(&input, folder);
        }
        other => panic!("`{other}` is no scene"),
    }
}

/// The whole plan with all its words, then the assignment alone, on the table the plan was made from.
fn planned(input: &Input, objective: Objective, folder: &Path) {
    let (began, cpu) = (Instant::now(), cpu_seconds());
    let plan = plan(input, objective, SEED).expect("a plan");
    println!("seconds {}\ncpu {}", began.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    println!("memory {}", peak_memory_mb());
    println!("pairs {}\ntotal {}\nsum {}", plan.pairs.len(), plan.total.micro(), sum(&plan));
    if objective == Objective::MostPairs {
        let table = table(input, objective, SEED).expect("a table");
        let none_first = vec![false; input.mentees.len()];
        let began = Instant::now();
        assign(&table, &vec![1; input.mentors.len()], &none_first, Aim::MostPairs);
        println!("alone {}", began.elapsed().as_secs_f64());
        write_table(&table, folder);
    }
}

/// Numbers without people.
fn random(people: usize, folder: &Path, dice: &mut Dice) {
    let points = (0..people * people).map(|_| dice.below(100_000_000) as i32 + 1).collect();
    let table = Table::Dense { columns: people, points };
    let (began, cpu) = (Instant::now(), cpu_seconds());
    let columns = assign(&table, &vec![1; people], &vec![false; people], Aim::MostPairs);
    let (seconds, cpu) = (began.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let total: i64 = columns.iter().enumerate().filter_map(|(row, it)| table.get(row, (*it)?)).map(i64::from).sum();
    println!("seconds {seconds}\ncpu {cpu}\nalone {seconds}\nmemory {}", peak_memory_mb());
    println!("pairs {}\ntotal {total}", columns.iter().flatten().count());
    write_table(&table, folder);
}

/// People who have answered everything, and everybody may be paired with everybody.
fn complete(people: usize, dice: &mut Dice) -> Input {
    let mut input = Input::default();
    for at in 0..people {
        input.mentees.push(mentee(at, dice));
        input.mentors.push(mentor(at, dice));
    }
    input
}

/// The same people, and the committee scored a hundred mentors for each mentee.
fn sparse(people: usize, dice: &mut Dice) -> Input {
    let mut input = Input { candidates: Candidates::Scored, ..complete(people, dice) };
    for at in 0..people {
        // One of them is a mentor of his own, so that everybody can be paired and SciPy can answer too.
        let mut mentors = vec![at];
        while mentors.len() < ALTERNATIVES.min(people) {
            let mentor = dice.below(people);
            if !mentors.contains(&mentor) {
                mentors.push(mentor);
            }
        }
        input.scores.extend(mentors.into_iter().map(|mentor| GivenScore {
            mentee: format!("e{at}"),
            mentor: format!("m{mentor}"),
            points: (dice.below(100_000_000) + 1) as f64 / 1e6,
        }));
    }
    input
}

/// The same people, each mentee with ten mentors on the list; mentors rank those who ranked them.
fn listed(people: usize, dice: &mut Dice) -> Input {
    let mut input = Input { lists: Lists::Bind, ..complete(people, dice) };
    let mut ranked_by: Vec<Vec<usize>> = vec![Vec::new(); people];
    for at in 0..people {
        let mut list: Vec<usize> = Vec::new();
        while list.len() < LISTED.min(people) {
            let mentor = dice.below(people);
            if !list.contains(&mentor) {
                list.push(mentor);
                ranked_by[mentor].push(at);
            }
        }
        input.mentees[at].ranked = list.iter().map(|mentor| format!("m{mentor}")).collect();
    }
    for (at, mut list) in ranked_by.into_iter().enumerate() {
        for place in (1..list.len()).rev() {
            list.swap(place, dice.below(place + 1));
        }
        input.mentors[at].ranked = list.iter().map(|mentee| format!("e{mentee}")).collect();
        // Whom nobody ranked has no list, and nobody to take.
        input.mentors[at].capacity = u32::from(!list.is_empty());
    }
    input
}

fn mentee(at: usize, dice: &mut Dice) -> Mentee {
    Mentee {
        id: format!("e{at}"),
        name: format!("Mentee {at}"),
        goals: dice.some("topic", 30, 4),
        kinds_wanted: dice.some("kind", 8, 2),
        style: std::array::from_fn(|_| Some(dice.below(5) as u8 + 1)),
        channels: dice.some("channel", 5, 2),
        meetings_a_month: Some(dice.below(2) as u8 + 1),
        hours: (0..8).map(|_| dice.below(168) as u8).collect(),
        place: vec!["US".to_string(), format!("state {}", dice.below(50))],
        ..Mentee::default()
    }
}

fn mentor(at: usize, dice: &mut Dice) -> Mentor {
    Mentor {
        id: format!("m{at}"),
        name: format!("Mentor {at}"),
        strong_topics: dice.some("topic", 30, 2),
        topics: dice.some("topic", 30, 6),
        kinds_had: dice.some("kind", 8, 2),
        style: std::array::from_fn(|_| Some(dice.below(5) as u8 + 1)),
        channels: dice.some("channel", 5, 3),
        meetings_a_month: Some(dice.below(2) as u8 + 1),
        hours: (0..8).map(|_| dice.below(168) as u8).collect(),
        place: vec!["US".to_string(), format!("state {}", dice.below(50))],
        cohorts_before: Some(dice.below(4) as u8),
        ..Mentor::default()
    }
}

fn write_table(table: &Table, folder: &Path) {
    let write = |name: &str, bytes: Vec<u8>| fs::write(folder.join(name), bytes).expect("the folder takes files");
    let small = |numbers: &[i32]| numbers.iter().flat_map(|it| it.to_le_bytes()).collect();
    match table {
        Table::Dense { points, .. } => write("points", small(points)),
        Table::Sparse { starts, columns, points } => {
            write("starts", starts.iter().flat_map(|it| (*it as u64).to_le_bytes()).collect());
            write("columns", columns.iter().flat_map(|it| it.to_le_bytes()).collect());
            write("points", small(points));
        }
    }
}

fn write_lists(input: &Input, folder: &Path) {
    let mut text = String::new();
    for (id, list) in input.mentees.iter().map(|it| (&it.id, &it.ranked)) {
        let _ = writeln!(text, "{id} {}", list.join(" "));
    }
    for (id, list) in input.mentors.iter().map(|it| (&it.id, &it.ranked)).filter(|(_, list)| !list.is_empty()) {
        let _ = writeln!(text, "{id} {}", list.join(" "));
    }
    fs::write(folder.join("lists"), text).expect("the folder takes files");
}

/// Tells two plans apart without writing them down.
fn sum(plan: &Plan) -> u64 {
    let number = |id: &str| id[1..].parse::<u64>().unwrap_or_default();
    plan.pairs.iter().map(|pair| (number(&pair.mentee) + 1) * (number(&pair.mentor) + 1)).sum()
}

/// What this process has used of processors, in Linux's hundredths of a second.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name stands in brackets and may hold anything, so counting begins behind it.
    let fields = stat.rsplit_once(')').map(|(_, rest)| rest.split_whitespace().collect::<Vec<_>>()).unwrap_or_default();
    fields.iter().skip(11).take(2).filter_map(|it| it.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The most this process ever had, as Linux counts it.
fn peak_memory_mb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|it| it.parse::<f64>().ok()).unwrap_or_default() * 1024.0 / 1e6
}

/// Numbers that are the same in every run (xorshift, 64 bits).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % most
    }

    fn some(&mut self, word: &str, kinds: usize, many: usize) -> Vec<String> {
        (0..many).map(|_| format!("{word} {}", self.below(kinds))).collect()
    }
}
