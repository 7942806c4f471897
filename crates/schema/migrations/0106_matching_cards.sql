-- Whether the mentees of a cohort see each other, as cards.
alter table choosing_terms add column cards {bool} not null default {false};
