-- Data keys by what they belong to. Beside SQLite they stand in a file of their own and this
-- table stays empty; PostgreSQL keeps them here, and an ordinary dump leaves it out.
drop table data_keys;
create table data_keys (
  kind text not null,
  scope text not null,
  master text not null,
  wrapped {blob} not null,
  created_at {ts} not null,
  primary key (kind, scope)
){strict};

-- What a letter says is sealed, and deleted some weeks after it was written. A letter that
-- waits since before has nothing that could be sent.
alter table outbox drop column subject;
alter table outbox drop column body_text;
alter table outbox drop column body_html;
alter table outbox drop column calendar;
alter table outbox drop column unsubscribe;
alter table outbox add column body {blob};
update outbox set state = 'failed', error = 'written before letters were sealed' where state in ('queued', 'claimed');
