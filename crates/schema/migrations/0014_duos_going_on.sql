-- Who of a duo would like to go on after the session. Neither hears of the other's wish
-- before there are two.
create table going_on (
  duo {id} not null references duos (id),
  person {id} not null references accounts (id),
  wished_at {ts} not null,
  primary key (duo, person)
){strict};
