-- Pairs that the committee decided elsewhere. `plan` holds what the file says until it is
-- applied or a day has passed: ids of people, and sentences about lines.
create table pair_imports (
  id {id} primary key not null,
  cohort {id} not null references cohorts (id),
  done_by {id} not null references accounts (id),
  file_name text not null,
  made_at {ts} not null,
  state text not null check (state in ('previewed', 'applied', 'undone')),
  pairs {int} not null,
  applied_at {ts},
  undone_at {ts},
  plan {blob}
){strict};
create index pair_imports_cohort on pair_imports (cohort, state);

create table pair_import_duos (
  import {id} not null references pair_imports (id),
  duo {id} not null references duos (id),
  primary key (import, duo)
){strict};
