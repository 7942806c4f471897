-- Who has a member number is looked up by it whenever a list is applied or a day ends.
create index people_member_number on people (member_number);
