//! Where a text breaks into lines.

use crate::fonts::{Fonts, Style};

/// The text without what has no place on paper: control and formatting characters, odd spaces.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|letter| !is_invisible(*letter)).map(usual_space).collect()
}

/// The lines of a text, none wider than `width`. A line feed always begins a new line.
/// A line that ends between two words keeps its space, so that the words stay apart when read aloud.
pub(crate) fn wrap(fonts: &Fonts, style: Style, size: f32, text: &str, width: f32) -> Vec<String> {
    let measure = Measure { fonts, style, size, width };
    text.split('\n').flat_map(|line| measure.lines(&plain(line))).collect()
}

/// One line of at most `width`; what is too long ends in an ellipsis.
pub(crate) fn shorten(fonts: &Fonts, style: Style, size: f32, text: &str, width: f32) -> String {
    let text = plain(text);
    if fonts.width(style, size, &text) <= width {
        return text;
    }
    let mut left = width - fonts.width(style, size, "…");
    let fits = |letter: &char| {
        left -= fonts.width(style, size, letter.encode_utf8(&mut [0; 4]));
        left >= 0.0
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

struct Measure<'a> {
    fonts: &'a Fonts,
    style: Style,
    size: f32,
    width: f32,
}

impl Measure<'_> {
    fn lines(&self, text: &str) -> Vec<String> {
        let space = self.of(" ");
        let mut lines = Vec::new();
        let (mut line, mut taken) = (String::new(), 0.0);
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let wide = self.of(word);
            if !line.is_empty() && taken + space + wide <= self.width {
                line = line + " " + word;
                taken += space + wide;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line) + " ");
            }
            line = if wide <= self.width { word.to_owned() } else { self.break_word(word, &mut lines) };
            taken = self.of(&line);
        }
        lines.push(line);
        lines
    }

    /// Cuts a word that is wider than a line, after a hyphen or the like where it has one;
    /// what is left of it begins the next line.
    fn break_word(&self, word: &str, lines: &mut Vec<String>) -> String {
        let (mut rest, mut taken) = (String::new(), 0.0);
        for letter in word.chars() {
            let wide = self.of(letter.encode_utf8(&mut [0; 4]));
            if taken + wide > self.width && !rest.is_empty() {
                let seam = rest.rfind(['-', '/', '@', '.', '_']).map_or(rest.len(), |at| at + 1);
                let later = rest.split_off(seam);
                lines.push(std::mem::replace(&mut rest, later));
                taken = self.of(&rest);
            }
            rest.push(letter);
            taken += wide;
        }
        rest
    }

    fn of(&self, text: &str) -> f32 {
        self.fonts.width(self.style, self.size, text)
    }
}

/// Characters that only steer how others are shown; a face draws nothing for them, or a box.
fn is_invisible(letter: char) -> bool {
    let steering = matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}');
    steering || (letter.is_control() && !letter.is_whitespace())
}

fn usual_space(letter: char) -> char {
    match letter {
        '\u{a0}' | '\u{2007}' | '\u{202f}' => '\u{a0}',
        it if it.is_whitespace() => ' ',
        it => it,
    }
}
