//! What somebody sees of a record, or does with it, who does not read it: what the matrix
//! says in a part of a cell, in the words of a page.

use crate::{facts::Verb, matrix::Part, records::Record};

/// What is said of whoever knows of a record: `sees` and what, or `can` and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub sees: bool,
    /// As the person is told whom it is about.
    pub yours: &'static str,
    /// As everybody else is told.
    pub theirs: &'static str,
}

impl Seen {
    /// Whether it says more than the letters of the matrix do alone.
    pub(crate) fn says_more(&self) -> bool {
        ![STATE, TOTALS].contains(self)
    }
}

const fn sees(words: &'static str) -> Seen {
    Seen { sees: true, yours: words, theirs: words }
}

const fn sees_of(yours: &'static str, theirs: &'static str) -> Seen {
    Seen { sees: true, yours, theirs }
}

const fn can(words: &'static str) -> Seen {
    Seen { sees: false, yours: words, theirs: words }
}

const STATE: Seen = sees("that it is there, since when and how it stands");
const TOTALS: Seen = sees("totals alone, from five on");
const IDENTITY: Seen = sees("name, mail address and membership");

/// Where the letters of the matrix stand alone, what they come to for a record.
const PLAIN: &[(Record, Verb, Seen)] = &[
    (Record::ProfileMentee, Verb::Status, IDENTITY),
    (Record::DuoGoals, Verb::Status, sees("whether there are any, and since when")),
    (Record::MeetingLog, Verb::Status, sees("day, length and way of each meeting")),
    (Record::Agreement, Verb::Status, sees("whether it is signed, and since when")),
    (Record::ContactNote, Verb::Status, sees("when somebody was last in touch")),
    (Record::SentMail, Verb::Status, sees("that it was sent and whether it arrived")),
];

/// What the other parts of a cell come to that give neither reading nor nothing.
const TOLD: &[(&str, Seen)] = &[
    ("s:m (identity, contact, membership)", IDENTITY),
    ("s:m (name, mail address)", sees("name and mail address")),
    ("s:card (name, workplace, interests; program setting)", sees("name, workplace and interests")),
    ("sp:R during selection, then m", STATE),
    ("s:m + eligibility fields RW", sees("that it is there, how it stands and what it says about membership")),
    ("c:R after nominee accepts (before: m count)", sees("how many there are")),
    ("x otherwise", TOTALS),
    ("x (share with 1st/2nd/3rd choice)", sees("how many got their first, second or third choice, from five on")),
    ("s:m (state, dates)", sees("its state and its days")),
    ("c: decline category", sees("which reason was chosen for a no")),
    ("a:m (last contact, count)", sees_of("when you last met and how often", "when the two last met and how often")),
    ("m (due, late, flag)", sees("whether it is due, is late or asks for attention")),
    ("m (response rate)", sees("how many have answered")),
    ("x (count, '<5' below 5)", TOTALS),
    ("m (eligible yes/no)", sees_of("whether you may take part", "whether the member may take part")),
    (
        "m (eligible yes/no, expiry)",
        sees_of(
            "whether you may take part and until when you are a member",
            "whether the member may take part and until when the membership runs",
        ),
    ),
    ("a:send (no addresses shown)", can("send to those they accompany, and see no address")),
    ("s:send, dry-run (names, no addresses)", sees("the names, not the addresses, and can send to them")),
    ("m (template, state)", sees("which letter it was and whether it arrived")),
    ("m (template, count, state)", sees("which letters went out, how many, and whether they arrived")),
    ("m (+bounce)", sees("that it was sent, and whether it arrived or came back")),
    ("s: end sessions of a member", can("end sign-ins")),
    ("s: end sessions, resend invite (never set a password)", can("end sign-ins and send an invitation again")),
    ("s: list exports of records readable above, watermarked", can("take away lists of what they read anyway")),
    ("s: same", can("take away lists of what they read anyway")),
    ("revoke", can("end sign-ins")),
];

/// What a part of a cell comes to for whoever does not read by it; nothing for a part that
/// lets read, or gives nothing, or is one's own.
pub(crate) fn seen(record: Record, part: &Part) -> Option<Seen> {
    if let Some((_, seen)) = TOLD.iter().find(|(words, _)| *words == part.words) {
        return Some(*seen);
    }
    let rule = part.rules.first()?;
    if rule.allows(Verb::Read) || rule.bounds.has(crate::facts::Bound::Own) {
        return None;
    }
    let verb = [Verb::Status, Verb::Count].into_iter().find(|verb| rule.verbs.has(*verb))?;
    let plain = PLAIN.iter().find(|(of, by, _)| *of == record && *by == verb).map(|(_, _, seen)| *seen);
    Some(plain.unwrap_or(if verb == Verb::Status { STATE } else { TOTALS }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::{Column, parts};

    fn all_parts() -> impl Iterator<Item = (Record, Column, &'static Part)> {
        let cells = Record::ALL.iter().flat_map(|record| Column::ALL.into_iter().map(move |column| (*record, column)));
        cells.flat_map(|(record, column)| parts(record, column).iter().map(move |part| (record, column, part)))
    }

    // A word in brackets is what somebody sees in truth: "that it is there" would be too little.
    #[test]
    fn every_part_that_says_what_is_seen_is_told_in_words_of_its_own() {
        for (record, column, part) in all_parts() {
            let only_knows = part.rules.iter().any(|rule| {
                (rule.verbs.has(Verb::Status) || rule.verbs.has(Verb::Count)) && !rule.verbs.has(Verb::Read)
            });
            let says_more = part.words.contains('(') || part.words.len() > "s:m".len();
            if only_knows && says_more {
                assert!(TOLD.iter().any(|(words, _)| *words == part.words), "{record:?} {column:?}: {}", part.words);
            }
        }
    }

    #[test]
    fn whoever_changes_what_is_anothers_without_reading_it_is_told_of() {
        for (record, column, part) in all_parts() {
            let only_does = part.rules.iter().any(|rule| {
                !rule.bounds.has(crate::facts::Bound::Own)
                    && !rule.verbs.has(Verb::Read)
                    && (rule.verbs.has(Verb::Write) || rule.verbs.has(Verb::Export))
            });
            if only_does {
                assert!(seen(record, part).is_some(), "{record:?} {column:?}: {}", part.words);
            }
        }
    }

    #[test]
    fn what_is_read_or_is_ones_own_is_not_told_of_as_seen() {
        use crate::{
            facts::{Bound, Verbs},
            matrix::Rule,
        };
        let knows = Verbs::none().with(Verb::Status);
        let part = |bound, verbs| Part { words: "made up".to_owned(), rules: vec![Rule::new(bound, verbs)] };
        assert_eq!(seen(Record::Application, &part(Bound::Own, knows)), None);
        assert_eq!(seen(Record::Application, &part(Bound::Whole, knows.with(Verb::Read))), None);
        assert_eq!(seen(Record::Application, &part(Bound::Whole, knows)), Some(STATE));
    }

    #[test]
    fn nothing_stands_here_that_the_matrix_does_not_say() {
        let used: Vec<&str> = all_parts().map(|(_, _, part)| part.words.as_str()).collect();
        let idle: Vec<&str> = TOLD.iter().map(|(words, _)| *words).filter(|it| !used.contains(it)).collect();
        assert_eq!(idle, Vec::<&str>::new());
        for (record, verb, _) in PLAIN {
            let is_used = all_parts().any(|(of, _, part)| {
                of == *record && part.rules.first().is_some_and(|it| it.verbs.has(*verb)) && seen(of, part).is_some()
            });
            assert!(is_used, "{record:?} {verb:?}");
        }
    }
}
