//! Odd text at the door: what nobody types is refused, what comes along when people paste
//! is taken out, and what looks alike is written alike (NFC).

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark, is_nfc};

use crate::takes::Unread;

/// No language stacks more marks than this on one letter.
const MOST_MARKS: usize = 8;

/// Refuses what no keyboard gives.
pub fn check(text: &str) -> Result<(), Unread> {
    let mut marks = 0;
    for letter in text.chars() {
        match letter {
            '\0' => return Err(Unread::NoText),
            // Shows "exe.fdp" for "pdf.exe". Its siblings come along when a phone number
            // is pasted, and are taken out below.
            '\u{202e}' => return Err(Unread::TurnedRound),
            // Kept apart from the table look-up: nearly all text is this.
            ' '..='~' => marks = 0,
            _ if is_combining_mark(letter) => marks += 1,
            _ => marks = 0,
        }
        if marks > MOST_MARKS {
            return Err(Unread::Accents);
        }
    }
    Ok(())
}

/// Takes out control characters and the marks that hide in text or turn its direction.
/// New lines become plain ones.
pub fn cleaned(text: &str) -> String {
    if text.bytes().all(|it| matches!(it, b' '..=b'~' | b'\n' | b'\t')) {
        return text.to_owned();
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = lines.chars().filter(|letter| !is_hidden(*letter)).collect();
    let kept = without_idle_joiners(&kept);
    if is_nfc(&kept) { kept } else { kept.nfc().collect() }
}

/// Text that is refused, fit to be shown beside the reason: without what hides in it, and
/// with no more marks on a letter than a language needs.
pub fn shown(text: &str) -> String {
    let mut marks = 0;
    let cleaned = cleaned(text);
    let letters = cleaned.chars().filter(|letter| {
        marks = if is_combining_mark(*letter) { marks + 1 } else { 0 };
        marks <= MOST_MARKS
    });
    letters.collect()
}

fn is_hidden(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        || (letter.is_control() && letter != '\n' && letter != '\t')
}

/// Joiners belong between letters of Persian or Hindi and in emoji; elsewhere they only
/// make one name look like another.
fn without_idle_joiners(text: &str) -> String {
    if !text.contains(['\u{200c}', '\u{200d}']) {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let needs =
        |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|it| *it >= '\u{600}' && !is_joiner(*it));
    let kept = |(at, letter): (usize, &char)| {
        let idle = is_joiner(*letter) && !(needs(at.checked_sub(1)) && needs(Some(at + 1)));
        (!idle).then_some(*letter)
    };
    letters.iter().enumerate().filter_map(kept).collect()
}

fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200c}' | '\u{200d}')
}

/// Undoes `%41` and `+`. What is not UTF-8 is refused; a percent sign without two digits
/// stands for itself.
pub fn decoded(bytes: &[u8]) -> Result<String, Unread> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let digit = |at: usize| after.get(at).and_then(|it| char::from(*it).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                plain.push(u8::try_from(high * 16 + low).unwrap_or_default());
                rest = after.get(2..).unwrap_or_default();
            }
            (b'+', ..) => plain.push(b' '),
            _ => plain.push(*first),
        }
    }
    String::from_utf8(plain).map_err(|_| Unread::NoText)
}

#[cfg(test)]
mod tests {
    use super::*;

    // F-19
    #[test]
    fn what_nobody_types_is_refused() {
        assert_eq!(check("Zoë Ångström\n\t— naïve, 山田, ὕ, Việt"), Ok(()));
        assert_eq!(check("A\0nna"), Err(Unread::NoText));
        assert_eq!(check("gnp.\u{202e}exe"), Err(Unread::TurnedRound));
        assert_eq!(check(&format!("Z{}", "\u{301}".repeat(8))), Ok(()));
        assert_eq!(check(&format!("Z{}", "\u{301}".repeat(9))), Err(Unread::Accents));
        assert_eq!(check(&format!("Z{}", "\u{301}".repeat(5_000))), Err(Unread::Accents));
    }

    // F-19
    #[test]
    fn hidden_marks_are_taken_out_and_letters_are_written_one_way() {
        for (typed, kept) in [
            ("Anna\u{200b}\u{feff} \u{202d}555\u{202c}\r\nB\u{b}", "Anna 555\nB"),
            ("An\u{200d}na", "Anna"),
            ("an\u{ad}na\u{2066}x\u{2069}", "annax"),
            ("Zoe\u{308}", "Zoë"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("👩\u{200d}🏫", "👩\u{200d}🏫"),
            ("👩\u{200d}\u{200d}", "👩"),
            ("a\tb", "a\tb"),
        ] {
            assert_eq!(cleaned(typed), kept, "{typed:?}");
        }
    }
}
