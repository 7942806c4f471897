//! One page of the directory, in one statement.
//!
//! # Design
//! First ids alone are found, over short rows: filters are bits, the order is arithmetic.
//! Where words are searched, SQLite begins with them and looks each found row up; without
//! words it goes once over an index that has all it needs. How many there are is counted
//! on what was found. Only the fifty that are shown are read whole.

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
    let words = if is_sqlite { search::sqlite_query(&wanted.words) } else { search::postgres_query(&wanted.words) };
    let filter = Filter { is_sqlite, cohort, mentee, wanted, words };
    let mut query = Query::new("with k as ");
    // Where nearly everybody is found, counting twice is cheaper than keeping them all.
    query.push(if filter.is_narrow() { "materialized " } else { "not materialized " });
    query.push("(select p.id, p.state = 'taken' as taken, (p.shuffle * ");
    query.bind(order.times).push(" + ").bind(order.plus).push(") % ").bind(PLACES).push(" as place from ");
    filter.write(&mut query);
    query.push(") select p.person, c.name, c.role_words, c.employer_shown, c.region, c.card_words, c.card_topics, p.state, p.waiting, p.answer_days, (select count(*) from k) as total from (select id, taken, place from k order by taken, place, id limit ");
    query.bind(ON_A_PAGE).push(" offset ").bind((wanted.page.max(1) - 1) * ON_A_PAGE);
    query.push(
        ") t join profiles p on p.id = t.id join profile_cards c on c.profile = t.id order by t.taken, t.place, t.id",
    );
    query
}

struct Filter<'a> {
    is_sqlite: bool,
    cohort: Id,
    mentee: Option<Id>,
    wanted: &'a Wanted,
    words: Option<String>,
}

impl Filter<'_> {
    /// Whether most profiles are left out.
    fn is_narrow(&self) -> bool {
        let Wanted { topic, organisation, channel, shortlist, .. } = self.wanted;
        self.words.is_some() || *shortlist || [topic, organisation, channel].iter().any(|word| !word.is_empty())
    }

    fn write(&self, query: &mut Query) {
        match &self.words {
            // The cross join keeps the order: words first.
            Some(words) if self.is_sqlite => {
                query.push("profile_search s cross join profiles p where p.id = s.rowid and s.profile_search match ");
                query.bind(words).push(" and ");
            }
            Some(words) => {
                query.push(
                    "profiles p where p.id in (select profile from profile_texts where search @@ to_tsquery('simple', ",
                );
                query.bind(words).push(")) and ");
            }
            None => {
                query.push("profiles p where ");
            }
        }
        query.push("p.cohort = ").bind(self.cohort);
        self.write_facets(query);
        if self.wanted.free {
            query.push(" and p.state = 'shown' and p.waiting < ").bind(WAITING_AT_MOST);
        } else {
            query.push(" and p.state <> 'paused'");
        }
        if let Some(mentee) = self.mentee {
            self.write_mentee(query, mentee);
        }
    }

    fn write_facets(&self, query: &mut Query) {
        let facets = [
            (" and (p.topics & (select bit from facet_words where facet = 'topic' and word = ", &self.wanted.topic),
            (
                " and (p.organisations & (select bit from facet_words where facet = 'organisation' and word = ",
                &self.wanted.organisation,
            ),
            (
                " and (p.channels & (select bit from facet_words where facet = 'channel' and word = ",
                &self.wanted.channel,
            ),
        ];
        for (sql, word) in facets.into_iter().filter(|(_, word)| !word.is_empty()) {
            query.push(sql).bind(word).push(")) <> 0");
        }
    }

    /// Whoever must not meet this mentee is not there.
    fn write_mentee(&self, query: &mut Query, mentee: Id) {
        query.push(" and p.person not in (select mentor from kept_apart where cohort = ").bind(self.cohort);
        query.push(" and mentee = ").bind(mentee).push(")");
        if self.wanted.shortlist {
            query.push(" and p.person in (select mentor from shortlists where cohort = ").bind(self.cohort);
            query.push(" and mentee = ").bind(mentee).push(")");
        }
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
