-- How many places there were before and after each change, so that what the journal notes
-- about places can be played again. The n-th change of a cohort is its n-th line there.
create table place_changes (
  cohort {id} not null references cohorts (id),
  number {int} not null,
  was {int} not null,
  becomes {int} not null,
  primary key (cohort, number)
){strict};
