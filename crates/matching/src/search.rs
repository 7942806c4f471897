//! Finding people in the directory: who has what was typed and chosen, in which order, and
//! how many each other choice would give.
//!
//! | what                                           | where            |
//! |------------------------------------------------|------------------|
//! | everybody of a cohort in memory                | `catalog.rs`, `bits.rs` |
//! | what was typed, as words                       | `typed.rs`       |
//! | stems, little words, words near another        | `language.rs`, `vocabulary.rs` |
//! | what each word means, and what it is worth     | `meaning.rs`     |
//! | who wrote a word: one function, two databases  | `finding.rs`     |
//! | the order of a reader and day                  | `order.rs`       |

mod bits;
mod catalog;
mod finding;
mod language;
mod meaning;
mod order;
mod typed;
mod vocabulary;

use platform::prelude::*;

use crate::changes::Turn;
use bits::Bits;
use catalog::{Catalog, Catalogs, FACETS};
use meaning::Meant;

pub(crate) use language::Language;
pub(crate) use order::Order;
pub(crate) use typed::searched;

/// What is asked, and who asks.
pub(crate) struct Asking<'a> {
    pub(crate) cohort: Id,
    pub(crate) turn: Turn,
    pub(crate) language: Language,
    pub(crate) waiting_at_most: i64,
    pub(crate) words: &'a str,
    /// A topic, a kind of organisation, a way to meet; empty for any.
    pub(crate) facets: [&'a str; 3],
    pub(crate) free: bool,
    pub(crate) short: bool,
    /// Whom the reader is not shown.
    pub(crate) apart: &'a [Id],
    pub(crate) shortlist: &'a [Id],
    pub(crate) order: Order,
    /// From which place on, and how many.
    pub(crate) from: usize,
    pub(crate) many: usize,
}

#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Numbers of the profiles of this page, in order.
    pub(crate) profiles: Vec<i64>,
    /// How many there are on all pages.
    pub(crate) total: usize,
    /// How many each choice would give with the others kept.
    pub(crate) counts: [Vec<(String, usize)>; 3],
    /// How many it would be without a choice of that kind.
    pub(crate) any: [usize; 3],
    pub(crate) free: usize,
    pub(crate) short: usize,
    /// What was typed and nobody wrote, with the words that were taken instead.
    pub(crate) near: Vec<(String, Vec<String>)>,
    /// Whether nobody has all of the words, and those are shown who have the most.
    pub(crate) has_most: bool,
}

pub(crate) fn find(tx: &mut Tx, asking: &Asking) -> Result<Found, Failure> {
    let kept = Catalogs::of(tx, asking.cohort, asking.turn, asking.waiting_at_most)?;
    let catalog = kept.catalog();
    let mut visible = catalog.shown.clone();
    visible.take_out(&catalog.places_of(asking.apart));
    let typed = typed::words(asking.words, asking.language);
    let meant = match typed.as_slice() {
        [] => Vec::new(),
        typed => meaning::of(tx, (&kept, &catalog), asking, typed, &visible)?,
    };
    let (with_words, has_most) = having(&meant, &visible);
    let filters = Filters::of(&catalog, asking);
    let mut found = filters.count(&catalog, &visible, &with_words);
    let all = filters.left(&with_words, None);
    found.total = all.count();
    found.profiles = page(&catalog, &meant, &all, asking);
    found.has_most = has_most;
    found.near = meant.into_iter().filter(|it| !it.near.is_empty()).map(|it| (it.typed, it.near)).collect();
    Ok(found)
}

/// Those who have every word; where nobody has, those who have the most of them.
fn having(meant: &[Meant], visible: &Bits) -> (Bits, bool) {
    let each: Vec<Bits> = meant.iter().map(Meant::everybody).collect();
    let mut all = visible.clone();
    each.iter().for_each(|one| all.keep(one));
    if meant.len() < 2 || all.count() > 0 {
        return (all, false);
    }
    let words = |place: usize| each.iter().filter(|one| one.has(place)).count();
    let most = visible.iter().map(words).max().unwrap_or_default();
    let having: Bits = visible.iter().filter(|place| most > 0 && words(*place) == most).collect();
    (having, most > 0)
}

/// What was chosen: a set of people for each, nothing where everybody will do.
struct Filters {
    facets: [Option<Bits>; 3],
    free: Option<Bits>,
    short: Option<Bits>,
    can_be_asked: Bits,
    shortlist: Bits,
}

/// The place of the tick for those who can be asked among the filters, and of the shortlist.
const FREE: usize = FACETS.len();
const SHORT: usize = FREE + 1;

impl Filters {
    fn of(catalog: &Catalog, asking: &Asking) -> Self {
        let mut can_be_asked = catalog.shown.clone();
        can_be_asked.take_out(&catalog.taken);
        can_be_asked.take_out(&catalog.full);
        let shortlist = catalog.places_of(asking.shortlist);
        let chosen = |facet: usize| {
            let word = asking.facets[facet];
            let marked = |bit| catalog.marked(facet, bit).cloned();
            (!word.is_empty()).then(|| catalog.bit_of(facet, word).and_then(marked).unwrap_or_default())
        };
        Self {
            facets: [chosen(0), chosen(1), chosen(2)],
            free: asking.free.then(|| can_be_asked.clone()),
            short: asking.short.then(|| shortlist.clone()),
            can_be_asked,
            shortlist,
        }
    }

    /// Who is left by all of them, or by all but one.
    fn left(&self, having: &Bits, but: Option<usize>) -> Bits {
        let mut left = having.clone();
        let all = self.facets.iter().chain([&self.free, &self.short]);
        for (_, filter) in all.enumerate().filter(|(place, _)| Some(*place) != but) {
            if let Some(filter) = filter {
                left.keep(filter);
            }
        }
        left
    }

    fn count(&self, catalog: &Catalog, visible: &Bits, having: &Bits) -> Found {
        let mut found = Found::default();
        let others: Vec<Bits> = (0..=SHORT).map(|but| self.left(having, Some(but))).collect();
        for (facet, word, bit) in &catalog.choices {
            // A word that only somebody out of sight has is no choice.
            let Some(marked) = catalog.marked(*facet, *bit).filter(|marked| marked.meets(visible)) else { continue };
            found.counts[*facet].push((word.clone(), others[*facet].count_with(marked)));
        }
        found.any = [0, 1, 2].map(|facet: usize| others[facet].count());
        found.free = others[FREE].count_with(&self.can_be_asked);
        found.short = others[SHORT].count_with(&self.shortlist);
        found
    }
}

/// The profiles of one page. Whoever has found somebody comes last; then what the words are
/// worth; whoever is waited for by many comes after others; and then the reader's own order.
fn page(catalog: &Catalog, meant: &[Meant], all: &Bits, asking: &Asking) -> Vec<i64> {
    let key = |place: usize| {
        let points: i64 = meant.iter().map(|it| it.points(place)).sum();
        let profile = catalog.profile(place);
        (catalog.taken.has(place), -points, catalog.full.has(place), asking.order.place(profile), profile)
    };
    let mut keys: Vec<_> = all.iter().map(key).collect();
    let last = asking.from.saturating_add(asking.many);
    if last < keys.len() {
        keys.select_nth_unstable(last);
        keys.truncate(last);
    }
    keys.sort_unstable();
    keys.into_iter().skip(asking.from).take(asking.many).map(|key| key.4).collect()
}
