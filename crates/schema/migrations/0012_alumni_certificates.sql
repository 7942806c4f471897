create table certificates (
  id {id} primary key not null,
  person {id} not null references accounts (id),
  cohort {id} not null references cohorts (id),
  duo {id} not null references duos (id),
  role text not null check (role in ('mentee', 'mentor')),
  name text not null,
  minutes {int} not null check (minutes >= 0),
  code text not null,
  signed_by text not null,
  issued_at {ts} not null
){strict};
create unique index certificates_once on certificates (duo, person);
create unique index certificates_code on certificates (code);
create index certificates_person on certificates (person);
create index certificates_cohort on certificates (cohort, role);

-- Former participants who joined by saying so, and what they offer.
create table alumni_members (
  person {id} primary key not null references accounts (id),
  cohort {id} not null references cohorts (id),
  helps text not null,
  -- They had ended letters of this kind before they joined.
  without_letters {bool} not null,
  joined_at {ts} not null,
  left_at {ts}
){strict};

create table alumni_letters (
  id {id} primary key not null,
  written_by {id} not null references accounts (id),
  subject text not null,
  body text not null,
  recipients {int} not null,
  sent_at {ts} not null
){strict};
