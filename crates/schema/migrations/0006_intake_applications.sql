-- The places of a cohort, counted where no two submissions can take the same one.
-- `held` are places that are offered and not yet answered. `mentees` and `mentors`
-- are the last numbers given to a submission of each role.
create table intake_places (
  cohort {id} primary key not null references cohorts (id),
  places {int} not null,
  taken {int} not null,
  held {int} not null,
  mentees {int} not null,
  mentors {int} not null,
  check (taken >= 0 and held >= 0 and taken + held <= places)
){strict};

create table nominations (
  id {id} primary key not null,
  cohort {id} not null references cohorts (id),
  role text not null check (role in ('mentee', 'mentor')),
  state text not null check (state in ('open', 'accepted', 'declined', 'lapsed')),
  name text,
  address text,
  reason text,
  nominator_name text,
  nominator_address text,
  made_at {ts} not null,
  reminded_at {ts},
  answered_at {ts},
  -- A nomination that ended without a yes keeps nothing about anybody.
  check (state in ('open', 'accepted') or (name is null and address is null and reason is null and nominator_name is null and nominator_address is null))
){strict};
create unique index nominations_once on nominations (cohort, role, address, nominator_address);
create index nominations_state on nominations (state, made_at);
create index nominations_nominator on nominations (nominator_address, made_at);

create table applications (
  id {id} primary key not null,
  cohort {id} not null references cohorts (id),
  person {id} not null references accounts (id),
  role text not null check (role in ('mentee', 'mentor')),
  state text not null check (state in ('draft', 'placed', 'waiting', 'offered', 'passed', 'refused', 'review', 'withdrawn')),
  number {int},
  begun_at {ts} not null,
  changed_at {ts} not null,
  submitted_at {ts},
  judged_on {day},
  by_promise {bool} not null,
  first_year {bool} not null,
  verdict text not null,
  appeal text not null,
  decision text not null,
  decided_by {id},
  decided_at {ts},
  nomination {id} references nominations (id)
){strict};
create unique index applications_once on applications (cohort, role, person);
create unique index applications_number on applications (cohort, role, number);
create index applications_person on applications (person);
create index applications_state on applications (cohort, role, state, number);

create table place_offers (
  id {id} primary key not null,
  application {id} not null references applications (id),
  cohort {id} not null references cohorts (id),
  offered_at {ts} not null,
  expires_at {ts} not null,
  reminded_at {ts},
  answered_at {ts},
  answer text check (answer in ('accepted', 'passed', 'lapsed', 'withdrawn')),
  check ((answered_at is null) = (answer is null))
){strict};
create unique index place_offers_open on place_offers (application) where answered_at is null;
create index place_offers_due on place_offers (answered_at, expires_at);
