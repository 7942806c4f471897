//! A believable year, for tests and for looking at what is drawn from it.

use jiff::civil::date;

use crate::{
    facts::{Before, Change, Facts, Goals, Headline, Item, Kind, Measure, Recommendation, Standard, Survey, Target},
    figures::{Figures, Reached, States},
    rules::{
        counts::{Count, Share, nested, part},
        disclose::{self, tenths},
        targets::verdict,
    },
    texts,
};

pub fn facts(kind: Kind) -> Facts {
    disclose::facts(&figures(kind))
}

pub fn figures(kind: Kind) -> Figures {
    let is_final = kind == Kind::Final;
    Figures {
        reached: Reached {
            call: true,
            matching: true,
            orientation: true,
            midway: true,
            end: is_final,
            alumni: is_final,
        },
        nominated: 9,
        applied: 41,
        eligible: 36,
        placed: 25,
        taken: 25,
        waiting: 8,
        mentors: 31,
        duos: 25,
        ended: 3,
        again: 1,
        mentees_oriented: 22,
        mentees_met: 25,
        mentees_midway: 19,
        mentees_alumni: 14,
        people: 50,
        people_oriented: 44,
        people_lessons: 39,
        agreements: 23,
        first_contacts: 20,
        goals_set: 19,
        states: States { on_track: 15, too_early: 0, needs_a_word: 6, silent: 2 },
        meetings: if is_final { 184 } else { 97 },
        minutes: if is_final { 11_220 } else { 5_870 },
        by_month: months(if is_final { 10 } else { 6 }),
        checkins: checkins(if is_final { 6 } else { 4 }),
        concerns: 2,
        surveys: surveys(kind),
        goals: if is_final { goals() } else { Vec::new() },
        changes: if is_final { changes() } else { Vec::new() },
        standards: if is_final { standards() } else { Vec::new() },
        before: is_final.then(before),
        ..empty(kind)
    }
}

/// A cohort in which nothing has happened yet.
pub fn empty(kind: Kind) -> Figures {
    Figures {
        association: "Library Association".to_owned(),
        program: "Formal Mentoring".to_owned(),
        cohort: "2026–27".to_owned(),
        kind,
        begins: date(2026, 6, 27),
        ends: date(2027, 4, 30),
        places: 25,
        targets: texts::targets(),
        reached: Reached::default(),
        nominated: 0,
        applied: 0,
        eligible: 0,
        placed: 0,
        taken: 0,
        waiting: 0,
        mentors: 0,
        duos: 0,
        ended: 0,
        again: 0,
        mentees_oriented: 0,
        mentees_met: 0,
        mentees_midway: 0,
        mentees_alumni: 0,
        people: 0,
        people_oriented: 0,
        people_lessons: 0,
        agreements: 0,
        first_contacts: 0,
        goals_set: 0,
        states: States::default(),
        meetings: 0,
        minutes: 0,
        by_month: Vec::new(),
        checkins: Vec::new(),
        concerns: 0,
        reasons: Vec::new(),
        surveys: Vec::new(),
        goals: Vec::new(),
        changes: Vec::new(),
        standards: Vec::new(),
        before: None,
    }
}

fn months(number: usize) -> Vec<(String, u64)> {
    let all = [
        ("Jul", 21),
        ("Aug", 14),
        ("Sep", 20),
        ("Oct", 19),
        ("Nov", 17),
        ("Dec", 6),
        ("Jan", 22),
        ("Feb", 24),
        ("Mar", 23),
        ("Apr", 18),
    ];
    all.into_iter().take(number).map(|(month, meetings)| (month.to_owned(), meetings)).collect()
}

fn checkins(number: usize) -> Vec<(String, u64)> {
    let all = [
        ("First contact", 48),
        ("Settling in", 45),
        ("A quarter of the way", 41),
        ("Half-way", 39),
        ("New year", 36),
        ("Closing", 34),
    ];
    all.into_iter().take(number).map(|(title, answered)| (title.to_owned(), answered)).collect()
}

fn surveys(kind: Kind) -> Vec<Survey> {
    let items = [
        ("s1", "We agreed on clear goals", 4.2, 3.8, 4.6),
        ("s3", "My mentor gives feedback I can use", 4.5, 4.2, 4.8),
        ("s6", "I can speak openly", 4.6, 4.3, 4.9),
        ("f1", "The match suits my goals", 4.0, 3.5, 4.4),
        ("p1", "The lessons were useful", 3.4, 3.0, 3.9),
    ];
    let item = |(key, label, mean, low, high): (&str, &str, f64, f64, f64)| Item {
        key: key.to_owned(),
        label: label.to_owned(),
        n: Count::Number(19),
        mean,
        low: Some(low),
        high: Some(high),
        agree: Share::of(if mean > 4.0 { 17 } else { 12 }, 19),
    };
    let score = |n, score, low, high| Some(Recommendation { n, score, low: Some(low), high: Some(high) });
    vec![
        survey("mentees", 19, kind, items.map(item).to_vec(), score(Count::Number(19), 47.0, 18.0, 77.0)),
        survey("mentors", 16, kind, items.map(item)[..3].to_vec(), score(Count::Number(16), 56.0, 26.0, 86.0)),
    ]
}

fn survey(role: &str, answered: u64, kind: Kind, items: Vec<Item>, recommendation: Option<Recommendation>) -> Survey {
    let invited = 23;
    let found = nested(&[25, answered, invited], &[0, 1, 2]);
    let targets = texts::targets();
    let percent = if kind == Kind::Final { targets.final_response_percent } else { targets.midway_response_percent };
    let target = Target { percent, verdict: verdict(found[1], found[2], (answered, invited), percent) };
    Survey {
        role: role.to_owned(),
        response: Measure {
            key: format!("response_{role}"),
            label: format!("Answers of {role}"),
            part: found[1],
            of: found[2],
            target: Some(target),
        },
        band: Some("good".to_owned()),
        refusal: None,
        items,
        recommendation,
    }
}

fn goals() -> Vec<Goals> {
    let side = |role: &str, n: u64, reached: u64, score: f64| Goals {
        role: role.to_owned(),
        n: part(n, 25),
        reached: Share::of(reached, n * 2),
        score: Some(score),
    };
    vec![side("mentees", 19, 27, 54.6), side("mentors", 16, 25, 56.3)]
}

fn changes() -> Vec<Change> {
    let change = |title: &str, role: &str, n: u64, before: f64, today: f64| Change {
        title: title.to_owned(),
        role: role.to_owned(),
        n: part(n, 25),
        before,
        today,
        change: tenths(today - before),
        low: Some(tenths(today - before - 0.3)),
        high: Some(tenths(today - before + 0.3)),
    };
    vec![
        change("Confidence of mentees", "mentees", 18, 2.8, 3.9),
        change("Mentoring skills of mentors", "mentors", 15, 3.4, 3.9),
    ]
}

fn standards() -> Vec<Standard> {
    let standard = |(at, it): (usize, &texts::StandardText)| Standard {
        id: it.id.clone(),
        requirement: it.requirement.clone(),
        evidence: it.evidence.clone(),
        is_there: at % 4 != 3,
    };
    texts::standards().iter().enumerate().map(standard).collect()
}

fn before() -> Before {
    let line = |key: &str, words: &str| Headline { key: key.to_owned(), label: String::new(), words: words.to_owned() };
    Before {
        cohort: "2025–26".to_owned(),
        headlines: vec![
            line("applied", "33"),
            line("places", "25"),
            line("mentors", "27"),
            line("duos", "22"),
            line("agreement", "all 22"),
            line("completion", "18–21 of 22"),
            line("recommendation_mentees", "+38"),
        ],
    }
}
