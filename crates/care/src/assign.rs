//! The chair's page: who accompanies whom, by hand where it must be. It shows loads and
//! what is overdue, and nothing of what liaisons read or note. LIA5.

use std::collections::BTreeMap;

use duos::Duo;
use jiff::civil::Date;
use membership::TakenList;
use platform::{identity, prelude::*};
use program::{Cohort, calendar};
use shell::{Choice, Column, Faults, Input};

use crate::{
    appoint, desk, letters,
    liaisons::{self, Liaison},
    tasks::{self, Task},
};

const TITLE: &str = "Liaisons";

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let facts = facts(tx, visit)?;
    Ok(Reply::wide(TITLE, page(&facts, &Fields::default(), &Faults::new())))
}

/// Appoints somebody for one duo.
pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let facts = facts(tx, visit)?;
    let mut faults = Faults::new();
    let duo = Id::parse(visit.form.text("duo")).and_then(|id| facts.duos.iter().find(|it| it.id == id).cloned());
    let person = Id::parse(visit.form.text("liaison")).filter(|id| facts.loads.iter().any(|(it, _)| it.id == *id));
    if duo.is_none() {
        faults.add("duo", "Choose a duo.");
    }
    if person.is_none() {
        faults.add("liaison", "Choose a liaison.");
    }
    if let (Some(duo), Some(person)) = (duo, person) {
        match appoint::by_hand(tx, &duo, person, visit.person()?)? {
            Ok(()) => {
                let words = format!("Duo {} has its liaison; the two see the name on their page.", duo.number);
                return Ok(Reply::go(&visit.path).saying(words));
            }
            Err(conflict) => faults.add("liaison", conflict.to_string()),
        }
    }
    Err(Failure::refused(TITLE, page(&facts, &visit.form.typed(), &faults)))
}

/// Gives all duos of one liaison to another; those where that may not be stay. LIA4.
pub fn hand_over(tx: &mut Tx, visit: &Visit) -> Answer {
    let facts = facts(tx, visit)?;
    let path = format!("/cohorts/{}/liaisons", facts.cohort.id);
    let mut faults = Faults::new();
    let (from, to) = (account(tx, visit.form.text("from"))?, account(tx, visit.form.text("to"))?);
    let to = to.filter(|to| facts.loads.iter().any(|(it, _)| it.id == to.id));
    match (&from, &to) {
        (None, _) => faults.add("from", "Choose whose duos are passed on."),
        (_, None) => faults.add("to", "Choose who takes them."),
        (Some(from), Some(to)) if from.id == to.id => faults.add("to", "Choose somebody else."),
        _ => {}
    }
    let (Some(from), Some(to), true) = (from, to, faults.is_empty()) else {
        return Err(Failure::refused(TITLE, page(&facts, &visit.form.typed(), &faults)));
    };
    let (mut moved, mut stay) = (0, Vec::new());
    for duo in facts.duos_of(from.id) {
        match appoint::by_hand(tx, duo, to.id, visit.person()?)? {
            Ok(()) => moved += 1,
            Err(conflict) => stay.push(format!("Duo {} stays: {conflict}", duo.number)),
        }
    }
    if moved > 0 {
        letters::handed_over(tx, &facts.cohort, &from, &to, moved)?;
    }
    let words = format!("{} has taken over {moved} of {}'s duos. {}", to.name, from.name, stay.join(" "));
    Ok(Reply::go(path).saying(words.trim()))
}

/// The active duos with their liaisons, as they stand on the page, as a file.
pub fn take_along(tx: &mut Tx, visit: &Visit) -> Answer {
    let facts = facts(tx, visit)?;
    let mut lines = vec![["Duo", "Mentor", "Mentee", "Liaison"].map(str::to_owned).to_vec()];
    for duo in &facts.duos {
        let liaison = facts.current.get(&duo.id).map(|it| it.name.clone()).unwrap_or_default();
        lines.push(vec![duo.number.to_string(), duo.mentor_name.clone(), duo.mentee_name.clone(), liaison]);
    }
    let (cohort, file) = (facts.cohort.id, format!("duos-{}.csv", facts.cohort.name));
    let list = TakenList { file: &file, action: "list of duos taken away", about: Some(cohort), lines };
    membership::copy_for(tx, visit, &policy::Facts::in_cohort(cohort.number()), list)
}

fn account(tx: &mut Tx, id: &str) -> Result<Option<Account>, Failure> {
    match Id::parse(id) {
        Some(id) => Ok(identity::find(tx, id)?),
        None => Ok(None),
    }
}

struct Facts {
    cohort: Cohort,
    today: Date,
    /// The active duos by number.
    duos: Vec<Duo>,
    current: BTreeMap<Id, Liaison>,
    loads: Vec<(Account, usize)>,
    overdue: Vec<(Id, i64)>,
    tasks: Vec<Task>,
    /// The duos in which the one who asks has a stake, and who decides about them instead.
    own: Option<(Vec<Id>, String)>,
    /// Whether they are one of the two themselves.
    is_in_one: bool,
    /// Those that ended early, but for what is not theirs to see.
    ended: Vec<Duo>,
}

impl Facts {
    fn is_own(&self, duo: &Duo) -> bool {
        self.own.as_ref().is_some_and(|(own, _)| own.contains(&duo.id))
    }

    fn duos_of(&self, person: Id) -> impl Iterator<Item = &Duo> {
        self.duos.iter().filter(move |it| self.current.get(&it.id).is_some_and(|it| it.person == person))
    }

    fn without(&self) -> Vec<&Duo> {
        self.duos.iter().filter(|it| !self.current.contains_key(&it.id)).collect()
    }
}

fn facts(tx: &mut Tx, visit: &Visit) -> Result<Facts, Failure> {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let scope = visit.scope(&policy::Facts::in_cohort(cohort.id.number()))?;
    let today = calendar::of(tx, &cohort)?.today(tx.now());
    let person = visit.person()?;
    let stake = membership::Stake::of(tx, person)?;
    let (duos, mut ended): (Vec<Duo>, Vec<Duo>) = duos::in_cohort(tx, cohort.id)?.into_iter().partition(Duo::is_active);
    ended.retain(|it| it.state == "ended" && !stake.is_in(&it.people()));
    let own: Vec<&Duo> = duos.iter().filter(|it| stake.is_in(&it.people())).collect();
    let is_in_one = own.iter().any(|it| it.is_of(person));
    let own = match own.as_slice() {
        [] => None,
        own => {
            let concerned: Vec<Id> = own.iter().flat_map(|it| it.people()).collect();
            let instead = membership::who_decides_instead(tx, cohort.id, &concerned)?;
            Some((own.iter().map(|it| it.id).collect(), instead))
        }
    };
    let current = liaisons::listed(tx, &scope)?;
    let loads = appoint::loads(tx, cohort.id)?;
    let overdue = tasks::overdue(tx, cohort.id, today)?;
    let tasks = tasks::open_of_chairs(tx, &visit.scope(&policy::Facts::in_cohort(cohort.id.number()))?)?;
    Ok(Facts { own, is_in_one, ended, cohort, today, duos, current, loads, overdue, tasks })
}

fn page(facts: &Facts, typed: &Fields, faults: &Faults) -> Markup {
    let without = facts.without();
    html! {
        (shell::page_head(TITLE, "Every duo has somebody from the committee to turn to: never from the same employer, and each with about as many duos as the others."))
        (shell::error_summary(faults))
        @if !facts.tasks.is_empty() {
            (shell::card("Waiting for you", html! { div.stack { @for task in &facts.tasks { (desk::task_item(task, facts.today)) } } }))
        }
        @if facts.loads.is_empty() {
            (shell::empty_state("No liaisons yet", "Appoint liaisons among the committee; duos get theirs when they are formed.", Some(("/committee", "Go to the committee"))))
        } @else { (loads(facts)) }
        @if !without.is_empty() {
            (shell::note(shell::Tone::Warn, html! {
                "Without a liaison: "
                @for (index, duo) in without.iter().enumerate() { @if index > 0 { ", " } "duo " (duo.number) }
                "."
            }))
        }
        @if let Some((_, instead)) = &facts.own {
            (shell::note(shell::Tone::Info, html! { p { @if facts.is_in_one { "You are in a duo yourself. " } @else { "You step aside from somebody in a duo. " } (instead) } }))
        }
        @if facts.duos.is_empty() {
            (shell::empty_state("No duos yet", "When a duo is formed, its liaison is appointed by itself.", None))
        } @else {
            (shell::cards(html! { (appoint_card(facts, typed, faults)) (hand_over_card(facts, typed, faults)) }))
            (all(facts))
            (shell::post_button(&format!("/cohorts/{}/liaisons.csv", facts.cohort.id), "Take this list as a file", &[], shell::Style::Quiet))
            p.hint { "Every line of the file says that the copy was made for you, and when." }
        }
        @if !facts.ended.is_empty() { (ended(facts)) }
    }
}

fn loads(facts: &Facts) -> Markup {
    let columns = [Column::text("Liaison"), Column::number("Duos"), Column::number("Overdue tasks")];
    let overdue = |id: Id| facts.overdue.iter().find(|it| it.0 == id).map_or(0, |it| it.1);
    let row = |(account, duos): &(Account, usize)| {
        vec![html! { (account.name) }, html! { (duos) }, html! { (overdue(account.id)) }]
    };
    shell::table("How many duos each accompanies", &columns, facts.loads.iter().map(row).collect())
}

fn people(facts: &Facts) -> Vec<Choice> {
    let words = |account: &Account, duos: usize| format!("{} ({duos})", account.name);
    facts.loads.iter().map(|(account, duos)| Choice::new(account.id.to_string(), words(account, *duos))).collect()
}

fn appoint_card(facts: &Facts, typed: &Fields, faults: &Faults) -> Markup {
    let duo = |it: &Duo| {
        Choice::new(it.id.to_string(), format!("Duo {}: {} and {}", it.number, it.mentor_name, it.mentee_name))
    };
    let others = facts.duos.iter().filter(|it| !facts.is_own(it));
    let (without, with): (Vec<&Duo>, Vec<&Duo>) = others.partition(|it| !facts.current.contains_key(&it.id));
    let duos: Vec<Choice> = without.into_iter().chain(with).map(duo).collect();
    shell::card(
        "Appoint for one duo",
        shell::form(
            &format!("/cohorts/{}/liaisons", facts.cohort.id),
            html! {
                (shell::select_field(&Input::new("duo", "Duo").required().value(typed.text("duo")).faults(faults), &duos))
                (shell::select_field(&Input::new("liaison", "Liaison").required().value(typed.text("liaison")).faults(faults), &people(facts)))
                (shell::actions(shell::button("Appoint")))
            },
        ),
    )
}

fn hand_over_card(facts: &Facts, typed: &Fields, faults: &Faults) -> Markup {
    let mut from: BTreeMap<Id, &str> = BTreeMap::new();
    for liaison in facts.duos.iter().filter_map(|it| facts.current.get(&it.id)) {
        from.insert(liaison.person, &liaison.name);
    }
    let from: Vec<Choice> = from.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
    shell::card(
        "Pass on all duos",
        shell::form(
            &format!("/cohorts/{}/liaisons/hand-over", facts.cohort.id),
            html! {
                (shell::select_field(&Input::new("from", "From").required().value(typed.text("from")).faults(faults), &from))
                (shell::select_field(&Input::new("to", "To").required().value(typed.text("to")).faults(faults), &people(facts)))
                (shell::actions(shell::button_quiet("Pass on")))
            },
        ),
    )
}

fn ended(facts: &Facts) -> Markup {
    shell::card(
        "Ended early",
        html! {
            ul {
                @for duo in &facts.ended {
                    li { a href={ "/desk/duos/" (duo.id) } { "Duo " (duo.number) } ": " (duo.mentor_name) " and " (duo.mentee_name) }
                }
            }
        },
    )
}

fn all(facts: &Facts) -> Markup {
    let columns = [Column::text("Duo"), Column::text("Mentor"), Column::text("Mentee"), Column::text("Liaison")];
    let row = |duo: &Duo| {
        let liaison = facts.current.get(&duo.id).map_or("nobody yet", |it| it.name.as_str());
        let number = html! {
            @if facts.is_own(duo) { (duo.number) ", not yours to decide" } @else { a href=(format!("/desk/duos/{}", duo.id)) { (duo.number) } }
        };
        vec![number, html! { (duo.mentor_name) }, html! { (duo.mentee_name) }, html! { (liaison) }]
    };
    shell::table("Every active duo", &columns, facts.duos.iter().map(row).collect())
}
