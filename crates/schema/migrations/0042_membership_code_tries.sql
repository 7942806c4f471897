-- How many codes of an app were tried since the last one that was right.
alter table app_codes add column tries {int} not null default 0;
