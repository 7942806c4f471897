-- One mentor, one mentee, one cohort. What the two write is in none of these columns.
create table duos (
  id {id} primary key not null,
  cohort {id} not null references cohorts (id),
  number {int} not null check (number > 0),
  mentor {id} not null references accounts (id),
  mentee {id} not null references accounts (id),
  how text not null,
  reasons text not null,
  state text not null check (state in ('active', 'ended', 'closed')),
  formed_at {ts} not null,
  ended_at {ts},
  ended_by {id},
  liaison_name text not null,
  liaison_email text not null,
  pledge_reminders {int} not null,
  agreement_reminders {int} not null,
  check (mentor <> mentee)
){strict};
create unique index duos_number on duos (cohort, number);
create unique index duos_one_per_mentor on duos (cohort, mentor) where state <> 'ended';
create unique index duos_one_per_mentee on duos (cohort, mentee) where state <> 'ended';
create index duos_mentor on duos (mentor);
create index duos_mentee on duos (mentee);
create index duos_state on duos (state, cohort);

-- Who promised what: the text by its name, its version and its hash.
create table pledges (
  person {id} not null references accounts (id),
  cohort {id} not null references cohorts (id),
  pledge text not null,
  version {int} not null,
  text_hash text not null,
  signed_at {ts} not null,
  primary key (person, cohort, pledge)
){strict};
create index pledges_cohort on pledges (cohort, pledge);

-- Every revision stays; the body is sealed under the duo's key.
create table agreements (
  duo {id} not null references duos (id),
  revision {int} not null check (revision > 0),
  body {blob} not null,
  saved_by {id} not null,
  saved_at {ts} not null,
  mentor_signed_at {ts},
  mentee_signed_at {ts},
  signed_at {ts},
  primary key (duo, revision)
){strict};

-- The goals of a duo, sealed; how many there are is all that stands in clear.
create table duo_goals (
  duo {id} primary key not null references duos (id),
  revision {int} not null check (revision > 0),
  many {int} not null check (many between 0 and 3),
  body {blob} not null,
  saved_by {id} not null,
  saved_at {ts} not null,
  first_set_at {ts} not null
){strict};

-- That a duo met: when, how, how long, and nothing of what was said. A correction is a
-- row of its own that follows the one it corrects.
create table meetings (
  id {id} primary key not null,
  duo {id} not null references duos (id),
  day {day} not null,
  way text not null,
  minutes {int} not null check (minutes between 1 and 720),
  state text not null check (state in ('logged', 'corrected', 'removed')),
  follows {id},
  logged_by {id} not null,
  logged_at {ts} not null,
  changed_by {id},
  changed_at {ts}
){strict};
create unique index meetings_one_a_day on meetings (duo, day) where state = 'logged';
create index meetings_duo on meetings (duo, state, day);

-- The notebook: shared notes under the duo's key, private ones under their author's.
create table duo_notes (
  id {id} primary key not null,
  duo {id} not null references duos (id),
  author {id} not null references accounts (id),
  kind text not null check (kind in ('shared', 'private')),
  body {blob} not null,
  written_at {ts} not null
){strict};
create index duo_notes_duo on duo_notes (duo, written_at);

-- What somebody would like after a duo has ended early.
create table duo_wishes (
  duo {id} not null references duos (id),
  person {id} not null references accounts (id),
  wish text not null,
  said_at {ts} not null,
  primary key (duo, person)
){strict};
