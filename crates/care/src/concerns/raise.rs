//! `/concerns/new`: somebody tells a person of their choice. MSG5.

use duos::Duo;
use platform::prelude::*;
use policy::{Facts, Grant, Record, may, of};
use shell::{Choice, Faults, Input};

use super::{Content, New, add, circle, circle::Contact, of_reporter};
use crate::{
    letters,
    rules::concern::{LONGEST, Raising, raise},
};

const TITLE: &str = "Raise a concern";

struct Asked {
    cohort: Id,
    duo: Option<Duo>,
    contacts: Vec<Contact>,
    /// Who would read it, to whomever of them it is addressed.
    anyway: Vec<(Id, String)>,
    nameable: Vec<Contact>,
    open: usize,
    /// The duos to choose from, where there are several: their address, and with whom.
    others: Vec<(String, String)>,
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let asked = asked(tx, visit)?;
    Ok(Reply::page(TITLE, page(&asked, &visit.form, &Faults::new())))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let asked = asked(tx, visit)?;
    let reporter = visit.person()?;
    let _: Grant<of::Escalation, may::Write> = visit.grant(&Facts::in_cohort(asked.cohort.number()).own(true))?;
    let form = &visit.form;
    let to = Id::parse(form.text("to")).and_then(|id| asked.contacts.iter().find(|it| it.person == id));
    let chosen = |field: &str, among: &[Contact]| -> Vec<Id> {
        let ids = form.all(field).into_iter().filter_map(|it| Id::parse(&it));
        ids.filter(|id| among.iter().any(|it| it.person == *id)).collect()
    };
    let (named, skipped) = (chosen("about", &asked.nameable), chosen("without", &asked.contacts));
    let words = form.text("words");
    let raising = Raising { words, to: to.map(|it| it.person), named: &named, skipped: &skipped, open: asked.open };
    let mut faults = Faults::new();
    for refusal in raise(&raising) {
        faults.add(refusal.field(), refusal.to_string());
    }
    let (Some(to), true) = (to, faults.is_empty()) else {
        return Err(Failure::refused(TITLE, page(&asked, form, &faults)));
    };
    let content = Content::new(words, &named, &skipped);
    let duo = asked.duo.as_ref().map(|it| it.id);
    let new =
        New { cohort: asked.cohort, duo, reporter, addressed: to.person, addressed_as: to.role, content: &content };
    let id = add(tx, &new)?;
    let cohort = program::the_cohort(tx, asked.cohort)?;
    letters::concern_raised(tx, &cohort, id, to.person)?;
    Ok(Reply::go(format!("/concerns/{id}"))
        .saying(format!("{} has a letter that something waits; nothing of it stands in the letter.", to.name)))
}

fn asked(tx: &mut Tx, visit: &Visit) -> Result<Asked, Failure> {
    let person = visit.person()?;
    let (cohort, duo) = circle::home(tx, visit)?.ok_or(Failure::NotFound)?;
    let contacts = circle::free_contacts(tx, person, cohort, duo.as_ref())?;
    let nameable = circle::nameable(tx, person, cohort, duo.as_ref())?;
    let open = of_reporter(tx, person)?.iter().filter(|it| it.closed_at.is_none()).count();
    let running = duos::running_of(tx, person)?;
    let of_choice = running.iter().filter(|it| running.len() > 1 && duo.as_ref().is_none_or(|duo| duo.id != it.id));
    let others = of_choice
        .map(|it| (format!("/concerns/new?duo={}", it.id), it.name_of(it.partner_of(person)).to_owned()))
        .collect();
    let anyway = circle::readers_anyway(tx, (cohort, person), duo.as_ref())?;
    Ok(Asked { cohort, duo, contacts, anyway, nameable, open, others })
}

/// Those to write to, each with who reads it then.
fn to_whom(asked: &Asked) -> Vec<Choice> {
    let choice = |to: &Contact| {
        let others = asked.anyway.iter().filter(|(person, _)| *person != to.person);
        let beside: Vec<&str> = others.map(|(_, name)| name.as_str()).collect();
        let beside = match beside.as_slice() {
            [] => "nobody else reads it".to_owned(),
            [one] => format!("{one} reads it, too, unless ticked below"),
            [many @ .., last] => format!("{} and {last} read it, too, unless ticked below", many.join(", ")),
        };
        Choice::new(to.person.to_string(), &to.name).hint(format!("{}; {beside}", to.words))
    };
    asked.contacts.iter().map(choice).collect()
}

fn page(asked: &Asked, typed: &Fields, faults: &Faults) -> Markup {
    let people = |contacts: &[Contact]| -> Vec<Choice> {
        contacts.iter().map(|it| Choice::new(it.person.to_string(), &it.name).hint(it.words)).collect()
    };
    html! {
        (shell::breadcrumbs(&[("/concerns", "Concerns")], TITLE))
        (shell::error_summary(faults))
        (shell::page_head(TITLE, "Something is not right, with somebody or with how things go here. Write to the person you trust with it."))
        p { "You hear within two working days who looks after it, and you are asked what you would like before anything is done, unless somebody is in danger. A report in good faith is never held against you." }
        @if !asked.others.is_empty() {
            (shell::note(shell::Tone::Info, html! {
                @match &asked.duo {
                    Some(duo) => p { "This is about your duo of " (duo.mentor_name) " and " (duo.mentee_name) "." }
                    None => p { "Is it about one of your duos? Choose it, so that its liaison can be told." }
                }
                ul { @for (path, partner) in &asked.others { li { a href=(path) { "With " (partner) } } } }
            }))
        }
        @if asked.contacts.is_empty() {
            (shell::empty_state("Nobody to write to yet", "The committee is not appointed yet. The page about conduct names who else helps.", Some(("/about/conduct", "Read it"))))
        } @else {
            (shell::form("/concerns", html! {
                @if let (Some(duo), false) = (&asked.duo, asked.others.is_empty()) { (shell::hidden("duo", &duo.id.to_string())) }
                (shell::choice_field(&Input::new("to", "To whom").value(typed.text("to")).required().faults(faults).readers(&policy::who_can_read(Record::Escalation)), &to_whom(asked)))
                (shell::multi_field(&Input::new("without", "Who else shall not see it").hint("Whoever is ticked neither reads it nor learns of it, whatever stands above."), &people(&asked.contacts), &typed.all("without")))
                (shell::long_field(&Input::new("words", "What happened, and what you would like").value(typed.text("words")).max(LONGEST).rows(8).required().faults(faults)))
                (shell::multi_field(&Input::new("about", "Whom it is about").hint("Whoever is ticked learns nothing of it, not even that it is there."), &people(&asked.nameable), &typed.all("about")))
                (shell::actions(shell::button("Send it in confidence")))
            }))
        }
    }
}
