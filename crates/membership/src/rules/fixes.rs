//! What would put a faulty cell right, in a sentence.

use platform::identity::is_email;

use super::cells;

pub const CELLS: &str = "Give every line as many cells as the first line has; quote a cell with the separator in it.";
pub const ODD: &str = "Type it anew instead of pasting it.";
pub const NO_NAME: &str = "Write the member’s name there.";
pub const LONG_NAME: &str = "Write the name alone.";
pub const NO_KEY: &str = "Write the member number or the e-mail address; better both.";
pub const BEFORE_JOINING: &str = "Check both days; one of them is mistyped.";
pub const SAME_NUMBER: &str = "Give each member a number of their own, or delete one of the two lines.";
pub const SAME_ADDRESS: &str = "Add the member numbers of both, or delete one of the two lines.";

/// The address that was probably meant.
pub fn email(cell: &str) -> String {
    let plain: String = cell.chars().filter(|it| !it.is_whitespace() && !"<>\"'()".contains(*it)).collect();
    let plain = plain.trim_start_matches("mailto:").trim_end_matches(['.', ',', ';']).replace(',', ".");
    let plain = plain.replace("..", ".").replace("@@", "@").replace("(at)", "@").replace("[at]", "@");
    if plain != cell && is_email(&plain) {
        return format!("Did you mean {plain}?");
    }
    match cell.matches('@').count() {
        0 => "Write the whole address with an @, or leave the cell empty.".to_owned(),
        1 => "Write it like name@example.org, or leave the cell empty.".to_owned(),
        _ => "Write one address alone.".to_owned(),
    }
}

/// The standing that was probably meant.
pub fn standing(cell: &str) -> String {
    match cells::nearest_standing(cell) {
        Some(true) => "Did you mean “good”?".to_owned(),
        Some(false) => "Did you mean “lapsed”?".to_owned(),
        None => "Write “good” or “lapsed”.".to_owned(),
    }
}

/// The same for a year, which may stand as a day.
pub fn year(cell: &str) -> String {
    match cells::last_of_month(cell) {
        Some(day) => format!("Did you mean {}?", day.year()),
        None => "Write the year, or leave the cell empty.".to_owned(),
    }
}

/// The day that was probably meant: the last of its month, where there is no such day.
pub fn day(cell: &str) -> String {
    match cells::last_of_month(cell) {
        Some(day) => format!("Did you mean {day}?"),
        None => "Write it like 2027-01-31, or leave the cell empty.".to_owned(),
    }
}
