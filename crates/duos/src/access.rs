//! What the access matrix is told of a duo, seen from the person who asks.

use platform::prelude::*;
use policy::{Condition, Facts, Grant, Kind, May, of};

use crate::duos::Duo;

/// Proof that one of the two may do this with what the duo keeps; to everyone else it is
/// not there. What is sealed opens until its key is destroyed, so there is nothing more to
/// ask about its time.
pub(crate) fn of_duo<R: Kind, V: May>(visit: &Visit, duo: &Duo) -> Result<Grant<R, V>, Failure> {
    visit.grant(&facts(visit.person()?, duo))
}

/// The same for a note of one's own.
pub(crate) fn own<V: May>(visit: &Visit, duo: &Duo) -> Result<Grant<of::PrivateNote, V>, Failure> {
    visit.grant(&facts(visit.person()?, duo).own(true).when(true, Condition::Author))
}

/// The same for what one of them would like, which is theirs alone: to go on after the session,
/// or another partner.
pub(crate) fn own_wish<R: Kind, V: May>(visit: &Visit, duo: &Duo) -> Result<Grant<R, V>, Failure> {
    visit.grant(&facts(visit.person()?, duo).own(true))
}

pub(crate) fn facts(person: Id, duo: &Duo) -> Facts {
    Facts::in_cohort(duo.cohort.number()).duo(duo.is_of(person)).when(true, Condition::IsKept)
}

/// Who a proof was given to.
pub(crate) fn who<R: Kind, V: May>(grant: &Grant<R, V>) -> Id {
    Id::from(grant.person())
}
