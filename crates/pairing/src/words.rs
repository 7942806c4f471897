//! Words as numbers. Each kind of word is numbered by itself, so that most sets fit in 64 bits.

use std::sync::{Mutex, PoisonError};

use crate::{people::plainly, quick::QuickMap};

#[derive(Clone, Copy)]
pub(crate) enum Of {
    Topics,
    Organisations,
    Channels,
    Places,
    Events,
    Employers,
    Domains,
}

const KINDS: usize = 7;

/// One numbering for all who read at the same time. Which number a word gets hangs on who comes upon it first, and
/// nothing hangs on the number: it is compared with others, never put in order or shown.
#[derive(Default)]
pub(crate) struct Words([Mutex<QuickMap<String, u32>>; KINDS]);

/// Reads the words of people, and remembers how they wrote them: the same words come again and again, and need not be
/// made plain each time.
pub(crate) struct Reader<'a> {
    words: &'a Words,
    written: [QuickMap<&'a str, u32>; KINDS],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(words: &'a Words) -> Self {
        Reader { words, written: Default::default() }
    }

    fn number(&mut self, kind: Of, word: &'a str) -> u32 {
        if let Some(number) = self.written[kind as usize].get(word) {
            return *number;
        }
        let mut plain = self.words.0[kind as usize].lock().unwrap_or_else(PoisonError::into_inner);
        let next = plain.len() as u32;
        let number = *plain.entry(plainly(word)).or_insert(next);
        self.written[kind as usize].insert(word, number);
        number
    }

    pub(crate) fn row(&mut self, kind: Of, words: &'a [String]) -> Numbers {
        words.iter().map(|word| self.number(kind, word)).collect()
    }

    pub(crate) fn set(&mut self, kind: Of, words: &'a [String]) -> Set {
        words.iter().map(|word| self.number(kind, word)).collect()
    }

    pub(crate) fn known(&mut self, kind: Of, word: Option<&'a str>) -> Option<u32> {
        word.filter(|word| !word.trim().is_empty()).map(|word| self.number(kind, word))
    }
}

const FEW: usize = 5;

/// Numbers in the order in which their words were written. A few lie where their person lies, so that comparing two
/// people asks for no memory besides theirs.
#[derive(Clone)]
pub(crate) enum Numbers {
    Few(u8, [u32; FEW]),
    Many(Box<[u32]>),
}

impl std::ops::Deref for Numbers {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        match self {
            Numbers::Few(length, numbers) => &numbers[..usize::from(*length)],
            Numbers::Many(numbers) => numbers,
        }
    }
}

impl FromIterator<u32> for Numbers {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let mut numbers = numbers.into_iter();
        let (mut length, mut few) = (0, [0; FEW]);
        while let Some(number) = numbers.next() {
            if length == FEW {
                return Numbers::Many(few.into_iter().chain([number]).chain(numbers).collect());
            }
            few[length] = number;
            length += 1;
        }
        Numbers::Few(length as u8, few)
    }
}

/// Numbers in no order. The first 64 are bits; others are rare.
#[derive(Clone, Default)]
pub(crate) struct Set {
    low: u64,
    high: Option<Box<Numbers>>,
}

impl Set {
    pub(crate) fn is_empty(&self) -> bool {
        self.low == 0 && self.high.is_none()
    }

    pub(crate) fn has(&self, number: u32) -> bool {
        if number < 64 {
            self.low & (1 << number) != 0
        } else {
            self.high.as_ref().is_some_and(|high| high.contains(&number))
        }
    }

    pub(crate) fn meets(&self, other: &Set) -> bool {
        let high = || self.high.as_ref().zip(other.high.as_ref());
        self.low & other.low != 0 || high().is_some_and(|(a, b)| a.iter().any(|number| b.contains(number)))
    }
}

impl FromIterator<u32> for Set {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let (mut low, mut high) = (0, Vec::new());
        for number in numbers {
            match number {
                0..64 => low |= 1 << number,
                _ => high.push(number),
            }
        }
        Set { low, high: (!high.is_empty()).then(|| Box::new(high.into_iter().collect())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_sets_hold_any_count_of_numbers() {
        for many in [0, 1, FEW, FEW + 1, 100] {
            let numbers: Vec<u32> = (0..many as u32).map(|number| number * 3).collect();
            let (row, set): (Numbers, Set) = (numbers.iter().copied().collect(), numbers.iter().copied().collect());
            assert_eq!(row[..], numbers);
            assert_eq!(set.is_empty(), many == 0);
            for number in 0..400 {
                let only: Set = [number].into_iter().collect();
                let is_in = numbers.contains(&number);
                assert_eq!((set.has(number), set.meets(&only), only.meets(&set)), (is_in, is_in, is_in));
            }
        }
    }

    #[test]
    fn two_readers_give_one_word_one_number_however_it_is_written() {
        let words = Words::default();
        let (mut one, mut other) = (Reader::new(&words), Reader::new(&words));
        let first = one.number(Of::Topics, "Open  science");
        assert_eq!(other.number(Of::Topics, "peer review"), first + 1);
        assert_eq!(other.number(Of::Topics, "open science "), first);
        assert_eq!(one.number(Of::Topics, "peer review"), first + 1);
    }
}
