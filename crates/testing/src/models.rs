//! What tests share that let a plain model of the rules go beside the program. Beside the
//! model go some that have a rule wrong: each must part from the program in some case, or the
//! cases would prove nothing.

use std::{collections::BTreeMap, env, thread};

/// A wrong rule that so many cases of a house have noticed is noticed often enough.
pub const OFTEN: u32 = 20;

/// How many cases noticed each of the rules that are not ours.
pub type Noticed = BTreeMap<&'static str, u32>;

/// The enum `Wrong`: rules that are not ours, each with the sentence it would be.
#[macro_export]
macro_rules! wrong_rules {
    ($($name:ident $words:literal)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Wrong {
            $(#[doc = $words] $name,)*
        }

        impl Wrong {
            pub const ALL: &[Self] = &[$(Self::$name),*];

            pub fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            pub fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)* }
            }
        }
    };
}

/// As many cases as usual, or as `MODEL_CASES` says.
pub fn cases(usual: u32) -> u32 {
    env::var("MODEL_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(usual)
}

/// Half of the cases each on two houses, side by side. Of the steps at least so many must
/// count: those that are refused tell little.
pub fn side_by_side(cases: u32, least: usize, play: impl Fn(u32) -> (usize, Noticed) + Sync) -> Noticed {
    let halves: Vec<(usize, Noticed)> = thread::scope(|scope| {
        let halves = [0, 1].map(|_| scope.spawn(|| play(cases.div_ceil(2))));
        halves.into_iter().map(|half| half.join().expect("a half of the cases")).collect()
    });
    let counted: usize = halves.iter().map(|it| it.0).sum();
    assert!(counted > least, "{counted} steps counted, {least} wanted");
    let mut noticed = Noticed::new();
    for (name, cases) in halves.into_iter().flat_map(|it| it.1) {
        *noticed.entry(name).or_default() += cases;
    }
    noticed
}

/// Each of these, by name and sentence, was noticed in at least one case of a hundred.
pub fn all_are_noticed(noticed: &Noticed, wrong: impl Iterator<Item = (&'static str, &'static str)>, cases: u32) {
    for (name, words) in wrong {
        let times = noticed.get(name).copied().unwrap_or_default();
        println!("{times:4} cases notice: {words}");
        assert!(times >= (cases / 100).clamp(1, 5), "{times} of {cases} cases notice: {words}");
    }
}
