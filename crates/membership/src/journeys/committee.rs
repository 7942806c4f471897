use platform::{ids::Id, journal};
use policy::Role;
use testing::{Answer, House};

const PASSWORD: &str = "rivers run north";

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    an_appointed_liaison_sets_a_password_and_is_in_office
    an_ended_term_counts_on_the_next_request
    the_last_chair_cannot_be_ended_by_anyone
    somebody_with_a_password_accepts_without_a_new_one
    a_term_that_is_over_makes_room_for_a_new_one
    the_appointment_form_keeps_what_was_typed
    only_the_chair_and_the_deputy_appoint
    an_invitation_can_be_sent_again_and_taken_back
    an_invitation_of_a_room_writes_once
}

fn appoint(house: &House, name: &str, email: &str, role: &str, until: &str) -> Answer {
    let fields = [("name", name), ("email", email), ("role", role), ("until", until)];
    house.post("clara", "/committee/members", &fields)
}

fn accept(house: &House, who: &str) {
    let letter = house.letters_to(who).pop().expect("a letter");
    let fields = [("password", PASSWORD), ("repeated", PASSWORD)];
    house.post_as_stranger(&house.link_in(&letter), &fields).leads_to();
}

fn membership_of(house: &House, email: &'static str) -> Id {
    house.read(move |tx| {
        let all = program::memberships::committee(tx)?;
        Ok(all.into_iter().find(|it| it.email == email).expect("on the committee").id)
    })
}

fn account_of(house: &House, email: &'static str) -> Id {
    house.read(move |tx| Ok(platform::identity::find_by_email(tx, email)?)).expect("an account").id
}

fn an_appointed_liaison_sets_a_password_and_is_in_office(house: &House) {
    house.role("clara", Role::Chair);
    let answer = appoint(house, "Lena Lindgren", "lena@example.org", "liaison", "2027-06-30");
    assert_eq!(answer.leads_to(), "/committee");
    house.get("clara", "/committee").is_ok().says("Lena Lindgren").says("Invited").says("30 Jun 2027");
    let letters = house.letters_to("lena");
    assert_eq!(house.letter_names_to("lena"), ["committee_invitation"]);
    assert!(letters[0].text.contains("liaison"), "{}", letters[0].text);
    assert!(letters[0].text.contains("Wednesday 30 June 2027"), "{}", letters[0].text);

    let lena = account_of(house, "lena@example.org");
    house.sign_in("lena", lena);
    assert_eq!(house.get("lena", "/committee").status, 404, "an invitation alone opens nothing");
    accept(house, "lena");
    house.sign_in("lena", lena);
    house.get("lena", "/committee").is_ok().says("In office").does_not_say("Appoint somebody");
}

fn an_ended_term_counts_on_the_next_request(house: &House) {
    house.role("clara", Role::Chair);
    house.role("lena", Role::Liaison);
    house.get("lena", "/committee").is_ok();
    let path = format!("/committee/members/{}/end", membership_of(house, "lena@example.org"));
    assert_eq!(house.post("clara", &path, &[]).leads_to(), "/committee");
    assert_eq!(house.get("lena", "/committee").status, 404);
    let lena = house.person("lena");
    assert!(house.read(move |tx| Ok(journal::has(tx, "committee term ended", lena)?)));
    assert_eq!(house.post("clara", &path, &[]).status, 404, "it has ended already");
}

fn the_last_chair_cannot_be_ended_by_anyone(house: &House) {
    house.role("clara", Role::Chair);
    house.role("dora", Role::Deputy);
    let path = format!("/committee/members/{}/end", membership_of(house, "clara@example.org"));
    for who in ["clara", "dora"] {
        assert_eq!(house.post(who, &path, &[]).says("This is the last chair.").status, 422);
    }
    house.role("berta", Role::Chair);
    assert_eq!(house.post("clara", &path, &[]).leads_to(), "/");
    assert_eq!(house.get("clara", "/committee").status, 404);
}

fn somebody_with_a_password_accepts_without_a_new_one(house: &House) {
    house.role("clara", Role::Chair);
    appoint(house, "Lena Lindgren", "lena@example.org", "liaison", "").leads_to();
    accept(house, "lena");
    let lena = account_of(house, "lena@example.org");
    appoint(house, "Another Name", "LENA@example.org", "council", "").leads_to();
    let letter = house.letters_to("lena").pop().unwrap();
    assert!(letter.text.contains("further notice"), "{}", letter.text);
    let link = house.link_in(&letter);
    house.get_as_stranger(&link).is_ok().says("Your password stays").does_not_say("New password");
    assert_eq!(house.post_as_stranger(&link, &[]).leads_to(), "/sign-in");
    house.sign_in("lena", lena);
    house.get("lena", "/me").is_ok().says("Council member").does_not_say("waiting for your yes");
    house.get("lena", "/committee").is_ok().does_not_say("Another Name");
    // What is offered can also be accepted from one's own page.
    appoint(house, "Lena", "lena@example.org", "staff", "").leads_to();
    house.get("lena", "/me").is_ok().says("waiting for your yes");
    house.post("lena", "/me/appointments", &[]).leads_to();
    house.get("lena", "/roster").is_ok();
}

fn a_term_that_is_over_makes_room_for_a_new_one(house: &House) {
    house.role("clara", Role::Chair);
    appoint(house, "Lena Lindgren", "lena@example.org", "liaison", "2026-03-01").leads_to();
    accept(house, "lena");
    let lena = account_of(house, "lena@example.org");
    house.sign_in("lena", lena);
    house.get("lena", "/committee").is_ok();
    let twice = appoint(house, "Lena Lindgren", "lena@example.org", "liaison", "2027-03-01");
    assert_eq!(twice.says("is already liaison").status, 422);
    house.at("2026-03-02T12:00:00Z");
    assert_eq!(house.get("lena", "/committee").status, 404, "the term is over");
    house.get("clara", "/committee").is_ok().says("Term over");
    appoint(house, "Lena Lindgren", "lena@example.org", "liaison", "2027-03-01").leads_to();
    house.post_as_stranger(&house.link_in(&house.letters_to("lena").pop().unwrap()), &[]).leads_to();
    house.get("lena", "/committee").is_ok();
}

fn the_appointment_form_keeps_what_was_typed(house: &House) {
    house.role("clara", Role::Chair);
    let answer = appoint(house, "Lena Lindgren", "not an address", "mentee", "2025-01-01");
    assert_eq!(answer.status, 422);
    let answer = answer.says("such as ana@example.org").says("Choose a role.").says("must end later than today");
    assert!(answer.body.contains("value=\"Lena Lindgren\"") && answer.body.contains("value=\"2025-01-01\""));
    assert_eq!(house.letters().len(), 0);
}

fn only_the_chair_and_the_deputy_appoint(house: &House) {
    house.role("clara", Role::Chair);
    let path = format!("/committee/members/{}/end", membership_of(house, "clara@example.org"));
    for (who, role) in [("lena", Role::Liaison), ("berta", Role::Board), ("sven", Role::Staff), ("mia", Role::Council)]
    {
        house.role(who, role);
        assert_eq!(house.post(who, "/committee/members", &[("name", "X")]).status, 404, "{role:?}");
        assert_eq!(house.post(who, &path, &[]).status, 404, "{role:?}");
    }
    assert_eq!(house.get("berta", "/committee").status, 404);
    // The page ends terms of the committee; a mentee's place is none of its business.
    let mentee = house.role_in_cohort("anna", Role::Mentee);
    let place = house.read(move |tx| program::memberships::of_person(tx, mentee)).pop().unwrap().id;
    assert_eq!(house.post("clara", &format!("/committee/members/{place}/end"), &[]).status, 404);
}

fn an_invitation_can_be_sent_again_and_taken_back(house: &House) {
    house.role("clara", Role::Chair);
    appoint(house, "Lena Lindgren", "lena@example.org", "board", "").leads_to();
    let id = membership_of(house, "lena@example.org");
    house.days(20);
    house.post("clara", &format!("/committee/members/{id}/invite"), &[]).leads_to();
    assert_eq!(house.letters_to("lena").len(), 2);
    house.post("clara", &format!("/committee/members/{id}/end"), &[]).leads_to();
    accept(house, "lena");
    let lena = account_of(house, "lena@example.org");
    house.sign_in("lena", lena);
    house.get("lena", "/me").is_ok().says("Board reader");
    assert!(!house.read(move |tx| Ok(program::subject(tx, lena)?)).holds(Role::Board), "taken back is taken back");
}

fn an_invitation_of_a_room_writes_once(house: &House) {
    house.role("clara", Role::Chair);
    let invite = |once: &'static str| {
        let cohort = house.cohort;
        house.write(move |tx| {
            let cohort = program::the_cohort(tx, cohort)?;
            crate::invite(tx, "Nora Nakamura", "nora@example.org", "Ana Ruiz", Some(&cohort), once)
        })
    };
    let first = invite("nomination 1");
    assert_eq!(invite("nomination 1"), first);
    assert_eq!(house.letter_names_to("nora"), ["account_invitation"]);
    accept(house, "nora");
    assert_eq!(invite("nomination 2"), first);
    assert_eq!(house.letters_to("nora").len(), 1, "whoever has a password knows the way");
}
