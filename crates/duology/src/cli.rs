//! The command line. Exit status 0: done, 1: refused, 2: misused.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Result, bail};
use clap::{Args, Parser, Subcommand};

use crate::{commands, config, open};

#[derive(Parser)]
#[command(
    name = "duology",
    version,
    about = "Runs a formal mentoring program, from the first nomination to the report to the Board."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Args)]
struct Place {
    /// The folder that holds the database, the keyring and duology.toml
    #[arg(long, default_value = "duology-data", env = "DUOLOGY_DATA")]
    data: PathBuf,
    /// postgres://…; without it, SQLite in the data folder
    #[arg(long, env = "DUOLOGY_DATABASE")]
    database: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Pages, letters and jobs; the first start prints a set-up link
    Serve {
        #[command(flatten)]
        place: Place,
        /// The address to listen on [default: 127.0.0.1:8080]
        #[arg(long)]
        listen: Option<String>,
        /// Shows letters at /dev/mail; for development only
        #[arg(long)]
        development: bool,
    },
    /// Jobs and letters alone, beside other processes
    Work {
        #[command(flatten)]
        place: Place,
    },
    /// A year of invented people, played and then served; needs no network
    Demo {
        /// An empty folder to keep it in; without one, a folder in the system's temporary place
        #[arg(long)]
        data: Option<PathBuf>,
        /// postgres://…; without it, SQLite in the data folder
        #[arg(long)]
        database: Option<String>,
        /// The same seed gives the same year
        #[arg(long, default_value_t = 7)]
        seed: u64,
        /// From 1 to 2000
        #[arg(long, default_value_t = 25, value_parser = clap::value_parser!(u16).range(1..=2000))]
        duos: u16,
        /// The day to play up to, such as 2027-05-20 [default: today]
        #[arg(long)]
        until: Option<jiff::civil::Date>,
        /// The Saturday of the annual meeting at which the cohort begins, to see the months before it [default: the last one before that day]
        #[arg(long)]
        annual_meeting: Option<jiff::civil::Date>,
        /// Plays the year and ends
        #[arg(long)]
        no_serve: bool,
        /// The address to listen on [default: 127.0.0.1:8080]
        #[arg(long)]
        listen: Option<String>,
    },
    /// Matches the people of a file; needs no database
    Pair {
        #[arg(long = "in")]
        file: PathBuf,
        #[arg(long, value_parser = ["most-pairs", "best-total", "stable"])]
        objective: String,
        #[arg(long)]
        out: PathBuf,
    },
    /// Every route with its action and who may come in
    Routes {
        #[arg(long)]
        json: bool,
    },
    /// A report to the Board as a file
    Report {
        #[command(flatten)]
        place: Place,
        /// The cohort's name, such as 2026–27 [default: the newest]
        #[arg(long)]
        cohort: Option<String>,
        #[arg(long, value_parser = ["interim", "final"])]
        kind: String,
        /// Taken from the file's ending when not given
        #[arg(long, value_parser = ["pdf", "html", "csv", "json"])]
        format: Option<String>,
        #[arg(long)]
        out: PathBuf,
    },
    /// Who did what to which record
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// The association's member list
    Roster {
        #[command(subcommand)]
        command: RosterCommand,
    },
    /// The accounts of people
    Account {
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// The master keys under which texts are sealed
    Key {
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// What duology.toml may say
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Looks the whole chain through and names the first bad entry
    Verify {
        #[command(flatten)]
        place: Place,
        /// A head from a letter or a log, such as 1200:0b7e…; may be given several times
        #[arg(long)]
        head: Vec<String>,
    },
}

#[derive(Subcommand)]
enum RosterCommand {
    /// Reads a CSV or a workbook (.xlsx), says what it changes, and changes it
    Import {
        file: PathBuf,
        #[command(flatten)]
        place: Place,
        /// Says what would change, and changes nothing
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Subcommand)]
enum AccountCommand {
    /// Takes the second factor away, ends every sign-in and prints a link for a new password
    Recover {
        /// The address they sign in with
        email: String,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Subcommand)]
enum KeyCommand {
    /// Which master keys there are, and how many data keys hang on each
    Status {
        #[command(flatten)]
        place: Place,
    },
    /// Makes a new master key and wraps all data keys under it; nothing need stop
    Rotate {
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Reads duology.toml and says what is wrong with it
    Check {
        #[arg(long, default_value = "duology-data", env = "DUOLOGY_DATA")]
        data: PathBuf,
    },
    /// Says what a key means; without one, all keys
    Explain { key: Option<String> },
}

pub fn run() -> ExitCode {
    let command = Cli::parse().command;
    // A house at work says where its audit stands; the log is kept where the database is not.
    let is_at_work = matches!(command, Command::Serve { .. } | Command::Work { .. });
    log(if is_at_work { "warn,audit=info" } else { "warn" });
    match act(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("duology: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn act(command: Command) -> Result<()> {
    match command {
        Command::Serve { place, listen, development } => {
            commands::serve::run(&place.data, listen, place.database, development)
        }
        Command::Demo { data, database, seed, duos, until, annual_meeting, no_serve, listen } => {
            commands::demo::run(&commands::demo::Demo {
                data,
                database,
                seed,
                duos: usize::from(duos),
                until,
                annual_meeting,
                serve: !no_serve,
                listen,
            })
        }
        Command::Work { place } => commands::serve::work(&place.data, place.database),
        Command::Pair { file, objective, out } => commands::pair::run(&file, &objective, &out),
        Command::Routes { json } => {
            commands::routes::run(json);
            Ok(())
        }
        Command::Report { place, cohort, kind, format, out } => {
            let ending = out.extension().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
            let format = format.unwrap_or(ending);
            if !["pdf", "html", "csv", "json"].contains(&format.as_str()) {
                bail!("say which format with --format pdf, html, csv or json");
            }
            let app = open::standing(&place.data, place.database)?;
            commands::report::run(&app, cohort.as_deref(), &kind, &format, &out)
        }
        Command::Audit { command: AuditCommand::Verify { place, head } } => {
            commands::audit::verify(&open::standing(&place.data, place.database)?, &head)
        }
        Command::Roster { command: RosterCommand::Import { file, place, dry_run } } => {
            commands::roster::import(&open::standing(&place.data, place.database)?, &file, dry_run)
        }
        Command::Account { command: AccountCommand::Recover { email, place } } => {
            commands::account::recover(&open::standing(&place.data, place.database)?, email)
        }
        Command::Key { command: KeyCommand::Status { place } } => {
            commands::key::status(&open::standing(&place.data, place.database)?)
        }
        Command::Key { command: KeyCommand::Rotate { place } } => {
            commands::key::rotate(&open::standing(&place.data, place.database)?)
        }
        Command::Config { command: ConfigCommand::Check { data } } => {
            config::File::read(&data)?;
            println!("{} is in order.", data.join("duology.toml").display());
            Ok(())
        }
        Command::Config { command: ConfigCommand::Explain { key } } => explain(key.as_deref()),
    }
}

fn explain(key: Option<&str>) -> Result<()> {
    match key {
        None => config::KEYS.iter().for_each(|(key, words)| println!("{key:20} {words}")),
        Some(key) => match config::KEYS.iter().find(|(it, _)| *it == key) {
            Some((_, words)) => println!("{words}"),
            None => match config::nearest(key) {
                Some(near) => bail!("`{key}` is not a key; did you mean `{near}`?"),
                None => bail!("`{key}` is not a key; `duology config explain` lists them all"),
            },
        },
    }
    Ok(())
}

/// Logs go to the error output, one line of JSON each; DUOLOGY_LOG says how much (error,
/// warn, info, debug).
fn log(otherwise: &str) {
    use tracing_subscriber::fmt;
    let _ = fmt().json().with_env_filter(log_filter(otherwise)).with_writer(std::io::stderr).try_init();
}

/// What others have built tells at most of what went wrong: the mailer would tell every letter.
fn log_filter(otherwise: &str) -> tracing_subscriber::EnvFilter {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("DUOLOGY_LOG").unwrap_or_else(|_| EnvFilter::new(otherwise));
    let others = ["lettre", "hyper", "postgres", "tokio_postgres", "rustls"];
    others.iter().filter_map(|it| format!("{it}=warn").parse().ok()).fold(filter, EnvFilter::add_directive)
}
