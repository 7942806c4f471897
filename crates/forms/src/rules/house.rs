//! What the house itself reads in a form. The committee may word it anew and move it; it
//! cannot take it away or ask for something else under its name.

use program::preset;

use crate::readers::{LIAISON, REVIEWING, SHOWN};

/// Forms whose every question the house uses.
const WHOLE: [&str; 3] = ["nomination", "agreement", "check_in"];

/// Questions of the preset that the house can do without, by form. All others it needs.
const FREE: [(&str, &[&str]); 4] = [
    (
        "mentee_application",
        &[
            "me_pron",
            "me_phone",
            "me_lead",
            "me_offer",
            "me_access",
            "me_access_liaison",
            "me_prev_note",
            "me_cv",
            "me_aff",
        ],
    ),
    (
        "mentor_application",
        &[
            "mo_pron",
            "mo_phone",
            "mo_orgexp",
            "mo_cannot",
            "mo_learn",
            "mo_value",
            "mo_value_2",
            "mo_exp",
            "mo_sup",
            "mo_photo",
            "mo_self_k1",
            "mo_self_k2",
            "mo_self_k3",
            "mo_self_k4",
            "mo_self_k5",
            "mo_self_k6",
        ],
    ),
    ("exit", &["helped", "r1"]),
    ("orientation_feedback", &["useful", "next", "unclear"]),
];

/// What keys of the committee's own questions and sections begin with.
pub(crate) const OWN: &str = "own_";

/// Whether a question is the committee's own, by its key.
pub fn is_own(key: &str) -> bool {
    key.starts_with(OWN)
}

/// Whether the house reads the answer to this question by itself.
pub(crate) fn needs(form: &str, key: &str) -> bool {
    if is_own(key) {
        return false;
    }
    let free = FREE.iter().find(|(name, _)| *name == form).map_or(&[][..], |(_, free)| free);
    WHOLE.contains(&form) || !free.contains(&key)
}

/// Who may be named as reading the answer to a question of the committee's own: the code,
/// and what to say to the committee. Nobody wider than the access matrix gives to the
/// record that the form fills, and nobody whom no page shows it to. What a survey asks is
/// shown to nobody with a name, so there is nobody to choose.
pub(crate) fn readers(form: &str) -> &'static [(&'static str, &'static str)] {
    match form {
        "mentee_application" | "mentor_application" => &[("C", "The chair and those who review applications")],
        "agreement" => &[("P", "Their partner: the agreement is the two people’s own")],
        _ => &[],
    }
}

/// Somebody who reads the answers to a form: a key for the address, words, and by which codes.
pub(crate) type Reader = (&'static str, &'static str, &'static [&'static str]);

/// As whom a form can be looked at: everybody to whom a page shows answers with a name. The
/// pages take their codes from the same place.
pub(crate) fn looked_at_as(form: &str) -> &'static [Reader] {
    const REVIEWS: Reader = ("C", "The chair and those who review applications", REVIEWING);
    match form {
        "mentee_application" => &[REVIEWS, ("D", "A mentor who is asked", SHOWN)],
        "mentor_application" => &[REVIEWS, ("D", "Mentees who look for a mentor", SHOWN)],
        "agreement" => &[("P", "Their partner", &["P"])],
        "check_in" | "exit" => &[("L", "Their liaison", LIAISON)],
        _ => &[],
    }
}

/// Whether files are taken with this form: where a page serves them to whoever reads the
/// answer. Elsewhere a question for a file takes a link.
pub(crate) fn takes_files(form: &str) -> bool {
    matches!(form, "mentee_application" | "mentor_application")
}

/// Whether the chair opens what is sealed in this form. Nothing of a duo is theirs to open.
pub(crate) fn can_seal(form: &str) -> bool {
    matches!(form, "mentee_application" | "mentor_application")
}

/// Whether the answers are counted, and nobody reads one of them with a name.
pub(crate) fn is_survey(form: &str) -> bool {
    is_compared(form) || form == "orientation_feedback"
}

/// Whether one year is set beside another, so that what was asked before stays as it was.
pub(crate) fn is_compared(form: &str) -> bool {
    form != "scales" && preset::names("surveys").contains(&form)
}

/// Whether the committee may add questions: where a page shows the answers to somebody.
pub(crate) fn takes_own(form: &str) -> bool {
    is_survey(form) || !readers(form).is_empty()
}

/// Why a form takes no questions of the committee's own; nothing for one that does.
pub(crate) fn why_no_own(form: &str) -> Option<&'static str> {
    match form {
        _ if takes_own(form) => None,
        "nomination" => Some(
            "Nobody on the committee reads a nomination before the person wants it, so it asks no more than the letter to them needs.",
        ),
        "check_in" => Some(
            "A check-in takes a minute, and the signals of the liaisons are made of these very answers. What you would like to know besides fits a survey.",
        ),
        _ => Some(
            "Only the two people and their liaison have to do with this form, and no page would show further answers to anybody.",
        ),
    }
}
