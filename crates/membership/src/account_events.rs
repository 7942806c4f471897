//! Page `/accounts/events`: what happened to accounts, for the office that helps people in.

use platform::{
    audit::{self, Events},
    prelude::*,
};
use policy::{Facts, Scope, may, of};
use shell::Column;

const TITLE: &str = "Events of accounts";
const PATH: &str = "/accounts/events";
const PAGE: i64 = 50;

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let which = if visit.query.text("show") == "all" { Events::All } else { Events::Changes };
    let scope: Scope<of::AuditLog, may::Read> = visit.scope(&Facts::of_program())?;
    let pages = (audit::count_account_events(tx, &scope, which)? + PAGE - 1) / PAGE;
    let page = visit.query.number("page").unwrap_or(1).clamp(1, pages.max(1));
    let events = audit::account_events(tx, &scope, which, PAGE, (page - 1) * PAGE)?;
    let zone = program::calendar::zone_named(&program::program(tx)?.map(|it| it.zone).unwrap_or_default());
    let rows: Vec<Vec<Markup>> = events
        .iter()
        .map(|it| {
            let at = program::day_and_time(it.at, &zone);
            vec![
                shell::unbroken(&at),
                html! { (it.whose.as_deref().unwrap_or("–")) },
                html! { (it.action) },
                html! { (it.by.as_deref().unwrap_or("the house")) },
                html! { (it.client) },
            ]
        })
        .collect();
    let columns = [
        Column::text("When"),
        Column::text("Account"),
        Column::text("What"),
        Column::text("By"),
        Column::text("Through"),
    ];
    Ok(Reply::wide(
        TITLE,
        html! {
                    (shell::breadcrumbs(&[("/roster", "Roster")], TITLE))
                    (shell::page_head(TITLE, "Passwords, roles and what else happens to accounts, the newest first. What people write is never here."))
                    (shell::readers_line(&policy::who_can_read_as(policy::Record::AuditLog, &visit.subject)))
        p.hint { "Nobody can change it." }
                    (shell::tabs(&[
                        (PATH, "Changes", which == Events::Changes),
                        ("/accounts/events?show=all", "With every sign-in", which == Events::All),
                    ]))
                    @if rows.is_empty() {
                        (shell::empty_state("Nothing yet", "The first password that is set appears here.", None))
                    } @else { (shell::table(TITLE, &columns, rows)) }
                    (shell::pager(at(page), at(pages), |page| match which {
                        Events::All => format!("{PATH}?show=all&page={page}"),
                        Events::Changes => format!("{PATH}?page={page}"),
                    }))
                },
    ))
}

fn at(page: i64) -> usize {
    usize::try_from(page).unwrap_or(1)
}
