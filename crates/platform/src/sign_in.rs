//! What takes tens of milliseconds on purpose: trying a password, and making the hash of
//! a new one. Both belong before a unit of work (`Doors::preparing`), never inside one.

use jiff::SignedDuration;

use crate::{app::App, identity, ids::Id, network, passwords, storage::StorageError, tries, visit::Visit};

/// How long a failed try counts.
pub const TRIES_LAST: SignedDuration = SignedDuration::from_mins(15);
/// Failed tries of one address before it has to wait.
pub const MOST_TRIES: usize = 10;
/// Failed tries of all addresses together, after which each address has fewer.
pub const MOST_TRIES_OF_ALL: usize = 100;
/// Failed tries of one account from everywhere without a quiet quarter of an hour, in all
/// processes together and through every start; and of one place on the network.
pub const MOST_TRIES_OF_ACCOUNT: usize = 100;
pub const MOST_TRIES_OF_VISITOR: usize = 300;
/// Letters and the like that one place on the network may ask for within an hour.
pub const MOST_ASKED: usize = 60;
const ASKED_LASTS: SignedDuration = SignedDuration::from_hours(1);
/// What an address has while someone is trying many.
const FEWER_TRIES: usize = 3;
const ALL: &str = "sign-in";

/// Why a password was not accepted. The words are the same whether there is such an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TryRefusal {
    #[error("This address and this password do not belong together. Please check both and try again.")]
    Wrong,
    #[error("That were too many tries. Please wait a quarter of an hour, or ask for a new password.")]
    TooMany,
    #[error("That was asked for too often from where you are. Please wait an hour.")]
    TooOften,
    #[error("Something went wrong on our side. Please try again in a minute.")]
    Broken,
}

/// The account whose password this is. Takes as long when there is no such account.
///
/// # Design
/// A try is counted before it is judged, so that many at once cannot slip through, and
/// forgotten when it was right. Tries are counted per account and place on the network, so
/// that a stranger's failures use up their own tries and not the owner's; where they come
/// from many places, the account's sum stops them, and a letter with a link still lets the
/// owner in. While many addresses are being tried, each has fewer tries.
pub fn verify(app: &App, visit: &Visit, email: &str, password: &str) -> Result<Id, TryRefusal> {
    let now = app.db.ground.clock.now();
    let account_key = format!("sign-in {}", identity::email_key(email).chars().take(254).collect::<String>());
    let from = network::household(visit.visitor);
    let (key, visitor_key) = (format!("{account_key} from {from}"), format!("sign-in from {from}"));
    let calm = app.limits.allows(ALL, MOST_TRIES_OF_ALL, TRIES_LAST, now);
    let allowed = app.limits.allows(&account_key, MOST_TRIES_OF_ACCOUNT, TRIES_LAST, now)
        && app.limits.allows(&visitor_key, MOST_TRIES_OF_VISITOR, TRIES_LAST, now)
        && app.limits.takes(&key, if calm { MOST_TRIES } else { FEWER_TRIES }, TRIES_LAST, now);
    if !allowed {
        return Err(TryRefusal::TooMany);
    }
    // What this process remembers is the quick first line; this one holds for the whole house.
    match tries::count(&app.db, &account_key, MOST_TRIES_OF_ACCOUNT, TRIES_LAST) {
        Ok(true) => {}
        Ok(false) => return Err(TryRefusal::TooMany),
        Err(_) => return Err(TryRefusal::Broken),
    }
    let email = email.to_owned();
    let known =
        app.db.read(move |tx| identity::password_hash(tx, &email)).map_err(|_: StorageError| TryRefusal::Broken)?;
    let (account, hash) = known.map_or((None, None), |(account, hash)| (Some(account), hash));
    let short = password.chars().count() <= passwords::LONGEST;
    let right = short && passwords::verify(password, hash.as_deref(), app.config.cost);
    match account.filter(|_| right) {
        Some(account) => {
            app.limits.forget(&key);
            let given_back = app.db.write(move |tx| tries::give_back(tx, &account_key));
            given_back.map(|()| account).map_err(|_: StorageError| TryRefusal::Broken)
        }
        None => {
            for key in [ALL, &account_key, &visitor_key] {
                app.limits.count(key, TRIES_LAST, now);
            }
            Err(TryRefusal::Wrong)
        }
    }
}

/// Counts what a place on the network asks for without being signed in: letters, questions
/// to a browser. Refuses when it asks without end, in the same words for everyone.
pub fn count_visitor(app: &App, visit: &Visit) -> Result<(), TryRefusal> {
    let (now, key) = (app.db.ground.clock.now(), format!("asked from {}", network::household(visit.visitor)));
    if app.limits.takes(&key, MOST_ASKED, ASKED_LASTS, now) { Ok(()) } else { Err(TryRefusal::TooOften) }
}

/// The hash of a new password.
pub fn hash(app: &App, password: &str) -> Option<String> {
    passwords::hash(password, &app.db.ground.chance.bytes::<16>(), app.config.cost).ok()
}
