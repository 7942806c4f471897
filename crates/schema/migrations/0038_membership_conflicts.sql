-- Who of the committee or the office steps aside from whom, until they take it back.
create table conflicts (
  id {id} primary key not null,
  member {id} not null references accounts (id),
  person {id} references accounts (id),
  email text not null,
  email_key text not null,
  declared_at {ts} not null,
  ended_at {ts}
){strict};
create unique index conflicts_person on conflicts (member, person) where ended_at is null and person is not null;
create unique index conflicts_email on conflicts (member, email_key) where ended_at is null and email_key <> '';
create index conflicts_about on conflicts (person);
create index conflicts_email_key on conflicts (email_key);
