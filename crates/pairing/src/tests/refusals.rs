//! What is refused before any work, each in a sentence.

use super::*;

fn refusal(change: impl Fn(&mut Input)) -> String {
    let mut input = Input {
        mentees: vec![mentee("ana", &[]), mentee("bo", &[])],
        mentors: vec![mentor("li", &[])],
        ..Input::default()
    };
    change(&mut input);
    plan(&input, Objective::MostPairs, 0).unwrap_err().to_string()
}

#[test]
fn senseless_weights_are_refused() {
    for weight in [f64::NAN, f64::INFINITY, -1.0, 1e9] {
        assert_eq!(
            refusal(|input| input.weights.style = weight),
            "The weight of working style must be a number between 0 and 1000."
        );
    }
    let nothing = Weights { goals: 0.0, style: 0.0, organisation: 0.0, logistics: 0.0, place: 0.0, rotation: 0.0 };
    assert_eq!(
        refusal(|input| input.weights = nothing),
        "All weights are nought, so no pair would be better than another. Give at least one part a weight."
    );
    assert_eq!(refusal(|input| input.least = f64::NAN), "The least score must be a number between 0 and 100.");
    assert_eq!(
        refusal(|input| input.scores = vec![given("ana", "li", f64::NAN)]),
        "The score given to ana and li must be a number between 0 and 100."
    );
    assert_eq!(
        refusal(|input| input.mentees[0].matters_most = Some(PartKey::Given)),
        "The part that matters most to ana must be one of the six parts of the score."
    );
}

#[test]
fn people_who_cannot_be_told_apart_or_answer_off_the_scale_are_refused() {
    assert_eq!(refusal(|input| input.mentees[1].id = "ana".into()), "The id ana stands twice among the mentees.");
    assert_eq!(refusal(|input| input.mentors[0].id = " ".into()), "A mentor has no id.");
    assert_eq!(refusal(|input| input.mentees[0].style[3] = Some(6)), "ana has a working-style answer outside 1 to 5.");
    assert_eq!(refusal(|input| input.mentors[0].hours = vec![168]), "li has a free hour outside 0 to 167.");
    assert_eq!(
        refusal(|input| input.mentees[0].meetings_a_month = Some(0)),
        "ana wants to meet less than once or more than 31 times a month."
    );
    assert_eq!(
        refusal(|input| input.mentees[0].ranked = texts(&["li", "li"])),
        "ana ranks li twice. Each name stands once in a list."
    );
}

#[test]
fn locks_that_contradict_something_are_refused() {
    assert_eq!(
        refusal(|input| input.locked = vec![lock("ana", "mo")]),
        "The locked pairs name the mentor mo, who is not in the pool."
    );
    assert_eq!(
        refusal(|input| input.locked = vec![lock("ana", "li"), lock("bo", "li")]),
        "li is locked to more mentees than this mentor takes."
    );
    assert_eq!(
        refusal(|input| {
            input.mentors.push(mentor("mo", &[]));
            input.locked = vec![lock("ana", "li"), lock("ana", "mo")];
        }),
        "ana is locked to two mentors."
    );
    assert_eq!(
        refusal(|input| {
            input.mentees[0].past_partners = texts(&["li"]);
            input.locked = vec![lock("ana", "li")];
        }),
        "ana and li are locked, but a rule keeps them apart: They were a duo before. \
         Unlock them or record an override."
    );
    assert_eq!(
        refusal(|input| input.locked = vec![lock("ana", "li"), lock("ana", "li")]),
        "ana and li stand twice among the locked pairs."
    );
}

#[test]
fn a_pool_past_the_limit_is_refused_before_any_work() {
    assert_eq!(
        refusal(|input| input.mentees = (0..=PEOPLE_AT_MOST).map(|at| mentee(&at.to_string(), &[])).collect()),
        "One plan takes at most 100000 mentees, and there are 100001."
    );
    assert_eq!(
        refusal(|input| {
            input.mentees = (0..6001).map(|at| mentee(&at.to_string(), &[])).collect();
            input.mentors = (0..6000).map(|at| mentor(&format!("m{at}"), &[])).collect();
        }),
        "36006000 pairs come into question, and one plan takes at most 36000000. Let ranked lists bind, or give \
         scores to the pairs that come into question."
    );
}

#[test]
fn who_ranks_themself_is_refused() {
    assert_eq!(
        refusal(|input| input.mentees[0].ranked = texts(&["li", "ana"])),
        "ana stands on their own list. Nobody can be their own mentor."
    );
    assert_eq!(
        refusal(|input| input.mentors[0].ranked = texts(&["li"])),
        "li stands on their own list. Nobody can be their own mentor."
    );
}

#[test]
fn a_ranked_name_that_is_gone_from_the_pool_is_passed_over_and_noted() {
    let input = Input {
        mentees: vec![mentee("ana", &["gone", "li"])],
        mentors: vec![mentor("li", &["ana", "gone"])],
        ..Input::default()
    };
    let made = plan(&input, Objective::Stable, 0).unwrap();
    assert_eq!(pairs(&made), [("ana", "li")]);
    let notes: Vec<_> = made.notes.iter().map(|note| note.words.as_str()).collect();
    assert_eq!(
        notes,
        [
            "ana ranks gone, who is not in the pool; the name is passed over.",
            "li ranks gone, who is not in the pool; the name is passed over."
        ]
    );
}

#[test]
fn asking_about_somebody_unknown_is_refused() {
    let input = Input { mentees: vec![mentee("ana", &[])], mentors: vec![mentor("li", &[])], ..Input::default() };
    assert_eq!(explain(&input, "ana", "mo").unwrap_err().to_string(), "The mentor mo is not in the pool.");
    let explanation = explain(&input, "ana", "li").unwrap();
    assert_eq!((explanation.excluded, explanation.words), (None, texts(&["They fit with 50 of 100 points."])));
}
