//! A house full of people, and the process that serves it.

use std::{
    collections::BTreeMap,
    fs,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

use super::{
    Wish,
    load::{self, Answer, Connection, Load, Measured, Request},
    process,
};
use crate::{machine, postgres::Postgres};

/// What the example `fill` made, for asking like its people.
#[derive(Default)]
pub struct Made {
    pub readers: Vec<String>,
    pub addresses: Vec<String>,
    pub mentors: Vec<String>,
    pub topics: Vec<String>,
    pub applicants: Vec<String>,
    pub password: String,
    pub draft: String,
}

impl Made {
    fn read(text: &str) -> Self {
        let mut made = Self::default();
        for (word, rest) in text.lines().filter_map(|line| line.split_once(' ')) {
            let rest = rest.to_owned();
            match word {
                "reader" => made.readers.push(rest),
                "address" => made.addresses.push(rest),
                "mentor" => made.mentors.push(rest),
                "topic" => made.topics.push(rest),
                "applicant" => made.applicants.push(rest),
                "password" => made.password = rest,
                "draft" => made.draft = rest,
                _ => {}
            }
        }
        made
    }
}

/// No two houses of a run have the same name, also when one of them is gone already.
fn next_number() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A data folder and its database.
pub struct House {
    program: PathBuf,
    folder: PathBuf,
    database: Option<String>,
    postgres: Option<u32>,
    pub made: Made,
}

impl House {
    /// Makes a house and fills it with what the wishes say.
    pub fn fill(wish: &Wish, postgres: Option<&Postgres>, wishes: &[&str]) -> Result<Self> {
        let name = format!("house{}", next_number());
        let folder = wish.folder.join(&name);
        let database = postgres.map(|it| it.database(&name)).transpose()?;
        let mut fill = Command::new(wish.programs.join("examples/fill"));
        fill.arg("--data").arg(&folder).args(wishes);
        if let Some(database) = &database {
            fill.args(["--database", database]);
        }
        println!("   filling {name}: {}", wishes.join(" "));
        let made = Made::read(&machine::says(&mut fill)?);
        if let Some(postgres) = postgres {
            postgres.analyze(&name)?;
        }
        let postgres = postgres.map(Postgres::process).transpose()?;
        Ok(Self { program: wish.programs.join("duology"), folder, database, postgres, made })
    }

    /// What the example `inside` measures in an empty house, name by name.
    pub fn inside(wish: &Wish, postgres: Option<&Postgres>, times: usize) -> Result<BTreeMap<String, f64>> {
        let name = format!("inside{}", next_number());
        let mut inside = Command::new(wish.programs.join("examples/inside"));
        inside.arg("--data").arg(wish.folder.join(&name)).args(["--times", &times.to_string()]);
        if let Some(postgres) = postgres {
            inside.args(["--database", &postgres.database(&name)?]);
        }
        let figures = machine::says(&mut inside)?;
        let figures = figures.lines().filter_map(|line| line.split_once(' '));
        figures.map(|(name, value)| Ok((name.to_owned(), value.parse()?))).collect()
    }

    /// How long `duology audit verify` takes, from its start to its end.
    pub fn verify_audit(&self) -> Result<f64> {
        self.time(&["audit", "verify"], "The audit is whole")
    }

    /// How long `duology key rotate` takes, from its start to its end.
    pub fn rotate_keys(&self) -> Result<f64> {
        self.time(&["key", "rotate"], "data keys hang on it now")
    }

    /// How long `duology roster import` takes for a list, from its start to its end.
    pub fn import_roster(&self, list: &str) -> Result<f64> {
        let file = self.folder.join("members.csv");
        fs::write(&file, list)?;
        self.time(&["roster", "import", &file.display().to_string()], "The roster is up to date")
    }

    fn time(&self, words: &[&str], says: &str) -> Result<f64> {
        let mut program = Command::new(&self.program);
        program.args(words).arg("--data").arg(&self.folder);
        if let Some(database) = &self.database {
            program.args(["--database", database]);
        }
        let began = Instant::now();
        let said = machine::says(&mut program)?;
        ensure!(said.contains(says), "{said}");
        Ok(began.elapsed().as_secs_f64())
    }

    /// Lets it believe what a proxy on this machine says about where a request comes from.
    pub fn trusts_forwarding(&self) -> Result<()> {
        Ok(fs::write(self.folder.join("duology.toml"), "trusted_proxies = \"127.0.0.1\"\n")?)
    }

    /// Serves it, and waits until the house has done what it does by itself.
    pub fn serve(&self) -> Result<Served> {
        let (served, _) = self.serve_timed()?;
        served.settle()?;
        Ok(served)
    }

    /// Takes it off the disk once nobody serves it any more.
    pub fn remove(self) -> Result<()> {
        fs::remove_dir_all(&self.folder).with_context(|| format!("{} cannot be removed", self.folder.display()))
    }

    /// Serves it and says how long it took to the first answer.
    pub fn serve_timed(&self) -> Result<(Served, Duration)> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut serve = Command::new(&self.program);
        serve.arg("serve").arg("--data").arg(&self.folder).arg("--listen").arg(address.to_string());
        if let Some(database) = &self.database {
            serve.args(["--database", database]);
        }
        let began = Instant::now();
        let child =
            serve.stdin(Stdio::null()).stdout(Stdio::null()).spawn().context("the program cannot be started")?;
        let served = Served { child, address, postgres: self.postgres };
        let first = Request::get("/sign-in", "");
        while Connection::open(address).and_then(|mut it| it.send(&first, 200)).is_err() {
            ensure!(began.elapsed() < Duration::from_secs(60), "the house does not answer at {address}");
            std::thread::sleep(Duration::from_micros(500));
        }
        Ok((served, began.elapsed()))
    }
}

/// The process is ended when it is dropped.
pub struct Served {
    child: Child,
    address: SocketAddr,
    postgres: Option<u32>,
}

impl Served {
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn load(&self, load: &Load) -> Result<Measured> {
        load::run(self.address, load, || self.cpu_seconds())
    }

    pub fn collect(&self, requests: &[Request], status: u16) -> Result<Vec<Answer>> {
        load::collect(self.address, requests, status)
    }

    /// Makes sure that each page shows something at least so many times.
    pub fn sees(&self, requests: &[Request], what: &str, least: usize) -> Result<()> {
        for answer in self.collect(requests, 200)? {
            let body = String::from_utf8_lossy(&answer.body);
            let found = body.matches(what).count();
            ensure!(found >= least, "a page shows {what} {found} times, not {least}");
        }
        Ok(())
    }

    pub fn memory(&self) -> Result<f64> {
        process::memory_mb(self.child.id())
    }

    /// Waits until nothing is left to do.
    pub fn settle(&self) -> Result<()> {
        let began = Instant::now();
        let mut before = self.cpu_seconds()?;
        loop {
            std::thread::sleep(Duration::from_millis(700));
            let now = self.cpu_seconds()?;
            if now - before < 0.015 {
                return Ok(());
            }
            ensure!(began.elapsed() < Duration::from_secs(300), "the house does not come to rest");
            before = now;
        }
    }

    fn cpu_seconds(&self) -> Result<f64> {
        let roots: Vec<u32> = std::iter::once(self.child.id()).chain(self.postgres).collect();
        process::cpu_seconds(&roots)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill().and_then(|()| self.child.wait());
    }
}
