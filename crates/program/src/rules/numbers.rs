//! Numbers as people say them.

/// "three", "14".
pub fn in_words(number: i64) -> String {
    const WORDS: [&str; 11] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let word = usize::try_from(number).ok().and_then(|place| WORDS.get(place));
    word.map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// A number with what is counted: "one day", "three days".
pub fn counted(number: i64, what: &str) -> String {
    let number_word = in_words(number);
    if number == 1 { format!("{number_word} {what}") } else { format!("{number_word} {what}s") }
}
