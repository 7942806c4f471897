//! `/cohorts/{cohort}/matching/import`: pairs that the committee decided elsewhere, from a
//! file. ALG1.

use membership::{SheetRefusal, Stake};
use platform::{identity, prelude::*};
use policy::Role;
use program::{Cohort, calendar, short_day};
use shell::{Column, Faults, Input, Style, Tone};

use super::{
    APART, board_path, count, open_cohort,
    pair_imports::{self, Import, Plan},
    question, way,
};
use crate::{
    access,
    inputs::Pool,
    rules::{self, Known, LineFault, Named, People},
    who,
};

const TITLE: &str = "Pairs decided elsewhere";
/// More pairs than any cohort has.
const MOST_LINES: usize = 20_000;

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    Ok(Reply::page(TITLE, choose(tx, &cohort, &Faults::new())?))
}

/// Reads the file and shows what it says. Nothing changes yet.
pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    let read = match visit.form.file("file") {
        None => Err("Choose the file with the pairs. An empty file cannot be read.".to_owned()),
        Some(file) => match membership::lines_of_sheet(&file.bytes, MOST_LINES) {
            Ok(lines) => read(tx, &cohort, &lines)?.map(|plan| (file.name.clone(), plan)),
            Err(refusal) => Err(sentence(&refusal)),
        },
    };
    match read {
        Ok((name, plan)) => {
            let id = pair_imports::keep(tx, cohort.id, visit.person()?, &name, &plan)?;
            Ok(Reply::go(format!("{}/imports/{id}", board_path(cohort.id))))
        }
        Err(words) => {
            let mut faults = Faults::new();
            faults.add("file", words);
            Err(Failure::refused(TITLE, choose(tx, &cohort, &faults)?))
        }
    }
}

/// The sentences of the roster speak of members; these speak of pairs.
fn sentence(refusal: &SheetRefusal) -> String {
    match refusal {
        SheetRefusal::Empty => "The file is empty. Choose one with a pair on each line.".to_owned(),
        SheetRefusal::TooBig | SheetRefusal::TooDense | SheetRefusal::TooWide => {
            format!("The file is too big. Up to {MOST_LINES} pairs can be read at once.")
        }
        _ => "This is neither a CSV file nor a workbook (.xlsx). Save the list as “CSV UTF-8”, a pair on each line."
            .to_owned(),
    }
}

/// Who is meant by each line, and what speaks against it.
fn read(tx: &mut Tx, cohort: &Cohort, lines: &[(u64, Vec<String>)]) -> Result<Result<Plan, String>, Failure> {
    let (mentees, mentors) = (known(tx, cohort.id, Role::Mentee)?, known(tx, cohort.id, Role::Mentor)?);
    let slots = duos::slots(tx, cohort.id)?;
    let room = |mentor| slots.left(mentor);
    let found = rules::read_pairs(lines, &People::new("mentee", &mentees), &People::new("mentor", &mentors), &room);
    let (named, mut faults) = match found {
        Ok(found) => found,
        Err(refusal) => return Ok(Err(refusal.to_string())),
    };
    let mut pairs = Vec::new();
    for pair in named {
        match against(tx, cohort, &pair)? {
            None => pairs.push(pair),
            Some(words) => faults.push(LineFault { line: pair.line, words }),
        }
    }
    faults.sort_by_key(|it| it.line);
    Ok(Ok(Plan { pairs, faults }))
}

fn known(tx: &mut Tx, cohort: Id, role: Role) -> Result<Vec<Known>, Failure> {
    let mut known = Vec::new();
    for id in program::in_cohort(tx, role, cohort)? {
        let account = identity::find(tx, id)?;
        let person = membership::person(tx, &policy::house(), id)?;
        let names = account.iter().map(|it| it.name.clone()).chain(person.iter().map(|it| it.name.clone()));
        known.push(Known {
            id,
            names: names.collect(),
            email: account.map(|it| it.email).unwrap_or_default(),
            number: person.map(|it| it.member_number).unwrap_or_default(),
        });
    }
    Ok(known)
}

/// Why two people cannot become a duo by a file.
fn against(tx: &mut Tx, cohort: &Cohort, pair: &Named) -> Result<Option<String>, Failure> {
    for person in [pair.mentee, pair.mentor] {
        if who::is_taken(tx, cohort.id, person)? {
            return Ok(Some(format!("{} is in a duo already.", who::name(tx, person)?)));
        }
    }
    let pool = Pool::of(tx, cohort, &[pair.mentee], &[pair.mentor])?;
    question::note_wishes(tx, &pool);
    let input = pool.input(tx, cohort)?;
    let both = input.mentees.first().zip(input.mentors.first());
    if pair.mentee == pair.mentor || both.is_some_and(|(one, other)| pairing::excluded(one, other).is_some()) {
        return Ok(Some(format!("{APART} Put them together by hand, with the reason, if it must be.")));
    }
    Ok(None)
}

pub(crate) fn preview(tx: &mut Tx, visit: &Visit) -> Answer {
    let import = pair_imports::of_path(tx, visit)?;
    Ok(Reply::page(TITLE, one(tx, visit, &import, &Faults::new())?))
}

/// Forms every duo of the file, or none.
pub(crate) fn apply(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    tx.lock(cohort.id)?;
    let import = pair_imports::of_path(tx, visit)?;
    let here = format!("{}/imports/{}", board_path(cohort.id), import.id);
    if import.state != "previewed" {
        return Ok(Reply::go(here).saying("This file has been applied already; nothing changed twice."));
    }
    let person = visit.person()?;
    let plan = pair_imports::plan(tx, &access::of_drafts(visit, import.cohort)?, import.id)?;
    let stake = Stake::of(tx, person)?;
    let mut faults = Faults::new();
    for pair in &plan.pairs {
        if stake.is_in(&[pair.mentee, pair.mentor]) {
            let sentence = membership::who_decides_instead(tx, cohort.id, &[pair.mentee, pair.mentor])?;
            faults.add("", format!("Line {}: {sentence}", pair.line));
        }
    }
    if plan.pairs.is_empty() {
        faults.add("", "No line of this file can be used, so there is nothing to apply.");
    }
    let reasons = ["The committee brought you together.".to_owned()];
    let mut formed = Vec::new();
    for pair in &plan.pairs {
        if !faults.is_empty() {
            break;
        }
        match duos::form(tx, cohort.id, pair.mentor, pair.mentee, "imported", &reasons)? {
            Ok(duo) => formed.push(duo),
            // What was formed before it is undone with this unit of work.
            Err(refusal) => faults = Faults::general(format!("Line {}: {refusal} Nothing was applied.", pair.line)),
        }
    }
    if !faults.is_empty() {
        return Err(Failure::refused(TITLE, one(tx, visit, &import, &faults)?));
    }
    pair_imports::applied(tx, &import, &formed, person)?;
    let words = format!("{} formed. Both people of each have their letter.", count(formed.len(), "duo is", "duos are"));
    Ok(Reply::go(here).saying(words))
}

/// Takes back every duo of a file, while none of them has begun.
pub(crate) fn undo(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    tx.lock(cohort.id)?;
    let import = pair_imports::of_path(tx, visit)?;
    let here = format!("{}/imports/{}", board_path(cohort.id), import.id);
    if import.state != "applied" {
        return Ok(Reply::go(here).saying("There is nothing to take back."));
    }
    let begun = begun(tx, &import)?;
    if !begun.is_empty() {
        let words = format!(
            "This can no longer be taken back: {} begun. A duo ends by itself on its own page.",
            begun.join(", ")
        );
        return Err(Failure::refused(TITLE, one(tx, visit, &import, &Faults::general(words))?));
    }
    let person = visit.person()?;
    for id in pair_imports::duos_of(tx, import.id)? {
        if let Some(duo) = duos::duo(tx, id)? {
            duos::take_back(tx, &duo, person)?;
        }
    }
    pair_imports::undone(tx, &import, person)?;
    Ok(Reply::go(here).saying("All pairs of this file are taken back. Both people of each have been told."))
}

/// Duos of a file that have begun, as people read it.
fn begun(tx: &mut Tx, import: &Import) -> Result<Vec<String>, Failure> {
    let mut begun = Vec::new();
    for id in pair_imports::duos_of(tx, import.id)? {
        let Some(duo) = duos::duo(tx, id)? else { continue };
        if duos::has_begun(tx, &duo)? {
            begun.push(format!("{} and {} have", duo.mentee_name, duo.mentor_name));
        }
    }
    Ok(begun)
}

fn choose(tx: &mut Tx, cohort: &Cohort, faults: &Faults) -> Result<Markup, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let done = pair_imports::done(tx, cohort.id)?;
    let columns = [Column::text("File"), Column::number("Pairs"), Column::text("Applied"), Column::text("State")];
    let rows: Vec<Vec<Markup>> = done
        .iter()
        .map(|it| {
            let day = it.applied_at.map(|at| short_day(calendar.today(at))).unwrap_or_default();
            let href = format!("{}/imports/{}", board_path(cohort.id), it.id);
            let state = if it.state == "undone" { "taken back" } else { "applied" };
            vec![
                html! { a href=(href) { (it.file_name) } },
                html! { (it.pairs) },
                html! { (day) ", " (it.done_by_name) },
                html! { (state) },
            ]
        })
        .collect();
    let input = Input::new("file", "The file").hint("A CSV file or a workbook (.xlsx), a pair on each line.");
    Ok(html! {
        (way(cohort, TITLE))
        (shell::error_summary(faults))
        (shell::page_head(TITLE, "You see who is meant by each line before anything happens."))
        (shell::form_with_files(&format!("{}/import", board_path(cohort.id)), html! {
            (shell::file_field(&input.required().faults(faults), ".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
            (shell::button("Read the file"))
        }))
        (shell::card("What the file needs", html! {
            p { "The first line names the columns. One of them has “mentee” in its name and one “mentor”; each holds a name, an e-mail address or a member number. Several columns for one person are fine: “Mentee”, “Mentee e-mail”." }
            p { "Mentees have a place in this cohort and are in no duo; mentors are approved and have room for a mentee." }
        }))
        @if !rows.is_empty() { (shell::card("Files so far", shell::table("Files so far", &columns, rows))) }
        (shell::readers_line(&policy::who_can_read_as(policy::Record::Proposal, policy::Column::Chair)))
        p.hint { "A file that is not applied is gone after a day." }
    })
}

fn one(tx: &mut Tx, visit: &Visit, import: &Import, faults: &Faults) -> Result<Markup, Failure> {
    let cohort = program::the_cohort(tx, import.cohort)?;
    let stake = Stake::of(tx, visit.person()?)?;
    let here = format!("{}/imports/{}", board_path(cohort.id), import.id);
    let plan = pair_imports::plan(tx, &access::of_drafts(visit, import.cohort)?, import.id)?;
    let mut rows = Vec::new();
    for pair in plan.pairs.iter().filter(|it| !stake.is_in(&[it.mentee, it.mentor])) {
        let (mentee, mentor) = (who::name(tx, pair.mentee)?, who::name(tx, pair.mentor)?);
        rows.push(vec![html! { (pair.line) }, html! { (mentee) }, html! { (mentor) }]);
    }
    let mut duos_rows = Vec::new();
    for id in pair_imports::duos_of(tx, import.id)? {
        let duo = duos::duo(tx, id)?.filter(|duo| !stake.is_in(&duo.people()));
        duos_rows.extend(
            duo.map(|duo| vec![html! { (duo.number) }, html! { (duo.mentee_name) }, html! { (duo.mentor_name) }]),
        );
    }
    let columns = |first: &'static str| [Column::number(first), Column::text("Mentee"), Column::text("Mentor")];
    let (usable, faulty) = (plan.pairs.len(), plan.faults.len());
    let lead = match import.state.as_str() {
        "applied" => format!("{} formed from {}.", count(duos_rows.len(), "duo was", "duos were"), import.file_name),
        "undone" => format!("The pairs of {} were taken back.", import.file_name),
        _ => format!(
            "{}: {}, {}.",
            import.file_name,
            count(usable, "pair", "pairs"),
            count(faulty, "line that cannot be used", "lines that cannot be used")
        ),
    };
    Ok(html! {
        (way(&cohort, TITLE))
        (shell::error_summary(faults))
        (shell::page_head(TITLE, &lead))
        @if !plan.faults.is_empty() {
            (shell::card("Lines that cannot be used", html! {
                ul role="list" { @for it in &plan.faults { li { strong { "Line " (it.line) } ": " (it.words) } } }
                p { "Mend them in the file and choose it again, or go on without them." }
            }))
        }
        @if !rows.is_empty() { (shell::card("Who becomes a duo", shell::table("Pairs of the file", &columns("Line"), rows))) }
        @if !duos_rows.is_empty() { (shell::card("Duos of this file", shell::table("Duos of this file", &columns("Duo"), duos_rows))) }
        @if import.state == "previewed" && usable > 0 && cohort.is_open() {
            (shell::note(Tone::Info, html! { p { "All these pairs become duos at once, or none. Both people of each are told by letter, with each other’s contact data. The house asks once more who you are." } }))
            (shell::actions(shell::post_button(&format!("{here}/application"), &format!("Form {}", count(usable, "duo", "duos")), &[], Style::Main)))
        }
        @if import.state == "applied" && cohort.is_open() {
            p { "As long as none of these duos has met or written anything, all of them can be taken back together; both people of each are told." }
            (shell::actions(shell::post_button(&format!("{here}/undoing"), "Take all of them back", &[], Style::Danger)))
        }
        (shell::readers_line(&policy::who_can_read_as(policy::Record::Proposal, policy::Column::Chair)))
        p.hint { "A file that is not applied is gone after a day." }
    })
}
