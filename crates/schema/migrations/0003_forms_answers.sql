-- A committee's own version of a form. The preset's is version 1 and has no row.
create table forms (
  name text not null,
  version {int} not null check (version > 1),
  definition text not null,
  edited_by {id},
  edited_at {ts} not null,
  primary key (name, version)
){strict};

-- What somebody answered, in the version of the form that was asked. Sealed answers
-- stand in a blob that only their author's key opens.
create table form_answers (
  form text not null,
  about {id} not null,
  version {int} not null check (version > 0),
  cohort {id} references cohorts (id),
  person {id} not null,
  answers text not null,
  sealed {blob},
  given_at {ts},
  saved_at {ts} not null,
  primary key (form, about)
){strict};
create index form_answers_person on form_answers (person, form, cohort);
