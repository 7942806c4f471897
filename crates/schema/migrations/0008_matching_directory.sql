-- When the directory of a cohort may be read; a job keeps it in step with the calendar.
create table directories (
  cohort {id} primary key not null references cohorts (id),
  opens_at {ts} not null,
  closes_at {ts} not null
){strict};

-- A mentor of the directory, as finding and ordering need one: thousands of these rows are
-- looked at for one page, so they are short and have their numbers first. A row exists only
-- while the mentor agrees to be shown.
create table profiles (
  id {auto},
  topics {int} not null,
  organisations {int} not null,
  channels {int} not null,
  waiting {int} not null,
  state text not null check (state in ('shown', 'paused', 'taken')),
  cohort {id} not null references cohorts (id),
  person {id} not null references accounts (id),
  answer_days {int},
  changed_at {ts} not null
){strict};
create unique index profiles_person on profiles (cohort, person);
-- All that finding and ordering needs stands in this index.
create index profiles_shown on profiles (cohort, state, topics, organisations, channels, waiting, person);
create index profiles_changed on profiles (changed_at);

-- What a card shows of a mentor: read for the fifty of one page.
create table profile_cards (
  profile {int} primary key not null references profiles (id),
  name text not null,
  role_words text not null,
  employer_shown text not null,
  region text not null,
  card_words text not null,
  card_topics text not null
){strict};

-- The long texts of the profile's own page, and what is searched.
create table profile_texts (
  profile {int} primary key not null references profiles (id),
  topics text not null,
  strong_topics text not null,
  organisations text not null,
  channels text not null,
  frequency text not null,
  zone text not null,
  years text not null,
  years_leading text not null,
  association text not null,
  path text not null,
  can text not null,
  cannot text not null,
  learn text not null,
  cares text not null,
  mentored text not null,
  search_text text not null,
  marks text not null
){strict};

-- Each word that profiles are filtered by has a bit, so that one look at a short row tells
-- whether a profile passes.
create table facet_words (
  facet text not null check (facet in ('topic', 'organisation', 'channel')),
  word text not null,
  bit {int} not null,
  primary key (facet, word)
){strict};
create unique index facet_words_bit on facet_words (facet, bit);

-- Words are folded before they are kept, so both databases find the same. What people filter
-- by stands beside them as marks, so that one look into the index answers a whole search.
-- @sqlite
create virtual table profile_search using fts5 (search_text, marks, content = 'profile_texts', content_rowid = 'profile', tokenize = 'unicode61', prefix = '2 3 4 5 6');
create trigger profile_texts_added after insert on profile_texts begin
  insert into profile_search (rowid, search_text, marks) values (new.profile, new.search_text, new.marks);
end;
create trigger profile_texts_removed after delete on profile_texts begin
  insert into profile_search (profile_search, rowid, search_text, marks) values ('delete', old.profile, old.search_text, old.marks);
end;
create trigger profile_texts_changed after update on profile_texts begin
  insert into profile_search (profile_search, rowid, search_text, marks) values ('delete', old.profile, old.search_text, old.marks);
  insert into profile_search (rowid, search_text, marks) values (new.profile, new.search_text, new.marks);
end;
-- @postgres
alter table profile_texts add column search tsvector generated always as (to_tsvector('simple', search_text || ' ' || marks)) stored;
create index profile_texts_search on profile_texts using gin (search);
-- @end

-- Up to which line of the journal a mentor's profile is in step.
create table profile_marks (
  person {id} not null,
  cohort {id} not null,
  seq {int} not null,
  primary key (person, cohort)
){strict};

-- Two who are not shown to each other. Nothing tells who asked for it, or why.
create table kept_apart (
  cohort {id} not null references cohorts (id),
  mentee {id} not null,
  mentor {id} not null,
  primary key (cohort, mentee, mentor)
){strict};
create table apart_marks (
  cohort {id} primary key not null references cohorts (id),
  lines {int} not null
){strict};

create table shortlists (
  cohort {id} not null references cohorts (id),
  mentee {id} not null references accounts (id),
  mentor {id} not null references accounts (id),
  added_at {ts} not null,
  primary key (cohort, mentee, mentor)
){strict};

-- Whom a mentee would like, in order. The one who is asked stays on top until the answer.
create table wishes (
  cohort {id} not null references cohorts (id),
  mentee {id} not null references accounts (id),
  mentor {id} not null references accounts (id),
  rank {int} not null check (rank between 1 and 5),
  note text not null,
  primary key (cohort, mentee, mentor)
){strict};
create unique index wishes_rank on wishes (cohort, mentee, rank);

create table requests (
  id {id} primary key not null,
  cohort {id} not null references cohorts (id),
  mentee {id} not null references accounts (id),
  mentor {id} not null references accounts (id),
  note text not null,
  choice {int} not null,
  state text not null check (state in ('asked', 'accepted', 'declined', 'lapsed', 'withdrawn', 'taken')),
  asked_at {ts} not null,
  due_at {ts} not null,
  reminded {int} not null,
  answered_at {ts},
  decline_reason text not null
){strict};
create unique index requests_live on requests (cohort, mentee) where state = 'asked';
create index requests_mentee on requests (mentee, cohort);
create index requests_mentor on requests (mentor, cohort, state);
create index requests_due on requests (state, due_at);

create table proposals (
  id {id} primary key not null,
  cohort {id} not null references cohorts (id),
  mentee {id} not null references accounts (id),
  mentor {id} not null references accounts (id),
  score {int} not null,
  reasons text not null,
  parts text not null,
  alternatives text not null,
  by_hand {bool} not null,
  state text not null check (state in ('draft', 'sent', 'formed', 'refused', 'lapsed')),
  mentee_answer text not null check (mentee_answer in ('', 'yes', 'no')),
  mentor_answer text not null check (mentor_answer in ('', 'yes', 'no')),
  made_at {ts} not null,
  due_at {ts},
  closed_at {ts}
){strict};
create unique index proposals_mentee on proposals (cohort, mentee) where state in ('draft', 'sent');
create unique index proposals_mentor on proposals (cohort, mentor) where state in ('draft', 'sent');
create index proposals_due on proposals (state, due_at);
