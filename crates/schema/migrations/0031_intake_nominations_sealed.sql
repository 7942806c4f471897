-- Why somebody was nominated is sealed under a key of its own, which goes with a no.
alter table nominations add column words {blob};
update nominations set reason = null;
