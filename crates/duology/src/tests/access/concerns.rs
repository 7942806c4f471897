//! What three people told in confidence: kept from whom it is about, from whom they left
//! out, and from whoever has a stake in it.

use platform::{
    identity::{self, Strength},
    ids::Id,
};
use serde_json::json;
use testing::House;

use super::{
    people::{Person, liaison_of},
    planted::{Word, mark, the, write},
    records::{Record, record, rows},
};

pub(super) fn planted(house: &House, people: &[Person], words: &mut Vec<Word>) -> Vec<Record> {
    let id = |name: &str| the(people, name).id.unwrap();
    let (council, deputy, staff, chair) = (id("council"), id("deputy"), id("staff"), id("chair"));
    let [a, c, d] = ["mentee of A", "mentee of C", "chair who mentors in D"].map(|name| duo_of(house, id(name)));
    let first = Told {
        reporter: a.mentee,
        fields: vec![("to", liaison_of(house, a.id)), ("about", council), ("without", deputy)],
        kept_from: vec![council, deputy, a.mentor],
        referred: vec![],
    };
    // The chair steps aside from the mentee of C, and another mentors in D.
    let second = Told {
        reporter: c.mentee,
        fields: vec![("to", staff)],
        kept_from: vec![chair, c.mentor],
        referred: vec![staff],
    };
    let third = Told {
        reporter: d.mentee,
        fields: vec![("to", deputy), ("about", d.mentor)],
        kept_from: vec![d.mentor],
        referred: vec![council],
    };
    let told = [(first, &a), (second, &c), (third, &d)];
    told.into_iter().map(|(told, duo)| one(house, &told, duo, words)).collect()
}

struct Told {
    reporter: Id,
    fields: Vec<(&'static str, Id)>,
    kept_from: Vec<Id>,
    referred: Vec<Id>,
}

fn one(house: &House, told: &Told, duo: &duos::Duo, words: &mut Vec<Word>) -> Record {
    let ids = |people: &[Id]| people.iter().map(Id::to_string).collect::<Vec<_>>();
    let so = json!({
        "is": "escalation", "cohort": duo.cohort.to_string(), "people": [told.reporter.to_string()],
        "liaison": liaison_of(house, duo.id).to_string(),
        "conflicts": ids(&told.kept_from), "referred": ids(&told.referred),
    });
    let word = format!("{} is planted", mark(words.len()));
    words.push(Word { name: format!("a concern from duo {}", duo.number), described: so.clone() });
    let mut fields: Vec<(&str, String)> = told.fields.iter().map(|(name, id)| (*name, id.to_string())).collect();
    fields.push(("words", word));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    write(house, &signed_in(house, told.reporter), "/concerns", &fields);
    let id = rows::<Id>(house, "select id from concerns order by raised_at desc, id desc")[0];
    let chosen: Vec<Id> = told.fields.iter().map(|it| it.1).collect();
    for person in told.referred.iter().filter(|it| !chosen.contains(it)) {
        let token = signed_in(house, told.reporter);
        write(house, &token, &format!("/concerns/{id}/referrals"), &[("person", &person.to_string())]);
    }
    record("concern", format!("a concern from duo {}", duo.number), vec![("concern", id)], so)
}

fn signed_in(house: &House, person: Id) -> String {
    house.write(move |tx| Ok(identity::sign_in(tx, person, "test", Strength::TwoFactors)?))
}

fn duo_of(house: &House, person: Id) -> duos::Duo {
    let cohort = house.cohort;
    house.read(move |tx| Ok(duos::of_person(tx, cohort, person)?.unwrap()))
}
