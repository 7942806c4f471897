-- A run of the engine. What it was asked and what it answered are sealed with a key of the
-- run's own, for what people wished in confidence decided in it too.
create table matching_runs (
  id {id} primary key not null,
  cohort {id} not null references cohorts (id),
  number {int} not null,
  made_by {id} not null references accounts (id),
  made_at {ts} not null,
  engine {int} not null,
  settings text not null,
  mentees {int} not null,
  pairs {int} not null,
  total {int} not null,
  blocking {int} not null,
  question {blob},
  answer {blob}
){strict};
create unique index matching_runs_number on matching_runs (cohort, number);

-- Who is in a run: its content goes when one of them is forgotten.
create table matching_run_people (
  run {id} not null references matching_runs (id),
  person {id} not null references accounts (id),
  primary key (run, person)
){strict};
create index matching_run_people_person on matching_run_people (person);

-- The run that a draft was taken from; nothing for a pair by hand.
alter table proposals add column run {id} references matching_runs (id);
