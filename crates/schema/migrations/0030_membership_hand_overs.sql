-- The chair passes from one to another: planned, accepted by the successor, or called off.
create table hand_overs (
  id {id} primary key not null,
  going {id} not null,
  giver {id} not null references accounts (id),
  coming {id} not null,
  taker {id} not null references accounts (id),
  begins {day} not null,
  planned_by {id} not null references accounts (id),
  planned_at {ts} not null,
  until_before {day},
  accepted_at {ts},
  dropped_at {ts}
){strict};
create unique index hand_overs_one_plan on hand_overs (going) where dropped_at is null;
create index hand_overs_taker on hand_overs (taker);
