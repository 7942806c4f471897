-- Somebody asked for another address: told_at once the letters are written, confirmed_at once
-- the new address has said yes, ended_at once it was stopped or put back.
create table address_changes (
  id {id} primary key not null,
  account {id} not null references accounts (id),
  old_email text not null,
  old_key text not null,
  new_email text not null,
  asked_at {ts} not null,
  told_at {ts},
  confirmed_at {ts},
  ended_at {ts}
){strict};
create index address_changes_account on address_changes (account, asked_at);
create index address_changes_old on address_changes (old_key, confirmed_at);
create index address_changes_untold on address_changes (asked_at) where told_at is null;
