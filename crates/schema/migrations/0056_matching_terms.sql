-- How mentees choose in a cohort, where the committee has said so; without a row the
-- program's usual terms hold. Open requests keep the day they were given.
create table choosing_terms (
  cohort {id} primary key not null references cohorts (id),
  answer_days {int} not null check (answer_days between 2 and 30),
  first_reminder {int} not null check (first_reminder between 0 and 29),
  second_reminder {int} not null check (second_reminder between 0 and 29),
  wishes {int} not null check (wishes between 1 and 10),
  waiting {int} not null check (waiting between 1 and 20),
  language text not null,
  changed_at {ts} not null
){strict};
