//! Table `forms`: the form as it stands now, and as it stood when it was answered.

use std::{collections::HashMap, sync::LazyLock};

use platform::{prelude::*, storage::StorageError};
use program::preset;

use crate::{form::Form, kept::Kept};

/// The version of the preset's own form.
const FIRST: i64 = 1;

sql! {
    NEWEST => "select version, definition from forms where name = $1 order by version desc limit 1";
    OF_VERSION => "select version, definition from forms where name = $1 and version = $2";
    ADD => "insert into forms (name, version, definition, edited_by, edited_at) values ($1, $2, $3, $4, $5)";
}

/// Read once: the files are in the binary and never change under it.
static PRESET: LazyLock<HashMap<&'static str, Form>> = LazyLock::new(|| {
    let in_folder = |folder: &'static str| {
        preset::names(folder).into_iter().filter_map(move |name| {
            let form = preset::toml::<Form>(&format!("{folder}/{name}.toml")).ok()?.with_lists();
            Some((name, Form { version: FIRST, ..form }))
        })
    };
    in_folder("forms").chain(in_folder("surveys")).collect()
});

/// The names of all forms and surveys.
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<_> = PRESET.keys().copied().collect();
    names.sort_unstable();
    names
}

/// The form as it is asked now.
pub fn current(tx: &mut Tx, name: &str) -> Result<Form, Failure> {
    match tx.row::<(i64, String)>(&NEWEST, values![name])? {
        Some((version, definition)) => read(name, version, &definition),
        None => of_preset(name),
    }
}

/// The form as it was asked in a version, to read answers that were given to it.
pub fn of_version(tx: &mut Tx, name: &str, version: i64) -> Result<Form, Failure> {
    if version == FIRST {
        return of_preset(name);
    }
    let found = tx.row::<(i64, String)>(&OF_VERSION, values![name, version])?;
    let (version, definition) = found.ok_or(Failure::NotFound)?;
    read(name, version, &definition)
}

/// The form that answers were given to, to read them as they were meant.
pub fn as_given(tx: &mut Tx, kept: &Kept) -> Result<Form, Failure> {
    of_version(tx, &kept.form_name, kept.version)
}

/// Keeps a committee's own version of a form and says its number. It is asked from now
/// on; what was answered before keeps the version it was given to.
pub fn edit(tx: &mut Tx, form: &Form, by: Option<Id>) -> Result<i64, Failure> {
    let version = current(tx, &form.name)?.version + 1;
    let definition = serde_json::to_string(&Form { version, ..form.clone() });
    let definition = definition.map_err(|error| StorageError::Other(error.to_string()))?;
    tx.exec(&ADD, values![&form.name, version, definition, by, tx.now()])?;
    Ok(version)
}

pub(crate) fn of_preset(name: &str) -> Result<Form, Failure> {
    PRESET.get(name).cloned().ok_or_else(|| StorageError::Other(format!("there is no form `{name}`")).into())
}

pub(crate) fn read(name: &str, version: i64, definition: &str) -> Result<Form, Failure> {
    let form: Form = serde_json::from_str(definition)
        .map_err(|error| StorageError::Other(format!("form `{name}` version {version}: {error}")))?;
    Ok(Form { version, ..form }.with_lists())
}

#[cfg(test)]
mod tests {
    use super::*;

    // SET9
    #[test]
    fn every_form_and_survey_of_the_preset_is_a_form() {
        for folder in ["forms", "surveys"] {
            for name in preset::names(folder).into_iter().filter(|name| *name != "scales") {
                let form = preset::toml::<Form>(&format!("{folder}/{name}.toml")).unwrap().with_lists();
                assert_eq!(form.name, name);
                let mut keys: Vec<_> = form.fields().map(|field| field.key.clone()).collect();
                keys.sort();
                assert!(keys.windows(2).all(|two| two[0] != two[1]), "{name} asks something twice");
                let mut lists = form.fields().filter(|field| !field.list.is_empty());
                assert!(lists.all(|field| !field.options.is_empty()), "{name} names an unknown list");
            }
        }
        assert_eq!(names().len(), preset::names("forms").len() + preset::names("surveys").len() - 1);
    }
}
