//! How people prove who they are, beyond a password: codes of an app, recovery codes,
//! passkeys, and the association's own sign-in by OpenID Connect.
//!
//! | what                                           | where           |
//! |------------------------------------------------|-----------------|
//! | codes that change with the time, and their square | `time_codes.rs` |
//! | codes for the day the app is lost              | `recovery.rs`   |
//! | passkeys                                       | `passkeys.rs`   |
//! | the association's own sign-in                  | `openid.rs`     |
//!
//! Usable alone: it knows neither storage nor pages, and takes the time and chance as given.

#![forbid(unsafe_code)]

pub mod openid;
pub mod passkeys;
pub mod recovery;
pub mod time_codes;
