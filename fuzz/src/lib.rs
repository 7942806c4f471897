//! What the targets share: what they begin with, and how they read it.

use std::{borrow::Cow, env, fs, path::PathBuf};

/// Lays sound inputs into the folder that the fuzzer begins with, where one is named.
///
/// # Panics
/// Where the folder cannot be written to.
pub fn begin_with(seeds: impl IntoIterator<Item = impl AsRef<[u8]>>) {
    let Some(folder) = env::var_os("FUZZ_SEEDS").map(PathBuf::from) else { return };
    for (number, seed) in seeds.into_iter().enumerate() {
        fs::write(folder.join(format!("sound-{number}")), seed).expect("the folder of seeds can be written to");
    }
}

/// Two texts, the second after the first NUL.
pub fn two_texts(input: &[u8]) -> (Cow<'_, str>, Cow<'_, str>) {
    let end = input.iter().position(|byte| *byte == 0).unwrap_or(input.len());
    let rest = input.get(end + 1..).unwrap_or_default();
    (String::from_utf8_lossy(&input[..end]), String::from_utf8_lossy(rest))
}
