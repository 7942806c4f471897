mod appoint;
mod ladder;
mod opening;
mod signal;
