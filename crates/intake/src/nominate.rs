//! Page `/nominate`: somebody thinks of somebody else, in two minutes. APP1

use forms::{Answers, Form};
use jiff::Timestamp;
use platform::{identity::email_key, prelude::*};
use policy::Role;
use shell::{Faults, Tone};

use crate::{
    call::{self, Call},
    draft::role_in_path,
    letters,
    limits::{NOMINATIONS_A_DAY, OPEN_NOMINATIONS_OF_ONE},
    nominations::{self, NewNomination},
};

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let form = forms::current(tx, "nomination")?;
    let mut answers = Answers::new();
    if let Some(account) = &visit.account {
        answers.set("no_who", account.name.as_str());
        answers.set("no_who_email", account.email.as_str());
    }
    let now = tx.now();
    match call::current(tx)?.filter(|call| call.is_open_to_any(now)) {
        Some(call) => Ok(Reply::page(form.title.clone(), markup(&form, Some((&call, now)), &answers, &Faults::new()))),
        None => Ok(Reply::page(form.title.clone(), closed(&form))),
    }
}

/// Keeps the nomination and writes to the person. Whoever nominates learns the same
/// whatever becomes of it.
pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let form = forms::current(tx, "nomination")?;
    let answers = forms::read(&form, &visit.form)?;
    let mut faults = forms::faults(&form, &answers);
    let call = call::current(tx)?;
    for (field, fault) in more_faults(tx, call.as_ref(), &answers)? {
        faults.add(field, fault);
    }
    let call = match call {
        Some(call) if faults.is_empty() => call,
        call => {
            let call = call.as_ref().map(|it| (it, tx.now()));
            return Err(Failure::refused(form.title.clone(), markup(&form, call, &answers, &faults)));
        }
    };
    let address = answers.text("no_mail");
    let new = NewNomination {
        cohort: call.cohort.id,
        role: role_in_path(answers.text("no_for"))?,
        name: answers.text("no_name"),
        address,
        reason: answers.text("no_why"),
        nominator_name: answers.text("no_who"),
        nominator_address: answers.text("no_who_email"),
    };
    let has_enough = nominations::open_of(tx, call.cohort.id, address)? >= OPEN_NOMINATIONS_OF_ONE;
    if !has_enough && let Some(id) = nominations::add(tx, &new)? {
        let nomination = nominations::find(tx, id)?.ok_or(Failure::NotFound)?;
        journal::record(tx, "nomination made", id, None, Some(call.cohort.id))?;
        match nominations::applied_already(tx, &nomination)? {
            Some(application) => {
                letters::nominated_applicant(tx, &call, &application, new.nominator_name)?;
                nominations::let_go(tx, &nomination)?;
            }
            None => {
                letters::nominated(tx, &call, &nomination)?;
            }
        }
    }
    Ok(Reply::go("/nominate").saying(form.done))
}

fn more_faults(tx: &mut Tx, call: Option<&Call>, answers: &Answers) -> Result<Vec<(&'static str, String)>, Failure> {
    let mut faults = Vec::new();
    let (own, theirs) = (email_key(answers.text("no_who_email")), email_key(answers.text("no_mail")));
    if !own.is_empty() && own == theirs {
        let words = "This is your own address. To take part yourself, please apply; that is just as welcome.";
        faults.push(("no_mail", words.to_owned()));
    }
    match call {
        None => faults.push(("", crate::rules::queue::CallRefusal::NoCohort.to_string())),
        Some(call) => {
            let role = if answers.text("no_for") == Role::Mentor.key() { Role::Mentor } else { Role::Mentee };
            if let Err(refusal) = call.may_apply(role, tx.now()) {
                faults.push(("no_for", refusal.to_string()));
            }
        }
    }
    if !own.is_empty() && nominations::made_today_by(tx, &own)? >= NOMINATIONS_A_DAY {
        let words =
            format!("{NOMINATIONS_A_DAY} people were nominated from your address within a day. Please go on tomorrow.");
        faults.push(("", words));
    }
    Ok(faults)
}

/// The form without a role whose call is not open now, and why that one is missing.
fn for_open_roles(mut form: Form, call: &Call, now: Timestamp) -> (Form, Vec<String>) {
    let mut why = Vec::new();
    let asked = form.sections.iter_mut().flat_map(|it| &mut it.fields).find(|it| it.key == "no_for");
    if let Some(field) = asked.filter(|_| call.is_open_to_any(now)) {
        for role in [Role::Mentor, Role::Mentee] {
            if let Err(refusal) = call.may_apply(role, now) {
                field.options.retain(|it| it != role.key());
                why.push(format!("{}: {refusal}", if role == Role::Mentor { "Mentors" } else { "Mentees" }));
            }
        }
    }
    (form, why)
}

fn markup(form: &Form, call: Option<(&Call, Timestamp)>, answers: &Answers, faults: &Faults) -> Markup {
    let (form, why) = match call {
        Some((call, now)) => for_open_roles(form.clone(), call, now),
        None => (form.clone(), Vec::new()),
    };
    html! {
        (shell::page_head(&form.title, &form.intro))
        (shell::error_summary(faults))
        @for why in &why { (shell::note(Tone::Info, html! { p { (why) } })) }
        (shell::form("/nominate", html! {
            (forms::fields(&form, answers, faults, &[]))
            p.soft { "We keep the name, the address, the reason and who you are, until the person answers. The committee sees how many were nominated, and reads your words only once the person has said yes." }
            (shell::actions(shell::button("Send the nomination")))
        }))
    }
}

fn closed(form: &Form) -> Markup {
    html! {
        (shell::page_head(&form.title, "The call is not open at the moment, so nobody can be nominated now."))
        (shell::actions(shell::link_button("/apply", "See the call")))
    }
}
