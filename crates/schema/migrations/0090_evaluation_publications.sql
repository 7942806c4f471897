-- A closed survey whose totals the chair has published: there while they are.
create table survey_publications (
  survey {id} primary key not null references surveys (id),
  published_at {ts} not null
){strict};
