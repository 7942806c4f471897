use platform::fields::Fields;
use program::preset;

use super::*;
use crate::{faults, places::ZONES, read::understood, summary::summary};

const VALUES: [(&str, &str); 6] = [
    ("org", "Library <Association>"),
    ("cap", "25"),
    ("orientation_date", "Saturday 27 June 2026"),
    ("end_date", "Friday 30 April 2027"),
    ("first_name", "Ana"),
    ("answer_days", "seven days"),
];

fn preset_forms() -> Vec<Form> {
    let mut forms = Vec::new();
    for folder in ["forms", "surveys"] {
        for name in preset::names(folder).into_iter().filter(|name| *name != "scales") {
            forms.push(preset::toml::<Form>(&format!("{folder}/{name}.toml")).unwrap().with_lists());
        }
    }
    forms
}

/// What somebody sends who answers everything as asked.
fn everything(form: &Form) -> Fields {
    let mut sent: Vec<(String, String)> = Vec::new();
    for field in form.fields() {
        let mut send = |suffix: &str, value: &str| sent.push((format!("{}{suffix}", field.key), value.to_owned()));
        let first = field.options.first().map_or("a & b", String::as_str);
        match field.kind {
            Kind::Text | Kind::Long => send("", "Plain words & <signs>"),
            Kind::Email => send("", "ana@example.org"),
            Kind::Phone => send("", "+1 312 555 0142"),
            Kind::Number => send("", "4"),
            Kind::Date => send("", "2027-01-31"),
            Kind::File => send("", "https://example.org/cv"),
            Kind::Choice | Kind::Multi => send("", first),
            Kind::Tags => send("", first),
            Kind::Tick => send("", "yes"),
            Kind::Tz => send("", ZONES[0].0),
            Kind::Grid => send("", "mon-am"),
            Kind::Rank3 => {
                send("_1", "Lead a team");
                send("_1_topic", first);
            }
            Kind::Pairs => (1..=6).for_each(|place| send(&format!("_{place}"), "2")),
            Kind::Agree5 => send("", "none"),
            Kind::Skill5 | Kind::Quality4 | Kind::Score10 | Kind::Goal5 => send("", "1"),
        }
    }
    Fields::from_pairs(sent)
}

// SET9
#[test]
fn every_form_of_the_preset_is_drawn_empty_full_and_with_faults() {
    for form in preset_forms() {
        let empty = Answers::new();
        let drawn = fields(&form, &empty, &Faults::new(), &VALUES).into_string();
        assert!(!drawn.contains("{{"), "{} leaves a placeholder", form.name);
        assert!(!drawn.contains("<Association>") && !drawn.contains("style="), "{}", form.name);

        let full = understood(&form, &everything(&form));
        assert_eq!(faults(&form, &full).all(), [], "{} full", form.name);
        let drawn = fields(&form, &full, &Faults::new(), &VALUES).into_string();
        assert!(!drawn.contains("<signs>"), "{}", form.name);

        let wrong = faults(&form, &empty);
        let drawn = fields(&form, &empty, &wrong, &VALUES).into_string();
        for fault in wrong.all() {
            assert!(drawn.contains(&format!("id=\"f-{}\"", fault.field)), "{} has nothing to link to", fault.field);
            assert!(!fault.words.contains("{{"), "{}", fault.words);
        }
    }
}

#[test]
fn every_answer_is_shown_in_the_field_it_came_from() {
    for form in preset_forms() {
        let full = understood(&form, &everything(&form));
        let drawn = fields(&form, &full, &Faults::new(), &VALUES).into_string();
        for field in form.fields().filter(|field| field.kind != Kind::Long) {
            let name = format!("name=\"{}", field.key);
            let shown = drawn.split(&name).skip(1).any(|rest| {
                let tag = rest.split_inclusive("</select>").next().unwrap_or_default();
                tag.contains("value=\"") || tag.contains(" checked") || tag.contains(" selected")
            });
            assert!(shown, "{} of {}", field.key, form.name);
        }
    }
}

#[test]
fn ids_are_given_once() {
    for form in preset_forms() {
        let drawn = fields(&form, &Answers::new(), &Faults::new(), &VALUES).into_string();
        let mut ids: Vec<&str> = drawn.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        ids.sort_unstable();
        let twice: Vec<_> = ids.windows(2).filter(|two| two[0] == two[1]).collect();
        assert!(twice.is_empty(), "{}: {twice:?}", form.name);
    }
}

#[test]
fn who_can_read_an_answer_stands_at_its_field_or_once_above_all() {
    let forms = preset_forms();
    let application = forms.iter().find(|form| form.name == "mentee_application").unwrap();
    let drawn = fields(application, &Answers::new(), &Faults::new(), &VALUES).into_string();
    assert!(drawn.contains("Read by your partner once you are a duo."));
    assert_eq!(drawn.matches("Sealed: only you and the chair can open this.").count(), 1);
}

#[test]
fn a_summary_shows_to_each_reader_what_is_theirs() {
    let forms = preset_forms();
    let form = forms.iter().find(|form| form.name == "mentee_application").unwrap();
    let full = understood(form, &everything(form));
    let office = summary(form, &full, &["S"]).into_string();
    assert!(office.contains("Member number") && !office.contains("Why do you want a mentor now?"));
    let all = summary(form, &full, &[]).into_string();
    assert!(all.contains("Why do you want a mentor now?") && all.contains("Monday morning"));
    assert!(all.contains("1. Lead a team (career planning)"));
    assert!(!all.contains("{{"));
}
