//! Codes of an app that change every thirty seconds (TOTP, RFC 6238), and the square that
//! an app photographs.

use qrcodegen::{QrCode, QrCodeEcc};
use totp_rs::{Algorithm, Secret, TOTP};

const DIGITS: usize = 6;
const STEP: i64 = 30;
/// Twenty bytes, as the standard recommends.
pub const SECRET_BYTES: usize = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the secret of the app is damaged")]
pub struct Damaged;

/// A secret as apps write it.
pub fn secret(chance: [u8; SECRET_BYTES]) -> String {
    Secret::Raw(chance.to_vec()).to_encoded().to_string()
}

/// In groups of four, for somebody who types it.
pub fn in_groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The address that a square holds: whose code it is, and of which house.
pub fn address(secret: &str, house: &str, person: &str) -> String {
    let word =
        |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
    let (house, person) = (word(&house.replace(':', " ")), word(person));
    format!(
        "otpauth://totp/{house}:{person}?secret={secret}&issuer={house}&algorithm=SHA1&digits={DIGITS}&period={STEP}"
    )
}

/// The code at a time, in seconds since 1970.
pub fn code(secret: &str, seconds: i64) -> Result<String, Damaged> {
    Ok(totp(secret)?.generate(u64::try_from(seconds).unwrap_or(0)))
}

/// The step a typed code belongs to: the one of now, or a neighbour for clocks that differ.
/// A step that was used before counts no more.
pub fn step(secret: &str, typed: &str, seconds: i64, last: i64) -> Result<Option<i64>, Damaged> {
    let totp = totp(secret)?;
    let typed: String = typed.chars().filter(|it| !it.is_whitespace()).collect();
    let now = seconds.div_euclid(STEP);
    let mut found = None;
    for step in now - 1..=now + 1 {
        let right = totp.generate(u64::try_from(step * STEP).unwrap_or(0));
        if step > last && same(&right, &typed) {
            found = Some(step);
        }
    }
    Ok(found)
}

/// Compares without telling by its time how much was right.
fn same(right: &str, typed: &str) -> bool {
    right.len() == typed.len()
        && right.bytes().zip(typed.bytes()).fold(0, |differs, (one, other)| differs | (one ^ other)) == 0
}

fn totp(secret: &str) -> Result<TOTP, Damaged> {
    let bytes = Secret::Encoded(secret.to_owned()).to_bytes().map_err(|_| Damaged)?;
    TOTP::new(Algorithm::SHA1, DIGITS, 1, STEP.unsigned_abs(), bytes).map_err(|_| Damaged)
}

/// A square as a path of an SVG, with its width in fields.
pub struct Square {
    pub width: i32,
    pub path: String,
}

/// The square that holds a text; `None` for a text that is too long for one.
pub fn square(text: &str) -> Option<Square> {
    use std::fmt::Write;
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            let _ = write!(path, "M{x},{y}h1v1h-1z");
        }
    }
    Some(Square { width: code.size(), path })
}

#[cfg(test)]
mod tests {
    use super::*;

    // The standard's own examples (RFC 6238, appendix B), six digits of eight.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = secret(*b"12345678901234567890");
        for (seconds, right) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(code(&secret, seconds).unwrap(), right);
        }
    }

    #[test]
    fn a_code_counts_in_its_half_minute_and_in_the_neighbours_and_once() {
        let secret = secret([7; 20]);
        let typed = code(&secret, 3000).unwrap();
        for (seconds, last, found) in [
            (3000, 0, Some(100)),
            (3030, 0, Some(100)),
            (2999, 0, Some(100)),
            (3060, 0, None),
            (2969, 0, None),
            (3000, 100, None),
            (3000, 99, Some(100)),
        ] {
            assert_eq!(step(&secret, &typed, seconds, last).unwrap(), found, "{seconds} {last}");
        }
        assert_eq!(step(&secret, &format!("{} {}", &typed[..3], &typed[3..]), 3000, 0).unwrap(), Some(100));
        for wrong in ["", "000", "0000000", "abcdef"] {
            assert_eq!(step(&secret, wrong, 3000, 0).unwrap(), None);
        }
    }

    #[test]
    fn the_address_names_house_and_person_and_fits_a_square() {
        let address = address(&secret([1; 20]), "Formal Mentoring: a & b", "anna@example.org");
        assert!(address.starts_with("otpauth://totp/Formal%20Mentoring%20%20a%20%26%20b:anna%40example.org?secret="));
        let square = square(&address).unwrap();
        assert!(square.width > 30 && square.path.starts_with("M0,0h1v1h-1z"));
        assert_eq!(in_groups("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }
}
