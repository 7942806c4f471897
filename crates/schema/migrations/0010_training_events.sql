-- When the cohort comes together: the orientation, the follow-up session, circles.
create table events (
  id {id} primary key not null,
  cohort {id} not null references cohorts (id),
  kind text not null check (kind in ('orientation', 'follow_up', 'circle')),
  title text not null,
  starts_at {ts} not null,
  ends_at {ts} not null,
  place text not null,
  online_link text not null,
  words text not null,
  -- Counts the changes, so that calendars replace what they have.
  version {int} not null,
  made_at {ts} not null,
  closed_at {ts}
){strict};
create unique index events_one_of_a_kind on events (cohort, kind) where kind in ('orientation', 'follow_up');
create index events_cohort on events (cohort, starts_at);

create table invitations (
  event {id} not null references events (id),
  person {id} not null references accounts (id),
  invited_at {ts} not null,
  answer text check (answer in ('yes', 'online', 'no')),
  answered_at {ts},
  primary key (event, person)
){strict};
create index invitations_person on invitations (person);

create table attendance (
  event {id} not null references events (id),
  person {id} not null references accounts (id),
  state text not null check (state in ('came', 'online', 'excused', 'absent', 'made up')),
  noted_at {ts} not null,
  noted_by {id} not null,
  primary key (event, person)
){strict};
create index attendance_person on attendance (person);

-- What was sent about an event, so that it is sent once: a reminder, what was missed.
create table event_rounds (
  event {id} not null references events (id),
  what text not null,
  primary key (event, what)
){strict};

create table lesson_readings (
  person {id} not null references accounts (id),
  lesson text not null,
  read_at {ts} not null,
  primary key (person, lesson)
){strict};
