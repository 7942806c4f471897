//! `/roster`: the association's members, with a search, and promises that are open.

use jiff::{SignedDuration, civil::Date};
use std::collections::BTreeSet;

use platform::{app::App, audit, identity, prelude::*, visit::Prepared};
use policy::{Facts, Role, may, of};
use program::{Next, long_day, short_day};
use shell::{
    Choice, Column, Input, Tone, badge, card, empty_state, figures, filters_by_post, page_head_with, pager_by_post,
    readers_line, select_field, table, text_field, unbroken,
};

use crate::{
    committee, corrections, imports, keepers, promises,
    roster::{self, Filter, Member, PAGE},
    standing_page, undo,
};

pub(crate) const TITLE: &str = "Roster";
pub(crate) const LEAD: &str = "The association's members, as its newest list has them.";
/// As many as somebody who looks for one person finds.
const FEW: usize = 3;
/// How often one account may look somebody up within a minute (V-04).
const MOST_LOOK_UPS: usize = 60;
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// Counts look-ups, so that nobody takes the list away page by page.
pub fn prepare(app: &App, visit: &Visit) -> Prepared {
    let Some(token) = visit.sign_in_token().map(str::to_owned) else { return Prepared::default() };
    let bearer = app.db.read(move |tx| identity::bearer(tx, &token)).unwrap_or_default();
    let Some(account) = bearer else { return Prepared::default() };
    let (key, now) = (format!("look-up {}", account.id), app.db.ground.clock.now());
    if !app.limits.takes(&key, MOST_LOOK_UPS, MINUTE, now) {
        let words = "That were sixty look-ups within a minute. Please wait a moment.";
        return Prepared { refusal: Some(words.to_owned()), ..Prepared::default() };
    }
    Prepared::default()
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let filter = Filter { words: String::new(), standing: visit.query.text("standing").to_owned() };
    show(tx, visit, &filter, visit.query.number("page"))
}

/// A search: whom somebody looks for stands in no address, and so in no history.
pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    show(tx, visit, &filter_of(visit), visit.form.number("page"))
}

fn show(tx: &mut Tx, visit: &Visit, filter: &Filter, page: Option<i64>) -> Answer {
    if let Some(words) = &visit.prepared.refusal {
        return Err(Failure::too_often(TITLE, shell::page_head("One moment, please", words)));
    }
    let today = program::today(tx)?;
    let sum = roster::figures(tx, today)?;
    if sum.members == 0 && sum.gone == 0 {
        return Ok(Reply::page(TITLE, nothing_yet(tx, visit)?));
    }
    if !keepers::reads_lines(visit) {
        return standing_page::get(tx, visit, &sum);
    }
    let page = page.unwrap_or(1).clamp(1, 100_000);
    let (members, total) = roster::list(tx, &visit.scope(&Facts::of_program())?, filter, (page, today))?;
    note_look_up(tx, filter, &members)?;
    let (good, all) = (sum.good.to_string(), sum.members.to_string());
    let lapsed = (sum.members - sum.good).to_string();
    let body = html! {
        (page_head_with(TITLE, LEAD, shell::link_button("/roster/import", "Import a list")))
        (corrections::asked(tx)?)
        (figures(&[(&all, "on the list"), (&good, "in good standing today"), (&lapsed, "lapsed")]))
        (filters_by_post("/roster", fields(filter), results(filter, &members, total, (page, today))))
        (open_promises(tx, visit)?)
        (imported(tx, visit)?)
        (events_link(visit))
        p { (shell::link_quiet("/tokens", "Tokens for the membership system")) }
        (readers_line(&policy::who_can_read_as(policy::Record::MembershipRoster, &visit.subject)))
    };
    Ok(Reply::wide(TITLE, body))
}

/// What a line is called where people see who has read theirs.
pub(crate) const ENTRY: &str = "entry in the roster";

/// What the list is narrowed to.
pub(crate) fn filter_of(visit: &Visit) -> Filter {
    Filter { words: visit.form.text("q").to_owned(), standing: visit.form.text("standing").to_owned() }
}

/// Asks whoever keeps the roster for its first list.
pub(crate) fn next_step(tx: &mut Tx, visit: &Visit) -> Result<Option<Next>, Failure> {
    let keeps = [Role::Chair, Role::Deputy, Role::Staff].into_iter().any(|role| visit.holds(role));
    if !keeps {
        return Ok(None);
    }
    let today = program::today(tx)?;
    let sum = roster::figures(tx, today)?;
    let next = Next::new("Import the roster", "/roster/import", "Choose the file").saying(
        "The association's member list says who may apply. Until it is here, everyone is asked to promise to join.",
    );
    Ok((sum.members == 0).then_some(next))
}

fn nothing_yet(tx: &mut Tx, visit: &Visit) -> Result<Markup, Failure> {
    let words = "Import the member list as a CSV file or a workbook. You see what would change before anything does.";
    let way = Some(("/roster/import", "Import a list"));
    let may_import = keepers::may_import(tx, visit)?;
    Ok(html! {
        (shell::page_head(TITLE, LEAD))
        @if may_import { (empty_state("No members yet", words, way)) }
        @else { (empty_state("No members yet", "The office keeps the roster and has not imported a list yet.", None)) }
        (events_link(visit))
        p { (shell::link_quiet("/tokens", "Tokens for the membership system")) }
        (readers_line(&policy::who_can_read_as(policy::Record::MembershipRoster, &visit.subject)))
    })
}

/// Looking for one person is a look at them; leafing through the list is not.
fn note_look_up(tx: &mut Tx, filter: &Filter, members: &[Member]) -> Result<(), Failure> {
    if filter.words.is_empty() || members.len() > FEW { Ok(()) } else { note_reading(tx, members) }
}

/// Whoever has an account sees that their line left the house with the list.
pub(crate) fn note_export(tx: &mut Tx, members: &[Member]) -> Result<(), Failure> {
    let listed: BTreeSet<String> = members.iter().map(|it| identity::email_key(&it.email)).collect();
    for account in identity::all(tx)?.into_iter().filter(|it| listed.contains(&identity::email_key(&it.email))) {
        let right = "as the office, taken away with the list".to_owned();
        tx.has_read(audit::Reading { record: ENTRY, about: account.id, whose: vec![account.id], right });
    }
    Ok(())
}

/// The person sees that their line was looked at, where they have an account.
pub(crate) fn note_reading(tx: &mut Tx, members: &[Member]) -> Result<(), Failure> {
    for member in members {
        if let Some(account) = identity::find_by_email(tx, &member.email)? {
            let right = "as the office".to_owned();
            let whose = vec![account.id];
            tx.has_read(audit::Reading { record: ENTRY, about: account.id, whose, right });
        }
    }
    Ok(())
}

fn events_link(visit: &Visit) -> Markup {
    html! { p { a href="/accounts" { "Help somebody sign in" } } @if visit.holds(Role::Staff) { p { a href="/accounts/events" { "What happened to accounts" } } } }
}

fn fields(filter: &Filter) -> Markup {
    let standings = [
        Choice::new("", "Everyone on the list"),
        Choice::new("good", "In good standing"),
        Choice::new("lapsed", "Lapsed"),
        Choice::new("gone", "No longer on the list"),
    ];
    html! {
        (text_field(&Input::new("q", "Name, address or number").kind("search").value(&filter.words)))
        (select_field(&Input::new("standing", "Standing").value(&filter.standing).unmarked(), &standings))
    }
}

fn results(filter: &Filter, members: &[Member], total: i64, (page, today): (i64, Date)) -> Markup {
    if members.is_empty() {
        return empty_state(
            "Nobody found",
            "Try fewer words, or another standing.",
            Some(("/roster", "Show everyone")),
        );
    }
    let columns = ["Name", "Number", "Standing", "Joined", "Expires"].map(Column::text);
    let pages = usize::try_from((total + PAGE - 1) / PAGE).unwrap_or(1);
    let narrowed = [("q", filter.words.as_str()), ("standing", filter.standing.as_str())];
    html! {
        p { (total) @if total == 1 { " member" } @else { " members" } "." }
        (table("Members", &columns, members.iter().map(|it| row(it, today)).collect()))
        (pager_by_post("/roster", (usize::try_from(page).unwrap_or(1), pages), &narrowed))
        (shell::post_button("/roster/members.csv", "Take this list as a file", &narrowed, shell::Style::Quiet))
    }
}

fn row(member: &Member, today: Date) -> Vec<Markup> {
    let standing = match (member.gone_at, member.is_good_on(today)) {
        (Some(_), _) => badge(Tone::Plain, "No longer on the list"),
        (None, true) => badge(Tone::Good, "Good"),
        (None, false) => badge(Tone::Warn, "Lapsed"),
    };
    vec![
        html! { a href={ "/roster/members/" (member.id) } { (member.name) } br; span.hint { (member.email) } },
        html! { (member.member_number) },
        standing,
        html! { (member.joined_year.map_or_else(String::new, |year| year.to_string())) },
        member.expires_on.map_or_else(|| html! {}, |day| unbroken(&short_day(day))),
    ]
}

/// Who promised to join and has not yet, for those who decide about it.
pub(crate) fn open_promises(tx: &mut Tx, visit: &Visit) -> Result<Markup, Failure> {
    let Some(cohort) = program::current(tx)?.filter(|_| committee::may_appoint(visit)) else { return Ok(html! {}) };
    // A chair of another cohort decides nothing about this one.
    let Ok(scope) = visit.scope::<of::Application, may::Read>(&Facts::in_cohort(cohort.id.number())) else {
        return Ok(html! {});
    };
    let open = promises::open_promises(tx, &scope, cohort.id)?;
    let said = |answer: &str| match answer {
        "joined" => "says they have joined",
        "time" => "needs more time",
        "changed" => "has changed their mind",
        _ => "nothing yet",
    };
    let columns = ["Name", "By", "Said"].map(Column::text);
    let rows = open
        .iter()
        .map(|it| {
            vec![
                html! { (it.name) br; span.hint { (it.email) } },
                html! { (long_day(it.due)) },
                html! { (said(&it.answer)) @if !it.note.is_empty() { br; span.hint { (it.note) } } },
            ]
        })
        .collect();
    Ok(card(
        "Promises to join",
        html! {
            @if open.is_empty() { p { "Nobody in " (cohort.name) " owes a membership." } }
            @else { (table("Open promises", &columns, rows)) }
        },
    ))
}

/// The lists that were applied; the newest can be undone by those who may import.
pub(crate) fn imported(tx: &mut Tx, visit: &Visit) -> Result<Markup, Failure> {
    let may_import = keepers::may_import(tx, visit)?;
    let last = imports::last(tx)?.filter(|_| may_import);
    let undoable = match last {
        Some(last) => undo::check(tx, last)?.is_ok().then_some(last),
        None => None,
    };
    let zone = program::program(tx)?.map(|it| it.zone).unwrap_or_default();
    let zone = program::calendar::zone_named(&zone);
    let newest = imports::newest(tx)?;
    Ok(html! {
        @if !newest.is_empty() {
            (card("Lists that were applied", html! {
                ul {
                    @for import in &newest {
                        li {
                            @if let Some(at) = import.applied_at { (short_day(at.to_zoned(zone.clone()).date())) ": " }
                            (import.file_name)
                            @if let Some(name) = &import.by_name { ", by " (name) }
                            ". " (import.added) " new, " (import.changed) " changed, " (import.gone) " gone."
                            @if import.undone_at.is_some() { " Undone." }
                            @if import.faulty > 0 && may_import { " " a href={ "/roster/imports/" (import.id) "/errors.csv" } { (import.faulty) " faulty lines" } "." }
                            @if undoable == Some(import.id) {
                                (shell::post_button_for(&format!("/roster/imports/{}/undoing", import.id), "Undo", &import.file_name, &[], shell::Style::Quiet))
                            }
                        }
                    }
                }
                @if undoable.is_some() { p.hint { "The newest list can be undone as a whole, for " (undo::DAYS) " days and until the next one is applied." } }
            }))
        }
    })
}
