use testing::House;

use super::*;

testing::on_both_databases! {
    super::doors(); super::jobs;
    certificates_go_out_once_the_session_is_over
    a_duo_that_ended_early_has_no_certificate
    the_certificate_repeats_byte_for_byte_and_states_the_hours
    anyone_checks_a_certificate_by_its_code
    nobody_else_opens_a_certificate
    the_chair_who_was_a_mentor_has_a_whole_certificate
}

// REC1, END4
fn certificates_go_out_once_the_session_is_over(house: &House) {
    with_two_duos(house);
    house.at("2027-04-30T16:00:00Z");
    house.run_jobs();
    assert_eq!(count(house, "anna", "certificate"), 0);
    get(house, "anna", "/certificates").is_ok().says("No certificate yet");

    let cohort = house.cohort;
    house.at("2027-05-03T10:00:00Z");
    house.run_jobs();
    house.write(move |tx| program::cohorts::close(tx, cohort, None));
    assert_eq!(count(house, "anna", "certificate"), 0, "no letter before nine in the morning");
    after_the_session(house);
    house.run_jobs();

    for who in ["anna", "karl", "bela", "leo"] {
        assert_eq!((count(house, who, "certificate"), count(house, who, "alumni_invitation")), (1, 1), "{who}");
        get(house, who, &link(house, who, "certificate")).is_ok().says("Certificate (PDF)");
    }
    assert_eq!(count(house, "walt", "certificate"), 0);
    let found = house.read(move |tx| crate::figures(tx, cohort));
    assert_eq!((found.mentee_certificates, found.mentor_certificates, found.joined), (2, 2, 0));
}

fn a_duo_that_ended_early_has_no_certificate(house: &House) {
    let [duo, _] = with_two_duos(house);
    house.at(SESSION);
    let anna = house.person("anna");
    let ended = house.write(move |tx| {
        let duo = duos::duo(tx, duo)?.ok_or(platform::doors::Failure::NotFound)?;
        duos::end(tx, &duo, anna, "")
    });
    assert!(ended.is_ok());
    after_the_session(house);

    assert_eq!(count(house, "anna", "certificate"), 0);
    assert_eq!(count(house, "bela", "certificate"), 1);
    get(house, "anna", "/certificates").is_ok().says("No certificate yet");
    assert_eq!(get(house, "anna", "/alumni/join").status, 404);
}

// REC1
fn the_certificate_repeats_byte_for_byte_and_states_the_hours(house: &House) {
    let [duo, _] = with_two_duos(house);
    house.at(SESSION);
    for (day, minutes) in [("2026-07-10", "50"), ("2026-08-14", "60")] {
        let meeting = [("day", day), ("way", "video"), ("minutes", minutes)];
        post(house, "anna", &format!("/duos/{duo}/meetings"), &meeting).leads_to();
    }
    after_the_session(house);
    let letters = house.letters_to("anna");
    let letter = letters.iter().find(|it| it.letter == "certificate").map(|it| it.text.clone()).unwrap_or_default();
    assert!(letter.contains("It states 2 hours"), "{letter}");
    get(house, "anna", "/certificates").is_ok().says("2, as your duo reported them");
    get(house, "bela", "/certificates").is_ok().says("none logged");

    let path = format!("/certificates/{}", certificate(house, "anna").id);
    let first = get(house, "anna", &path).is_ok();
    house.days(40);
    let second = get(house, "anna", &path).is_ok();
    assert_eq!((first.kind.as_str(), &first.bytes[..5]), ("application/pdf", b"%PDF-".as_slice()));
    assert_eq!(first.bytes, second.bytes);
    let letter = get(house, "anna", &format!("{path}/letter")).is_ok();
    assert_eq!(&letter.bytes[..5], b"%PDF-");
    assert_eq!(letter.bytes, get(house, "anna", &format!("{path}/letter")).bytes);
}

fn anyone_checks_a_certificate_by_its_code(house: &House) {
    with_two_duos(house);
    after_the_session(house);
    let code = certificate(house, "karl").code;

    let page = house.get_as_stranger(&format!("/certificates/check/{code}")).is_ok();
    let page =
        page.says("Karl Kowalski").says("mentor").says("Formal Mentoring").says("27 June 2026").says("30 April 2027");
    page.does_not_say("karl@example.org");
    let typed = code.to_lowercase().replace('-', "+");
    house.get_as_stranger(&format!("/certificates/check?code={typed}")).is_ok().says("Karl Kowalski");
    for wrong in ["22222-22222", "nonsense", "%3Cscript%3E"] {
        let page = house.get_as_stranger(&format!("/certificates/check/{wrong}")).is_ok();
        page.says("No certificate has this code").does_not_say("<script>x");
    }
    house.get_as_stranger("/certificates/check").is_ok().says("Code on the certificate");
}

fn nobody_else_opens_a_certificate(house: &House) {
    with_two_duos(house);
    after_the_session(house);
    let path = format!("/certificates/{}", certificate(house, "anna").id);
    for who in ["karl", "bela", "walt"] {
        assert_eq!(get(house, who, &path).status, 404, "{who}");
        assert_eq!(get(house, who, &format!("{path}/letter")).status, 404, "{who}");
    }
    assert_eq!(house.get_as_stranger(&path).status, 303);
}

fn the_chair_who_was_a_mentor_has_a_whole_certificate(house: &House) {
    house.role("karl", Role::Chair);
    let mentee = house.role_in_cohort("anna", Role::Mentee);
    let (mentor, cohort) = (house.role_in_cohort("karl", Role::Mentor), house.cohort);
    assert!(house.write(move |tx| duos::form(tx, cohort, mentor, mentee, "chosen", &[])).is_ok());
    after_the_session(house);

    let certificate = certificate(house, "karl");
    assert_eq!(certificate.signed_by, certificate.name);
    let both = house.read(move |tx| {
        let words = crate::paper::words(tx, &certificate)?;
        let other = crate::certificates::Certificate { signed_by: "Walt Weber".to_owned(), ..certificate.clone() };
        Ok([crate::paper::certificate(&certificate, &words)?.len(), crate::paper::certificate(&other, &words)?.len()])
    });
    assert!(both[0].abs_diff(both[1]) < 400, "what it says does not hang on who signs it: {both:?}");
}

fn certificate(house: &House, who: &str) -> crate::certificates::Certificate {
    let id = house.person(who);
    house.read(move |tx| {
        let subject = program::subject(tx, id)?;
        Ok(crate::certificates::mine(tx, &subject)?.remove(0))
    })
}
