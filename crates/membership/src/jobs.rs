//! What this room does by itself.

use platform::jobs::Job;

use crate::promises;

/// Reminds people who promised to join, 30 and 7 days before they said they would.
pub const REMIND_OF_PROMISES: Job =
    Job { name: "remind of promises to join", find: promises::to_remind, act: promises::remind };
