//! A set of small numbers, one bit for each: thousands are compared and counted at once.

#[derive(Clone, Debug, Default)]
pub(crate) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    pub(crate) fn set(&mut self, number: usize, on: bool) {
        let (word, bit) = (number / 64, 1 << (number % 64));
        if on {
            if word >= self.words.len() {
                self.words.resize(word + 1, 0);
            }
            self.words[word] |= bit;
        } else if let Some(word) = self.words.get_mut(word) {
            *word &= !bit;
        }
    }

    pub(crate) fn has(&self, number: usize) -> bool {
        self.words.get(number / 64).is_some_and(|word| word & (1 << (number % 64)) != 0)
    }

    /// Leaves what is in both.
    pub(crate) fn keep(&mut self, other: &Self) {
        self.words.truncate(other.words.len());
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    pub(crate) fn take_out(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        if other.words.len() > self.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many are in both.
    pub(crate) fn count_with(&self, other: &Self) -> usize {
        self.words.iter().zip(&other.words).map(|(one, other)| (one & other).count_ones() as usize).sum()
    }

    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(one, other)| one & other != 0)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(place, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(place * 64 + bit)
            })
        })
    }
}

impl FromIterator<usize> for Bits {
    fn from_iter<T: IntoIterator<Item = usize>>(numbers: T) -> Self {
        let mut bits = Self::default();
        numbers.into_iter().for_each(|number| bits.set(number, true));
        bits
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bits_are_sets(one: BTreeSet<u16>, other: BTreeSet<u16>, gone: u16) {
            let bits = |set: &BTreeSet<u16>| set.iter().map(|it| usize::from(*it)).collect::<Bits>();
            let of = |bits: &Bits| bits.iter().map(|it| u16::try_from(it).unwrap()).collect::<BTreeSet<_>>();
            let (a, b) = (bits(&one), bits(&other));
            let mut both = a.clone();
            both.keep(&b);
            prop_assert_eq!(of(&both), &one & &other);
            prop_assert_eq!(a.count_with(&b), both.count());
            prop_assert_eq!(a.meets(&b), both.count() > 0);
            let mut less = a.clone();
            less.take_out(&b);
            prop_assert_eq!(of(&less), &one - &other);
            let mut all = a.clone();
            all.add(&b);
            prop_assert_eq!(of(&all), &one | &other);
            all.set(usize::from(gone), false);
            prop_assert!(!all.has(usize::from(gone)));
            prop_assert!(one.iter().all(|it| *it == gone || all.has(usize::from(*it))));
        }
    }
}
