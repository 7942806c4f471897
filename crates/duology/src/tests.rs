//! What must hold for the whole house.

mod doors;
mod home;
mod letters;
mod shape;
mod statements;
mod year;
