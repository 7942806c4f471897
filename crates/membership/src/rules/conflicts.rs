//! Whom somebody may step aside from.

use platform::identity::{email_key, is_email};

/// Far more than anybody has friends in a program; a list without end would be a nuisance.
pub const MOST: i64 = 200;

pub struct Declaring<'a> {
    pub email: &'a str,
    /// The address of whoever declares.
    pub own: &'a str,
    /// From how many they step aside already.
    pub open: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeclareRefusal {
    #[error("Enter an e-mail address, such as name@example.org.")]
    NoAddress,
    #[error("This is your own address. What is your own is never yours to decide, so there is nothing to declare.")]
    Oneself,
    #[error("You step aside from {MOST} people already. Take back what no longer counts.")]
    TooMany,
}

pub fn declare(it: &Declaring) -> Result<(), DeclareRefusal> {
    if !is_email(it.email) {
        return Err(DeclareRefusal::NoAddress);
    }
    if email_key(it.email) == email_key(it.own) {
        return Err(DeclareRefusal::Oneself);
    }
    if it.open >= MOST {
        return Err(DeclareRefusal::TooMany);
    }
    Ok(())
}
