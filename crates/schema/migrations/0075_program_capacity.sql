-- How many mentees one mentor of a cohort may work with, as the committee decided; and how
-- many of these each mentor would like to take. Without a row it is one.
alter table cohort_choosing add column mentees_each {int} not null default 1 check (mentees_each between 1 and 5);
create table mentor_capacities (
  cohort {id} not null references cohorts (id),
  person {id} not null references accounts (id),
  mentees {int} not null check (mentees between 1 and 5),
  changed_at {ts} not null,
  primary key (cohort, person)
){strict};
