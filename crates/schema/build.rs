//! Builds this room anew when a file that it carries is added or taken away; the compiler
//! hears of changed files alone.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
