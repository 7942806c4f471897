//! `duology demo`: plays a cohort of invented people up to a day, then serves it.

use std::{
    io::Write,
    net::SocketAddr,
    path::PathBuf,
    time::Instant,
};

use anyhow::{Context, Result, bail};
use jiff::{
    civil::{Date, Weekday},
    tz::TimeZone,
};
use platform::{app::Mode, chance::Chance, clock::Clock, serve, settings};
use rand::{SeedableRng, rngs::StdRng};

use crate::{
    demo::{self, browser::Browser, people, play::Player},
    house,
    open::{self, Wish},
};

pub struct Demo {
    pub data: Option<PathBuf>,
    pub database: Option<String>,
    pub seed: u64,
    pub duos: usize,
    pub until: Option<Date>,
    pub serve: bool,
    pub listen: Option<String>,
}

pub fn run(demo: &Demo) -> Result<()> {
    if !(1..=2000).contains(&demo.duos) {
        bail!("--duos {}: choose a number from 1 to 2,000", demo.duos);
    }
    let folder = folder(demo)?;
    let listen = demo.listen.clone().unwrap_or_else(|| super::serve::LISTEN.to_owned());
    let address: SocketAddr = listen.parse().with_context(|| format!("--listen {listen}: write an address such as {}", super::serve::LISTEN))?;
    let until = demo.until.unwrap_or_else(today);
    let annual_meeting = last_annual_meeting(until);
    let first_day = program::rules::calendar::add(annual_meeting, -150);
    let runtime = super::serve::runtime()?;
    let start = first_day.at(10, 0, 0, 0).to_zoned(TimeZone::get(demo::ZONE)?)?.timestamp();
    let chance = Chance::seeded(demo.seed);
    let wish = Wish {
        data: &folder,
        database: demo.database.clone(),
        base_url: format!("http://{address}"),
        mode: Mode::Demo,
        clock: Clock::stopped_at(start),
        chance,
        durable: false,
    };
    let app = open::open(wish)?;
    if open::is_demo(&app)? || app.db.read(program::program).map_err(|failure| anyhow::anyhow!("{failure}"))?.is_some() {
        bail!("{} holds a house already; name an empty folder with --data", folder.display());
    }
    app.db.write(|tx| settings::set(tx, open::DEMO_MARK, "invented people")).context("the demo cannot be marked")?;
    let mut rng = StdRng::seed_from_u64(demo.seed);
    let cast = people::cast(&mut rng, demo.duos, annual_meeting.year());
    let browser = Browser::new(house::doors().open(app.clone()), runtime.handle().clone());
    let mut player = Player::new(app.clone(), browser, cast, demo.seed);
    println!("Playing a year with {} duos in {} (seed {}).", demo.duos, folder.display(), demo.seed);
    play(&mut player, annual_meeting, demo.duos, until)?;
    if !demo.serve {
        return Ok(());
    }
    demo::give_stage(player);
    println!("\nThe demo answers at http://{address} – choose whom to be at http://{address}/demo");
    println!("Ctrl-C ends it.");
    runtime.block_on(async {
        let listener = serve::bind(address).await.map_err(anyhow::Error::msg)?;
        serve::listen(listener, house::doors().open(app), super::serve::stopped()).await;
        Ok(())
    })
}

fn play(player: &mut Player, annual_meeting: Date, duos: usize, until: Date) -> Result<()> {
    let began = Instant::now();
    player.begin(annual_meeting, duos)?;
    let mut day = player.today();
    while day < until {
        let month = day.first_of_month();
        let next = month.saturating_add(jiff::Span::new().months(1)).min(until);
        let moment = next.at(10, 0, 0, 0).to_zoned(player.zone())?.timestamp();
        player.until(moment)?;
        let requests = player.browser.requests;
        println!("  {}  {:>7} requests  {:>6.1} s", day.strftime("%B %Y"), requests, began.elapsed().as_secs_f64());
        std::io::stdout().flush()?;
        day = next;
    }
    println!("It is {} in the demo.", program::long_day(player.today()));
    if !player.complaints.is_empty() {
        println!("{} things did not go as the story meant them to:", player.complaints.len());
        player.complaints.iter().take(25).for_each(|words| println!("  {words}"));
    }
    Ok(())
}

/// A folder of its own for every demo that names none.
fn folder(demo: &Demo) -> Result<PathBuf> {
    if let Some(folder) = &demo.data {
        return Ok(folder.clone());
    }
    let folder = std::env::temp_dir().join(format!("duology-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    Ok(folder)
}

fn today() -> Date {
    Clock::System.now().to_zoned(TimeZone::UTC).date()
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
