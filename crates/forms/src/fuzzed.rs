//! The way of a form from its definition to the page and back, for a fuzzer.

use platform::fields::Fields;

use crate::{answers::Answers, draw, read, rules::faults, summary, versions};

/// # Panics
/// Where a definition is refused without its line, or a form cannot be used.
pub fn definition(text: &str, sent: &str) {
    let form = match versions::read("mentee_application", 2, text) {
        Ok(form) => form,
        Err(failure) => {
            let words = failure.to_string();
            assert!(words.contains(" at line "), "{words}");
            return;
        }
    };
    let texts = sent.split('\n').chain(std::iter::repeat(""));
    let pairs: Vec<(String, String)> = form.fields().map(|it| it.key.clone()).zip(texts.map(str::to_owned)).collect();
    let answers = read::read(&form, &Fields::from_pairs(pairs)).unwrap_or_else(|_| Answers::new());
    let found = faults(&form, &answers);
    draw::fields(&form, &answers, &found, &[]);
    summary::summary(&form, &answers, &[]);
}

/// Every form and survey of the preset as a committee's own version of it is kept.
pub fn definitions() -> Vec<String> {
    let kept = |name| versions::of_preset(name).ok().and_then(|form| serde_json::to_string(&form).ok());
    versions::names().into_iter().filter_map(kept).collect()
}
