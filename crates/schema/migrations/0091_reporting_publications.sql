-- A submitted report whose figures the chair has published: there while they are.
create table report_publications (
  report {id} primary key not null references reports (id),
  published_at {ts} not null
){strict};
