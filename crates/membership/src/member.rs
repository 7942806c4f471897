//! `/roster/members/{id}`: the office puts one line of the roster right by hand, and takes
//! the list with it as a file.

use platform::{identity::is_email, prelude::*};
use policy::Facts;
use program::long_day;
use shell::{Choice, Faults, Input, date_field, error_summary, page_head, readers_line, select_field, text_field};

use crate::{
    copies::{self, TakenList},
    look_up::{filter_of, note_export, note_reading},
    roster::{self, Member},
    rules::roster::RosterRow,
};

const TITLE: &str = "A member";

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let member = the_member(tx, visit)?;
    note_reading(tx, std::slice::from_ref(&member))?;
    Ok(Reply::page(TITLE, markup(visit, &member, &Faults::new())))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let (member, form) = (the_member(tx, visit)?, &visit.form);
    let (name, email) = (form.text("name"), form.text("email"));
    let mut faults = Faults::new();
    if name.is_empty() || name.chars().count() > 200 {
        faults.add("name", "Enter a name of up to 200 characters.");
    }
    if !email.is_empty() && !is_email(email) {
        faults.add("email", "This is not an e-mail address.");
    }
    if email.is_empty() && member.member_number.is_empty() {
        faults.add("email", "Without a number the address is all there is to know them by.");
    }
    for day in ["expires", "joined"].into_iter().filter(|it| !form.text(it).is_empty()) {
        let is_read = if day == "expires" { form.date(day).is_some() } else { year(form).is_some() };
        if !is_read {
            faults.add(day, if day == "expires" { "Choose a day." } else { "Write a year, like 2019." });
        }
    }
    if !faults.is_empty() {
        return Err(Failure::refused(TITLE, markup(visit, &member, &faults)));
    }
    let row = RosterRow {
        id: member.id,
        number: member.member_number.clone(),
        name: name.to_owned(),
        email: email.to_owned(),
        is_good: form.text("standing") != "lapsed",
        joined_year: year(form),
        expires_on: form.date("expires"),
        category: form.text("category").chars().take(200).collect(),
    };
    let before = crate::lapses::in_good_standing(tx)?;
    if !roster::correct(tx, &row)? {
        return Err(Failure::NotFound);
    }
    journal::record(tx, "roster line corrected", member.id, Some(visit.person()?), None)?;
    crate::promises::settle(tx)?;
    crate::lapses::note(tx, &before)?;
    Ok(Reply::go("/roster").saying("Corrected. The next list that says otherwise changes it again."))
}

/// The list as it is narrowed on the page, as a file.
pub fn download(tx: &mut Tx, visit: &Visit) -> Answer {
    let today = program::today(tx)?;
    let members = roster::whole_list(tx, &visit.scope(&Facts::of_program())?, &filter_of(visit), today)?;
    note_export(tx, &members)?;
    let first = ["Member number", "Name", "E-mail", "Standing", "Joined", "Expires", "Category"].map(str::to_owned);
    let mut lines = vec![first.to_vec()];
    for it in members {
        let standing = if it.is_good() { "good" } else { "lapsed" }.to_owned();
        let joined = it.joined_year.map(|year| year.to_string()).unwrap_or_default();
        let expires = it.expires_on.map(|day| day.to_string()).unwrap_or_default();
        lines.push(vec![it.member_number, it.name, it.email, standing, joined, expires, it.category]);
    }
    let list = TakenList { file: "members.csv", action: "member list taken away", about: None, lines };
    copies::copy_for(tx, visit, &Facts::of_program(), list)
}

fn the_member(tx: &mut Tx, visit: &Visit) -> Result<Member, Failure> {
    roster::find(tx, &visit.grant(&Facts::of_program())?, visit.id("id")?)?.ok_or(Failure::NotFound)
}

fn year(form: &Fields) -> Option<i64> {
    form.number("joined").filter(|year| (1900..=2100).contains(year))
}

fn markup(visit: &Visit, member: &Member, faults: &Faults) -> Markup {
    let was = |name: &str, kept: String| if visit.form.has(name) { visit.form.text(name).to_owned() } else { kept };
    let (name, email) = (was("name", member.name.clone()), was("email", member.email.clone()));
    let standing = was("standing", member.standing.clone());
    let joined = was("joined", member.joined_year.map(|it| it.to_string()).unwrap_or_default());
    let expires = was("expires", member.expires_on.map(|it| it.to_string()).unwrap_or_default());
    let category = was("category", member.category.clone());
    let standings = [Choice::new("good", "In good standing"), Choice::new("lapsed", "Lapsed")];
    let number = if member.member_number.is_empty() { "no number" } else { &member.member_number };
    html! {
        (shell::breadcrumbs(&[("/roster", "Roster")], &member.name))
        (error_summary(faults))
        (page_head(&member.name, &format!("On the roster with {number}.")))
        @if let Some(gone) = member.gone_at {
            p { "No longer on the list since " (long_day(gone.to_zoned(jiff::tz::TimeZone::UTC).date())) "." }
        } @else {
            (shell::form(&format!("/roster/members/{}", member.id), html! {
                (text_field(&Input::new("name", "Name").value(&name).required().faults(faults)))
                (text_field(&Input::new("email", "E-mail").kind("email").value(&email).faults(faults)))
                (select_field(&Input::new("standing", "Standing").value(&standing).required().faults(faults), &standings))
                (text_field(&Input::new("joined", "Year of joining").kind("number").value(&joined).faults(faults)))
                (date_field(&Input::new("expires", "Expires").value(&expires).faults(faults)))
                (text_field(&Input::new("category", "Kind of membership").value(&category).faults(faults)))
                (shell::button("Correct the line"))
            }))
        }
        (readers_line(&policy::who_can_read_as(policy::Record::MembershipRoster, &visit.subject)))
    }
}
