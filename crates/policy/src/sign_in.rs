//! What a sign-in must be, for what a person holds.

use crate::Role::{self, Board, Chair, Council, Deputy, Liaison, Staff};
use crate::{Action, Subject};

/// Who reads about many: a password alone is not enough for them.
const NEEDS_SECOND_FACTOR: &[Role] = &[Chair, Deputy, Staff, Board];
/// Who works here rather than takes part: their sign-ins end with the day.
const FOR_A_DAY: &[Role] = &[Chair, Deputy, Council, Liaison, Staff, Board];

/// What opens to a sign-in that still lacks its second factor: the way to it, and the way out.
const BEFORE_SECOND_FACTOR: &[Action] = &[
    Action::ReadAsset,
    Action::ReadHealth,
    Action::ChangeTheme,
    Action::SignIn,
    Action::SignOut,
    Action::Recover,
    Action::FollowLink,
    Action::SecureSignIn,
];

impl Subject {
    pub fn needs_second_factor(&self) -> bool {
        self.holds_any(NEEDS_SECOND_FACTOR)
    }

    /// Whether a sign-in lasts a day rather than a month.
    pub fn signs_in_for_a_day(&self) -> bool {
        self.holds_any(FOR_A_DAY)
    }
}

impl Action {
    pub fn opens_before_second_factor(self) -> bool {
        BEFORE_SECOND_FACTOR.contains(&self)
    }
}
