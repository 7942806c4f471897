//! Liaisons and their duos.
