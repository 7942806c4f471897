//! Who is served a file that came with an answer. V-07

use forms::files::{self, Owner, Reference};
use platform::{
    ids::Id,
    prelude::Doors,
    storage::{Query, StorageError},
};
use policy::Role;
use serde_json::json;
use testing::House;

use super::{OPEN, go_to, mentee, mentor};

testing::on_both_databases! {
    crate::journeys::files::doors(); crate::jobs;
    a_paper_is_served_to_its_author_and_to_whoever_reads_the_answer
    a_photo_is_seen_where_the_profile_is
    a_file_that_no_answer_names_is_not_there
}

fn doors() -> Doors {
    crate::doors().merge(intake::doors())
}

const CV: &[u8] = b"%PDF-1.4\n<script>document.title='ran'</script>\n%%EOF\n";
/// One red point.
const PHOTO: &[u8] = b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90\x77\x53\xde\x00\x00\x00\x0c\x49\x44\x41\x54\x78\x9c\x63\xf8\x25\x22\x02\x00\x03\x2e\x01\x23\x93\x6f\xcd\xdc\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

/// Ana's application with a paper, submitted; where the paper is.
fn paper(house: &House) -> String {
    let ana = house.person("ana");
    house.upload("ana", "/applications/mentee/draft", "me_cv_file", "My CV.pdf", CV).leads_to();
    house.write(move |tx| {
        // Half of an application is enough here.
        let table = "applications";
        let place: &'static str = Box::leak(
            format!("update {table} set state = 'placed', submitted_at = begun_at returning id").into_boxed_str(),
        );
        let moved: Vec<Id> = tx.query(&Query::new(place))?;
        if moved.is_empty() { Err(StorageError::Other("nothing was sent".to_owned()).into()) } else { Ok(()) }
    });
    let files = house.read(move |tx| files::of_person(tx, ana));
    format!("/files/{}", files[0].id)
}

// V-07
fn a_paper_is_served_to_its_author_and_to_whoever_reads_the_answer(house: &House) {
    let path = paper(house);
    for (who, role) in [("carla", Role::Chair), ("lena", Role::Liaison), ("sam", Role::Staff), ("bo", Role::Board)] {
        house.role(who, role);
    }
    mentee(house, "bea", &[]);
    mentor(house, "li", &[]);
    for who in ["ana", "carla", "lena"] {
        let answer = house.get(who, &path).is_ok();
        assert_eq!(answer.header("content-type"), "application/pdf", "{who}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"MyCV.pdf\"");
        assert_eq!(answer.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'; sandbox");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.body.as_bytes(), CV);
    }
    let missing = house.get("bea", "/files/0192f0a0a0a07000800000000000dead");
    for who in ["bea", "li", "sam", "bo"] {
        let answer = house.get(who, &path);
        assert_eq!(answer.status, 404, "{who}");
    }
    assert_eq!(house.get("bea", &path).body, missing.body, "the same as a file that is not there");
    assert_eq!(house.get_as_stranger(&path).status, 303);
    let readings = house.readings_of("ana");
    assert_eq!(readings.iter().filter(|it| it.contains("file of an application")).count(), 2, "{readings:?}");
    // Whoever works in the same house steps aside for the paper too.
    let (ana, lena) = (house.person("ana"), house.person("lena"));
    house.write(move |tx| {
        for id in [ana, lena] {
            let person = membership::the_person(tx, &policy::house(), id)?;
            membership::write_details(tx, &membership::Person { employer: "One Library".into(), ..person })?;
        }
        Ok(())
    });
    assert_eq!(house.get("lena", &path).status, 404);
}

// V-07, PRF8
fn a_photo_is_seen_where_the_profile_is(house: &House) {
    let li = photographed(house, "li");
    mentee(house, "ana", &[]);
    mentor(house, "mo", &[]);
    house.run_jobs();
    let path = format!("/mentors/{li}/photo");
    assert_eq!(house.get("ana", &path).status, 404, "the directory is not open");
    go_to(house, OPEN);
    let page = house.get("ana", &format!("/mentors/{li}")).is_ok();
    assert!(page.body.contains(&path) && page.body.contains("Photo of Li"), "{}", page.body);
    let answer = house.get("ana", &path).is_ok();
    assert_eq!((answer.header("content-type"), answer.header("x-content-type-options")), ("image/png", "nosniff"));
    assert_eq!(house.get("mo", &path).status, 404, "mentors read no profiles");
    assert_eq!(house.get_as_stranger(&path).status, 303);
}

fn photographed(house: &House, who: &str) -> Id {
    let person = mentor(house, who, &[]);
    let cohort = house.cohort;
    house.write(move |tx| {
        let form = forms::current(tx, "mentor_application")?;
        let field = form.field("mo_photo").unwrap();
        let kept = forms::kept_of(tx, "mentor_application", cohort, person)?.unwrap();
        let owner = Owner { person, about: kept.about, cohort: Some(cohort) };
        let clean = files::look::look(PHOTO).unwrap();
        let reference = files::add(tx, &form, field, owner, "me.png", &clean)?.unwrap();
        let mut answers = kept.answers;
        answers.set("mo_photo", json!(reference.text()));
        let keep = forms::Keep { cohort: Some(cohort), person, about: kept.about, answers: &answers, given: true };
        forms::keep(tx, &form, keep)
    });
    person
}

fn a_file_that_no_answer_names_is_not_there(house: &House) {
    let path = paper(house);
    let (ana, id) = (house.person("ana"), path.trim_start_matches("/files/").to_owned());
    house.get("ana", &path).is_ok();
    house.write(move |tx| {
        let file = files::find(tx, Id::parse(&id).unwrap())?.unwrap();
        let kept = forms::kept(tx, &file.form, file.about)?.unwrap();
        let form = forms::as_given(tx, &kept)?;
        let mut answers = kept.answers;
        assert!(Reference::read(answers.text("me_cv")).is_some());
        answers.remove("me_cv");
        let keep = forms::Keep { cohort: kept.cohort, person: ana, about: kept.about, answers: &answers, given: false };
        forms::keep(tx, &form, keep)
    });
    assert_eq!(house.get("ana", &path).status, 404);
}
