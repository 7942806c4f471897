//! Table `audit`: one entry, and the hash that binds it to all before it.

use jiff::Timestamp;

use crate::{ids::Id, row};

row! {
    #[derive(PartialEq, Eq)]
    pub struct Entry {
        pub seq: i64,
        pub at: Timestamp,
        /// The pseudonym of who acted; none is the house itself.
        pub actor: Option<Id>,
        /// The pseudonym of whom it concerns.
        pub whose: Option<Id>,
        pub cohort: Option<Id>,
        pub action: String,
        pub record: String,
        pub about: Option<Id>,
        pub right: String,
        pub request: String,
        pub client: String,
        /// Those whom it concerns see it from this moment only.
        pub shown_from: Option<Timestamp>,
        pub hash: Vec<u8>,
    }
}

/// What stands before the first entry.
pub(super) const BEGINNING: [u8; 32] = [0; 32];

impl Entry {
    /// The hash of everything in this entry and, through the hash before, of everything
    /// that came earlier.
    pub(super) fn hash_after(&self, before: &[u8]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        let mut buffer = Vec::with_capacity(256);
        buffer.extend_from_slice(before);
        self.write_to(&mut buffer);
        hasher.update(&buffer);
        *hasher.finalize().as_bytes()
    }

    /// The bytes of an entry: every field with its length, so that no two entries share them.
    fn write_to(&self, out: &mut Vec<u8>) {
        out.push(1);
        out.extend_from_slice(&self.seq.to_be_bytes());
        out.extend_from_slice(&self.at.as_microsecond().to_be_bytes());
        for id in [self.actor, self.whose, self.cohort, self.about] {
            match id {
                None => out.push(0),
                Some(id) => {
                    out.push(1);
                    out.extend_from_slice(id.as_bytes());
                }
            }
        }
        if let Some(from) = self.shown_from {
            out.push(2);
            out.extend_from_slice(&from.as_microsecond().to_be_bytes());
        }
        for text in [&self.action, &self.record, &self.right, &self.request, &self.client] {
            out.extend_from_slice(&(text.len() as u64).to_be_bytes());
            out.extend_from_slice(text.as_bytes());
        }
    }
}
