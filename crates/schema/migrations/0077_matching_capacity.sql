-- How many mentees one mentor may work with is one of the terms; a mentor may stand in as
-- many drafts and proposals, each in a slot of its own.
alter table choosing_terms add column mentees_each {int} not null default 1 check (mentees_each between 1 and 5);
drop index proposals_mentor;
alter table proposals add column slot {int} not null default 1 check (slot between 1 and 5);
create unique index proposals_slots_of_mentor on proposals (cohort, mentor, slot) where state in ('draft', 'sent');
