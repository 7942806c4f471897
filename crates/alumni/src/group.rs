//! Page `/alumni`: the group of former participants, for those in it and the chair.

use std::collections::BTreeMap;

use platform::{doors::Answer, prelude::*};
use policy::{Facts, Role};
use program::short_day;
use shell::{Column, Style};

use crate::{
    certificates,
    members::{self, Member},
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let me = visit.person()?;
    let members = members::directory(tx, &visit.scope(&Facts::of_program())?)?;
    let cohorts: BTreeMap<Id, String> =
        program::cohorts::all(tx)?.into_iter().map(|cohort| (cohort.id, cohort.name)).collect();
    let mut rows = Vec::new();
    for member in &members {
        let role = certificates::role_of(tx, member.person)?.unwrap_or_default();
        rows.push(row(member, &role, cohorts.get(&member.cohort).map_or("", String::as_str)));
    }
    let mine = match members.iter().find(|it| it.person == me) {
        Some(member) => Some((member, program::day_of(tx, member.joined_at)?)),
        None => None,
    };
    let writes = visit.holds(Role::Chair) || visit.holds(Role::Deputy);
    let columns = [Column::text("Name"), Column::text("Took part"), Column::text("Offers to the next cohort")];
    let lead = "Former participants who keep in touch and help the next cohort, for whoever likes.";
    let body = html! {
        (shell::page_head("Former participants", lead))
        @if writes { (shell::actions(html! { (shell::link_button("/alumni/letter", "Write to the group")) })) }
        @if let Some((member, since)) = mine { (own(member, since)) }
        @if rows.is_empty() {
            (shell::empty_state("Nobody has joined yet", "Invitations go out when the session is over, with the certificates.", None))
        } @else {
            (shell::table(&format!("{} in the group", rows.len()), &columns, rows))
        }
        (shell::readers_line(&policy::who_can_read(policy::Record::AlumniGroup)))
        p.hint { "Here stands whoever opted in, until they leave. Addresses are shown to nobody." }
        p { a href="/about/alumni" { "How the group works: its rules, and ways to help" } }
    };
    Ok(Reply::wide("Former participants", body))
}

fn row(member: &Member, role: &str, cohort: &str) -> Vec<Markup> {
    vec![
        html! { (member.name) },
        html! { @if role.is_empty() { (cohort) } @else { (role) ", " (cohort) } },
        html! { @if member.helps.is_empty() { "–" } @else { ul { @for help in &member.helps { li { (help) } } } } },
    ]
}

fn own(member: &Member, since: jiff::civil::Date) -> Markup {
    shell::card(
        "You in the group",
        html! {
            p { "You joined on " (short_day(since)) "." }
            @if member.helps.is_empty() { p { "You offer nothing at the moment, and that is fine." } }
            @else { ul { @for help in &member.helps { li { (help) } } } }
            @if member.without_letters {
                p { "You ended letters to former participants before you joined, so none reach you. " a href="/me/letters" { "Have them again" } "." }
            }
            (shell::actions(html! {
                (shell::link_quiet("/alumni/join", "Change what I offer"))
                (shell::post_button("/alumni/membership/end", "Leave the group", &[], Style::Quiet))
            }))
        },
    )
}
