//! What the reports count of those who finished.

use platform::prelude::*;
use policy::Role;

use crate::{certificates, members};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub mentee_certificates: i64,
    pub mentor_certificates: i64,
    /// Who joined the group after this cohort.
    pub joined: i64,
    /// What they offer, and how many each.
    pub offers: Vec<(String, i64)>,
    /// Mentors of this cohort who once finished as mentees.
    pub mentors_once_mentees: i64,
}

pub fn figures(tx: &mut Tx, cohort: Id) -> Result<Figures, Failure> {
    let joined: Vec<_> = members::all(tx, &policy::house())?.into_iter().filter(|it| it.cohort == cohort).collect();
    let count = |help: &String| joined.iter().filter(|it| it.helps.contains(help)).count();
    let offers = program::preset::list("alumni_help").iter().map(|help| (help.clone(), number(count(help))));
    let offers = offers.filter(|(_, many)| *many > 0).collect();
    let once_mentees = certificates::once_mentees(tx, cohort)?;
    let mentors = program::in_cohort(tx, Role::Mentor, cohort)?;
    Ok(Figures {
        mentee_certificates: certificates::count(tx, cohort, "mentee")?,
        mentor_certificates: certificates::count(tx, cohort, "mentor")?,
        joined: number(joined.len()),
        offers,
        mentors_once_mentees: number(mentors.iter().filter(|it| once_mentees.contains(it)).count()),
    })
}

fn number(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}
