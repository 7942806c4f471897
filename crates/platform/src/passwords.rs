//! Passwords after NIST SP 800-63B-4: long rather than strange, none that everyone
//! uses, no rules about kinds of letters, and no change without cause.

use std::sync::LazyLock;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};

use crate::{
    app::App,
    visit::{Prepared, Visit},
};

/// A password that is the only factor has at least this many characters.
pub const SHORTEST: usize = 15;
/// One beside a second factor may be shorter.
pub const SHORTEST_OF_TWO: usize = 8;
/// Longer ones are refused, so that nobody makes us hash a book.
pub const LONGEST: usize = 256;

/// What a password hash costs. OWASP's least is 19 MiB and two rounds; less is for
/// tests and for the demo, whose passwords protect nobody.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub kibibytes: u32,
    pub rounds: u32,
}

impl Cost {
    pub const SERVING: Self = Self { kibibytes: 19_456, rounds: 2 };
    pub const PLAYING: Self = Self { kibibytes: 8, rounds: 1 };
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefusal {
    #[error("Please use at least 15 characters. A short sentence of your own is easy to remember.")]
    TooShort,
    #[error("Please use at least 8 characters.")]
    TooShortOfTwo,
    #[error("Please use at most 256 characters.")]
    TooLong,
    #[error("This password is one that many people use or that is easily guessed. Please choose another.")]
    Common,
    #[error("Your name or address alone makes a password that is easily guessed. Please choose another.")]
    AboutYou,
    #[error("The two passwords are not the same.")]
    NotRepeated,
}

/// Decides whether a password will do for this person as their only factor.
pub fn accept(password: &str, repeated: &str, name: &str, email: &str) -> Result<(), PasswordRefusal> {
    if password.chars().count() < SHORTEST {
        return Err(PasswordRefusal::TooShort);
    }
    accept_of_two(password, repeated, name, email)
}

/// Decides whether a password will do beside a second factor.
pub fn accept_of_two(password: &str, repeated: &str, name: &str, email: &str) -> Result<(), PasswordRefusal> {
    let length = password.chars().count();
    if length < SHORTEST_OF_TWO {
        return Err(PasswordRefusal::TooShortOfTwo);
    }
    if length > LONGEST {
        return Err(PasswordRefusal::TooLong);
    }
    if is_common(password) {
        return Err(PasswordRefusal::Common);
    }
    let folded = fold(password);
    let mut about: Vec<String> = [name, email].iter().map(|it| fold(it)).filter(|it| it.len() > 3).collect();
    about.extend(email.split('@').map(fold).filter(|it| it.len() > 3));
    if about.iter().any(|word| folded.replace(word.as_str(), "").len() < 6) {
        return Err(PasswordRefusal::AboutYou);
    }
    if password != repeated {
        return Err(PasswordRefusal::NotRepeated);
    }
    Ok(())
}

/// Words and runs that fill the lists of broken passwords; a password made of nothing
/// else is refused however long it is.
const COMMON: &[&str] = &[
    "password",
    "passwort",
    "passphrase",
    "letmein",
    "welcome",
    "iloveyou",
    "qwertyuiop",
    "qwertyuiopasdfghjkl",
    "asdfghjkl",
    "zxcvbnm",
    "qwerty",
    "abcdefghijklmnopqrstuvwxyz",
    "abc",
    "monkey",
    "dragon",
    "football",
    "baseball",
    "sunshine",
    "princess",
    "trustno1",
    "superman",
    "batman",
    "admin",
    "administrator",
    "login",
    "master",
    "secret",
    "changeme",
    "default",
    "mentoring",
    "mentor",
    "mentee",
    "duology",
    "library",
    "correcthorsebatterystaple",
    "01234567890",
    "1234567890",
    "123456789",
    "12345678",
    "1234567",
    "123456",
    "12345",
    "123123",
    "123",
    "0987654321",
    "111",
    "000",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb",
    "is",
    "my",
    "the",
    "of",
];

/// The passwords that are found most often, folded and sorted: those of zxcvbn's list with at
/// least eight characters.
static FOUND_OFTEN: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("passwords/common.txt").lines().collect());

fn is_common(password: &str) -> bool {
    let mut rest = fold(password);
    // A year or an exclamation mark at the end makes a common password no rare one.
    let bare = rest.trim_end_matches(|letter: char| letter.is_ascii_digit());
    // Many lists know a name only with the digit that people put behind it.
    let with_a_digit = format!("{bare}1");
    if [rest.as_str(), bare, &with_a_digit].iter().any(|it| FOUND_OFTEN.binary_search(it).is_ok()) {
        return true;
    }
    let mut letters: Vec<char> = rest.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    if letters.len() < 5 {
        return true;
    }
    let mut words = COMMON.to_vec();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in words {
        rest = rest.replace(word, "");
    }
    rest.len() < 5
}

fn fold(text: &str) -> String {
    text.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Hashes a password with argon2id. Takes tens of milliseconds on purpose.
pub fn hash(password: &str, salt: &[u8; 16], cost: Cost) -> Result<String, String> {
    let hash: PasswordHash =
        hasher(cost)?.hash_password_with_salt(password.as_bytes(), salt).map_err(|error| error.to_string())?;
    Ok(hash.to_string())
}

/// Whether the password belongs to the hash; takes as long when there is no hash, so
/// that nobody can tell an account that exists from one that does not.
pub fn verify(password: &str, hash: Option<&str>, cost: Cost) -> bool {
    let parsed = hash.and_then(|it| PasswordHash::new(it).ok());
    match parsed {
        Some(parsed) => hasher(cost).is_ok_and(|it| it.verify_password(password.as_bytes(), &parsed).is_ok()),
        None => {
            let _ = self::hash(password, &[0; 16], cost);
            false
        }
    }
}

/// What a door does before a page that sets a password: judges it and hashes it, away
/// from the unit of work. Reads the fields `password`, `repeated`, `name` and `email`.
pub fn prepare(app: &App, visit: &Visit) -> Prepared {
    let form = &visit.form;
    let (password, repeated) = (form.raw("password"), form.raw("repeated"));
    let refused = |words: String| Prepared { refusal: Some(words), ..Prepared::default() };
    if let Err(refusal) = accept(password, repeated, form.text("name"), form.text("email")) {
        return refused(refusal.to_string());
    }
    match hash(password, &app.db.ground.chance.bytes(), app.config.cost) {
        Ok(hash) => Prepared { password_hash: Some(hash), ..Prepared::default() },
        Err(error) => {
            tracing::error!(error, "a password could not be hashed");
            refused("The password could not be kept. Please try again.".to_owned())
        }
    }
}

fn hasher(cost: Cost) -> Result<Argon2<'static>, String> {
    let params = Params::new(cost.kibibytes, cost.rounds, 1, None).map_err(|error| error.to_string())?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_and_not_everyones() {
        let judge = |password: &str| accept(password, password, "Anna Berg", "anna.berg@example.org");
        assert_eq!(judge("rivers run north"), Ok(()));
        assert_eq!(judge("fourteen chars"), Err(PasswordRefusal::TooShort));
        assert_eq!(judge(&"x y z ä ö ü ".repeat(30)), Err(PasswordRefusal::TooLong));
        assert_eq!(judge("passwordpassword"), Err(PasswordRefusal::Common));
        assert_eq!(judge("Password1234567890"), Err(PasswordRefusal::Common));
        assert_eq!(judge("password12345678"), Err(PasswordRefusal::Common));
        assert_eq!(judge("aaaaaaaaaaaaaaaaaaa"), Err(PasswordRefusal::Common));
        assert_eq!(judge("anna.berg@example.org"), Err(PasswordRefusal::AboutYou));
        assert_eq!(accept("rivers run north", "rivers run south", "", ""), Err(PasswordRefusal::NotRepeated));
    }

    #[test]
    fn beside_a_second_factor_eight_characters_do_unless_everyone_uses_them() {
        let judge = |password: &str| accept_of_two(password, password, "Anna Berg", "anna.berg@example.org");
        assert_eq!(judge("vexing ox"), Ok(()));
        assert_eq!(judge("vexi ox"), Err(PasswordRefusal::TooShortOfTwo));
        for common in ["Trustno1!", "manchester", "Einstein", "kawasaki", "jennifer2024!", "1q2w3e4r5t", "michelle"] {
            assert_eq!(judge(common), Err(PasswordRefusal::Common), "{common}");
        }
        assert!(FOUND_OFTEN.len() > 11_000 && FOUND_OFTEN.is_sorted());
    }

    #[test]
    fn sixty_four_characters_and_more_are_welcome() {
        let long = "many small rivers make one wide and slow water that reaches the sea at last";
        assert!(long.len() > 64);
        assert_eq!(accept(long, long, "Anna", "a@b.org"), Ok(()));
    }

    #[test]
    fn a_hash_opens_for_its_password_alone() {
        let hash = hash("rivers run north", &[1; 16], Cost::PLAYING).unwrap();
        assert!(verify("rivers run north", Some(&hash), Cost::PLAYING));
        assert!(!verify("rivers run south", Some(&hash), Cost::PLAYING));
        assert!(!verify("rivers run north", None, Cost::PLAYING));
        assert!(hash.starts_with("$argon2id$v=19$"));
    }
}
