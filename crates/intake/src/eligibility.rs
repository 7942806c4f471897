//! Page `/cohorts/{cohort}/eligibility`: what a cohort asks of those who take part, and who
//! counts as eligible all the same.

use std::sync::LazyLock;

use platform::{identity, prelude::*};
use policy::{Role, Scope, may, of};
use program::{Cohort, long_day, preset, short_day};
use serde::Deserialize;
use shell::{Choice, Column, Faults, Input, Tone, error_summary, page_head, select_field, tick_field};

use crate::{
    call::{self, Call},
    rules::eligible::{RoleRules, Rules, Strength},
};

const TITLE: &str = "Who may take part";
pub(crate) const FIELDS: &[&str] = &[
    "mentee_standing",
    "mentee_promise",
    "mentee_first_year",
    "mentee_not_before",
    "mentee_category",
    "mentee_categories",
    "mentor_standing",
    "mentor_category",
    "mentor_categories",
    "on",
    "anyway",
];
const LONGEST_REASON: usize = 600;

/// What the program comes with.
static PRESET: LazyLock<Rules> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        rules: Listed,
    }
    #[derive(Deserialize)]
    struct Listed {
        eligibility: Vec<Rule>,
    }
    #[derive(Deserialize)]
    struct Rule {
        key: String,
        role: String,
        strength: Strength,
    }
    let listed = preset::toml::<File>("preset.toml").map(|file| file.rules.eligibility).unwrap_or_default();
    let strength = |key: &str, role: &str| {
        let fits = |rule: &&Rule| rule.key == key && (rule.role == role || rule.role == "both");
        listed.iter().find(fits).map_or(Strength::Off, |rule| rule.strength)
    };
    let of = |role: &str| RoleRules {
        standing: strength("member", role),
        promise: role == "mentee",
        first_year: strength("first_year", role),
        not_before: strength("not_before", role),
        category: Strength::Off,
        categories: Vec::new(),
    };
    Rules { mentee: of("mentee"), mentor: of("mentor"), on: None }
});

/// The rules of a cohort; those of the program, where it has none of its own.
pub(crate) fn rules_of(tx: &mut Tx, cohort: Id) -> Result<Rules, Failure> {
    let kept = membership::rules_of(tx, cohort)?;
    Ok(kept.and_then(|it| serde_json::from_str(&it).ok()).unwrap_or_else(|| PRESET.clone()))
}

/// Whether somebody was a mentee in another cohort.
pub(crate) fn was_mentee(tx: &mut Tx, person: Id, cohort: Id) -> Result<bool, Failure> {
    let held = program::memberships::of_person(tx, person)?;
    let other = |it: &program::memberships::Member| it.cohort.is_some_and(|of| of != cohort);
    Ok(held.iter().any(|it| it.role() == Some(Role::Mentee) && it.status != "invited" && other(it)))
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let call = the_call(tx, visit)?;
    let rules = rules_of(tx, call.cohort.id)?;
    let body = markup(tx, visit, &call, &rules, &Typed::default(), &Faults::new())?;
    Ok(Reply::page(TITLE, body))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let call = the_call(tx, visit)?;
    let form = &visit.form;
    let rules = read(form);
    let mut faults = Faults::new();
    for role in ["mentee", "mentor"] {
        let it = if role == "mentor" { &rules.mentor } else { &rules.mentee };
        if it.category != Strength::Off && it.categories.is_empty() {
            faults.add(format!("{role}_categories"), "Name the kinds of membership that count.");
        }
    }
    if !form.text("on").is_empty() && rules.on.is_none() {
        faults.add("on", "Choose a day, or leave it empty.");
    }
    if has_begun(&call, tx) && !form.ticked("anyway") {
        faults.add("anyway", "People have applied by the rules as they are. Say that you change them all the same.");
    }
    if !faults.is_empty() {
        let body = markup(tx, visit, &call, &rules, &Typed::default(), &faults)?;
        return Err(Failure::refused(TITLE, body));
    }
    let text = serde_json::to_string(&rules).unwrap_or_default();
    membership::write_rules(tx, call.cohort.id, &text, visit.person()?)?;
    Ok(Reply::go(page(&call.cohort)).saying("Kept. Whoever is judged from now on is judged by these rules."))
}

/// What was typed for an override that was refused.
#[derive(Default)]
struct Typed<'a> {
    email: &'a str,
    reason: &'a str,
}

pub(crate) fn post_override(tx: &mut Tx, visit: &Visit) -> Answer {
    let call = the_call(tx, visit)?;
    let (email, reason) = (visit.form.text("email"), visit.form.text("reason"));
    let mut faults = Faults::new();
    let account = identity::find_by_email(tx, email)?;
    if account.is_none() {
        faults.add("email", "Nobody has an account under this address yet.");
    }
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        faults.add("reason", format!("Give the reason in up to {LONGEST_REASON} characters."));
    }
    let by = visit.person()?;
    if let Some(account) = &account
        && membership::steps_aside(tx, by, account.id)?.is_some()
    {
        faults.add("email", membership::who_decides_instead(tx, call.cohort.id, &[account.id])?);
    }
    let (Some(account), true) = (account, faults.is_empty()) else {
        let rules = rules_of(tx, call.cohort.id)?;
        let body = markup(tx, visit, &call, &rules, &Typed { email, reason }, &faults)?;
        return Err(Failure::refused(TITLE, body));
    };
    membership::count_as_eligible(tx, call.cohort.id, account.id, reason, by)?;
    Ok(Reply::go(page(&call.cohort)).saying(format!("{} counts as eligible from now on.", account.name)))
}

pub(crate) fn end_override(tx: &mut Tx, visit: &Visit) -> Answer {
    let call = the_call(tx, visit)?;
    let (id, by) = (visit.id("id")?, visit.person()?);
    let about = membership::overrides(tx, &scope(visit, &call)?)?.into_iter().find(|it| it.id == id);
    let about = about.ok_or(Failure::NotFound)?.person;
    if membership::steps_aside(tx, by, about)?.is_some() {
        let faults = Faults::general(membership::who_decides_instead(tx, call.cohort.id, &[about])?);
        let rules = rules_of(tx, call.cohort.id)?;
        return Err(Failure::refused(TITLE, markup(tx, visit, &call, &rules, &Typed::default(), &faults)?));
    }
    membership::end_override(tx, call.cohort.id, id, by)?;
    let words = "Ended. The rules decide again from the next judgement on; a place that was taken stays taken.";
    Ok(Reply::go(page(&call.cohort)).saying(words))
}

fn the_call(tx: &mut Tx, visit: &Visit) -> Result<Call, Failure> {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    call::of(tx, cohort)
}

/// Those about whom the committee decides are seen as their applications are.
fn scope(visit: &Visit, call: &Call) -> Result<Scope<of::Application, may::Write>, Failure> {
    visit.scope(&policy::Facts::in_cohort(call.cohort.id.number()))
}

fn page(cohort: &Cohort) -> String {
    format!("/cohorts/{}/eligibility", cohort.id)
}

fn has_begun(call: &Call, tx: &Tx) -> bool {
    let today = call.calendar.today(tx.now());
    !call.cohort.is_draft() && [Role::Mentee, Role::Mentor].iter().any(|role| today >= call.opens(*role))
}

fn read(form: &Fields) -> Rules {
    let strength = |name: &str| Strength::from_key(form.text(name)).unwrap_or(Strength::Off);
    let kinds = |name: &str| -> Vec<String> {
        let all = form.text(name).split([',', ';', '\n']).map(|it| it.trim().chars().take(80).collect::<String>());
        all.filter(|it| !it.is_empty()).take(20).collect()
    };
    Rules {
        mentee: RoleRules {
            standing: strength("mentee_standing"),
            promise: form.ticked("mentee_promise"),
            first_year: strength("mentee_first_year"),
            not_before: strength("mentee_not_before"),
            category: strength("mentee_category"),
            categories: kinds("mentee_categories"),
        },
        mentor: RoleRules {
            standing: strength("mentor_standing"),
            category: strength("mentor_category"),
            categories: kinds("mentor_categories"),
            ..RoleRules::default()
        },
        on: form.date("on"),
    }
}

fn markup(
    tx: &mut Tx,
    visit: &Visit,
    call: &Call,
    rules: &Rules,
    typed: &Typed,
    faults: &Faults,
) -> Result<Markup, Failure> {
    let begun = has_begun(call, tx);
    let listed = overrides(tx, visit, call)?;
    let list = format!("/cohorts/{}/applications", call.cohort.id);
    let lead = "What must be met decides; what should be met is said and stops nobody. Applicants read the same, at once and in plain words.";
    Ok(html! {
        (shell::breadcrumbs(&[(&list, "Applications")], TITLE))
        (error_summary(faults))
        (page_head(TITLE, lead))
        @if begun {
            (shell::note(Tone::Warn, html! { p { "The call has opened. Whoever was judged before keeps that judgement; a change counts for those who come after." } }))
        }
        (shell::form(&page(&call.cohort), html! {
            h2 { "Mentees" }
            (strength_field("mentee_standing", "A member in good standing", rules.mentee.standing))
            (tick_field(&Input::new("mentee_promise", "A promise to join by the orientation is enough for now").value(if rules.mentee.promise { "yes" } else { "" })))
            (strength_field("mentee_first_year", "In the first year as a member", rules.mentee.first_year))
            (strength_field("mentee_not_before", "Not a mentee of this program before", rules.mentee.not_before))
            (category_fields("mentee", &rules.mentee, faults))
            h2 { "Mentors" }
            (strength_field("mentor_standing", "A member in good standing", rules.mentor.standing))
            (category_fields("mentor", &rules.mentor, faults))
            h2 { "For which day" }
            (shell::date_field(&Input::new("on", "Good standing is judged for").value(&rules.on.map(|it| it.to_string()).unwrap_or_default())
                .hint("Empty: for the day of the judgement.").faults(faults)))
            @if begun { (tick_field(&Input::new("anyway", "Change the rules although the call has opened").faults(faults))) }
            (shell::button("Keep these rules"))
        }))
        (listed)
        (override_form(call, typed, faults))
        p.hint { "The chair and the deputy can read this page. The rules themselves are said to everyone who applies." }
    })
}

fn strength_field(name: &str, label: &str, strength: Strength) -> Markup {
    let options = [
        Choice::new("must", "Must be met"),
        Choice::new("should", "Should be met, and stops nobody"),
        Choice::new("off", "Is not asked"),
    ];
    select_field(&Input::new(name, label).value(strength.key()).unmarked(), &options)
}

fn category_fields(role: &str, rules: &RoleRules, faults: &Faults) -> Markup {
    let names = [format!("{role}_category"), format!("{role}_categories")];
    let kinds = rules.categories.join(", ");
    html! {
        (strength_field(&names[0], "Of a certain kind of membership", rules.category))
        (shell::text_field(&Input::new(&names[1], "Which kinds").value(&kinds).hint("As the roster calls them, with commas between.").faults(faults)))
    }
}

fn overrides(tx: &mut Tx, visit: &Visit, call: &Call) -> Result<Markup, Failure> {
    let all = membership::overrides(tx, &scope(visit, call)?)?;
    let day = |at| short_day(call.calendar.today(at));
    let columns = ["Who", "Why", "Decided", ""].map(Column::text);
    let rows = all
        .iter()
        .map(|it| {
            let end = format!("{}/overrides/{}/end", page(&call.cohort), it.id);
            vec![
                html! { (it.name) },
                html! { (it.reason) },
                html! { (it.made_by_name) ", " (day(it.made_at)) },
                match (it.ended_at, &it.ended_by_name) {
                    (Some(at), Some(by)) => html! { "Ended by " (by) ", " (long_day(call.calendar.today(at))) },
                    (Some(at), None) => html! { "Ended " (long_day(call.calendar.today(at))) },
                    (None, _) => shell::post_button_for(&end, "End", &it.name, &[], shell::Style::Quiet),
                },
            ]
        })
        .collect();
    Ok(shell::card(
        "Who counts as eligible all the same",
        html! {
            @if all.is_empty() { p { "Nobody so far." } }
            @else { (shell::table("Decisions otherwise than the rules", &columns, rows)) }
        },
    ))
}

fn override_form(call: &Call, typed: &Typed, faults: &Faults) -> Markup {
    shell::card(
        "Decide otherwise than the rules",
        html! {
            (shell::form(&format!("{}/overrides", page(&call.cohort)), html! {
                (shell::text_field(&Input::new("email", "E-mail address of their account").kind("email").value(typed.email).required().faults(faults)))
                (shell::long_field(&Input::new("reason", "Your reason").value(typed.reason).rows(3).max(LONGEST_REASON).required()
                    .hint("They read it, and it is kept in the journal of decisions.").faults(faults)))
                (shell::button_quiet("Count as eligible"))
            }))
        },
    )
}
