//! Table `choosing_terms`: how mentees choose in a cohort. The committee may change each;
//! until it does, the usual terms hold.

use platform::prelude::*;

use crate::search::Language;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Terms {
    /// Days a mentor, or the two of a proposal, have to answer.
    pub(crate) answer_days: i64,
    /// Days after which a mentor is reminded; nought for never.
    pub(crate) reminders: [i64; 2],
    /// Mentors on a mentee's list, the one who is asked among them.
    pub(crate) wishes: i64,
    /// Requests that may wait for one mentor.
    pub(crate) waiting: i64,
    /// Mentees with whom one mentor may work.
    pub(crate) mentees_each: i64,
    /// In which people write.
    pub(crate) language: Language,
    /// Whether mentees see each other, as cards.
    pub(crate) cards: bool,
}

impl Terms {
    pub(crate) const USUAL: Self = Self {
        answer_days: 7,
        reminders: [3, 6],
        wishes: 5,
        waiting: 3,
        mentees_each: 1,
        language: Language::English,
        cards: false,
    };

    /// How many may stand on a list, as a length.
    pub(crate) fn room(&self) -> usize {
        usize::try_from(self.wishes).unwrap_or(usize::MAX)
    }
}

row! {
    pub(crate) struct Kept {
        pub(crate) answer_days: i64,
        pub(crate) first_reminder: i64,
        pub(crate) second_reminder: i64,
        pub(crate) wishes: i64,
        pub(crate) waiting: i64,
        pub(crate) mentees_each: i64,
        pub(crate) language: String,
        pub(crate) cards: bool,
    }
}

impl From<Kept> for Terms {
    fn from(kept: Kept) -> Self {
        Self {
            answer_days: kept.answer_days,
            reminders: [kept.first_reminder, kept.second_reminder],
            wishes: kept.wishes,
            waiting: kept.waiting,
            mentees_each: kept.mentees_each,
            language: Language::from_name(&kept.language).unwrap_or_default(),
            cards: kept.cards,
        }
    }
}

sql! {
    OF => "select answer_days, first_reminder, second_reminder, wishes, waiting, mentees_each, language, cards from choosing_terms where cohort = $1";
    WRITE => "insert into choosing_terms (cohort, answer_days, first_reminder, second_reminder, wishes, waiting, mentees_each, language, cards, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (cohort) do update set answer_days = excluded.answer_days, first_reminder = excluded.first_reminder, second_reminder = excluded.second_reminder, wishes = excluded.wishes, waiting = excluded.waiting, mentees_each = excluded.mentees_each, language = excluded.language, cards = excluded.cards, changed_at = excluded.changed_at";
}

pub(crate) fn of(tx: &mut Tx, cohort: Id) -> Result<Terms, Failure> {
    Ok(tx.row::<Kept>(&OF, values![cohort])?.map_or(Terms::USUAL, Terms::from))
}

/// Whether the committee has decided something of its own for a cohort.
pub(crate) fn are_set(tx: &mut Tx, cohort: Id) -> Result<bool, Failure> {
    Ok(tx.row::<Kept>(&OF, values![cohort])?.is_some())
}

pub(crate) fn write(tx: &mut Tx, cohort: Id, terms: &Terms, by: Option<Id>) -> Result<(), Failure> {
    let [first, second] = terms.reminders;
    let (answer_days, language) = (terms.answer_days, terms.language.name());
    let Terms { wishes, waiting, mentees_each, cards, .. } = *terms;
    let values = values![cohort, answer_days, first, second, wishes, waiting, mentees_each, language, cards, tx.now()];
    tx.exec(&WRITE, values)?;
    let said = program::Choosing { answer_days, wishes, waiting, mentees_each };
    program::choosing::write(tx, cohort, said)?;
    Ok(journal::record(tx, "terms of choosing changed", cohort, by, Some(cohort))?)
}
