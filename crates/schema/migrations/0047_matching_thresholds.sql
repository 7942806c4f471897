-- How many approved mentors a cohort wants before its directory opens. Once open it stays
-- so; the chair may open it before, with a reason.
create table matching_thresholds (
  cohort {id} primary key not null references cohorts (id),
  mentors {int} not null check (mentors >= 0),
  opened_at {ts},
  opened_by {id},
  reason text not null,
  changed_by {id} not null,
  changed_at {ts} not null
){strict};
