//! The directory of a cohort in memory: who is shown, and what they are filtered by.
//!
//! # Design
//! Counting what each choice would give asks about everybody, and no index of a database
//! does that for a hundred thousand people in the time of a page. So each process keeps one
//! bit for each mentor and choice. The database stays the truth: every change of a profile
//! takes a turn there (`changes.rs`), the page reads the turn with its window, and a process
//! that has missed some reads those profiles anew before it answers. A unit of work that may
//! be undone never touches what is shared.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard},
};

use platform::prelude::*;

use super::{bits::Bits, finding::Look, vocabulary::Vocabulary};
use crate::changes::{self, Changed, Turn};

/// The kinds of things people filter by, as `facet_words` names them.
pub(crate) const FACETS: [&str; KINDS] = ["topic", "organisation", "channel", "zone"];
/// How many kinds of things there are.
pub(crate) const KINDS: usize = 4;

#[derive(Default)]
pub(crate) struct Catalogs {
    of: Mutex<HashMap<Id, Arc<Kept>>>,
}

/// The catalog of one cohort, and what its searches have found.
#[derive(Default)]
pub(crate) struct Kept {
    catalog: RwLock<Catalog>,
    pub(super) searches: Mutex<Searches>,
}

/// What the database has answered since the words of a profile changed last.
#[derive(Default)]
pub(super) struct Searches {
    pub(super) vocabulary: Option<Vocabulary>,
    pub(super) found: HashMap<Look, Arc<Bits>>,
}

#[derive(Default)]
pub(crate) struct Catalog {
    /// Up to which turn it is in step; nothing before the first time.
    turn: Option<i64>,
    people: Vec<Entry>,
    /// The number of each one's profile, close together: pages look through thousands of them.
    profiles: Vec<i64>,
    place_of: HashMap<Id, usize>,
    place_of_profile: HashMap<i64, usize>,
    pub(super) shown: Bits,
    pub(super) taken: Bits,
    pub(super) full: Bits,
    /// So many may wait for one mentor.
    waiting_at_most: i64,
    facets: [Vec<Bits>; KINDS],
    /// Facet, word, and which bit stands for it.
    pub(super) choices: Vec<(usize, String, usize)>,
}

#[derive(Default)]
struct Entry {
    marks: [i64; KINDS],
    waiting: i64,
}

impl Catalogs {
    /// The catalog of a cohort, in step with what this unit of work sees.
    pub(crate) fn of(tx: &mut Tx, cohort: Id, turn: Turn, waiting_at_most: i64) -> Result<Arc<Kept>, Failure> {
        let catalogs = tx.memory::<Self>();
        let kept = {
            let mut of = catalogs.of.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(of.entry(cohort).or_default())
        };
        kept.bring_in_step(tx, cohort, turn, waiting_at_most)?;
        Ok(kept)
    }
}

impl Kept {
    pub(crate) fn catalog(&self) -> RwLockReadGuard<'_, Catalog> {
        self.catalog.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn bring_in_step(&self, tx: &mut Tx, cohort: Id, turn: Turn, waiting_at_most: i64) -> Result<(), Failure> {
        if self.catalog().is_in_step(turn, waiting_at_most) {
            return Ok(());
        }
        let mut catalog = self.catalog.write().unwrap_or_else(PoisonError::into_inner);
        if !catalog.is_in_step(turn, waiting_at_most) {
            let news = catalog.read_news(tx, cohort, turn)?;
            catalog.set_waiting_at_most(waiting_at_most);
            self.hear(tx, news)?;
        }
        Ok(())
    }

    /// What was found holds as long as nobody's words change.
    fn hear(&self, tx: &mut Tx, news: News) -> Result<(), Failure> {
        let mut searches = self.searches.lock().unwrap_or_else(PoisonError::into_inner);
        match news {
            News::Others => {}
            News::Everything => *searches = Searches::default(),
            News::Words(profiles) => {
                searches.found.clear();
                if let Some(vocabulary) = &mut searches.vocabulary {
                    for text in changes::texts_of(tx, &policy::house(), &profiles)? {
                        vocabulary.read(&text);
                    }
                }
            }
        }
        Ok(())
    }
}

/// What a catalog has heard that its searches must know.
enum News {
    Others,
    /// The words of these profiles.
    Words(Vec<i64>),
    Everything,
}

/// Where the words of more profiles change at once, all are read anew when somebody searches.
const A_FEW: usize = 64;

impl Catalog {
    /// People who are taken, or waited for by as many as may wait.
    #[cfg(test)]
    pub(super) fn of_people(people: impl Iterator<Item = (bool, bool)>) -> Self {
        let mut catalog = Self::default();
        for (place, (is_taken, is_full)) in people.enumerate() {
            catalog.profiles.push(1_000 + i64::try_from(place).unwrap_or_default());
            catalog.shown.set(place, true);
            catalog.taken.set(place, is_taken);
            catalog.full.set(place, is_full);
        }
        catalog
    }

    /// What a later turn has brought is seen too: it is committed.
    fn is_in_step(&self, turn: Turn, waiting_at_most: i64) -> bool {
        self.turn.is_some_and(|own| own >= turn.now) && self.waiting_at_most == waiting_at_most
    }

    /// Whether it has heard of more than whoever saw this turn.
    pub(super) fn is_past(&self, turn: Turn) -> bool {
        self.turn.is_some_and(|own| own > turn.now)
    }

    fn read_news(&mut self, tx: &mut Tx, cohort: Id, turn: Turn) -> Result<News, Failure> {
        let Some(own) = self.turn.filter(|own| *own >= turn.cleared) else {
            *self = Self { waiting_at_most: self.waiting_at_most, ..Self::default() };
            self.choices = choices(tx)?;
            changes::all(tx, cohort)?.iter().for_each(|it| self.take(it));
            self.turn = Some(turn.now);
            return Ok(News::Everything);
        };
        let changed = changes::since(tx, cohort, own)?;
        self.choices = choices(tx)?;
        let mut words = Vec::new();
        let mut has_lost = false;
        for it in &changed {
            has_lost |= it.profile.is_none();
            words.extend(it.profile.filter(|_| it.words_turn > own));
            self.take(it);
            self.turn = self.turn.max(Some(it.turn));
        }
        Ok(match words.len() {
            _ if has_lost => News::Everything,
            0 => News::Others,
            1..=A_FEW => News::Words(words),
            _ => News::Everything,
        })
    }

    /// A profile as it is now; or that it is gone.
    fn take(&mut self, changed: &Changed) {
        let place = match self.place_of.get(&changed.person) {
            Some(place) => *place,
            None if changed.profile.is_none() => return,
            None => {
                self.people.push(Entry::default());
                self.profiles.push(0);
                self.place_of.insert(changed.person, self.people.len() - 1);
                self.people.len() - 1
            }
        };
        let is_shown = changed.profile.is_some() && changed.state != "paused";
        self.shown.set(place, is_shown);
        self.taken.set(place, is_shown && changed.state == "taken");
        let marks = if is_shown { changed.marks } else { [0; KINDS] };
        let entry = &mut self.people[place];
        for (facet, (new, old)) in marks.into_iter().zip(entry.marks).enumerate() {
            set_marks(&mut self.facets[facet], place, new, old);
        }
        *entry = Entry { marks, waiting: changed.waiting };
        let profile = changed.profile.unwrap_or_default();
        self.place_of_profile.remove(&self.profiles[place]);
        self.place_of_profile.insert(profile, place);
        self.profiles[place] = profile;
        self.full.set(place, is_shown && changed.waiting >= self.waiting_at_most);
    }

    fn set_waiting_at_most(&mut self, waiting_at_most: i64) {
        if self.waiting_at_most != waiting_at_most {
            self.waiting_at_most = waiting_at_most;
            let full = |entry: &Entry| entry.waiting >= waiting_at_most;
            let mut all: Bits = (0..self.people.len()).filter(|place| full(&self.people[*place])).collect();
            all.keep(&self.shown);
            self.full = all;
        }
    }

    pub(super) fn profile(&self, place: usize) -> i64 {
        self.profiles.get(place).copied().unwrap_or_default()
    }

    /// The places of these people, where they have one.
    pub(super) fn places_of(&self, people: &[Id]) -> Bits {
        people.iter().filter_map(|person| self.place_of.get(person).copied()).collect()
    }

    pub(super) fn places_of_profiles(&self, profiles: &[i64]) -> Bits {
        profiles.iter().filter_map(|profile| self.place_of_profile.get(profile).copied()).collect()
    }

    /// Who has this mark; nobody where nothing has it.
    pub(super) fn marked(&self, facet: usize, bit: usize) -> Option<&Bits> {
        self.facets.get(facet)?.get(bit)
    }

    pub(super) fn bit_of(&self, facet: usize, word: &str) -> Option<usize> {
        self.choices.iter().find(|(of, it, _)| *of == facet && it == word).map(|(_, _, bit)| *bit)
    }
}

fn set_marks(facet: &mut Vec<Bits>, place: usize, new: i64, old: i64) {
    let mut changed = new ^ old;
    while changed != 0 {
        let bit = changed.trailing_zeros() as usize;
        changed &= changed - 1;
        if facet.len() <= bit {
            facet.resize_with(bit + 1, Bits::default);
        }
        facet[bit].set(place, new & (1 << bit) != 0);
    }
}

fn choices(tx: &mut Tx) -> Result<Vec<(usize, String, usize)>, Failure> {
    let words = changes::facet_words(tx)?;
    let known = |facet: &str| FACETS.iter().position(|it| *it == facet);
    Ok(words
        .into_iter()
        .filter_map(|(facet, word, bit)| Some((known(&facet)?, word, bit.trailing_zeros() as usize)))
        .collect())
}
