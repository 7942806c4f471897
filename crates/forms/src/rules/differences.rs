//! What one version of a form has that another has not.

use crate::form::Form;

/// What a new version changes, in a sentence each.
pub(crate) fn differences(old: &Form, new: &Form) -> Vec<String> {
    let mut all = Vec::new();
    for field in new.fields() {
        match old.field(&field.key) {
            None => all.push(format!("New: “{}”.", field.label)),
            Some(before) if before != field => all.push(format!("Changed: “{}”.", field.label)),
            Some(_) => {}
        }
    }
    for field in old.fields().filter(|it| new.field(&it.key).is_none()) {
        all.push(format!("No longer asked: “{}”.", field.label));
    }
    let order = |form: &Form, other: &Form| -> Vec<String> {
        form.fields().filter(|it| other.field(&it.key).is_some()).map(|it| it.key.clone()).collect()
    };
    let heads = |form: &Form| -> Vec<(String, String)> {
        form.sections.iter().map(|it| (it.title.clone(), it.intro.clone())).collect()
    };
    if order(old, new) != order(new, old) {
        all.push("The order of the questions is another.".to_owned());
    }
    if heads(old) != heads(new) {
        all.push("The sections are others, or worded anew.".to_owned());
    }
    if all.is_empty() && old.sections != new.sections {
        all.push("Questions stand in other sections.".to_owned());
    }
    all
}
