//! What somebody told their liaison, for themselves: one check-in, and all of them on the
//! page `/me/check-ins`. It stays readable after the duo, for as long as it is kept.

use duos::Duo;
use jiff::Timestamp;
use platform::{
    audit::{self, Seen},
    doors::Answer,
    prelude::*,
};
use policy::{Grant, Record, may, of};
use program::{Calendar, calendar, long_day};

use crate::{
    checkins::{self, CheckIn, Given},
    liaisons,
};

const LIST: &str = "/me/check-ins";
const TITLE: &str = "My check-ins";
/// A year of taking part brings far fewer.
const MOST_READINGS: i64 = 500;

/// One check-in with all that its author may know of it.
struct Told {
    checkin: CheckIn,
    given: Option<Given>,
    duo: Duo,
    calendar: Calendar,
    liaison: Option<String>,
    /// Who read the answers since they were given, and when first.
    readers: Vec<(String, Timestamp)>,
    /// Until the next check-in goes out.
    may_change: bool,
}

pub(crate) fn list(tx: &mut Tx, visit: &Visit) -> Answer {
    let mut all = Vec::new();
    let seen = audit::readings_of(tx, &visit.own()?, MOST_READINGS)?;
    for checkin in checkins::of_person(tx, visit.person()?)?.into_iter().rev() {
        all.push(told(tx, visit, checkin, &seen)?);
    }
    Ok(Reply::page(
        TITLE,
        html! {
            (shell::breadcrumbs(&[("/me", "My account")], TITLE))
            (shell::page_head(TITLE, "What you told your liaison, the newest first."))
            @if all.is_empty() {
                (shell::empty_state("No check-ins yet", "Your liaison writes six times during the session. What you answer then stands here.", None))
            } @else {
                (shell::readers_line(&policy::who_can_read(Record::CheckinAnswer)))
            }
            @for it in &all {
                (shell::card(&format!("Check-in {}, with {}", it.checkin.round, it.partner()), it.markup()))
            }
        },
    ))
}

/// One that is answered.
pub(crate) fn one(tx: &mut Tx, visit: &Visit, checkin: CheckIn) -> Answer {
    let seen = audit::readings_of(tx, &visit.own()?, MOST_READINGS)?;
    let told = told(tx, visit, checkin, &seen)?;
    let title = format!("Check-in {}", told.checkin.round);
    Ok(Reply::page(
        title.clone(),
        html! {
            (shell::breadcrumbs(&[(LIST, TITLE)], &title))
            (shell::page_head("Thank you", &format!("This is what you answered about you and {}.", told.partner())))
            (shell::card_plain(html! {
                (told.markup())
                (shell::readers_line(&policy::who_can_read(Record::CheckinAnswer)))
            }))
        },
    ))
}

fn told(tx: &mut Tx, visit: &Visit, checkin: CheckIn, seen: &[Seen]) -> Result<Told, Failure> {
    let duo = duos::duo(tx, checkin.duo)?.ok_or(Failure::NotFound)?;
    let cohort = program::the_cohort(tx, checkin.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let is_own = checkin.person == visit.person()?;
    let facts = policy::Facts::in_cohort(checkin.cohort.number()).own(is_own);
    let grant: Result<Grant<of::CheckinAnswer>, _> = visit.grant(&facts);
    let given = match grant {
        Ok(grant) => checkins::given(tx, &grant, &checkin)?,
        Err(_) => None,
    };
    let liaison = liaisons::of_duo(tx, duo.id)?.map(|it| it.name);
    let readers = readers(&checkin, seen);
    // What they may do with it is the matrix's to say; a former participant reads it, no more.
    let is_theirs = visit.grant::<of::CheckinAnswer, may::Write>(&facts).is_ok();
    let may_change = is_theirs && checkins::may_be_changed(tx, &checkin)?;
    Ok(Told { checkin, given, duo, calendar, liaison, readers, may_change })
}

/// Of what was read of a person's, the newest first, who read this.
fn readers(checkin: &CheckIn, seen: &[Seen]) -> Vec<(String, Timestamp)> {
    let Some(answered_at) = checkin.answered_at else { return Vec::new() };
    let mut readers: Vec<(String, Timestamp)> = Vec::new();
    // So the last of a name is when they read it first.
    for seen in seen {
        if seen.record != checkins::RECORD || seen.about != Some(checkin.duo) || seen.at < answered_at {
            continue;
        }
        let name = seen.reader.clone().unwrap_or_else(|| "Somebody whose account is gone".to_owned());
        match readers.iter_mut().find(|it| it.0 == name) {
            Some(reader) => reader.1 = seen.at,
            None => readers.push((name, seen.at)),
        }
    }
    readers
}

impl Told {
    fn partner(&self) -> &str {
        self.duo.name_of(self.duo.partner_of(self.checkin.person))
    }

    fn day(&self, at: Timestamp) -> String {
        long_day(self.calendar.today(at))
    }

    fn markup(&self) -> Markup {
        let Some(answered_at) = self.checkin.answered_at else {
            return html! {
                p { "Sent on " (self.day(self.checkin.sent_at)) ", not answered." }
                @if self.duo.is_active() { p { a href={ "/check-ins/" (self.checkin.id) } { "Answer it" } } }
            };
        };
        html! {
            p.muted {
                "Answered on " (self.day(answered_at))
                @if let Some(at) = self.checkin.changed_at { ", changed on " (self.day(at)) }
                "."
            }
            @match &self.given {
                None => p { "What you answered is no longer kept." },
                Some(given) => {
                    (self.answers(given))
                    (self.who_reads())
                    (program::keeping::line(program::keeping::check_ins_until(&self.calendar)))
                }
            }
        }
    }

    fn answers(&self, given: &Given) -> Markup {
        let day = self.checkin.met_on.map_or_else(|| "no day given".to_owned(), long_day);
        let pulse = given.pulse.map_or_else(|| "no answer".to_owned(), |it| format!("{it} of 5"));
        html! {
            (shell::facts(&[
                ("In touch", html! { (self.checkin.touch.as_deref().unwrap_or("no answer")) }),
                ("Last met", html! { (day) }),
                ("Is this working for you?", html! { (pulse) }),
            ]))
            @if given.contact { p { "You asked your liaison to get in touch." } }
            @if !given.words.is_empty() { (shell::prose(html! { blockquote { p { (given.words) } } })) }
        }
    }

    fn who_reads(&self) -> Markup {
        let liaison = self.liaison.as_deref().unwrap_or("Your liaison");
        html! {
            p { (liaison) " can read it, and whoever takes over from them." }
            @if self.may_change {
                p { "Has something changed? Until the next check-in you can " a href={ "/check-ins/" (self.checkin.id) "?change=yes" } { "change your answer" } "; they see that you did." }
            } @else {
                p { "It stands as it is now; for anything more, write to them." }
            }
            @if self.readers.is_empty() {
                p { "Nobody has opened it yet." }
            } @else {
                p {
                    "Read by "
                    @for (index, (name, at)) in self.readers.iter().enumerate() {
                        @if index > 0 { ", " }
                        (name) " (first on " (self.day(*at)) ")"
                    }
                    "."
                }
            }
            (shell::who_has_read(checkins::RECORD, Some(&self.duo.id.to_string())))
        }
    }
}
