//! What people do in this room, through its doors, on both databases.

mod accounts;
mod again;
mod committee;
mod promises;
mod roster;
