//! Figures a committee can defend: intervals, reliability, paired change, goal attainment, disclosure control.
//!
//! Pure arithmetic: no I/O, no clock, no chance, no other crate of the house. Every interval is at 95 %.
//! A figure that cannot be computed is a [`Refusal`], a sentence that may be printed where the figure would stand.
//!
//! | file | what it answers |
//! |---|---|
//! | `summary.rs` | mean, standard deviation, t-interval, median, quantiles, finite-population factor |
//! | `share.rs` | response rates with bands, shares with Wilson's interval, the recommendation score |
//! | `reliability.rs` | Cronbach's alpha with Feldt's interval, and whether to print it at all |
//! | `change.rs` | paired change: mean difference, t-interval, d_z, Wilcoxon's exact p |
//! | `goals.rs` | the goal attainment T score |
//! | `disclosure.rs` | what may be shown of small counts, so that nobody's answer can be worked out |
//! | `distributions.rs` | Student's t and Fisher's F, for the intervals above |

pub mod change;
pub mod disclosure;
mod distributions;
pub mod goals;
pub mod reliability;
pub mod share;
pub mod summary;

/// Why a figure is not given. Each is a sentence for the reader of the report.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    #[error("At least {needed} answers are needed here, and there are {found}.")]
    TooFew { needed: usize, found: usize },
    #[error("At least {needed} questions are needed here, and there are {found}.")]
    TooFewItems { needed: usize, found: usize },
    #[error("All answers are the same, so this figure has no meaning.")]
    NoVariation,
    #[error("The two lists belong together, but one has {left} entries and the other {right}.")]
    Uneven { left: usize, right: usize },
    #[error("{what} must lie between {low} and {high}, and {found} does not.")]
    OutOfRange { what: &'static str, low: f64, high: f64, found: f64 },
    #[error("This exact figure is worked out for at most {most} answers, and there are {found}.")]
    TooMany { most: usize, found: usize },
    #[error("There is no number among the answers where one was expected.")]
    NotANumber,
}

/// The two ends of a 95 % interval, in the unit of the figure it belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

#[cfg(test)]
#[track_caller]
fn near(found: f64, expected: f64) {
    // The vectors are printed with six decimals.
    assert!((found - expected).abs() < 6e-7, "{found} is not {expected}");
}
