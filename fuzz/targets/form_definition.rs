//! Whatever stands in the definition of a form, and whatever is sent to it: a form that is
//! drawn, judged and read, or a sentence that names its line. SET6, F-23
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: { fuzz::begin_with(forms::fuzzed::definitions()) },
    |input: &[u8]| {
        let (definition, sent) = fuzz::two_texts(input);
        forms::fuzzed::definition(&definition, &sent);
    }
);
