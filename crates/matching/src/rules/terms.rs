//! What the committee may decide about choosing.

use std::ops::RangeInclusive;

use crate::terms::Terms;

pub(crate) const ANSWER_DAYS: RangeInclusive<i64> = 2..=30;
pub(crate) const WISHES: RangeInclusive<i64> = 1..=10;
pub(crate) const WAITING: RangeInclusive<i64> = 1..=20;
pub(crate) const MENTEES_EACH: RangeInclusive<i64> = 1..=program::capacity::AT_MOST;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TermsRefusal {
    #[error("Between 2 and 30 days, please: shorter is unkind, longer costs the mentee the other mentors.")]
    AnswerDays,
    #[error("A reminder comes on a day before the answer is due. 0 is for none.")]
    ReminderTooLate,
    #[error("The second reminder comes after the first. 0 is for none.")]
    SecondBeforeFirst,
    #[error("Between 1 and 10 mentors, please.")]
    Wishes,
    #[error("Between 1 and 20 mentees, please.")]
    Waiting,
    #[error("Between 1 and 5 mentees, please: more nobody does justice to.")]
    MenteesEach,
}

/// What speaks against these terms, with the field it is about.
pub(crate) fn check(terms: &Terms) -> Vec<(&'static str, TermsRefusal)> {
    let [first, second] = terms.reminders;
    let is_late = |day: i64| day < 0 || day >= terms.answer_days;
    let faults = [
        ("answer_days", !ANSWER_DAYS.contains(&terms.answer_days), TermsRefusal::AnswerDays),
        ("first_reminder", is_late(first), TermsRefusal::ReminderTooLate),
        ("second_reminder", is_late(second), TermsRefusal::ReminderTooLate),
        ("second_reminder", !is_late(second) && second > 0 && second <= first, TermsRefusal::SecondBeforeFirst),
        ("wishes", !WISHES.contains(&terms.wishes), TermsRefusal::Wishes),
        ("waiting", !WAITING.contains(&terms.waiting), TermsRefusal::Waiting),
        ("mentees_each", !MENTEES_EACH.contains(&terms.mentees_each), TermsRefusal::MenteesEach),
    ];
    faults.into_iter().filter(|(_, is_wrong, _)| *is_wrong).map(|(field, _, refusal)| (field, refusal)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // SLF3
    #[test]
    fn each_term_has_bounds_and_reminders_come_in_order_before_the_day() {
        let faults = |terms: Terms| check(&terms).into_iter().map(|it| it.0).collect::<Vec<_>>();
        let usual = Terms::USUAL;
        assert!(faults(usual).is_empty());
        assert!(faults(Terms { reminders: [0, 0], ..usual }).is_empty(), "none at all");
        assert!(faults(Terms { reminders: [0, 5], ..usual }).is_empty(), "only a late one");
        assert!(faults(Terms { answer_days: 30, wishes: 10, waiting: 20, ..usual }).is_empty());
        assert_eq!(faults(Terms { answer_days: 1, reminders: [0, 0], ..usual }), ["answer_days"]);
        assert_eq!(faults(Terms { answer_days: 31, ..usual }), ["answer_days"]);
        assert_eq!(faults(Terms { reminders: [7, 0], ..usual }), ["first_reminder"]);
        assert_eq!(faults(Terms { reminders: [-1, 6], ..usual }), ["first_reminder"]);
        assert_eq!(faults(Terms { reminders: [3, 3], ..usual }), ["second_reminder"]);
        assert_eq!(faults(Terms { wishes: 0, waiting: 21, ..usual }), ["wishes", "waiting"]);
        assert!(faults(Terms { mentees_each: 5, ..usual }).is_empty());
        assert_eq!(faults(Terms { mentees_each: 0, ..usual }), ["mentees_each"]);
        assert_eq!(faults(Terms { mentees_each: 6, ..usual }), ["mentees_each"]);
    }
}
