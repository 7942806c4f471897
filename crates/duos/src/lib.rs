//! One mentor, one mentee, one cohort.
