//! Intervals, reliability, paired change, goal attainment, disclosure control. Pure.
