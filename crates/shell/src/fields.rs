use crate::faults::{Faults, field_id};
use crate::icons::icon;
use crate::pieces::readers_line;
use maud::{Markup, html};

/// What every field has: a name, a label, what was typed, what is wrong.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub hint: Option<&'a str>,
    pub value: &'a str,
    pub required: bool,
    pub fault: Option<&'a str>,
    /// Who can read the answer, in words; shown under the field.
    pub readers: Option<&'a str>,
    /// text, email, tel, password, number, search …
    pub kind: &'a str,
    pub autocomplete: Option<&'a str>,
    /// The most characters the answer may have: said, not enforced by the
    /// browser, which would silently cut what is pasted.
    pub max: Option<usize>,
    pub rows: usize,
    /// The least and the greatest value of a number or a date; empty for none.
    pub low: &'a str,
    pub high: &'a str,
    /// An id of its own, for a form that stands several times on a page.
    pub id: Option<&'a str>,
    /// Whether "(optional)" is left away: filters are always optional.
    pub unmarked: bool,
}

impl<'a> Input<'a> {
    pub fn new(name: &'a str, label: &'a str) -> Input<'a> {
        Input {
            name,
            label,
            hint: None,
            value: "",
            required: false,
            fault: None,
            readers: None,
            kind: "text",
            autocomplete: None,
            max: None,
            rows: 5,
            low: "",
            high: "",
            id: None,
            unmarked: false,
        }
    }

    pub fn hint(self, hint: &'a str) -> Input<'a> {
        let hint = (!hint.is_empty()).then_some(hint);
        Input { hint, ..self }
    }

    pub fn value(self, value: &'a str) -> Input<'a> {
        Input { value, ..self }
    }

    pub fn required(self) -> Input<'a> {
        Input { required: true, ..self }
    }

    pub fn fault(self, fault: Option<&'a str>) -> Input<'a> {
        Input { fault, ..self }
    }

    /// Finds the field's own fault among those of the form.
    pub fn faults(self, faults: &'a Faults) -> Input<'a> {
        let fault = faults.of(self.name);
        Input { fault, ..self }
    }

    pub fn readers(self, readers: &'a str) -> Input<'a> {
        let readers = (!readers.is_empty()).then_some(readers);
        Input { readers, ..self }
    }

    pub fn kind(self, kind: &'a str) -> Input<'a> {
        Input { kind, ..self }
    }

    pub fn autocomplete(self, token: &'a str) -> Input<'a> {
        Input { autocomplete: Some(token), ..self }
    }

    pub fn max(self, characters: usize) -> Input<'a> {
        Input { max: Some(characters), ..self }
    }

    pub fn rows(self, rows: usize) -> Input<'a> {
        Input { rows, ..self }
    }

    pub fn between(self, low: &'a str, high: &'a str) -> Input<'a> {
        Input { low, high, ..self }
    }

    pub fn id(self, id: &'a str) -> Input<'a> {
        Input { id: Some(id), ..self }
    }

    pub fn unmarked(self) -> Input<'a> {
        Input { unmarked: true, ..self }
    }

    pub(crate) fn control_id(&self) -> String {
        self.id.map_or_else(|| field_id(self.name), str::to_owned)
    }

    /// The ids of hint, fault and readers, in the order they are read out.
    pub(crate) fn described_by(&self) -> Option<String> {
        let id = self.control_id();
        let parts = [
            (self.hint.is_some() || self.max.is_some(), "hint"),
            (self.fault.is_some(), "fault"),
            (self.readers.is_some(), "readers"),
        ];
        let ids: Vec<String> =
            parts.iter().filter(|(there, _)| *there).map(|(_, part)| format!("{id}-{part}")).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

pub fn text_field(input: &Input) -> Markup {
    let short = matches!(input.kind, "number" | "tel" | "time");
    field(
        input,
        &html! {
            input.input.short[short] type=(input.kind) id=(input.control_id()) name=(input.name)
                value=[(input.kind != "password").then_some(input.value)]
                autocomplete=[input.autocomplete]
                min=[some(input.low)] max=[some(input.high)]
                data-max=[input.max]
                aria-required=[input.required.then_some("true")]
                aria-invalid=[input.fault.map(|_| "true")]
                aria-describedby=[input.described_by()];
        },
    )
}

pub fn long_field(input: &Input) -> Markup {
    field(
        input,
        &html! {
            textarea.input id=(input.control_id()) name=(input.name) rows=(input.rows)
                data-max=[input.max]
                aria-required=[input.required.then_some("true")]
                aria-invalid=[input.fault.map(|_| "true")]
                aria-describedby=[input.described_by()]
                // A browser drops the first line break of a text area, so one is given for it.
                { "\n" (input.value) }
        },
    )
}

/// A day as `2027-01-31`; browsers show it the way their reader writes dates.
pub fn date_field(input: &Input) -> Markup {
    let hint = input.hint.unwrap_or("For example 2027-01-31.");
    let input = input.clone().hint(hint);
    field(
        &input,
        &html! {
            input.input.short type="date" id=(input.control_id()) name=(input.name)
                value=(input.value) min=[some(input.low)] max=[some(input.high)]
                aria-required=[input.required.then_some("true")]
                aria-invalid=[input.fault.map(|_| "true")]
                aria-describedby=[input.described_by()];
        },
    )
}

/// `accept` as in HTML, such as `.csv,text/csv`; the form around it must be
/// `form_with_files`.
pub fn file_field(input: &Input, accept: &str) -> Markup {
    field(
        input,
        &html! {
            input.input.file type="file" id=(input.control_id()) name=(input.name)
                accept=[some(accept)]
                aria-required=[input.required.then_some("true")]
                aria-invalid=[input.fault.map(|_| "true")]
                aria-describedby=[input.described_by()];
        },
    )
}

pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// Short fields beside one another where there is room.
pub fn side_by_side(fields: Markup) -> Markup {
    html! { div.side { (fields) } }
}

/// A form that posts. The browser's own checks are off, so that the house's
/// words are the ones people read.
pub fn form(action: &str, fields: Markup) -> Markup {
    html! { form.form method="post" action=(action) novalidate { (fields) } }
}

/// A form that saves itself at another address while somebody writes. It says what it did;
/// without a script there is a button for it.
pub fn form_that_saves(action: &str, saves_at: &str, fields: Markup) -> Markup {
    html! {
        form.form method="post" action=(action) enctype="multipart/form-data" novalidate data-saves=(saves_at) {
            (fields)
            (crate::frame::script("forms.js"))
            p.hint aria-live="polite" data-saved="Saved a moment ago."
                data-elsewhere="Another window saved this meanwhile. Press Save the draft to see both."
                data-refused="Not saved. Press Save the draft to see why."
                data-offline="Not saved: there is no connection. What you typed is still here, and is saved once there is." {}
        }
    }
}

pub fn form_with_files(action: &str, fields: Markup) -> Markup {
    html! {
        form.form method="post" action=(action) enctype="multipart/form-data" novalidate {
            (fields)
        }
    }
}

fn field(input: &Input, control: &Markup) -> Markup {
    html! {
        div.field.wrong[input.fault.is_some()] {
            label for=(input.control_id()) { (label_words(input)) }
            (before_control(input))
            (control)
            (after_control(input))
        }
    }
}

/// Several controls under one question.
pub(crate) fn group(input: &Input, controls: &Markup) -> Markup {
    html! {
        fieldset.field.wrong[input.fault.is_some()] aria-describedby=[input.described_by()] {
            legend { (label_words(input)) }
            (before_control(input))
            (controls)
            (after_control(input))
        }
    }
}

pub(crate) fn label_words(input: &Input) -> Markup {
    let optional = !input.required && !input.unmarked && input.kind != "search";
    html! { (input.label) @if optional { " " span.optional { "(optional)" } } }
}

pub(crate) fn before_control(input: &Input) -> Markup {
    let id = input.control_id();
    html! {
        @if input.hint.is_some() || input.max.is_some() {
            p.hint id={ (id) "-hint" } {
                @if let Some(hint) = input.hint { (hint) }
                @if let Some(max) = input.max {
                    @if input.hint.is_some() { " " }
                    "Up to " (max) " characters."
                }
            }
        }
        @if let Some(words) = input.fault {
            p.fault id={ (id) "-fault" } {
                (icon("warn")) span { span.vh { "Error: " } (words) }
            }
        }
    }
}

pub(crate) fn after_control(input: &Input) -> Markup {
    html! {
        @if let Some(words) = input.readers {
            div id={ (input.control_id()) "-readers" } { (readers_line(words)) }
        }
    }
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_comes_back_escaped() {
        let typed = "<script>alert(1)</script>\" onfocus=\"x";
        let short = text_field(&Input::new("name", "Name").value(typed)).0;
        let long = long_field(&Input::new("note", "Note").value(typed)).0;
        for drawn in [short, long] {
            assert!(!drawn.contains("<script>"));
            assert!(drawn.contains("&lt;script&gt;"));
            assert!(!drawn.contains("\" onfocus"));
        }
    }

    #[test]
    fn a_password_never_comes_back() {
        let drawn = text_field(&Input::new("p", "Password").kind("password").value("secret"));
        assert!(!drawn.0.contains("secret"));
    }

    #[test]
    fn only_optional_fields_are_marked() {
        let required = text_field(&Input::new("a", "A").required());
        let optional = text_field(&Input::new("a", "A"));
        let filter = text_field(&Input::new("a", "A").unmarked());
        assert!(!required.0.contains("(optional)"));
        assert!(optional.0.contains("(optional)"));
        assert!(!filter.0.contains("(optional)"));
    }

    #[test]
    fn hint_fault_and_readers_are_read_out_with_the_field() {
        let input = Input::new("goal", "Goal")
            .hint("One sentence.")
            .fault(Some("Enter a goal."))
            .readers("You and your mentor.");
        assert_eq!(input.described_by().as_deref(), Some("f-goal-hint f-goal-fault f-goal-readers"));
        let drawn = long_field(&input).0;
        for part in ["hint", "fault", "readers"] {
            assert!(drawn.contains(&format!("id=\"f-goal-{part}\"")), "{part}");
        }
    }

    #[test]
    fn a_text_that_starts_with_an_empty_line_keeps_it() {
        let drawn = long_field(&Input::new("n", "N").value("\nfirst"));
        assert!(drawn.0.contains(">\n\nfirst</textarea>"));
    }
}
