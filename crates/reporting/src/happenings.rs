//! Page `/cohorts/{cohort}/journal`: what happened in a cohort, day by day, in words. It
//! tells of the program, not of people: what two people did in their duo is counted and
//! never named, and what is not on this list is not told at all.

use std::collections::{BTreeMap, btree_map::Entry};

use jiff::{Timestamp, civil::Date};
use platform::{audit, identity, prelude::*};
use policy::{Facts, Scope, may, of};
use program::{Cohort, calendar, short_day};
use shell::Column;

/// What the journal calls it, what one of it is called, what many are called.
const TOLD: &[(&str, &str, &str)] = &[
    ("nomination made", "A nomination came in", "nominations came in"),
    ("application submitted", "An application came in", "applications came in"),
    ("application withdrawn", "An application was withdrawn", "applications were withdrawn"),
    ("application approved", "The committee said yes to an application", "applications had the committee’s yes"),
    ("application declined", "An application could not be taken", "applications could not be taken"),
    ("waiting list joined", "Somebody joined the waiting list", "people joined the waiting list"),
    ("place offered", "A place was offered", "places were offered"),
    ("place taken", "A place was taken", "places were taken"),
    ("mentor joined", "A mentor joined", "mentors joined"),
    ("mentor asked", "A mentor was asked", "mentors were asked"),
    ("duo formed", "A duo was formed", "duos were formed"),
    ("duo ended", "A duo ended early", "duos ended early"),
    ("duo closed", "A duo closed with the session", "duos closed with the session"),
    ("liaison appointed", "A liaison was appointed to a duo", "liaisons were appointed to duos"),
    ("liaison stepped aside", "A liaison handed a duo over", "duos were handed over by their liaisons"),
    ("pledge signed", "A pledge was signed", "pledges were signed"),
    ("agreement signed", "An agreement was signed by both", "agreements were signed by both"),
    ("goals set", "A duo set its goals", "duos set their goals"),
    ("meeting logged", "A meeting was logged", "meetings were logged"),
    ("survey opened", "A survey opened", "surveys opened"),
    ("survey closed", "A survey closed", "surveys closed"),
    ("orientation made up", "Somebody made up for the orientation", "people made up for the orientation"),
    ("alumna joined", "Somebody joined the former participants", "people joined the former participants"),
    ("certificate issued", "A certificate was issued", "certificates were issued"),
    ("interim report draft ready", "The draft of the interim report was ready", "drafts were ready"),
    ("final report draft ready", "The draft of the final report was ready", "drafts were ready"),
];

/// Acts of the committee, told with who did them.
const COMMITTEE: &[(&str, &str)] = &[
    ("sealed answers opened", "opened the sealed answers of an application"),
    ("answers asked for", "asked to open the check-in answers of a duo"),
    ("answers opened", "opened the check-in answers of a duo together with the chair, for an hour"),
    ("cohort begun", "began the cohort"),
    ("cohort opened", "opened the cohort"),
    ("cohort closed", "closed the cohort"),
    ("calendar changed", "changed dates"),
    ("places changed", "changed the number of places"),
    ("threshold of mentors changed", "changed how many mentors matching waits for"),
    ("fewer mentees asked for", "asked to work with fewer mentees"),
    (
        "directory opened before the threshold",
        "opened the directory with fewer mentors than were wanted, with a reason",
    ),
    ("review rules changed", "changed how applications are read"),
    ("decision made", "decided about applications"),
    ("decision undone", "undid a decision about applications"),
    ("roster imported", "imported the roster"),
    ("pairs proposed", "had pairs proposed"),
    ("proposal sent", "sent proposals"),
    ("hard rule set aside for a proposal", "set a rule aside for a proposal"),
    ("survey moved", "moved a survey"),
    ("report written", "wrote into a report"),
    ("report submitted", "submitted a report to the board"),
    ("survey results published", "published the results of a survey"),
    ("survey results taken back", "took the results of a survey back"),
    ("report published", "published the figures of a report"),
    ("report taken back", "took the figures of a report back"),
];

/// More lines than this belong to years long past.
const MOST: i64 = 5000;
const DAYS_ON_A_PAGE: usize = 30;

sql! {
    LINES => "select what, done_by, done_at from journal where cohort = $1 order by seq desc limit $2";
}

type Line = (String, Option<Id>, Timestamp);

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let scope = visit.scope(&Facts::in_cohort(cohort.id.number()))?;
    let days = days(tx, &scope, &cohort)?;
    let pages = days.len().div_ceil(DAYS_ON_A_PAGE);
    let page = visit.query.number("page").and_then(|it| usize::try_from(it).ok()).unwrap_or(1).clamp(1, pages.max(1));
    let shown = days.iter().skip((page - 1) * DAYS_ON_A_PAGE).take(DAYS_ON_A_PAGE);
    let row = |(day, words): &(Date, Vec<String>)| {
        vec![
            shell::unbroken(&short_day(*day)),
            html! { @for (at, it) in words.iter().enumerate() { @if at > 0 { br; } (it) } },
        ]
    };
    let columns = [Column::text("Day"), Column::text("What happened")];
    let chain = chain(tx, &cohort)?;
    let back = format!("/cohorts/{}", cohort.id);
    let path = format!("{back}/journal");
    Ok(Reply::page(
        "Journal",
        html! {
                    (shell::breadcrumbs(&[(&back, &format!("Cohort {}", cohort.name))], "Journal"))
                    (shell::page_head("Journal", &format!("What happened in cohort {}, the newest first.", cohort.name)))
                    (shell::readers_line(&policy::who_can_read_as(policy::Record::AuditLog, &visit.subject)))
        p.hint { "It counts what duos do and never says who or what about." }
                    @if days.is_empty() {
                        (shell::empty_state("Nothing has happened yet", "The first line appears when the cohort opens.", None))
                    }
                    @if !days.is_empty() { (shell::table("Day by day", &columns, shown.map(row).collect())) }
                    (chain)
                    (shell::pager(page, pages, |page| format!("{path}?page={page}")))
                },
    ))
}

/// How the audit stands that keeps who did all this: entries, the last signed head, and
/// when it was last looked through. None of what it keeps.
fn chain(tx: &mut Tx, cohort: &Cohort) -> Result<Markup, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let (tip, head, check) = (audit::tip(tx)?, audit::latest_head(tx)?, audit::latest_check(tx)?);
    let day = |at: Timestamp| short_day(calendar.today(at));
    let signed = head.map_or_else(|| "not yet".to_owned(), |it| format!("at entry {}, {}", it.seq, day(it.at)));
    let damaged = check.as_ref().filter(|it| !it.fault.is_empty()).map(|it| it.fault.clone());
    let looked = check.map_or_else(|| "not yet".to_owned(), |it| day(it.at));
    Ok(shell::card(
        "The audit behind it",
        html! {
            p { "Who did what to which record is kept in a chain that nobody can change unseen, neither the committee nor the office." }
            (shell::facts(&[
                ("Entries", html! { (tip.seq) }),
                ("Signed", html! { (signed) }),
                ("Looked through", html! { (looked) }),
            ]))
            @if let Some(fault) = damaged {
                (shell::note(shell::Tone::Bad, html! { p { "It is not whole. " (fault) " Please tell whoever looks after the server today." } }))
            }
        },
    ))
}

/// The sentences of each day, the newest day first.
fn days(tx: &mut Tx, _: &Scope<of::AuditLog, may::Read>, cohort: &Cohort) -> Result<Vec<(Date, Vec<String>)>, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let lines: Vec<Line> = tx.rows(&LINES, values![cohort.id, MOST])?;
    let mut by_day: BTreeMap<Date, Vec<&Line>> = BTreeMap::new();
    for line in &lines {
        by_day.entry(calendar.today(line.2)).or_default().push(line);
    }
    let mut names: BTreeMap<Id, String> = BTreeMap::new();
    for person in lines.iter().filter(|it| COMMITTEE.iter().any(|(what, _)| *what == it.0)).filter_map(|it| it.1) {
        if let Entry::Vacant(place) = names.entry(person) {
            let account = identity::find(tx, person)?;
            place.insert(account.map_or_else(|| "Somebody".to_owned(), |it| it.name));
        }
    }
    let told = by_day.into_iter().rev().map(|(day, lines)| (day, sentences(&lines, &names)));
    Ok(told.filter(|(_, words)| !words.is_empty()).collect())
}

fn sentences(lines: &[&Line], names: &BTreeMap<Id, String>) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for (what, words) in COMMITTEE {
        for (_, by, _) in lines.iter().filter(|it| it.0 == *what) {
            let by = by.as_ref().and_then(|it| names.get(it)).map_or("The house", String::as_str);
            let sentence = format!("{by} {words}.");
            if !told.contains(&sentence) {
                told.push(sentence);
            }
        }
    }
    for (what, one, many) in TOLD {
        match lines.iter().filter(|it| it.0 == *what).count() {
            0 => {}
            1 => told.push(format!("{one}.")),
            number => told.push(format!("{number} {many}.")),
        }
    }
    told
}
