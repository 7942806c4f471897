//! How well two people fit.

use super::*;

fn points(mentee: &Mentee, mentor: &Mentor, key: PartKey) -> f64 {
    part(mentee, mentor, key).points.into()
}

fn part(mentee: &Mentee, mentor: &Mentor, key: PartKey) -> Part {
    let score = score(mentee, mentor, &Weights::default());
    score.parts.into_iter().find(|part| part.key == key).unwrap()
}

fn ana() -> Mentee {
    Mentee {
        name: "Ana".to_string(),
        goals: texts(&["budgeting", "managing people", "research"]),
        kinds_wanted: texts(&["college", "research"]),
        style: [Some(1), Some(2), Some(5), None, Some(3), Some(4)],
        channels: texts(&["video", "phone"]),
        meetings_a_month: Some(2),
        hours: vec![10, 11, 34, 35, 167],
        place: texts(&["US", "Illinois", "Chicago"]),
        events: texts(&["the annual meeting"]),
        ..mentee("ana", &[])
    }
}

fn li() -> Mentor {
    Mentor {
        name: "Li".to_string(),
        strong_topics: texts(&["Budgeting"]),
        topics: texts(&["research"]),
        kinds_had: texts(&["college"]),
        style: [Some(2), Some(1), Some(4), Some(1), Some(3), None],
        channels: texts(&["phone"]),
        meetings_a_month: Some(1),
        hours: vec![11, 35, 100],
        place: texts(&["US", "Illinois", "Peoria"]),
        cohorts_before: Some(0),
        ..mentor("li", &[])
    }
}

#[test]
fn two_people_of_whom_nothing_is_known_get_half_of_every_part() {
    let score = score(&mentee("e", &[]), &mentor("m", &[]), &Weights::default());
    assert_eq!(score.total, Points::new(50.0));
    assert!(score.parts.iter().all(|part| part.points.micro() * 2 == part.weight.micro()));
    assert!(score.parts.iter().all(|part| part.words.is_empty()));
}

#[test]
fn the_parts_of_a_known_pair_are_worked_out_by_hand() {
    // Goals: the first counts double and is a strength, the second is not listed, the third is: (2 + 0 + 0.7) / 4.
    assert_eq!(points(&ana(), &li(), PartKey::Goals), 27.0);
    // Style: three pairs one step apart, one equal, two unknown: (3 · 0.75 + 1 + 2 · 0.5) / 6.
    assert!((points(&ana(), &li(), PartKey::Style) - 20.0 * 4.25 / 6.0).abs() < 1e-4);
    assert_eq!(points(&ana(), &li(), PartKey::Organisation), 15.0);
    // Logistics: a channel in common, half the frequency, two of four hours: (1 + 0.5 + 0.5) / 3.
    assert!((points(&ana(), &li(), PartKey::Logistics) - 10.0).abs() < 1e-4);
    // Place: the same state, two steps of three.
    assert!((points(&ana(), &li(), PartKey::Place) - 10.0 / 3.0).abs() < 1e-4);
    assert_eq!(points(&ana(), &li(), PartKey::Rotation), 5.0);
}

// ALG4
#[test]
fn the_reasons_stand_in_words() {
    let words: Vec<String> =
        score(&ana(), &li(), &Weights::default()).parts.into_iter().flat_map(|part| part.words).collect();
    assert_eq!(
        words,
        [
            "Ana wants to learn budgeting; Li lists it as a strength.",
            "Ana wants to learn research; Li can help with it.",
            "Both prefer planning ahead, direct feedback and thinking first.",
            "Li works in the kind of organisation Ana is aiming at.",
            "Both would meet by phone.",
            "Both are free in the same 2 hours a week.",
            "Both live in Illinois.",
        ]
    );
}

// ALG4
#[test]
fn whoever_reads_a_reason_is_told_it_as_you() {
    let words: Vec<String> =
        score(&ana(), &li(), &Weights::default()).parts.into_iter().flat_map(|part| part.words).collect();
    let told_to = |reader| words.iter().map(|it| crate::told(it, reader)).collect::<Vec<_>>();
    let both = [
        "You both prefer planning ahead, direct feedback and thinking first.",
        "You would both meet by phone.",
        "You are both free in the same 2 hours a week.",
        "You both live in Illinois.",
    ];
    let ana = [
        "You want to learn budgeting; Li lists it as a strength.",
        "You want to learn research; Li can help with it.",
        both[0],
        "Li works in the kind of organisation you are aiming at.",
    ];
    let li = [
        "Ana wants to learn budgeting; you list it as a strength.",
        "Ana wants to learn research; you can help with it.",
        both[0],
        "You work in the kind of organisation Ana is aiming at.",
    ];
    assert_eq!(told_to("Ana"), [&ana, &both[1..]].concat());
    assert_eq!(told_to("Li"), [&li, &both[1..]].concat());
    let note = "Ana and Li met at a conference, and Li";
    assert_eq!(crate::told(note, "Li"), note, "what the committee wrote stays as it is");
    assert_eq!(crate::told("Both can meet at the orientation.", "Li"), "You can both meet at the orientation.");
    let many = "Ana wants to learn a and b; Li lists them as strengths.";
    assert_eq!(crate::told(many, "Li"), "Ana wants to learn a and b; you list them as strengths.");
    let many = "Ana wants to learn a and b; Li can help with them.";
    assert_eq!(crate::told(many, "Li"), "Ana wants to learn a and b; you can help with them.");
}

// ALG4
#[test]
fn each_reason_stands_once_however_many_topics_it_names() {
    let eager = Mentee { goals: texts(&["research", "budgeting", "Research ", "change", "budgeting"]), ..ana() };
    let known = Mentor { strong_topics: texts(&["budgeting", "research", "change"]), ..li() };
    let words = ["Ana wants to learn research, budgeting and change; Li lists them as strengths."];
    assert_eq!(part(&eager, &known, PartKey::Goals).words, words);
    let helps = Mentor { strong_topics: Vec::new(), topics: texts(&["budgeting", "change"]), ..li() };
    let words = ["Ana wants to learn budgeting and change; Li can help with them."];
    assert_eq!(part(&eager, &helps, PartKey::Goals).words, words);
}

#[test]
fn what_is_no_reason_to_give_the_two_is_said_to_those_who_plan_alone() {
    let rotation = part(&ana(), &li(), PartKey::Rotation);
    assert_eq!((rotation.words, rotation.aside), (vec![], texts(&["Li is a mentor for the first time."])));
    let waited = part(&Mentee { left_out_before: true, ..ana() }, &li(), PartKey::Rotation);
    assert_eq!(waited.aside, ["Ana was left without a mentor before and comes first now."]);
    assert!(waited.words.is_empty());
}

#[test]
fn nobody_meets_by_in_person() {
    let near = |way: &str| {
        let (mentee, mentor) = (
            Mentee { channels: texts(&[way]), ..ana() },
            Mentor { channels: texts(&[way]), hours: Vec::new(), ..li() },
        );
        part(&mentee, &mentor, PartKey::Logistics).words
    };
    assert_eq!(near("in person"), ["Both would meet in person."]);
    assert_eq!(near("video"), ["Both would meet by video."]);
}

#[test]
fn few_hours_or_no_channel_in_common_are_said_to_those_who_plan_and_are_no_reason() {
    let mentor = Mentor { hours: vec![11], channels: texts(&["in person"]), ..li() };
    let logistics = part(&ana(), &mentor, PartKey::Logistics);
    assert_eq!(
        logistics.aside,
        [
            "There is no way to meet that both named; they would agree on one first.",
            "Only 1 free hour a week is the same for both; they would look for one more."
        ]
    );
    assert!(logistics.words.is_empty());
    let never = part(&ana(), &Mentor { hours: vec![0], ..li() }, PartKey::Logistics);
    assert_eq!(never.aside, ["No free hour of the two is the same yet; they would look for two a week."]);
    assert_eq!(never.words, ["Both would meet by phone."]);
    assert_eq!(part(&ana(), &li(), PartKey::Logistics).aside, Vec::<String>::new());
}

#[test]
fn an_event_where_both_will_be_counts_as_nearness() {
    let mentor = Mentor { events: texts(&["The Annual Meeting"]), place: texts(&["NZ"]), ..li() };
    let place = part(&ana(), &mentor, PartKey::Place);
    assert_eq!((place.points, place.words), (Points::new(5.0), texts(&["Both can meet at the annual meeting."])));
}

#[test]
fn who_was_left_out_before_gets_the_full_points_for_rotation() {
    let busy = Mentor { cohorts_before: Some(4), ..li() };
    assert_eq!(points(&ana(), &busy, PartKey::Rotation), 1.0);
    assert_eq!(points(&Mentee { left_out_before: true, ..ana() }, &busy, PartKey::Rotation), 5.0);
}

#[test]
fn what_matters_most_to_a_mentee_counts_double_and_the_whole_stays_a_hundred() {
    let mentee = Mentee { matters_most: Some(PartKey::Organisation), ..ana() };
    let score = score(&mentee, &li(), &Weights::default());
    let organisation = score.parts.iter().find(|part| part.key == PartKey::Organisation).unwrap();
    assert!((f64::from(organisation.weight) - 100.0 * 30.0 / 115.0).abs() < 1e-4);
    assert_eq!(score.parts.iter().map(|part| part.weight).sum::<Points>(), Points::FULL);
}

proptest! {
    #[test]
    fn weights_always_add_up_to_a_full_score_and_no_part_passes_its_own(
        weights in prop::array::uniform6(0.0_f64..1000.0), a in 1_u8..=5, b in 1_u8..=5
    ) {
        let [goals, style, organisation, logistics, place, rotation] = weights;
        let weights = Weights { goals, style, organisation, logistics, place, rotation };
        prop_assume!(weights.check().is_ok());
        let (mentee, mentor) = (Mentee { style: [Some(a); 6], ..ana() }, Mentor { style: [Some(b); 6], ..li() });
        let score = score(&mentee, &mentor, &weights);
        prop_assert_eq!(score.parts.iter().map(|part| part.weight).sum::<Points>(), Points::FULL);
        prop_assert!(score.parts.iter().all(|part| part.points <= part.weight));
        let (mentees, mentors) = (vec![mentee], vec![mentor]);
        let plan = plan(&Input { mentees, mentors, weights, ..Input::default() }, Objective::BestTotal, 1).unwrap();
        prop_assert_eq!(plan.total, score.total);
    }

    #[test]
    fn answering_a_style_question_alike_never_lowers_the_score(at in 0_usize..6, answer in 1_u8..=5) {
        let mut known = (mentee("e", &[]), mentor("m", &[]));
        let unknown = known.clone();
        (known.0.style[at], known.1.style[at]) = (Some(answer), Some(answer));
        let total = |pair: &(Mentee, Mentor)| score(&pair.0, &pair.1, &Weights::default()).total;
        prop_assert!(total(&known) > total(&unknown));
    }
}

#[test]
fn points_are_written_with_at_most_one_decimal() {
    let written: Vec<String> = [0.0, 62.0, 63.45, 99.96].map(|points| Points::new(points).to_string()).into();
    assert_eq!(written, ["0", "62", "63.5", "100"]);
}
