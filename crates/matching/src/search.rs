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
#[cfg(fuzzing)]
pub mod fuzzed;
mod language;
mod meaning;
mod order;
mod typed;
mod vocabulary;

use std::{borrow::Cow, ops::Range};

use platform::prelude::*;
use policy::{Scope, of};

use crate::changes::Turn;
use bits::Bits;
use catalog::{Catalog, Catalogs, FACETS};
use meaning::Meant;

pub(crate) use catalog::KINDS;
pub(crate) use language::Language;
pub(crate) use order::Order;
pub(crate) use typed::searched;

/// What is asked, and who asks.
pub(crate) struct Asking<'a> {
    /// Whose profiles may be read, and by whom: everything found and counted is of its cohort.
    pub(crate) scope: &'a Scope<of::ProfileMentor>,
    pub(crate) turn: Turn,
    pub(crate) language: Language,
    pub(crate) waiting_at_most: i64,
    pub(crate) words: &'a str,
    /// A topic, a kind of organisation, a way to meet, a time zone; empty for any.
    pub(crate) facets: [&'a str; KINDS],
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
    pub(crate) counts: [Vec<(String, usize)>; KINDS],
    /// How many it would be without a choice of that kind.
    pub(crate) any: [usize; KINDS],
    pub(crate) free: usize,
    pub(crate) short: usize,
    /// What was typed and nobody wrote, with the words that were taken instead.
    pub(crate) near: Vec<(String, Vec<String>)>,
    /// Whether nobody has all of the words, and those are shown who have the most.
    pub(crate) has_most: bool,
}

impl Asking<'_> {
    fn cohort(&self) -> Result<Id, Failure> {
        self.scope.cohort().map(Id::from).ok_or(Failure::NotFound)
    }
}

pub(crate) fn find(tx: &mut Tx, asking: &Asking) -> Result<Found, Failure> {
    let kept = Catalogs::of(tx, asking.cohort()?, asking.turn, asking.waiting_at_most)?;
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
    let all = filters.left(&with_words, None);
    let mut found = filters.count(&catalog, &visible, &with_words, &all);
    found.total = all.count();
    found.profiles = page(&catalog, &meant, &all, asking.order, asking.from..asking.from.saturating_add(asking.many));
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
    facets: [Option<Bits>; KINDS],
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
            facets: std::array::from_fn(chosen),
            free: asking.free.then(|| can_be_asked.clone()),
            short: asking.short.then(|| shortlist.clone()),
            can_be_asked,
            shortlist,
        }
    }

    fn chosen(&self, filter: usize) -> Option<&Bits> {
        match filter {
            FREE => self.free.as_ref(),
            SHORT => self.short.as_ref(),
            facet => self.facets[facet].as_ref(),
        }
    }

    /// Who is left by all of them, or by all but one.
    fn left(&self, having: &Bits, but: Option<usize>) -> Bits {
        let mut left = having.clone();
        let kept = (0..=SHORT).filter(|filter| Some(*filter) != but);
        kept.filter_map(|filter| self.chosen(filter)).for_each(|filter| left.keep(filter));
        left
    }

    /// What each choice would give, where `having` have the words and `all` are left.
    fn count(&self, catalog: &Catalog, visible: &Bits, having: &Bits, all: &Bits) -> Found {
        let mut found = Found::default();
        let others: [Cow<'_, Bits>; SHORT + 1] = std::array::from_fn(|but| match self.chosen(but) {
            Some(_) => Cow::Owned(self.left(having, Some(but))),
            None => Cow::Borrowed(all),
        });
        for (facet, word, bit) in &catalog.choices {
            // A word that only somebody out of sight has is no choice.
            let Some(marked) = catalog.marked(*facet, *bit).filter(|marked| marked.meets(visible)) else { continue };
            found.counts[*facet].push((word.clone(), others[*facet].count_with(marked)));
        }
        found.any = std::array::from_fn(|facet| others[facet].count());
        found.free = others[FREE].count_with(&self.can_be_asked);
        found.short = others[SHORT].count_with(&self.shortlist);
        found
    }
}

/// The profiles of one page. Whoever has found somebody comes last; then what the words are
/// worth; whoever is waited for by many comes after others; and then the reader's own order.
///
/// People who are alike but for the reader's order are one tier, and only the tiers of this
/// page are put in order: looking at each of those who were found would take most of the time.
fn page(catalog: &Catalog, meant: &[Meant], all: &Bits, order: Order, places: Range<usize>) -> Vec<i64> {
    let mut profiles = Vec::new();
    let mut before = places.start;
    for tier in tiers(catalog, meant, all) {
        let wanted = places.len() - profiles.len();
        if wanted == 0 {
            break;
        }
        let many = tier.count();
        if many <= before {
            before -= many;
            continue;
        }
        profiles.extend(in_order(catalog, &tier, order, before + wanted).skip(before));
        before = 0;
    }
    profiles
}

/// Those who are alike, the first first; nobody is in two of them.
fn tiers<'a>(catalog: &'a Catalog, meant: &'a [Meant], all: &Bits) -> impl Iterator<Item = Bits> + use<'a> {
    let split = |set: Bits, by: &Bits| {
        let (mut with, mut without) = (set.clone(), set);
        with.keep(by);
        without.take_out(by);
        [without, with]
    };
    split(all.clone(), &catalog.taken)
        .into_iter()
        .flat_map(|set| meaning::worth(meant, set).into_values().rev())
        .flat_map(move |set| split(set, &catalog.full))
}

/// The first of these people in the reader's order.
fn in_order(catalog: &Catalog, people: &Bits, order: Order, many: usize) -> impl Iterator<Item = i64> {
    let key = |place: usize| {
        let profile = catalog.profile(place);
        (order.place(profile), profile)
    };
    let mut keys: Vec<(i64, i64)> = people.iter().map(key).collect();
    if many < keys.len() {
        keys.select_nth_unstable(many);
        keys.truncate(many);
    }
    keys.sort_unstable();
    keys.into_iter().map(|(_, profile)| profile)
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        // PRF4: pages made of tiers are those that putting everybody in order would give.
        #[test]
        fn pages_are_parts_of_one_order_of_everybody(
            people in prop::collection::vec((any::<bool>(), any::<bool>(), any::<bool>()), 1..200),
            words in prop::collection::vec(prop::collection::vec((1_i64..5, any::<u32>()), 0..4), 0..4),
            reader in any::<u64>(),
            from in 0_usize..220,
            many in 1_usize..60,
        ) {
            let catalog = Catalog::of_people(people.iter().map(|it| (it.0, it.1)));
            let all: Bits = (0..people.len()).filter(|place| people[*place].2).collect();
            let bits = |seed: &u32| (0..people.len()).filter(|place| (seed >> (place % 31)) & 1 == 1).collect::<Bits>();
            let meant: Vec<Meant> = words
                .iter()
                .map(|looks| {
                    let mut looks: Vec<_> = looks.iter().map(|(points, seed)| (*points, bits(seed))).collect();
                    looks.sort_by_key(|it| Reverse(it.0));
                    Meant::of_looks(looks)
                })
                .collect();
            let order = Order::of(Id::from(u128::from(reader)), jiff::civil::date(2026, 5, 4));
            let points = |place: usize| meant.iter().map(|it| it.points(place)).sum::<i64>();
            let mut everybody: Vec<usize> = all.iter().collect();
            everybody.sort_by_key(|place| {
                let profile = catalog.profile(*place);
                (people[*place].0, Reverse(points(*place)), people[*place].1, order.place(profile), profile)
            });
            let expected: Vec<i64> =
                everybody.into_iter().skip(from).take(many).map(|place| catalog.profile(place)).collect();
            prop_assert_eq!(page(&catalog, &meant, &all, order, from..from + many), expected);
        }
    }
}
