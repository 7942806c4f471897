-- Somebody was not let in. Kept alike for every address; a job notes it in the audit and
-- takes the line away.
create table refused_sign_ins (
  id {id} primary key not null,
  address text not null
){strict};
