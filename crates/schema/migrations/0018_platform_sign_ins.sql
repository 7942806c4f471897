-- A sign-in knows how well its person was known, and when they last showed it. Those that
-- began before could not say; everybody signs in anew once.
drop table sign_ins;
create table sign_ins (
  token_hash {blob} primary key not null,
  id {id} not null,
  account {id} not null references accounts (id),
  strength {int} not null check (strength in (1, 2)),
  created_at {ts} not null,
  proved_at {ts} not null,
  last_used_at {ts} not null,
  expires_at {ts} not null,
  agent text not null
){strict};
create unique index sign_ins_id on sign_ins (id);
create index sign_ins_account on sign_ins (account);

-- What may count once: a step of a code, an answer of another house. Kept until it has expired.
create table spent (
  what_hash {blob} primary key not null,
  expires_at {ts} not null
){strict};
create index spent_expires on spent (expires_at);
