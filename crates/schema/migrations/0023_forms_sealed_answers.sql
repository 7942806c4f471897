-- What was answered stands under a key of its author's own.
alter table form_answers drop column answers;
alter table form_answers add column answers {blob};
