-- The committee's own words in the parts of a report; every version stays.
create table report_words (
  cohort {id} not null references cohorts (id),
  kind text not null check (kind in ('interim', 'final')),
  part text not null,
  version {int} not null check (version > 0),
  text text not null,
  edited_by {id} not null references accounts (id),
  edited_at {ts} not null,
  primary key (cohort, kind, part, version)
){strict};

-- A report as the board has it: its facts and its words, as they stood when it was
-- submitted. Drafts have no row; they are made anew from the data each time.
create table reports (
  id {id} primary key not null,
  cohort {id} not null references cohorts (id),
  kind text not null check (kind in ('interim', 'final')),
  submitted_at {ts} not null,
  submitted_on {day} not null,
  submitted_by {id} not null references accounts (id),
  facts text not null,
  words text not null,
  hash text not null
){strict};
create unique index reports_once on reports (cohort, kind);
