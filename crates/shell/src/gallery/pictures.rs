use crate::*;
use maud::{Markup, html};

pub(super) fn pictures() -> Markup {
    html! {
        div #charts { (card("The cohort’s calendar", timeline(&calendar()))) }
        (cards(html! {
            (card("From call to duo", funnel(&[
                ("Invited members", "512", 512), ("Applied", "61", 61), ("Admitted", "50", 50), ("In a duo", "25 duos", 50),
            ])))
            (card("Duos by signal", states(&[
                (Tone::Good, "On track", 16), (Tone::Info, "New", 3), (Tone::Warn, "Quiet", 4), (Tone::Bad, "Silent", 1), (Tone::Plain, "Ended", 1),
            ])))
            (card("How duos met", bars("Meetings by way", &[
                ("By video", 118.0, "118 (64%)"), ("In person", 41.0, "41 (22%)"), ("By phone", 22.0, "22 (12%)"), ("By letter and other slow ways", 3.0, "3 (2%)"),
            ])))
        }))
        (card("What mentees said", answers()))
    }
}

fn answers() -> Markup {
    let row = |label: &str, counts: [u32; 5], side: &str| LikertRow {
        label: label.to_owned(),
        counts: counts.to_vec(),
        side: side.to_owned(),
    };
    let levels = ["Not at all", "A little", "Somewhat", "Much", "Very much"];
    likert(
        "Final survey, 23 of 25 answered",
        &levels,
        &[
            row("I reached the goal I set at the start", [0, 2, 4, 10, 7], "mean 4.0"),
            row("My mentor understood my situation", [0, 0, 1, 6, 16], "mean 4.7"),
            row("The orientation helped us to begin", [3, 5, 6, 6, 3], "mean 3.0"),
        ],
    )
}

type Dated = (&'static str, i64, i64, &'static [(i64, &'static str)]);

/// Phases with their first and last day and their steps.
const PHASES: &[Dated] = &[
    (
        "The call",
        5,
        75,
        &[
            (6, "The call is announced"),
            (20, "Applications open"),
            (50, "A reminder to all members"),
            (74, "Applications close"),
        ],
    ),
    (
        "Matching",
        76,
        130,
        &[
            (80, "Admitted mentees are told"),
            (84, "The mentors’ directory opens"),
            (105, "Last day for requests"),
            (118, "The committee proposes pairs"),
            (129, "All duos are known"),
        ],
    ),
    (
        "Launch",
        131,
        160,
        &[(138, "Orientation at the annual meeting"), (145, "Orientation by video"), (158, "Agreements are signed")],
    ),
    (
        "Ten months together",
        161,
        460,
        &[
            (170, "First check-in"),
            (215, "Second check-in"),
            (262, "Third check-in"),
            (300, "Mid-way survey opens"),
            (318, "Mid-way survey closes"),
            (322, "Interim report to the Board"),
            (350, "Fourth check-in"),
            (395, "Fifth check-in"),
            (440, "Sixth check-in"),
        ],
    ),
    (
        "Looking back",
        461,
        490,
        &[(462, "Final survey opens"), (476, "A last reminder"), (484, "Final survey closes"), (488, "Certificates")],
    ),
    (
        "After",
        491,
        510,
        &[
            (494, "Final report to the Board"),
            (500, "Follow-up session at the annual meeting"),
            (509, "The cohort closes"),
        ],
    ),
];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const TODAY: i64 = 262;

fn calendar() -> TimelineData {
    TimelineData {
        title: "Cohort 2026–27".to_owned(),
        first: 0,
        last: 510,
        today: Some(TODAY),
        today_words: format!("Today, {}", date(TODAY)),
        months: (0..17).map(|month| (month * 30, month_words(month))).collect(),
        phases: PHASES.iter().map(phase).collect(),
    }
}

fn phase((words, first, last, steps): &Dated) -> Phase {
    let step = |(day, words): &(i64, &str)| TimelineStep {
        day: *day,
        date: date(*day),
        words: (*words).to_owned(),
        done: *day < TODAY,
        href: None,
    };
    Phase { words: (*words).to_owned(), first: *first, last: *last, steps: steps.iter().map(step).collect() }
}

fn month_words(month: i64) -> String {
    match month % 12 {
        0 => format!("Jan {}", 2026 + month / 12),
        _ => month_name(month).to_owned(),
    }
}

/// Months of thirty days are near enough for a picture.
fn date(day: i64) -> String {
    let month = day / 30;
    format!("{} {} {}", day % 30 + 1, month_name(month), 2026 + month / 12)
}

fn month_name(month: i64) -> &'static str {
    usize::try_from(month % 12).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"")
}
