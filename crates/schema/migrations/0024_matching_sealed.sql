-- What mentee and mentor write to each other is sealed.
alter table requests drop column note;
alter table requests drop column decline_reason;
alter table requests add column note {blob};
alter table requests add column decline_reason {blob};
alter table request_questions drop column question;
alter table request_questions drop column reply;
alter table request_questions add column question {blob};
alter table request_questions add column reply {blob};

-- Whom a mentee would like, in order, as one sealed text.
drop table wishes;
create table wish_lists (
  cohort {id} not null references cohorts (id),
  mentee {id} not null references accounts (id),
  list {blob} not null,
  primary key (cohort, mentee)
){strict};

-- Which mentors a mentee is not shown to, as one sealed text of the same length for
-- nearly everybody.
drop table kept_apart;
create table kept_apart (
  cohort {id} not null references cohorts (id),
  mentee {id} not null,
  mentors {blob} not null,
  primary key (cohort, mentee)
){strict};
delete from apart_marks;
