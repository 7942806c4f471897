//! How many of how many: response rates, shares, and who would recommend the program.

use crate::{Interval, Refusal, distributions::NORMAL_975};

/// A share of a whole, 0 to 1, with Wilson's interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    pub part: u64,
    pub whole: u64,
    pub share: f64,
    pub interval: Interval,
}

/// The share `part` of `whole` with its interval, which stays inside 0 to 1 even for nobody and everybody.
///
/// Refuses an empty whole and a part larger than it.
/// Source: Wilson (1927), without continuity correction.
pub fn share(part: u64, whole: u64) -> Result<Share, Refusal> {
    if whole == 0 {
        return Err(Refusal::TooFew { needed: 1, found: 0 });
    }
    if part > whole {
        return Err(Refusal::OutOfRange { what: "The part", low: 0.0, high: whole as f64, found: part as f64 });
    }
    let n = whole as f64;
    let p = part as f64 / n;
    let z2 = NORMAL_975 * NORMAL_975;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = NORMAL_975 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    // At both ends the exact bound is known, so rounding must not leave 0.0000000001 there.
    let low = if part == 0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if part == whole { 1.0 } else { (centre + half).min(1.0) };
    Ok(Share { part, whole, share: p, interval: Interval { low, high } })
}

/// How far the answers may be taken to speak for all who were asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// 70 % or more.
    Good,
    /// 50 % to under 70 %.
    WithCaution,
    /// Under 50 %.
    DoNotGeneralise,
}

impl Band {
    pub fn words(self) -> &'static str {
        match self {
            Band::Good => "good",
            Band::WithCaution => "usable with caution",
            Band::DoNotGeneralise => "too low to speak for everybody",
        }
    }
}

/// The response rate: completed answers of those eligible, who are the invited without those that withdrew before
/// the survey opened. Refuses when nobody was eligible.
pub fn response_rate(completed: u64, eligible: u64) -> Result<(Share, Band), Refusal> {
    let rate = share(completed, eligible)?;
    // Whole numbers, so that exactly 70 % is never lost to rounding.
    let band = if completed * 10 >= eligible * 7 {
        Band::Good
    } else if completed * 2 >= eligible {
        Band::WithCaution
    } else {
        Band::DoNotGeneralise
    };
    Ok((rate, band))
}

/// The recommendation score, −100 to 100: the percentage of nines and tens less the percentage of noughts to sixes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recommendation {
    pub n: u64,
    pub score: f64,
    /// The standard error, in points.
    pub error: f64,
    pub interval: Interval,
}

/// Under this many answers the recommendation score is not shown.
pub const RECOMMENDATION_FROM: u64 = 10;

/// The score from answers of 0 to 10. Needs one answer; refuses any other number.
pub fn recommendation(answers: &[u8]) -> Result<Recommendation, Refusal> {
    if let Some(found) = answers.iter().find(|answer| **answer > 10) {
        let found = f64::from(*found);
        return Err(Refusal::OutOfRange { what: "An answer", low: 0.0, high: 10.0, found });
    }
    let count = |range: std::ops::RangeInclusive<u8>| answers.iter().filter(|a| range.contains(a)).count() as u64;
    recommendation_of(count(9..=10), count(7..=8), count(0..=6))
}

/// The score from the three counts. Needs one answer; the interval is cut at −100 and 100.
///
/// Source: the variance of a difference of two shares of one multinomial sample, (P + D − (P − D)²)/n.
pub fn recommendation_of(promoters: u64, neutral: u64, detractors: u64) -> Result<Recommendation, Refusal> {
    let n = promoters + neutral + detractors;
    if n == 0 {
        return Err(Refusal::TooFew { needed: 1, found: 0 });
    }
    let (p, d) = (promoters as f64 / n as f64, detractors as f64 / n as f64);
    let score = 100.0 * (p - d);
    let error = 100.0 * ((p + d - (p - d).powi(2)).max(0.0) / n as f64).sqrt();
    let half = NORMAL_975 * error;
    let interval = Interval { low: (score - half).max(-100.0), high: (score + half).min(100.0) };
    Ok(Recommendation { n, score, error, interval })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::near;

    #[test]
    fn wilsons_interval_agrees_with_the_known_values() {
        let cases = [
            (18, 25, 0.524_234, 0.857_161),
            (23, 25, 0.750_339, 0.977_780),
            (25, 25, 0.866_808, 1.0),
            (0, 10, 0.0, 0.277_533),
        ];
        for (part, whole, low, high) in cases {
            let found = share(part, whole).unwrap();
            near(found.interval.low, low);
            near(found.interval.high, high);
        }
    }

    #[test]
    fn a_share_of_nothing_or_of_more_than_all_is_refused() {
        assert!(share(0, 0).is_err());
        let refusal = share(11, 10).unwrap_err();
        assert_eq!(refusal.to_string(), "The part must lie between 0 and 10, and 11 does not.");
    }

    #[test]
    fn the_bands_of_the_response_rate_begin_exactly_at_seventy_and_fifty_percent() {
        let band = |completed, eligible| response_rate(completed, eligible).unwrap().1;
        assert_eq!(band(7, 10), Band::Good);
        assert_eq!(band(69, 100), Band::WithCaution);
        assert_eq!(band(5, 10), Band::WithCaution);
        assert_eq!(band(49, 100), Band::DoNotGeneralise);
        assert!(response_rate(0, 0).is_err());
    }

    #[test]
    fn twelve_promoters_and_two_detractors_of_twenty_score_fifty() {
        let found = recommendation_of(12, 6, 2).unwrap();
        near(found.score, 50.0);
        near(found.error, 15.0);
        assert!((found.interval.low - 20.6).abs() < 0.05 && (found.interval.high - 79.4).abs() < 0.05);
    }

    #[test]
    fn answers_are_sorted_into_promoters_neutral_and_detractors() {
        assert_eq!(recommendation(&[10, 9, 8, 7, 6, 0]), recommendation_of(2, 2, 2));
        assert!(recommendation(&[11]).is_err());
        assert!(recommendation(&[]).is_err());
    }

    #[test]
    fn a_unanimous_cohort_has_no_error_and_stays_inside_the_scale() {
        let found = recommendation_of(12, 0, 0).unwrap();
        assert_eq!((found.score, found.error), (100.0, 0.0));
        assert!(recommendation_of(5, 1, 0).unwrap().interval.high <= 100.0);
    }
}
