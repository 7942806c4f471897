//! The code that a person's answers stand under: HMAC-SHA256 of person and family of
//! surveys, keyed with the cohort's secret.

use platform::ids::Id;
use sha2::{Digest, Sha256};

/// The block of SHA-256.
const BLOCK: usize = 64;

/// The same person has the same code in every survey of a family.
pub fn code(secret: &str, person: Id, family: &str) -> Vec<u8> {
    keyed_hash(secret.as_bytes(), format!("{person}|{family}").as_bytes())
}

/// Where the draft of a person is found again, without their name at it.
pub fn draft_key(secret: &str, survey: Id, person: Id) -> Vec<u8> {
    keyed_hash(secret.as_bytes(), format!("draft|{survey}|{person}").as_bytes())
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// RFC 2104 over SHA-256.
fn keyed_hash(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut block = [0u8; BLOCK];
    if key.len() > BLOCK {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let inner = Sha256::new().chain_update(block.map(|byte| byte ^ 0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(block.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keyed_hash_agrees_with_the_vectors_of_rfc_4231() {
        let found = hex(&keyed_hash(b"Jefe", b"what do ya want for nothing?"));
        assert_eq!(found, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        let long = hex(&keyed_hash(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First"));
        assert_eq!(long, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    #[test]
    fn a_code_is_the_same_within_a_family_and_another_for_everything_else() {
        let (anna, berta) = (Id::from(1), Id::from(2));
        let of_anna = code("secret", anna, "mentee");
        assert_eq!(code("secret", anna, "mentee"), of_anna);
        for other in [code("secret", berta, "mentee"), code("secret", anna, "mentor"), code("other", anna, "mentee")] {
            assert_ne!(other, of_anna);
        }
        assert_ne!(draft_key("secret", Id::from(9), anna), of_anna);
    }
}
