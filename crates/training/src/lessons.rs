//! The eight lessons, and the module for liaisons.

use platform::prelude::*;
use policy::Role;
use program::{calendar, long_day, preset};
use shell::{Style, Tone};

use crate::readings;

/// A lesson as the list shows it.
pub(crate) struct Lesson {
    /// `1` to `8`, or `liaison`: what stands in its address.
    pub number: String,
    pub title: String,
    pub minutes: i64,
    text: preset::Text,
}

const FOR_LIAISONS: &str = "liaison";

/// The lessons for mentors and mentees, in their order.
pub(crate) fn eight() -> Vec<Lesson> {
    let all = preset::texts("lessons").into_iter().filter(|it| it.name != FOR_LIAISONS);
    all.map(|text| lesson(text.name.split('-').next().unwrap_or_default().to_owned(), text)).collect()
}

fn lesson(number: String, text: preset::Text) -> Lesson {
    Lesson { number, title: text.fact("title").to_owned(), minutes: text.number("minutes"), text }
}

/// The lessons somebody is offered: the committee has one more.
fn offered(visit: &Visit) -> Vec<Lesson> {
    let mut lessons = eight();
    let committee = [Role::Liaison, Role::Chair, Role::Deputy, Role::Council];
    if visit.subject.holds_any(&committee) {
        lessons.extend(preset::text("lessons", FOR_LIAISONS).map(|text| lesson(FOR_LIAISONS.to_owned(), text)));
    }
    lessons
}

pub fn list(tx: &mut Tx, visit: &Visit) -> Answer {
    let read = readings::own(tx, &visit.own()?)?;
    let lessons = offered(visit);
    let done = lessons.iter().filter(|it| read.contains(&it.number)).count();
    let lead =
        format!("{done} of {} read. Each takes about eight minutes, and ends with one thing to do.", lessons.len());
    Ok(Reply::page(
        "Lessons",
        html! {
            (shell::page_head("Lessons", &lead))
            (shell::cards(html! {
                @for lesson in &lessons {
                    section.card {
                        h2 { a href=(format!("/lessons/{}", lesson.number)) { (lesson.title) } }
                        p { (lesson.minutes) " minutes" }
                        @if read.contains(&lesson.number) { p { (shell::badge(Tone::Good, "Read")) } }
                    }
                }
            }))
            @if visit.may(policy::Action::ReadGuides, None) {
                p { "For each month there is a guide with a theme: " a href="/guides" { "the guides" } "." }
            }
            (shell::readers_line(&policy::who_can_read(policy::Record::LessonProgress)))
            p.hint { "The committee sees how many people have finished." }
        },
    ))
}

pub fn one(tx: &mut Tx, visit: &Visit) -> Answer {
    let lesson = find(visit)?;
    let is_read = readings::own(tx, &visit.own()?)?.contains(&lesson.number);
    let body = filled(tx, lesson.text.body)?;
    let lead = format!("{} minutes", lesson.minutes);
    Ok(Reply::page(
        lesson.title.clone(),
        html! {
            (shell::breadcrumbs(&[("/lessons", "Lessons")], &lesson.title))
            (shell::page_head(&lesson.title, &lead))
            (shell::prose(preset::markdown(&body)))
            (shell::card("To think about", html! { p { (lesson.text.fact("question")) } }))
            (shell::card("To do", html! { p { (lesson.text.fact("action")) } }))
            @if is_read { (shell::note(Tone::Good, html! { "You have read this lesson. " a href="/lessons" { "All lessons" } })) }
            @else { (shell::actions(shell::post_button(&format!("/lessons/{}/reading", lesson.number), "I have read it", &[], Style::Main))) }
        },
    ))
}

/// Marks a lesson as read and goes on to the next one that is not.
pub fn read(tx: &mut Tx, visit: &Visit) -> Answer {
    let lesson = find(visit)?;
    readings::add(tx, &visit.own()?, &lesson.number)?;
    let read = readings::own(tx, &visit.own()?)?;
    let lessons = offered(visit);
    let done = lessons.iter().filter(|it| read.contains(&it.number)).count();
    let words = format!("{done} of {} read.", lessons.len());
    let next = lessons.iter().find(|it| !read.contains(&it.number));
    let to = next.map_or_else(|| "/lessons".to_owned(), |it| format!("/lessons/{}", it.number));
    Ok(Reply::go(to).saying(words))
}

fn find(visit: &Visit) -> Result<Lesson, Failure> {
    let number = visit.param("lesson");
    offered(visit).into_iter().find(|it| it.number == number).ok_or(Failure::NotFound)
}

fn filled(tx: &mut Tx, text: &str) -> Result<String, Failure> {
    let Some(cohort) = program::current(tx)? else { return Ok(text.to_owned()) };
    let end = long_day(calendar::of(tx, &cohort)?.day("session_ends"));
    Ok(preset::fill(text, &[("end_date", &end)]))
}
