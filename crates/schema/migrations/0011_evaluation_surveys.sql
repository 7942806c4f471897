create table surveys (
  id {id} primary key not null,
  cohort {id} not null references cohorts (id),
  name text not null,
  role text not null check (role in ('mentee', 'mentor', 'unmatched')),
  opens {day} not null,
  closes {day} not null,
  by_hand {bool} not null,
  state text not null check (state in ('planned', 'open', 'closed')),
  opened_on {day},
  closed_on {day},
  reminded {int} not null
){strict};
create unique index surveys_name on surveys (cohort, name);
create index surveys_state on surveys (state);

-- Who was asked, and whether they answered. No time; all rows of a survey are written
-- anew with every answer, so that neither place nor version of a row tells whose it was.
create table survey_people (
  survey {id} not null references surveys (id),
  person {id} not null references accounts (id),
  answered {bool} not null,
  primary key (survey, person)
-- @sqlite
) strict, without rowid;
-- @postgres
);
-- @end
create index survey_people_person on survey_people (person);

-- What was answered, under a random key: neither person nor time.
create table survey_answers (
  survey {id} not null references surveys (id),
  key {blob} not null,
  pseudonym {blob} not null,
  data text not null,
  primary key (survey, key)
-- @sqlite
) strict, without rowid;
-- @postgres
);
-- @end

-- Answers begun and not yet sent, sealed, under a code in place of the person.
create table survey_drafts (
  survey {id} not null references surveys (id),
  key {blob} not null,
  sealed {blob} not null,
  primary key (survey, key)
-- @sqlite
) strict, without rowid;
-- @postgres
);
-- @end

-- The secret that turns people into codes, sealed; gone two years after the session.
create table survey_secrets (
  cohort {id} primary key not null references cohorts (id),
  sealed {blob} not null
){strict};

-- The totals, frozen when a survey closed.
create table survey_results (
  survey {id} not null references surveys (id),
  position {int} not null,
  item text not null,
  data text not null,
  primary key (survey, position)
){strict};
