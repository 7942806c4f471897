//! `/mentors`: the directory. Searched and filtered by links alone, shuffled for each
//! reader and day, without contact data. PRF2, PRF4, PRF5.

use jiff::tz::TimeZone;
use platform::prelude::*;
use policy::{Condition, Facts, Role, Scope, of};
use program::{long_day, preset};
use shell::{Choice, Input, Tone};

use crate::{
    apart,
    listing::{self, Card, Listing, ON_A_PAGE, Wanted},
    search::{Found, Order},
    who,
    window::{self, Newest, Window},
};

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohorts = who::cohorts_of(visit, Role::Mentee);
    let is_mentee = !cohorts.is_empty();
    let Some(newest) = newest(tx, visit, &cohorts)? else { return closed(tx, None) };
    let window = &newest.window;
    let is_committee = who::is_committee(visit, window.cohort);
    if !is_mentee && !is_committee {
        return Err(Failure::NotFound);
    }
    if !is_committee && !window.is_open(tx.now()) {
        return closed(tx, Some(window));
    }
    let scope = scope(tx, visit, window)?;
    let apart = match is_mentee {
        true => apart::opened(tx, window.cohort, visit.person()?, newest.apart.as_deref())?,
        // From whom somebody on the committee steps aside, of those they find no profile either.
        false => membership::keeps_out_of(tx, visit.person()?)?,
    };
    let wanted = wanted(visit, is_mentee);
    let day = tx.now().to_zoned(TimeZone::UTC).date();
    let order = Order::of(visit.person()?, day);
    let listing = listing::listing(tx, &scope, &newest, &apart, order, &wanted)?;
    let slots = if newest.terms.mentees_each > 1 { Some(duos::slots(tx, window.cohort)?) } else { None };
    Ok(Reply::wide("Mentors", page(&wanted, &listing, (newest.terms.waiting, slots.as_ref()), is_mentee)))
}

/// Whose profiles the reader may read: mentees those of their own cohort, while it is open.
fn scope(tx: &Tx, visit: &Visit, window: &Window) -> Result<Scope<of::ProfileMentor>, Failure> {
    let is_open = window.is_open(tx.now());
    visit.scope(&Facts::in_cohort(window.cohort.number()).when(is_open, Condition::DirectoryIsOpen))
}

/// The directory that a reader may see: of their own cohort, or else the current one.
fn newest(tx: &mut Tx, visit: &Visit, cohorts: &[Id]) -> Result<Option<Newest>, Failure> {
    if !cohorts.is_empty() {
        return window::newest(tx, cohorts, visit.person()?);
    }
    match program::current(tx)? {
        Some(cohort) => window::newest(tx, &[cohort.id], Id::default()),
        None => Ok(None),
    }
}

fn wanted(visit: &Visit, is_mentee: bool) -> Wanted {
    let query = &visit.query;
    Wanted {
        words: query.text("q").chars().take(100).collect(),
        topic: query.text("topic").to_owned(),
        organisation: query.text("organisation").to_owned(),
        channel: query.text("channel").to_owned(),
        zone: query.text("zone").to_owned(),
        free: query.ticked("free"),
        shortlist: is_mentee && query.ticked("shortlist"),
        page: usize::try_from(query.number("page").unwrap_or(1).clamp(1, 10_000)).unwrap_or(1),
    }
}

/// What decides about a card beside the mentor: how many may wait, and the slots where a mentor
/// may have more than one.
type Known<'a> = (i64, Option<&'a duos::Slots>);

fn page(wanted: &Wanted, listing: &Listing, known: Known, is_mentee: bool) -> Markup {
    let Listing { cards, found } = listing;
    html! {
        (shell::page_head_with(
            "Mentors",
            "Read, keep a few in mind, and ask one. The order is shuffled for you each day.",
            html! { @if is_mentee { (shell::link_quiet("/wishes", "My list")) } },
        ))
        (shell::filters("/mentors", fields(wanted, found, is_mentee), html! {
            @if found.total == 0 {
                (shell::empty_state(
                    "Nobody found",
                    "Try fewer words, or take a filter away.",
                    Some(("/mentors", "Show all mentors")),
                ))
            } @else {
                p.count role="status" { (found.total) @if found.total == 1 { " mentor" } @else { " mentors" } }
                (how_words_were_read(found))
                (shell::people(html! { @for card in cards { (draw(card, known)) } }))
                (pager(wanted, found.total))
            }
        }))
        @let reader = if is_mentee { policy::Column::Mentee } else { policy::Column::Council };
        (shell::readers_line(&policy::who_can_read_as(policy::Record::ProfileMentor, reader)))
        p.hint { "Please keep what you read here to yourself." }
    }
}

/// Where something else was looked for than what was typed, or not all of it.
fn how_words_were_read(found: &Found) -> Markup {
    let quoted = |words: &[String]| words.iter().map(|it| format!("“{it}”")).collect::<Vec<_>>().join(", ");
    html! {
        @for (typed, near) in &found.near {
            p.hint { "Nobody wrote “" (typed) "”. Shown instead: " (quoted(near)) "." }
        }
        @if found.has_most { p.hint { "Nobody wrote all of these words. Shown is who wrote most of them." } }
    }
}

fn draw(card: &Card, (waiting_at_most, slots): Known) -> Markup {
    let room = slots.and_then(|it| room_words(it.room(card.person)));
    let badge = badge(&card.state, card.waiting, waiting_at_most, room);
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
        badge: badge.as_ref().map(|(tone, words)| (*tone, words.as_str())),
        href: &href,
        aside: html! { @if let Some(days) = card.answer_days { span.hint { (typical_words(days)) } } },
    })
}

/// How many mentees a mentor has room for, where that is not one and the first.
pub(crate) fn room_words(room: duos::Room) -> Option<String> {
    match (room.held, room.left) {
        (_, 0) | (0, 1) => None,
        (0, left) => Some(format!("Room for {left} mentees")),
        (_, left) => Some(format!("Room for {left} more")),
    }
}

/// What a reader must know before asking; nothing for a mentor who is free. PRF5.
pub(crate) fn badge(state: &str, waiting: i64, waiting_at_most: i64, room: Option<String>) -> Option<(Tone, String)> {
    match state {
        "taken" => Some((Tone::Plain, "Has found a mentee".to_owned())),
        "paused" => Some((Tone::Plain, "Takes a pause".to_owned())),
        _ if waiting >= waiting_at_most => Some((Tone::Info, format!("Full for now: {waiting} waiting"))),
        _ => room.map(|it| (Tone::Good, it)),
    }
}

pub(crate) fn typical_words(days: i64) -> String {
    match days {
        0 => "Usually answers the same day".to_owned(),
        1 => "Usually answers within a day".to_owned(),
        days => format!("Usually answers within {days} days"),
    }
}

fn fields(wanted: &Wanted, found: &Found, is_mentee: bool) -> Markup {
    let tick = |on: bool| if on { "yes" } else { "" };
    let select = |name: &'static str, label: &'static str, value: &str, choices: &[Choice]| {
        shell::select_field(&Input::new(name, label).value(value).unmarked(), choices)
    };
    let free = format!("Only who can be asked now ({})", found.free);
    let short = format!("Only my shortlist ({})", found.short);
    html! {
        (shell::text_field(&Input::new("q", "Words").kind("search").value(&wanted.words).hint("A name, a topic, a place …")))
        (select("topic", "Topic", &wanted.topic, &choices("topics", "Any topic", found, 0)))
        (select("organisation", "Kind of organisation", &wanted.organisation, &choices("organisations", "Any kind", found, 1)))
        (select("channel", "Way to meet", &wanted.channel, &choices("channels", "Any way", found, 2)))
        (select("zone", "Time zone", &wanted.zone, &zones(found)))
        (shell::tick_field(&Input::new("free", &free).value(tick(wanted.free)).unmarked()))
        @if is_mentee {
            (shell::tick_field(&Input::new("shortlist", &short).value(tick(wanted.shortlist)).unmarked()))
        }
    }
}

/// The program's list, and what else people of this cohort gave; each with how many it would
/// give, the other choices kept.
fn choices(list: &str, any: &str, found: &Found, facet: usize) -> Vec<Choice> {
    let counts = &found.counts[facet];
    let count = |word: &str| counts.iter().find(|(it, _)| it == word).map_or(0, |(_, many)| *many);
    let choice = |word: &str, many: usize| Choice::new(word, format!("{word} ({many})"));
    let known = preset::list(list);
    let others = counts.iter().filter(|(word, _)| !known.contains(word));
    std::iter::once(Choice::new("", format!("{any} ({})", found.any[facet])))
        .chain(known.iter().map(|word| choice(word, count(word))))
        .chain(others.map(|(word, many)| choice(word, *many)))
        .collect()
}

/// The time zones that mentors of this cohort live in, by name.
fn zones(found: &Found) -> Vec<Choice> {
    const ZONES: usize = 3;
    let mut named: Vec<(String, &str, usize)> =
        found.counts[ZONES].iter().map(|(zone, many)| (forms::zone_words(zone), zone.as_str(), *many)).collect();
    named.sort();
    std::iter::once(Choice::new("", format!("Any time zone ({})", found.any[ZONES])))
        .chain(named.iter().map(|(words, zone, many)| Choice::new(*zone, format!("{words} ({many})"))))
        .collect()
}

fn pager(wanted: &Wanted, total: usize) -> Markup {
    shell::pager(wanted.page, total.div_ceil(ON_A_PAGE), |page| link(wanted, page))
}

/// The address of a page of this search: it can be kept, sent and gone back to.
fn link(wanted: &Wanted, page: usize) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    let texts = [
        ("q", &wanted.words),
        ("topic", &wanted.topic),
        ("organisation", &wanted.organisation),
        ("channel", &wanted.channel),
        ("zone", &wanted.zone),
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
            let calendar = program::calendar::of(tx, &cohort)?;
            if calendar.has_begun("directory_opens", tx.now()) {
                return closed_because("It opens as soon as enough mentors have joined. We write to you that day.");
            }
            let day = calendar.day("directory_opens");
            format!("The directory opens on {}. We write to you that morning.", long_day(day))
        }
        Some(_) => "The time for choosing is over. A request that is open runs out; where nobody is found, the committee looks for somebody who fits and writes to you.".to_owned(),
        None => "There is no cohort whose directory could be open.".to_owned(),
    };
    closed_because(&words)
}

fn closed_because(words: &str) -> Answer {
    let body = html! {
        (shell::page_head("Mentors", ""))
        (shell::empty_state("The directory is closed", words, Some(("/", "Go to the start"))))
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
        assert_eq!(badge("shown", 2, 3, None), None);
        let room = || Some("Room for 1 more".to_owned());
        assert!(badge("shown", 2, 3, room()).is_some_and(|it| it.1 == "Room for 1 more"));
        assert!(badge("shown", 3, 3, room()).is_some_and(|it| it.1.starts_with("Full for now")));
        assert!(badge("shown", 3, 3, None).is_some_and(|it| it.1 == "Full for now: 3 waiting"));
        assert_eq!(badge("shown", 3, 4, None), None, "the committee lets four wait");
        assert!(badge("taken", 0, 3, None).is_some_and(|it| it.1.contains("found")));
    }

    #[test]
    fn a_listing_escapes_what_people_typed() {
        let typed = "<b>x</b>".to_owned();
        let found = Found {
            total: 1,
            near: vec![(typed.clone(), vec![typed.clone()])],
            counts: [vec![(typed.clone(), 1)], Vec::new(), Vec::new(), Vec::new()],
            ..Found::default()
        };
        let wanted = Wanted { words: typed.clone(), topic: typed, ..Wanted::default() };
        let page = page(&wanted, &Listing { cards: Vec::new(), found }, (3, None), true).into_string();
        assert!(page.contains("Shown instead") && !page.contains("<b>"), "{page}");
    }
}
