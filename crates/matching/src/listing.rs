//! One page of the directory: who is found, how many each other choice would find, and the
//! cards of the fifty that are shown.

use std::collections::HashMap;

use platform::{prelude::*, storage::Query};
use policy::{Scope, of};

use crate::{
    search::{self, Asking, Found, Order},
    window::Newest,
};

pub(crate) const ON_A_PAGE: usize = 50;

/// What a reader wants to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) words: String,
    pub(crate) topic: String,
    pub(crate) organisation: String,
    pub(crate) channel: String,
    pub(crate) zone: String,
    pub(crate) free: bool,
    pub(crate) shortlist: bool,
    /// Counted from one.
    pub(crate) page: usize,
}

row! {
    pub(crate) struct Card {
        number: i64,
        pub(crate) person: Id,
        pub(crate) name: String,
        pub(crate) role: String,
        pub(crate) employer_shown: String,
        pub(crate) region: String,
        pub(crate) words: String,
        pub(crate) topics: String,
        pub(crate) state: String,
        pub(crate) waiting: i64,
        pub(crate) answer_days: Option<i64>,
    }
}

/// What a reader sees: the cards of one page, and figures about all.
pub(crate) struct Listing {
    pub(crate) cards: Vec<Card>,
    pub(crate) found: Found,
}

/// Whoever must not meet the mentee who reads, or takes a pause, is in none of it. The cards,
/// the number above them and the number at each choice are read by the one scope.
pub(crate) fn listing(
    tx: &mut Tx,
    scope: &Scope<of::ProfileMentor>,
    newest: &Newest,
    apart: &[Id],
    order: Order,
    wanted: &Wanted,
) -> Result<Listing, Failure> {
    let asking = Asking {
        scope,
        turn: newest.turn,
        language: newest.terms.language,
        waiting_at_most: newest.terms.waiting,
        words: &wanted.words,
        facets: [&wanted.topic, &wanted.organisation, &wanted.channel, &wanted.zone],
        free: wanted.free,
        short: wanted.shortlist,
        apart,
        shortlist: &newest.shortlist,
        order,
        from: (wanted.page.max(1) - 1) * ON_A_PAGE,
        many: ON_A_PAGE,
    };
    let found = search::find(tx, &asking)?;
    Ok(Listing { cards: cards(tx, &found.profiles)?, found })
}

/// The cards of these profiles, in their order.
fn cards(tx: &mut Tx, profiles: &[i64]) -> Result<Vec<Card>, Failure> {
    if profiles.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Query::new(
        "select p.id, p.person, c.name, c.role_words, c.employer_shown, c.region, c.card_words, c.card_topics, p.state, p.waiting, p.answer_days from profiles p join profile_cards c on c.profile = p.id where p.id in (",
    );
    // Always as many, so that the databases see one statement.
    for place in 0..ON_A_PAGE {
        query.push(if place == 0 { "" } else { ", " }).bind(profiles.get(place).copied().unwrap_or(-1));
    }
    query.push(") and p.state <> 'paused'");
    let mut cards: HashMap<i64, Card> = tx.query::<Card>(&query)?.into_iter().map(|card| (card.number, card)).collect();
    Ok(profiles.iter().filter_map(|profile| cards.remove(profile)).collect())
}
