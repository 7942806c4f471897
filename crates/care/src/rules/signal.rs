//! How a duo stands, judged from dates and counts alone, with the facts behind it.
//!
//! # Design
//! Each fact gives a light of its own and a sentence. The worst light is the duo's. Without
//! what was told in check-ins the facts say nothing of it, nor does the light: so the
//! committee's signals are judged without.

use jiff::civil::Date;
use program::{rules::calendar::add, short_day};
use serde::Deserialize;

use super::days::between;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Too early to say.
    Early,
    Green,
    Amber,
    Red,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Meetings,
    CheckIns,
    Agreement,
    Goals,
    Pulse,
    Contact,
    Letters,
    Orientation,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub about: About,
    pub light: State,
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    pub state: State,
    pub facts: Vec<Fact>,
}

/// The word people read for a state. CHK2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    OnTrack,
    TooEarly,
    NeedsAWord,
    Silent,
}

impl Word {
    pub const ALL: [Self; 4] = [Self::OnTrack, Self::TooEarly, Self::NeedsAWord, Self::Silent];

    pub fn words(self) -> &'static str {
        match self {
            Self::OnTrack => "on track",
            Self::TooEarly => "too early",
            Self::NeedsAWord => "needs a word",
            Self::Silent => "silent",
        }
    }
}

impl Signal {
    pub fn word(&self) -> Word {
        let silent = |it: &Fact| it.light == State::Red && matches!(it.about, About::Meetings | About::CheckIns);
        match self.state {
            State::Early => Word::TooEarly,
            State::Green => Word::OnTrack,
            _ if self.facts.iter().any(silent) => Word::Silent,
            _ => Word::NeedsAWord,
        }
    }
}

/// From when on something is amber, and red: `[rules.signals]` of the preset. Days are
/// counted from the event that the name says; pulses go from 1 to 5. CHK3.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// The last meeting is so many days ago at most.
    pub meeting_green_days: i64,
    pub meeting_amber_days: i64,
    /// From the start of the session to the first meeting.
    pub first_meeting_red_days: i64,
    /// How long a check-in may wait before it counts as not answered.
    pub check_in_unanswered_days: i64,
    /// From the start of the session.
    pub agreement_due_days: i64,
    pub goals_due_days: i64,
    /// Days past due, for agreement and goals.
    pub document_amber_days: i64,
    pub document_red_days: i64,
    /// From the start of the session, for whoever missed the orientation.
    pub orientation_made_up_days: i64,
    pub pulse_green: i64,
    pub pulse_red: i64,
    /// How far apart the two may answer.
    pub pulse_gap_red: i64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            meeting_green_days: 35,
            meeting_amber_days: 60,
            first_meeting_red_days: 21,
            check_in_unanswered_days: 14,
            agreement_due_days: 16,
            goals_due_days: 45,
            document_amber_days: 14,
            document_red_days: 28,
            orientation_made_up_days: 14,
            pulse_green: 4,
            pulse_red: 2,
            pulse_gap_red: 2,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// Both were there, online, or made up for it.
    Attended,
    Excused,
    Missed,
}

/// One check-in, and who of the two has answered it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    pub number: i64,
    pub sent: Date,
    pub mentor: bool,
    pub mentee: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub today: Date,
    /// The orientation, or the day the duo was formed where that is later.
    pub starts: Date,
    /// The last day of the session.
    pub ends: Date,
    pub last_meeting: Option<Date>,
    pub meetings: i64,
    pub agreement_signed: bool,
    pub goals_set: bool,
    /// The check-ins so far, the first one first.
    pub rounds: Vec<Round>,
    /// What each said last to "Is this working for you?".
    pub mentor_pulse: Option<i64>,
    pub mentee_pulse: Option<i64>,
    /// One of the two asked to be contacted and has not been yet.
    pub contact_wanted: bool,
    /// Letters to them that could not be delivered.
    pub undelivered: i64,
    pub orientation: Option<Orientation>,
}

/// How a duo stands. After the end of the session nothing gets worse any more.
pub fn signal(facts: &Facts, by: &Thresholds) -> Signal {
    let facts = &Facts { today: facts.today.min(facts.ends), ..facts.clone() };
    let lights = [
        contact(facts),
        pulse(facts, by),
        meetings(facts, by),
        check_ins(facts, by),
        document(facts, About::Agreement, facts.agreement_signed, by.agreement_due_days, by),
        document(facts, About::Goals, facts.goals_set, by.goals_due_days, by),
        orientation(facts, by),
        letters(facts),
    ];
    let found: Vec<Fact> = lights.into_iter().flatten().collect();
    let worst = found.iter().map(|it| it.light).max().unwrap_or(State::Early);
    let heard =
        found.iter().any(|it| it.light == State::Green && matches!(it.about, About::Meetings | About::CheckIns));
    let state = if worst == State::Green && !heard { State::Early } else { worst };
    Signal { state, facts: found }
}

fn fact(about: About, light: State, words: impl Into<String>) -> Option<Fact> {
    Some(Fact { about, light, words: words.into() })
}

fn meetings(facts: &Facts, by: &Thresholds) -> Option<Fact> {
    let Some(last) = facts.last_meeting else { return no_meeting(facts, by) };
    let gap = between(last, facts.today).max(0);
    let light = match gap {
        _ if gap > by.meeting_amber_days => State::Red,
        _ if gap > by.meeting_green_days => State::Amber,
        _ => State::Green,
    };
    let ago = match gap {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        _ => format!("{gap} days ago"),
    };
    fact(About::Meetings, light, format!("Last met {ago}, on {}; {} in all.", short_day(last), facts.meetings))
}

fn no_meeting(facts: &Facts, by: &Thresholds) -> Option<Fact> {
    let expected = add(facts.starts, by.first_meeting_red_days);
    if facts.today < expected {
        return fact(
            About::Meetings,
            State::Early,
            format!("No meeting yet; the first is expected by {}.", short_day(expected)),
        );
    }
    let days = between(facts.starts, facts.today);
    fact(About::Meetings, State::Red, format!("No meeting has been logged in the first {days} days."))
}

fn check_ins(facts: &Facts, by: &Thresholds) -> Option<Fact> {
    let is_settled =
        |it: &&Round| (it.mentor && it.mentee) || between(it.sent, facts.today) >= by.check_in_unanswered_days;
    let mut settled = facts.rounds.iter().filter(is_settled).rev();
    let last = settled.next()?;
    let number = last.number;
    if last.mentor && last.mentee {
        return fact(About::CheckIns, State::Green, format!("Both answered check-in {number}."));
    }
    if !last.mentor && !last.mentee {
        return fact(About::CheckIns, State::Red, format!("Neither of the two answered check-in {number}."));
    }
    let side = if last.mentor { "mentee" } else { "mentor" };
    let silent = |it: &Round| if last.mentor { !it.mentee } else { !it.mentor };
    match settled.next().filter(|it| silent(it)) {
        Some(before) => fact(
            About::CheckIns,
            State::Red,
            format!("The {side} answered neither check-in {} nor check-in {number}.", before.number),
        ),
        None => fact(About::CheckIns, State::Amber, format!("The {side} did not answer check-in {number}.")),
    }
}

fn document(facts: &Facts, about: About, is_there: bool, within: i64, by: &Thresholds) -> Option<Fact> {
    let (done, open) = match about {
        About::Agreement => ("The agreement is signed.", "The agreement is not signed yet"),
        _ => ("Goals are set.", "No goals are set yet"),
    };
    if is_there {
        return fact(about, State::Green, done);
    }
    let due = add(facts.starts, within);
    let late = between(due, facts.today);
    let light = match late {
        _ if late >= by.document_red_days => State::Red,
        _ if late >= by.document_amber_days => State::Amber,
        _ => State::Early,
    };
    let when = match late {
        1 => "one day late".to_owned(),
        late if late > 1 => format!("{late} days late"),
        _ => format!("due by {}", short_day(due)),
    };
    fact(about, light, format!("{open}; {when}."))
}

fn pulse(facts: &Facts, by: &Thresholds) -> Option<Fact> {
    let known: Vec<i64> = [facts.mentor_pulse, facts.mentee_pulse].into_iter().flatten().collect();
    let (lowest, highest) = (known.iter().min()?, known.iter().max()?);
    let light = match lowest {
        _ if *lowest <= by.pulse_red || highest - lowest >= by.pulse_gap_red => State::Red,
        _ if *lowest < by.pulse_green => State::Amber,
        _ => State::Green,
    };
    let said = |side: &str, pulse: Option<i64>| pulse.map(|it| format!("the {side} {it} of 5"));
    let parts: Vec<String> =
        [said("mentor", facts.mentor_pulse), said("mentee", facts.mentee_pulse)].into_iter().flatten().collect();
    fact(About::Pulse, light, format!("“Is this working for you?” {}.", parts.join(", ")))
}

fn contact(facts: &Facts) -> Option<Fact> {
    facts.contact_wanted.then_some(())?;
    fact(About::Contact, State::Red, "One of the two asked you to get in touch.")
}

fn letters(facts: &Facts) -> Option<Fact> {
    match facts.undelivered {
        0 => None,
        1 => fact(About::Letters, State::Amber, "A letter to one of them could not be delivered."),
        many => fact(About::Letters, State::Red, format!("{many} letters to them could not be delivered.")),
    }
}

fn orientation(facts: &Facts, by: &Thresholds) -> Option<Fact> {
    let last_day = add(facts.starts, by.orientation_made_up_days);
    match facts.orientation? {
        Orientation::Attended => fact(About::Orientation, State::Green, "Both took part in the orientation."),
        Orientation::Excused => fact(
            About::Orientation,
            State::Amber,
            "One of the two was excused from the orientation and has not made up for it.",
        ),
        Orientation::Missed if facts.today >= last_day => {
            fact(About::Orientation, State::Red, "One of the two missed the orientation and has not made up for it.")
        }
        Orientation::Missed => {
            let words =
                format!("One of the two missed the orientation and can make up for it until {}.", short_day(last_day));
            fact(About::Orientation, State::Early, words)
        }
    }
}
