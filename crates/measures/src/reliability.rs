//! Do the questions of one scale measure one thing?

use crate::{
    Interval, Refusal,
    distributions::f_quantile,
    summary::{enough, variance},
};

/// Cronbach's alpha with Feldt's interval. Alpha has no unit; 1 is the most, and it can be below zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reliability {
    pub people: usize,
    pub items: usize,
    pub alpha: f64,
    pub interval: Interval,
}

/// Cronbach's alpha of `rows`, one per person who answered every question of the scale.
///
/// Reversed items are to be turned round before. Needs two people, two items, rows of equal length, and sums that
/// differ. That is what arithmetic needs; what may be *printed* needs more, see [`printed`].
/// Source: Cronbach (1951).
pub fn reliability(rows: &[Vec<f64>]) -> Result<Reliability, Refusal> {
    let people = rows.len();
    if people < 2 {
        return Err(Refusal::TooFew { needed: 2, found: people });
    }
    let items = rows[0].len();
    if items < 2 {
        return Err(Refusal::TooFewItems { needed: 2, found: items });
    }
    for row in rows {
        if row.len() != items {
            return Err(Refusal::Uneven { left: items, right: row.len() });
        }
        enough(row, 2)?;
    }
    let sums: Vec<f64> = rows.iter().map(|row| row.iter().sum()).collect();
    let of_sums = variance(&sums);
    if of_sums == 0.0 {
        return Err(Refusal::NoVariation);
    }
    let of_items: f64 = (0..items).map(|item| variance(&rows.iter().map(|row| row[item]).collect::<Vec<_>>())).sum();
    let k = items as f64;
    let alpha = k / (k - 1.0) * (1.0 - of_items / of_sums);
    Ok(Reliability { people, items, alpha, interval: feldt(alpha, people, items)? })
}

/// Feldt's interval for a known alpha of `people` answering `items` questions. Needs two of each.
///
/// Source: Feldt, Woodruff & Salih (1987), with n − 1 and (n − 1)(k − 1) degrees of freedom.
pub fn feldt(alpha: f64, people: usize, items: usize) -> Result<Interval, Refusal> {
    if people < 2 {
        return Err(Refusal::TooFew { needed: 2, found: people });
    }
    if items < 2 {
        return Err(Refusal::TooFewItems { needed: 2, found: items });
    }
    let df1 = (people - 1) as f64;
    let df2 = df1 * (items - 1) as f64;
    Ok(Interval {
        low: 1.0 - (1.0 - alpha) * f_quantile(0.975, df1, df2),
        high: 1.0 - (1.0 - alpha) * f_quantile(0.025, df1, df2),
    })
}

/// What a report says about a scale of so many people and items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// Under 10 people or 3 items alpha is left out.
    No,
    /// Under 30 people alpha stands with "too few answers to judge".
    TooFewToJudge,
    Yes,
}

/// Whether alpha may be printed.
pub fn printed(people: usize, items: usize) -> Printed {
    match (people, items) {
        (0..10, _) | (_, 0..3) => Printed::No,
        (10..30, _) => Printed::TooFewToJudge,
        _ => Printed::Yes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::near;

    fn rows(people: &[[u8; 4]]) -> Vec<Vec<f64>> {
        people.iter().map(|person| person.iter().map(|answer| f64::from(*answer)).collect()).collect()
    }

    #[test]
    fn feldts_interval_agrees_with_the_known_values() {
        let cases = [
            (0.85, 89, 7, 0.797_065, 0.893_167),
            (0.80, 12, 8, 0.566_986, 0.932_829),
            (0.80, 30, 8, 0.670_122, 0.892_162),
        ];
        for (alpha, people, items, low, high) in cases {
            let found = feldt(alpha, people, items).unwrap();
            near(found.low, low);
            near(found.high, high);
        }
    }

    #[test]
    fn six_people_and_four_questions_give_the_known_alpha() {
        let found =
            reliability(&rows(&[[5, 4, 5, 4], [4, 4, 4, 3], [3, 3, 4, 3], [5, 5, 5, 5], [2, 3, 2, 2], [4, 5, 4, 4]]))
                .unwrap();
        near(found.alpha, 0.948_276);
        near(found.interval.low, 0.815_013);
        near(found.interval.high, 0.991_953);
        assert_eq!((found.people, found.items), (6, 4));
    }

    #[test]
    fn what_cannot_be_judged_is_refused_in_words() {
        assert_eq!(reliability(&rows(&[[1, 2, 3, 4]])), Err(Refusal::TooFew { needed: 2, found: 1 }));
        assert_eq!(reliability(&[vec![1.0], vec![2.0]]), Err(Refusal::TooFewItems { needed: 2, found: 1 }));
        assert_eq!(reliability(&rows(&[[3; 4], [3; 4]])), Err(Refusal::NoVariation));
        assert_eq!(reliability(&[vec![1.0, 2.0], vec![1.0]]), Err(Refusal::Uneven { left: 2, right: 1 }));
        assert_eq!(reliability(&[vec![1.0, f64::NAN], vec![1.0, 2.0]]), Err(Refusal::NotANumber));
    }

    #[test]
    fn perfect_agreement_is_one_with_an_interval_without_width() {
        let found = reliability(&rows(&[[1; 4], [3; 4], [5; 4]])).unwrap();
        near(found.alpha, 1.0);
        near(found.interval.low, 1.0);
    }

    #[test]
    fn alpha_is_printed_from_ten_people_and_trusted_from_thirty() {
        assert_eq!(printed(9, 5), Printed::No);
        assert_eq!(printed(40, 2), Printed::No);
        assert_eq!(printed(10, 3), Printed::TooFewToJudge);
        assert_eq!(printed(29, 3), Printed::TooFewToJudge);
        assert_eq!(printed(30, 3), Printed::Yes);
    }
}
