-- Since when dates and counts alone have it that a duo is silent: by this the small reminder
-- goes out, whatever one of the two has told the liaison. Whoever was reminded before is not
-- reminded again.
alter table signals add column quiet_since {day};
update signals set quiet_since = trouble_since;
