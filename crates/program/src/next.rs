//! What is next for a person, and by when: the heart of every home page. Each room says
//! what it has to say (`next_steps` in its `lib.rs`); the house puts it in order.

use jiff::civil::Date;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// What to do, as a request: "Answer Anna's request".
    pub title: String,
    /// One sentence that says why or how.
    pub words: String,
    /// The last day on which it can be done in time.
    pub due: Option<Date>,
    pub href: String,
    /// The words on the button: "Read and answer".
    pub action: String,
}

impl Next {
    pub fn new(title: impl Into<String>, href: impl Into<String>, action: impl Into<String>) -> Self {
        Self { title: title.into(), words: String::new(), due: None, href: href.into(), action: action.into() }
    }

    #[must_use]
    pub fn saying(self, words: impl Into<String>) -> Self {
        Self { words: words.into(), ..self }
    }

    #[must_use]
    pub fn by(self, due: Date) -> Self {
        Self { due: Some(due), ..self }
    }
}
