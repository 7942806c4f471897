//! How far a duo came with the goals it set itself.

use crate::Refusal;

/// One goal: where it ended, and how much it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    /// −2 much less than hoped, −1 less, 0 as expected, 1 more, 2 much more.
    pub level: i8,
    /// Above zero; only the proportions between goals matter.
    pub weight: f64,
}

/// The goal attainment T score: 50 is "as expected", about 10 points are one standard deviation.
///
/// Needs one goal; refuses levels outside −2 to 2 and weights that are not above zero. The levels are steps of an
/// order, not distances, so a report shows medians and shares beside it.
/// Source: Kiresuk & Sherman (1968), with the assumed correlation ρ = 0.3 between goals.
pub fn attainment(goals: &[Goal]) -> Result<f64, Refusal> {
    const RHO: f64 = 0.3;
    if goals.is_empty() {
        return Err(Refusal::TooFew { needed: 1, found: 0 });
    }
    for goal in goals {
        if !(-2..=2).contains(&goal.level) {
            let found = f64::from(goal.level);
            return Err(Refusal::OutOfRange { what: "A goal's level", low: -2.0, high: 2.0, found });
        }
        if !(goal.weight > 0.0 && goal.weight <= 1e6) {
            return Err(Refusal::OutOfRange { what: "A goal's weight", low: 1e-6, high: 1e6, found: goal.weight });
        }
    }
    let reached: f64 = goals.iter().map(|goal| goal.weight * f64::from(goal.level)).sum();
    let squares: f64 = goals.iter().map(|goal| goal.weight * goal.weight).sum();
    let weights: f64 = goals.iter().map(|goal| goal.weight).sum();
    Ok(50.0 + 10.0 * reached / ((1.0 - RHO) * squares + RHO * weights * weights).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::near;

    fn score(goals: &[(i8, f64)]) -> Result<f64, Refusal> {
        attainment(&goals.iter().map(|(level, weight)| Goal { level: *level, weight: *weight }).collect::<Vec<_>>())
    }

    #[test]
    fn the_score_agrees_with_the_known_values() {
        near(score(&[(1, 1.0), (0, 1.0), (2, 1.0)]).unwrap(), 63.693_064);
        near(score(&[(1, 3.0), (-1, 1.0), (2, 2.0)]).unwrap(), 63.219_579);
        near(score(&[(1, 1.0)]).unwrap(), 60.0);
        near(score(&[(0, 1.0), (0, 4.0), (0, 2.0)]).unwrap(), 50.0);
    }

    #[test]
    fn only_the_proportions_of_the_weights_matter() {
        near(score(&[(1, 3.0), (-1, 1.0)]).unwrap(), score(&[(1, 30.0), (-1, 10.0)]).unwrap());
    }

    #[test]
    fn a_level_off_the_scale_or_a_weight_of_nothing_is_refused() {
        assert!(score(&[]).is_err());
        assert!(score(&[(3, 1.0)]).is_err());
        for weight in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(score(&[(1, weight)]).is_err());
        }
    }
}
