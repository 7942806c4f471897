//! What people do in this room, through its doors, on both databases.

mod accounts;
mod again;
mod committee;
mod deliveries;
mod factors;
mod lapses;
mod promises;
mod roster;
mod undoing;

use roster::{names, preview_by};
