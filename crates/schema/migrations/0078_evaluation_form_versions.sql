-- A survey asks the version of its form that stood when it opened, and is counted by it.
alter table surveys add column form_version {int};
