//! What this room does by itself.

use platform::jobs::Job;

use crate::{audit_head, lapses, promises, refused};

/// Reminds people who promised to join, 30 and 7 days before they said they would.
pub const REMIND_OF_PROMISES: Job =
    Job { name: "remind of promises to join", find: promises::to_remind, act: promises::remind };

/// Writes to the chair and the deputy once a day where the audit stands.
pub const WRITE_HEAD: Job =
    Job { name: "write where the audit stands", find: audit_head::unwritten, act: audit_head::write };

/// Writes down which memberships of people who take part ran out, once a day.
pub const LOOK_FOR_LAPSES: Job =
    Job { name: "look for memberships that ran out", find: lapses::to_look_for, act: lapses::look_for };

/// Writes to those who asked for a way in.
pub const LET_IN: Job = Job {
    name: "write to those who asked for a way in",
    find: crate::invitation::waiting,
    act: crate::invitation::answer_waiting,
};

/// Notes who was not let in.
pub const NOTE_REFUSED: Job = Job { name: "note refused sign-ins", find: refused::waiting, act: refused::note };
