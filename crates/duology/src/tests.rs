//! What must hold for the whole house.

mod audit;
mod bad_input;
mod doors;
mod headers;
mod home;
mod letters;
mod shape;
mod statements;
mod year;
