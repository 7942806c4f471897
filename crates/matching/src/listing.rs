//! One page of the directory, in one statement.
//!
//! # Design
//! First numbers alone are found; the order is arithmetic over them. Where words are
//! searched, the filters are marks in the same index of words, which answers alone; without
//! words one pass over an index of short rows does, whose filters are bits. How many there
//! are is counted on what was found. Only the fifty that are shown are read whole.

use platform::{prelude::*, storage::Query};

use crate::{
    marks,
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

/// The mentee who reads, and the mentors they are not shown to.
pub(crate) struct Reader {
    pub(crate) mentee: Id,
    pub(crate) apart: Vec<Id>,
}

/// The cards of one page. Whoever must not meet a mentee who reads is not there.
pub(crate) fn cards(
    tx: &mut Tx,
    cohort: Id,
    reader: Option<&Reader>,
    order: Order,
    wanted: &Wanted,
) -> Result<Vec<Card>, Failure> {
    let query = query(tx.is_sqlite(), cohort, reader, order, wanted);
    Ok(tx.query(&query)?)
}

pub(crate) fn query(is_sqlite: bool, cohort: Id, reader: Option<&Reader>, order: Order, wanted: &Wanted) -> Query {
    let filter = Filter { cohort, reader, order, wanted };
    let mut query = Query::new("with k as ");
    // Where nearly everybody is found, counting twice is cheaper than keeping them all.
    query.push(if filter.is_narrow() { "materialized (" } else { "not materialized (" });
    match filter.search(is_sqlite) {
        Some(search) if is_sqlite => filter.write_sqlite(&mut query, search),
        Some(search) => filter.write_postgres(&mut query, search),
        None => filter.write_bits(&mut query),
    }
    query.push(") select p.person, c.name, c.role_words, c.employer_shown, c.region, c.card_words, c.card_topics, p.state, p.waiting, p.answer_days, (select count(*) from k) as total from (select id, place from k order by place, id limit ");
    query.bind(ON_A_PAGE).push(" offset ").bind((wanted.page.max(1) - 1) * ON_A_PAGE);
    query.push(") t join profiles p on p.id = t.id join profile_cards c on c.profile = t.id order by t.place, t.id");
    query
}

struct Filter<'a> {
    cohort: Id,
    reader: Option<&'a Reader>,
    order: Order,
    wanted: &'a Wanted,
}

impl Filter<'_> {
    fn facets(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let Wanted { topic, organisation, channel, .. } = self.wanted;
        [("topic", topic), ("organisation", organisation), ("channel", channel)]
            .into_iter()
            .filter(|(_, word)| !word.is_empty())
            .map(|(facet, word)| (facet, word.as_str()))
    }

    /// Whether most profiles are left out.
    fn is_narrow(&self) -> bool {
        !self.wanted.words.is_empty() || self.wanted.shortlist || self.facets().next().is_some()
    }

    /// What the index of words is asked; nothing when no words are searched for.
    fn search(&self, is_sqlite: bool) -> Option<String> {
        let mut marks: Vec<String> = self.facets().map(|(facet, word)| marks::of(self.cohort, facet, word)).collect();
        if self.wanted.free {
            marks.push(marks::free(self.cohort));
        }
        // Every other mark says the cohort too, and is on fewer profiles.
        if marks.is_empty() {
            marks.push(marks::listed(self.cohort));
        }
        let ask = if is_sqlite { search::sqlite_query } else { search::postgres_query };
        ask(&self.wanted.words, &marks)
    }

    /// The index of words alone answers; no profile is read but those who are taken.
    fn write_sqlite(&self, query: &mut Query, search: String) {
        query.push("select s.rowid as id, ");
        self.order.write(query, "s.rowid");
        query.push(" + (s.rowid in (select id from profiles where state = 'taken' and cohort = ").bind(self.cohort);
        query.push(")) * ").bind(PLACES);
        query.push(" as place from profile_search s where s.profile_search match ").bind(search);
        self.write_reader(query, "s.rowid");
    }

    fn write_postgres(&self, query: &mut Query, search: String) {
        self.write_place(query);
        query.push(" from profile_texts t join profiles p on p.id = t.profile where t.search @@ to_tsquery('simple', ");
        query.bind(search).push(") and ");
        self.write_state(query);
        self.write_reader(query, "p.id");
    }

    fn write_bits(&self, query: &mut Query) {
        self.write_place(query);
        query.push(" from profiles p where p.cohort = ").bind(self.cohort);
        for (facet, word) in self.facets() {
            let column = match facet {
                "topic" => "p.topics",
                "organisation" => "p.organisations",
                _ => "p.channels",
            };
            query.push(" and (").push(column).push(" & (select bit from facet_words where facet = ").bind(facet);
            query.push(" and word = ").bind(word).push(")) <> 0");
        }
        query.push(" and ");
        self.write_state(query);
        self.write_reader(query, "p.id");
    }

    fn write_place(&self, query: &mut Query) {
        query.push("select p.id, ");
        self.order.write(query, "p.id");
        query.push(" + case when p.state = 'taken' then ").bind(PLACES).push(" else 0 end as place");
    }

    fn write_state(&self, query: &mut Query) {
        if self.wanted.free {
            query.push("p.state = 'shown' and p.waiting < ").bind(WAITING_AT_MOST);
        } else {
            query.push("p.state <> 'paused'");
        }
    }

    /// Whoever must not meet this mentee is not there.
    fn write_reader(&self, query: &mut Query, id: &'static str) {
        let Some(reader) = self.reader else { return };
        if !reader.apart.is_empty() {
            query.push(" and ").push(id).push(" not in (select o.id from profiles o where o.cohort = ");
            query.bind(self.cohort).push(" and o.person in (");
            for (place, mentor) in reader.apart.iter().enumerate() {
                query.push(if place == 0 { "" } else { ", " }).bind(*mentor);
            }
            query.push("))");
        }
        if self.wanted.shortlist {
            query.push(" and ").push(id).push(" in (select o.id from shortlists a join profiles o on o.cohort = a.cohort and o.person = a.mentor where a.cohort = ");
            query.bind(self.cohort).push(" and a.mentee = ").bind(reader.mentee).push(")");
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
        let order = Order { square: 1, times: 1, plus: 0 };
        for is_sqlite in [true, false] {
            let reader = Reader { mentee: Id::from(2), apart: vec![Id::from(3), Id::from(4)] };
            let query = query(is_sqlite, Id::from(1), Some(&reader), order, &wanted);
            assert!(!query.sql.contains("drop"), "{}", query.sql);
            assert!(query.sql.contains(&format!("${}", query.values.len())));
        }
    }
}
