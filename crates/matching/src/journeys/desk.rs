//! The desk: settings, runs, reasons.

use policy::{Facts, Grant, Membership, Role, Subject, of};
use serde_json::json;
use testing::{Answer, House};

use super::{CLOSED, go_to, mentee, mentor};
use crate::desk::{APART, runs};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    a_run_is_kept_sealed_and_repeated_to_the_byte
    settings_that_make_no_sense_come_back_as_they_were_typed
    a_must_rule_says_first_whom_it_leaves_without_anybody
    what_another_objective_gives_stands_beside_the_choice
    locked_pairs_stay_and_the_rest_is_looked_for_around_them
    every_pair_is_explained_and_why_not_somebody_else_is_answered
    whoever_wished_it_the_page_reads_the_same
    two_runs_lie_beside_each_other
    nobody_but_chair_and_deputy_reads_a_run
    a_chair_in_the_run_reads_nothing_about_their_own_pair
    who_was_left_out_before_comes_first_and_earlier_partners_are_not_paired_again
    what_is_sensitive_is_not_put_to_the_engine
    an_empty_pool_and_one_ruled_out_whole_are_said_in_a_sentence
    a_run_goes_with_the_applications
    a_run_is_emptied_when_somebody_in_it_is_forgotten
    a_run_taken_as_the_draft_is_heard_of_by_nobody
}

pub(super) fn board(house: &House) -> String {
    format!("/cohorts/{}/matching", house.cohort)
}

pub(super) const SETTINGS: [(&str, &str); 9] = [
    ("w_goals", "40"),
    ("w_style", "20"),
    ("w_organisation", "15"),
    ("w_logistics", "15"),
    ("w_place", "5"),
    ("w_rotation", "5"),
    ("objective", "most-pairs"),
    ("seed", "7"),
    ("least", "0"),
];

/// The settings with some of them changed, and others added.
pub(super) fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = SETTINGS.iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    kept.chain(more).copied().collect()
}

pub(super) fn look(house: &House, more: &[(&str, &str)]) -> Answer {
    let query: Vec<String> = with(more).iter().map(|(name, value)| format!("{name}={value}")).collect();
    house.get("carla", &format!("{}/runs/new?{}", board(house), query.join("&")))
}

/// Makes a run and gives its path.
pub(super) fn run(house: &House, more: &[(&str, &str)]) -> String {
    house.post("carla", &format!("{}/runs", board(house)), &with(more)).leads_to()
}

fn of_the_chair() -> Grant<of::Proposal> {
    let chair = vec![Membership { role: Role::Chair, cohort: None }];
    let subject = Subject { person: Some(1), memberships: chair, former: Vec::new() };
    policy::grant(&subject, &Facts::of_program()).unwrap_or_else(|| panic!("not a chair"))
}

pub(super) fn content(house: &House, number: usize) -> (runs::Run, runs::Content) {
    let cohort = house.cohort;
    house.read(move |tx| {
        let run = runs::in_cohort(tx, cohort)?.into_iter().rev().nth(number).unwrap_or_else(|| panic!("no run"));
        let content = runs::content(tx, &of_the_chair(), run.id)?.unwrap_or_else(|| panic!("nothing in it"));
        Ok((run, content))
    })
}

pub(super) fn pool(house: &House) {
    for who in ["li", "kim", "ben"] {
        mentor(house, who, &[]);
    }
    mentee(house, "ana", &[]);
    mentee(house, "eva", &[]);
    house.role("carla", Role::Chair);
    go_to(house, CLOSED);
}

// ALG5
fn a_run_is_kept_sealed_and_repeated_to_the_byte(house: &House) {
    mentor(house, "mo", &[("mo_not", json!(["Ana Anderson"]))]);
    pool(house);
    let path = run(house, &[]);
    let page = house.get("carla", &path).is_ok().says("Run 1").says("2 of 2").text();
    assert!(page.contains("Ana Anderson wants to learn budget and fundraising"), "{page}");
    let (kept, before) = content(house, 0);
    assert_eq!(before.file.mentors.len(), 4);
    assert!(before.question.contains("not_with"));
    assert_eq!(runs::again(&before, &kept.settings()).unwrap(), before.answer);
    assert_eq!(house.readings_of("mo"), [format!("{}: sealed wishes", testing::full_name("carla"))]);
    // Months later people have changed what they answered, and some are gone.
    mentor(house, "zoe", &[]);
    mentee(house, "ana", &[("me_goals", json!([{ "text": "teach", "topic": "teaching" }]))]);
    house.days(90);
    house.sign_in("carla", house.person("carla"));
    let said = house.post("carla", &format!("{path}/again"), &[]);
    assert_eq!(said.to, path);
    house.get("carla", &path).is_ok().says("2 of 2");
    let (_, after) = content(house, 0);
    assert_eq!((&after.question, &after.answer), (&before.question, &before.answer));
    assert_eq!(runs::again(&after, &kept.settings()).unwrap(), before.answer);
}

fn settings_that_make_no_sense_come_back_as_they_were_typed(house: &House) {
    pool(house);
    for (field, slip, words) in [
        ("w_style", "NaN", "The weight of “Working style” is a number from 0 to 1000"),
        ("w_place", "1000000000", "The weight of “Place” is a number from 0 to 1000"),
        ("seed", "minus one", "a whole one from 0 to 999999999"),
        ("least", "140", "The least score is a number from 0 to 100"),
        ("objective", "fastest", "Choose what the plan looks for first"),
    ] {
        let sent = with(&[(field, slip)]);
        let posted = house.post("carla", &format!("{}/runs", board(house)), &sent);
        for answer in [look(house, &[(field, &slip.replace(' ', "+"))]), posted] {
            assert_eq!(answer.status, 422, "{field}");
            let answer = answer.says(words);
            assert!(field == "objective" || answer.body.contains(&format!("value=\"{slip}\"")), "{field}");
        }
    }
    let nothing: Vec<(&str, &str)> = SETTINGS[..6].iter().map(|(name, _)| (*name, "0")).collect();
    assert_eq!(look(house, &nothing).says("With all weights at 0 no pair is better than another").status, 422);
    let cohort = house.cohort;
    assert!(house.read(move |tx| runs::in_cohort(tx, cohort)).is_empty());
}

// ALG3
fn a_must_rule_says_first_whom_it_leaves_without_anybody(house: &House) {
    mentee(house, "ida", &[("me_chan", json!(["in person"]))]);
    pool(house);
    look(house, &[]).is_ok().says("Rules out 3 pairs, and leaves one mentee and no mentors with nobody at all.");
    let path = run(house, &[("must", "channel")]);
    let page = house.get("carla", &path).says("Both named one way to meet").text();
    assert!(
        page.contains(&format!(
            "No mentor is left for {} after the rules: must share a way to meet (3).",
            testing::full_name("ida")
        )),
        "{page}"
    );
}

// ALG2
fn what_another_objective_gives_stands_beside_the_choice(house: &House) {
    pool(house);
    let page = look(house, &[("objective", "stable")]).is_ok().text();
    assert_eq!(page.matches("Now: 2 pairs,").count(), 3, "{page}");
    let path = run(house, &[("objective", "stable")]);
    house.get("carla", &path).says("What another objective would give").says("As many pairs as possible");
    assert_eq!(content(house, 0).1.outcomes().len(), 3);
}

// ALG6
fn locked_pairs_stay_and_the_rest_is_looked_for_around_them(house: &House) {
    pool(house);
    let (ana, eva) = (house.person("ana").to_string(), house.person("eva").to_string());
    let (kim, li) = (house.person("kim").to_string(), house.person("li").to_string());
    for mentor in [&kim, &li] {
        let lock = format!("{ana}.{mentor}");
        look(house, &[("lock", &lock)]).is_ok().says("Ana Anderson and");
        let path = run(house, &[("lock", &lock)]);
        house.get("carla", &path).says("Locked");
        let plan = content(house, if *mentor == kim { 0 } else { 1 }).1.plan;
        assert!(plan.pairs.iter().any(|it| it.mentee == ana && it.mentor == *mentor && it.locked));
        assert!(plan.pairs.iter().any(|it| it.mentee == eva && it.mentor != *mentor));
    }
    let both = look(house, &[("lock", &format!("{ana}.{kim}")), ("lock_mentee", &eva), ("lock_mentor", &kim)]);
    assert_eq!(both.says("Kim Kowalski is locked to more mentees than this mentor takes.").status, 422);
    let gone = look(house, &[("lock", "nobody.nowhere")]);
    assert_eq!(gone.says("A locked pair names somebody who is not left any more.").status, 422);
    // A pair by hand stays without being locked here.
    house.post("carla", &format!("{}/pairs", board(house)), &[("mentee", &eva), ("mentor", &li)]).leads_to();
    run(house, &[]);
    let plan = content(house, 2).1.plan;
    assert!(plan.pairs.iter().any(|it| it.mentee == eva && it.mentor == li && it.locked));
}

// ALG4
fn every_pair_is_explained_and_why_not_somebody_else_is_answered(house: &House) {
    pool(house);
    let path = run(house, &[]);
    let (_, content) = content(house, 0);
    let pair = content.plan.pairs[0].clone();
    let page = house.get("carla", &path).is_ok().text();
    assert!(page.contains("goals and topics") && page.contains("Next best:"), "{page}");
    let empty = house.get("carla", &format!("{path}/why")).is_ok().text();
    assert!(empty.contains("Ana Anderson") && empty.contains("Kim Kowalski"), "both lists are there: {empty}");
    let of_one = house.get("carla", &format!("{path}/why?mentee={}", pair.mentee)).is_ok();
    of_one.says("Next best:").says("of 100");
    for mentor in content.file.mentors.iter().filter(|it| it.id != pair.mentor) {
        let asked = format!("{path}/why?mentee={}&mentor={}", pair.mentee, mentor.id);
        let answer = house.get("carla", &asked).is_ok().text();
        let tie = answer.contains("would be just as good; the tie was decided by lot");
        assert!(tie || answer.contains("the total from"), "{answer}");
    }
    let own = format!("{path}/why?mentee={}&mentor={}", pair.mentee, pair.mentor);
    house.get("carla", &own).is_ok().says("The plan brings these two together.");
    let nobody = house.get("carla", &format!("{path}/why?mentee={}&mentor=nobody", pair.mentee));
    assert_eq!(nobody.says("This mentor is not in the run.").status, 422);
}

// ALG4: a wish of the mentee, one of the mentor, a superior, an employer.
fn whoever_wished_it_the_page_reads_the_same(house: &House) {
    mentor(house, "li", &[("mo_not", json!(["Ana Anderson"]))]);
    mentor(house, "kim", &[("mo_employer", json!("Ana College"))]);
    mentor(house, "ben", &[("mo_boss", json!(["Ana Anderson"]))]);
    mentor(house, "oz", &[]);
    mentee(house, "ana", &[("me_not", json!(["Oz Okafor"]))]);
    house.role("carla", Role::Chair);
    go_to(house, CLOSED);
    let path = run(house, &[]);
    let ana = house.person("ana");
    let mut pages = Vec::new();
    for who in ["li", "kim", "ben", "oz"] {
        let mentor = house.person(who);
        let page = house.get("carla", &format!("{path}/why?mentee={ana}&mentor={mentor}")).is_ok().says(APART);
        let page = page.text().replace(&testing::full_name(who), "SOMEBODY");
        pages.push(page[page.find("SOMEBODY and").or(page.find("and SOMEBODY")).unwrap_or(0)..].to_owned());
        let lock = format!("{ana}.{mentor}");
        assert_eq!(look(house, &[("lock", &lock)]).says("cannot be locked. A rule about people").status, 422);
    }
    assert!(pages.windows(2).all(|two| two[0] == two[1]), "{pages:#?}");
    let page = house.get("carla", &path).is_ok().text();
    assert!(page.contains("No mentor is left for Ana Anderson after the rules: kept apart (4)."), "{page}");
    for words in ["not_with", "supervis", "confidential", "same employer"] {
        assert!(!page.contains(words), "{words}: {page}");
    }
}

// ALG5
fn two_runs_lie_beside_each_other(house: &House) {
    pool(house);
    let (ana, kim, li) = (house.person("ana"), house.person("kim"), house.person("li"));
    let one = run(house, &[("lock", &format!("{ana}.{kim}"))]);
    let other = run(house, &[("lock", &format!("{ana}.{li}")), ("w_place", "25")]);
    let id = other.rsplit('/').next().unwrap().to_owned();
    let page = house.get("carla", &format!("{one}/beside?with={id}")).is_ok().text();
    assert!(page.contains("Run 1 beside run 2") && page.contains("Ana Anderson"), "{page}");
    assert!(page.contains("Kim Kowalski,") && page.contains("Li Lindgren,") && page.contains("place 25"), "{page}");
    let own = one.rsplit('/').next().unwrap();
    house.get("carla", &format!("{one}/beside?with={own}")).says("Both bring the same people together.");
    house.get("carla", &format!("{one}/beside?with=nobody")).is_ok().says("Choose the run to lay beside run 1.");
    house.get("carla", &format!("{}/runs", board(house))).is_ok().says("Run 1").says("Run 2");
}

fn nobody_but_chair_and_deputy_reads_a_run(house: &House) {
    pool(house);
    house.role("lena", Role::Liaison);
    house.role("cora", Role::Council);
    house.role("sam", Role::Staff);
    house.role("bo", Role::Board);
    house.role("dora", Role::Deputy);
    let path = run(house, &[]);
    let runs = format!("{}/runs", board(house));
    for page in
        [path.clone(), format!("{path}/why"), format!("{path}/beside?with=x"), runs.clone(), format!("{runs}/new")]
    {
        for who in ["ana", "li", "lena", "cora", "sam", "bo"] {
            assert_eq!(house.get(who, &page).status, 404, "{who} at {page}");
        }
        assert_ne!(house.get_as_stranger(&page).status, 200);
    }
    for who in ["ana", "lena", "cora", "sam", "bo"] {
        assert_eq!(house.post(who, &runs, &SETTINGS).status, 404);
        assert_eq!(house.post(who, &format!("{path}/draft"), &[]).status, 404);
        assert_eq!(house.post(who, &format!("{path}/again"), &[]).status, 404);
    }
    house.get("dora", &path).is_ok().says("2 of 2");
}

fn a_chair_in_the_run_reads_nothing_about_their_own_pair(house: &House) {
    pool(house);
    let carl = mentee(house, "carl", &[]);
    house.role("carl", Role::Chair);
    house.role("dora", Role::Deputy);
    let path = run(house, &[]);
    let (_, content) = content(house, 0);
    let own = content.plan.pairs.iter().find(|it| it.mentee == carl.to_string()).unwrap().clone();
    let mentor = content.file.mentors.iter().find(|it| it.id == own.mentor).unwrap().name.clone();
    let pair = format!("{} and {mentor}", testing::full_name("carl"));
    house.get("dora", &path).is_ok().says(&pair);
    house.get("carl", &path).is_ok().does_not_say(&pair).says("Nothing stands here about your own pair");
    for asked in [format!("mentee={carl}&mentor={}", own.mentor), format!("mentee={carl}")] {
        let refused = house.get("carl", &format!("{path}/why?{asked}"));
        assert_eq!(refused.does_not_say("of 100").status, 422);
    }
}

// ALG9 of the list: left out before, past pairs.
fn who_was_left_out_before_comes_first_and_earlier_partners_are_not_paired_again(house: &House) {
    let li = mentor(house, "li", &[]);
    let (ana, eva) = (mentee(house, "ana", &[]), mentee(house, "eva", &[]));
    house.write(move |tx| {
        let new = program::cohorts::NewCohort {
            name: "2025–26",
            annual_meeting: jiff::civil::date(2025, 6, 28),
            midwinter: None,
            next_annual_meeting: Some(jiff::civil::date(2027, 6, 26)),
            places: 5,
            begun_from: None,
        };
        let before = program::cohorts::add(tx, &new, None)?;
        program::cohorts::open(tx, before, None)?;
        for (person, role) in [(ana, Role::Mentee), (eva, Role::Mentee), (li, Role::Mentor)] {
            program::enrol(tx, person, Some(before), role)?;
        }
        let formed = duos::form(tx, before, li, ana, "imported", &[])?;
        assert!(formed.is_ok());
        Ok(())
    });
    mentor(house, "kim", &[]);
    house.role("carla", Role::Chair);
    go_to(house, CLOSED);
    run(house, &[]);
    let (_, content) = content(house, 0);
    let of = |id: platform::ids::Id| content.file.mentees.iter().find(|it| it.id == id.to_string()).unwrap();
    assert!(of(eva).left_out_before && !of(ana).left_out_before);
    assert!(content.plan.pairs.iter().all(|it| (&it.mentee, &it.mentor) != (&ana.to_string(), &li.to_string())));
}

// ALG9
fn what_is_sensitive_is_not_put_to_the_engine(house: &House) {
    mentee(house, "ida", &[("me_aff", json!("somebody who came here as I did")), ("me_access", json!("a ramp"))]);
    pool(house);
    run(house, &[]);
    let (_, content) = content(house, 0);
    for words in ["came here", "ramp"] {
        assert!(!content.question.contains(words) && !content.answer.contains(words));
    }
    look(house, &[]).says("Answers about identity and what somebody needs to take part are not used at all.");
}

fn an_empty_pool_and_one_ruled_out_whole_are_said_in_a_sentence(house: &House) {
    house.role("carla", Role::Chair);
    go_to(house, CLOSED);
    assert_eq!(look(house, &[]).says("Nobody is left without a mentor").status, 422);
    let first = house.get("carla", &format!("{}/runs/new", board(house))).is_ok();
    first.says("Nobody is left without a mentor");
    mentee(house, "ana", &[]);
    assert_eq!(look(house, &[]).says("No mentor is free now").status, 422);
    let posted = house.post("carla", &format!("{}/runs", board(house)), &SETTINGS);
    assert_eq!(posted.says("No mentor is free now").status, 422);
    mentor(house, "kim", &[("mo_employer", json!("Ana College"))]);
    let path = run(house, &[]);
    house.get("carla", &path).is_ok().says("0 of 1").says("after the rules: kept apart (1)");
}

fn a_run_goes_with_the_applications(house: &House) {
    pool(house);
    let path = run(house, &[]);
    go_to(house, "2028-12-01T15:00:00Z");
    house.get("carla", &path).is_ok().says("is gone: its time was over");
    house.get("carla", &format!("{path}/why")).is_ok().says("is gone");
    house.get("carla", &format!("{}/runs", board(house))).is_ok().says("2 of 2");
    assert_eq!(house.post("carla", &format!("{path}/again"), &[]).to, path);
    let cohort = house.cohort;
    let run = house.read(move |tx| runs::in_cohort(tx, cohort)).remove(0);
    assert!(house.read(move |tx| runs::content(tx, &of_the_chair(), run.id)).is_none());
}

fn a_run_is_emptied_when_somebody_in_it_is_forgotten(house: &House) {
    pool(house);
    let ana = house.person("ana");
    let path = run(house, &[]);
    assert_eq!(house.read(move |tx| runs::of_person(tx, ana)).len(), 1);
    house.write(move |tx| {
        let run = runs::of_person(tx, ana)?.remove(0);
        runs::forget(tx, run.id)
    });
    house.get("carla", &path).is_ok().says("somebody in it asked to be forgotten").does_not_say("Ana Anderson");
    assert!(house.read(move |tx| runs::of_person(tx, ana)).is_empty());
}

// ALG7
fn a_run_taken_as_the_draft_is_heard_of_by_nobody(house: &House) {
    pool(house);
    let path = run(house, &[]);
    let taken = house.post("carla", &format!("{path}/draft"), &[]);
    assert_eq!(taken.to, board(house));
    house.get("carla", &board(house)).is_ok().says("Drafts. Nobody hears of them").says("Letters and sending");
    let cohort = house.cohort;
    let drafts = house.read(move |tx| crate::proposals::in_cohort(tx, &policy::house(), cohort));
    let (kept, content) = content(house, 0);
    assert_eq!(drafts.len(), content.plan.pairs.len());
    assert!(drafts.iter().all(|it| it.run == Some(kept.id) && it.state == "draft"));
    assert!(house.letters().is_empty());
    for who in ["ana", "eva", "li", "kim", "ben"] {
        for draft in &drafts {
            assert_eq!(house.get(who, &format!("/proposals/{}", draft.id)).status, 404);
        }
    }
}
