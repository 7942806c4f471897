-- What lets a program of the association in: for one scope, and only the hash of the secret.
create table tokens (
  id {id} primary key not null,
  secret_hash {blob} not null,
  name text not null,
  scope text not null,
  made_by {id} references accounts (id),
  made_at {ts} not null,
  expires_at {ts} not null,
  used_at {ts},
  ended_by {id} references accounts (id),
  ended_at {ts}
){strict};
create unique index tokens_secret on tokens (secret_hash);
