//! Maps that are asked millions of times about short words and ids.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// # Design
/// The standard hash guards against ids that were chosen to collide, and takes a third of a large plan's time for it.
/// A committee that attacks its own plan makes it slow and nothing else.
pub(crate) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// Eight bytes at a time, multiplied and folded.
#[derive(Default)]
pub(crate) struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let mut eights = bytes.chunks_exact(8);
        for eight in &mut eights {
            self.write_u64(eight.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)));
        }
        let rest = eights.remainder().iter().fold(bytes.len() as u64, |number, byte| number << 8 | u64::from(*byte));
        self.write_u64(rest);
    }

    fn write_u8(&mut self, _: u8) {
        // The end of a word, whose length is in already.
    }

    fn write_u64(&mut self, number: u64) {
        let wide = u128::from(self.0 ^ number ^ 0x9e37_79b9_7f4a_7c15) * 0x9fb2_1c65_1e98_df25;
        self.0 = (wide >> 64) as u64 ^ wide as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_differ_in_a_figure_spread_over_the_whole_map() {
        let hash = |id: &str| {
            let mut hasher = Quick::default();
            hasher.write(id.as_bytes());
            hasher.finish()
        };
        let ids: Vec<String> = (0..10_000).map(|at| format!("0198f0c2-77aa-7000-8000-{at:012}")).collect();
        let mut low = vec![0; 1024];
        let mut high = vec![0; 128];
        for id in &ids {
            low[hash(id) as usize % 1024] += 1;
            high[(hash(id) >> 57) as usize] += 1;
        }
        assert!(low.iter().all(|many| *many < 40) && high.iter().all(|many| *many < 160), "{low:?} {high:?}");
    }
}
