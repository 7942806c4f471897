-- What a mentor would like to know before answering a request, and the mentee's reply.
-- Read by the two alone.
create table request_questions (
  request {id} primary key not null references requests (id),
  question text not null,
  asked_at {ts} not null,
  reply text not null,
  replied_at {ts}
){strict};
