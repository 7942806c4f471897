//! `/mentors`: the directory. Searched and filtered by links alone, shuffled for each
//! reader and day, without contact data. PRF2, PRF4, PRF5.

use jiff::tz::TimeZone;
use platform::prelude::*;
use policy::Role;
use program::{long_day, preset};
use shell::{Choice, Input, Tone};

use crate::{
    apart,
    listing::{self, Card, ON_A_PAGE, Reader, Wanted},
    rules::WAITING_AT_MOST,
    search::Order,
    who,
    window::{self, Window},
};

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let (window, reader) = reader(tx, visit)?;
    let Some(window) = window else { return closed(tx, None) };
    let is_committee = who::is_committee(visit, window.cohort);
    if reader.is_none() && !is_committee {
        return Err(Failure::NotFound);
    }
    if !is_committee && !window.is_open(tx.now()) {
        return closed(tx, Some(&window));
    }
    let wanted = wanted(visit);
    let day = tx.now().to_zoned(TimeZone::UTC).date();
    let order = Order::of(visit.person()?, day);
    let cards = listing::cards(tx, window.cohort, reader.as_ref(), order, &wanted)?;
    Ok(Reply::wide("Mentors", page(&wanted, &cards, reader.is_some())))
}

/// The directory that a reader may see, and the reader where that is a mentee.
fn reader(tx: &mut Tx, visit: &Visit) -> Result<(Option<Window>, Option<Reader>), Failure> {
    let cohorts = who::cohorts_of(visit, Role::Mentee);
    if !cohorts.is_empty() {
        let mentee = visit.person()?;
        let Some((window, sealed)) = window::newest(tx, &cohorts, mentee)? else { return Ok((None, None)) };
        let apart = apart::opened(tx, window.cohort, mentee, sealed.as_deref())?;
        return Ok((Some(window), Some(Reader { mentee, apart })));
    }
    let window = match program::current(tx)? {
        Some(cohort) => window::newest(tx, &[cohort.id], Id::default())?.map(|(window, _)| window),
        None => None,
    };
    Ok((window, None))
}

fn wanted(visit: &Visit) -> Wanted {
    let query = &visit.query;
    Wanted {
        words: query.text("q").chars().take(100).collect(),
        topic: query.text("topic").to_owned(),
        organisation: query.text("organisation").to_owned(),
        channel: query.text("channel").to_owned(),
        free: query.ticked("free"),
        shortlist: query.ticked("shortlist"),
        page: query.number("page").unwrap_or(1).clamp(1, 1000),
    }
}

fn page(wanted: &Wanted, cards: &[Card], is_mentee: bool) -> Markup {
    let total = cards.first().map_or(0, |card| card.total);
    html! {
        (shell::page_head_with(
            "Mentors",
            "Read, keep a few in mind, and ask one. The order is shuffled for you each day.",
            html! { @if is_mentee { (shell::link_quiet("/wishes", "My list")) } },
        ))
        (shell::filters("/mentors", fields(wanted, is_mentee), html! {
            @if total == 0 {
                (shell::empty_state(
                    "Nobody found",
                    "Try fewer words, or take a filter away.",
                    Some(("/mentors", "Show all mentors")),
                ))
            } @else {
                p.count role="status" { (total) @if total == 1 { " mentor" } @else { " mentors" } }
                (shell::people(html! { @for card in cards { (draw(card)) } }))
                (pager(wanted, total))
            }
        }))
        (shell::readers_line("Profiles are for mentees with a place and for the committee. Please keep them to yourself."))
    }
}

fn draw(card: &Card) -> Markup {
    let href = format!("/mentors/{}", card.person);
    let topics: Vec<&str> = card.topics.lines().collect();
    let place = match (card.employer_shown.as_str(), card.region.as_str()) {
        (employer, "") => employer.to_owned(),
        ("", region) => region.to_owned(),
        (employer, region) => format!("{employer}, {region}"),
    };
    shell::person_card(&shell::Person {
        name: &card.name,
        role: &card.role,
        place: &place,
        words: &card.words,
        topics: &topics,
        badge: badge(&card.state, card.waiting),
        href: &href,
        aside: html! { @if let Some(days) = card.answer_days { span.hint { (typical_words(days)) } } },
    })
}

/// What a reader must know before asking; nothing for a mentor who is free.
pub(crate) fn badge(state: &str, waiting: i64) -> Option<(Tone, &'static str)> {
    match state {
        "taken" => Some((Tone::Plain, "Has found a mentee")),
        "paused" => Some((Tone::Plain, "Takes a pause")),
        _ if waiting >= WAITING_AT_MOST => Some((Tone::Info, "Full for now: others are waiting")),
        _ => None,
    }
}

pub(crate) fn typical_words(days: i64) -> String {
    match days {
        0 => "Usually answers the same day".to_owned(),
        1 => "Usually answers within a day".to_owned(),
        days => format!("Usually answers within {days} days"),
    }
}

fn fields(wanted: &Wanted, is_mentee: bool) -> Markup {
    let tick = |on: bool| if on { "yes" } else { "" };
    html! {
        (shell::text_field(&Input::new("q", "Words").kind("search").value(&wanted.words).hint("A name, a topic, a place …")))
        (shell::select_field(&Input::new("topic", "Topic").value(&wanted.topic).unmarked(), &options("topics", "Any topic")))
        (shell::select_field(&Input::new("organisation", "Kind of organisation").value(&wanted.organisation).unmarked(), &options("organisations", "Any kind")))
        (shell::select_field(&Input::new("channel", "Way to meet").value(&wanted.channel).unmarked(), &options("channels", "Any way")))
        (shell::tick_field(&Input::new("free", "Only who can be asked now").value(tick(wanted.free)).unmarked()))
        @if is_mentee {
            (shell::tick_field(&Input::new("shortlist", "Only my shortlist").value(tick(wanted.shortlist)).unmarked()))
        }
    }
}

fn options(list: &str, any: &str) -> Vec<Choice> {
    let all = std::iter::once(Choice::new("", any));
    all.chain(preset::list(list).iter().map(|word| Choice::new(word, word))).collect()
}

fn pager(wanted: &Wanted, total: i64) -> Markup {
    let pages = usize::try_from((total + ON_A_PAGE - 1) / ON_A_PAGE).unwrap_or(1);
    shell::pager(usize::try_from(wanted.page).unwrap_or(1), pages, |page| link(wanted, page))
}

/// The address of a page of this search: it can be kept, sent and gone back to.
fn link(wanted: &Wanted, page: usize) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    let texts = [
        ("q", &wanted.words),
        ("topic", &wanted.topic),
        ("organisation", &wanted.organisation),
        ("channel", &wanted.channel),
    ];
    for (name, value) in texts.into_iter().filter(|(_, value)| !value.is_empty()) {
        pairs.append_pair(name, value);
    }
    for (name, _) in [("free", wanted.free), ("shortlist", wanted.shortlist)].iter().filter(|(_, on)| *on) {
        pairs.append_pair(name, "yes");
    }
    format!("/mentors?{}", pairs.append_pair("page", &page.to_string()).finish())
}

fn closed(tx: &mut Tx, window: Option<&Window>) -> Answer {
    let words = match window {
        Some(window) if tx.now() < window.opens_at => {
            let cohort = program::the_cohort(tx, window.cohort)?;
            let day = program::calendar::of(tx, &cohort)?.day("directory_opens");
            format!("The directory opens on {}. We write to you that morning.", long_day(day))
        }
        Some(_) => "The time for choosing is over. A request that is open runs out; where nobody is found, the committee looks for somebody who fits and writes to you.".to_owned(),
        None => "There is no cohort whose directory could be open.".to_owned(),
    };
    let body = html! {
        (shell::page_head("Mentors", ""))
        (shell::empty_state("The directory is closed", &words, Some(("/", "Go to the start"))))
    };
    Ok(Reply::page("Mentors", body))
}

#[cfg(test)]
mod tests {
    use super::*;

    // PRF4: every state of the directory is a link.
    #[test]
    fn a_page_of_a_search_is_an_address() {
        let wanted = Wanted { words: "café & more".to_owned(), free: true, ..Wanted::default() };
        assert_eq!(link(&wanted, 2), "/mentors?q=caf%C3%A9+%26+more&free=yes&page=2");
    }

    // PRF5
    #[test]
    fn who_cannot_be_asked_says_so_in_words() {
        assert_eq!(badge("shown", 2), None);
        assert!(badge("shown", 3).is_some_and(|it| it.1.starts_with("Full")));
        assert!(badge("taken", 0).is_some_and(|it| it.1.contains("found")));
    }

    #[test]
    fn a_card_escapes_what_a_mentor_wrote() {
        let text = || "<b>x</b>".to_owned();
        let card = Card {
            person: Id::from(7),
            name: text(),
            role: text(),
            employer_shown: text(),
            region: text(),
            words: text(),
            topics: text(),
            state: "shown".to_owned(),
            waiting: 0,
            answer_days: Some(2),
            total: 1,
        };
        assert!(!draw(&card).into_string().contains("<b>"));
    }
}
