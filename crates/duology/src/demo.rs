//! The demo: a year of invented people, played through the same doors, rules and jobs
//! that real people use, with a clock that is moved by hand. DEM1–5
//!
//! | what                                         | where                |
//! |----------------------------------------------|----------------------|
//! | who the invented people are                  | `demo/people.rs`, `demo/names.rs`, `demo/work.rs` |
//! | what each has lived through and wants        | `demo/lives.rs`      |
//! | what they write and choose                   | `demo/words.rs`, `demo/choices.rs` |
//! | their sentences, field by field              | `demo/texts.rs`, `demo/texts` |
//! | how they use the house                       | `demo/browser.rs`, `demo/scrape.rs` |
//! | days, letters and plans                      | `demo/play.rs`       |
//! | how the year begins, how people react        | `demo/story.rs`      |
//! | what they do                                 | `demo/deeds.rs`      |
//! | the banner, signing in as someone, the clock | `demo/stage.rs`      |

pub mod browser;
mod choices;
mod deeds;
pub mod lives;
mod names;
pub mod people;
pub mod play;
pub mod scrape;
mod stage;
pub mod story;
mod texts;
mod words;
mod work;

pub use stage::{banner, doors, give_stage};

use anyhow::Result;
use jiff::{
    Span, Timestamp,
    civil::{Date, Weekday},
};
use platform::{app::App, settings};
use rand::{SeedableRng, rngs::StdRng};

use self::{browser::Browser, play::Player};
use crate::house;

/// The invented association.
pub const ASSOCIATION: &str = "North Lakes Library Association";
pub const PROGRAM: &str = "Leadership Mentoring Program";
pub const ZONE: &str = "America/Chicago";

/// Which year is played: by what chance, with how many duos, and up to which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year {
    pub seed: u64,
    pub duos: usize,
    pub annual_meeting: Date,
    pub until: Date,
}

impl Year {
    /// The year of the cohort that began at the last annual meeting on or before a day.
    pub fn ending(until: Date, seed: u64, duos: usize) -> Self {
        Self { seed, duos, annual_meeting: last_annual_meeting(until), until }
    }

    /// The morning on which the chair sets the program up.
    pub fn first_moment(&self) -> Timestamp {
        morning(self.first_day())
    }

    pub fn first_day(&self) -> Date {
        program::rules::calendar::add(self.annual_meeting, -150)
    }
}

/// Plays a year in an empty house. `tell` hears of every month that has passed.
pub fn play_year(
    app: &App,
    runtime: tokio::runtime::Handle,
    year: &Year,
    tell: &mut dyn FnMut(&Player, Date),
) -> Result<Player> {
    let mut player = player_of(app, runtime, year)?;
    play_on(&mut player, year, tell)?;
    Ok(player)
}

/// Somebody to play a year, before its first day.
pub fn player_of(app: &App, runtime: tokio::runtime::Handle, year: &Year) -> Result<Player> {
    let cast = people::cast(&mut StdRng::seed_from_u64(year.seed), year.duos, year.annual_meeting.year());
    // Nobody reads a head a day in a year that passes in seconds.
    app.db.write(|tx| settings::set(tx, membership::HEAD_LETTERS, "off"))?;
    let browser = Browser::new(house::doors().open(app.clone()), runtime);
    Ok(Player::new(app.clone(), browser, cast, year.seed))
}

/// Plays from the first day to the last.
pub fn play_on(player: &mut Player, year: &Year, tell: &mut dyn FnMut(&Player, Date)) -> Result<()> {
    player.begin(year.annual_meeting, year.duos)?;
    let mut day = player.today();
    while day < year.until {
        let next = day.first_of_month().saturating_add(Span::new().months(1)).min(year.until);
        player.until(morning(next))?;
        tell(player, day);
        day = next;
    }
    Ok(())
}

fn morning(day: Date) -> Timestamp {
    let zone = program::calendar::zone_named(ZONE);
    day.at(10, 0, 0, 0).to_zoned(zone).map(|it| it.timestamp()).unwrap_or_default()
}

/// The Saturday of the last annual meeting on or before a day: the last Saturday of June.
fn last_annual_meeting(day: Date) -> Date {
    let in_year = |year: i16| {
        let mut saturday = Date::constant(year, 6, 30);
        while saturday.weekday() != Weekday::Saturday {
            saturday = program::rules::calendar::add(saturday, -1);
        }
        saturday
    };
    let this_year = in_year(day.year());
    if this_year <= day { this_year } else { in_year(day.year() - 1) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_demo_plays_the_cohort_of_the_last_annual_meeting() {
        assert_eq!(last_annual_meeting(date(2026, 11, 22)), date(2026, 6, 27));
        assert_eq!(last_annual_meeting(date(2027, 5, 20)), date(2026, 6, 27));
        assert_eq!(last_annual_meeting(date(2027, 6, 26)), date(2027, 6, 26));
    }
}
