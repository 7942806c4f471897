//! Every piece on one page, with long names, faults and empty states: for
//! looking at, and for the browser checks.

mod pictures;

use crate::*;
use maud::{Markup, html};

const LONG_NAME: &str = "Maximiliane-Theodora von Hohenstein-Wolkenburg de la Cruz Santamaría";
const LONG_WORDS: &str = "Associate Director for Research Data Services, Consortium of \
    Upper-Midwestern Health Sciences and Veterinary Medicine Libraries";

pub fn gallery() -> Markup {
    html! {
        (breadcrumbs(&[("/", "Home"), ("/cohorts", "Cohorts")], "Gallery"))
        (page_head_with(
            "Every piece of the house",
            "What pages are made of, with long names, faults and empty states.",
            html! { (link_quiet("#fields", "To the fields")) (link_button("#charts", "To the charts")) },
        ))
        (hero(html! { h2 { "Leadership Mentoring" } p { "One mentor, one mentee, ten months." } }))
        (steps())
        (cards(html! { (moods()) (words()) }))
        (people_and_filters())
        (card("Fields", html! { div #fields { (when_and_how_long()) (fields()) } }))
        (table_of_duos())
        (pictures::pictures())
        (empty_state(
            "No requests yet",
            "When a mentee asks you, the request is here and in a letter to you.",
            Some(("/mentors", "See your profile")),
        ))
    }
}

fn steps() -> Markup {
    let step = |title: &str, words: &str, due: &str, done: bool| Step {
        title: title.to_owned(),
        words: words.to_owned(),
        due: Some(due.to_owned()),
        due_soon: due.contains("Friday"),
        href: "/somewhere".to_owned(),
        action: "Answer Ana’s request".to_owned(),
        done,
    };
    let list = [
        step("Finish your profile", "", "", true),
        step(
            "Ana Ruiz asks you to be her mentor",
            "She ranked you first and wrote you a note. If you do not answer, the request moves on.",
            "by Friday, 12 March, in 3 days",
            false,
        ),
        step(
            "Come to the orientation",
            "Saturday at the annual meeting, room 204, or by video a week later.",
            "Saturday, 15 May",
            false,
        ),
        step(LONG_WORDS, "", "by Friday, 4 June", false),
    ];
    html! {
        (columns(
            next_steps(&list),
            html! {
                (card("This cohort", figures(&[("25", "duos"), ("18", "met this month"), ("4.6", "of 5 would do it again")])))
                (next_steps_empty())
            },
        ))
    }
}

fn when_and_how_long() -> Markup {
    side_by_side(html! {
        (date_field(&Input::new("met_on", "Day")))
        (text_field(&Input::new("length", "Minutes").kind("number").fault(Some("Say how long you met."))))
    })
}

/// The same list with nothing in it, under an id of its own.
fn next_steps_empty() -> Markup {
    card_plain(html! {
        h2 { "Your duo" }
        (facts(&[
            ("Mentor", html! { (LONG_NAME) }),
            ("Since", html! { "1 June 2026" }),
            ("Signal", badge(Tone::Good, "On track")),
        ]))
    })
}

fn moods() -> Markup {
    card(
        "Notes, badges, buttons",
        html! {
            (note(Tone::Info, html! { "Seven of 25 places are left. " a href="/about" { "How places are given" } }))
            (note(Tone::Good, html! { "Your application is complete." }))
            (note(Tone::Warn, html! { "Two duos have not met for six weeks." }))
            (note(Tone::Bad, html! { "This link was used already." }))
            (actions(html! {
                (badge(Tone::Plain, "Draft")) (badge(Tone::Info, "Invited")) (badge(Tone::Good, "Admitted"))
                (badge(Tone::Warn, "Quiet")) (badge(Tone::Bad, "Ended early"))
            }))
            (actions(html! {
                (post_button("/gallery", "Accept", &[("answer", "yes")], Style::Main))
                (post_button("/gallery", "Not this year", &[("answer", "no")], Style::Quiet))
                (post_button("/gallery", "End the duo", &[], Style::Danger))
                (post_button_for("/gallery", "Move up", LONG_NAME, &[], Style::Quiet))
                (copy_button("https://example.org/survey", "Copy the link"))
            }))
            (tabs(&[("/a", "All", true), ("/b", "Waiting", false), ("/c", "Answered", false)]))
            (readers_line("You, your mentor and your liaison can read this."))
        },
    )
}

fn words() -> Markup {
    card(
        "What mentoring means here",
        prose(html! {
            p { "One mentor and one mentee work on the mentee’s own goals for ten months. " a href="/about" { "More about the program" } "." }
            h3 { "What is expected" }
            ul { li { "Meet at least once a month." } li { "Keep what is said between the two of you." } }
            blockquote { "I came with a question and left with a direction." }
        }),
    )
}

fn people_and_filters() -> Markup {
    let kinds = ["Academic", "Hospital", "Public", "Special"];
    let kinds = kinds.map(|kind| Choice::new(kind.to_lowercase(), kind));
    let person = |name, role, place, badge, aside| Person {
        name,
        role,
        place,
        words: "I lead a team of nine and spent six years building our preservation program. \
            Happy to talk about moving from specialist to manager, budgets and saying no. \
            This line is cut by the card.",
        topics: &["Leadership", "Budgeting", "Evidence synthesis"],
        badge,
        href: "/mentors/7",
        aside,
    };
    let open = Some((Tone::Good, "Open to a mentee"));
    filters(
        "/gallery",
        html! {
            (text_field(&Input::new("text", "Name, role or topic").kind("search").value("budget")))
            (multi_field(&Input::new("kind", "Library").unmarked(), &kinds, &["academic".to_owned()]))
            (select_field(&Input::new("region", "Region").unmarked(), &[Choice::new("", "Anywhere"), Choice::new("ne", "Northeast")]))
        },
        html! {
            p.count { strong { "3 mentors" } " of 24" }
            (people(html! {
                (person_card(&person("Amara Okafor", "Head of Digital Collections, State University Library", "Boston, Massachusetts", open, link_button("/mentors/7/request", "Ask"))))
                (person_card(&person(LONG_NAME, LONG_WORDS, "Saint Paul, Minnesota", Some((Tone::Plain, "Has a mentee")), html! {})))
                (person_card(&person("Chen Nakamura", "", "", None, html! {})))
            }))
            (pager(2, 5, |page| format!("/gallery?page={page}")))
        },
    )
}

fn fields() -> Markup {
    let mut faults = Faults::general("The last place was taken a moment ago.");
    faults.add("email", "Enter an address such as ana@example.org.");
    faults.add("way", "Choose how you met.");
    let way = [
        Choice::new("person", "In person"),
        Choice::new("video", "By video").hint("Any program you both like."),
        Choice::new("phone", "By phone"),
    ];
    let topics = ["Leadership", "Budgets", "Teaching", "Data", "Archives", "Systems", "Publishing"];
    let topics = topics.map(|topic| Choice::new(topic.to_lowercase(), topic));
    let five = ["Not at all", "A little", "Somewhat", "Much", "Very much"];
    html! {
        (error_summary(&faults))
        br;
        (form("/gallery", html! {
            (text_field(&Input::new("email", "E-mail address").kind("email").autocomplete("email").required()
                .value("ana@").hint("Letters about the program go there.").faults(&faults)))
            (text_field(&Input::new("phone", "Phone").kind("tel").autocomplete("tel")))
            (long_field(&Input::new("goal", "What do you want to learn?").required().max(500)
                .readers("You, your mentor and the committee can read this.").value("To lead a small team.\nTo say no.")))
            (choice_field(&Input::new("way", "How did you meet?").required().faults(&faults), &way))
            (multi_field(&Input::new("topics", "Topics you can help with").hint("Choose as many as you like."), &topics, &["data".to_owned()]))
            (select_field(&Input::new("term", "Term").required(), &[Choice::new("1", "One year"), Choice::new("2", "Two years")]))
            (date_field(&Input::new("day", "Day of the meeting").required().value("2027-01-31")))
            (scale_field(&Input::new("help", "How helpful was the meeting?").required().value("4"), "Not at all", "Very", 5, &[]))
            (scale_field(&Input::new("again", "Did you reach your goal?"), "", "", 5, &five))
            (file_field(&Input::new("roster", "Member list").hint("A CSV file.").required(), ".csv,text/csv"))
            (tick_field(&Input::new("agree", "I keep what is said between us.").value("yes")
                .hint("The pledge is on the page Who reads what.")))
            (hidden("seen", "1"))
            (actions(html! { (button("Save and go on")) (button_quiet("Save draft")) }))
        }))
    }
}

fn table_of_duos() -> Markup {
    let columns = [
        Column::text("Duo"),
        Column::text("Signal"),
        Column::text("Last met"),
        Column::number("Meetings"),
        Column::text("Rhythm"),
    ];
    let row = |duo: &str, tone, signal, met: &str, meetings: u32, rhythm: &[f64]| {
        vec![
            html! { a href="/duos/7" { (duo) } },
            badge(tone, signal),
            unbroken(met),
            html! { (meetings) },
            sparkline("Meetings by month", rhythm),
        ]
    };
    let long = format!("{LONG_NAME} and Chen Nakamura");
    let rows = vec![
        row("Ana Ruiz and Amara Okafor", Tone::Good, "On track", "2 March", 7, &[1.0, 2.0, 1.0, 2.0, 1.0]),
        row(&long, Tone::Bad, "Silent", "11 November", 1, &[1.0, 0.0, 0.0, 0.0, 0.0]),
    ];
    table("Duos of this cohort", &columns, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> String {
        let frame = Frame {
            title: "Gallery".to_owned(),
            brand: "Mentoring".to_owned(),
            path: "/gallery".to_owned(),
            person: Some(LONG_NAME.to_owned()),
            notice: Some("Saved.".to_owned()),
            banner: Some(html! { "A demo." }),
            ..Frame::default()
        };
        page(&frame, gallery()).0
    }

    #[test]
    fn no_page_carries_a_style_or_a_script_of_its_own() {
        let drawn = whole();
        assert!(!drawn.contains("style="));
        assert!(!drawn.contains("<style"));
        assert!(!drawn.contains(" onclick") && !drawn.contains("javascript:"));
        // One for all pages, and one for filters.
        assert_eq!(drawn.matches("<script").count(), 2);
        assert_eq!(drawn.matches("<script src=\"/static/").count(), 2);
        assert!(drawn.contains("<script src=\"/static/app.js?v="));
    }

    #[test]
    fn every_id_is_there_once_and_every_label_finds_its_field() {
        let drawn = whole();
        let after = |text: &str| -> Vec<String> {
            drawn.split(text).skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect()
        };
        let ids = after(" id=\"");
        let mut once = ids.clone();
        once.sort();
        once.dedup();
        assert_eq!(ids.len(), once.len());
        for label in after("<label for=\"") {
            assert!(ids.contains(&label), "{label}");
        }
        for described in after("aria-describedby=\"") {
            for id in described.split(' ') {
                assert!(ids.iter().any(|known| known == id), "{id}");
            }
        }
    }

    #[test]
    fn every_class_that_is_drawn_is_in_the_style_sheet() {
        // Names that only carry meaning for a reader of the markup.
        const BARE: &[&str] = &["s2", "s3", "s4", "on-s2", "on-s3", "on-s4", "month", "key"];
        let sheet = concat!(include_str!("../assets/app.css"), include_str!("../assets/app.js"));
        let drawn = whole();
        let mut unknown: Vec<&str> = drawn
            .split("class=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .flat_map(str::split_whitespace)
            .filter(|class| !BARE.contains(class) && !sheet.contains(&format!(".{class}")))
            .collect();
        unknown.sort_unstable();
        unknown.dedup();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
