//! The page that leads from an id to its tests names no test that is not there.

use super::File;

const PAGE: &str = "docs/running/trust.md";

/// Tests and files that the page names and nobody has, one by one.
pub fn faults(files: &[File]) -> Vec<String> {
    let Some(page) = files.iter().find(|it| it.name == PAGE) else { return vec![format!("{PAGE} is gone")] };
    let named = page.text.split('`').skip(1).step_by(2);
    named.filter(|it| !is_there(files, it)).map(|it| format!("{PAGE}: there is no {it}")).collect()
}

fn is_there(files: &[File], named: &str) -> bool {
    if let Some((file, test)) = named.split_once("::") {
        let (file, test) = (format!("crates/{file}"), format!("fn {test}("));
        return files.iter().any(|it| it.name == file && it.text.contains(&test));
    }
    // Commands, folders and pages beside this one are no tests.
    !named.starts_with("e2e/") || named.ends_with('/') || files.iter().any(|it| it.name == named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> File {
        File { name: name.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_test_that_was_renamed_is_missed() {
        let page = "| V-01 | `care/src/desk.rs::it_holds`, `e2e/desk.spec.mjs`, `cargo xtask tidy`, `e2e/` |";
        let with =
            |test: &str, walk: &str| faults(&[file(PAGE, page), file("crates/care/src/desk.rs", test), file(walk, "")]);
        assert_eq!(with("fn it_holds() {}", "e2e/desk.spec.mjs"), Vec::<String>::new());
        assert_eq!(with("fn it_held() {}", "e2e/desk.spec.mjs").len(), 1);
        assert_eq!(with("fn it_holds_two() {}", "e2e/table.spec.mjs").len(), 2);
        assert_eq!(faults(&[]).len(), 1, "the page itself");
    }
}
