//! Surveys and reports, of which some are published and others are not; and words that
//! stay inside where the figures around them are there for everyone.

use platform::{ids::Id, prelude::*};
use serde_json::{Value, json};
use testing::House;

use super::{
    planted::{Word, change, mark},
    records::{Record, record, rows},
};

pub(super) fn records(house: &House) -> Vec<Record> {
    let mut records = Vec::new();
    for (id, cohort, name, state) in
        rows::<(Id, Id, String, String)>(house, "select id, cohort, name, state from surveys order by id")
    {
        let asked = rows::<(Id, Id)>(house, "select survey, person from survey_people")
            .into_iter()
            .filter(|it| it.0 == id)
            .map(|it| it.1.to_string())
            .collect::<Vec<_>>();
        let published = rows::<Id>(house, "select survey from survey_publications").contains(&id);
        let so = json!({"cohort": cohort.to_string(), "people": asked, "draft": true, "state": state, "published": published});
        records.push(record("survey", format!("survey {name}, {state}"), vec![("survey", id)], so));
    }
    for (id, cohort) in rows::<(Id, Id)>(house, "select id, cohort from reports order by id") {
        let published = rows::<Id>(house, "select report from report_publications").contains(&id);
        let so = json!({"cohort": cohort.to_string(), "submitted": true, "published": published});
        let name = if published { "a report that is published" } else { "a submitted report" };
        records.push(record("report", name.to_owned(), vec![("report", id)], so));
    }
    records
}

/// What somebody wrote in a survey, shuffled and without a name.
pub(super) fn of_a_survey(house: &House, number: usize) -> Word {
    let closed: Vec<(Id, Id)> = rows(house, "select id, cohort from surveys where state = 'closed' order by id");
    for (survey, _) in &closed {
        let data = json!({"label": "Planted", "texts": [format!("{} is planted", mark(number))]}).to_string();
        let sql =
            ("survey_results", "insert into % (survey, position, item, data) values ($1, 999, 'words:planted', $2)");
        change(house, sql, values![*survey, data].to_vec());
        let data = json!([{"text": format!("{} is planted", mark(number)), "consent": "to the board"}]).to_string();
        let sql = ("survey_results", "insert into % (survey, position, item, data) values ($1, 998, 'quotes', $2)");
        change(house, sql, values![*survey, data].to_vec());
    }
    let cohort = closed[0].1.to_string();
    let described = json!({"is": "survey_answer", "cohort": cohort, "detached": true});
    Word { name: "words of a survey".to_owned(), described }
}

/// What the committee wrote in every part of a report whose figures are published; and a
/// copy of the report in another cohort, of which nothing is.
pub(super) fn of_a_report(house: &House, number: usize) -> Word {
    let (report, words) = rows::<(Id, String)>(house, "select id, words from reports order by id").remove(0);
    let there = rows::<Id>(house, "select id from cohorts order by id").into_iter().find(|it| *it != house.cohort);
    let copy = house.write(|tx| Ok(tx.fresh_id()));
    let sql = (
        "reports",
        "insert into % (id, cohort, kind, submitted_at, submitted_on, submitted_by, facts, words, hash) select $1, $2, kind, submitted_at, submitted_on, submitted_by, facts, words, hash from reports where id = $3",
    );
    change(house, sql, values![copy, there.unwrap(), report].to_vec());
    let mut frozen: Value = serde_json::from_str(&words).unwrap();
    for part in frozen["parts"].as_array_mut().unwrap() {
        part["text"] = json!(format!("{} is planted", mark(number)));
        part["own"] = json!(true);
    }
    change(house, ("reports", "update % set words = $2 where id = $1"), values![report, frozen.to_string()].to_vec());
    let published = rows::<Id>(house, "select report from report_publications");
    assert_eq!(published, [report], "the year publishes its report, and not the copy");
    let described = json!({"is": "report_draft", "cohort": house.cohort.to_string(), "submitted": true});
    Word { name: "words of a report".to_owned(), described }
}
