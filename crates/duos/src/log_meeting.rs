//! Log a meeting in ten seconds: a day, a way, a length. Either of the two may correct or
//! remove it; what it was before stays readable to both. MTG2, MTG5.

use jiff::civil::Date;
use platform::prelude::*;
use policy::{Grant, Opens, of};
use program::{Calendar, calendar, preset};
use shell::{Column, Faults, Input, Style};

use crate::{
    access,
    duos::{self, Duo},
    meetings::{self, Logged, Meeting, Writes},
    rules::{self, MeetingFacts},
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs(tx, visit)?;
    let typed = Typed::to_begin(tx, visit, &access::of_duo(visit, &duo)?, &duo)?;
    Ok(Reply::page(TITLE, list_page(tx, visit, &duo, &typed, &Faults::new())?))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs_to_change(tx, visit)?;
    let proof = access::of_duo(visit, &duo)?;
    let typed = Typed::read(visit);
    let faults = faults(tx, visit, &proof, &duo, &typed, None)?;
    let Some(new) = typed.logged().filter(|_| faults.is_empty()) else {
        return Err(Failure::refused(TITLE, list_page(tx, visit, &duo, &typed, &faults)?));
    };
    if !meetings::add(tx, &proof, &duo, new, None)? {
        let faults = taken();
        return Err(Failure::overtaken(TITLE, list_page(tx, visit, &duo, &typed, &faults)?));
    }
    let words = format!("Logged: {}, {}, {} minutes.", program::long_day(new.day), new.way, new.minutes);
    Ok(Reply::go(duo.path("")).saying(words))
}

/// One meeting, to correct or to remove.
pub fn one(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs(tx, visit)?;
    let proof: Grant<of::MeetingLog> = access::of_duo(visit, &duo)?;
    let meeting = theirs(tx, visit, &proof, &duo)?;
    Ok(Reply::page(CORRECT, correct_page(visit, &duo, &meeting, &Typed::of(&meeting), &Faults::new())?))
}

pub fn correct(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs_to_change(tx, visit)?;
    let proof: Writes = access::of_duo(visit, &duo)?;
    let meeting = theirs(tx, visit, &proof, &duo)?;
    let typed = Typed::read(visit);
    let faults = faults(tx, visit, &proof, &duo, &typed, Some(meeting.id))?;
    let Some(new) = typed.logged().filter(|_| faults.is_empty()) else {
        return Err(Failure::refused(CORRECT, correct_page(visit, &duo, &meeting, &typed, &faults)?));
    };
    if !meetings::correct(tx, &proof, &duo, meeting.id, new)? {
        return Err(Failure::overtaken(CORRECT, correct_page(visit, &duo, &meeting, &typed, &taken())?));
    }
    Ok(Reply::go(duo.path("/meetings")).saying("Corrected. What it was before stays in the history."))
}

pub fn remove(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs_to_change(tx, visit)?;
    let proof: Writes = access::of_duo(visit, &duo)?;
    let meeting = theirs(tx, visit, &proof, &duo)?;
    if !duo.is_active() {
        let faults = Faults::general(rules::MeetingRefusal::Over.to_string());
        let body = correct_page(visit, &duo, &meeting, &Typed::of(&meeting), &faults)?;
        return Err(Failure::refused(CORRECT, body));
    }
    meetings::remove(tx, &proof, &duo, meeting.id)?;
    Ok(Reply::go(duo.path("/meetings")).saying("Removed. It stays in the history and counts no more."))
}

const TITLE: &str = "Our meetings";
const CORRECT: &str = "Correct a meeting";

/// A meeting of these two in the path.
fn theirs(tx: &mut Tx, visit: &Visit, proof: &impl Opens<of::MeetingLog>, duo: &Duo) -> Result<Meeting, Failure> {
    meetings::find(tx, proof, duo, visit.id("meeting")?)?.ok_or(Failure::NotFound)
}

/// What stands in the three fields.
pub(crate) struct Typed {
    day: String,
    way: String,
    minutes: String,
}

impl Typed {
    /// Today, and the way and length of last time.
    pub(crate) fn to_begin(
        tx: &mut Tx,
        visit: &Visit,
        proof: &Grant<of::MeetingLog>,
        duo: &Duo,
    ) -> Result<Self, Failure> {
        let (today, _) = today_and_start(tx, visit, duo)?;
        let last = meetings::of_duo(tx, proof, duo)?.into_iter().next();
        let (way, minutes) = last.map_or_else(|| (ways()[0].clone(), 60), |it| (it.way, it.minutes));
        Ok(Self { day: today.to_string(), way, minutes: minutes.to_string() })
    }

    fn read(visit: &Visit) -> Self {
        let text = |name: &str| visit.form.text(name).to_owned();
        Self { day: text("day"), way: text("way"), minutes: text("minutes") }
    }

    fn of(meeting: &Meeting) -> Self {
        Self { day: meeting.day.to_string(), way: meeting.way.clone(), minutes: meeting.minutes.to_string() }
    }

    fn day(&self) -> Option<Date> {
        self.day.parse().ok()
    }

    fn logged(&self) -> Option<Logged<'_>> {
        Some(Logged { day: self.day()?, way: &self.way, minutes: self.minutes.parse().ok()? })
    }
}

fn ways() -> &'static [String] {
    preset::list("channels")
}

fn faults(
    tx: &mut Tx,
    visit: &Visit,
    proof: &Writes,
    duo: &Duo,
    typed: &Typed,
    except: Option<Id>,
) -> Result<Faults, Failure> {
    let (today, start) = today_and_start(tx, visit, duo)?;
    let there = match typed.day() {
        Some(day) => meetings::on_day(tx, proof, duo, day)?,
        None => None,
    };
    let facts = MeetingFacts {
        day: typed.day(),
        way_is_known: ways().contains(&typed.way),
        minutes: typed.minutes.parse().ok(),
        today,
        start,
        day_is_taken: there.is_some_and(|it| Some(it) != except),
        duo_is_active: duo.is_active(),
    };
    let mut faults = Faults::new();
    for refusal in rules::meeting(&facts) {
        faults.add(refusal.field(), refusal.to_string());
    }
    Ok(faults)
}

fn taken() -> Faults {
    Faults::general(rules::MeetingRefusal::Taken.to_string())
}

/// The later of today here and today where the person lives, and the day of the orientation.
fn today_and_start(tx: &mut Tx, visit: &Visit, duo: &Duo) -> Result<(Date, Date), Failure> {
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let here = calendar.today(tx.now());
    let zone = membership::zone_of(tx, visit.person()?)?;
    let there = if zone.is_empty() { here } else { tx.now().to_zoned(calendar::zone_named(&zone)).date() };
    Ok((here.max(there), calendar.day("orientation")))
}

/// The three fields and the one button.
pub(crate) fn log_form(action: &str, typed: &Typed, faults: &Faults, words: &str) -> Markup {
    let ways: Vec<shell::Choice> = ways().iter().map(|way| shell::Choice::new(way, capital(way))).collect();
    let input = |name, label, value| Input::new(name, label).value(value).required().faults(faults);
    shell::form(
        action,
        html! {
            (shell::side_by_side(html! {
                (shell::date_field(&input("day", "Day", &typed.day)))
                (shell::select_field(&input("way", "How you met", &typed.way), &ways))
                (shell::text_field(&input("minutes", "Minutes", &typed.minutes).kind("number").between("5", "600")))
            }))
            (shell::actions(shell::button(words)))
        },
    )
}

fn list_page(tx: &mut Tx, visit: &Visit, duo: &Duo, typed: &Typed, faults: &Faults) -> Result<Markup, Failure> {
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let proof: Grant<of::MeetingLog> = access::of_duo(visit, duo)?;
    let logged = meetings::of_duo(tx, &proof, duo)?;
    let history = meetings::history(tx, &proof, duo)?;
    let minutes: i64 = logged.iter().map(|it| it.minutes).sum();
    Ok(html! {
        (way_back(visit, duo, TITLE)?)
        (shell::page_head(TITLE, "A day, a way and a length. Nothing else is asked."))
        (shell::error_summary(faults))
        (shell::readers_line(&policy::who_can_read(policy::Record::MeetingLog)))
        @if duo.is_active() {
            (shell::card("Log a meeting", log_form(&duo.path("/meetings"), typed, faults, "Log it")))
        }
        @if logged.is_empty() {
            (shell::empty_state("No meeting is logged yet", "Meetings anywhere count: over coffee, on the phone, in a video call.", None))
        } @else {
            (shell::figures(&[(&logged.len().to_string(), "meetings"), (&hours(minutes), "together")]))
            (table(duo, &logged))
        }
        @if !history.is_empty() { (history_of(duo, &history, &calendar)) }
    })
}

fn table(duo: &Duo, logged: &[Meeting]) -> Markup {
    let columns = [
        Column::text("Day"),
        Column::text("How"),
        Column::number("Minutes"),
        Column::text("Logged by"),
        Column::text("Change"),
    ];
    let rows = logged.iter().map(|it| {
        let day = program::short_day(it.day);
        vec![
            shell::unbroken(&day),
            html! { (capital(&it.way)) },
            html! { (it.minutes) },
            html! { (duo.name_of(it.logged_by)) },
            html! { @if duo.is_active() { a href=(duo.path(&format!("/meetings/{}", it.id))) { "Correct" span.vh { " the meeting of " (day) } } } },
        ]
    });
    shell::table("Meetings", &columns, rows.collect())
}

fn history_of(duo: &Duo, history: &[Meeting], calendar: &Calendar) -> Markup {
    html! {
        details {
            summary { "What was corrected or removed" }
            ul {
                @for it in history {
                    li {
                        (program::short_day(it.day)) ", " (it.way) ", " (it.minutes) " minutes – " (it.state)
                        @if let (Some(by), Some(at)) = (it.changed_by, it.changed_at) {
                            " by " (duo.name_of(by)) " on " (program::short_day(calendar.today(at)))
                        }
                    }
                }
            }
        }
    }
}

fn correct_page(
    visit: &Visit,
    duo: &Duo,
    meeting: &Meeting,
    typed: &Typed,
    faults: &Faults,
) -> Result<Markup, Failure> {
    let path = duo.path(&format!("/meetings/{}", meeting.id));
    Ok(html! {
        (way_back(visit, duo, CORRECT)?)
        (shell::page_head(CORRECT, &format!("The meeting of {}.", program::long_day(meeting.day))))
        (shell::error_summary(faults))
        (shell::readers_line(&policy::who_can_read(policy::Record::MeetingLog)))
        @if duo.is_active() {
            (log_form(&path, typed, faults, "Keep the correction"))
            (shell::post_button(&format!("{path}/removal"), "Remove this meeting", &[], Style::Danger))
        }
    })
}

fn way_back(visit: &Visit, duo: &Duo, here: &str) -> Result<Markup, Failure> {
    let partner = duo.name_of(duo.partner_of(visit.person()?));
    Ok(shell::breadcrumbs(&[(&duo.path(""), &format!("You and {partner}"))], here))
}

/// Minutes as people say them: "3 h 20 min".
pub(crate) fn hours(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}

pub(crate) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
