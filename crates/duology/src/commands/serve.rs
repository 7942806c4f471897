//! `duology serve`: pages, letters and jobs; the first start prints a set-up link.
//! `duology work`: jobs and letters alone, beside other processes.

use std::{net::SocketAddr, path::Path};

use anyhow::{Context, Result, bail};
use platform::{
    app::{App, Mode},
    chance::Chance,
    clock::Clock,
    serve,
};

use crate::{
    config::File,
    house,
    open::{self, Wish},
};

/// Where the house listens when nobody says otherwise.
pub const LISTEN: &str = "127.0.0.1:8080";

pub fn run(data: &Path, listen: Option<String>, database: Option<String>, development: bool) -> Result<()> {
    let (address, app) = prepare(data, listen, database, development)?;
    let runtime = runtime()?;
    let listener = runtime.block_on(serve::bind(address)).map_err(anyhow::Error::msg)?;
    // The storage blocks its caller, so this stands outside what is awaited.
    print_welcome(&app)?;
    runtime.block_on(async {
        let working = tokio::spawn(serve::work(app.clone()));
        serve::listen(listener, house::doors().open(app), stopped()).await;
        working.abort();
        Ok(())
    })
}

pub fn work(data: &Path, database: Option<String>) -> Result<()> {
    let (_, app) = prepare(data, None, database, false)?;
    println!("Duology works on jobs and letters. Ctrl-C ends it.");
    runtime()?.block_on(async {
        tokio::select! {
            () = serve::work(app) => {}
            () = stopped() => {}
        }
        Ok(())
    })
}

fn prepare(
    data: &Path,
    listen: Option<String>,
    database: Option<String>,
    development: bool,
) -> Result<(SocketAddr, App)> {
    let file = File::read(data)?;
    let listen = listen.or(file.listen).unwrap_or_else(|| LISTEN.to_owned());
    let address: SocketAddr =
        listen.parse().with_context(|| format!("--listen {listen}: write an address such as {LISTEN}"))?;
    let mode = if development { Mode::Development } else { Mode::Serving };
    let base_url = file.base_url.unwrap_or_else(|| format!("http://{address}")).trim_end_matches('/').to_owned();
    let wish = Wish { data, database, base_url, mode, clock: Clock::System, chance: Chance::system(), durable: true };
    let app = open::open(wish)?;
    if open::is_demo(&app)? {
        bail!(
            "{} holds a demo with invented people; `duology demo --data {}` shows it",
            data.display(),
            data.display()
        );
    }
    Ok((address, app))
}

fn print_welcome(app: &App) -> Result<()> {
    println!("Duology answers at {}", app.config.base_url);
    let link = app.db.write(program::setup::link).map_err(|failure| anyhow::anyhow!("{failure}"))?;
    if let Some(link) = link {
        println!("\nThis house is not set up yet. Open this link once, within seven days:\n\n  {link}\n");
    }
    if app.config.smtp.is_none() {
        println!("No mail server is configured, so letters stay in the house ([smtp] in duology.toml).");
    }
    Ok(())
}

pub fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no threads")
}

/// Ends with Ctrl-C or when the system asks us to stop.
pub async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
