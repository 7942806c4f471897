//! `/roster/imports/{id}`: what a list would change, and applying exactly that, or undoing it.

use platform::prelude::*;
use shell::{Faults, Tone, error_summary, figures, note, page_head, readers_line};

use crate::{
    difference_parts as parts,
    imports::{self, ApplyRefusal, Decision, Import},
    keepers, staged, undo,
};

const TITLE: &str = "What this list would change";

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let import = match keepers::list_to_apply(tx, visit)? {
        Ok(import) => import,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if !import.is_compared() {
        return Ok(Reply::go(format!("/roster/imports/{}/columns", import.id)));
    }
    let body = markup(tx, visit, &import, &Faults::new())?;
    Ok(Reply::wide(TITLE, body))
}

/// Applies what was shown: everything, or the sound lines alone where that was chosen.
pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let import = match keepers::list_in_hand(tx, visit)? {
        Ok(import) => import,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if import.faulty > 0 && !import.is_applied() && visit.form.text("how") != "sound" {
        let words = "Some lines cannot be used. Apply the sound lines only, or put the file right and choose it again; until then nothing changes.";
        let body = markup(tx, visit, &import, &Faults::general(words))?;
        return Err(crate::wide(Failure::refused(TITLE, body)));
    }
    let decide = |line: u64| match visit.form.text(&format!("line-{line}")) {
        "same" => Decision::Same,
        "other" => Decision::Other,
        _ => Decision::Leave,
    };
    let keep_gone = visit.form.ticked("keep_gone");
    match imports::apply(tx, import.id, &decide, keep_gone, Some(visit.person()?))? {
        Ok(done) => {
            let words = format!("Applied: {} new, {} changed, {} gone.", done.added, done.changed, done.gone);
            Ok(Reply::go("/roster").saying(words))
        }
        Err(ApplyRefusal::AppliedAlready) => {
            Ok(Reply::go("/roster").saying("This list has been applied already; nothing changed twice."))
        }
        Err(refusal) => {
            let body = markup(tx, visit, &import, &Faults::general(refusal.to_string()))?;
            Err(crate::wide(Failure::overtaken(TITLE, body)))
        }
    }
}

/// Makes the roster what it was before this list.
pub fn undo(tx: &mut Tx, visit: &Visit) -> Answer {
    let import = match keepers::list_in_hand(tx, visit)? {
        Ok(import) => import,
        Err(elsewhere) => return Ok(elsewhere),
    };
    match undo::undo(tx, import.id, visit.person()?)? {
        Ok(()) => Ok(Reply::go("/roster").saying("Undone. The roster is as it was before this list.")),
        Err(refusal) => {
            let body = html! {
                (page_head("This list was not undone", &refusal.to_string()))
                (shell::actions(shell::link_button("/roster", "Back to the roster")))
            };
            Err(Failure::overtaken("This list was not undone", body))
        }
    }
}

fn markup(tx: &mut Tx, visit: &Visit, import: &Import, faults: &Faults) -> Result<Markup, Failure> {
    let count = |length: i64| length.to_string();
    let same = i64::try_from(import.plan().same).unwrap_or_default();
    let many_gone = import.gone * 2 > import.gone + import.changed + same && import.gone > 10;
    let sections = sections(tx, visit, import)?;
    let nothing = import.added + import.changed + import.gone + import.unclear == 0;
    let path = format!("/roster/imports/{}", import.id);
    Ok(html! {
        (shell::breadcrumbs(&[("/roster", "Roster"), ("/roster/import", "Import")], TITLE))
        (error_summary(faults))
        (page_head(TITLE, &format!("{}: nothing has changed yet.", import.file_name)))
        (figures(&[
            (&count(import.added), "new"), (&count(import.changed), "changed"), (&count(import.gone), "gone"),
            (&count(import.unclear), "unclear"), (&count(import.faulty), "faulty lines"), (&count(same), "unchanged"),
        ]))
        @if many_gone { (note(Tone::Warn, html! { p { "More than half of the roster is not in this file. Is it the whole list?" } })) }
        @if nothing && import.faulty == 0 { (note(Tone::Good, html! { p { "The roster is already as this list has it." } })) }
        (shell::form(&path, html! { (sections) (buttons(visit, import, nothing)) }))
        (readers_line(&policy::who_can_read_as(policy::Record::MembershipRoster, &visit.subject)))
    })
}

fn sections(tx: &mut Tx, visit: &Visit, import: &Import) -> Result<Markup, Failure> {
    let (id, most, whole) = (import.id, parts::SHOWN, keepers::reads_lines(visit));
    Ok(html! {
        (parts::faulty(&staged::faulty(tx, id, most)?, import))
        (parts::unclear(&staged::unclear(tx, id, most)?, import.unclear, whole))
        (parts::new(&staged::new(tx, id, most)?, import.added))
        (parts::changed(&staged::changed(tx, id, most)?, import.changed, whole))
        (parts::gone(&if whole { staged::gone(tx, id, most)? } else { Vec::new() }, import.gone, whole))
    })
}

fn buttons(visit: &Visit, import: &Import, nothing: bool) -> Markup {
    let path = format!("/roster/imports/{}", import.id);
    html! {
        @if import.faulty > 0 {
            p { "All or nothing: put the faulty lines right and choose the file again. Or take over the others now; a list that was applied can be undone as a whole, for " (undo::DAYS) " days and until the next one is applied." }
        }
        (shell::actions(html! {
            @if !nothing && import.faulty == 0 { (shell::button("Apply")) }
            @if !nothing && import.faulty > 0 {
                button.button type="submit" name="how" value="sound" { "Apply the sound lines only" }
            }
            (shell::link_quiet("/roster/import", "Choose another file"))
            @if !import.plan().looked.header.is_empty() { (shell::link_quiet(&format!("{path}/columns"), "Look at the columns again")) }
            @if !nothing && keepers::reads_lines(visit) { (shell::link_quiet(&format!("{path}/difference.csv"), "Download all of it")) }
        }))
    }
}
