-- A letter's text as the program edited it. The preset's is version 1 and has no row.
create table letter_texts (
  letter text not null,
  version {int} not null check (version > 1),
  subject text not null,
  body text not null,
  edited_by {id},
  edited_at {ts} not null,
  primary key (letter, version)
){strict};

-- Who wants no more letters of a class.
create table unsubscribes (
  account {id} not null references accounts (id),
  class text not null check (class in ('helpful', 'alumni')),
  unsubscribed_at {ts} not null,
  primary key (account, class)
){strict};
