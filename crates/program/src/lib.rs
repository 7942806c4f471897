//! Programs and cohorts, the calendar, the committee.
