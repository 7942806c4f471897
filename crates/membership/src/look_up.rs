//! `/roster`: the association's members, with a search, and promises that are open.

use jiff::civil::Date;
use platform::{audit, identity, prelude::*};
use policy::Role;
use program::{Next, long_day, short_day};
use shell::{
    Choice, Column, Input, Tone, badge, card, empty_state, figures, filters, page_head_with, pager, readers_line,
    select_field, table, text_field, unbroken,
};

use crate::{
    committee, imports, promises,
    roster::{self, Filter, Member, PAGE},
};

const TITLE: &str = "Roster";
/// As many as somebody who looks for one person finds.
const FEW: usize = 3;
pub(crate) const READERS: &str = "The chair, the deputy and the office staff can read the roster.";

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let today = program::today(tx)?;
    let sum = roster::figures(tx, today)?;
    if sum.members == 0 && sum.gone == 0 {
        return Ok(Reply::page(TITLE, nothing_yet(visit)));
    }
    let filter = Filter { words: visit.query.text("q").to_owned(), standing: visit.query.text("standing").to_owned() };
    let page = visit.query.number("page").unwrap_or(1).clamp(1, 100_000);
    let (members, total) = roster::list(tx, &filter, page, today)?;
    note_look_up(tx, &filter, &members)?;
    let (good, all) = (sum.good.to_string(), sum.members.to_string());
    let lapsed = (sum.members - sum.good).to_string();
    let body = html! {
        (page_head_with(TITLE, "The association's members, as its newest list has them.", shell::link_button("/roster/import", "Import a list")))
        (figures(&[(&all, "on the list"), (&good, "in good standing today"), (&lapsed, "lapsed")]))
        (filters("/roster", fields(&filter), results(&filter, &members, total, (page, today))))
        (open_promises(tx, visit)?)
        (imported(tx)?)
        (events_link(visit))
        (readers_line(READERS))
    };
    Ok(Reply::wide(TITLE, body))
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

fn nothing_yet(visit: &Visit) -> Markup {
    html! {
        (shell::page_head(TITLE, "The association's members, as its newest list has them."))
        (empty_state("No members yet", "Import the member list as a CSV file. You see what would change before anything does.", Some(("/roster/import", "Import a list"))))
        (events_link(visit))
        (readers_line(READERS))
    }
}

/// Looking for one person is a look at them; leafing through the list is not.
fn note_look_up(tx: &mut Tx, filter: &Filter, members: &[Member]) -> Result<(), Failure> {
    if filter.words.is_empty() || members.len() > FEW {
        return Ok(());
    }
    for member in members {
        if let Some(account) = identity::find_by_email(tx, &member.email)? {
            let right = "as chair, deputy or office".to_owned();
            let whose = vec![account.id];
            tx.has_read(audit::Reading { record: "entry in the roster", about: account.id, whose, right });
        }
    }
    Ok(())
}

fn events_link(visit: &Visit) -> Markup {
    html! { @if visit.holds(Role::Staff) { p { a href="/accounts/events" { "What happened to accounts" } } } }
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
    let link = |page: usize| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &filter.words).append_pair("standing", &filter.standing);
        format!("/roster?{}", query.append_pair("page", &page.to_string()).finish())
    };
    html! {
        p { (total) @if total == 1 { " member" } @else { " members" } }
        (table("Members", &columns, members.iter().map(|it| row(it, today)).collect()))
        (pager(usize::try_from(page).unwrap_or(1), pages, link))
    }
}

fn row(member: &Member, today: Date) -> Vec<Markup> {
    let standing = match (member.gone_at, member.is_good_on(today)) {
        (Some(_), _) => badge(Tone::Plain, "No longer on the list"),
        (None, true) => badge(Tone::Good, "Good"),
        (None, false) => badge(Tone::Warn, "Lapsed"),
    };
    vec![
        html! { (member.name) br; span.hint { (member.email) } },
        html! { (member.member_number) },
        standing,
        html! { (member.joined_year.map_or_else(String::new, |year| year.to_string())) },
        member.expires_on.map_or_else(|| html! {}, |day| unbroken(&short_day(day))),
    ]
}

/// Who promised to join and has not yet, for those who decide about it.
fn open_promises(tx: &mut Tx, visit: &Visit) -> Result<Markup, Failure> {
    let Some(cohort) = program::current(tx)?.filter(|_| committee::may_appoint(visit)) else { return Ok(html! {}) };
    let open = promises::open_promises(tx, cohort.id)?;
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

fn imported(tx: &mut Tx) -> Result<Markup, Failure> {
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
                        }
                    }
                }
            }))
        }
    })
}
