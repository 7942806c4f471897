//! A unit of work as the rooms see it: statements, the time, fresh ids, chance.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use jiff::Timestamp;

use super::{Conn, FromRow, Memory, Query, Result, Sql, StorageError, Value};
use crate::{
    audit::{Acting, Gathered, Reading},
    chance::Chance,
    clock::Clock,
    ids::Id,
    keys::{Keyring, Scope, Vault},
};

/// What every unit of work stands on besides the database.
#[derive(Clone)]
pub struct Ground {
    pub clock: Clock,
    pub chance: Chance,
    pub keyring: Arc<Keyring>,
    /// Where the house is reached, without a slash at the end: for links in letters.
    pub base_url: Arc<str>,
    /// Where data keys stand when they do not stand in the database.
    pub(super) vault: Option<Arc<Vault>>,
    pub(super) memory: Memory,
    /// How many requests were named since the start.
    pub(super) requests: Arc<AtomicU64>,
}

impl Ground {
    pub fn new(clock: Clock, chance: Chance, keyring: impl Into<Arc<Keyring>>, base_url: &str) -> Self {
        Self {
            clock,
            chance,
            keyring: keyring.into(),
            base_url: base_url.into(),
            vault: None,
            memory: Memory::default(),
            requests: Arc::default(),
        }
    }

    /// Which request since the start the next one is.
    pub(crate) fn next_request(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed)
    }
}

/// As many readings as a page has at most.
const A_PAGE: usize = 64;

pub struct Tx<'a> {
    conn: &'a mut Conn,
    ground: &'a Ground,
    now: Timestamp,
    statements: u64,
    /// What was looked up already; nothing in a unit of work that may change it.
    known: Option<HashMap<(TypeId, Id), Box<dyn Any>>>,
    acting: Acting,
    /// What the audit is to be told when this unit of work ends.
    gathered: Vec<Gathered>,
    /// Data keys that this unit of work has unwrapped.
    keys: HashMap<Scope, [u8; 32]>,
}

impl<'a> Tx<'a> {
    pub(super) fn new(conn: &'a mut Conn, ground: &'a Ground, reads: bool) -> Self {
        Self {
            conn,
            ground,
            now: ground.clock.now(),
            statements: 0,
            known: reads.then(HashMap::new),
            acting: Acting::default(),
            gathered: Vec::new(),
            keys: HashMap::new(),
        }
    }

    /// The moment of this unit of work; the same from its first line to its last.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    pub fn fresh_id(&self) -> Id {
        self.ground.chance.id(self.now)
    }

    pub fn chance(&self) -> &Chance {
        &self.ground.chance
    }

    pub fn keyring(&self) -> &'a Keyring {
        &self.ground.keyring
    }

    pub(crate) fn vault(&self) -> Option<&'a Vault> {
        self.ground.vault.as_deref()
    }

    pub(crate) fn known_key(&self, scope: &Scope) -> Option<[u8; 32]> {
        self.keys.get(scope).copied()
    }

    pub(crate) fn know_key(&mut self, scope: &Scope, key: [u8; 32]) {
        self.keys.insert(scope.clone(), key);
    }

    pub(crate) fn forget_keys(&mut self) {
        self.keys.clear();
    }

    /// The whole address of a page, for letters.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.ground.base_url)
    }

    pub fn is_sqlite(&self) -> bool {
        self.conn.is_sqlite()
    }

    pub fn rows<T: FromRow>(&mut self, sql: &Sql, values: &[Value]) -> Result<Vec<T>> {
        self.statements += 1;
        let text = self.conn.text_of(sql);
        self.conn.rows(text, values)
    }

    /// The first row, if there is one.
    pub fn row<T: FromRow>(&mut self, sql: &Sql, values: &[Value]) -> Result<Option<T>> {
        Ok(self.rows(sql, values)?.into_iter().next())
    }

    /// The one row that is always there: a count, a sum.
    pub fn one<T: FromRow>(&mut self, sql: &Sql, values: &[Value]) -> Result<T> {
        self.row(sql, values)?.ok_or_else(|| StorageError::Other(format!("{} gave no row", sql.name)))
    }

    /// Changes rows and says how many.
    pub fn exec(&mut self, sql: &Sql, values: &[Value]) -> Result<u64> {
        self.statements += 1;
        let text = self.conn.text_of(sql);
        self.conn.exec(text, values)
    }

    /// A list whose filters were put together at run time.
    pub fn query<T: FromRow>(&mut self, query: &Query) -> Result<Vec<T>> {
        self.statements += 1;
        self.conn.rows(&query.sql, &query.values)
    }

    /// How many statements this unit of work has asked.
    pub(super) fn statements(&self) -> u64 {
        self.statements
    }

    /// Looks something up once in a unit of work that only reads, however many rooms ask
    /// for it; its type and `about` say what it is. Where the unit of work writes, it is
    /// looked up each time.
    pub fn once<T, E>(&mut self, about: Id, look: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E>
    where
        T: Any + Clone,
    {
        let key = (TypeId::of::<T>(), about);
        let known = self.known.as_ref().and_then(|known| known.get(&key)?.downcast_ref::<T>());
        if let Some(known) = known {
            return Ok(known.clone());
        }
        let found = look(self)?;
        if let Some(known) = &mut self.known {
            known.insert(key, Box::new(found.clone()));
        }
        Ok(found)
    }

    /// What a room keeps in memory, by its type. A unit of work that may yet be undone gets
    /// one of its own, so that nobody else sees what was never written.
    pub fn memory<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        if self.known.is_some() { self.ground.memory.of() } else { Arc::default() }
    }

    /// Lets every statement from here on see one state of the database, whatever others
    /// write meanwhile. Before anything else is asked. On SQLite it is always so.
    pub(crate) fn stand_still(&mut self) -> Result<()> {
        if self.conn.is_sqlite() {
            return Ok(());
        }
        self.conn.batch("set transaction isolation level repeatable read")
    }

    /// Says who acts in this unit of work, and through what.
    pub fn acts(&mut self, acting: Acting) {
        self.acting = acting;
    }

    /// Notes that something confidential is about to be shown. Also where a unit of work
    /// only reads: it is written down before anyone sees the page.
    pub fn has_read(&mut self, reading: Reading) {
        let from = self.now;
        self.has_read_shown_from(&reading, from);
    }

    /// The same where the people whom it concerns may see only from a later moment that it
    /// was read: for their safety.
    pub fn has_read_shown_from(&mut self, reading: &Reading, from: Timestamp) {
        let reader = self.acting.person;
        let whose = reading.whose.iter().filter(|it| Some(**it) != reader).map(|it| Some(*it));
        // What belongs to nobody by name is noted all the same.
        let nobody = reading.whose.is_empty().then_some(None);
        for person in whose.chain(nobody) {
            self.gather(|acting, now| Gathered::read(acting, now, reading, (person, from)));
        }
    }

    pub(crate) fn gather(&mut self, make: impl FnOnce(&Acting, Timestamp) -> Gathered) {
        let one = make(&self.acting, self.now);
        // A page that opens the same record twice has read it once.
        if !(one.stays() && self.gathered.iter().rev().take(A_PAGE).any(|it| *it == one)) {
            self.gathered.push(one);
        }
    }

    pub(super) fn take_gathered(&mut self) -> Vec<Gathered> {
        std::mem::take(&mut self.gathered)
    }

    /// Makes units of work about one thing (a cohort) wait for each other, until this
    /// one ends. SQLite has one writer, so there it is already so.
    pub fn lock(&mut self, thing: Id) -> Result<()> {
        if self.conn.is_sqlite() {
            return Ok(());
        }
        let key = Value::Int(thing.lock_key());
        self.conn.rows::<i64>("select 1::bigint as locked from (select pg_advisory_xact_lock($1)) as lock", &[key])?;
        Ok(())
    }
}
