//! Certificate and service letter as PDF, from the preset's texts. The same certificate
//! gives the same bytes, whenever it is opened.

use platform::{prelude::*, storage::StorageError};
use print::{Block, Document};
use program::{calendar, long_day, preset};

use crate::{certificates::Certificate, rules};

/// What both papers say of a certificate.
pub struct Words {
    org: String,
    program: String,
    start: String,
    end: String,
    hours: String,
    issued: jiff::civil::Date,
    check: String,
}

pub fn words(tx: &mut Tx, certificate: &Certificate) -> Result<Words, Failure> {
    let program = program::the_program(tx)?;
    let cohort = program::the_cohort(tx, certificate.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    Ok(Words {
        org: program.association,
        program: program.name,
        start: long_day(calendar.day("orientation")),
        end: long_day(calendar.day("session_ends")),
        hours: rules::hours(certificate.minutes).map(|it| it.to_string()).unwrap_or_default(),
        issued: calendar.today(certificate.issued_at),
        check: tx.url("/certificates/check"),
    })
}

pub fn certificate(certificate: &Certificate, words: &Words) -> Result<Vec<u8>, Failure> {
    // The signature and the code have places of their own on the page.
    let text = text("texts/certificate.txt")?;
    let text: Vec<&str> =
        text.lines().filter(|it| !it.contains("{{chair_name}}") && !it.contains("{{code}}")).collect();
    let mut lines = lines(&text.join("\n"), certificate, words).into_iter();
    let title = lines.next().unwrap_or_default();
    let day = words.issued;
    let paper = print::Certificate {
        title,
        language: "en".to_owned(),
        org: words.org.clone(),
        name: certificate.name.clone(),
        lines: lines.collect(),
        issued: long_day(day),
        date: (day.year(), day.month(), day.day()),
        signatures: vec![format!("{}\nfor the mentoring committee", certificate.signed_by)],
        check: format!("Anyone can check this certificate at {}", words.check),
        code: certificate.code.clone(),
    };
    print::certificate(&paper).map_err(|it| failure(&it))
}

pub fn service_letter(certificate: &Certificate, words: &Words) -> Result<Vec<u8>, Failure> {
    let mut lines = lines(text("texts/service-letter.txt")?, certificate, words).into_iter();
    let title = lines.next().unwrap_or_default();
    let day = words.issued;
    let document = Document {
        title,
        language: "en".to_owned(),
        author: words.org.clone(),
        date: (day.year(), day.month(), day.day()),
        footer: format!("{}, {}", words.program, words.org),
        blocks: lines.map(Block::Para).collect(),
    };
    print::pdf(&document).map_err(|it| failure(&it))
}

fn text(file: &str) -> Result<&'static str, Failure> {
    preset::file(file).ok_or_else(|| StorageError::Other(format!("the preset has no {file}")).into())
}

fn lines(text: &str, certificate: &Certificate, words: &Words) -> Vec<String> {
    let date = long_day(words.issued);
    rules::filled(
        text,
        &[
            ("name", &certificate.name),
            ("role", &certificate.role),
            ("program", &words.program),
            ("org", &words.org),
            ("start", &words.start),
            ("end", &words.end),
            ("hours", &words.hours),
            ("chair_name", &certificate.signed_by),
            ("code", &certificate.code),
            ("date", &date),
        ],
    )
}

fn failure(refusal: &print::Failure) -> Failure {
    StorageError::Other(format!("a certificate cannot be printed: {refusal}")).into()
}
