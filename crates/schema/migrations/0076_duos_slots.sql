-- A mentor may have several mentees in a cohort, each in a slot of its own: two who take the
-- last one at once meet at the index.
drop index duos_one_per_mentor;
alter table duos add column slot {int} not null default 1 check (slot between 1 and 5);
create unique index duos_slots_of_mentor on duos (cohort, mentor, slot) where state <> 'ended';
