//! What this room has of a person: every answer they gave in a form of the program.

use platform::{keys, prelude::*};
use policy::{Facts, Grant, of};
use program::{
    Mine,
    mine::{Asking, Entry, Part},
};

use crate::{
    Form, answer_words, as_given,
    files::{self, Reference},
    kept,
};

pub fn mine() -> Mine {
    Mine { title: "What you answered in forms", tables: &["form_answers", "answer_files"], gather, forget }
}

sql! {
    OF_PERSON => "select form, about from form_answers where person = $1 order by saved_at, form, about";
    FORGET_PERSON => "delete from form_answers where person = $1";
}

fn gather(tx: &mut Tx, asking: &Asking) -> Result<Vec<Part>, Failure> {
    let mut parts = Vec::new();
    for (name, about) in tx.rows::<(String, Id)>(&OF_PERSON, values![asking.person()])? {
        let Some(answered) = kept::kept(tx, &name, about)? else { continue };
        let form = as_given(tx, &answered)?;
        let form = said_in(tx, form, answered.cohort)?;
        let of = answered.cohort.map_or_else(Facts::of_program, |cohort| Facts::in_cohort(cohort.number()));
        let proof: Grant<of::Application> = asking.visit().grant(&of.own(answered.person == asking.person()))?;
        let answers = kept::open_sealed(tx, &answered, kept::Opener::Author(&proof))?;
        let reader = files::Reader::Application(proof);
        let mut entry = Entry::new().at(asking, "saved", answered.saved_at).at(asking, "handed in", answered.given_at);
        for field in form.fields().filter(|it| answers.has(&it.key)) {
            entry = entry.with(&field.label, answer_words(field, &answers));
        }
        let mut part = Part::new(form.title.clone(), vec![entry]);
        for reference in form.fields().filter_map(|it| Reference::read(answers.text(&it.key))) {
            let Some(file) = files::find(tx, reference.id)?.filter(|it| it.person == asking.person()) else { continue };
            if let Some(bytes) = files::content(tx, &reader, &file)? {
                part.files.push((format!("{}-{}", file.id, reference.name), bytes));
            }
        }
        parts.push(part);
    }
    Ok(parts)
}

/// The questions as they were read, with the words and days of the cohort in them.
pub fn said_in(tx: &mut Tx, form: Form, cohort: Option<Id>) -> Result<Form, Failure> {
    let Some(program) = program::program(tx)? else { return Ok(form) };
    let cohort = match cohort {
        Some(cohort) => program::cohort(tx, cohort)?,
        None => None,
    };
    let facts = program::pages::facts(tx, &program, cohort.as_ref())?;
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Ok(form.filled(&facts))
}

/// The keys go with those of the person, of whom they are.
fn forget(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    tx.exec(&FORGET_PERSON, values![person])?;
    files::forget_person(tx, person)?;
    keys::shred_author(tx, person)?;
    Ok(())
}
