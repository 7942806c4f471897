//! The order in which the directory shows people: another for each reader and day.

use jiff::civil::Date;
use platform::ids::Id;

/// A prime, of the size of half a number of the databases.
pub(crate) const PLACES: i64 = 2_147_483_647;

/// The order of one reader on one day: never alphabetical, the same on every page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    square: i64,
    times: i64,
    plus: i64,
}

impl Order {
    pub(crate) fn of(reader: Id, day: Date) -> Self {
        let day = day.to_string();
        let key = |part: u8| {
            let bytes = reader.as_bytes().iter().copied().chain(day.bytes()).chain([part]);
            (hash(bytes) >> 16).cast_signed() % (PLACES - 1)
        };
        Self { square: 1 + key(0), times: 1 + key(1), plus: key(2) }
    }

    /// Where a profile stands for this reader: a polynomial over its number under the prime.
    pub(crate) fn place(self, id: i64) -> i64 {
        let id = id % PLACES;
        ((id * id % PLACES) * self.square + id * self.times + self.plus) % PLACES
    }
}

/// FNV-1a: it only has to spread people, nobody gains by guessing it.
fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_and_days_have_orders_of_their_own() {
        let day: Date = jiff::civil::date(2026, 5, 4);
        let (one, two) = (Id::from(1), Id::from(2));
        assert_eq!(Order::of(one, day), Order::of(one, day));
        assert_ne!(Order::of(one, day), Order::of(two, day));
        assert_ne!(Order::of(one, day), Order::of(one, jiff::civil::date(2026, 5, 5)));
    }

    // PRF4: no mentor stands near the same others, or near the top, for every reader.
    #[test]
    fn every_place_is_as_likely_for_every_mentor() {
        let day = jiff::civil::date(2026, 5, 4);
        let mut firsts = [0; 20];
        for reader in 0..2_000 {
            let order = Order::of(Id::from(reader), day);
            let first = (0..20).min_by_key(|id| order.place(*id)).unwrap();
            firsts[usize::try_from(first).unwrap()] += 1;
        }
        assert!(firsts.iter().all(|times| (50..170).contains(times)), "{firsts:?}");
    }

    #[test]
    fn places_stay_within_what_a_number_holds() {
        let order = Order { square: PLACES - 1, times: PLACES - 1, plus: PLACES - 1 };
        for id in [0, 1, PLACES - 1, PLACES, i64::MAX] {
            assert!((0..PLACES).contains(&order.place(id)));
        }
    }
}
