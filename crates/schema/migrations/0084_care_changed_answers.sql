-- Whoever answered a check-in may say it anew until the next one goes out.
alter table checkins add column changed_at {ts};
