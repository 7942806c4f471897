//! Opening a house: its data folder, its keyring, its database.

use std::path::Path;

use anyhow::{Context, Result};
use platform::{
    app::{App, Config, Mode},
    chance::Chance,
    clock::Clock,
    passwords::Cost,
    settings,
    storage::{Db, Ground, Open},
};

use crate::{
    config::{File, OpenIdFile},
    house, keyring,
};

/// The name under which a database remembers that its people are invented, and where
/// the clock of the demo stands.
const DEMO_MARK: &str = "demo";

/// What a house is opened with.
pub struct Wish<'a> {
    pub data: &'a Path,
    pub database: Option<String>,
    pub base_url: String,
    pub mode: Mode,
    pub clock: Clock,
    pub chance: Chance,
    pub durable: bool,
}

/// Opens the house of a data folder, making what is not there yet.
pub fn open(wish: Wish) -> Result<App> {
    wish.database.as_deref().map_or(Ok(()), crate::config::database)?;
    std::fs::create_dir_all(wish.data).with_context(|| format!("the folder {} cannot be made", wish.data.display()))?;
    let file = File::read(wish.data)?;
    let url =
        wish.database.or(file.database.clone()).unwrap_or_else(|| wish.data.join("duology.db").display().to_string());
    let keyring = keyring::of(wish.data, &file)?;
    let ground = Ground::new(wish.clock, wish.chance, keyring, &wish.base_url);
    let open = Open { durable: wish.durable, ..Open::new(url) };
    let db = Db::open(&open, ground).context("the database cannot be opened")?;
    keyring::tell_of_lost_keys(&db)?;
    let smtp = match (&file.smtp, wish.mode) {
        (_, Mode::Demo) | (None, _) => None,
        (Some(smtp), _) => Some(smtp.read()?),
    };
    let cost = if wish.mode == Mode::Demo { Cost::PLAYING } else { Cost::SERVING };
    let trusted_proxies = file.trusted_proxies()?;
    let openid = file.openid.as_ref().filter(|_| wish.mode != Mode::Demo).map(OpenIdFile::read).transpose()?;
    let config = Config { base_url: wish.base_url, mode: wish.mode, cost, smtp, trusted_proxies, openid };
    Ok(App::new(db, config, house::house()))
}

/// Opens a house that stands already, for a command that works on it and ends. A demo's
/// clock stands where the demo left it.
pub fn standing(data: &Path, database: Option<String>) -> Result<App> {
    let file = File::read(data)?;
    if database.is_none() && file.database.is_none() && !data.join("duology.db").exists() {
        anyhow::bail!("{} holds no house; name its folder with --data", data.display());
    }
    let base_url = file.base_url.unwrap_or_else(|| format!("http://{}", crate::commands::serve::LISTEN));
    let wish = Wish {
        data,
        database,
        base_url,
        mode: Mode::Serving,
        clock: Clock::System,
        chance: Chance::system(),
        durable: true,
    };
    let mut app = open(wish)?;
    let left_at = app.db.read(|tx| settings::get(tx, DEMO_MARK))?.and_then(|at| at.parse().ok());
    if let Some(left_at) = left_at {
        app.db.ground.clock = Clock::stopped_at(left_at);
    }
    Ok(app)
}

/// Lets a demo go on where it stood: its clock, and chance that repeats nothing.
pub fn go_on_with_demo(app: &mut App) -> Result<()> {
    let left_at = app.db.read(|tx| settings::get(tx, DEMO_MARK))?.and_then(|at| at.parse().ok());
    if let Some(left_at) = left_at {
        app.db.ground.clock.advance_to(left_at);
    }
    app.db.ground.chance = Chance::system();
    Ok(())
}

/// Notes that the people of this house are invented, and where its clock stands.
pub fn mark_demo(app: &App) -> Result<()> {
    let at = app.db.ground.clock.now().to_string();
    Ok(app.db.write(move |tx| settings::set(tx, DEMO_MARK, &at))?)
}

/// Whether the database holds a demo.
pub fn is_demo(app: &App) -> Result<bool> {
    Ok(app.db.read(|tx| settings::get(tx, DEMO_MARK))?.is_some())
}
