//! Units of work that share one commit.

use std::sync::mpsc;

use crate::{
    chance::Chance,
    clock::Clock,
    ids::Id,
    keys::Keyring,
    settings,
    storage::{Db, Ground, Open, Result, Sql, StorageError, Tx},
    values,
};

static PUT_CHECKS_OFF: Sql = pragma("pragma defer_foreign_keys = on");
static SIGN_NOBODY_IN: Sql = pragma(
    "insert into sign_ins (token_hash, id, account, strength, created_at, proved_at, last_used_at, expires_at, agent) values (x'00', x'00', x'00', 1, '2026', '2026', '2026', '2026', '')",
);

const fn pragma(text: &'static str) -> Sql {
    Sql { name: "TEST", module: "tests", sqlite: text, postgres: text }
}

pub(crate) type Step = fn(&mut Tx) -> Result<()>;

#[test]
fn a_refused_unit_leaves_nothing_while_its_neighbours_stay() {
    let house = House::open("refused");
    let outcomes = house.together(&[
        |tx| settings::set(tx, "first", "kept"),
        |tx| {
            settings::set(tx, "second", "written before the refusal")?;
            settings::set(tx, "first", "changed before the refusal")?;
            Err(StorageError::Other("refused".to_owned()))
        },
        |tx| settings::set(tx, "third", "kept"),
    ]);
    assert_eq!(outcomes, [None, Some("refused".to_owned()), None]);
    assert_eq!(house.values(), [Some("kept".to_owned()), None, Some("kept".to_owned())]);
}

#[test]
fn a_panic_in_one_unit_undoes_that_unit_alone() {
    let house = House::open("panic");
    let outcomes = house.together(&[
        |tx| settings::set(tx, "first", "kept"),
        |tx| {
            settings::set(tx, "second", "written before the panic")?;
            panic!("a fault of ours, meant by a test")
        },
        |tx| settings::set(tx, "third", "kept"),
    ]);
    assert_eq!(outcomes, [None, Some("a unit of work stopped halfway and was undone".to_owned()), None]);
    assert_eq!(house.values(), [Some("kept".to_owned()), None, Some("kept".to_owned())]);
    assert_eq!(house.together(&[|tx| settings::set(tx, "second", "afterwards")]), [None]);
}

#[test]
fn nobody_hears_of_success_when_the_shared_commit_fails() {
    let house = House::open("commit");
    let outcomes = house.together(&[
        |tx| settings::set(tx, "first", "never on the disk"),
        |tx| {
            tx.exec(&PUT_CHECKS_OFF, values![])?;
            tx.exec(&SIGN_NOBODY_IN, values![]).map(|_| ())
        },
        |tx| settings::set(tx, "third", "never on the disk"),
    ]);
    for outcome in outcomes {
        let words = outcome.unwrap();
        assert!(words.starts_with("nothing was kept: ") && words.contains("FOREIGN KEY"), "{words}");
    }
    assert_eq!(house.values(), [None, None, None]);
    assert_eq!(house.together(&[|tx| settings::set(tx, "first", "afterwards")]), [None]);
}

#[test]
fn every_statement_of_every_unit_is_counted() {
    let house = House::open("counted");
    let before = house.db.statements();
    house.together(&[|tx| settings::set(tx, "first", "a"), |tx| settings::set(tx, "second", "b")]);
    house.values();
    assert_eq!(house.db.statements() - before, 5);
}

/// What is looked up once stays as it was for that unit of work, and for no other.
#[test]
fn what_a_reading_unit_has_looked_up_is_not_asked_again() {
    let house = House::open("once");
    let look = |tx: &mut Tx| {
        let mut looks = 0;
        for _ in 0..3 {
            tx.once(Id::from(1), |_| {
                looks += 1;
                Ok::<_, StorageError>(())
            })?;
            tx.once(Id::from(2), |_| Ok::<_, StorageError>(7_i64))?;
        }
        Ok::<_, StorageError>(looks)
    };
    assert_eq!(house.db.read(look).unwrap(), 1);
    assert_eq!(house.db.read(look).unwrap(), 1);
    assert_eq!(house.db.write(look).unwrap(), 3, "in a unit that writes it may have changed");
}

pub(crate) struct House {
    pub(crate) db: Db,
    folder: std::path::PathBuf,
}

impl House {
    pub(crate) fn open(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("duology_storage_{name}_{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let chance = Chance::seeded(1);
        let clock = Clock::stopped_at("2026-02-20T10:00:00Z".parse().unwrap());
        let ground = Ground::new(clock, chance, Keyring::fresh(), "http://duology.test");
        let open =
            Open { connections: 1, durable: false, ..Open::new(folder.join("duology.db").display().to_string()) };
        Self { db: Db::open(&open, ground).unwrap(), folder }
    }

    /// Runs these units in this order while all of them wait for the writer, which an
    /// earlier unit holds until then. Gives what each came to: nothing, or why not.
    pub(crate) fn together(&self, steps: &[Step]) -> Vec<Option<String>> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (let_go, held) = mpsc::channel::<()>();
        let (begin, begun) = mpsc::channel::<()>();
        runtime.block_on(async {
            let db = self.db.clone();
            let holding = tokio::spawn(async move {
                let hold = move |_: &mut Tx| {
                    begin.send(()).unwrap();
                    held.recv().map_err(|error| StorageError::Other(error.to_string()))
                };
                db.run(true, hold).await
            });
            tokio::task::yield_now().await;
            begun.recv().unwrap();
            let running: Vec<_> = steps
                .iter()
                .map(|step| {
                    let (db, step) = (self.db.clone(), *step);
                    tokio::spawn(async move { db.run(true, step).await })
                })
                .collect();
            tokio::task::yield_now().await;
            let_go.send(()).unwrap();
            holding.await.unwrap().unwrap();
            let mut outcomes = Vec::new();
            for one in running {
                outcomes.push(one.await.unwrap().err().map(|error| error.to_string()));
            }
            outcomes
        })
    }

    fn values(&self) -> [Option<String>; 3] {
        let read = |key: &'static str| self.db.read(move |tx| settings::get(tx, key)).unwrap();
        [read("first"), read("second"), read("third")]
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
