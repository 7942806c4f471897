//! Who applied, who was paired, who met, who stayed.

use super::{bars, decimal, measures, read_out};
use crate::{
    facts::{Facts, Stage},
    model::{Bar, Block, Figure},
    rules::counts::Count,
};

pub fn participation(facts: &Facts) -> Vec<Block> {
    let people = &facts.people;
    let mut items = vec![
        Figure::new(people.applied.words(), "mentees applied"),
        Figure::new(facts.places.to_string(), "places"),
        Figure::new(people.placed.words(), "had a place at some time"),
        Figure::new(people.duos.words(), "duos formed"),
        Figure::new(people.mentors.words(), "mentors"),
    ];
    if people.waiting.number().is_some_and(|number| number > 0) {
        items.push(Figure::new(people.waiting.words(), "on the waiting list"));
    }
    vec![Block::Figures { items }, Block::sentences(in_words(facts))]
}

fn in_words(facts: &Facts) -> String {
    let people = &facts.people;
    let mut sentences = vec![format!(
        "Cohort {} has {} places; {} mentees and {} mentors came forward.",
        facts.cohort,
        facts.places,
        people.applied.words(),
        people.mentors.words()
    )];
    if let (Some(mentors), true) = (people.mentors.number(), facts.places > 0) {
        sentences.push(format!("That is {} mentors to a place.", decimal(mentors as f64 / facts.places as f64)));
    }
    match people.duos {
        Count::Few => {}
        duos => sentences.push(format!("{} duos were formed.", duos.words())),
    }
    if let Some(finished) = &facts.endings.finished {
        sentences.push(format!("Of the duos, {} stayed to the end.", finished.words()));
    }
    sentences.join(" ")
}

pub fn funnel(facts: &Facts) -> Vec<Block> {
    let bar = |(stage, count): (&Stage, Count)| Bar {
        label: stage.label.clone(),
        value: count.middle(),
        words: count.words(),
    };
    let come: Vec<Bar> = facts.stages.iter().filter_map(|it| Some((it, it.count?))).map(bar).collect();
    if come.is_empty() {
        return vec![Block::note("The call has not begun, so there is nobody to count yet.")];
    }
    let mut blocks = vec![Block::Funnel {
        caption: "Mentees on their way through the year".to_owned(),
        alt: read_out(&come),
        bars: come,
    }];
    let later: Vec<&str> = facts.stages.iter().filter(|it| it.count.is_none()).map(|it| it.label.as_str()).collect();
    if !later.is_empty() {
        blocks.push(Block::note(format!("Still to come: {}.", later.join(", ").to_lowercase())));
    }
    blocks
}

pub fn startup(facts: &Facts) -> Vec<Block> {
    if facts.startup.is_empty() {
        return vec![Block::note("The session has not begun, so nobody has started yet.")];
    }
    vec![measures("How the duos began", &facts.startup)]
}

pub fn contact(facts: &Facts) -> Vec<Block> {
    let mut blocks = Vec::new();
    if facts.states.iter().any(|it| it.count != Count::Hidden) {
        let drawn: Vec<Bar> = bars(&facts.states).into_iter().filter(|it| it.words != Count::Hidden.words()).collect();
        blocks.push(Block::Bars { caption: "Duos by signal".to_owned(), alt: read_out(&drawn), bars: drawn });
        if facts.states.iter().any(|it| it.count == Count::Hidden) {
            blocks.push(Block::note("The other signals stand for groups too small to be shown."));
        }
    }
    let Some(meetings) = &facts.meetings else {
        blocks.push(Block::note("Too few duos have met so far to speak of their meetings."));
        return blocks;
    };
    blocks.push(Block::sentences(format!(
        "Duos report {} meetings, {} for each duo on average and {} hours together.",
        meetings.number,
        decimal(meetings.per_duo),
        meetings.hours
    )));
    if !meetings.by_month.is_empty() {
        let drawn = bars(&meetings.by_month);
        blocks.push(Block::Bars { caption: "Meetings by month".to_owned(), alt: read_out(&drawn), bars: drawn });
    }
    blocks
}

pub fn checkins(facts: &Facts) -> Vec<Block> {
    let mut blocks = answered(facts);
    if let Some(concerns) = facts.concerns {
        blocks.push(Block::note(format!("Concerns told in confidence: {}.", concerns.words())));
    }
    blocks
}

fn answered(facts: &Facts) -> Vec<Block> {
    if facts.checkins.is_empty() {
        return vec![Block::note("No check-in has been sent yet.")];
    }
    let many = |it: &&crate::facts::Measure| it.part != Count::Few;
    let Some(first) = facts.checkins.iter().find(many) else {
        return vec![Block::note("Too few people have answered a check-in to show how many.")];
    };
    let drawn: Vec<Bar> = facts
        .checkins
        .iter()
        .map(|it| Bar { label: it.label.clone(), value: it.part.middle(), words: it.part.words() })
        .collect();
    let caption = format!("Answers to the check-ins, of {} people in duos", first.of.words());
    vec![Block::Bars { caption, alt: read_out(&drawn), bars: drawn }]
}

pub fn endings(facts: &Facts) -> Vec<Block> {
    let it = &facts.endings;
    let mut blocks = Vec::new();
    if let Some(finished) = &it.finished {
        blocks.push(measures("Staying to the end", std::slice::from_ref(finished)));
    }
    let words = match it.ended {
        Count::Number(0) => "No duo ended early.".to_owned(),
        Count::Number(number) => format!("{number} duos ended early."),
        Count::Hidden => String::new(),
        few => format!("Ended early: {}.", few.words()),
    };
    let again = match it.again {
        Count::Number(number) if number > 0 => format!(" {number} mentees found a new partner."),
        _ => String::new(),
    };
    if !words.is_empty() {
        blocks.push(Block::sentences(words + &again));
    }
    if !it.reasons.is_empty() {
        let drawn = bars(&it.reasons);
        blocks.push(Block::Bars {
            caption: "Why duos ended, as they said".to_owned(),
            alt: read_out(&drawn),
            bars: drawn,
        });
    }
    blocks
}

/// Two people for each hour of a meeting.
pub fn hours(facts: &Facts) -> Vec<Block> {
    let Some(meetings) = &facts.meetings else {
        return vec![Block::note("Too few meetings have been reported to add up their hours.")];
    };
    let mut items = vec![
        Figure::new(meetings.hours.to_string(), "hours of mentors in meetings"),
        Figure::new((meetings.hours * 2).to_string(), "hours of both"),
    ];
    if let Some(duos) = facts.people.duos.number().filter(|it| *it > 0) {
        items.push(Figure::new(decimal(meetings.hours as f64 / duos as f64), "hours to a duo"));
    }
    vec![
        Block::Figures { items },
        Block::note("Preparation, letters and the hours of liaisons and office are not in these figures."),
    ]
}
