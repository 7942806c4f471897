-- What chair and deputy open together, for an hour: who asked and why, who confirmed, and
-- when the two people were told. The reason is sealed.
create table openings (
  id {id} primary key not null,
  cohort {id} not null references cohorts (id),
  duo {id} not null,
  record text not null check (record in ('check-in answers', 'concern')),
  about {id} not null,
  asked_by {id} not null references accounts (id),
  asked_at {ts} not null,
  reason {blob} not null,
  delay_days {int} not null check (delay_days between 0 and 14),
  confirmed_by {id} references accounts (id),
  confirmed_at {ts},
  dropped_at {ts},
  tell_at {ts},
  told_at {ts},
  check (confirmed_by is null or confirmed_by <> asked_by)
){strict};
create unique index openings_waiting on openings (record, about) where confirmed_at is null and dropped_at is null;
create index openings_duo on openings (duo, asked_at);
create index openings_untold on openings (tell_at) where told_at is null;
