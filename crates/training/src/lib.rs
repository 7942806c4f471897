//! Lessons, orientation, attendance.
