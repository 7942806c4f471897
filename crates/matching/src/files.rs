//! `/files/{file}` and `/mentors/{person}/photo`: a file that came with an answer, to those
//! whom its question names as readers and to nobody else. V-07

use forms::{
    Field,
    files::{self, Kept, Reader, Reference},
};
use platform::{audit, prelude::*};
use policy::Facts;
use program::Cohort;

use crate::profile;

/// What a file is called where people see who has read theirs.
const RECORD: &str = "file of an application";

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let me = visit.person()?;
    let file = files::find(tx, visit.id("file")?)?.ok_or(Failure::NotFound)?;
    let (field, reference) = named(tx, &file)?.ok_or(Failure::NotFound)?;
    if file.person == me {
        let own = file.cohort.map_or_else(Facts::of_program, |it| Facts::in_cohort(it.number())).own(true);
        return files::reply(tx, &Reader::Application(visit.grant(&own)?), &file, &reference.name);
    }
    let (reader, right) = others(tx, visit, &file, &field, me)?.ok_or(Failure::NotFound)?;
    tx.has_read(audit::Reading { record: RECORD, about: file.about, whose: vec![file.person], right });
    files::reply(tx, &reader, &file, &reference.name)
}

pub(crate) fn photo(tx: &mut Tx, visit: &Visit) -> Answer {
    let mentor = visit.id("person")?;
    let (cohort, grant) = profile::seen(tx, visit, mentor)?;
    let (file, reference) = photo_of(tx, &cohort, mentor)?.ok_or(Failure::NotFound)?;
    files::reply(tx, &Reader::Mentor(grant), &file, &reference.name)
}

/// The photo of a mentor, where they sent one as a picture.
pub(crate) fn photo_of(tx: &mut Tx, cohort: &Cohort, mentor: Id) -> Result<Option<(Kept, Reference)>, Failure> {
    let Some(kept) = forms::kept_of(tx, "mentor_application", cohort.id, mentor)? else { return Ok(None) };
    let Some(reference) = Reference::read(kept.answers.text("mo_photo")) else { return Ok(None) };
    let file = files::find(tx, reference.id)?.filter(|it| it.person == mentor && it.about == kept.about);
    let file = file.filter(|it| it.kind() != Some(files::look::Type::Pdf));
    Ok(file.map(|file| (file, reference)))
}

/// The question that a file answers; nothing where no answer names it any more.
fn named(tx: &mut Tx, file: &Kept) -> Result<Option<(Field, Reference)>, Failure> {
    let Some(kept) = forms::kept(tx, &file.form, file.about)? else { return Ok(None) };
    let form = forms::as_given(tx, &kept)?;
    let answers = forms::open_sealed(tx, &kept, forms::Opener::Rule)?;
    let reference = Reference::read(answers.text(&file.field)).filter(|it| it.id == file.id);
    Ok(form.field(&file.field).cloned().zip(reference))
}

/// By what right somebody else reads it, and the words for it.
fn others(tx: &mut Tx, visit: &Visit, file: &Kept, field: &Field, me: Id) -> Result<Option<(Reader, String)>, Failure> {
    if forms::is_read_by(field, &["C", "D"])
        && let Some(grant) = intake::right_to_read(tx, visit, file.about)?
    {
        let right = format!("as {}", grant.right().words());
        return Ok(Some((Reader::Application(grant), right)));
    }
    let Some(cohort) = file.cohort.filter(|_| forms::is_read_by(field, &["P"])) else { return Ok(None) };
    let duos = duos::running_of(tx, file.person)?;
    let Some(duo) = duos.into_iter().find(|it| it.cohort == cohort && it.is_of(me)) else { return Ok(None) };
    let reader = if duo.mentee == file.person {
        Reader::Mentee(visit.grant(&Facts::in_cohort(cohort.number()).duo(true))?)
    } else {
        let cohort = program::the_cohort(tx, cohort)?;
        Reader::Mentor(visit.grant(&profile::known(tx, &cohort)?)?)
    };
    Ok(Some((reader, "as the partner in the duo".to_owned())))
}
