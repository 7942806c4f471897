mod appoint;
mod ladder;
mod signal;
