//! What must hold for the whole house.

mod shape;
