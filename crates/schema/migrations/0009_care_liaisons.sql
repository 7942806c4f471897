-- Who accompanies a duo, from when to when. A duo has one liaison at a time.
create table liaisons (
  id {id} primary key not null,
  duo {id} not null,
  cohort {id} not null references cohorts (id),
  liaison {id} not null references accounts (id),
  since {ts} not null,
  until {ts},
  why text not null,
  left_because text not null
){strict};
create unique index liaisons_current on liaisons (duo) where until is null;
create index liaisons_duo on liaisons (duo);
create index liaisons_person on liaisons (liaison, until);
create index liaisons_cohort on liaisons (cohort, until);

-- One letter with four questions to one person. What was written is sealed for the
-- liaison it was written to; the partner never reads any of it.
create table checkins (
  id {id} primary key not null,
  cohort {id} not null references cohorts (id),
  duo {id} not null,
  person {id} not null references accounts (id),
  round {int} not null check (round between 1 and 6),
  sent_at {ts} not null,
  reminded_at {ts},
  answered_at {ts},
  touch text,
  met_on {day},
  pulse {int} check (pulse between 1 and 5),
  contact {bool},
  written_to {id},
  words {blob}
){strict};
create unique index checkins_once on checkins (duo, person, round);
create index checkins_cohort on checkins (cohort, round);
create index checkins_waiting on checkins (sent_at) where answered_at is null and reminded_at is null;

-- What somebody of the committee is asked to do. Without a person it is the chairs'.
create table tasks (
  id {id} primary key not null,
  cohort {id} not null references cohorts (id),
  duo {id},
  person {id} references accounts (id),
  kind text not null,
  title text not null,
  words text not null,
  due {day} not null,
  once_key text not null,
  made_at {ts} not null,
  done_at {ts},
  done_by {id}
){strict};
create unique index tasks_once on tasks (once_key);
create index tasks_person on tasks (person, done_at, due);
create index tasks_duo on tasks (duo, done_at);

-- That a liaison was in contact, how and when; never about what.
create table contacts (
  id {id} primary key not null,
  duo {id} not null,
  liaison {id} not null references accounts (id),
  way text not null check (way in ('letter', 'call', 'video', 'in person')),
  day {day} not null,
  noted_at {ts} not null
){strict};
create index contacts_duo on contacts (duo, day);

-- How a duo stood at the last morning's look, since when it has needed a word, and how
-- far up the ladder that has led.
create table signals (
  duo {id} primary key not null,
  cohort {id} not null references cohorts (id),
  word text not null,
  before text not null,
  changed_on {day} not null,
  trouble_since {day},
  rung {int} not null
){strict};
create index signals_cohort on signals (cohort);

-- Whether the two were at the orientation, as training notes it.
create table orientations (
  duo {id} primary key not null,
  state text not null check (state in ('attended', 'excused', 'missed'))
){strict};

-- What was done for a whole cohort on a day, so that it is done once.
create table care_rounds (
  cohort {id} not null references cohorts (id),
  what text not null,
  day {day} not null,
  primary key (cohort, what, day)
){strict};
