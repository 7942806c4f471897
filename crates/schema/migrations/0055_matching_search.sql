-- What is searched stands in three parts: the name and the role, the subjects, and all else.
-- The profiles are written anew from the applications by a job.
-- @sqlite
drop trigger profile_texts_added;
drop trigger profile_texts_removed;
drop trigger profile_texts_changed;
drop table profile_search;
-- @postgres
drop index profile_texts_search;
alter table profile_texts drop column search;
-- @end
drop index profiles_shown;
alter table profile_texts drop column marks;
alter table profile_texts drop column search_text;
alter table profile_texts add column heads text not null default '';
alter table profile_texts add column subjects text not null default '';
alter table profile_texts add column words text not null default '';
delete from profile_marks;

-- Words are folded before they are kept, so each database only compares whole words and
-- their beginnings.
-- @sqlite
create virtual table profile_search using fts5 (heads, subjects, words, content = 'profile_texts', content_rowid = 'profile', tokenize = 'unicode61', prefix = '2 3 4 5 6');
insert into profile_search (profile_search) values ('rebuild');
create trigger profile_texts_added after insert on profile_texts begin
  insert into profile_search (rowid, heads, subjects, words) values (new.profile, new.heads, new.subjects, new.words);
end;
create trigger profile_texts_removed after delete on profile_texts begin
  insert into profile_search (profile_search, rowid, heads, subjects, words) values ('delete', old.profile, old.heads, old.subjects, old.words);
end;
create trigger profile_texts_changed after update on profile_texts begin
  insert into profile_search (profile_search, rowid, heads, subjects, words) values ('delete', old.profile, old.heads, old.subjects, old.words);
  insert into profile_search (rowid, heads, subjects, words) values (new.profile, new.heads, new.subjects, new.words);
end;
-- @postgres
alter table profile_texts add column heads_search tsvector generated always as (array_to_tsvector(string_to_array(heads, ' '))) stored;
alter table profile_texts add column subjects_search tsvector generated always as (array_to_tsvector(string_to_array(subjects, ' '))) stored;
alter table profile_texts add column words_search tsvector generated always as (array_to_tsvector(string_to_array(words, ' '))) stored;
create index profile_texts_heads on profile_texts using gin (heads_search);
create index profile_texts_subjects on profile_texts using gin (subjects_search);
create index profile_texts_words on profile_texts using gin (words_search);
-- @end

-- Each change of a cohort's profiles has a turn. What a process keeps of them in memory
-- reads from here what it has missed. Whoever changes a profile takes the turn first, so
-- turns are seen in their order.
create table directory_turns (
  cohort {id} primary key not null references cohorts (id),
  turn {int} not null,
  -- The turn at which all profiles were taken away at once.
  cleared {int} not null
){strict};
create table directory_changes (
  cohort {id} not null references cohorts (id),
  person {id} not null,
  turn {int} not null,
  -- The turn at which the words changed last.
  words_turn {int} not null,
  primary key (cohort, person)
){strict};
create index directory_changes_turn on directory_changes (cohort, turn);
