//! The file that somebody takes along: `everything.json`, `index.html` to read, and papers.

use std::io::{Cursor, Write};

use jiff::tz::TimeZone;
use platform::{prelude::*, storage::StorageError};
use program::mine::{Asking, Part};
use serde_json::{Map, Value, json};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{readable, rooms};

/// What one room has of the person.
pub(crate) struct Chapter {
    pub title: &'static str,
    pub parts: Vec<Part>,
}

/// Everything of one person's own.
pub(crate) struct Archive {
    pub person: String,
    pub program: String,
    pub made_on: String,
    pub chapters: Vec<Chapter>,
}

pub(crate) fn gather(tx: &mut Tx, visit: &Visit) -> Result<Archive, Failure> {
    let asking = Asking::of(tx, visit)?;
    let mut chapters = Vec::new();
    for room in rooms() {
        let mut parts = (room.gather)(tx, &asking)?;
        parts.retain(|part| !part.is_empty());
        chapters.push(Chapter { title: room.title, parts });
    }
    let program = program::program(tx)?.map_or_else(|| "Mentoring program".to_owned(), |it| it.name);
    let made_on = asking.day(tx.now()).to_string();
    Ok(Archive { person: visit.account()?.name.clone(), program, made_on, chapters })
}

impl Archive {
    /// The whole as data.
    pub(crate) fn data(&self) -> Value {
        let entry = |entry: &program::mine::Entry| Value::Object(Map::from_iter(entry.0.iter().cloned()));
        let part = |part: &Part| {
            json!({
                "title": part.title,
                "note": part.note,
                "entries": part.entries.iter().map(entry).collect::<Vec<_>>(),
                "files": part.files.iter().map(|(name, _)| format!("files/{name}")).collect::<Vec<_>>(),
            })
        };
        let chapters = self
            .chapters
            .iter()
            .map(|it| json!({ "title": it.title, "parts": it.parts.iter().map(part).collect::<Vec<_>>() }));
        json!({
            "person": self.person,
            "program": self.program,
            "made on": self.made_on,
            "chapters": chapters.collect::<Vec<_>>(),
        })
    }

    /// The whole as one file.
    pub(crate) fn zipped(&self, now: jiff::Timestamp) -> Result<Vec<u8>, Failure> {
        let mut files = vec![
            ("index.html".to_owned(), readable::page(self).into_string().into_bytes()),
            ("everything.json".to_owned(), serde_json::to_vec_pretty(&self.data()).map_err(|it| broken(&it))?),
        ];
        for part in self.chapters.iter().flat_map(|it| &it.parts) {
            files.extend(part.files.iter().map(|(name, bytes)| (format!("files/{name}"), bytes.clone())));
        }
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(moment(now));
        for (name, bytes) in files {
            zip.start_file(name, options).map_err(|it| broken(&it))?;
            zip.write_all(&bytes).map_err(|it| broken(&it))?;
        }
        Ok(zip.finish().map_err(|it| broken(&it))?.into_inner())
    }
}

/// The moment as archives write it.
fn moment(now: jiff::Timestamp) -> DateTime {
    let at = now.to_zoned(TimeZone::UTC);
    let part = |it: i8| u8::try_from(it).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or(1980);
    let time = (part(at.hour()), part(at.minute()), part(at.second()));
    DateTime::from_date_and_time(year, part(at.month()), part(at.day()), time.0, time.1, time.2).unwrap_or_default()
}

fn broken(error: &dyn std::fmt::Display) -> Failure {
    Failure::Storage(StorageError::Other(format!("the file of somebody's own could not be made: {error}")))
}
