//! What `duology` can be told to do; one file per command.

pub mod account;
pub mod audit;
pub mod demo;
pub mod key;
pub mod pair;
pub mod report;
pub mod roster;
pub mod routes;
pub mod serve;
