//! `duology demo`: plays a cohort of invented people up to a day, then serves it.

use std::{
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result, bail};
use jiff::{
    civil::{Date, Weekday},
    tz::TimeZone,
};
use platform::{
    app::{App, Mode},
    chance::Chance,
    clock::Clock,
    serve,
};

use tokio::runtime::Runtime;

use crate::{
    demo::{Year, give_stage, play::Player, play_year},
    house,
    open::{self, Wish},
};

pub struct Demo {
    pub data: Option<PathBuf>,
    pub database: Option<String>,
    pub seed: u64,
    pub duos: usize,
    pub until: Option<Date>,
    pub annual_meeting: Option<Date>,
    pub serve: bool,
    pub listen: Option<String>,
}

pub fn run(demo: &Demo) -> Result<()> {
    let until = demo.until.unwrap_or_else(today);
    if !(2008..=2100).contains(&until.year()) {
        bail!("--until {until}: choose a day from 2008 to 2100");
    }
    let year = year(demo, until)?;
    let folder = folder(demo)?;
    let listen = demo.listen.clone().unwrap_or_else(|| super::serve::LISTEN.to_owned());
    let address: SocketAddr = listen
        .parse()
        .with_context(|| format!("--listen {listen}: write an address such as {}", super::serve::LISTEN))?;
    let runtime = super::serve::runtime()?;
    let wish = Wish {
        data: &folder,
        database: demo.database.clone(),
        base_url: format!("http://{address}"),
        mode: Mode::Demo,
        clock: Clock::stopped_at(year.first_moment()),
        chance: Chance::seeded(demo.seed),
        durable: false,
    };
    let mut app = open::open(wish)?;
    if open::is_demo(&app)? {
        if !demo.serve || demo.until.is_some() || demo.annual_meeting.is_some() {
            bail!(
                "{} holds a demo already, and its year is played; name an empty folder with --data",
                folder.display()
            );
        }
        open::go_on_with_demo(&mut app)?;
        println!("{} holds a demo already; it goes on where it stood.", folder.display());
        println!("Its invented people do nothing by themselves any more; an empty folder gives a new year.");
    } else {
        let player = play(&app, &runtime, demo, &year, &folder)?;
        give_stage(player);
    }
    if !demo.serve {
        return Ok(());
    }
    println!("\nThe demo answers at http://{address} – choose whom to be at http://{address}/demo");
    println!("Ctrl-C ends it.");
    // Its clock stands still and it has no post, so of the house's work only the jobs are done.
    runtime.spawn(serve::work(app.clone()));
    runtime.block_on(async {
        let listener = serve::bind(address).await.map_err(anyhow::Error::msg)?;
        serve::listen(listener, house::doors().open(app), super::serve::stopped()).await;
        Ok(())
    })
}

/// The year that is wished for; the day to play up to must lie in it.
fn year(demo: &Demo, until: Date) -> Result<Year> {
    let Some(meeting) = demo.annual_meeting else { return Ok(Year::ending(until, demo.seed, demo.duos)) };
    if meeting.weekday() != Weekday::Saturday {
        bail!("--annual-meeting {meeting}: that is no Saturday");
    }
    let year = Year { seed: demo.seed, duos: demo.duos, annual_meeting: meeting, until };
    if until <= year.first_day() {
        bail!(
            "--until {until}: the cohort of {meeting} is prepared from {} on; choose a later day",
            program::long_day(year.first_day())
        );
    }
    Ok(year)
}

/// Plays the year in an empty house, and says how it goes.
fn play(app: &App, runtime: &Runtime, demo: &Demo, year: &Year, folder: &Path) -> Result<Player> {
    if app.db.read(program::program).map_err(|failure| anyhow::anyhow!("{failure}"))?.is_some() {
        bail!("{} holds a house of real people; name an empty folder with --data", folder.display());
    }
    open::mark_demo(app)?;
    println!("Playing a year with {} duos in {} (seed {}).", demo.duos, folder.display(), demo.seed);
    let began = Instant::now();
    let player = play_year(app, runtime.handle().clone(), year, &mut |player, month| {
        let seconds = began.elapsed().as_secs_f64();
        let month = month.strftime("%B %Y").to_string();
        println!("  {month:15} {:>7} requests  {seconds:>6.1} s", player.browser.requests);
        let _ = std::io::stdout().flush();
    })?;
    open::mark_demo(app)?;
    super::audit::verify(app, &[])?;
    tell(&player);
    Ok(player)
}

/// What the year came to, with all that did not go as the story meant it to.
fn tell(player: &Player) {
    println!("It is {} in the demo.", program::long_day(player.today()));
    if !player.complaints.is_empty() {
        println!("{} things did not go as the story meant them to:", player.complaints.len());
        player.complaints.iter().take(25).for_each(|words| println!("  {words}"));
    }
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
