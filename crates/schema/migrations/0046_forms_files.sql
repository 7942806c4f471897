-- Files that people send with an answer, sealed under the key of the answer's author. The
-- answer itself names its file; what no answer names any more is deleted with the next save.
create table answer_files (
  id {id} primary key not null,
  form text not null,
  about {id} not null,
  field text not null,
  person {id} not null references accounts (id),
  cohort {id} references cohorts (id),
  kind text not null check (kind in ('pdf', 'png', 'jpeg')),
  bytes {int} not null check (bytes > 0),
  content {blob} not null,
  added_at {ts} not null
){strict};
create index answer_files_of_answer on answer_files (form, about);
create index answer_files_person on answer_files (person);
