use policy::Role;
use serde_json::json;
use testing::House;

use super::{AFTER_THE_SESSION, CLOSED, OPEN, go_to, keep, mentee, mentor};
use crate::{profiles, search::Order};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    the_directory_is_for_mentees_while_it_is_open_and_for_the_committee_always
    words_and_filters_find_the_same_on_both_databases
    a_profile_shows_no_contact_data_and_only_who_agreed
    sixty_mentors_stand_on_two_pages_in_an_order_of_the_readers_own
    who_is_taken_or_on_pause_is_not_offered
    a_sealed_wish_hides_two_people_from_each_other_without_a_word
    a_shortlist_is_known_to_its_mentee_alone
    whatever_is_typed_into_the_search_finds_something_or_nothing
    the_page_reads_its_window_and_its_cards_in_one_statement_each
}

// PRF8
fn the_directory_is_for_mentees_while_it_is_open_and_for_the_committee_always(house: &House) {
    let li = mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    house.role("carla", Role::Chair);
    house.role_in_cohort("waiting", Role::Applicant);
    house.run_jobs();
    assert!(house.get("ana", "/mentors").body.contains("opens on Monday 27 April 2026"));
    // Who guesses an address learns from no page that somebody is a mentor.
    for below in ["", "/request"] {
        assert_eq!(house.get("ana", &format!("/mentors/{li}{below}")).status, 404, "{below}");
    }
    assert_eq!(house.post("ana", &format!("/mentors/{li}/request"), &[("note", "Please.")]).status, 404);
    assert!(house.get("carla", "/mentors").body.contains("Li Lindgren"));
    go_to(house, "2026-04-27T15:00:00Z");
    assert_eq!(house.letter_names_to("ana"), ["directory_opens"]);
    assert!(house.get("ana", "/mentors").body.contains("Li Lindgren"));
    assert!(house.get("ana", &format!("/mentors/{li}")).body.contains("A calm ear"));
    house.run_jobs();
    assert_eq!(house.letters_to("ana").len(), 1, "the letter is written once");
    assert_eq!(house.get("waiting", "/mentors").status, 404);
    assert_eq!(house.get("li", "/mentors").status, 404);
    assert_eq!(house.get_as_stranger("/mentors").to, "/sign-in?next=%2Fmentors");
    go_to(house, CLOSED);
    assert!(!house.get("ana", "/mentors").body.contains("Li Lindgren"));
    // Until the session ends a mentee reads what a mentor wrote, and asks nobody any more.
    let read = house.get("ana", &format!("/mentors/{li}")).is_ok();
    read.says("A calm ear").does_not_say("Ask Li").does_not_say("Keep in mind");
    house.get("ana", &format!("/mentors/{li}/request")).is_ok().says("Ask Li").says("Head of public services");
    go_to(house, AFTER_THE_SESSION);
    for below in ["", "/request"] {
        assert_eq!(house.get("ana", &format!("/mentors/{li}{below}")).status, 404, "{below}");
    }
    assert!(house.get("carla", &format!("/mentors/{li}")).body.contains("A calm ear"));
    let carla = testing::full_name("carla");
    assert_eq!(house.readings_of("li"), [format!("{carla}: profile")], "mentees read it for themselves");
}

// PRF4
fn words_and_filters_find_the_same_on_both_databases(house: &House) {
    mentor(house, "li", &[("mo_name", json!("Li Ångström")), ("mo_path", json!("From O'Neil & Sons to C++"))]);
    let tokyo = ("mo_tz", json!("Asia/Tokyo"));
    mentor(house, "zoe", &[("mo_expert", json!(["research"])), ("mo_chan", json!(["in person"])), tokyo.clone()]);
    mentor(house, "ben", &[tokyo, ("mo_type", json!(["school"])), ("mo_city", json!("Zürich"))]);
    mentee(house, "ana", &[]);
    go_to(house, OPEN);
    let found = |query: &str| {
        let body = house.get("ana", &format!("/mentors?{query}")).body;
        ["Li Ångström", "Zoe Zielinski", "Ben Bergmann"].map(|name| body.contains(name))
    };
    assert_eq!(found(""), [true, true, true]);
    assert_eq!(found("q=angstrom"), [true, false, false]);
    assert_eq!(found("q=ANGS"), [true, false, false], "the last word may be a beginning");
    assert_eq!(found("q=o%27neil+sons"), [true, false, false]);
    assert_eq!(found("q=zurich"), [false, false, true]);
    assert_eq!(found("q=calm+questions"), [true, true, true]);
    assert_eq!(found("q=calm+nowhere"), [true, true, true], "most of the words, where nobody has all");
    assert_eq!(found("q=nowhere"), [false, false, false]);
    assert_eq!(found("topic=research"), [false, true, false]);
    assert_eq!(found("topic=managing+people&organisation=school"), [false, false, true]);
    assert_eq!(found("channel=video&q=head+of+public"), [true, false, true]);
    assert_eq!(found("topic=research&channel=in+person&q=head&free=yes"), [false, true, false]);
    assert_eq!(found("zone=Asia/Tokyo"), [false, true, true]);
    assert_eq!(found("zone=Asia/Tokyo&channel=video"), [false, false, true]);
    assert_eq!(found("zone=Europe/Nowhere"), [false, false, false]);
    let zones = house.get("ana", "/mentors?channel=video").body;
    for choice in ["Any time zone (2)", "Tokyo, Seoul (1)"] {
        assert!(zones.contains(choice), "{choice}");
    }
    let nobody = house.get("ana", "/mentors?q=nowhere&topic=research").text();
    assert!(nobody.contains("Nobody found") && nobody.contains("Show all mentors"), "{nobody}");
    let found = house.get("ana", "/mentors?channel=video");
    assert!(found.text().contains("2 mentors"));
    assert!(found.body.contains("<option value=\"video\" selected>"), "the filter stays as it was chosen");
}

// PRF2
fn a_profile_shows_no_contact_data_and_only_who_agreed(house: &House) {
    let li = mentor(house, "li", &[("mo_employer_shown", json!("a large library"))]);
    let shy = mentor(house, "shy", &[("show", json!(false))]);
    mentee(house, "ana", &[]);
    go_to(house, OPEN);
    let list = house.get("ana", "/mentors").body;
    let profile = house.get("ana", &format!("/mentors/{li}")).body;
    for page in [&list, &profile] {
        for secret in ["private.example", "555-0100", "li@example.org", "li library"] {
            assert!(!page.contains(secret), "{secret}");
        }
        assert!(page.contains("a large library"));
    }
    assert!(!list.contains("Shy Schmidt"));
    assert_eq!(house.get("ana", &format!("/mentors/{shy}")).status, 404);
    // The tick is taken back: the profile goes with the next run.
    keep(house, "mentor_application", "mentor profile changed", li, forms::Answers::new());
    house.days(1);
    house.run_jobs();
    assert!(!house.get("ana", "/mentors").body.contains("Li Lindgren"));
    assert!(!house.get("ana", "/mentors?q=calm").body.contains("Li Lindgren"));
}

fn sixty_mentors_stand_on_two_pages_in_an_order_of_the_readers_own(house: &House) {
    let mut people: Vec<_> = (0..60)
        .map(|number| {
            let who = format!("m{number:02}");
            (mentor(house, &who, &[("mo_name", json!(format!("Mentor {number:02}.")))]), format!("Mentor {number:02}."))
        })
        .collect();
    let ana = mentee(house, "ana", &[]);
    mentee(house, "eva", &[]);
    go_to(house, OPEN);
    let names = |who: &str, path: &str| -> Vec<String> {
        let body = house.get(who, path).body;
        body.split("<h2><a href=\"/mentors/")
            .skip(1)
            .filter_map(|it| Some(it.split_once('>')?.1.split('<').next()?.to_owned()))
            .collect()
    };
    let first = names("ana", "/mentors?q=mentor&channel=video");
    let second = names("ana", "/mentors?q=mentor&channel=video&page=2");
    assert_eq!((first.len(), second.len()), (50, 10));
    assert!(house.get("ana", "/mentors?channel=video").text().contains("60 mentors"));
    // The order is the rule's, so both databases show the same.
    let order = Order::of(ana, jiff::civil::date(2026, 5, 4));
    let cohort = house.cohort;
    let number = |person| house.read(move |tx| profiles::head(tx, cohort, person)).unwrap().id;
    people.sort_by_cached_key(|(person, _)| order.place(number(*person)));
    let wanted: Vec<String> = people.into_iter().map(|(_, name)| name).collect();
    assert_eq!([first.clone(), second].concat(), wanted);
    assert!(!first.is_sorted(), "never alphabetical");
    assert_ne!(names("eva", "/mentors"), first);
    house.days(1);
    assert_ne!(names("ana", "/mentors"), first);
    assert!(names("ana", "/mentors?page=9").is_empty());
}

// PRF5, PRF3
fn who_is_taken_or_on_pause_is_not_offered(house: &House) {
    let (li, kim) = (mentor(house, "li", &[]), mentor(house, "kim", &[]));
    let ana = mentee(house, "ana", &[]);
    mentee(house, "eva", &[]);
    go_to(house, OPEN);
    assert_eq!(house.post("kim", "/mentors/mine/pause", &[("pause", "yes")]).to, "/mentors/mine");
    // Searching for words goes another way through the database than looking at all.
    let sees = |path: &str, name: &str| house.get("eva", path).body.contains(name);
    assert!(!sees("/mentors", "Kim Kowalski") && !sees("/mentors?q=kim", "Kim Kowalski"));
    assert_eq!(house.get("eva", &format!("/mentors/{kim}")).status, 404);
    assert!(house.get("kim", "/mentors/mine").body.contains("You take a pause"));
    house.post("kim", "/mentors/mine/pause", &[("pause", "no")]);
    assert!(sees("/mentors", "Kim Kowalski") && sees("/mentors?q=kim", "Kim Kowalski"));
    // A duo formed elsewhere, by an import, is heard of too.
    let cohort = house.cohort;
    let formed = house.write(move |tx| duos::form(tx, cohort, li, ana, "imported", &[]));
    let duo = formed.unwrap();
    house.run_jobs();
    for path in ["/mentors", "/mentors?q=calm"] {
        assert!(sees(path, "Has found a mentee"));
        let body = house.get("eva", path).body;
        assert!(body.find("Kim Kowalski") < body.find("Li Lindgren"), "who can be asked comes first");
    }
    assert!(!sees("/mentors?free=yes", "Li Lindgren") && !sees("/mentors?q=calm&free=yes", "Li Lindgren"));
    assert!(sees("/mentors?q=calm&free=yes", "Kim Kowalski"));
    let page = house.get("eva", &format!("/mentors/{li}")).body;
    assert!(!page.contains(&format!("/mentors/{li}/request")), "no button to ask");
    assert!(house.get("li", "/mentors/mine").body.contains("You have a mentee"));
    // The end of a duo frees the place here as it does on the board; the mentor need do nothing.
    let ended = house.write(move |tx| {
        let duo = duos::duo(tx, duo)?.unwrap();
        duos::end(tx, &duo, ana, "")
    });
    assert!(ended.is_ok());
    house.run_jobs();
    assert_eq!(house.read(move |tx| duos::slots_left(tx, cohort, li)), 1);
    for path in ["/mentors?free=yes", "/mentors?q=calm&free=yes"] {
        assert!(sees(path, "Li Lindgren"), "{path}");
        assert!(!sees(path, "Has found a mentee"), "{path}");
    }
    assert!(house.get("eva", &format!("/mentors/{li}")).body.contains(&format!("/mentors/{li}/request")));
}

fn a_sealed_wish_hides_two_people_from_each_other_without_a_word(house: &House) {
    let li = mentor(house, "li", &[("mo_not", json!(["ana ANDERSON"]))]);
    let boss = mentor(house, "boss", &[]);
    mentor(house, "kim", &[("mo_employer", json!("Harbour Museum, Inc."))]);
    mentee(house, "ana", &[]);
    mentee(house, "eva", &[("me_not", json!(["the Harbour Museum"])), ("me_boss", json!(["Boss Bergmann"]))]);
    go_to(house, OPEN);
    let sees = |who: &str, path: &str| {
        let body = house.get(who, path).body;
        ["Li Lindgren", "Boss Bergmann", "Kim Kowalski"].map(|name| body.contains(name))
    };
    for path in ["/mentors", "/mentors?q=calm"] {
        assert_eq!(sees("ana", path), [false, true, true]);
        assert_eq!(sees("eva", path), [true, false, false]);
    }
    for (who, hidden) in [("ana", li), ("eva", boss)] {
        assert_eq!(house.get(who, &format!("/mentors/{hidden}")).status, 404);
        assert_eq!(house.get(who, &format!("/mentors/{hidden}/request")).status, 404);
        assert_eq!(super::ask(house, who, hidden).status, 404);
    }
    assert!(house.get("ana", "/mentors").text().contains("2 mentors"), "the count tells nothing either");
}

// PRF7
fn a_shortlist_is_known_to_its_mentee_alone(house: &House) {
    let li = mentor(house, "li", &[]);
    mentor(house, "kim", &[]);
    mentee(house, "ana", &[]);
    mentee(house, "eva", &[]);
    go_to(house, OPEN);
    let letters = house.letters().len();
    let path = format!("/mentors/{li}/shortlist");
    assert_eq!(house.post("ana", &path, &[]).to, format!("/mentors/{li}"));
    let short = |who: &str| house.get(who, "/mentors?shortlist=yes").body;
    assert!(short("ana").contains("Li Lindgren") && !short("ana").contains("Kim Kowalski"));
    assert!(!short("eva").contains("Li Lindgren"));
    assert!(house.get("ana", &format!("/mentors/{li}")).body.contains("Take off my shortlist"));
    house.run_jobs();
    assert_eq!(house.letters().len(), letters, "the mentor is not told");
    assert!(!house.get("li", "/mentors/mine").body.contains("Anderson"));
    house.post("ana", &path, &[]);
    assert!(!short("ana").contains("Li Lindgren"));
}

fn whatever_is_typed_into_the_search_finds_something_or_nothing(house: &House) {
    mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    go_to(house, OPEN);
    for typed in
        ["a%22b", "lead+-ship", "c%2B%2B", "NEAR(", "x:*", "%27", "%25", "%C3%9F", "1e5", "a&page=-3", "a&page=x"]
    {
        assert_eq!(house.get("ana", &format!("/mentors?q={typed}")).status, 200, "{typed}");
        assert_eq!(house.get("ana", &format!("/mentors?topic={typed}&channel={typed}")).status, 200, "{typed}");
    }
    assert_eq!(house.get("ana", "/mentors?q=%00").status, 400, "what nobody can type");
    assert_eq!(house.get("ana", "/mentors/not-an-id").status, 404);
}

fn the_page_reads_its_window_and_its_cards_in_one_statement_each(house: &House) {
    let ana = mentee(house, "ana", &[]);
    mentor(house, "li", &[]);
    go_to(house, OPEN);
    let cohort = house.cohort;
    // The window is there once the job has run, so the page never asks the calendar.
    let newest = house.read(move |tx| crate::window::newest(tx, &[cohort], ana)).unwrap();
    assert!(newest.window.is_open(house.now()));
    let order = Order::of(ana, jiff::civil::date(2026, 5, 4));
    let wanted = crate::listing::Wanted { page: 1, ..Default::default() };
    let listing = house.read(move |tx| {
        let scope = super::readable(tx, cohort, ana);
        crate::listing::listing(tx, &scope, &newest, &[], order, &wanted)
    });
    assert_eq!(listing.cards.iter().map(|card| card.name.as_str()).collect::<Vec<_>>(), ["Li Lindgren"]);
    assert_eq!(listing.found.total, 1);
}
