//! Page `/accounts/events`: what happened to accounts, for the office that helps people in.

use platform::{audit, prelude::*};
use shell::Column;

const TITLE: &str = "Events of accounts";
const MOST: i64 = 300;

pub fn get(tx: &mut Tx, _: &Visit) -> Answer {
    let events = audit::account_events(tx, MOST)?;
    let zone = program::calendar::zone_named(&program::program(tx)?.map(|it| it.zone).unwrap_or_default());
    let rows: Vec<Vec<Markup>> = events
        .iter()
        .map(|it| {
            let at = it.at.to_zoned(zone.clone()).strftime("%-d %b %Y, %H:%M").to_string();
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
            (shell::readers_line("Read by the office. Nobody can change it."))
            @if rows.is_empty() {
                (shell::empty_state("Nothing yet", "The first password that is set appears here.", None))
            } @else { (shell::table(TITLE, &columns, rows)) }
        },
    ))
}
