-- Who wishes to be forgotten: nothing but days, so that the row may stay.
create table leavings (
  person {id} primary key not null references accounts (id),
  asked_at {ts} not null,
  due_at {ts} not null,
  done_at {ts}
){strict};
create index leavings_due on leavings (due_at) where done_at is null;
