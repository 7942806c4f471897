//! Writes the gallery and its files into a folder, light and dark, to be
//! looked at with any browser: `cargo run -p shell --example gallery DIR`.

use maud::html;
use shell::{ASSETS, Frame, NavItem, gallery, page};
use std::{env, fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "gallery".to_owned()));
    fs::create_dir_all(folder.join("static"))?;
    for (name, _, bytes) in ASSETS {
        fs::write(folder.join("static").join(name), bytes)?;
    }
    for theme in ["light", "dark"] {
        fs::write(folder.join(format!("{theme}.html")), page(&frame(theme), gallery()).0)?;
    }
    Ok(())
}

fn frame(theme: &str) -> Frame {
    let ways = [
        ("/", "Home", "home"),
        ("/gallery", "Mentors", "people"),
        ("/duos", "Duos", "duo"),
        ("/calendar", "Calendar", "calendar"),
        ("/letters", "Letters", "letter"),
        ("/surveys", "Surveys", "list"),
        ("/report", "Report", "chart"),
        ("/settings", "Settings", "gear"),
    ];
    Frame {
        title: "Gallery".to_owned(),
        brand: "Formal Mentoring".to_owned(),
        brand_line: "Midwest Health Libraries Association".to_owned(),
        path: "/gallery".to_owned(),
        theme: theme.to_owned(),
        person: Some("Miriam Castellanos".to_owned()),
        person_line: "Chair".to_owned(),
        nav: ways.map(|(href, words, icon)| NavItem { href: href.to_owned(), words: words.to_owned(), icon }).to_vec(),
        banner: Some(html! { "This is a demo with invented people. " a href="/" { "Be someone else" } }),
        notice: Some("Your answer is saved.".to_owned()),
        wide: true,
        ..Frame::default()
    }
}
