-- How often something was tried, in all processes together: a hash of what, and until when
-- it counts. No address and no name stands here.
create table tries (
  what_hash {blob} primary key not null,
  many {int} not null check (many >= 0),
  ends_at {ts} not null
){strict};
create index tries_ends on tries (ends_at);
