use maud::{Markup, html};

/// One thing that is wrong: at which field, and in which words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's name; empty when the fault concerns the form as a whole.
    pub field: String,
    pub words: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    pub fn new() -> Faults {
        Faults::default()
    }

    pub fn add(&mut self, field: impl Into<String>, words: impl Into<String>) {
        self.0.push(Fault { field: field.into(), words: words.into() });
    }

    /// A refusal that belongs to no single field.
    pub fn general(words: impl Into<String>) -> Faults {
        let mut faults = Faults::new();
        faults.add("", words);
        faults
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first fault of a field: one sentence at a time is enough there.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|fault| fault.field == field).map(|fault| fault.words.as_str())
    }

    pub fn all(&self) -> &[Fault] {
        &self.0
    }
}

/// The list on top of a form that came back, each line a link to its field.
/// Draws nothing when nothing is wrong.
pub fn error_summary(faults: &Faults) -> Markup {
    html! {
        @if !faults.is_empty() {
            div.errors role="alert" tabindex="-1" autofocus {
                h2 { "There is a problem" }
                ul role="list" {
                    @for fault in faults.all() {
                        li {
                            @if fault.field.is_empty() { (fault.words) }
                            @else { a href={ "#" (field_id(&fault.field)) } { (fault.words) } }
                        }
                    }
                }
            }
        }
    }
}

/// The id of a field's control. The prefix keeps a field called `main` or
/// `results` apart from the page's own landmarks.
pub fn field_id(name: &str) -> String {
    format!("f-{name}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, text_field};

    fn two_faults() -> Faults {
        let mut faults = Faults::new();
        faults.add("email", "Enter an address such as ana@example.org.");
        faults.add("", "The last place was taken a moment ago.");
        faults
    }

    // WCAG 3.3.1
    #[test]
    fn a_fault_reads_the_same_on_top_and_at_the_field() {
        let faults = two_faults();
        let top = error_summary(&faults).into_string();
        let field = text_field(&Input::new("email", "E-mail address").faults(&faults));
        let words = "Enter an address such as ana@example.org.";
        assert!(top.contains(&format!("<a href=\"#f-email\">{words}</a>")));
        assert!(field.0.contains(words));
        assert!(field.0.contains("id=\"f-email\""));
        assert!(field.0.contains("aria-invalid=\"true\""));
        assert!(field.0.contains("aria-describedby=\"f-email-fault\""));
    }

    #[test]
    fn a_fault_of_the_whole_form_is_no_link() {
        let top = error_summary(&Faults::general("Too late."));
        assert!(top.0.contains("<li>Too late.</li>"));
    }

    #[test]
    fn without_faults_there_is_no_summary() {
        assert_eq!(error_summary(&Faults::new()).0, "");
        assert_eq!(Faults::new().of("email"), None);
    }

    #[test]
    fn a_field_shows_its_first_fault_only() {
        let mut faults = two_faults();
        faults.add("email", "Another one.");
        assert_eq!(faults.of("email"), Some("Enter an address such as ana@example.org."));
    }
}
