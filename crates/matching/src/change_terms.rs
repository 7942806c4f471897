//! `/cohorts/{cohort}/matching/terms`: how mentees choose in a cohort. SLF1, SLF3.

use platform::prelude::*;
use program::Cohort;
use shell::{Choice, Faults, Input, Tone};

use crate::{
    capacity, requests, rules,
    search::Language,
    terms::{self, Terms},
};

const TITLE: &str = "How mentees choose";

/// What stands in the fields.
struct Typed {
    answer_days: String,
    first_reminder: String,
    second_reminder: String,
    wishes: String,
    waiting: String,
    mentees_each: String,
    language: String,
    cards: String,
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let typed = Typed::of(&terms::of(tx, cohort.id)?);
    Ok(Reply::page(TITLE, page(tx, &cohort, &typed, &Faults::new())?))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    tx.lock(cohort.id)?;
    let typed = Typed::read(&visit.form);
    let terms = match typed.terms() {
        Ok(terms) => terms,
        Err(faults) => return Err(Failure::refused(TITLE, page(tx, &cohort, &typed, &faults)?)),
    };
    let before = terms::of(tx, cohort.id)?.mentees_each;
    terms::write(tx, cohort.id, &terms, Some(visit.person()?))?;
    if terms.mentees_each != before {
        capacity::all_in_step(tx, &cohort)?;
    }
    let said = "Saved. It holds from now on; requests that are open keep the day they were given.";
    Ok(Reply::go(format!("/cohorts/{}/matching", cohort.id)).saying(said))
}

impl Typed {
    fn of(terms: &Terms) -> Self {
        let [first, second] = terms.reminders;
        Self {
            answer_days: terms.answer_days.to_string(),
            first_reminder: first.to_string(),
            second_reminder: second.to_string(),
            wishes: terms.wishes.to_string(),
            waiting: terms.waiting.to_string(),
            mentees_each: terms.mentees_each.to_string(),
            language: terms.language.name().to_owned(),
            cards: if terms.cards { "yes" } else { "" }.to_owned(),
        }
    }

    fn read(form: &Fields) -> Self {
        let text = |name: &str| form.text(name).to_owned();
        Self {
            answer_days: text("answer_days"),
            first_reminder: text("first_reminder"),
            second_reminder: text("second_reminder"),
            wishes: text("wishes"),
            waiting: text("waiting"),
            mentees_each: text("mentees_each"),
            language: text("language"),
            cards: text("cards"),
        }
    }

    fn terms(&self) -> Result<Terms, Faults> {
        let mut faults = Faults::new();
        let mut number = |name: &'static str, typed: &str| -> i64 {
            typed.trim().parse().unwrap_or_else(|_| {
                faults.add(name, "Please give a whole number.".to_owned());
                0
            })
        };
        let terms = Terms {
            answer_days: number("answer_days", &self.answer_days),
            reminders: [
                number("first_reminder", &self.first_reminder),
                number("second_reminder", &self.second_reminder),
            ],
            wishes: number("wishes", &self.wishes),
            waiting: number("waiting", &self.waiting),
            mentees_each: number("mentees_each", &self.mentees_each),
            language: Language::from_name(&self.language).unwrap_or_default(),
            cards: !self.cards.is_empty(),
        };
        if faults.is_empty() {
            rules::check_terms(&terms).into_iter().for_each(|(field, refusal)| faults.add(field, refusal.to_string()));
        }
        if faults.is_empty() { Ok(terms) } else { Err(faults) }
    }
}

fn page(tx: &mut Tx, cohort: &Cohort, typed: &Typed, faults: &Faults) -> Result<Markup, Failure> {
    let open = requests::in_cohort(tx, cohort.id)?.iter().filter(|it| it.is_open()).count();
    let board = format!("/cohorts/{}/matching", cohort.id);
    let lead = format!("For {}. Every page and letter says what stands here.", cohort.name);
    Ok(html! {
        (shell::error_summary(faults))
        (shell::breadcrumbs(&[(&board, "Matching")], TITLE))
        (shell::page_head(TITLE, &lead))
        (effect(open))
        (shell::form(&format!("{board}/terms"), fields(typed, faults)))
        p.hint { "The chair and the deputy change this. Mentees and mentors see what follows from it." }
    })
}

/// What a change does to what is under way.
fn effect(open: usize) -> Markup {
    shell::note(
        Tone::Info,
        html! {
            @match open {
                0 => "No request is open, so nobody is affected yet.",
                1 => "One request is open. It keeps the day it was given; reminders follow the new days.",
                _ => { (open) " requests are open. They keep the day they were given; reminders follow the new days." }
            }
            " Nobody who waits already is turned away, and no list is cut."
        },
    )
}

fn fields(typed: &Typed, faults: &Faults) -> Markup {
    let number = |name: &'static str, label: &'static str, value: &str, hint: &str, bounds: (&str, &str)| {
        let input = Input::new(name, label).kind("number").value(value).hint(hint).required();
        shell::text_field(&input.between(bounds.0, bounds.1).faults(faults))
    };
    let languages: Vec<Choice> = Language::ALL.iter().map(|it| Choice::new(it.name(), it.name())).collect();
    let language = Input::new("language", "Language of the profiles").value(&typed.language).required();
    let language = language.hint("The search knows the forms of its words.").faults(faults);
    let cards = Input::new("cards", "Mentees see each other").value(&typed.cards).unmarked();
    let cards = cards.hint("Each as a card with what the form says mentees with a place read. Nobody else sees the cards, and this can be turned off at any time.");
    html! {
        (number("answer_days", "Days to answer", &typed.answer_days, "A request or a proposal without an answer lapses after these days, and the next on the list is asked. From 2 to 30.", ("2", "30")))
        (number("first_reminder", "First reminder after … days", &typed.first_reminder, "Sent at nine in the morning. 0 for none.", ("0", "29")))
        (number("second_reminder", "Second reminder after … days", &typed.second_reminder, "0 for none.", ("0", "29")))
        (number("wishes", "Mentors on a mentee’s list", &typed.wishes, "The one who is asked among them. From 1 to 10.", ("1", "10")))
        (number("waiting", "Mentees who may wait for one mentor", &typed.waiting, "A mentor with so many is shown as full. From 1 to 20.", ("1", "20")))
        (number("mentees_each", "Mentees whom one mentor may take", &typed.mentees_each, "Each mentor says how many, up to this number; a mentee has one mentor. From 1 to 5. A smaller number ends no duo.", ("1", "5")))
        (shell::select_field(&language, &languages))
        (shell::tick_field(&cards))
        (shell::actions(shell::button("Save")))
    }
}
