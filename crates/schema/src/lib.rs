//! Migrations and the shape they lead to.
