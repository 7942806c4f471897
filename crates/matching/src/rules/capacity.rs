//! How many mentees a mentor takes.

/// The number a mentor wishes, where it is one the cohort allows.
pub(crate) fn mentees_wished(typed: Option<i64>, most: i64) -> Option<i64> {
    typed.filter(|it| (1..=most).contains(it))
}

/// About how many duos a mentor is asked who has more than they wish.
pub(crate) fn duos_over(held: usize, wished: i64) -> usize {
    held.saturating_sub(usize::try_from(wished).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    // PRF3
    #[test]
    fn whoever_has_more_than_they_wish_is_asked_about_the_rest() {
        assert_eq!((duos_over(2, 1), duos_over(3, 1), duos_over(2, 2), duos_over(0, 1)), (1, 2, 0, 0));
        assert_eq!([Some(0), Some(4), None].map(|it| mentees_wished(it, 3)), [None; 3]);
        assert_eq!(mentees_wished(Some(3), 3), Some(3));
    }
}
