-- What somebody told in confidence: to whom, under a key of its own. The words and those of
-- whom it speaks are sealed together; to whom it was passed on stands beside it.
create table concerns (
  id {id} primary key not null,
  cohort {id} not null references cohorts (id),
  duo {id},
  reporter {id} not null references accounts (id),
  addressed {id} not null references accounts (id),
  addressed_as text not null check (addressed_as in ('liaison', 'chair', 'deputy', 'staff')),
  content {blob} not null,
  raised_at {ts} not null,
  closed_at {ts},
  closed_by {id} references accounts (id)
){strict};
create index concerns_cohort on concerns (cohort, raised_at);
create index concerns_reporter on concerns (reporter, raised_at);

create table concern_notes (
  id {id} primary key not null,
  concern {id} not null references concerns (id),
  author {id} not null references accounts (id),
  body {blob} not null,
  noted_at {ts} not null
){strict};
create index concern_notes_concern on concern_notes (concern, noted_at);

create table concern_referrals (
  concern {id} not null references concerns (id),
  person {id} not null references accounts (id),
  referred_by {id} not null references accounts (id),
  referred_at {ts} not null,
  primary key (concern, person)
){strict};
