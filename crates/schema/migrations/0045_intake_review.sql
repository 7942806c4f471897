-- How the committee of a cohort reads its applications: whether it approves people before
-- they meet anybody, and by what it scores. `criteria` is a list of names as JSON.
create table review_rules (
  cohort {id} primary key not null references cohorts (id),
  mentees {bool} not null,
  mentors {bool} not null,
  criteria text not null,
  changed_by {id} not null,
  changed_at {ts} not null
){strict};

-- Whether an application waits for the committee's yes before its author meets anybody:
-- empty where the cohort asks for none.
alter table applications add column approval text not null default '' check (approval in ('', 'asked', 'given', 'declined'));

-- What a reviewer thinks of an application, sealed under a key of the reviewer's own.
create table application_scores (
  application {id} not null references applications (id),
  reviewer {id} not null references accounts (id),
  cohort {id} not null references cohorts (id),
  words {blob} not null,
  given_at {ts} not null,
  primary key (application, reviewer)
){strict};
create index application_scores_reviewer on application_scores (reviewer, cohort);

-- What the chair decided of one application or many. It takes effect when it is due, and
-- until then it can be undone; only then somebody hears of it.
create table decisions (
  id {id} primary key not null,
  cohort {id} not null references cohorts (id),
  answer text not null check (answer in ('accept', 'wait', 'decline')),
  subject text not null,
  body text not null,
  decided_by {id} not null,
  decided_at {ts} not null,
  due_at {ts} not null,
  done_at {ts},
  undone_at {ts},
  undone_by {id},
  check (done_at is null or undone_at is null)
){strict};
create index decisions_cohort on decisions (cohort, decided_at);
create index decisions_due on decisions (due_at) where done_at is null and undone_at is null;

create table decided_applications (
  decision {id} not null references decisions (id),
  application {id} not null references applications (id),
  -- When the decision took effect, was undone, or found that the application had moved on.
  ended_at {ts},
  outcome text not null,
  primary key (decision, application)
){strict};
create unique index decided_applications_open on decided_applications (application) where ended_at is null;
