//! The numbers of the rules, from the preset.

use std::sync::LazyLock;

use program::preset;
use serde::Deserialize;

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct Limits {
    pub offer_hours: i64,
    /// How many hours before its end an offer is reminded of.
    pub offer_reminder_hours: i64,
    pub offers_stop_days_before: i64,
    pub appeal_days: i64,
    pub nomination_reminder_days: i64,
    pub nomination_delete_days: i64,
}

#[derive(Deserialize)]
struct Preset {
    rules: Limits,
}

/// What holds where the preset cannot be read; the same numbers it ships with.
const SHIPPED: Limits = Limits {
    offer_hours: 72,
    offer_reminder_hours: 24,
    offers_stop_days_before: 7,
    appeal_days: 7,
    nomination_reminder_days: 7,
    nomination_delete_days: 30,
};

static LIMITS: LazyLock<Limits> =
    LazyLock::new(|| preset::toml::<Preset>("preset.toml").map_or(SHIPPED, |it| it.rules));

pub(crate) fn limits() -> &'static Limits {
    &LIMITS
}

/// Nobody nominates more than this many within a day.
pub(crate) const NOMINATIONS_A_DAY: i64 = 20;

/// Nobody gets letters about more open nominations than this.
pub(crate) const OPEN_NOMINATIONS_OF_ONE: i64 = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_the_rules_are_those_of_the_preset() {
        assert_eq!(preset::toml::<Preset>("preset.toml").map(|it| it.rules), Ok(SHIPPED));
        assert_eq!(*limits(), SHIPPED);
    }
}
