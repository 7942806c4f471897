-- How it goes, the wish for a word and what was written are sealed together.
alter table checkins drop column pulse;
alter table checkins drop column contact;
alter table checkins drop column words;
alter table checkins add column answers {blob};
