//! `duology key rotate` as whoever runs the house calls it, in a process of its own: what was
//! sealed before opens after it, and hangs on the new master key alone.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Result, anyhow, ensure};
use duology::open::{self, Wish};
use platform::{
    app::{App, Mode},
    chance::Chance,
    clock::Clock,
    keys::{self, Field, Scope},
};
use testing::{Database, Kind};

const MANY: usize = 25;

#[test]
fn what_was_sealed_opens_after_a_rotation_on_sqlite() -> Result<()> {
    a_rotation(Kind::Sqlite)
}

#[test]
fn what_was_sealed_opens_after_a_rotation_on_postgresql() -> Result<()> {
    let kind = testing::postgres_or_note("rotation::what_was_sealed_opens_after_a_rotation_on_postgresql");
    kind.map_or(Ok(()), a_rotation)
}

fn a_rotation(kind: Kind) -> Result<()> {
    let is_postgres = matches!(kind, Kind::Postgres { .. });
    let database = Database::fresh(kind);
    let house = House::beside(&database, is_postgres)?;
    let sealed = house.seal()?;
    let ring = fs::read_to_string(house.ring())?;
    let said = house.says(&["key", "rotate"])?;
    ensure!(said.contains(&format!("{MANY} data keys hang on it now")), "{said}");
    let status = house.says(&["key", "status"])?;
    ensure!(status.contains("nothing hangs on it; its line may go"), "{status}");
    ensure!(house.opens(&sealed)? == MANY, "not everything opens after the rotation");
    // The old line may truly go: what was sealed under it opens without it.
    let both = fs::read_to_string(house.ring())?;
    let new = both.strip_prefix(&ring).ok_or_else(|| anyhow!("the old key is not where it was"))?;
    fs::remove_file(house.ring())?;
    house.put_ring(new)?;
    ensure!(house.opens(&sealed)? == MANY, "something still hung on the old master key");
    house.put_ring(&ring)?;
    ensure!(house.opens(&sealed).map_or(0, |many| many) == 0, "the old master key alone opens what it no longer wraps");
    Ok(())
}

/// A data folder that one process fills, and another turns its keys in.
struct House {
    folder: PathBuf,
    database: Option<String>,
}

impl House {
    fn beside(database: &Database, is_postgres: bool) -> Result<Self> {
        let name = format!("duology_rotation_{}_{is_postgres}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, database: is_postgres.then(|| database.url().to_owned()) })
    }

    fn app(&self) -> Result<App> {
        open::open(Wish {
            data: &self.folder,
            database: self.database.clone(),
            base_url: "http://127.0.0.1:8080".to_owned(),
            mode: Mode::Serving,
            clock: Clock::System,
            chance: Chance::system(),
            durable: false,
        })
    }

    /// Seals one text in each of many places, each under a key of its own.
    fn seal(&self) -> Result<Vec<Vec<u8>>> {
        let app = self.app()?;
        let field = notes()?;
        let sealed = app.db.write(move |tx| {
            let seal = |number: usize| keys::seal(tx, &scope(number), &field.at(number), &words(number));
            Ok::<_, platform::doors::Failure>((0..MANY).map(seal).collect::<Result<Vec<_>, _>>()?)
        });
        sealed.map_err(|failure| anyhow!("{failure}"))
    }

    /// How many of the texts open, word for word.
    fn opens(&self, sealed: &[Vec<u8>]) -> Result<usize> {
        let app = self.app()?;
        let (field, sealed) = (notes()?, sealed.to_vec());
        let many = app.db.read(move |tx| {
            let mut many = 0;
            for (number, it) in sealed.iter().enumerate() {
                let text = keys::open(tx, &scope(number), &field.at(number), it)?;
                many += usize::from(text == Some(words(number)));
            }
            Ok::<usize, platform::doors::Failure>(many)
        });
        many.map_err(|failure| anyhow!("{failure}"))
    }

    fn says(&self, words: &[&str]) -> Result<String> {
        let mut program = Command::new(env!("CARGO_BIN_EXE_duology"));
        program.args(words).arg("--data").arg(&self.folder);
        if let Some(database) = &self.database {
            program.args(["--database", database]);
        }
        let output = program.output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?)
    }

    fn ring(&self) -> PathBuf {
        self.folder.join("keys/master.key")
    }

    /// Puts a keyring in the place of the one that is there, as closed to others as it was.
    fn put_ring(&self, text: &str) -> Result<()> {
        use std::os::unix::fs::PermissionsExt;
        let _ = fs::remove_file(self.ring());
        fs::write(self.ring(), text)?;
        Ok(fs::set_permissions(self.ring(), fs::Permissions::from_mode(0o400))?)
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn notes() -> Result<&'static Field> {
    keys::fields().find(|it| it.table == "duo_notes").ok_or_else(|| anyhow!("no note is sealed"))
}

fn scope(number: usize) -> Scope {
    Scope::new("duo", number)
}

fn words(number: usize) -> String {
    format!("What the two of duo {number} wrote to each other.")
}
