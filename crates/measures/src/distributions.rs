//! Student's t and Fisher's F, both through the regularised incomplete beta function.
//!
//! # Design
//! Three functions are all the intervals need, so they stand here instead of a dependency. Sources: the continued
//! fraction is DLMF 8.17.22 (<https://dlmf.nist.gov/8.17#v>), evaluated by Lentz's method; the logarithm of the gamma
//! function is Lanczos' approximation with g = 7 and nine terms; the relations between beta, t and F are
//! Abramowitz & Stegun 26.5.27 and 26.6.2. Quantiles are found by bisection: slow next to Newton's method, but it
//! cannot run away, and a report computes a few dozen of them.

/// The 97.5 % point of the normal distribution.
pub(crate) const NORMAL_975: f64 = 1.959_963_984_540_054;

/// The value that Student's t with `df` degrees of freedom exceeds with probability 2.5 %. `df` > 0.
pub(crate) fn t_975(df: f64) -> f64 {
    let x = inverse_beta(0.05, df / 2.0, 0.5);
    (df * (1.0 - x) / x).sqrt()
}

/// The probability that Student's t with `df` degrees of freedom is at least as far from zero as `t`.
pub(crate) fn t_two_sided(t: f64, df: f64) -> f64 {
    beta(df / (df + t * t), df / 2.0, 0.5)
}

/// The value below which Fisher's F with the given degrees of freedom lies with probability `p`.
pub(crate) fn f_quantile(p: f64, df1: f64, df2: f64) -> f64 {
    // The smaller side is searched, because 1 − x would lose its digits where x is close to one.
    let y = inverse_beta(1.0 - p, df2 / 2.0, df1 / 2.0);
    df2 * (1.0 - y) / (df1 * y)
}

/// The x at which the regularised incomplete beta function reaches `p`.
fn inverse_beta(p: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..120 {
        let middle = f64::midpoint(low, high);
        if beta(middle, a, b) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// The regularised incomplete beta function I_x(a, b) for 0 ≤ x ≤ 1.
fn beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p()).exp();
    // The fraction converges fast only on this side of the mean; the other side is its mirror image.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(x, a, b) / a
    } else {
        1.0 - front * beta_fraction(1.0 - x, b, a) / b
    }
}

fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..1000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let before = fraction;
        for coefficient in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + coefficient * d);
            c = away_from_zero(1.0 + coefficient / c);
            fraction *= c * d;
        }
        if (fraction - before).abs() <= 1e-15 * fraction.abs() {
            break;
        }
    }
    fraction
}

/// The logarithm of the gamma function for x ≥ 0.5.
fn ln_gamma(x: f64) -> f64 {
    const G: f64 = 7.0;
    const FIRST: f64 = 0.999_999_999_999_809_9;
    const TERMS: [f64; 8] = [
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let x = x - 1.0;
    let mut sum = FIRST;
    for (term, i) in TERMS.iter().zip(1_u8..) {
        sum += term / (x + f64::from(i));
    }
    let t = x + G + 0.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::near;

    #[test]
    fn students_t_agrees_with_the_printed_tables() {
        for (df, expected) in
            [(1.0, 12.706_205), (2.0, 4.302_653), (9.0, 2.262_157), (30.0, 2.042_272), (1e6, 1.959_966)]
        {
            near(t_975(df), expected);
        }
    }

    #[test]
    fn fishers_f_agrees_with_the_printed_tables() {
        near(f_quantile(0.95, 1.0, 1.0), 161.447_639);
        near(f_quantile(0.95, 5.0, 10.0), 3.325_835);
        near(f_quantile(0.5, 7.0, 7.0), 1.0);
        near(f_quantile(0.025, 4.0, 9.0) * f_quantile(0.975, 9.0, 4.0), 1.0);
    }

    #[test]
    fn the_t_quantile_and_the_t_probability_are_inverse() {
        for df in [1.0, 3.0, 8.0, 40.0, 500.0] {
            near(t_two_sided(t_975(df), df), 0.05);
        }
    }

    #[test]
    fn the_gamma_function_gives_factorials() {
        near(ln_gamma(1.0), 0.0);
        near(ln_gamma(6.0), 120.0_f64.ln());
        near(ln_gamma(0.5), std::f64::consts::PI.sqrt().ln());
    }
}
