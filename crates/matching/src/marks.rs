//! Marks: what profiles are filtered by, as words that nobody types. They stand beside the
//! words of a profile in one index, so that one look answers a whole search.

use platform::prelude::*;

use crate::{rules, search};

/// In the directory of a cohort, whether free or taken.
pub(crate) fn listed(cohort: Id) -> String {
    format!("qzin{:032x}", cohort.number())
}

/// Can be asked at this moment.
pub(crate) fn free(cohort: Id) -> String {
    format!("qzfree{:032x}", cohort.number())
}

/// In the directory of a cohort with this word of a facet such as `topic`. Two that share
/// a mark are as unlikely as two files of one hash.
pub(crate) fn of(cohort: Id, facet: &str, word: &str) -> String {
    let bytes = cohort.as_bytes().iter().copied().chain(facet.bytes()).chain([0]).chain(word.bytes());
    format!("qz{facet}{:016x}", search::hash(bytes))
}

sql! {
    MARKED => "select t.profile, t.topics, t.organisations, t.channels, p.state, p.waiting, t.marks from profiles p join profile_texts t on t.profile = p.id where p.cohort = $1 and p.person = $2";
    SET_MARKS => "update profile_texts set marks = $2 where profile = $1";
}

row! {
    struct Marked {
        profile: i64,
        topics: String,
        organisations: String,
        channels: String,
        state: String,
        waiting: i64,
        marks: String,
    }
}

/// Writes what this profile is filtered by beside its words, as it is now.
pub(crate) fn bring_in_step(tx: &mut Tx, cohort: Id, person: Id) -> Result<(), Failure> {
    let Some(found) = tx.row::<Marked>(&MARKED, values![cohort, person])? else { return Ok(()) };
    let lists = [&found.topics, &found.organisations, &found.channels]
        .map(|list| list.lines().map(str::to_owned).collect::<Vec<_>>());
    let all = all(cohort, [&lists[0], &lists[1], &lists[2]], &found.state, found.waiting);
    // An index of words is dear to write, and most changes change no mark.
    if all != found.marks {
        tx.exec(&SET_MARKS, values![found.profile, all])?;
    }
    Ok(())
}

/// All marks of a profile, as one text.
pub(crate) fn all(cohort: Id, [topics, organisations, channels]: [&[String]; 3], state: &str, waiting: i64) -> String {
    if state == "paused" {
        return String::new();
    }
    let mut all = vec![listed(cohort)];
    if state == "shown" && waiting < rules::WAITING_AT_MOST {
        all.push(free(cohort));
    }
    for (facet, words) in [("topic", topics), ("organisation", organisations), ("channel", channels)] {
        all.extend(words.iter().map(|word| of(cohort, facet, word)));
    }
    all.join(" ")
}

#[cfg(test)]
mod tests {
    use platform::folding::folded;

    use super::*;

    #[test]
    fn a_mark_is_one_word_whatever_it_stands_for() {
        let cohort = Id::from(7);
        for mark in [of(cohort, "topic", "Change & growth – “now”"), listed(cohort)] {
            assert_eq!(folded(&mark), mark);
        }
        assert_ne!(of(cohort, "topic", "chat"), of(cohort, "channel", "chat"));
        assert_ne!(of(cohort, "topic", "chat"), of(Id::from(8), "topic", "chat"));
    }

    // PRF5, PRF3
    #[test]
    fn who_takes_a_pause_has_no_mark_and_who_is_full_is_not_free() {
        let cohort = Id::from(7);
        let marks = |state: &str, waiting: i64| all(cohort, [&[], &[], &[]], state, waiting);
        assert_eq!(marks("paused", 0), "");
        assert!(marks("shown", 2).contains("qzfree") && !marks("shown", 3).contains("qzfree"));
        assert!(marks("taken", 0).contains("qzin") && !marks("taken", 0).contains("qzfree"));
    }
}
