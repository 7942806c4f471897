use policy::{Condition, Facts, Membership, Subject};
use testing::House;

use super::*;

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    before_the_close_there_is_no_figure
    four_answers_give_no_numbers
    five_answers_give_totals
    free_text_is_for_the_chairs_alone
    what_is_published_is_there_for_everyone_until_it_is_taken_back
    a_survey_without_figures_cannot_be_published
    the_final_survey_outlives_its_cohort
    the_two_sides_of_the_duos_are_compared_in_the_total
    what_people_said_at_the_start_is_found_by_their_codes
    two_years_later_the_answers_are_forgotten_and_the_totals_stay
    a_question_of_the_committees_own_is_shown_as_totals_of_ten
    a_survey_that_is_open_goes_on_as_it_was_opened
}

// SRV5
fn before_the_close_there_is_no_figure(house: &House) {
    with_duos(house, 6);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    let midway = survey(house, "midway_mentee");
    for who in &MENTEES[..5] {
        answer(house, who, &[("s1", "4"), ("t1", "our long walks")]);
    }

    let cohort = house.cohort;
    assert_eq!(house.read(move |tx| crate::results(tx, &policy::house(), cohort, "midway_mentee")), None);
    let chair = get(house, "walt", &format!("/surveys/{midway}")).is_ok();
    chair.says("About 85 % of 6 have answered").does_not_say("our long walks").does_not_say("mean");
    let liaison = get(house, "lisa", &format!("/surveys/{midway}")).is_ok();
    liaison.says("Results appear on Friday 11 December 2026").does_not_say("have answered");
    get(house, "lisa", &format!("/surveys/{midway}/questions")).is_ok().says("My mentor listens").says("kept");
    assert_eq!(get(house, "anna", &format!("/surveys/{midway}")).status, 404);
}

// SRV5
fn four_answers_give_no_numbers(house: &House) {
    with_duos(house, 6);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    for who in &MENTEES[..4] {
        answer(house, who, &[("s1", "4"), ("r1", "9"), ("t1", "our long walks")]);
    }
    house.at(MIDWAY_IS_OVER);
    house.run_jobs();

    let midway = survey(house, "midway_mentee");
    let page = get(house, "walt", &format!("/surveys/{midway}")).is_ok();
    page.says("Too few to show")
        .says("Fewer than five of 6 answered")
        .does_not_say("our long walks")
        .does_not_say("My mentor listens");
    let cohort = house.cohort;
    let results =
        house.read(move |tx| crate::results(tx, &policy::house(), cohort, "midway_mentee")).unwrap_or_default();
    assert_eq!((results.response.invited, results.response.answered, results.response.rate), (6, None, None));
    assert_eq!((results.items, results.quotes), (vec![], vec![]));
    let facts = Facts::of_program().when(true, Condition::Detached);
    let chair = Subject {
        person: Some(1),
        memberships: vec![Membership { role: Role::Chair, cohort: None }],
        former: Vec::new(),
    };
    let proof = move || policy::grant(&chair, &facts).unwrap();
    assert_eq!(house.read(move |tx| Ok(crate::results::words(tx, &proof(), midway)?.len())), 0);
}

// SRV5
fn five_answers_give_totals(house: &House) {
    with_duos(house, 7);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    for who in &MENTEES[..5] {
        answer(house, who, &[("s1", "4"), ("s2", "5"), ("m1", "6"), ("r1", "9")]);
    }
    house.at(MIDWAY_IS_OVER);
    house.run_jobs();
    house.run_jobs();

    let cohort = house.cohort;
    let results =
        house.read(move |tx| crate::results(tx, &policy::house(), cohort, "midway_mentee")).unwrap_or_default();
    assert_eq!((results.response.invited, results.response.answered), (7, Some(5)));
    assert_eq!(results.response.band, "good");
    let listens = results.items.iter().find(|it| it.key == "s2").cloned();
    let listens = listens.unwrap_or_else(|| panic!("{results:?}"));
    assert_eq!((listens.n, listens.rounded, listens.levels.len()), (Some(5), true, 0));
    assert!(listens.mean.is_some());
    assert_eq!(results.recommendation, None, "from ten answers on");
    let fit = results.items.iter().find(|it| it.key == "f1").map(|it| it.n);
    assert_eq!(fit, Some(None), "nobody answered it");

    for who in ["walt", "lisa"] {
        let page = get(house, who, &format!("/surveys/{}", results.survey)).is_ok();
        page.says("5 of 7")
            .says("71 %")
            .says("My mentor listens")
            .says("too few to show")
            .says("How these figures are made");
    }
    get(house, "walt", &format!("/cohorts/{cohort}/surveys")).is_ok().says("5 of 7 answered (71 %): good.");
}

fn free_text_is_for_the_chairs_alone(house: &House) {
    with_duos(house, 5);
    house.role("cora", Role::Council);
    house.at(FINAL_OPENS);
    house.run_jobs();
    for (who, words) in MENTEES.iter().zip(["echo", "delta", "alpha", "bravo", "coral"]).take(5) {
        let consent = if words == "bravo" { "no" } else { "anonymously" };
        answer(house, who, &[("t4", words), ("t6", &format!("quote {words}")), ("t6_consent", consent)]);
    }
    house.at(FINAL_IS_OVER);
    house.run_jobs();

    let results = format!("/surveys/{}", survey(house, "final_mentee"));
    let page = get(house, "walt", &results).is_ok();
    page.says("alpha bravo coral delta echo").says("quote alpha").does_not_say("quote bravo");
    for who in ["cora", "lisa"] {
        get(house, who, &results).is_ok().does_not_say("alpha").does_not_say("quote");
    }
}

// C-02: `c:R if published`
fn what_is_published_is_there_for_everyone_until_it_is_taken_back(house: &House) {
    with_duos(house, 7);
    house.role("cora", Role::Council);
    house.at(FINAL_OPENS);
    house.run_jobs();
    for who in &MENTEES[..5] {
        let quote = [("t4", "alpha"), ("t6", "quote alpha"), ("t6_consent", "anonymously")];
        answer(house, who, &[&[("q1", "4"), ("b1_before", "2"), ("b1_today", "4")], &quote[..]].concat());
    }
    house.at(FINAL_IS_OVER);
    house.run_jobs();

    let survey = survey(house, "final_mentee");
    let (open, act) = (format!("/results/surveys/{survey}"), format!("/surveys/{survey}/publication"));
    let missing = house.get_as_stranger(&format!("/results/surveys/{}", house.cohort));
    assert_eq!((missing.status, house.get_as_stranger(&open).status), (404, 404));
    for who in ["walt", "cora", "anna"] {
        assert_eq!(get(house, who, &open).status, 404, "{who}");
    }
    for who in ["cora", "anna"] {
        assert_eq!(get(house, who, &act).status, 404, "{who}");
        assert_eq!(post(house, who, &act, &[]).status, 404, "{who}");
    }
    let figures = |page: &testing::Answer, from: &str| {
        let text = page.text();
        let after = text.split(from).nth(1).unwrap_or_else(|| panic!("{from} is not in: {text}"));
        after.split("There is no view by liaison").next().unwrap_or_default().trim().to_owned()
    };
    let preview = get(house, "walt", &act).is_ok().says("anyone who has the address").does_not_say("alpha");
    let seen_before = figures(&preview, "What everyone sees");
    assert_eq!(post(house, "walt", &act, &[]).leads_to(), act);
    get(house, "walt", &act).is_ok().says("Published since");

    for who in ["a stranger", "anna", "karl", "lisa", "walt"] {
        let page = if who == "a stranger" { house.get_as_stranger(&open) } else { get(house, who, &open) };
        let page = page.is_ok().does_not_say("alpha").does_not_say("5 of 7").does_not_say("71 %");
        assert_eq!(
            figures(&page, "everyone once it is published, and the board once it is submitted."),
            seen_before,
            "{who}"
        );
    }
    assert!(seen_before.contains("answered 5"), "{seen_before}");
    let published = house.read(|tx| Ok(crate::published(tx)?.into_iter().map(|it| it.survey).collect::<Vec<_>>()));
    assert_eq!(published, [survey]);

    assert_eq!(post(house, "walt", &format!("{act}/end"), &[]).leads_to(), act);
    assert_eq!(house.get_as_stranger(&open).status, 404);
    assert_eq!(get(house, "walt", &open).status, 404);
    assert_eq!(house.read(|tx| Ok(crate::published(tx)?.len())), 0);
}

fn a_survey_without_figures_cannot_be_published(house: &House) {
    with_duos(house, 6);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    for who in &MENTEES[..4] {
        answer(house, who, &[("s1", "4")]);
    }
    let midway = survey(house, "midway_mentee");
    let (open, act) = (format!("/results/surveys/{midway}"), format!("/surveys/{midway}/publication"));
    for moment in [MIDWAY_OPENS, MIDWAY_IS_OVER] {
        house.at(moment);
        house.run_jobs();
        get(house, "walt", &act).is_ok().says("Nothing to publish yet").does_not_say("Publish these results");
        assert_eq!(post(house, "walt", &act, &[]).status, 422);
        assert_eq!(house.get_as_stranger(&open).status, 404);
    }
    // The table itself takes no survey that is open.
    let other = survey(house, "final_mentee");
    assert!(!house.write(move |tx| crate::publications::add(tx, other)));
}

fn the_final_survey_outlives_its_cohort(house: &House) {
    with_duos(house, 5);
    house.at(FINAL_OPENS);
    house.run_jobs();
    let cohort = house.cohort;
    house.at("2027-05-02T16:00:00Z");
    house.write(move |tx| program::cohorts::close(tx, cohort, None));

    for who in &MENTEES[..5] {
        answer(house, who, &[("b1_before", "2"), ("b1_today", "4"), ("q1", "4")]);
    }
    house.at("2027-05-04T16:00:00Z");
    house.run_jobs();
    assert_eq!(letters_of(house, "karl", "survey_final_reminder"), 1, "the survey is still open");
    house.at(FINAL_IS_OVER);
    house.run_jobs();

    let results =
        house.read(move |tx| crate::results(tx, &policy::house(), cohort, "final_mentee")).unwrap_or_default();
    assert_eq!(results.response.answered, Some(5));
    house.get_as_stranger(&link(house, "karl")).is_ok().says("The survey has closed");
}

fn the_two_sides_of_the_duos_are_compared_in_the_total(house: &House) {
    with_duos(house, 6);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    let support: Vec<String> = (1..=8).map(|number| format!("s{number}")).collect();
    let support: Vec<(&str, &str)> = support.iter().map(|key| (key.as_str(), "5")).collect();
    for (mentee, mentor) in MENTEES.iter().zip(MENTORS).take(6) {
        answer(house, mentee, &support);
        answer(house, mentor, &[("s1", "3"), ("o3", "3")]);
    }
    house.at(MIDWAY_IS_OVER);
    house.run_jobs();

    let cohort = house.cohort;
    let found = house.read(move |tx| {
        let both = [
            crate::results(tx, &policy::house(), cohort, "midway_mentee")?,
            crate::results(tx, &policy::house(), cohort, "midway_mentor")?,
        ];
        Ok(both.into_iter().flatten().flat_map(|it| it.scales).collect::<Vec<_>>())
    });
    let value = |key: &str| found.iter().find(|it| it.key == key).and_then(|it| it.figure).map(|it| (it.n, it.value));
    assert_eq!(value("SUP"), Some((6, 5.0)));
    assert_eq!(value("GAP"), Some((6, 2.0)));
}

fn what_people_said_at_the_start_is_found_by_their_codes(house: &House) {
    with_duos(house, 6);
    house.at("2026-06-27T16:00:00Z");
    house.run_jobs();
    let skills = |end: &str, level: &'static str| -> Vec<(String, &'static str)> {
        (1..=5).map(|number| (format!("b{number}{end}"), level)).collect()
    };
    let send = |who: &str, survey: Id, fields: Vec<(String, &'static str)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(key, level)| (key.as_str(), *level)).collect();
        post(house, who, &format!("/surveys/{survey}/mine"), &fields).leads_to();
    };
    for who in &MENTEES[..6] {
        send(who, survey(house, "baseline_mentee"), skills("", "3"));
    }
    house.at(FINAL_OPENS);
    house.run_jobs();
    for who in &MENTEES[..6] {
        let both = skills("_before", "1").into_iter().chain(skills("_today", "4")).collect();
        send(who, survey(house, "final_mentee"), both);
    }
    house.at(FINAL_IS_OVER);
    house.run_jobs();

    let cohort = house.cohort;
    let results =
        house.read(move |tx| crate::results(tx, &policy::house(), cohort, "final_mentee")).unwrap_or_default();
    let moved = |changes: &[crate::Change]| changes.iter().map(|it| it.change.map(|it| it.value)).collect::<Vec<_>>();
    assert_eq!(moved(&results.changes), [Some(3.0)]);
    assert_eq!(moved(&results.changes_since_start), [Some(1.0)]);
    let page = get(house, "walt", &format!("/surveys/{}", results.survey)).is_ok();
    page.says("Change in confidence, looking back").says("no proof of an effect");
}

fn two_years_later_the_answers_are_forgotten_and_the_totals_stay(house: &House) {
    with_duos(house, 5);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    for who in &MENTEES[..5] {
        answer(house, who, &[("s1", "4")]);
    }
    house.at(MIDWAY_IS_OVER);
    house.run_jobs();
    let midway = survey(house, "midway_mentee");
    house.at("2029-04-29T16:00:00Z");
    house.run_jobs();
    assert_eq!(house.read(move |tx| Ok(crate::answers::given(tx, midway)?.len())), 5);

    house.at("2029-05-01T16:00:00Z");
    house.run_jobs();

    assert_eq!(house.read(move |tx| Ok(crate::answers::given(tx, midway)?.len())), 0);
    assert_eq!(house.read(crate::answers::cohorts_with_secret), []);
    get(house, "walt", &format!("/surveys/{midway}")).is_ok().says("5 of 5");
}

/// The mid-way survey with a choice, a number and a text of the committee's own.
fn with_own_questions(house: &House) {
    house.write(|tx| {
        let mut form = forms::current(tx, "midway_mentee")?;
        let own: forms::Section = serde_json::from_value(serde_json::json!({
            "key": "own_section",
            "title": "This year",
            "field": [
                { "key": "own_branch", "label": "Where do you work?", "kind": "choice", "options": ["town", "village"] },
                { "key": "own_ways", "label": "Which rooms?", "kind": "multi", "options": ["quiet", "open"] },
                { "key": "own_age", "label": "How old are you?", "kind": "number" },
                { "key": "own_words", "label": "What else?", "kind": "long" },
            ],
        }))
        .unwrap();
        form.sections.push(own);
        forms::edit(tx, &form, None)
    });
}

fn answer_own(house: &House, who: &[&str]) {
    for (place, who) in who.iter().enumerate() {
        let age = (40 + place).to_string();
        let fields = [
            ("s1", "4"),
            ("own_branch", "village"),
            ("own_ways", "quiet"),
            ("own_age", &age),
            ("own_words", "heather"),
        ];
        answer(house, who, &fields);
    }
}

// SRV5
fn a_question_of_the_committees_own_is_shown_as_totals_of_ten(house: &House) {
    with_own_questions(house);
    with_duos(house, 10);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    answer_own(house, &MENTEES[..9]);
    house.at(MIDWAY_IS_OVER);
    house.run_jobs();
    let cohort = house.cohort;
    let results =
        house.read(move |tx| crate::results(tx, &policy::house(), cohort, "midway_mentee")).unwrap_or_default();
    let own = |key: &str| results.items.iter().find(|it| it.key == key).cloned().unwrap();
    for key in ["own_branch", "own_ways", "own_age"] {
        let item = own(key);
        assert!(item.mean.is_none() && item.levels.iter().all(|it| it.count.is_none()), "{item:?}");
        assert_eq!(item.n, None, "nine are too few to be told from each other");
    }
    assert_eq!(results.items.iter().find(|it| it.key == "s1").and_then(|it| it.n), Some(9), "what is asked every year");
    let page = format!("/surveys/{}", results.survey);
    get(house, "walt", &page)
        .is_ok()
        .says("Where do you work?")
        .says("heather")
        .says("How old are you?: too few to show");
    get(house, "lisa", &page).is_ok().says("Where do you work?").does_not_say("heather");
}

// SRV5, SET6
fn a_survey_that_is_open_goes_on_as_it_was_opened(house: &House) {
    with_duos(house, 10);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    with_own_questions(house);
    assert!(!house.get_as_stranger(&link(house, "anna")).body.contains("Where do you work?"));
    for who in MENTEES {
        answer(house, who, &[("s1", "4")]);
    }
    house.at(MIDWAY_IS_OVER);
    house.run_jobs();
    let page = format!("/surveys/{}", survey(house, "midway_mentee"));
    get(house, "walt", &page).is_ok().does_not_say("Where do you work?").does_not_say("heather");
    let mentors = survey(house, "midway_mentor");
    get(house, "walt", &format!("/surveys/{mentors}/questions")).is_ok().does_not_say("Where do you work?");
}
