//! The engine against SciPy, which has never seen it.

use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

use super::*;
use crate::assignment::{Aim, Table, assign};

/// The Python that `cargo xtask test` installs SciPy for. Without it the test is noted, and in CI it fails.
fn python_or_note(test: &str) -> Option<PathBuf> {
    let target = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target"));
    let named = std::env::var_os("ORACLE_PYTHON").map(PathBuf::from);
    let python = named.unwrap_or_else(|| target.join("oracle/bin/python"));
    if python.is_file() {
        return Some(python);
    }
    assert!(
        std::env::var("CI").is_err(),
        "there is no SciPy (`cargo xtask test` installs it): {test} would be skipped"
    );
    let file = std::env::var_os("SKIPPED_TESTS").map_or_else(|| target.join("skipped.txt"), PathBuf::from);
    if let Ok(mut file) = std::fs::OpenOptions::new().create(true).append(true).open(file) {
        let _ = writeln!(file, "{test}");
    }
    None
}

struct Question {
    places: Vec<u32>,
    rows: Vec<Vec<(u32, i32)>>,
}

/// Every kind of pool: few and many, with gaps and without, ties and none, one side larger, some with several places.
fn questions() -> Vec<Question> {
    let mut dice = Dice(2026);
    let question = |at: usize, dice: &mut Dice| {
        let most = if at.is_multiple_of(25) { 160 } else { 24 };
        let (rows, columns) = (dice.below(most + 1), dice.below(most + 1));
        let (tenths_made, kind) = ([1, 3, 7, 10][dice.below(4)], dice.below(4));
        let worth: Vec<i32> = (0..rows + columns).map(|_| dice.below(10_001) as i32).collect();
        let mut points = |row: usize, column: usize| match kind {
            0 => dice.below(100_000_001) as i32,
            1 => dice.below(11) as i32 * 10_000_000,
            2 => 50_000_000,
            // Everybody wants the same few: the hardest kind.
            _ => worth[row] * worth[rows + column],
        };
        let cells: Vec<Vec<i32>> =
            (0..rows).map(|row| (0..columns).map(|column| points(row, column)).collect()).collect();
        let mut row = |cells: &Vec<i32>| {
            let made = (0..).zip(cells).filter(|_| dice.below(10) < tenths_made);
            made.map(|(column, points)| (column, *points)).collect::<Vec<_>>()
        };
        let rows = cells.iter().map(&mut row).collect();
        let several = dice.below(3) == 0;
        let places = (0..columns).map(|_| if several { dice.below(4) as u32 } else { 1 }).collect();
        Question { places, rows }
    };
    (0..500).map(|at| question(at, &mut dice)).collect()
}

fn input(question: &Question) -> Input {
    let mut input = Input { candidates: Candidates::Scored, ..Input::default() };
    for (at, row) in question.rows.iter().enumerate() {
        input.mentees.push(mentee(&format!("e{at}"), &[]));
        let points = |points: &i32| f64::from(*points) / 1e6;
        input.scores.extend(row.iter().map(|(column, it)| given(&format!("e{at}"), &format!("m{column}"), points(it))));
    }
    let mentors = question.places.iter().enumerate();
    input.mentors =
        mentors.map(|(at, places)| Mentor { capacity: *places, ..mentor(&format!("m{at}"), &[]) }).collect();
    input
}

fn value(table: &Table, places: &[u32], columns: &[Option<usize>]) -> (u64, u64) {
    let mut taken = vec![0; places.len()];
    let mut value = (0, 0);
    for (row, column) in columns.iter().enumerate().filter_map(|(row, column)| Some((row, (*column)?))) {
        taken[column] += 1;
        value = (value.0 + 1, value.1 + table.get(row, column).unwrap() as u64);
    }
    assert!(taken.iter().zip(places).all(|(taken, places)| taken <= places));
    value
}

// ALG2
#[test]
fn five_hundred_pools_come_out_as_scipy_says() {
    let Some(python) = python_or_note("five_hundred_pools_come_out_as_scipy_says") else { return };
    let questions = questions();
    let asked: Vec<serde_json::Value> = questions
        .iter()
        .map(|it| {
            let of_row = |(row, cells): (usize, &Vec<(u32, i32)>)| {
                cells.iter().map(|(column, points)| (row, *column, *points)).collect::<Vec<_>>()
            };
            let cells: Vec<_> = it.rows.iter().enumerate().flat_map(of_row).collect();
            serde_json::json!({ "rows": it.rows.len(), "places": it.places, "cells": cells })
        })
        .collect();
    let mut oracle = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/oracle/answers.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = oracle.stdin.take().unwrap();
    // Written from aside, so that neither waits for the other.
    let writer = std::thread::spawn(move || stdin.write_all(serde_json::json!(asked).to_string().as_bytes()));
    let output = oracle.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "the oracle stopped");
    let answers: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers.len(), questions.len());

    for (at, (question, answer)) in questions.iter().zip(&answers).enumerate() {
        let number = |value: &serde_json::Value| value.as_u64().unwrap();
        let lexicographic = (number(&answer["lexicographic"][0]), number(&answer["lexicographic"][1]));
        assert_eq!(lexicographic.0, number(&answer["most"]), "SciPy agrees with itself on pool {at}");
        let sparse = Table::sparse(question.rows.clone());
        let mut cells = vec![Table::NEVER; question.rows.len() * question.places.len()];
        for (row, column, points) in
            question.rows.iter().enumerate().flat_map(|(row, cells)| cells.iter().map(move |it| (row, it.0, it.1)))
        {
            cells[row * question.places.len() + column as usize] = points;
        }
        let dense = Table::Dense { columns: question.places.len(), points: cells };
        let nobody_first = vec![false; question.rows.len()];
        for table in [&sparse, &dense] {
            let found = |aim| value(&sparse, &question.places, &assign(table, &question.places, &nobody_first, aim));
            assert_eq!(found(Aim::MostPairs), lexicographic, "pool {at}");
            assert_eq!(found(Aim::BestTotal).1, number(&answer["best"]), "pool {at}");
        }
        let made = plan(&input(question), Objective::MostPairs, at as u64).unwrap();
        assert_eq!((made.pairs.len() as u64, made.total.micro()), lexicographic, "pool {at}");
        let made = plan(&input(question), Objective::BestTotal, at as u64).unwrap();
        assert_eq!(made.total.micro(), number(&answer["best"]), "pool {at}");
    }
}
