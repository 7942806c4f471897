-- The kind of membership as the association names it, and what an import was before.
alter table roster add column category text not null default '';
create index roster_expires on roster (expires_on);
alter table roster_imports add column undone_at {ts};
alter table roster_imports add column undone_by {id};
alter table roster_imports add column token {id};

-- A file that was handed in, until its list is applied or a day has passed.
create table roster_files (
  import {id} primary key not null,
  bytes {blob} not null
){strict};

-- Which column says what, by the first line of the file: remembered for the next time.
create table roster_columns (
  header text primary key not null,
  places text not null,
  changed_at {ts} not null
){strict};

-- The lines of a list that was compared: what each would change.
create table roster_lines (
  import {id} not null,
  kind text not null check (kind in ('new', 'changed', 'gone', 'unclear', 'faulty')),
  place {int} not null,
  member {id},
  member_number text not null,
  number_key text,
  name text not null,
  email text not null,
  email_key text not null,
  search_key text not null,
  standing text not null,
  joined_year {int},
  expires_on {day},
  category text not null,
  detail text not null,
  primary key (import, kind, place)
){strict};

-- What the members were before the newest list was applied, so that it can be undone as a whole.
create table roster_before (
  import {id} not null,
  member {id} not null,
  is_new {bool} not null,
  member_number text not null,
  number_key text,
  name text not null,
  email text not null,
  email_key text not null,
  search_key text not null,
  standing text not null,
  joined_year {int},
  expires_on {day},
  category text not null,
  changed_at {ts} not null,
  gone_at {ts},
  primary key (import, member)
){strict};

-- Who asked the office to put their line right, and what became of it.
create table roster_corrections (
  id {id} primary key not null,
  person {id} not null references accounts (id),
  words text not null,
  asked_at {ts} not null,
  answered_by {id} references accounts (id),
  answered_at {ts},
  answer text not null
){strict};
create index roster_corrections_person on roster_corrections (person, asked_at);
create index roster_corrections_open on roster_corrections (answered_at, asked_at);

-- Who may take part in a cohort, where it differs from what the program comes with.
create table eligibility_rules (
  cohort {id} primary key not null references cohorts (id),
  rules text not null,
  changed_by {id} references accounts (id),
  changed_at {ts} not null
){strict};

-- Somebody counts as eligible although the rules say otherwise, with the reason for it.
create table eligibility_overrides (
  id {id} primary key not null,
  cohort {id} not null references cohorts (id),
  person {id} not null references accounts (id),
  reason text not null,
  made_by {id} not null references accounts (id),
  made_at {ts} not null,
  ended_by {id} references accounts (id),
  ended_at {ts}
){strict};
create index eligibility_overrides_person on eligibility_overrides (cohort, person, ended_at);
