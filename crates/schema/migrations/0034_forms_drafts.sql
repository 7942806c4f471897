-- A form that the committee is changing: one at a time, nobody is asked it yet.
create table form_drafts (
  form text not null primary key,
  definition text not null,
  -- The version it began with; published only while that is still the newest.
  based_on {int} not null,
  -- One more with each change, so that two who edit at once notice each other.
  revision {int} not null,
  edited_by {id} not null,
  edited_at {ts} not null
){strict};
