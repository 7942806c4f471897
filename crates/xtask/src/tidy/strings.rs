//! The strings of a Rust file, without compiling it.

/// The text of every string literal, in order; comments and characters are passed over.
pub fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(['"', '\'', '/', 'r']) {
        let before = rest[..at].chars().next_back();
        rest = &rest[at..];
        rest = if rest.starts_with("//") {
            after(rest, "\n")
        } else if rest.starts_with("/*") {
            after(rest, "*/")
        } else if let Some(body) = rest.strip_prefix('"') {
            let (text, later) = quoted(body);
            found.push(text);
            later
        } else if let Some(length) = character(rest) {
            &rest[length..]
        } else if let Some((text, later)) = raw(rest).filter(|_| !before.is_some_and(is_word)) {
            found.push(text.to_owned());
            later
        } else {
            &rest[1..]
        };
    }
    found
}

/// The code without its comments.
pub fn without_comments(code: &str) -> String {
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Words and commas.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(|it| !is_word(it)).flat_map(|part| {
        let word = part.trim_end_matches(|it| !is_word(it));
        let comma = part.ends_with(',').then_some(",");
        [Some(word).filter(|it| !it.is_empty()), comma].into_iter().flatten()
    })
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Up to the closing quotation mark.
fn quoted(body: &str) -> (String, &str) {
    let mut text = String::new();
    let mut letters = body.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (text, &body[at + 1..]),
            // What is escaped is a space for us: a line that goes on, a tab, a quotation mark.
            '\\' => {
                letters.next();
                text.push(' ');
            }
            _ => text.push(letter),
        }
    }
    (text, "")
}

/// `r"…"` and `r#"…"#`.
fn raw(code: &str) -> Option<(&str, &str)> {
    let body = code.strip_prefix('r')?;
    let fence = body.len() - body.trim_start_matches('#').len();
    let body = body[fence..].strip_prefix('"')?;
    body.split_once(&format!("\"{}", "#".repeat(fence)))
}

/// How long the character literal is; nothing where the mark begins a lifetime.
fn character(code: &str) -> Option<usize> {
    let body = code.strip_prefix('\'')?;
    let first = body.chars().next()?;
    if first == '\\' {
        return body[2..].find('\'').map(|at| at + 4);
    }
    body[first.len_utf8()..].starts_with('\'').then_some(first.len_utf8() + 2)
}

fn after<'a>(code: &'a str, end: &str) -> &'a str {
    code.split_once(end).map_or("", |(_, later)| later)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_between_comments_characters_and_lifetimes() {
        let code = r##"
            // not "this"
            fn f<'a>(x: &'a str) -> char { let y = '"'; let z = '\''; '\u{41}' } /* nor "that" */
            "one"; r"two"; r#"th"ree"#; b"four"; "fi\"ve"; bar"six"; 'x'; "seven"
        "##;
        assert_eq!(literals(code), ["one", "two", "th\"ree", "four", "fi ve", "six", "seven"]);
    }

    #[test]
    fn commas_are_words() {
        let expected = ["select", "a", ",", "b", "from", "duos", ",", "people", "where", "1"];
        assert_eq!(words("select a, b from duos, people where $1").collect::<Vec<_>>(), expected);
    }
}
