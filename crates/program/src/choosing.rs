//! Table `cohort_choosing`: what pages, forms and letters say about how mentees choose in a
//! cohort. The rooms that live by it decide it; it stands here, so that every text can say it.

use platform::prelude::*;

use crate::rules::numbers::{counted, in_words};

row! {
    #[derive(Copy, PartialEq, Eq)]
    pub struct Choosing {
        /// Days a mentor has to answer.
        pub answer_days: i64,
        /// Mentors on a list, the one who is asked among them.
        pub wishes: i64,
        /// Requests that may wait for one mentor.
        pub waiting: i64,
        /// Mentees with whom one mentor may work.
        pub mentees_each: i64,
    }
}

impl Choosing {
    /// Where nobody has decided otherwise.
    pub const USUAL: Self = Self { answer_days: 7, wishes: 5, waiting: 3, mentees_each: 1 };

    /// "up to four more", behind the first whom one asks; nothing where there is room for one.
    pub fn more_wishes(&self) -> String {
        match self.wishes - 1 {
            ..=0 => String::new(),
            1 => "one more".to_owned(),
            more => format!("up to {} more", in_words(more)),
        }
    }

    /// The names under which texts know it.
    pub fn facts(&self) -> [(&'static str, String); 3] {
        [
            ("answer_days", counted(self.answer_days, "day")),
            ("more_wishes", self.more_wishes()),
            ("most_waiting", in_words(self.waiting)),
        ]
    }
}

sql! {
    OF => "select answer_days, wishes, waiting, mentees_each from cohort_choosing where cohort = $1";
    WRITE => "insert into cohort_choosing (cohort, answer_days, wishes, waiting, mentees_each) values ($1, $2, $3, $4, $5) on conflict (cohort) do update set answer_days = excluded.answer_days, wishes = excluded.wishes, waiting = excluded.waiting, mentees_each = excluded.mentees_each";
}

pub fn of(tx: &mut Tx, cohort: Id) -> Result<Choosing, Failure> {
    Ok(tx.row(&OF, values![cohort])?.unwrap_or(Choosing::USUAL))
}

pub fn write(tx: &mut Tx, cohort: Id, choosing: Choosing) -> Result<(), Failure> {
    let Choosing { answer_days, wishes, waiting, mentees_each } = choosing;
    tx.exec(&WRITE, values![cohort, answer_days, wishes, waiting, mentees_each])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    // SLF1, SLF3
    #[test]
    fn texts_say_what_the_committee_decided() {
        let said = |choosing: Choosing| choosing.facts().map(|it| it.1);
        assert_eq!(said(Choosing::USUAL), ["seven days", "up to four more", "three"]);
        assert_eq!(
            said(Choosing { answer_days: 14, wishes: 2, waiting: 1, mentees_each: 1 }),
            ["14 days", "one more", "one"]
        );
        assert_eq!(said(Choosing { answer_days: 1, wishes: 1, waiting: 20, mentees_each: 5 }), ["one day", "", "20"]);
    }
}
