-- What the texts of a cohort say about choosing: the days for an answer, the mentors on a
-- list, the requests that may wait for one. Without a row they say what is usual.
create table cohort_choosing (
  cohort {id} primary key not null references cohorts (id),
  answer_days {int} not null,
  wishes {int} not null,
  waiting {int} not null
){strict};
insert into cohort_choosing (cohort, answer_days, wishes, waiting)
  select cohort, answer_days, wishes, waiting from choosing_terms;
