//! Mean, spread, middle: what one list of answers says.

use crate::{Interval, Refusal, distributions::t_975};

/// One list of answers in short, in the unit of the answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    pub n: usize,
    pub mean: f64,
    /// The sample standard deviation, with n − 1.
    pub sd: f64,
    /// Student's t-interval of the mean: "for a similar future cohort", not for this one, of which all were asked.
    pub interval: Interval,
}

/// Mean, standard deviation and t-interval.
///
/// Needs two answers. If all answers are equal the interval has no width. Whether so few answers may be *shown* is
/// asked of [`crate::disclosure::mean`].
/// Source: Student (1908); any textbook of statistics.
pub fn summary(answers: &[f64]) -> Result<Summary, Refusal> {
    enough(answers, 2)?;
    let n = answers.len();
    let mean = answers.iter().sum::<f64>() / n as f64;
    let sd = variance(answers).sqrt();
    let half = t_975((n - 1) as f64) * sd / (n as f64).sqrt();
    Ok(Summary { n, mean, sd, interval: Interval { low: mean - half, high: mean + half } })
}

/// The middle answer, or the mean of the two in the middle. Needs one answer.
pub fn median(answers: &[f64]) -> Result<f64, Refusal> {
    quantile(answers, 0.5)
}

/// The value below which the share `p` (0 to 1) of the answers lies, between neighbours by a straight line.
///
/// Needs one answer. Source: Hyndman & Fan (1996), definition 7, which spreadsheets and R use by default.
/// The quantiles 0 and 1 are single people's answers: they are for dates and lengths, never for a report of a survey.
pub fn quantile(answers: &[f64], p: f64) -> Result<f64, Refusal> {
    enough(answers, 1)?;
    if !(0.0..=1.0).contains(&p) {
        return Err(Refusal::OutOfRange { what: "The share of a quantile", low: 0.0, high: 1.0, found: p });
    }
    let mut sorted = answers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = p * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    Ok(below + (above - below) * (at - at.floor()))
}

/// The share of answers (0 to 1) that are `from` or higher, such as the top two of a five-point scale. Needs one.
pub fn top_share(answers: &[f64], from: f64) -> Result<f64, Refusal> {
    enough(answers, 1)?;
    Ok(answers.iter().filter(|answer| **answer >= from).count() as f64 / answers.len() as f64)
}

/// What an interval's half width is multiplied with to speak of *this* cohort of `population` people, of whom
/// `answered` answered: 1 when hardly any did, 0 when all did.
///
/// Refuses an empty population and more answers than people.
/// Source: √((N − n)/(N − 1)); Cochran, Sampling Techniques (1977), §2.6.
pub fn finite_population_factor(answered: usize, population: usize) -> Result<f64, Refusal> {
    if population == 0 {
        return Err(Refusal::TooFew { needed: 1, found: 0 });
    }
    if answered > population {
        return Err(Refusal::OutOfRange {
            what: "The number of answers",
            low: 0.0,
            high: population as f64,
            found: answered as f64,
        });
    }
    if population == 1 {
        return Ok(if answered == 1 { 0.0 } else { 1.0 });
    }
    Ok(((population - answered) as f64 / (population - 1) as f64).sqrt())
}

/// Refuses fewer than `needed` answers, and answers that are no numbers.
pub(crate) fn enough(answers: &[f64], needed: usize) -> Result<(), Refusal> {
    if answers.len() < needed {
        return Err(Refusal::TooFew { needed, found: answers.len() });
    }
    if answers.iter().any(|answer| !answer.is_finite()) {
        return Err(Refusal::NotANumber);
    }
    Ok(())
}

/// The sample variance of two or more answers.
pub(crate) fn variance(answers: &[f64]) -> f64 {
    let n = answers.len() as f64;
    let mean = answers.iter().sum::<f64>() / n;
    answers.iter().map(|answer| (answer - mean).powi(2)).sum::<f64>() / (n - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::near;

    const ANSWERS: [f64; 10] = [5.0, 4.0, 4.0, 5.0, 3.0, 4.0, 5.0, 4.0, 4.0, 5.0];

    #[test]
    fn ten_answers_give_the_known_mean_spread_and_interval() {
        let found = summary(&ANSWERS).unwrap();
        assert_eq!(found.n, 10);
        near(found.mean, 4.3);
        near(found.sd, 0.674_949);
        near(found.interval.low, 3.817_171);
        near(found.interval.high, 4.782_829);
        near(top_share(&ANSWERS, 4.0).unwrap(), 0.9);
    }

    #[test]
    fn one_answer_has_no_interval_and_the_refusal_says_so() {
        let refusal = summary(&[4.0]).unwrap_err();
        assert_eq!(refusal, Refusal::TooFew { needed: 2, found: 1 });
        assert_eq!(refusal.to_string(), "At least 2 answers are needed here, and there are 1.");
    }

    #[test]
    fn an_answer_that_is_no_number_is_refused_everywhere() {
        for bad in [f64::NAN, f64::INFINITY] {
            assert_eq!(summary(&[1.0, bad]), Err(Refusal::NotANumber));
            assert_eq!(median(&[bad]), Err(Refusal::NotANumber));
            assert_eq!(top_share(&[bad], 1.0), Err(Refusal::NotANumber));
        }
    }

    #[test]
    fn equal_answers_have_an_interval_without_width() {
        let found = summary(&[3.0; 7]).unwrap();
        assert_eq!((found.sd, found.interval), (0.0, Interval { low: 3.0, high: 3.0 }));
    }

    #[test]
    fn the_median_is_the_middle_whatever_the_order() {
        assert_eq!(median(&[9.0, 1.0, 4.0]), Ok(4.0));
        assert_eq!(median(&[9.0, 1.0, 4.0, 5.0]), Ok(4.5));
        assert_eq!(median(&[7.0]), Ok(7.0));
        assert!(median(&[]).is_err());
    }

    #[test]
    fn quantiles_lie_on_the_line_between_neighbours() {
        let answers = [4.0, 1.0, 3.0, 2.0];
        assert_eq!(quantile(&answers, 0.0), Ok(1.0));
        assert_eq!(quantile(&answers, 0.25), Ok(1.75));
        assert_eq!(quantile(&answers, 0.75), Ok(3.25));
        assert_eq!(quantile(&answers, 1.0), Ok(4.0));
        assert!(quantile(&answers, 1.1).is_err());
        assert!(quantile(&answers, f64::NAN).is_err());
    }

    #[test]
    fn the_finite_population_factor_shrinks_to_nothing_when_all_answered() {
        near(finite_population_factor(18, 25).unwrap(), 0.540_062);
        assert_eq!(finite_population_factor(25, 25), Ok(0.0));
        assert_eq!(finite_population_factor(1, 1), Ok(0.0));
        assert_eq!(finite_population_factor(1, 25), Ok(1.0));
        assert!(finite_population_factor(26, 25).is_err());
        assert!(finite_population_factor(0, 0).is_err());
    }
}
