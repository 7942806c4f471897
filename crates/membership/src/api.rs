//! `PUT /api/roster`: the association's membership system delivers its list, with a token
//! of the scope `roster`. `/api/openapi.json` describes it.

use std::sync::Arc;

use platform::{app::App, prelude::*, visit::Prepared};
use serde_json::{Value, json};

use crate::{
    imports::{self, Preview, Sender},
    remembered,
    rules::roster_file::MemberList,
    sheets::{self, FileRefusal},
};

/// The scope of a token that may do this.
pub const SCOPE: &str = "roster";
/// Errors that an answer names one by one.
const MOST_ERRORS: usize = 1000;
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Reads what was delivered before the unit of work.
pub fn prepare(app: &App, visit: &Visit) -> Prepared {
    let Some(delivery) = &visit.delivery else { return Prepared::default() };
    let kind = delivery.kind.split(';').next().unwrap_or_default().trim().to_lowercase();
    let read = match kind.as_str() {
        "application/json" => sheets::read_json(&delivery.body),
        "text/csv" | WORKBOOK => read_file(app, &delivery.body),
        _ => Err(FileRefusal::NotJson("say what it is with `Content-Type: application/json` or `text/csv`".to_owned())),
    };
    Prepared { worked_out: Some(Arc::new(read)), ..Prepared::default() }
}

/// Columns that somebody named on the page count here as well.
fn read_file(app: &App, bytes: &[u8]) -> Result<MemberList, FileRefusal> {
    let header = sheets::look(bytes)?.header;
    let columns = app.db.read(move |tx| remembered::columns(tx, &header)).unwrap_or_default();
    sheets::read(bytes, columns)
}

/// What a delivery asks for besides.
struct Wish {
    dry_run: bool,
    /// All lines or none.
    all: bool,
    /// The list is a part: nobody missing in it is gone.
    keep_gone: bool,
    /// Half of the roster may go at once.
    accept_gone: bool,
}

impl Wish {
    fn of(visit: &Visit) -> Self {
        let yes = |name: &str| matches!(visit.query.text(name), "true" | "1" | "yes");
        Self {
            dry_run: yes("dry_run"),
            all: visit.query.text("rows") == "all",
            keep_gone: yes("keep_gone"),
            accept_gone: yes("accept_gone"),
        }
    }
}

pub fn put(tx: &mut Tx, visit: &Visit) -> Answer {
    let delivery = visit.delivery.as_ref().ok_or(Failure::NotFound)?;
    let read = visit.prepared.worked_out.as_ref().and_then(|it| it.downcast_ref::<Result<MemberList, FileRefusal>>());
    let list = match read {
        Some(Ok(list)) => list,
        Some(Err(refusal)) => return Ok(Reply::data(status_of(refusal), &json!({ "error": refusal.to_string() }))),
        None => return Err(Failure::NotFound),
    };
    let wish = Wish::of(visit);
    imports::lock(tx)?;
    let mut shown = imports::compared(tx, list)?;
    if wish.keep_gone {
        shown.difference.gone.clear();
    }
    if let Some((status, words)) = held_back(&shown, &wish) {
        return Ok(Reply::data(status, &answer(&shown, false, &wish, Some(words))));
    }
    if !wish.dry_run {
        let sender = Sender { person: None, token: Some(delivery.token.id), file_name: delivery.token.name.clone() };
        imports::import_preview(tx, &shown, &sender)?;
    }
    Ok(Reply::data(200, &answer(&shown, !wish.dry_run, &wish, None)))
}

fn status_of(refusal: &FileRefusal) -> u16 {
    match refusal {
        FileRefusal::TooBig | FileRefusal::TooDense | FileRefusal::TooWide => 413,
        _ => 422,
    }
}

/// Why a list is not applied although it can be read.
fn held_back(shown: &Preview, wish: &Wish) -> Option<(u16, &'static str)> {
    let it = &shown.difference;
    if wish.all && !shown.faults.is_empty() {
        return Some((422, "Some rows cannot be used, and you asked for all or nothing. Nothing was changed."));
    }
    let many = it.gone.len() * 2 > it.gone.len() + it.changed.len() + it.same && it.gone.len() > 10;
    if many && !wish.accept_gone && !wish.dry_run {
        return Some((
            409,
            "More than half of the roster is not in this list. Nothing was changed. If it is the whole list, send it with accept_gone=true; if it is a part, with keep_gone=true.",
        ));
    }
    None
}

fn answer(shown: &Preview, applied: bool, wish: &Wish, error: Option<&str>) -> Value {
    let it = &shown.difference;
    let errors: Vec<Value> = shown
        .faults
        .iter()
        .take(MOST_ERRORS)
        .map(|it| json!({ "row": it.line, "column": it.column, "value": it.cell, "reason": it.words, "fix": it.fix }))
        .collect();
    let rows: Vec<u64> = it.unclear.iter().take(MOST_ERRORS).map(|it| it.row.line).collect();
    let mut answer = json!({
        "applied": applied,
        "dry_run": wish.dry_run,
        "new": it.new.len(),
        "changed": it.changed.len(),
        "gone": it.gone.len(),
        "unclear": it.unclear.len(),
        "unchanged": it.same,
        "unclear_rows": rows,
        "faulty": shown.faults.len(),
        "errors": errors,
    });
    if let Some(words) = error {
        answer["error"] = words.into();
    }
    answer
}

/// The description of what programs may ask, in OpenAPI 3.1.
pub fn description(visit: &Visit) -> Answer {
    let base = visit.config.base_url.as_str();
    let text = include_str!("api/openapi.json").replace("https://duology.example.org", base);
    let mut bytes = text.into_bytes();
    bytes.shrink_to_fit();
    Ok(Reply::show("openapi.json", "application/json", bytes))
}
