//! Chains that were tampered with, and units of work that gather for the audit.

mod kept;
mod tampered;
