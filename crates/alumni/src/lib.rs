//! Those who finished.
