-- The directory is filtered by time zone too. Every profile is written anew from its
-- application, which is where the zone stands.
alter table profiles add column zones {int} not null default 0;
create table facet_words_before as select facet, word, bit from facet_words;
drop table facet_words;
create table facet_words (
  facet text not null check (facet in ('topic', 'organisation', 'channel', 'zone')),
  word text not null,
  bit {int} not null,
  primary key (facet, word)
){strict};
create unique index facet_words_bit on facet_words (facet, bit);
insert into facet_words (facet, word, bit) select facet, word, bit from facet_words_before;
drop table facet_words_before;
delete from profile_marks;
