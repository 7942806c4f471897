//! `/committee`: who runs the program, and the chair's form to appoint.

use jiff::civil::Date;
use platform::prelude::*;
use policy::{Action, Record, Role};
use program::{
    memberships::{self, Member},
    short_day,
};
use shell::{
    Choice, Column, Faults, Input, Style, Tone, badge, card, choice_field, date_field, error_summary, page_head, table,
    text_field, unbroken,
};

use crate::rules::committee::{APPOINTED, Term};

pub(crate) const TITLE: &str = "The committee";

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    Ok(Reply::wide(TITLE, markup(tx, visit, &Faults::new())?))
}

/// A membership as far as it decides; `None` for a role the house does not know.
pub(crate) fn term_of(member: &Member) -> Option<Term> {
    let is_confirmed = member.status == "confirmed";
    Some(Term { role: member.role()?, is_confirmed, since: member.since, until: member.until })
}

pub(crate) fn markup(tx: &mut Tx, visit: &Visit, faults: &Faults) -> Result<Markup, Failure> {
    let today = program::today(tx)?;
    let members = memberships::committee(tx)?;
    let appoints = may_appoint(visit);
    let rows = members.iter().map(|member| row(member, today, appoints)).collect();
    let mut columns = ["Name", "Role", "Since", "Until", "State"].map(Column::text).to_vec();
    if appoints {
        columns.push(Column::text("Change"));
    }
    let suggested = program::current(tx)?.and_then(|it| it.next_annual_meeting).unwrap_or_else(|| in_a_year(today));
    Ok(html! {
        (error_summary(faults))
        (page_head(TITLE, "Who runs the program. What somebody may see follows from their role, and ends with their term."))
        (table("Committee, office and board readers", &columns, rows))
        @if visit.may(Action::HandOverChair, None) {
            p { a href="/committee/hand-over" { "Hand over the chair" } }
        }
        @if visit.may(Action::HelpAccount, None) {
            p { a href="/accounts" { "Help somebody sign in" } }
        }
        @if appoints { (card("Appoint somebody", form(visit, faults, suggested))) }
        (shell::readers_line(&policy::who_can_read(Record::Committee)))
    })
}

/// The page again, with what was wrong.
pub(crate) fn refused(tx: &mut Tx, visit: &Visit, faults: &Faults) -> Result<Failure, Failure> {
    Ok(crate::wide(Failure::refused(TITLE, markup(tx, visit, faults)?)))
}

pub(crate) fn may_appoint(visit: &Visit) -> bool {
    visit.holds(Role::Chair) || visit.holds(Role::Deputy)
}

fn row(member: &Member, today: Date, appoints: bool) -> Vec<Markup> {
    let role = member.role().map_or("", Role::words);
    let runs = term_of(member).is_some_and(|it| it.runs_on(today));
    let state = match member.status.as_str() {
        "invited" => badge(Tone::Info, "Invited"),
        _ if runs => badge(Tone::Good, "In office"),
        _ if member.since > today => badge(Tone::Info, "Begins later"),
        _ => badge(Tone::Plain, "Term over"),
    };
    let mut cells = vec![
        html! { (member.name) br; span.hint { (member.email) } },
        html! { (role) },
        unbroken(&short_day(member.since)),
        member.until.map_or_else(|| html! { "open" }, |until| unbroken(&short_day(until))),
        state,
    ];
    if appoints {
        let path = |verb: &str| format!("/committee/members/{}/{verb}", member.id);
        cells.push(html! {
            @if member.status == "invited" { (shell::post_button(&path("invite"), "Invite again", &[], Style::Quiet)) " " }
            @if member.status == "invited" {
                (shell::post_button(&path("end"), "Take back", &[], Style::Danger))
            } @else {
                // One slip of the finger must not end what somebody does here.
                details {
                    summary { "End the term" }
                    p { (member.name) " loses every right of this role at once." }
                    (shell::post_button_for(&path("end"), "End it today", &member.name, &[], Style::Danger))
                }
            }
        });
    }
    cells
}

fn form(visit: &Visit, faults: &Faults, suggested: Date) -> Markup {
    let sent = visit.form.typed();
    let typed = |name: &str| sent.text(name).to_owned();
    let until = if sent.has("until") { typed("until") } else { suggested.to_string() };
    let (name, email, role) = (typed("name"), typed("email"), typed("role"));
    let roles: Vec<Choice> = APPOINTED.iter().map(|it| Choice::new(it.key(), it.words()).hint(task(*it))).collect();
    shell::form(
        "/committee/members",
        html! {
            (text_field(&Input::new("name", "Name").value(&name).required().faults(faults)))
            (text_field(&Input::new("email", "E-mail address").kind("email").value(&email).required().faults(faults)))
            (choice_field(&Input::new("role", "Role").value(&role).required().faults(faults), &roles))
            (date_field(&Input::new("until", "Until").value(&until).faults(faults)
                .hint("The last day of the term. Leave it empty for a term without an end.")))
            p.hint { "They get a letter with a link and choose their own password. The role counts once they have." }
            (shell::button("Appoint and invite"))
        },
    )
}

fn task(role: Role) -> &'static str {
    match role {
        Role::Liaison => "looks after duos",
        Role::Council => "advises, and helps with the report",
        Role::Staff => "keeps the roster",
        Role::Board => "reads reports",
        Role::Deputy => "does all that a chair does",
        Role::Chair => "runs the program",
        _ => "",
    }
}

fn in_a_year(today: Date) -> Date {
    today.saturating_add(jiff::Span::new().years(1))
}
