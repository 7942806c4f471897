//! What people do in this room, through its doors, on both databases.

mod accounts;
mod address;
mod again;
mod committee;
mod conflicts;
mod deliveries;
mod factors;
mod guesses;
mod help;
mod lapses;
mod openid;
mod openid_mutations;
mod promises;
mod roster;
mod sessions;
mod undoing;

use roster::{names, preview_by};
