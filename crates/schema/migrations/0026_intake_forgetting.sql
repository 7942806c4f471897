-- When what somebody wrote in an application was deleted; that they applied stays.
alter table applications add column forgotten_at {ts};
create index applications_kept on applications (forgotten_at, state, changed_at);
create index outbox_kept on outbox (queued_at) where body is not null;
