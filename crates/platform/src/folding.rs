//! Folding: text as it is compared and searched, on both databases alike. Their own
//! folding differs, so ours comes first and they index what it gives.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Letters and digits alone, small, without accents, one space between words.
pub fn folded(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::folded;

    // PRF4
    #[test]
    fn accents_capitals_and_signs_make_no_difference() {
        assert_eq!(folded("  Zoë ÅNGSTRÖM, Ph.D. "), "zoe angstrom ph d");
        assert_eq!(folded("ﬁne-print"), "fine print");
        assert_eq!(folded("—"), "");
    }
}
