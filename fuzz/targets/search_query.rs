//! Whatever somebody types into the directory's search, whatever mentors wrote: plain words,
//! and nothing of them in the language of a database. PRF4, C-11, F-23
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: { fuzz::begin_with(["bugdet\0managing a budget", "Zoë ÅNGSTRÖM\0zoe", "\") OR heads:*", "<-> & | ! ' \\"]) },
    |input: &[u8]| {
        let (typed, written) = fuzz::two_texts(input);
        matching::fuzzed::query(&typed, &written);
    }
);
