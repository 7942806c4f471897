//! Files that come with an application. V-07

use forms::files::{self, Owner, Reference};
use policy::Role;
use testing::House;

use super::{World, borrowed, mentor_fields};

testing::on_both_databases! {
    crate::journeys::doors(); crate::jobs;
    a_draft_keeps_its_file_when_other_answers_are_missing
    what_is_no_paper_and_no_picture_is_refused_with_a_sentence
    a_file_of_somebody_else_cannot_be_named
    another_file_takes_the_place_of_the_first_and_can_be_taken_away
    a_link_still_does
    a_file_stays_though_other_answers_of_a_profile_are_refused
    files_go_with_the_answers_and_with_the_person
    nobody_keeps_more_than_a_few_files
}

const CV: &[u8] = b"%PDF-1.4\nMy life so far.\n%%EOF\n";
const OTHER: &[u8] = b"%PDF-1.4\nMy life since.\n%%EOF\n";

fn files_of(house: &House, who: &str) -> Vec<files::Kept> {
    let person = house.person(who);
    house.read(move |tx| files::of_person(tx, person))
}

fn content_of(house: &House, file: &files::Kept) -> Vec<u8> {
    let id = file.id;
    house.read(move |tx| {
        let file = files::find(tx, id)?.unwrap();
        let own = policy::Facts::of_program().own(true);
        let proof = policy::grant(&program::subject(tx, file.person)?, &own).unwrap();
        Ok(files::content(tx, &files::Reader::Application(proof), &file)?.unwrap())
    })
}

fn send(house: &House, who: &str, name: &str, bytes: &[u8]) -> testing::Answer {
    house.person(who);
    house.upload(who, "/applications/mentee/draft", "me_cv_file", name, bytes)
}

fn named(house: &House, who: &str) -> Option<Reference> {
    let (person, cohort) = (house.person(who), house.cohort);
    house.read(move |tx| {
        let kept = forms::kept_of(tx, "mentee_application", cohort, person)?;
        Ok(kept.and_then(|it| Reference::read(it.answers.text("me_cv"))))
    })
}

// V-07, APP2
fn a_draft_keeps_its_file_when_other_answers_are_missing(house: &House) {
    house.person("anna");
    let page = house.upload("anna", "/applications/mentee/check", "me_cv_file", "../My CV.exe", CV);
    assert_eq!(page.status, 422);
    page.says("We have: My CV.pdf").says("Please tell us");
    let files = files_of(house, "anna");
    assert_eq!((files.len(), files[0].kind.as_str(), content_of(house, &files[0]).as_slice()), (1, "pdf", CV));
    let page = house.get("anna", "/apply/mentee?all=yes").is_ok().says("We have: My CV.pdf");
    assert!(page.body.contains("enctype=\"multipart/form-data\""));
    let reference = named(house, "anna").unwrap();
    // The next save names it and sends nothing anew.
    let fields = [("me_role", "Librarian"), ("me_cv_kept", &reference.text())];
    house.post("anna", "/applications/mentee/draft", &fields).leads_to();
    assert_eq!(named(house, "anna"), Some(reference));
    assert_eq!(files_of(house, "anna").len(), 1);
}

// V-07
fn what_is_no_paper_and_no_picture_is_refused_with_a_sentence(house: &House) {
    let evil = [
        ("cv.pdf", b"<!doctype html><script>alert(1)</script>".as_slice(), "neither a PDF nor a picture"),
        ("photo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither a PDF nor a picture"),
        ("cv.pdf", b"%PDF-1.4 cut", "damaged or not whole"),
        ("cv.pdf", b"%PDF-1.4 /JavaScript (x)\n%%EOF", "contains a program"),
    ];
    for (name, bytes, words) in evil {
        let page = send(house, "anna", name, bytes);
        assert_eq!(page.status, 422, "{words}");
        page.says(words);
    }
    assert!(files_of(house, "anna").is_empty() && named(house, "anna").is_none());
}

// V-07
fn a_file_of_somebody_else_cannot_be_named(house: &House) {
    send(house, "anna", "cv.pdf", CV).leads_to();
    let anna = named(house, "anna").unwrap();
    house.person("berta");
    for field in ["me_cv_kept", "me_cv"] {
        house.post("berta", "/applications/mentee/draft", &[(field, &anna.text())]).leads_to();
        assert_eq!(named(house, "berta"), None, "{field}");
        house.get("berta", "/apply/mentee?all=yes").is_ok().does_not_say("We have:");
    }
    assert_eq!(files_of(house, "anna").len(), 1);
}

fn another_file_takes_the_place_of_the_first_and_can_be_taken_away(house: &House) {
    send(house, "anna", "cv.pdf", CV).leads_to();
    let first = files_of(house, "anna")[0].id;
    send(house, "anna", "new.pdf", OTHER).leads_to();
    let files = files_of(house, "anna");
    assert_eq!((files.len(), content_of(house, &files[0]).as_slice()), (1, OTHER));
    assert_ne!(files[0].id, first);
    let reference = named(house, "anna").unwrap().text();
    let fields = [("me_cv_kept", reference.as_str()), ("me_cv_away", "yes")];
    house.post("anna", "/applications/mentee/draft", &fields).leads_to();
    assert!(files_of(house, "anna").is_empty() && named(house, "anna").is_none());
}

fn a_link_still_does(house: &House) {
    send(house, "anna", "cv.pdf", CV).leads_to();
    let reference = named(house, "anna").unwrap().text();
    let fields = [("me_cv", "https://example.org/cv"), ("me_cv_kept", reference.as_str())];
    house.post("anna", "/applications/mentee/draft", &fields).leads_to();
    house.get("anna", "/apply/mentee?all=yes").is_ok().does_not_say("We have:");
    assert!(files_of(house, "anna").is_empty(), "the link took its place");
}

fn a_file_stays_though_other_answers_of_a_profile_are_refused(house: &House) {
    house.with_roster();
    house.apply("anna", Role::Mentor).leads_to();
    let page = house.upload("anna", "/profile", "mo_photo_file", "me.pdf", CV);
    assert_eq!(page.status, 422);
    page.says("We have: me.pdf");
    let file = files_of(house, "anna")[0].clone();
    let reference = Reference { id: file.id, name: "me.pdf".to_owned() }.text();
    let mut fields = mentor_fields("anna");
    fields.push(("mo_photo_kept", reference));
    house.post("anna", "/profile", &borrowed(&fields)).leads_to();
    house.get("anna", "/profile").is_ok().says("We have: me.pdf");
}

fn files_go_with_the_answers_and_with_the_person(house: &House) {
    send(house, "anna", "cv.pdf", CV).leads_to();
    send(house, "berta", "cv.pdf", CV).leads_to();
    let (anna, berta) = (house.person("anna"), house.person("berta"));
    house.write(move |tx| {
        let application = crate::applications_of(tx, anna)?.remove(0);
        crate::forget(tx, &application, "the application that you had begun")?;
        (forms::mine().forget)(tx, berta)
    });
    assert!(files_of(house, "anna").is_empty() && files_of(house, "berta").is_empty());
}

fn nobody_keeps_more_than_a_few_files(house: &House) {
    let person = house.person("anna");
    let refused = house.write(move |tx| {
        let form = forms::current(tx, "mentee_application")?;
        let field = form.field("me_cv").unwrap();
        let clean = files::look::look(CV).unwrap();
        let mut last = None;
        for _ in 0..=files::MOST_FILES {
            let owner = Owner { person, about: tx.fresh_id(), cohort: None };
            last = files::add(tx, &form, field, owner, "cv.pdf", &clean)?.err();
        }
        Ok(last)
    });
    assert!(refused.unwrap().contains("up to 10 files"));
    assert_eq!(files_of(house, "anna").len(), files::MOST_FILES);
    let page = send(house, "anna", "one more.pdf", CV);
    assert_eq!(page.status, 422);
    page.says("Take one away first.");
}
