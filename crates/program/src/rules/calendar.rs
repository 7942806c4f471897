//! The calendar of a cohort: dates from rules over anchors.

use std::collections::BTreeMap;

use jiff::{
    Span,
    civil::{Date, Weekday},
};

use super::rule::{From, Rule};

/// What all dates count from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchors {
    /// The orientation, on the Saturday of the annual meeting.
    pub saturday: Date,
    /// The first day of the winter meeting; without one, the last Friday of January.
    pub midwinter: Option<Date>,
    /// The Saturday of the next annual meeting; without one, 52 weeks later.
    pub next_saturday: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// To the next working day: something opens or is sent.
    Forward,
    /// To the working day before: something must be ready.
    Back,
    Never,
}

/// One step as the preset describes it.
#[derive(Clone, Debug)]
pub struct StepRule {
    /// Its number in the preset, `T01` to `T29`.
    pub id: String,
    /// Its name in the house.
    pub key: String,
    pub rule: Rule,
    pub shift: Shift,
}

/// Days on which offices are closed every year, as month and day; the last one is open again.
#[derive(Clone, Copy, Debug)]
pub struct Blackout {
    pub from: (i8, i8),
    pub until: (i8, i8),
}

impl Anchors {
    pub fn midwinter(&self) -> Date {
        self.midwinter.unwrap_or_else(|| last_friday_of_january(self.saturday))
    }

    /// 30 April after the orientation.
    pub fn end(&self) -> Date {
        let this_year = Date::constant(self.saturday.year(), 4, 30);
        if this_year > self.saturday { this_year } else { Date::constant(self.saturday.year() + 1, 4, 30) }
    }

    pub fn next_saturday(&self) -> Date {
        self.next_saturday.unwrap_or_else(|| add(self.saturday, 364))
    }
}

/// Computes the day of every step, in the order of the rules.
pub fn compute(rules: &[StepRule], anchors: &Anchors, blackout: Blackout) -> BTreeMap<String, Date> {
    let mut days: BTreeMap<String, Date> = BTreeMap::new();
    let mut by_key = BTreeMap::new();
    for step in rules {
        let wished = day_of(&step.rule, anchors, &days);
        let day = shifted(wished, step.shift, blackout);
        days.insert(step.id.clone(), day);
        by_key.insert(step.key.clone(), day);
    }
    by_key
}

fn day_of(rule: &Rule, anchors: &Anchors, days: &BTreeMap<String, Date>) -> Date {
    match rule {
        Rule::Earlier(first, second) => day_of(first, anchors, days).min(day_of(second, anchors, days)),
        Rule::Offset { from, days: offset } => {
            let from = match from {
                From::Saturday => anchors.saturday,
                From::Midwinter => anchors.midwinter(),
                From::End => anchors.end(),
                From::NextSaturday => anchors.next_saturday(),
                // A step that is not computed yet counts like the orientation; a test of
                // the preset makes sure that none is.
                From::Step(id) => days.get(id).copied().unwrap_or(anchors.saturday),
            };
            add(from, *offset)
        }
    }
}

fn shifted(day: Date, shift: Shift, blackout: Blackout) -> Date {
    let step = match shift {
        Shift::Never => return day,
        Shift::Forward => 1,
        Shift::Back => -1,
    };
    let mut day = day;
    while is_weekend(day) || is_closed(day, blackout) {
        day = add(day, step);
    }
    day
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn is_closed(day: Date, blackout: Blackout) -> bool {
    let at = (day.month(), day.day());
    if blackout.from <= blackout.until {
        blackout.from <= at && at < blackout.until
    } else {
        at >= blackout.from || at < blackout.until
    }
}

fn last_friday_of_january(after: Date) -> Date {
    let january = |year| {
        let mut day = Date::constant(year, 1, 31);
        while day.weekday() != Weekday::Friday {
            day = add(day, -1);
        }
        day
    };
    let this_year = january(after.year());
    if this_year > after { this_year } else { january(after.year() + 1) }
}

/// Days later or earlier; the calendar of the house never leaves the years that dates know.
pub fn add(day: Date, days: i64) -> Date {
    day.checked_add(Span::new().days(days)).unwrap_or(day)
}

/// What contradicts itself in a calendar, in words. SET3.
pub fn contradictions(days: &BTreeMap<String, Date>, anchors: &Anchors) -> Vec<String> {
    let mut words = Vec::new();
    for (earlier, later, sentence) in ORDER {
        if let (Some(first), Some(second)) = (days.get(*earlier), days.get(*later))
            && first > second
        {
            words.push(format!("{sentence} ({first} is after {second})."));
        }
    }
    if anchors.saturday.weekday() != Weekday::Saturday {
        words.push(format!("The orientation falls on a {:?}, not on a Saturday.", anchors.saturday.weekday()));
    }
    let length = (anchors.end() - anchors.saturday).get_days();
    if !(270..=320).contains(&length) {
        words.push(format!("From the orientation to the end it is {length} days; ten months are 270 to 320."));
    }
    words
}

const ORDER: &[(&str, &str, &str)] = &[
    ("mentor_call_opens", "mentor_call_closes", "Mentor profiles are due before mentors may send them"),
    ("mentee_call_opens", "mentee_call_closes", "Applications close before they open"),
    ("mentee_call_closes", "directory_opens", "The directory opens before applications have closed"),
    ("directory_opens", "directory_closes", "Choosing a mentor ends before it begins"),
    ("directory_closes", "assisted_matching_done", "Proposals are settled before choosing has ended"),
    ("assisted_matching_done", "orientation", "Proposals are settled after the orientation"),
    ("check_in_1", "check_in_2", "The second check-in comes before the first"),
    ("check_in_2", "check_in_3", "The third check-in comes before the second"),
    ("midway_survey_opens", "midway_survey_closes", "The mid-way survey closes before it opens"),
    (
        "midway_survey_closes",
        "interim_report_draft",
        "The interim report is drafted before the mid-way survey has closed",
    ),
    ("interim_report_draft", "interim_report_due", "The interim report is due before its draft"),
    ("final_survey_opens", "final_survey_closes", "The final survey closes before it opens"),
    ("final_survey_closes", "final_report_due", "The final report is due before the final survey has closed"),
];
