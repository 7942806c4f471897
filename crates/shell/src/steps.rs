use crate::icons::{icon, leaves};
use maud::{Markup, html};

/// One thing a person is asked to do.
#[derive(Clone, Debug, Default)]
pub struct Step {
    pub title: String,
    pub words: String,
    /// By when, in words such as `by Friday, 12 March`.
    pub due: Option<String>,
    pub due_soon: bool,
    pub href: String,
    /// The words on the button.
    pub action: String,
    pub done: bool,
}

/// What is next for you, and by when: the first open step large, the others
/// in a list, what is done at the end. The order of the steps is kept.
pub fn next_steps(steps: &[Step]) -> Markup {
    let open: Vec<&Step> = steps.iter().filter(|step| !step.done).collect();
    let done: Vec<&Step> = steps.iter().filter(|step| step.done).collect();
    html! {
        section.next aria-labelledby="next-for-you" {
            @match open.split_first() {
                Some((first, others)) => {
                    (prominent(first))
                    @if !others.is_empty() {
                        div.after {
                            h3 { "After that" }
                            ol role="list" { @for (index, step) in others.iter().enumerate() { (row(step, index + 2)) } }
                        }
                    }
                }
                None => (nothing_open()),
            }
            @if !done.is_empty() {
                details.done {
                    summary { (icon("check")) (done.len()) " done" }
                    ul role="list" { @for step in done { (row(step, 0)) } }
                }
            }
        }
    }
}

fn prominent(step: &Step) -> Markup {
    html! {
        div.first {
            (leaves())
            h2 #next-for-you { "Next for you" }
            p.title { (step.title) }
            @if !step.words.is_empty() { p.words { (step.words) } }
            div.foot-row {
                @if !step.href.is_empty() {
                    a.button href=(step.href) { (step.action) (icon("arrow")) }
                }
                (due(step))
            }
        }
    }
}

fn row(step: &Step, number: usize) -> Markup {
    html! {
        li class=[step.done.then_some("done")] {
            span.mark aria-hidden="true" { @if step.done { (icon("check")) } @else { (number) } }
            div.what {
                p.title {
                    @if step.href.is_empty() { (step.title) }
                    @else { a href=(step.href) { (step.title) } }
                    @if step.done { span.vh { " (done)" } }
                }
                @if !step.words.is_empty() && !step.done { p.words { (step.words) } }
            }
            @if !step.done { (due(step)) }
        }
    }
}

fn due(step: &Step) -> Markup {
    html! {
        @if let Some(words) = &step.due {
            p.due.soon[step.due_soon] { (icon("clock")) span { (words) } }
        }
    }
}

fn nothing_open() -> Markup {
    html! {
        div.first.quiet {
            h2 #next-for-you { "Next for you" }
            p.title { "Nothing is waiting for you." }
            p.words { "You will get a letter when something is." }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(title: &str, done: bool) -> Step {
        Step {
            title: title.to_owned(),
            due: Some(format!("by {title}")),
            href: "/x".to_owned(),
            action: "Do it".to_owned(),
            done,
            ..Step::default()
        }
    }

    #[test]
    fn the_first_open_step_stands_large_and_done_ones_last() {
        let steps = [step("one", true), step("two", false), step("three", false)];
        let drawn = next_steps(&steps).0;
        let at = |text: &str| drawn.find(text).unwrap_or(usize::MAX);
        assert!(at("<p class=\"title\">two</p>") < at(">three<"));
        assert!(at(">three<") < at("1 done"));
        assert!(at("1 done") < at(">one<"));
        assert!(drawn.contains("by two") && !drawn.contains("by one"));
    }

    #[test]
    fn with_nothing_open_it_says_so() {
        assert!(next_steps(&[]).0.contains("Nothing is waiting for you."));
        assert!(next_steps(&[step("one", true)]).0.contains("Nothing is waiting for you."));
    }
}
