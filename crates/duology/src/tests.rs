//! What must hold for the whole house.

mod access;
mod again;
mod audit;
mod bad_input;
mod doors;
mod files;
mod headers;
mod home;
mod leading_out;
mod letters;
mod limits;
mod lines;
mod logs;
mod payloads;
mod phases;
mod replay;
mod revocation;
mod sealed;
mod shape;
mod statements;
mod two_worlds;
mod year;
