//! Recovery codes: sixteen letters and digits each, eighty bits, for the day on which the
//! app is lost. Only their hashes are kept; each counts once.

use sha2::{Digest, Sha256};

/// How many somebody gets.
pub const HOW_MANY: usize = 10;
/// Without letters that are taken for each other.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// A code from ten bytes of chance, in four groups.
pub fn code(chance: [u8; 10]) -> String {
    let mut bits = 0_u128;
    for byte in chance {
        bits = (bits << 8) | u128::from(byte);
    }
    let mut code = String::new();
    for place in 0..16 {
        if place > 0 && place % 4 == 0 {
            code.push('-');
        }
        let letter = (bits >> (5 * (15 - place))) & 31;
        code.push(char::from(LETTERS[usize::try_from(letter).unwrap_or(0)]));
    }
    code
}

/// What is kept of a code. Case, spaces and dashes do not matter; eighty bits of chance
/// need no slow hash.
pub fn hash(code: &str) -> Vec<u8> {
    let plain: String = code.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    Sha256::digest(format!("recovery {plain}").as_bytes()).to_vec()
}

/// Whether this is long enough to be one, rather than a code of an app.
pub fn looks_like_one(text: &str) -> bool {
    text.chars().filter(char::is_ascii_alphanumeric).count() == 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_four_groups_of_four_and_follows_from_all_its_chance() {
        assert_eq!(code([0; 10]), "aaaa-aaaa-aaaa-aaaa");
        assert_eq!(code([255; 10]), "9999-9999-9999-9999");
        let one = code([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        let other = code([1, 2, 3, 4, 5, 6, 7, 8, 9, 11]);
        assert!(one != other && looks_like_one(&one));
        assert!(!looks_like_one("123456"));
    }

    #[test]
    fn a_code_may_be_typed_as_one_likes() {
        assert_eq!(hash("AAAA AAAA-aaaaaaaa "), hash("aaaa-aaaa-aaaa-aaaa"));
        assert_ne!(hash("aaaa-aaaa-aaaa-aaab"), hash("aaaa-aaaa-aaaa-aaaa"));
    }
}
