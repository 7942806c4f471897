-- What a person told about themselves, beside the account. Written when first told.
create table people (
  account {id} primary key not null references accounts (id),
  pronouns text not null,
  phone text not null,
  city text not null,
  zone text not null,
  employer text not null,
  employer_key text not null,
  member_number text not null,
  joined_year {int},
  changed_at {ts} not null
){strict};
create index people_employer on people (employer_key);

-- The association's members, as the newest list that was applied has them.
create table roster (
  id {id} primary key not null,
  member_number text not null,
  number_key text,
  name text not null,
  email text not null,
  email_key text not null,
  search_key text not null,
  standing text not null check (standing in ('good', 'lapsed')),
  joined_year {int},
  expires_on {day},
  changed_at {ts} not null,
  gone_at {ts}
){strict};
create unique index roster_number on roster (number_key);
create index roster_email on roster (email_key);
create index roster_search on roster (gone_at, search_key);

-- A list that was uploaded: first shown as a difference, then applied as it was shown.
create table roster_imports (
  id {id} primary key not null,
  done_by {id},
  made_at {ts} not null,
  file_name text not null,
  based_on {id},
  state text not null check (state in ('previewed', 'applied')),
  applied_at {ts},
  lines {int} not null,
  added {int} not null,
  changed {int} not null,
  gone {int} not null,
  unclear {int} not null,
  faulty {int} not null,
  plan text not null
){strict};
create index roster_imports_state on roster_imports (state, applied_at);

-- Who promised to join the association, and by when.
create table promises (
  id {id} primary key not null,
  person {id} not null references accounts (id),
  cohort {id} not null references cohorts (id),
  due {day} not null,
  made_at {ts} not null,
  reminded {int} not null,
  answer text not null check (answer in ('', 'joined', 'time', 'changed')),
  note text not null,
  answered_at {ts},
  kept_at {ts}
){strict};
create unique index promises_person on promises (person, cohort);
create index promises_open on promises (cohort, kept_at);
