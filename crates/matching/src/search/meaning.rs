//! What was meant by each word that was typed: the word itself, its stem, the beginning of a
//! word, or, where nobody wrote any of these, a word near it.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError},
};

use platform::prelude::*;

use super::{
    Asking,
    bits::Bits,
    catalog::{Catalog, Kept, Searches},
    finding::{self, Look, Part},
    vocabulary::Vocabulary,
};
use crate::changes;

/// Everybody who wrote one word, by what it is worth.
pub(super) struct Meant {
    /// The dearest first.
    looks: Vec<(i64, Arc<Bits>)>,
    pub(super) typed: String,
    /// The words that were taken instead, where nobody wrote what was typed.
    pub(super) near: Vec<String>,
}

/// Past so many answers the oldest questions are asked anew.
const FOUND_AT_MOST: usize = 512;
/// A single letter begins too much.
const BEGINNING: usize = 2;

impl Meant {
    pub(super) fn everybody(&self) -> Bits {
        let mut all = Bits::default();
        self.looks.iter().for_each(|(_, bits)| all.add(bits));
        all
    }

    #[cfg(test)]
    pub(super) fn of_looks(looks: Vec<(i64, Bits)>) -> Self {
        let looks = looks.into_iter().map(|(points, bits)| (points, Arc::new(bits))).collect();
        Self { looks, typed: String::new(), near: Vec::new() }
    }

    /// What it is worth to somebody.
    #[cfg(test)]
    pub(super) fn points(&self, place: usize) -> i64 {
        self.looks.iter().find(|(_, bits)| bits.has(place)).map_or(0, |(points, _)| *points)
    }

    fn is_for(&self, visible: &Bits) -> bool {
        self.looks.iter().any(|(_, bits)| bits.meets(visible))
    }
}

/// What is meant by these words, as far as it stands in what this reader may see.
pub(super) fn of(
    tx: &mut Tx,
    (kept, catalog): (&Kept, &Catalog),
    asking: &Asking,
    typed: &[String],
    visible: &Bits,
) -> Result<Vec<Meant>, Failure> {
    let (cohort, turn, language) = (asking.cohort()?, asking.turn, asking.language);
    // A unit of work that began before a change sees the database as it was then; what it
    // finds there is not kept for those who come after the change.
    let (mut own, mut shared) = (Searches::default(), kept.searches.lock().unwrap_or_else(PoisonError::into_inner));
    let searches = if catalog.is_past(turn) { &mut own } else { &mut *shared };
    if searches.vocabulary.as_ref().is_none_or(|it| it.language != language) {
        let mut vocabulary = Vocabulary::of(language);
        changes::read_texts(tx, &policy::house(), cohort, &mut |text| vocabulary.read(text))?;
        searches.vocabulary = Some(vocabulary);
    }
    let Searches { vocabulary: Some(vocabulary), found } = searches else { return Ok(Vec::new()) };
    if found.len() > FOUND_AT_MOST {
        found.clear();
    }
    let mut look_up = |tx: &mut Tx, looks: &[(i64, Look)]| -> Result<Vec<(i64, Arc<Bits>)>, Failure> {
        let new: Vec<Look> = looks.iter().filter(|it| !found.contains_key(&it.1)).map(|it| it.1.clone()).collect();
        if !new.is_empty() {
            let answers = finding::found(tx, &new)?;
            found.extend(new.into_iter().zip(answers.iter().map(|it| Arc::new(catalog.places_of_profiles(it)))));
        }
        Ok(looks.iter().filter_map(|(points, look)| Some((*points, Arc::clone(found.get(look)?)))).collect())
    };
    let wanted: Vec<Vec<(i64, Look)>> =
        (1..).zip(typed).map(|(place, word)| looks(word, vocabulary.family(word), place == typed.len())).collect();
    // All at once, so that one statement answers.
    look_up(tx, &wanted.concat())?;
    let mut meant = Vec::new();
    for (word, wanted) in typed.iter().zip(&wanted) {
        let own = Meant { looks: look_up(tx, wanted)?, typed: word.clone(), near: Vec::new() };
        meant.push(if own.is_for(visible) { own } else { near(tx, vocabulary, own, visible, &mut look_up)? });
    }
    Ok(meant)
}

/// These people by what the words are worth to them: of each word what is dearest, added up.
pub(super) fn worth(meant: &[Meant], people: Bits) -> BTreeMap<i64, Bits> {
    let mut by_points = BTreeMap::from([(0, people)]);
    for word in meant {
        let mut then: BTreeMap<i64, Bits> = BTreeMap::new();
        let mut put = |points: i64, set: &Bits| then.entry(points).or_default().add(set);
        for (before, mut left) in by_points {
            for (points, bits) in &word.looks {
                if !left.meets(bits) {
                    continue;
                }
                let mut have = left.clone();
                have.keep(bits);
                put(before + points, &have);
                left.take_out(bits);
            }
            put(before, &left);
        }
        by_points = then;
    }
    by_points
}

/// The word itself is worth more than its stem, and that more than a beginning; a name is
/// worth more than a subject, and that more than a sentence.
fn looks(word: &str, family: Vec<String>, is_last: bool) -> Vec<(i64, Look)> {
    let is_beginning = is_last && word.chars().count() >= BEGINNING;
    let mut looks = Vec::new();
    for part in Part::ALL {
        let mut look = |kind: i64, words: Vec<String>, is_beginning: bool| {
            looks.push((points(part) + kind, Look { part, words, is_beginning }));
        };
        look(3, vec![word.to_owned()], false);
        if !family.is_empty() {
            look(2, family.clone(), false);
        }
        if is_beginning {
            look(1, vec![word.to_owned()], true);
        }
    }
    looks
}

fn points(part: Part) -> i64 {
    match part {
        Part::Heads => 12,
        Part::Subjects => 8,
        Part::Words => 4,
    }
}

type LookUp<'a> = dyn FnMut(&mut Tx, &[(i64, Look)]) -> Result<Vec<(i64, Arc<Bits>)>, Failure> + 'a;

/// The nearest words that somebody wrote whom this reader may see. Words of others are as if
/// nobody had written them.
fn near(
    tx: &mut Tx,
    vocabulary: &Vocabulary,
    own: Meant,
    visible: &Bits,
    look_up: &mut LookUp,
) -> Result<Meant, Failure> {
    let candidates = vocabulary.near(&own.typed);
    let looks_of = |word: &String| -> Vec<(i64, Look)> {
        let look = |part| Look { part, words: vec![word.clone()], is_beginning: false };
        Part::ALL.into_iter().map(|part| (points(part), look(part))).collect()
    };
    look_up(tx, &candidates.iter().flat_map(|(_, word)| looks_of(word)).collect::<Vec<_>>())?;
    let mut nearest: Option<(usize, Meant)> = None;
    for (slips, word) in candidates {
        if nearest.as_ref().is_some_and(|(fewest, _)| slips > *fewest) {
            break;
        }
        let found = look_up(tx, &looks_of(&word))?;
        if found.iter().any(|(_, bits)| bits.meets(visible)) {
            let empty = || (slips, Meant { looks: Vec::new(), typed: own.typed.clone(), near: Vec::new() });
            let (_, meant) = nearest.get_or_insert_with(empty);
            meant.looks.extend(found);
            meant.near.push(word);
        }
    }
    let Some((_, mut meant)) = nearest else { return Ok(own) };
    // Whoever wrote it in another form is meant, too.
    for word in &meant.near {
        for other in vocabulary.family(word) {
            meant.looks.extend(look_up(tx, &looks_of(&other))?);
        }
    }
    meant.looks.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    Ok(meant)
}
