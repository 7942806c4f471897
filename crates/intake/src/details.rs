//! The same fact is asked once (APP3): a form begins with what is known of the person,
//! and what they write there is known from then on.

use forms::{Answers, Form, Section};
use membership::Person;
use platform::prelude::*;
use policy::Role;
use program::preset;

use crate::{
    applications::{self, Application},
    call::Call,
    eligibility, forget,
    rules::{
        self, Verdict,
        eligible::{self, Facts},
    },
};

/// The beginning of a key: `me_name` of a mentee is `mo_name` of a mentor.
pub(crate) fn prefix(role: Role) -> &'static str {
    if role == Role::Mentor { "mo" } else { "me" }
}

fn key(role: Role, fact: &str) -> String {
    format!("{}_{fact}", prefix(role))
}

/// What both forms ask in the same words.
const SHARED: [&str; 12] =
    ["name", "pron", "role", "employer", "years", "member", "memno", "style", "chan", "freq", "avail", "orient"];

/// The answers that an application begins with.
pub(crate) fn begin_with(tx: &mut Tx, call: &Call, role: Role, person: Id) -> Result<Answers, Failure> {
    let mut answers = Answers::new();
    let other_role = if role == Role::Mentor { Role::Mentee } else { Role::Mentor };
    if let Some(other) = applications::of(tx, call.cohort.id, other_role, person)? {
        let kept = forms::kept(tx, other.form(), other.id)?.map(|it| it.answers).unwrap_or_default();
        for fact in SHARED {
            if let Some(value) = kept.get(&key(other_role, fact)) {
                answers.set(&key(role, fact), value.clone());
            }
        }
    }
    if let Some(carried) = forget::carried_over(tx, &call.cohort, role, person)? {
        answers = carried.with(answers);
    }
    for (fact, known) in facts_of(&membership::the_person(tx, &policy::house(), person)?) {
        if !known.is_empty() {
            answers.set(&key(role, fact), known);
        }
    }
    Ok(answers)
}

fn facts_of(person: &Person) -> Vec<(&'static str, String)> {
    vec![
        ("name", person.name.clone()),
        ("email", person.email.clone()),
        ("pron", person.pronouns.clone()),
        ("phone", person.phone.clone()),
        ("city", person.city.clone()),
        ("tz", person.zone.clone()),
        ("employer", person.employer.clone()),
        ("memno", person.member_number.clone()),
    ]
}

/// The form as it was when this application was filled in, or as it is asked now where
/// nothing was.
pub(crate) fn form_given(tx: &mut Tx, application: &Application) -> Result<Form, Failure> {
    match forms::stamp(tx, application.form(), application.id)? {
        Some(stamp) => forms::of_version(tx, application.form(), stamp.version),
        None => forms::current(tx, application.form()),
    }
}

/// Writes back what the form says about the person. A draft only adds: a field that is
/// still empty there takes nothing away.
pub(crate) fn write_back(
    tx: &mut Tx,
    role: Role,
    person: Id,
    answers: &Answers,
    is_complete: bool,
) -> Result<(), Failure> {
    let before = membership::the_person(tx, &policy::house(), person)?;
    let told = |fact: &str, old: &str| {
        let new = answers.text(&key(role, fact)).trim();
        if new.is_empty() && !is_complete { old.to_owned() } else { new.to_owned() }
    };
    let after = Person {
        pronouns: told("pron", &before.pronouns),
        phone: told("phone", &before.phone),
        city: told("city", &before.city),
        zone: told("tz", &before.zone),
        employer: told("employer", &before.employer),
        member_number: told("memno", &before.member_number),
        ..before.clone()
    };
    if after == before { Ok(()) } else { membership::write_details(tx, &after) }
}

/// ELG3: judged today, by the association's list and by what the form says.
pub(crate) fn judge(tx: &mut Tx, call: &Call, role: Role, person: Id, answers: &Answers) -> Result<Verdict, Failure> {
    let today = call.calendar.today(tx.now());
    let rules = eligibility::rules_of(tx, call.cohort.id)?;
    let judged_for = rules.on.unwrap_or(today);
    let look = membership::look(tx, person, judged_for)?;
    let standing = match look.standing {
        membership::Standing::Member { first_year, .. } => rules::Standing::Member { first_year },
        membership::Standing::Lapsed { .. } => rules::Standing::Lapsed,
        membership::Standing::Unknown => rules::Standing::Unknown,
    };
    let promise = preset::list("membership").get(1);
    let was_mentee = eligibility::was_mentee(tx, person, call.cohort.id)?;
    let counts_because = membership::reason_to_count(tx, &policy::house(), call.cohort.id, person)?;
    Ok(eligible::eligibility(&Facts {
        role,
        rules: rules.of(role),
        standing,
        category: &look.category,
        was_mentee,
        promises: promise.is_some_and(|words| answers.text(&key(role, "member")) == words),
        judged_on: today,
        judged_for,
        counts_because: counts_because.as_deref(),
        join_by: call.orientation(),
        association: &call.program.association,
    }))
}

/// Whether a section asks what decides about who is eligible.
pub(crate) fn is_judged_by(role: Role, section: &Section) -> bool {
    let decides = [key(role, "member"), key(role, "memno")];
    section.fields.iter().any(|field| decides.contains(&field.key))
}

/// The verdict on a form that is being filled in: nobody is judged before they were asked.
pub(crate) fn verdict_so_far(role: Role, answers: &Answers, verdict: &Verdict) -> Markup {
    let is_asked = !answers.text(&key(role, "member")).is_empty() || !answers.text(&key(role, "memno")).is_empty();
    if verdict.eligible || is_asked {
        return verdict_note(verdict);
    }
    let words =
        "Whether you are eligible shows here once you have answered what stands under “Your membership” and saved.";
    shell::note(shell::Tone::Info, html! { p { (words) } })
}

/// The verdict as a note on a page.
pub(crate) fn verdict_note(verdict: &Verdict) -> Markup {
    let (tone, title) = if verdict.eligible {
        (shell::Tone::Good, "As it stands, you are eligible.")
    } else {
        (shell::Tone::Warn, "As it stands, you are not eligible yet.")
    };
    shell::note(
        tone,
        html! {
            p { strong { (title) } }
            @for sentence in &verdict.words { p { (sentence.words) } }
            p.soft {
                "Judged on " (rules::day(verdict.judged_on)) " by the association’s list of members"
                @if verdict.judged_for != verdict.judged_on { ", for " (rules::day(verdict.judged_for)) } "."
            }
        },
    )
}

/// All answers of an application, with those that its author alone may open.
pub(crate) fn answers_for_author(tx: &mut Tx, visit: &Visit, application: &Application) -> Result<Answers, Failure> {
    match forms::kept(tx, application.form(), application.id)? {
        Some(kept) => {
            let is_own = application.person == visit.person()?;
            let facts = policy::Facts::in_cohort(application.cohort.number()).own(is_own);
            forms::open_sealed(tx, &kept, forms::Opener::Author(&visit.grant(&facts)?))
        }
        None => Ok(Answers::new()),
    }
}
