use proptest::prelude::*;

use super::*;
use crate::{answers::Answers, rules::differences::differences, rules::faults, versions};

fn application() -> Form {
    versions::of_preset("mentee_application").unwrap()
}

fn choice(label: &str) -> Question {
    Question {
        label: label.to_owned(),
        kind: Some(Kind::Choice),
        options: "yes, gladly\nno".to_owned(),
        readers: vec!["C".to_owned()],
        ..Question::default()
    }
}

fn line(label: &str) -> Question {
    Question { kind: Some(Kind::Text), options: String::new(), ..choice(label) }
}

/// The application with a choice of its own, and a line that follows from it.
fn with_two() -> Form {
    let form = add(&application(), "work", "own_1", &choice("Do you lead people?")).unwrap();
    let follows = Question {
        only_if: "own_1".to_owned(),
        only_if_answers: vec!["yes, gladly".to_owned()],
        required: true,
        ..line("How many?")
    };
    add(&form, "work", "own_2", &follows).unwrap()
}

// SET6
#[test]
fn a_question_is_added_worded_anew_moved_and_taken_away() {
    let form = with_two();
    assert_eq!(form.section("work").unwrap().fields.last().unwrap().label, "How many?");
    let worded = put(&form, "own_1", &Question { required: true, ..choice("Do you lead a team?") }).unwrap();
    assert!(worded.field("own_1").unwrap().required);
    let moved = shift(&worded, "own_1", true).unwrap();
    let keys = |form: &Form| form.fields().map(|it| it.key.clone()).collect::<Vec<_>>();
    assert_ne!(keys(&moved), keys(&worded));
    assert_eq!(keys(&shift(&moved, "own_1", false).unwrap()), keys(&worded));
    let gone = remove(&remove(&moved, "own_2").unwrap(), "own_1").unwrap();
    assert_eq!(gone, application());
}

// SET6
#[test]
fn what_the_program_works_with_is_worded_anew_and_nothing_else() {
    let form = application();
    assert_eq!(remove(&form, "me_employer"), Err(Refusal::Needed));
    let employer = form.field("me_employer").unwrap();
    let wish =
        Question { label: "Where do you work?".to_owned(), readers: vec!["D".to_owned()], ..Question::default() };
    let after = put(&form, "me_employer", &wish).unwrap();
    let after = after.field("me_employer").unwrap();
    assert_eq!(after.label, "Where do you work?");
    assert_eq!((after.kind, after.required, &after.readers), (employer.kind, employer.required, &employer.readers));
    let asked_of_some = Question { only_if: "me_years".to_owned(), ..wish };
    assert_eq!(put(&form, "me_employer", &asked_of_some), Err(Refusal::NeededByAll));
}

// SET6, SRV5
#[test]
fn a_survey_keeps_its_core_and_asks_everybody_the_same() {
    let form = versions::of_preset("final_mentor").unwrap();
    let own = put_section(&form, "own_s", "This year", "").unwrap();
    let own = add(&own, "own_s", "own_1", &choice("Which room?")).unwrap();
    let only_some = Question { only_if: "own_1".to_owned(), only_if_answers: vec!["no".to_owned()], ..line("Why?") };
    assert_eq!(add(&own, "own_s", "own_2", &only_some), Err(Refusal::AskedOfAll));
    let first = form.sections[0].key.clone();
    let question = form.sections[0].fields[0].key.clone();
    let core = |changed: Result<Form, Refusal>| changed.and_then(|it| keeps_core(&own, it)).unwrap_err();
    assert_eq!(core(put_section(&own, &first, "Another title", "")), Refusal::CoreStays);
    assert_eq!(
        core(put(&own, &question, &Question { label: "Else?".to_owned(), ..Question::default() })),
        Refusal::CoreStays
    );
    assert_eq!(core(shift_section(&own, "own_s", true)), Refusal::CoreStays);
    assert_eq!(core(shift(&own, "own_1", true)), Refusal::CoreStays);
    assert_eq!(core(add(&own, &first, "own_3", &choice("Here?"))), Refusal::CoreStays);
    assert_eq!(remove(&own, &question), Err(Refusal::Needed));
    assert!(keeps_core(&own, remove_section(&own, "own_s").unwrap()).is_ok());
}

// The confidentiality floor: a question of the preset keeps the readers that people were told.
#[test]
fn nobody_is_let_in_whom_the_matrix_keeps_out() {
    let form = application();
    let wide =
        |readers: &[&str]| Question { readers: readers.iter().map(|it| (*it).to_owned()).collect(), ..line("Own?") };
    assert_eq!(add(&form, "work", "own_1", &wide(&["B"])), Err(Refusal::WrongReaders));
    assert_eq!(add(&form, "work", "own_1", &wide(&[])), Err(Refusal::NoReaders));
    for name in ["nomination", "check_in", "exit"] {
        let form = versions::of_preset(name).unwrap();
        let section = form.sections[0].key.clone();
        assert_eq!(add(&form, &section, "own_1", &line("Own?")), Err(Refusal::NobodyReads), "{name}");
    }
    let agreement = versions::of_preset("agreement").unwrap();
    let section = agreement.sections[0].key.clone();
    let sealed = Question { sealed: true, ..wide(&[]) };
    assert_eq!(add(&agreement, &section, "own_1", &sealed), Err(Refusal::NoReaders), "nothing of a duo is the chair's");
    let free = form.field("me_cv").unwrap().clone();
    let widened = Question { readers: vec!["D".to_owned(), "P".to_owned()], ..Question::of(&free) };
    assert_eq!(put(&form, "me_cv", &widened).unwrap().field("me_cv").unwrap().readers, free.readers);
    let sealed = Question { sealed: true, ..wide(&[]) };
    assert!(add(&form, "work", "own_1", &sealed).unwrap().field("own_1").unwrap().sealed);
}

// APP3
#[test]
fn each_fact_is_asked_once() {
    let twice = line("  employer OR school ");
    assert_eq!(
        add(&application(), "work", "own_1", &twice),
        Err(Refusal::AskedAlready("Employer or school".to_owned()))
    );
}

#[test]
fn a_question_that_cannot_be_answered_is_refused() {
    let form = application();
    let refused = |question: Question| add(&form, "work", "own_1", &question).unwrap_err();
    assert_eq!(refused(line(" ")), Refusal::NoLabel);
    assert_eq!(refused(line(&"x".repeat(301))), Refusal::LongLabel);
    assert_eq!(refused(Question { kind: None, ..line("Own?") }), Refusal::NoKind);
    assert_eq!(refused(Question { options: "one".to_owned(), ..choice("Own?") }), Refusal::TooFewOptions);
    assert_eq!(
        refused(Question { options: "One\none".to_owned(), ..choice("Own?") }),
        Refusal::OptionTwice("one".to_owned())
    );
    let many: String = (0..101).map(|it| format!("{it}\n")).collect();
    assert_eq!(refused(Question { options: many, ..choice("Own?") }), Refusal::TooManyOptions(101));
    for max in ["0", "-3", "10001", "a lot", "NaN"] {
        assert_eq!(refused(Question { max: max.to_owned(), ..line("Own?") }), Refusal::Length, "{max}");
    }
    assert_eq!(refused(Question { help: "x".repeat(601), ..line("Own?") }), Refusal::LongHelp);
    assert_eq!(add(&form, "nowhere", "own_1", &line("Own?")), Err(Refusal::Gone));
}

#[test]
fn a_condition_names_an_earlier_question_and_answers_it_offers() {
    let form = with_two();
    let second = Question::of(form.field("own_2").unwrap());
    let other = |only_if: &str, answer: &str| Question {
        only_if: only_if.to_owned(),
        only_if_answers: vec![answer.to_owned()],
        ..second.clone()
    };
    assert_eq!(put(&form, "own_2", &other("me_why", "x")), Err(Refusal::NoSuchQuestion), "a text decides nothing");
    assert_eq!(put(&form, "own_2", &other("own_2", "no")), Err(Refusal::NoSuchQuestion), "itself");
    assert_eq!(put(&form, "own_2", &other("me_prev", "x")), Err(Refusal::NoSuchQuestion), "a later one");
    assert_eq!(put(&form, "own_2", &other("own_1", "perhaps")), Err(Refusal::NoSuchAnswer));
    assert_eq!(remove(&form, "own_1"), Err(Refusal::DependedOn("How many?".to_owned())));
    assert_eq!(shift(&form, "own_2", true), Err(Refusal::BeforeItsCondition("Do you lead people?".to_owned())));
    let other_answers = Question { options: "often\nnever".to_owned(), ..choice("Do you lead people?") };
    assert_eq!(put(&form, "own_1", &other_answers), Err(Refusal::DependedOn("How many?".to_owned())));
}

// What is not asked is not missing, and what follows from it is not asked either.
#[test]
fn a_question_that_is_not_asked_stands_in_nobodys_way() {
    let third = Question { kind: Some(Kind::Tick), ..line("All of them?") };
    let mut form = add(&with_two(), "work", "own_3", &third).unwrap();
    form.sections.retain(|it| it.key == "work");
    form.sections[0].fields.retain(|it| it.key.starts_with("own_"));
    let missing = |form: &Form, said: Option<&str>| {
        let mut answers = Answers::new();
        if let Some(said) = said {
            answers.set("own_1", said);
        }
        faults(form, &answers).all().iter().map(|it| it.field.clone()).collect::<Vec<_>>()
    };
    assert_eq!(missing(&form, Some("yes, gladly")), ["own_2"]);
    assert!(missing(&form, Some("no")).is_empty() && missing(&form, None).is_empty());
}

#[test]
fn sections_are_named_moved_added_and_taken_away() {
    let form = application();
    let longer = put_section(&form, "new", "One more", "Why not.").unwrap();
    assert_eq!(longer.sections.len(), form.sections.len() + 1);
    let moved = shift_section(&longer, "new", true).unwrap();
    assert_ne!(moved.sections.last().unwrap().key, "new");
    assert_eq!(remove_section(&moved, "new").unwrap(), form);
    assert_eq!(remove_section(&form, "work"), Err(Refusal::NeededWithin));
    assert_eq!(put_section(&form, "work", " ", ""), Err(Refusal::NoTitle));
    assert_eq!(differences(&form, &moved), ["The sections are others, or worded anew."]);
}

#[test]
fn a_version_says_what_it_changes() {
    let form = application();
    let changed = remove(&with_two(), "me_cv").unwrap();
    let lines = differences(&form, &changed);
    let cv = &form.field("me_cv").unwrap().label;
    assert_eq!(lines, ["New: “Do you lead people?”.", "New: “How many?”.", &format!("No longer asked: “{cv}”.")]);
    assert!(differences(&form, &form).is_empty());
}

/// One thing that somebody tries.
#[derive(Clone, Debug)]
enum Step {
    Add(usize, usize, usize, usize),
    Put(usize, usize, usize),
    Remove(usize),
    Shift(usize, bool),
    Section(usize, bool),
    EndSection(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let at = 0..60_usize;
    prop_oneof![
        (at.clone(), at.clone(), at.clone(), at.clone()).prop_map(|(a, b, c, d)| Step::Add(a, b, c, d)),
        (at.clone(), at.clone(), at.clone()).prop_map(|(a, b, c)| Step::Put(a, b, c)),
        at.clone().prop_map(Step::Remove),
        (at.clone(), any::<bool>()).prop_map(|(a, up)| Step::Shift(a, up)),
        (at.clone(), any::<bool>()).prop_map(|(a, up)| Step::Section(a, up)),
        at.prop_map(Step::EndSection),
    ]
}

fn attempt(form: &Form, number: usize, step: &Step) -> Result<Form, Refusal> {
    let keys: Vec<String> = form.fields().map(|it| it.key.clone()).collect();
    let key = |place: usize| keys.get(place % keys.len().max(1)).cloned().unwrap_or_default();
    let section = |place: usize| form.sections[place % form.sections.len()].key.clone();
    let wish = |kind: usize, on: usize, answer: usize| {
        let earlier = form.field(&key(on));
        let answers = earlier.map(Field::answers_to_name).unwrap_or_default();
        Question {
            kind: KINDS.get(kind % KINDS.len()).map(|(kind, ..)| *kind),
            only_if: if on.is_multiple_of(2) { String::new() } else { key(on) },
            only_if_answers: answers.get(answer % answers.len().max(1)).into_iter().cloned().collect(),
            ..choice(&format!("Question {number}"))
        }
    };
    match *step {
        Step::Add(at, kind, on, answer) => add(form, &section(at), &format!("own_{number}"), &wish(kind, on, answer)),
        Step::Put(at, on, answer) => put(form, &key(at), &wish(0, on, answer)),
        Step::Remove(at) => remove(form, &key(at)),
        Step::Shift(at, up) => shift(form, &key(at), up),
        Step::Section(at, up) => shift_section(form, &section(at), up),
        Step::EndSection(at) => remove_section(form, &section(at)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    // Whatever is tried in whatever order: the program keeps what it works with, every
    // condition holds together, no key stands twice, and the form is drawn and checked.
    #[test]
    fn no_way_of_changing_a_form_breaks_it(steps in prop::collection::vec(step(), 1..60)) {
        let first = application();
        let mut form = first.clone();
        for (number, step) in steps.iter().enumerate() {
            if let Ok(changed) = attempt(&form, number, step) {
                form = changed;
            }
        }
        prop_assert_eq!(holds_together(&form, &form), Ok(()));
        for field in first.fields().filter(|it| house::needs(&first.name, &it.key)) {
            let kept = form.field(&field.key);
            prop_assert!(kept.is_some_and(|it| it.kind == field.kind && it.readers == field.readers && it.sealed == field.sealed));
        }
        let mut keys: Vec<&str> = form.fields().map(|it| it.key.as_str()).collect();
        keys.sort_unstable();
        prop_assert!(keys.windows(2).all(|two| two[0] != two[1]));
        let _ = faults(&form, &Answers::new());
        let drawn = crate::draw::fields(&form, &Answers::new(), &shell::Faults::new(), &[]).into_string();
        prop_assert!(form.fields().all(|it| drawn.contains(&it.key)));
        let text = serde_json::to_string(&form).unwrap();
        prop_assert_eq!(serde_json::from_str::<Form>(&text).unwrap(), form);
    }
}
