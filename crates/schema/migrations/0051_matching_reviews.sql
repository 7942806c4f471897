-- Who was asked to look at the draft of a cohort, and what they said of it. The note is
-- sealed with the lists; `about` tells which draft they looked at.
create table plan_reviews (
  cohort {id} not null references cohorts (id),
  reviewer {id} not null references accounts (id),
  asked_by {id} not null references accounts (id),
  asked_at {ts} not null,
  verdict text not null check (verdict in ('', 'yes', 'no')),
  note {blob},
  about {int},
  said_at {ts},
  primary key (cohort, reviewer)
){strict};
create index plan_reviews_reviewer on plan_reviews (reviewer);
