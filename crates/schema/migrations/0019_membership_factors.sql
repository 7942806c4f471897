-- What proves a person beside their password. The secret of an app is sealed; of recovery
-- codes only the hash is kept, and of a passkey the public half.
create table app_codes (
  account {id} primary key not null references accounts (id),
  sealed {blob} not null,
  created_at {ts} not null,
  confirmed_at {ts},
  last_step {int} not null
){strict};

create table recovery_codes (
  code_hash {blob} primary key not null,
  account {id} not null references accounts (id),
  created_at {ts} not null,
  used_at {ts}
){strict};
create index recovery_codes_account on recovery_codes (account);

create table passkeys (
  id {id} primary key not null,
  account {id} not null references accounts (id),
  credential {blob} not null,
  name text not null,
  public_key text not null,
  created_at {ts} not null,
  last_used_at {ts}
){strict};
create unique index passkeys_credential on passkeys (credential);
create index passkeys_account on passkeys (account);

-- Who somebody is at the association's own sign-in: issuer and subject, never an address.
create table outside_accounts (
  issuer text not null,
  subject text not null,
  account {id} not null references accounts (id),
  address text not null,
  linked_at {ts} not null,
  last_used_at {ts},
  primary key (issuer, subject)
){strict};
create unique index outside_accounts_account on outside_accounts (account, issuer);

-- A sign-in on its way: the password was right and a second factor is still to come, or a
-- browser was asked for a passkey. Gone after ten minutes.
create table sign_in_steps (
  token_hash {blob} primary key not null,
  account {id} references accounts (id),
  purpose text not null,
  state text not null,
  expires_at {ts} not null
){strict};
create index sign_in_steps_expires on sign_in_steps (expires_at);

-- Somebody asked for a letter with a link. Noted alike for every address; a job answers.
create table ways_in (
  id {id} primary key not null,
  name text not null,
  address text not null,
  asked_at {ts} not null
){strict};
