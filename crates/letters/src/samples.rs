//! Sample values, so that a letter can be looked at before it is ever sent.

use program::preset;

use crate::{
    kinds::{self, Class},
    look::{Footer, Rendered, render},
    rules::{Run, fill, parse},
    values::{Value, Values},
};

const WORDS: [(&str, &str); 47] = [
    ("first_name", "Ana"),
    ("program", "Formal Mentoring Program"),
    ("org", "Library Association"),
    ("cohort", "2026–27"),
    ("chair", "Carla Mendes"),
    ("chair_name", "Carla Mendes"),
    ("alt_contact", "ombuds@example.org"),
    ("postal_address", "12 Reading Lane, Springfield"),
    ("orientation_date", "Saturday 27 June 2026"),
    ("orientation_place", "the rooms of the annual meeting"),
    ("end_date", "Friday 30 April 2027"),
    ("due", "Friday 12 March 2027"),
    ("date", "Monday 1 March 2027"),
    ("days_left", "85"),
    ("T06", "Saturday 18 April 2026"),
    ("T15", "Monday 28 September 2026"),
    ("T24", "Friday 2 April 2027"),
    ("T29", "Saturday 26 June 2027"),
    ("partner_name", "Ben Okafor"),
    ("new_address", "ana.mendes@example.org"),
    ("until", "Friday 19 March 2027"),
    ("partner_contact", "ben.okafor@example.org, +1 312 555 0142"),
    ("liaison_name", "Lena Fischer"),
    ("liaison_email", "lena.fischer@example.org"),
    ("more_wishes", "up to four more"),
    ("mentor", "Ben Okafor"),
    ("mentee", "Ana Lopes"),
    ("nominator_name", "Dana Whitfield"),
    ("role", "mentee"),
    ("wished", "one mentee"),
    ("number", "7"),
    ("place", "3"),
    ("what", "your application as a mentee"),
    ("hours", "14"),
    ("note", "I would like to learn how you came to lead a team."),
    ("why", "She asks good questions and helps everyone around her."),
    ("reasons", "Ana wants to learn strategy; Ben lists it as a strength."),
    ("summary", "Nine in ten find the meetings useful; many would like more ideas for them."),
    ("actions", "a topic guide for each month"),
    ("topic_title", "Saying no without closing a door"),
    ("topic_text", "Think of one request you took on and wished you had not. What would you say today?"),
    ("subject", "Meet again in June"),
    ("text", "The follow-up session is on Saturday. Who would like to tell how it went?"),
    ("is_mentor", "yes"),
    ("is_mentee", ""),
    ("no_agreement", "yes"),
    ("last", "yes"),
];

/// Where a name means something else in one letter: the letter, the name, the sample.
const OF_ONE_LETTER: [(&str, &str, &str); 11] = [
    ("answers_opened", "summary", "Carla Mendes and Dana Whitfield"),
    ("opening_asked", "partner_name", "Carla Mendes"),
    ("audit_head", "summary", "1200:0b7e41d3 and 56 more digits"),
    ("report_draft_ready", "topic_title", "interim report"),
    ("report_submitted", "topic_title", "interim report"),
    ("handover", "summary", "the duos of Dana Whitfield"),
    ("sign_ins_ended", "partner_name", "Sofie Lund, of the office,"),
    ("factor_taken_away", "partner_name", "Carla Mendes, the chair,"),
    ("factor_taken_away", "reasons", "The telephone with the codes is lost; we spoke today."),
    ("account_closed", "partner_name", "Carla Mendes, the chair,"),
    ("account_closed", "reasons", "You have two accounts, and asked us to close this one."),
];

const LINKS: [(&str, &str); 4] = [
    ("link", "/a-page"),
    ("link_no", "/another-page"),
    ("link_privacy", "/about/privacy"),
    ("pulse", "/check-in/sample"),
];

/// A letter of the preset with sample values, as it would look.
pub fn sample(name: &str) -> Option<Rendered> {
    let (subject, body) = preset::letter(name)?;
    Some(sample_of(name, subject, body, "https://duology.example"))
}

/// Any text of a letter with sample values. What is not a letter's text yet shows as it
/// was typed.
pub(crate) fn sample_of(name: &str, subject: &str, body: &str, base: &str) -> Rendered {
    let class = kinds::find(name).map_or(Class::Essential, |kind| kind.class);
    let mut values = values(base);
    for (_, value, words) in OF_ONE_LETTER.iter().filter(|(letter, ..)| *letter == name) {
        values.insert((*value).to_owned(), Value::words(*words));
    }
    let filled = |text: &str| match parse(text) {
        Ok(pieces) => fill(&pieces, &values),
        Err(_) => vec![Run::Words(text.to_owned())],
    };
    let footer = Footer {
        from: "Library Association, 12 Reading Lane, Springfield".to_owned(),
        why: class.why("Formal Mentoring Program"),
        privacy: format!("{base}/about/privacy"),
        unsubscribe: class.can_be_ended().then(|| format!("{base}/unsubscribe/sample")),
    };
    render(filled(subject), filled(body), &footer)
}

/// Values for every name that a letter of the preset has.
pub(crate) fn values(base: &str) -> Values {
    let words = WORDS.iter().map(|(name, words)| ((*name).to_owned(), Value::words(*words)));
    let links = LINKS.iter().map(|(name, path)| ((*name).to_owned(), Value::link(format!("{base}{path}"))));
    words.chain(links).collect()
}
