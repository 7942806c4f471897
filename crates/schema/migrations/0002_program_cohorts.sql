-- One program per house: its association and how it wants to be called.
create table programs (
  id {id} primary key not null,
  association text not null,
  name text not null,
  preset text not null,
  zone text not null,
  postal_address text not null,
  reply_address text not null,
  alternative_contact text not null,
  created_at {ts} not null
){strict};

-- One run of the program.
create table cohorts (
  id {id} primary key not null,
  program {id} not null references programs (id),
  name text not null,
  state text not null check (state in ('draft', 'open', 'closed')),
  annual_meeting {day} not null,
  midwinter {day},
  next_annual_meeting {day},
  places {int} not null check (places > 0),
  begun_from {id},
  created_at {ts} not null,
  opened_at {ts},
  closed_at {ts}
){strict};
create unique index cohorts_name on cohorts (program, name);

create table cohort_steps (
  cohort {id} not null references cohorts (id),
  step text not null,
  day {day} not null,
  by_hand {bool} not null,
  primary key (cohort, step)
){strict};

-- Who is what in the program, from when to when. A right follows from a confirmed one.
create table memberships (
  id {id} primary key not null,
  person {id} not null references accounts (id),
  cohort {id},
  role text not null check (role in ('applicant', 'mentee', 'mentor', 'liaison', 'council', 'chair', 'deputy', 'staff', 'board', 'alumna')),
  status text not null check (status in ('invited', 'confirmed', 'ended')),
  since {day} not null,
  until {day},
  changed_at {ts} not null
){strict};
create index memberships_person on memberships (person, role, cohort, status);
create index memberships_role on memberships (role, cohort, status);

-- The program's own pages, as the committee edited them.
create table program_pages (
  slug text not null,
  version {int} not null,
  title text not null,
  lead text not null,
  body text not null,
  edited_by {id},
  edited_at {ts} not null,
  primary key (slug, version)
){strict};
