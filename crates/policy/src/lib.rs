//! The access matrix: subject, action, facts → grant or refusal. Pure.
