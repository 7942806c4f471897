//! What decides about certificates and the group. Pure.

/// Letters and digits that nobody takes for another one.
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKLMNPQRSTVWXZ";
/// The letters of a code, in two halves.
const CODE_LENGTH: usize = 10;

/// The code of a certificate from random bytes: `K7MQ3-RTX2H`.
pub fn code(random: [u8; CODE_LENGTH]) -> String {
    let letter = |byte: &u8| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]);
    let (first, second) = random.split_at(CODE_LENGTH / 2);
    format!("{}-{}", first.iter().map(letter).collect::<String>(), second.iter().map(letter).collect::<String>())
}

/// A code as somebody typed it, brought into the form in which it is kept.
pub fn typed_code(text: &str) -> Option<String> {
    let letters: String = text.to_uppercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let known = letters.len() == CODE_LENGTH && letters.bytes().all(|it| ALPHABET.contains(&it));
    known.then(|| format!("{}-{}", &letters[..CODE_LENGTH / 2], &letters[CODE_LENGTH / 2..]))
}

/// Full hours from the minutes of the meetings, to the nearest; under half an hour none.
pub fn hours(minutes: i64) -> Option<i64> {
    let hours = (minutes.max(0) + 30) / 60;
    (hours > 0).then_some(hours)
}

/// A text of the preset with its values. A line `{{if x: …}}` stays only where `x` has one.
pub fn filled(text: &str, values: &[(&str, &str)]) -> Vec<String> {
    let given = |name: &str| values.iter().any(|(it, value)| *it == name && !value.is_empty());
    let kept = |line: &str| {
        let Some(condition) = line.trim().strip_prefix("{{if ").and_then(|it| it.strip_suffix("}}")) else {
            return Some(line.trim().to_owned());
        };
        let (name, rest) = condition.split_once(':')?;
        given(name.trim()).then(|| rest.trim().to_owned())
    };
    let put_in =
        |line: String| values.iter().fold(line, |line, (name, value)| line.replace(&format!("{{{{{name}}}}}"), value));
    text.lines().filter_map(kept).filter(|line| !line.is_empty()).map(put_in).collect()
}

/// Why a letter to the group is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LetterRefusal {
    #[error("Give the letter a subject.")]
    NoSubject,
    #[error("The subject is too long: 120 characters at most.")]
    LongSubject,
    #[error("Write the letter; a few sentences are enough.")]
    NoText,
    #[error("The letter is too long: 4,000 characters at most.")]
    LongText,
    #[error("Nobody is in the group who would receive it.")]
    NoRecipients,
}

impl LetterRefusal {
    /// The field where it is said.
    pub fn field(self) -> &'static str {
        match self {
            Self::NoSubject | Self::LongSubject => "subject",
            Self::NoText | Self::LongText => "text",
            Self::NoRecipients => "",
        }
    }
}

/// Everything that keeps a letter to the group from being sent.
pub fn letter(subject: &str, text: &str, recipients: usize) -> Vec<LetterRefusal> {
    let refusals = [
        (subject.is_empty(), LetterRefusal::NoSubject),
        (subject.chars().count() > 120, LetterRefusal::LongSubject),
        (text.chars().count() < 20, LetterRefusal::NoText),
        (text.chars().count() > 4000, LetterRefusal::LongText),
        (recipients == 0, LetterRefusal::NoRecipients),
    ];
    refusals.into_iter().filter(|(applies, _)| *applies).map(|(_, refusal)| refusal).collect()
}

#[cfg(test)]
mod tests;
