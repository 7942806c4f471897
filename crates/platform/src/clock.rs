//! The only place that knows what time it is.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::{SignedDuration, Timestamp};

/// The clock of the app. Tests and the demo stop it and move it by hand.
#[derive(Clone, Debug)]
pub enum Clock {
    System,
    /// Microseconds since 1970.
    Stopped(Arc<AtomicI64>),
}

impl Clock {
    pub fn stopped_at(now: Timestamp) -> Self {
        Self::Stopped(Arc::new(AtomicI64::new(now.as_microsecond())))
    }

    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => system_time(),
            Self::Stopped(at) => Timestamp::from_microsecond(at.load(Ordering::SeqCst)).unwrap_or_default(),
        }
    }

    /// Moves a stopped clock; a running clock stays as it is.
    pub fn advance(&self, by: SignedDuration) {
        if let Self::Stopped(at) = self {
            at.fetch_add(i64::try_from(by.as_micros()).unwrap_or(0), Ordering::SeqCst);
        }
    }

    /// Sets a stopped clock, never back.
    pub fn advance_to(&self, moment: Timestamp) {
        if let Self::Stopped(at) = self {
            at.fetch_max(moment.as_microsecond(), Ordering::SeqCst);
        }
    }

    pub fn is_stopped(&self) -> bool {
        matches!(self, Self::Stopped(_))
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the clock")]
fn system_time() -> Timestamp {
    // Databases keep microseconds; what is compared with them must not be finer.
    let now = Timestamp::now();
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
}
