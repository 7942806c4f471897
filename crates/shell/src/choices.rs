use crate::fields::{Input, after_control, before_control, group, label_words};
use maud::{Markup, html};

/// One answer to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// A second line under the label; empty for none.
    pub hint: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: label.into(), hint: String::new() }
    }

    pub fn hint(self, hint: impl Into<String>) -> Choice {
        Choice { hint: hint.into(), ..self }
    }
}

/// One of several, as radio buttons. `input.value` is the chosen one.
pub fn choice_field(input: &Input, options: &[Choice]) -> Markup {
    let chosen = |option: &Choice| option.value == input.value;
    group(input, &tickable(input, "radio", options, &chosen))
}

/// Any of several, as checkboxes that share one name.
pub fn multi_field(input: &Input, options: &[Choice], chosen: &[String]) -> Markup {
    let is_chosen = |option: &Choice| chosen.contains(&option.value);
    group(input, &tickable(input, "checkbox", options, &is_chosen))
}

/// One of many. When nothing is chosen the first line asks to choose.
pub fn select_field(input: &Input, options: &[Choice]) -> Markup {
    let known = options.iter().any(|option| option.value == input.value);
    html! {
        div.field.wrong[input.fault.is_some()] {
            label for=(input.control_id()) { (label_words(input)) }
            (before_control(input))
            div.select {
                select.input id=(input.control_id()) name=(input.name)
                    autocomplete=[input.autocomplete]
                    aria-required=[input.required.then_some("true")]
                    aria-invalid=[input.fault.map(|_| "true")]
                    aria-describedby=[input.described_by()] {
                    @if !known { option value="" { "Choose …" } }
                    @for option in options {
                        option value=(option.value) selected[option.value == input.value] {
                            (option.label)
                        }
                    }
                }
            }
            (after_control(input))
        }
    }
}

/// A single yes. It sends `yes`, and is ticked when the value is not empty.
pub fn tick_field(input: &Input) -> Markup {
    html! {
        div.field.wrong[input.fault.is_some()] {
            @if input.fault.is_some() { (before_control(&Input { hint: None, ..input.clone() })) }
            label.choice {
                input type="checkbox" id=(input.control_id()) name=(input.name) value="yes"
                    checked[!input.value.is_empty()]
                    aria-invalid=[input.fault.map(|_| "true")]
                    aria-describedby=[input.described_by()];
                span { (Input { unmarked: true, ..input.clone() }.label) }
            }
            @if input.hint.is_some() { (before_control(&Input { fault: None, ..input.clone() })) }
            (after_control(input))
        }
    }
}

/// A row of `n` steps from `low` to `high`; the value is 1 to n. Each step is
/// read out with its label when there is one.
pub fn scale_field(input: &Input, low: &str, high: &str, n: u8, labels: &[&str]) -> Markup {
    let all_named = labels.len() == usize::from(n);
    group(
        input,
        &html! {
            div.scale.named[all_named] {
                @if !all_named { span.end aria-hidden="true" { (low) } }
                div.points {
                    @for point in 1..=n {
                        @let words = labels.get(usize::from(point) - 1);
                        label.point {
                            input type="radio" name=(input.name) value=(point)
                                id=(option_id(input, usize::from(point) - 1))
                                checked[input.value == point.to_string()];
                            @if let Some(words) = words {
                                @if all_named { span { (words) } }
                                @else { span { (point) span.vh { ": " (words) } } }
                            } @else {
                                span {
                                    (point)
                                    @if point == 1 { span.vh { ": " (low) } }
                                    @if point == n { span.vh { ": " (high) } }
                                }
                            }
                        }
                    }
                }
                @if !all_named { span.end aria-hidden="true" { (high) } }
            }
        },
    )
}

fn tickable(input: &Input, kind: &str, options: &[Choice], chosen: &dyn Fn(&Choice) -> bool) -> Markup {
    html! {
        div.choices.many[options.len() > 6] {
            @for (index, option) in options.iter().enumerate() {
                label.choice {
                    input type=(kind) id=(option_id(input, index)) name=(input.name)
                        value=(option.value) checked[chosen(option)];
                    span {
                        (option.label)
                        @if !option.hint.is_empty() { span.hint { (option.hint) } }
                    }
                }
            }
        }
    }
}

/// The first control carries the field's id, so that the summary leads to it.
fn option_id(input: &Input, index: usize) -> String {
    match index {
        0 => input.control_id(),
        _ => format!("{}-{index}", input.control_id()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways() -> Vec<Choice> {
        vec![Choice::new("person", "In person"), Choice::new("phone", "By phone"), Choice::new("video", "By <video>")]
    }

    #[test]
    fn the_chosen_answer_is_kept() {
        let drawn = choice_field(&Input::new("way", "Way").value("phone"), &ways()).0;
        assert!(drawn.contains("value=\"phone\" checked"));
        assert_eq!(drawn.matches(" checked").count(), 1);
        assert!(drawn.contains("By &lt;video&gt;"));
    }

    #[test]
    fn all_ticked_answers_are_kept() {
        let chosen = ["person".to_owned(), "video".to_owned()];
        let drawn = multi_field(&Input::new("way", "Way"), &ways(), &chosen).0;
        assert_eq!(drawn.matches(" checked").count(), 2);
    }

    #[test]
    fn the_first_of_a_group_carries_the_id_of_the_field() {
        let drawn = choice_field(&Input::new("way", "Way"), &ways()).0;
        assert!(drawn.contains("id=\"f-way\" name=\"way\" value=\"person\""));
        assert!(drawn.contains("id=\"f-way-2\""));
    }

    #[test]
    fn a_select_asks_to_choose_only_while_nothing_is_chosen() {
        let open = select_field(&Input::new("way", "Way"), &ways()).0;
        let chosen = select_field(&Input::new("way", "Way").value("video"), &ways()).0;
        assert!(open.contains("Choose …"));
        assert!(!chosen.contains("Choose …"));
        assert!(chosen.contains("value=\"video\" selected"));
    }

    #[test]
    fn a_scale_keeps_its_point_and_names_its_ends() {
        let input = Input::new("help", "How helpful was it?").value("4");
        let drawn = scale_field(&input, "Not at all", "Very", 5, &[]).0;
        assert_eq!(drawn.matches("type=\"radio\"").count(), 5);
        assert!(drawn.contains("value=\"4\" id=\"f-help-3\" checked"));
        assert!(drawn.contains(": Not at all") && drawn.contains(": Very"));
    }

    #[test]
    fn a_tick_shows_its_fault_and_its_hint() {
        let input = Input::new("agree", "I agree").hint("You can take it back.").fault(Some("Tick the box to go on."));
        let drawn = tick_field(&input).0;
        assert!(drawn.contains("Tick the box to go on."));
        assert!(drawn.contains("You can take it back."));
        assert_eq!(drawn.matches("id=\"f-agree-hint\"").count(), 1);
    }
}
