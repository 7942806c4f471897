//! Which kinds of answers the committee may ask for in which form.

use crate::{form::Kind, rules::house};

/// What may be asked anew, with words for the committee. The scales of the surveys and
/// the parts that matching reads are not among them.
pub(crate) const KINDS: [(Kind, &str, &str); 11] = [
    (Kind::Text, "text", "A line of text"),
    (Kind::Long, "long", "A longer text"),
    (Kind::Choice, "choice", "One of several answers"),
    (Kind::Multi, "multi", "Any of several answers"),
    (Kind::Tick, "tick", "A box to tick"),
    (Kind::Number, "number", "A whole number"),
    (Kind::Date, "date", "A day"),
    (Kind::Email, "email", "An e-mail address"),
    (Kind::Phone, "phone", "A phone number"),
    (Kind::File, "file", "A file or a link"),
    (Kind::Tags, "tags", "Several short words"),
];

/// What a survey may be asked anew: what its results can show as counts, means or words
/// without names.
pub(crate) const SURVEY_KINDS: [(Kind, &str, &str); 6] = [
    (Kind::Agree5, "agree5", "How far they agree, in five steps"),
    (Kind::Choice, "choice", "One of several answers"),
    (Kind::Multi, "multi", "Any of several answers"),
    (Kind::Number, "number", "A whole number"),
    (Kind::Text, "text", "A line of text"),
    (Kind::Long, "long", "A longer text"),
];

/// The kinds of answers that a form may be given.
pub(crate) fn kinds(form: &str) -> &'static [(Kind, &'static str, &'static str)] {
    if house::is_survey(form) { &SURVEY_KINDS } else { &KINDS }
}
