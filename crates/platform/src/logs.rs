//! What logs may say: nothing of anybody. Faults of a database or of a mail server quote
//! addresses and rows; their words go through here first. O-09.

/// The words without addresses and on one line.
pub fn harmless(words: &str) -> String {
    let words = words.split_whitespace().map(|word| if word.contains('@') { "(an address)" } else { word });
    words.collect::<Vec<_>>().join(" ").chars().filter(|it| !it.is_control()).take(500).collect()
}

/// A fault of PostgreSQL by its code, its sentence and the rule that spoke; its details
/// quote the row.
pub fn of_postgres(error: &postgres::Error) -> String {
    match error.as_db_error() {
        Some(fault) => {
            let rule = fault.constraint().map(|it| format!(" ({it})")).unwrap_or_default();
            harmless(&format!("{} {}{rule}", fault.code().code(), fault.message()))
        }
        None => harmless(&error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_without_the_address_it_is_about() {
        let said = "permanent error (550): 5.1.1 <anna@example.org>: Recipient\r\n2026-01-01 ERROR forged\u{1b}[31m";
        let told = "permanent error (550): 5.1.1 (an address) Recipient 2026-01-01 ERROR forged[31m";
        assert_eq!(harmless(said), told);
    }
}
