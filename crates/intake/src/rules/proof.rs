//! The proof that places were given in order: everything that was noted is played again,
//! each step held against the rules, and the end against what stands in the books. Pure.

use std::collections::{BTreeMap, VecDeque};

use super::queue::Board;

/// What the journal noted, in the order in which it became true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<A> {
    /// A complete and eligible application has a place: at once, by an offer, or because
    /// there are more places.
    Taken(A),
    /// It joins the waiting list.
    Waits(A),
    Offered(A),
    PassedOn(A),
    Withdrawn(A),
    /// There are so many places from now on.
    Places(i64),
}

/// Where an application stands as far as places go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    Placed,
    Offered,
    Waiting,
}

/// What does not follow from what came before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    #[error("there was no free place for it")]
    NoPlace,
    #[error("somebody who came earlier was waiting")]
    PassedOver,
    #[error("there was a free place, and nobody was waiting")]
    WaitedForNothing,
    #[error("it was in the line already")]
    Twice,
    #[error("nothing had been offered to it")]
    NotOffered,
    #[error("more places were given than there were from then on")]
    TooFew,
    #[error("the books say otherwise at the end")]
    Books,
}

/// Plays the steps again, beginning with so many places. Gives the flaw of each step, and
/// the applications whose end is not that of the books.
pub fn replay<A: Copy + Ord>(
    places: i64,
    steps: &[Step<A>],
    books: &BTreeMap<A, Stands>,
    line: &[A],
) -> (Vec<Option<Flaw>>, Vec<A>) {
    let mut world =
        World { board: Board { places, taken: 0, held: 0 }, stands: BTreeMap::new(), line: VecDeque::new() };
    let flaws = steps.iter().map(|step| world.take(*step).err()).collect();
    let differs = |application: &A| world.stands.get(application) != books.get(application);
    let mut others: Vec<A> = world.stands.keys().chain(books.keys()).copied().filter(differs).collect();
    let order: Vec<A> = world.line.iter().copied().collect();
    others.extend(order.iter().zip(line).filter(|(played, kept)| played != kept).map(|(_, kept)| *kept));
    others.sort_unstable();
    others.dedup();
    (flaws, others)
}

struct World<A> {
    board: Board,
    stands: BTreeMap<A, Stands>,
    /// Those who wait, the longest first.
    line: VecDeque<A>,
}

impl<A: Copy + Ord> World<A> {
    /// Goes on even where a step does not follow, so that one flaw is named once.
    fn take(&mut self, step: Step<A>) -> Result<(), Flaw> {
        match step {
            Step::Taken(it) => self.taken(it),
            Step::Waits(it) => {
                let in_vain = self.line.is_empty() && self.board.free() > 0;
                let twice = self.stands.insert(it, Stands::Waiting).is_some();
                self.line.push_back(it);
                refuse(twice, Flaw::Twice)?;
                refuse(in_vain, Flaw::WaitedForNothing)
            }
            Step::Offered(it) => {
                let is_free = self.board.free() > 0;
                let is_first = self.leave_line(it);
                self.stands.insert(it, Stands::Offered);
                self.board.held += 1;
                refuse(!is_first, Flaw::PassedOver)?;
                refuse(!is_free, Flaw::NoPlace)
            }
            Step::PassedOn(it) => match self.stands.remove(&it) {
                Some(Stands::Offered) => {
                    self.board.held -= 1;
                    Ok(())
                }
                _ => Err(Flaw::NotOffered),
            },
            Step::Withdrawn(it) => {
                match self.stands.remove(&it) {
                    Some(Stands::Placed) => self.board.taken -= 1,
                    Some(Stands::Offered) => self.board.held -= 1,
                    Some(Stands::Waiting) => drop(self.leave_line(it)),
                    // What the rule refused had no place in the line.
                    None => {}
                }
                Ok(())
            }
            Step::Places(places) => {
                self.board.places = places;
                refuse(self.board.taken + self.board.held > places, Flaw::TooFew)
            }
        }
    }

    fn taken(&mut self, it: A) -> Result<(), Flaw> {
        let is_free = self.board.free() > 0;
        let before = self.stands.insert(it, Stands::Placed);
        self.board.taken += 1;
        match before {
            Some(Stands::Offered) => {
                self.board.held -= 1;
                Ok(())
            }
            Some(Stands::Placed) => {
                self.board.taken -= 1;
                Err(Flaw::Twice)
            }
            Some(Stands::Waiting) => {
                let is_first = self.leave_line(it);
                refuse(!is_first, Flaw::PassedOver)?;
                refuse(!is_free, Flaw::NoPlace)
            }
            None => {
                refuse(!self.line.is_empty(), Flaw::PassedOver)?;
                refuse(!is_free, Flaw::NoPlace)
            }
        }
    }

    /// Takes somebody out of the line, and says whether they were the first.
    fn leave_line(&mut self, it: A) -> bool {
        let is_first = self.line.front() == Some(&it);
        self.line.retain(|other| *other != it);
        is_first
    }
}

fn refuse(is_wrong: bool, flaw: Flaw) -> Result<(), Flaw> {
    if is_wrong { Err(flaw) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use Step::{Offered, PassedOn, Places, Taken, Waits, Withdrawn};

    use super::*;

    fn books(placed: &[u8], offered: &[u8], waiting: &[u8]) -> BTreeMap<u8, Stands> {
        let all = [(placed, Stands::Placed), (offered, Stands::Offered), (waiting, Stands::Waiting)];
        all.into_iter().flat_map(|(who, stands)| who.iter().map(move |it| (*it, stands))).collect()
    }

    // CAP5
    #[test]
    fn a_year_in_order_is_proven() {
        let steps = [
            Taken(1),
            Taken(2),
            Waits(3),
            Waits(4),
            Waits(5),
            Withdrawn(1),
            Offered(3),
            PassedOn(3),
            Offered(4),
            Taken(4),
            Places(3),
            Taken(5),
            Withdrawn(2),
            Withdrawn(9),
        ];
        let (flaws, others) = replay(2, &steps, &books(&[4, 5], &[], &[]), &[]);
        assert!(flaws.iter().all(Option::is_none), "{flaws:?}");
        assert!(others.is_empty());
    }

    #[test]
    fn each_way_to_cheat_is_named() {
        let flaw = |places: i64, steps: &[Step<u8>]| replay(places, steps, &BTreeMap::new(), &[]).0.pop().unwrap();
        assert_eq!(flaw(1, &[Taken(1), Taken(2)]), Some(Flaw::NoPlace));
        assert_eq!(flaw(1, &[Taken(1), Waits(2), Waits(3), Withdrawn(1), Offered(3)]), Some(Flaw::PassedOver));
        assert_eq!(flaw(1, &[Taken(1), Waits(2), Withdrawn(1), Taken(3)]), Some(Flaw::PassedOver));
        assert_eq!(flaw(1, &[Taken(1), Waits(2), Waits(3), Places(2), Taken(3)]), Some(Flaw::PassedOver));
        assert_eq!(flaw(1, &[Taken(1), Waits(2), Offered(2)]), Some(Flaw::NoPlace));
        assert_eq!(flaw(2, &[Taken(1), Waits(2)]), Some(Flaw::WaitedForNothing));
        assert_eq!(flaw(2, &[Taken(1), Taken(1)]), Some(Flaw::Twice));
        assert_eq!(flaw(1, &[Taken(1), Waits(2), Waits(2)]), Some(Flaw::Twice));
        assert_eq!(flaw(1, &[Taken(1), Waits(2), PassedOn(2)]), Some(Flaw::NotOffered));
        assert_eq!(flaw(2, &[Taken(1), Taken(2), Places(1)]), Some(Flaw::TooFew));
    }

    #[test]
    fn books_that_say_otherwise_are_noticed() {
        let steps = [Taken(1), Waits(2), Waits(3)];
        assert!(replay(1, &steps, &books(&[1], &[], &[2, 3]), &[2, 3]).1.is_empty());
        assert_eq!(replay(1, &steps, &books(&[2], &[], &[1, 3]), &[1, 3]).1, [1, 2]);
        assert_eq!(replay(1, &steps, &books(&[1], &[], &[2, 3]), &[3, 2]).1, [2, 3]);
        assert_eq!(replay(1, &steps, &books(&[1], &[], &[2, 3, 7]), &[2, 3]).1, [7]);
        assert_eq!(replay(1, &steps, &books(&[1], &[], &[2]), &[2]).1, [3]);
    }
}
