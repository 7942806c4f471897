//! The functions of a Rust file, and which of them reach something without asking for a proof.

use super::File;

/// What a function asks for that nobody can make for themselves: a grant, or a scope; what
/// stands for either; by whose right a form or a file is opened; the morning's look, which nobody
/// sees; whoever takes along what is theirs.
const PROOFS: &[&str] = &["Grant<", "Scope<", "Opens<", "Lists<", "Opener", "&Reader", "&Morning", "&Asking"];

/// They open for the whole house: the keys themselves, and what measures them.
const GROUND: &[&str] = &["platform", "xtask", "testing", "measures"];

/// Whether a file is Rust of a room, and no test.
pub fn is_of_a_room(file: &File) -> bool {
    let is_test = ["/tests", "/journeys", "/examples/"].iter().any(|it| file.name.contains(it));
    file.is(&["rs"]) && !is_test && file.room().is_some_and(|room| !GROUND.contains(&room))
}

pub fn without_tests(text: &str) -> &str {
    text.split_once("#[cfg(test)]\nmod ").map_or(text, |it| it.0)
}

pub struct Function<'a> {
    pub name: &'a str,
    pub is_visible: bool,
    /// Whether it asks for a proof.
    asks: bool,
    body: &'a str,
}

/// The functions that reach something and ask for no proof, at first hand or through others
/// of the same file.
pub fn without_proof<'a>(text: &'a str, reaches: impl Fn(&str) -> bool) -> Vec<Function<'a>> {
    let (mut found, mut rest): (Vec<Function>, Vec<Function>) =
        functions(text).into_iter().filter(|it| !it.asks).partition(|it| reaches(it.body));
    loop {
        let leads = |it: &Function| found.iter().any(|open| calls(it.body, open.name));
        let (more, others): (Vec<Function>, Vec<Function>) = rest.into_iter().partition(leads);
        rest = others;
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// Whether a body calls a function by this name, and not one whose name ends so.
fn calls(body: &str, name: &str) -> bool {
    let is_end_of_another = |at: usize| body[..at].ends_with(|it: char| it.is_alphanumeric() || "_.:".contains(it));
    body.match_indices(&format!("{name}(")).any(|(at, _)| !is_end_of_another(at))
}

fn functions(text: &str) -> Vec<Function<'_>> {
    let starts: Vec<usize> = text.match_indices("fn ").map(|it| it.0).filter(|at| begins(text, *at)).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| function(text, *start, end)).collect()
}

/// Whether nothing but a visibility stands before it on its line.
fn begins(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default().trim();
    line.is_empty() || line.starts_with("pub") && !line.contains(' ')
}

fn function(text: &str, start: usize, end: usize) -> Option<Function<'_>> {
    let line = text[..start].rsplit('\n').next().unwrap_or_default();
    let whole = &text[start + "fn ".len()..end];
    let (signature, body) = whole.split_once(" {\n")?;
    let name = signature.split(['(', '<']).next()?;
    let asks = PROOFS.iter().any(|it| signature.contains(it));
    Some(Function { name, is_visible: line.contains("pub"), asks, body })
}
