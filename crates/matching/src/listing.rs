//! One page of the directory, in one statement.
//!
//! # Design
//! The inner question finds and orders ids alone, over short rows; only the fifty that are
//! shown are read whole. Filters are looked up in `profile_facets` first; the words are
//! compared last (`+p.id`), which SQLite would otherwise do the other way round.

use platform::{prelude::*, storage::Query};

use crate::{
    rules::WAITING_AT_MOST,
    search::{self, Order, PLACES},
};

pub(crate) const ON_A_PAGE: i64 = 50;

/// What a reader wants to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) words: String,
    pub(crate) topic: String,
    pub(crate) organisation: String,
    pub(crate) channel: String,
    pub(crate) free: bool,
    pub(crate) shortlist: bool,
    /// Counted from one.
    pub(crate) page: i64,
}

row! {
    pub(crate) struct Card {
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
        /// How many there are on all pages.
        pub(crate) total: i64,
    }
}

/// The cards of one page. `mentee` is the reader when the reader is a mentee: whoever must
/// not meet them is not there.
pub(crate) fn cards(
    tx: &mut Tx,
    cohort: Id,
    mentee: Option<Id>,
    order: Order,
    wanted: &Wanted,
) -> Result<Vec<Card>, Failure> {
    let query = query(tx.is_sqlite(), cohort, mentee, order, wanted);
    Ok(tx.query(&query)?)
}

pub(crate) fn query(is_sqlite: bool, cohort: Id, mentee: Option<Id>, order: Order, wanted: &Wanted) -> Query {
    let mut query = Query::new(
        "select p.person, p.name, p.role_words, p.employer_shown, p.region, p.card_words, p.card_topics, p.state, p.waiting, p.answer_days, k.total from (select p.id, p.state = 'taken' as taken, (p.shuffle * ",
    );
    query.bind(order.times).push(" + ").bind(order.plus).push(") % ").bind(PLACES);
    query.push(" as place, count(*) over () as total from ");
    from_facets(&mut query, cohort, wanted);
    if wanted.free {
        query.push(" and p.state = 'shown' and p.waiting < ").bind(WAITING_AT_MOST);
    } else {
        query.push(" and p.state <> 'paused'");
    }
    if let Some(mentee) = mentee {
        let apart = " and p.person not in (select mentor from kept_apart where cohort = ";
        query.push(apart).bind(cohort).push(" and mentee = ").bind(mentee).push(")");
        if wanted.shortlist {
            let kept = " and p.person in (select mentor from shortlists where cohort = ";
            query.push(kept).bind(cohort).push(" and mentee = ").bind(mentee).push(")");
        }
    }
    match_words(&mut query, is_sqlite, &wanted.words);
    query.push(" order by taken, place, p.id limit ").bind(ON_A_PAGE);
    query.push(" offset ").bind((wanted.page.max(1) - 1) * ON_A_PAGE);
    query.push(") k join profiles p on p.id = k.id order by k.taken, k.place, k.id");
    query
}

/// Where the looking begins: at the first filter, or at the cohort's profiles.
fn from_facets(query: &mut Query, cohort: Id, wanted: &Wanted) {
    let facets = [("topic", &wanted.topic), ("organisation", &wanted.organisation), ("channel", &wanted.channel)];
    let mut facets = facets.into_iter().filter(|(_, word)| !word.is_empty());
    match facets.next() {
        Some((facet, word)) => {
            query.push("profile_facets f join profiles p on p.id = f.profile where f.cohort = ").bind(cohort);
            query.push(" and f.facet = ").bind(facet).push(" and f.word = ").bind(word);
        }
        None => {
            query.push("profiles p where p.cohort = ").bind(cohort);
        }
    }
    for (facet, word) in facets {
        query.push(" and exists (select 1 from profile_facets g where g.cohort = ").bind(cohort);
        query.push(" and g.facet = ").bind(facet).push(" and g.word = ").bind(word).push(" and g.profile = p.id)");
    }
}

fn match_words(query: &mut Query, is_sqlite: bool, words: &str) {
    if is_sqlite {
        if let Some(words) = search::sqlite_query(words) {
            query.push(" and +p.id in (select rowid from profile_search where profile_search match ");
            query.bind(words).push(")");
        }
    } else if let Some(words) = search::postgres_query(words) {
        query.push(" and p.id in (select profile from profile_texts where search @@ to_tsquery('simple', ");
        query.bind(words).push("))");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_a_reader_becomes_part_of_the_statement() {
        let evil = "x'); drop table profiles; --".to_owned();
        let wanted = Wanted {
            words: evil.clone(),
            topic: evil.clone(),
            organisation: evil.clone(),
            channel: evil.clone(),
            ..Wanted::default()
        };
        let order = Order { times: 1, plus: 0 };
        for is_sqlite in [true, false] {
            let query = query(is_sqlite, Id::from(1), Some(Id::from(2)), order, &wanted);
            assert!(!query.sql.contains("drop"), "{}", query.sql);
            assert!(query.sql.contains(&format!("${}", query.values.len())));
        }
    }
}
