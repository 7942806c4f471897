//! When an application can be taken back. Pure.

use jiff::civil::Date;

use super::status::State;

#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub state: State,
    pub today: Date,
    pub orientation: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WithdrawalRefusal {
    #[error("This application is at its end already; there is nothing to withdraw.")]
    Over,
    #[error(
        "The session has begun, so it is no longer the application that ends. You can end your duo from its page; without one, write to your liaison or the chair."
    )]
    SessionBegan,
}

/// Before the session at any time and without a reason. Once it has begun, a place is no
/// longer passed on, and what ends is the duo.
pub fn withdraw(facts: &Facts) -> Result<(), WithdrawalRefusal> {
    if !facts.state.can_withdraw() {
        return Err(WithdrawalRefusal::Over);
    }
    if facts.state == State::Placed && facts.today >= facts.orientation {
        return Err(WithdrawalRefusal::SessionBegan);
    }
    Ok(())
}
