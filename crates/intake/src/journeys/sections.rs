//! The form one section at a time: going on and back keeps what was typed, the list says how
//! far each part has come, and the last page shows all of it. APP2

use policy::Role;
use testing::House;

use super::{Filled, World, mentee_fields};

testing::on_both_databases! {
    crate::journeys::doors(); crate::jobs;
    a_form_is_filled_in_one_section_after_the_other
    back_and_save_keep_what_was_typed_in_a_section
    the_last_page_says_what_is_missing_and_leads_there
    two_windows_on_one_section_show_both_versions
    two_windows_on_two_parts_both_keep_what_they_say
    the_list_says_how_far_each_part_has_come
    beside_each_field_stands_who_can_read_it
    outside_the_call_a_section_is_not_saved_and_nothing_typed_is_lost
}

const DRAFT: &str = "/applications/mentee/draft";

fn sections(house: &House) -> Vec<forms::Section> {
    house.read(|tx| forms::current(tx, "mentee_application")).sections
}

fn path(section: &str) -> String {
    format!("/apply/mentee?section={section}")
}

/// The fields of somebody's complete form that a section asks.
fn of_section(all: &Filled, section: &forms::Section) -> Filled {
    let is_here = |name: &str| {
        section.fields.iter().any(|it| name.strip_prefix(&it.key).is_some_and(|rest| rest.is_empty() || is_part(rest)))
    };
    all.iter().filter(|(name, _)| is_here(name)).cloned().collect()
}

fn is_part(rest: &str) -> bool {
    rest.strip_prefix('_').is_some_and(|rest| rest.starts_with(|it: char| it.is_ascii_digit()))
}

fn seen(house: &House, who: &str, section: &str) -> String {
    let page = house.get(who, &path(section)).is_ok().body;
    let hidden = page.split_once("name=\"seen\" value=\"").unwrap().1;
    hidden.split('"').next().unwrap().to_owned()
}

fn send(house: &House, section: &str, pressed: &str, fields: &Filled) -> testing::Answer {
    let seen = seen(house, "anna", section);
    let mut sent = vec![("seen", seen.as_str()), ("section", section), ("go", pressed)];
    sent.extend(super::borrowed(fields));
    house.post("anna", DRAFT, &sent)
}

fn a_form_is_filled_in_one_section_after_the_other(house: &House) {
    house.person("anna");
    let (sections, all) = (sections(house), mentee_fields("anna"));
    let list = house.get("anna", "/apply/mentee").is_ok().says("The parts of this form").says("not begun");
    assert!(!list.body.contains("<textarea"), "the list asks nothing itself");
    house.get("anna", "/apply/mentee?all=yes").is_ok().says("one part at a time").says("Check your answers");
    for (place, section) in sections.iter().enumerate() {
        let page = house.get("anna", &path(&section.key)).is_ok();
        let page = page.says(&format!("Part {} of {}", place + 1, sections.len()));
        for other in sections.iter().filter(|it| it.key != section.key) {
            let shown = format!("id=\"section-{}\"", other.key);
            assert!(!page.body.contains(&shown), "{} stands on the page of {}", other.key, section.key);
        }
        let to = send(house, &section.key, "next", &of_section(&all, section)).leads_to();
        let state = state_of(house, &section.key);
        assert!(["complete", "not begun; you may skip it"].contains(&state.as_str()), "{}: {state}", section.key);
        match sections.get(place + 1) {
            Some(next) => assert_eq!(to, path(&next.key)),
            None => assert_eq!(to, format!("{}/check", house.path_of("anna", Role::Mentee))),
        }
    }
    let check = format!("{}/check", house.path_of("anna", Role::Mentee));
    let page = house.get("anna", &check).is_ok().says("Nothing is missing").says("Lead a small project");
    for section in &sections {
        assert!(page.body.contains(&path(&section.key)), "{} can be changed from the last page", section.key);
    }
    let status = house.post("anna", &check.replace("/check", "/submission"), &[]).leads_to();
    house.get("anna", &status).is_ok().says("accepted").says("Somebody Secret").says("Library assistant");
}

/// What the list says of a section.
fn state_of(house: &House, section: &str) -> String {
    let page = house.get("anna", "/apply/mentee").is_ok().body;
    let line = page.split("<li>").find(|line| line.contains(&format!("section={section}\""))).unwrap();
    let badge = line.split_once("class=\"badge").unwrap().1.split_once("</span>").unwrap().0;
    badge.rsplit('>').next().unwrap().to_owned()
}

fn the_list_says_how_far_each_part_has_come(house: &House) {
    house.person("anna");
    assert_eq!(state_of(house, "aims"), "not begun");
    house.get("anna", "/apply/mentee").is_ok().says("Begin").says("The call closes at the end of");
    assert_eq!(send(house, "aims", "list", &vec![("me_why", "To learn".to_owned())]).leads_to(), "/apply/mentee");
    assert_eq!(state_of(house, "aims"), "begun");
    let page = house.get("anna", "/apply/mentee").is_ok().says("Go on");
    assert!(page.body.contains("/check\""), "what was written can be looked through at any time");
    let first = sections(house)[0].key.clone();
    assert_eq!(
        send(house, &first, "back", &Vec::new()).leads_to(),
        "/apply/mentee",
        "before the first part is the list"
    );
}

fn two_windows_on_two_parts_both_keep_what_they_say(house: &House) {
    house.person("anna");
    send(house, "you", "", &vec![("me_city", "Oslo".to_owned())]).leads_to();
    let (you, aims) = (seen(house, "anna", "you"), seen(house, "anna", "aims"));
    house.later("2026-02-20T10:05:00Z", &["anna"]);
    let save = |section: &str, seen: &str, field: &str, words: &str| {
        let sent = [("seen", seen), ("section", section), ("go", ""), (field, words)];
        house.post("anna", DRAFT, &sent)
    };
    save("aims", &aims, "me_why", "From the second window").leads_to();
    save("you", &you, "me_city", "Bergen").leads_to();
    assert!(house.get("anna", &path("you")).body.contains("Bergen"));
    house.get("anna", &path("aims")).says("From the second window");
    // The second window goes on where it was: its part is as it left it.
    save("aims", &seen(house, "anna", "aims"), "me_why", "And once more").leads_to();
    // All on one page, opened before that, is in question as a whole.
    let late = [("seen", aims.as_str()), ("me_why", "From the whole form"), ("me_city", "Bergen")];
    let late = house.post("anna", DRAFT, &late);
    assert_eq!(late.status, 409);
    late.says("And once more").says("From the whole form");
    assert!(house.get("anna", &path("you")).body.contains("Bergen"));
}

fn back_and_save_keep_what_was_typed_in_a_section(house: &House) {
    house.person("anna");
    let [first, second] = [0, 1].map(|place| sections(house)[place].key.clone());
    let city = vec![("me_city", "Oslo".to_owned()), ("me_name", "Anna Anders".to_owned())];
    assert_eq!(send(house, &first, "", &city).leads_to(), path(&first), "saving stays where one is");
    let role = vec![("me_role", "Cataloguer".to_owned())];
    assert_eq!(send(house, &second, "back", &role).leads_to(), path(&first));
    assert!(house.get("anna", &path(&first)).is_ok().body.contains("Oslo"), "the other section is as it was");
    assert!(house.get("anna", &path(&second)).is_ok().body.contains("Cataloguer"));
    // What is emptied is empty.
    send(house, &second, "next", &Vec::new()).leads_to();
    assert!(!house.get("anna", &path(&second)).is_ok().body.contains("Cataloguer"));
    // A section that the form does not have is the form.
    house.get("anna", &path("nothing-of-ours")).is_ok().says("The parts of this form");
    // Fields of another section do not belong to this page.
    let astray = send(house, &second, "next", &city);
    assert_ne!(astray.status, 303, "{}", astray.status);
    assert!(house.get("anna", &path(&first)).is_ok().body.contains("Oslo"));
}

fn the_last_page_says_what_is_missing_and_leads_there(house: &House) {
    house.person("anna");
    let (sections, all) = (sections(house), mentee_fields("anna"));
    let aims = sections.iter().find(|it| it.key == "aims").unwrap();
    let mut fields = of_section(&all, aims);
    fields.retain(|(name, _)| *name != "me_why");
    house.get("anna", &path("aims")).is_ok().does_not_say("There is a problem");
    send(house, "aims", "next", &fields).leads_to();
    house.get("anna", &path("aims")).is_ok().does_not_say("There is a problem");
    assert_eq!(state_of(house, "aims"), "begun");
    let check = format!("{}/check", house.path_of("anna", Role::Mentee));
    let page = house.get("anna", &check).is_ok();
    assert!(!page.body.contains("/submission"), "nothing is submitted while something is missing");
    let page = page.says("Something is still missing").says("Please tell us: Why do you want a mentor now?");
    let to_missing = "/apply/mentee?section=aims&amp;missing=yes";
    assert!(page.body.contains(to_missing), "{}", page.body);
    house
        .get("anna", &to_missing.replace("&amp;", "&"))
        .is_ok()
        .says("There is a problem")
        .says("Why do you want a mentor now?");
}

fn two_windows_on_one_section_show_both_versions(house: &House) {
    house.person("anna");
    let why = |words: &str| vec![("me_why", words.to_owned())];
    send(house, "you", "next", &vec![("me_city", "Oslo".to_owned())]).leads_to();
    send(house, "aims", "", &why("As it was")).leads_to();
    let opened = seen(house, "anna", "aims");
    house.later("2026-02-20T10:05:00Z", &["anna"]);
    send(house, "aims", "", &why("From the first window")).leads_to();
    let late = [("seen", opened.as_str()), ("section", "aims"), ("go", "next"), ("me_why", "From the second window")];
    let late = house.post("anna", DRAFT, &late);
    assert_eq!(late.status, 409);
    let late = late.says("Another window saved this draft meanwhile").says("From the second window");
    let late = late.says("From the first window");
    assert!(!late.body.contains("Oslo"), "of the other sections nothing is in question");
    assert!(late.body.contains(&seen(house, "anna", "aims")), "saving again is possible");
    house.get("anna", &path("aims")).says("From the first window").does_not_say("From the second window");
    send(house, "aims", "next", &why("From the second window")).leads_to();
    house.get("anna", &path("aims")).says("From the second window");
    assert!(house.get("anna", &path("you")).body.contains("Oslo"));
}

fn outside_the_call_a_section_is_not_saved_and_nothing_typed_is_lost(house: &House) {
    house.person("anna");
    house.later("2026-04-21T05:01:00Z", &["anna"]);
    let fields = [("section", "aims"), ("go", "next"), ("me_why", "Because of Saturday.")];
    let refused = house.post("anna", DRAFT, &fields);
    assert_eq!(refused.status, 422);
    refused.says("The call closed on 20 April 2026").says("Because of Saturday.").says("Part 4 of 9");
    assert_eq!(super::figures(house).mentee_drafts, 0);
}

// PRF1
fn beside_each_field_stands_who_can_read_it(house: &House) {
    house.with_roster();
    house.person("anna");
    let form = house.read(|tx| {
        let call = crate::call::current(tx)?.unwrap();
        Ok(crate::draft::sheet(tx, call, Role::Mentor)?.form)
    });
    let mut said = 0;
    for section in &form.sections {
        let page = house.get("anna", &format!("/apply/mentor?section={}", section.key)).is_ok();
        let text = page.text();
        // Each field with its own words, from its label to the next one's.
        let labels: Vec<String> = section.fields.iter().map(forms::label).collect();
        for (place, field) in section.fields.iter().enumerate() {
            let words = forms::readers_words(&field.readers, field.sealed);
            let start = text.find(&labels[place]).unwrap_or_else(|| panic!("{} is not asked", field.key));
            let end =
                labels.get(place + 1).and_then(|next| text[start..].find(next)).map_or(text.len(), |it| start + it);
            let is_said = text[start..end].contains(&words) || text[..start].contains(&words);
            assert!(is_said, "{}: {words} is not in {}", field.key, &text[start..end]);
            said += usize::from(!words.is_empty());
        }
    }
    assert!(said > 40, "{said} fields say who reads them");
}
