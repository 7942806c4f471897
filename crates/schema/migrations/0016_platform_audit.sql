-- Who did what to which record, each entry bound to the one before it. Never any content.
-- People stand in it by their pseudonyms.
create table audit (
  seq {int} primary key not null,
  at {ts} not null,
  actor {id},
  whose {id},
  cohort {id},
  action text not null,
  record text not null,
  about {id},
  by_right text not null,
  request text not null,
  client text not null,
  shown_from {ts},
  hash {blob} not null
){strict};
create index audit_whose on audit (whose, seq) where whose is not null;
create index audit_accounts on audit (seq) where record = 'account';

-- Whose a pseudonym is. An erasure deletes the row, and the chain stays whole.
create table audit_people (
  pseudonym {id} primary key not null,
  person {id} not null,
  salt {blob} not null
){strict};
create unique index audit_people_person on audit_people (person);

-- Where the chain ends, under a keyed code, so that a cut end is seen.
create table audit_tip (
  one {int} primary key not null check (one = 1),
  seq {int} not null,
  hash {blob} not null,
  heads {int} not null,
  master text not null,
  code {blob} not null
){strict};
insert into audit_tip (one, seq, hash, heads, master, code) values
-- @sqlite
  (1, 0, zeroblob(32), 0, '', zeroblob(0));
-- @postgres
  (1, 0, decode(repeat('00', 32), 'hex'), 0, '', ''::bytea);
-- @end

-- Signed ends of the chain. Where one is a cut, what stood before it was let go.
create table audit_heads (
  number {int} primary key not null,
  seq {int} not null,
  hash {blob} not null,
  at {ts} not null,
  is_cut {bool} not null,
  before {blob} not null,
  master text not null,
  signature {blob} not null
){strict};

-- The last time that the chain was looked through.
create table audit_checks (
  at {ts} primary key not null,
  entries {int} not null,
  fault text not null
){strict};

-- @sqlite
create trigger audit_keeps before update on audit
begin select raise(abort, 'the audit is only ever added to'); end;
create trigger audit_stays before delete on audit
when old.seq > (select coalesce(max(seq), 0) from audit_heads where is_cut = 1)
begin select raise(abort, 'the audit is only ever added to'); end;
create trigger audit_heads_keep before update on audit_heads
begin select raise(abort, 'the audit is only ever added to'); end;
create trigger audit_heads_stay before delete on audit_heads
begin select raise(abort, 'the audit is only ever added to'); end;
create trigger audit_people_keep before update on audit_people
begin select raise(abort, 'the audit is only ever added to'); end;
-- @postgres
create function audit_refuses() returns trigger language plpgsql as $$
begin raise exception 'the audit is only ever added to'; end $$;
create function audit_stays() returns trigger language plpgsql as $$
begin
  if old.seq > (select coalesce(max(seq), 0) from audit_heads where is_cut) then
    raise exception 'the audit is only ever added to';
  end if;
  return old;
end $$;
create trigger audit_keeps before update on audit for each row execute function audit_refuses();
create trigger audit_stays before delete on audit for each row execute function audit_stays();
create trigger audit_is_not_emptied before truncate on audit for each statement execute function audit_refuses();
create trigger audit_heads_keep before update or delete on audit_heads for each row execute function audit_refuses();
create trigger audit_heads_are_not_emptied before truncate on audit_heads for each statement execute function audit_refuses();
create trigger audit_people_keep before update on audit_people for each row execute function audit_refuses();
-- @end
