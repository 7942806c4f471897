create table accounts (
  id {id} primary key not null,
  name text not null,
  email text not null,
  email_key text not null,
  password_hash text,
  created_at {ts} not null,
  disabled_at {ts}
){strict};
create unique index accounts_email_key on accounts (email_key);

create table sign_ins (
  token_hash {blob} primary key not null,
  account {id} not null references accounts (id),
  created_at {ts} not null,
  expires_at {ts} not null,
  agent text not null
){strict};
create index sign_ins_account on sign_ins (account);

-- One-time links in letters. Only the hash of the secret is kept.
create table links (
  token_hash {blob} primary key not null,
  purpose text not null,
  account {id},
  about {id} not null,
  created_at {ts} not null,
  expires_at {ts} not null,
  used_at {ts}
){strict};
create index links_about on links (about, purpose);

-- What happened, in the order it was committed on one database.
create table journal (
  seq {auto},
  what text not null,
  about {id} not null,
  done_by {id},
  cohort {id},
  done_at {ts} not null
){strict};
create index journal_what on journal (what, about, cohort);
create index journal_about on journal (about);
create index journal_cohort on journal (cohort, seq);

create table outbox (
  id {id} primary key not null,
  letter text not null,
  account {id},
  to_name text not null,
  to_address text not null,
  from_name text not null,
  reply_to text not null,
  subject text not null,
  body_text text not null,
  body_html text not null,
  calendar text,
  unsubscribe text,
  about {id} not null,
  once_key text not null,
  queued_at {ts} not null,
  state text not null check (state in ('queued', 'claimed', 'sent', 'failed')),
  tries {int} not null,
  next_try_at {ts} not null,
  sent_at {ts},
  error text not null
){strict};
create unique index outbox_once on outbox (once_key);
create index outbox_due on outbox (state, next_try_at);
create index outbox_account on outbox (account, queued_at);

-- Data keys, each wrapped by a master key that is never in the database.
create table data_keys (
  scope text primary key not null,
  master text not null,
  wrapped {blob} not null,
  created_at {ts} not null
){strict};

create table settings (
  name text primary key not null,
  value text not null
){strict};
