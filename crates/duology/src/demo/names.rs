//! What invented people are called, and where they live.

const FIRST: &str = "Amara Beatriz Chen Deepa Elif Farid Grace Hugo Ines Jamal Kofi Lena Maya Nadia Omar Priya Quinn \
    Rosa Sana Tariq Uma Vera Wei Ximena Yusuf Zoë Anneliese Bao Camila Dmitri Esther Fumiko Gabriel Hannah Imani Jonas \
    Keiko Liam Marisol Nils Olivia Pedro Rania Stellan Thandiwe Ulrike Valentina William Yara Zeynep";

const LAST: &str = "Okafor Castillo Nakamura Lindgren Haddad Rossi Abbott Petrov Quintero Weber Eriksen Fischer \
    Ibrahim Schmidt Vargas Tanaka Zielinski Dubois Kowalski Jensen Garcia Martinez Yamamoto Ångström Bennett Chaudhry \
    Delacroix Espinoza Fitzgerald Greenberg Hoang Iyer Johansson Kaplan Larkin Mbeki Novak O’Connor Park Reyes \
    Sandoval Thompson Underwood Villanueva Whitfield Youssef Zimmermann Achterberg Montgomery-Hale Sørensen";

/// As many first names as last names.
const NAMES: usize = 50;

pub const PLACES: &[(&str, &str)] = &[
    ("Riverside", "America/Los_Angeles"),
    ("Northfield", "America/Chicago"),
    ("Hillcrest", "America/New_York"),
    ("Lakewood", "America/Denver"),
    ("Fairhaven", "America/New_York"),
    ("Cedar Falls", "America/Chicago"),
    ("Brookline", "America/New_York"),
    ("Santa Rosa", "America/Los_Angeles"),
    ("Duluth", "America/Chicago"),
    ("Asheville", "America/New_York"),
    ("Boulder", "America/Denver"),
    ("Eugene", "America/Los_Angeles"),
    ("Madison", "America/Chicago"),
    ("Burlington", "America/New_York"),
    ("Galveston", "America/Chicago"),
    ("Spokane", "America/Los_Angeles"),
    ("Toledo", "America/New_York"),
    ("Omaha", "America/Chicago"),
    ("Santa Fe", "America/Denver"),
    ("Green Bay", "America/Chicago"),
    ("Ithaca", "America/New_York"),
    ("Bellingham", "America/Los_Angeles"),
];

/// The name of the person with this number. Names do not repeat until all pairs of them
/// have been used.
pub fn name(number: usize) -> String {
    let round = number / (NAMES * NAMES);
    let name = format!("{} {}", nth(FIRST, number), nth(LAST, number * 7 + number / NAMES * 3 + 5));
    if round == 0 { name } else { format!("{name} {}", roman(round + 1)) }
}

/// The address that belongs to a name.
pub fn address(name: &str, number: usize) -> String {
    let local: String = name.to_lowercase().replace(' ', ".").chars().filter_map(ascii).collect();
    let suffix = if number >= NAMES { format!(".{number}") } else { String::new() };
    format!("{local}{suffix}@example.org")
}

/// Names of members who never take part, for the roster.
pub fn of_members(many: usize) -> Vec<String> {
    let name =
        |number: usize| format!("{} {}", nth(FIRST, number * 3 + 11), nth(LAST, number * 11 + number / NAMES + 29));
    (0..many).map(name).collect()
}

fn nth(names: &'static str, number: usize) -> &'static str {
    names.split(' ').nth(number % NAMES).unwrap_or_default()
}

fn roman(number: usize) -> String {
    if number == 2 { "II".to_owned() } else { "I".repeat(number.min(3)) }
}

/// Letters of names as addresses write them.
fn ascii(letter: char) -> Option<char> {
    match letter {
        'å' | 'ä' => Some('a'),
        'ö' | 'ø' => Some('o'),
        'ë' => Some('e'),
        it if it.is_ascii() => Some(it),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_a_name_and_a_plain_address() {
        let people: Vec<String> = (0..NAMES * NAMES).map(name).collect();
        let different: std::collections::BTreeSet<&String> = people.iter().collect();
        assert_eq!(different.len(), people.len());
        assert_eq!(LAST.split(' ').count(), NAMES);
        assert_eq!(address("Zoë O’Connor", 3), "zoe.oconnor@example.org");
        assert_eq!(address("Åsa Ångström", 71), "asa.angstrom.71@example.org");
    }
}
