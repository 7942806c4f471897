//! What this room has of a person: which surveys they were asked, and what they have begun
//! and not sent. An answer that was sent bears no name, and nobody can find it again.

use platform::prelude::*;
use policy::{Condition, Facts};
use program::{
    Mine,
    mine::{Asking, Entry, Part},
};

use crate::{answers, surveys};

pub fn mine() -> Mine {
    Mine { title: "Surveys", tables: &["survey_people", "survey_drafts"], gather, forget }
}

sql! {
    ASKED => "select survey, answered from survey_people where person = $1 order by survey";
}

fn gather(tx: &mut Tx, asking: &Asking) -> Result<Vec<Part>, Failure> {
    let (mut asked, mut drafts) = (Vec::new(), Vec::new());
    for (id, answered) in tx.rows::<(Id, bool)>(&ASKED, values![asking.person()])? {
        let survey = surveys::the_survey(tx, id)?;
        let cohort = program::the_cohort(tx, survey.cohort)?.name;
        let form = surveys::form(tx, &survey)?;
        let form = forms::said_in(tx, form, Some(survey.cohort))?;
        asked.push(Entry::new().with("survey", form.title.clone()).with("cohort", cohort).with("answered", answered));
        let facts = Facts::in_cohort(survey.cohort.number()).own(true).when(!answered, Condition::IsDraft);
        let Ok(proof) = asking.visit().grant(&facts) else { continue };
        if let Some(begun) = answers::draft(tx, &proof, &survey)? {
            let mut entry = Entry::new().with("survey", form.title.clone());
            for field in form.fields().filter(|it| begun.has(&it.key)) {
                entry = entry.with(&field.label, forms::answer_words(field, &begun));
            }
            drafts.push(entry);
        }
    }
    let note = "What you sent is not in this file: it was parted from your name when you sent it, and nobody can find it again, not even you.";
    Ok(vec![Part::new("Surveys you were asked", asked).saying(note), Part::new("Begun and not sent", drafts)])
}

fn forget(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    for (id, _) in tx.rows::<(Id, bool)>(&ASKED, values![person])? {
        let survey = surveys::the_survey(tx, id)?;
        answers::drop_draft(tx, &survey, person)?;
    }
    Ok(())
}
