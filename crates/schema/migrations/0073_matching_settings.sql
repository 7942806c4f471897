-- What the newest run of a cohort was asked to count, for the run after it and for the next
-- cohort: the runs themselves are deleted when their time is over.
create table run_settings (
  cohort {id} primary key not null references cohorts (id),
  settings text not null
){strict};
insert into run_settings (cohort, settings)
  select r.cohort, r.settings from matching_runs r where r.number = (select max(n.number) from matching_runs n where n.cohort = r.cohort);
