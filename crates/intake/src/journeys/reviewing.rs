//! The review desk: side by side, points, decisions with ten minutes to undo. APP4, APP6–APP8

use platform::ids::Id;
use policy::Role;
use testing::House;

use super::{World, journal_about, roles_of};

testing::on_both_databases! {
    crate::journeys::doors(); crate::jobs;
    who_is_read_first_meets_nobody_before_the_committees_yes
    a_mentor_who_is_read_first_joins_with_the_yes
    applications_stand_side_by_side_without_what_is_sealed
    what_others_think_is_read_after_ones_own_points
    points_for_several_are_kept_together_and_nothing_typed_is_lost
    whoever_steps_aside_sees_neither_answers_nor_points
    a_decision_for_many_is_undone_within_ten_minutes_and_nobody_hears_of_it
    all_who_remain_get_one_letter_in_the_chairs_words
    a_place_given_up_goes_to_the_next_and_the_order_is_proven
    whoever_withdrew_meanwhile_is_left_alone
    what_is_asked_for_and_counted_is_the_chairs_to_choose
}

fn desk(house: &House) -> String {
    format!("/cohorts/{}/review", house.cohort)
}

fn id_of(house: &House, who: &str, role: Role) -> String {
    house.path_of(who, role).replace("/applications/", "")
}

/// The committee reads mentees and mentors first.
fn reads_first(house: &House) {
    house.role("ute", Role::Chair);
    let fields = [("mentees", "yes"), ("mentors", "yes"), ("criteria", "Goals\nTime")];
    house.post("ute", &format!("{}/rules", desk(house)), &fields).leads_to();
}

fn decide(house: &House, answer: &str, role: Role, picks: &[&str]) {
    let ids: Vec<String> = picks.iter().map(|who| id_of(house, who, role)).collect();
    let mut fields = vec![("role", role.key()), ("answer", answer)];
    fields.extend(ids.iter().map(|id| ("pick", id.as_str())));
    if answer == "decline" {
        fields.extend([("subject", "Your application"), ("text", "We read it with care.\n\nNot this time.")]);
    }
    house.post("ute", &format!("{}/decisions", desk(house)), &fields).leads_to();
}

fn minutes_later(house: &House, minutes: i64) {
    let then = house.now() + jiff::SignedDuration::from_mins(minutes);
    house.at(&then.to_string());
    house.run_jobs();
}

fn letters_named(house: &House, who: &str, name: &str) -> usize {
    house.letter_names_to(who).iter().filter(|it| *it == name).count()
}

// APP7, APP4
fn who_is_read_first_meets_nobody_before_the_committees_yes(house: &House) {
    reads_first(house);
    house.places(1);
    let anna = house.apply("anna", Role::Mentee).leads_to();
    let berta = house.apply("berta", Role::Mentee).leads_to();
    house.get("anna", &anna).is_ok().says("under review").says("before the directory of mentors opens on");
    house.get("berta", &berta).is_ok().says("waiting list (place 1)");
    assert_eq!(roles_of(house, "anna"), ["applicant"]);
    assert_eq!(letters_named(house, "anna", "place_taken"), 0);
    let id = id_of(house, "anna", Role::Mentee);
    let page = format!("{}/decision?role=mentee&answer=accept&pick={id}", desk(house));
    house.get("ute", &page).is_ok().says("Anna Anderson becomes a mentee").says("10 minutes to undo");
    decide(house, "accept", Role::Mentee, &["anna", "berta"]);
    minutes_later(house, 9);
    assert_eq!(roles_of(house, "anna"), ["applicant"], "it has not taken effect");
    house.get("anna", &anna).is_ok().says("under review");
    minutes_later(house, 1);
    assert_eq!(roles_of(house, "anna"), ["mentee"]);
    assert_eq!(letters_named(house, "anna", "place_taken"), 1);
    house.get("anna", &anna).is_ok().says("accepted");
    house.get("berta", &berta).is_ok().says("waiting list (place 1)");
    // Berta has the yes already: the place that Anna gives up is hers when she takes it.
    house.post("anna", &format!("{anna}/withdrawal"), &[]).leads_to();
    house.post("berta", &format!("{berta}/offer"), &[("answer", "accept")]).leads_to();
    assert_eq!(roles_of(house, "berta"), ["mentee"]);
    house.get("ute", &format!("/cohorts/{}/places/order", house.cohort)).is_ok().says("In order.");
}

// APP7
fn a_mentor_who_is_read_first_joins_with_the_yes(house: &House) {
    reads_first(house);
    house.with_roster();
    house.apply("anna", Role::Mentor).leads_to();
    let anna = house.person("anna");
    assert!(!journal_about(house, anna).contains(&"mentor joined".to_owned()), "no profile is made of this");
    assert_eq!(super::figures(house).mentors, 0, "who is not approved counts for no threshold");
    assert_eq!(super::figures(house).mentors_to_approve, 1);
    decide(house, "accept", Role::Mentor, &["anna"]);
    minutes_later(house, 10);
    assert!(journal_about(house, anna).contains(&"mentor joined".to_owned()));
    assert_eq!((roles_of(house, "anna"), super::figures(house).mentors), (vec!["mentor"], 1));
    assert_eq!(letters_named(house, "anna", "mentor_joined"), 1);
}

// APP6
fn applications_stand_side_by_side_without_what_is_sealed(house: &House) {
    house.role("lena", Role::Liaison);
    for who in ["anna", "berta", "carla", "dora"] {
        house.apply(who, Role::Mentee).leads_to();
    }
    let ids = ["anna", "berta", "carla", "dora"].map(|who| id_of(house, who, Role::Mentee));
    let picks: String = ids.iter().map(|id| format!("&pick={id}")).collect();
    let page = house.get("lena", &format!("{}/compare?role=mentee{picks}", desk(house))).is_ok();
    let page = page.says("Anna Anderson").says("Carla Castillo").does_not_say("Dora").does_not_say("Somebody Secret");
    assert_eq!(page.body.matches("Two years in a school library").count(), 3, "one question, three answers");
    assert_eq!(page.body.matches("beside-3").count(), 1);
    house.get("lena", &format!("{}/compare?role=mentee", desk(house))).is_ok().says("Anna Anderson");
    let anna = house.person("anna");
    assert!(house.readings_of("anna").iter().any(|it| it.contains("application")), "{anna} sees who has read it");
    house.person("paul");
    assert_eq!(house.get("paul", &desk(house)).status, 404);
}

fn score(house: &House, who: &str, id: &str, points: &str, comment: &str) -> testing::Answer {
    let path = format!("/cohorts/{}/applications/{id}/score", house.cohort);
    let names = [1, 2, 3].map(|place| format!("score_{place}_{id}"));
    let mut fields: Vec<(&str, &str)> = names.iter().map(|it| (it.as_str(), points)).collect();
    let words = format!("comment_{id}");
    fields.push((&words, comment));
    house.post(who, &path, &fields)
}

// APP6: one form for all columns.
fn points_for_several_are_kept_together_and_nothing_typed_is_lost(house: &House) {
    house.role("ute", Role::Chair);
    for who in ["anna", "ben", "cleo"] {
        house.apply(who, Role::Mentee).leads_to();
    }
    let ids = ["anna", "ben", "cleo"].map(|who| id_of(house, who, Role::Mentee));
    let send = |points: &[(usize, &[&str], &str)]| {
        let mut fields: Vec<(String, String)> = ids.iter().map(|id| ("pick".to_owned(), id.clone())).collect();
        for (of, points, comment) in points {
            let id = &ids[*of];
            let named =
                points.iter().enumerate().map(|(place, it)| (format!("score_{}_{id}", place + 1), (*it).to_owned()));
            fields.extend(named.chain([(format!("comment_{id}"), (*comment).to_owned())]));
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        house.post("ute", &format!("/cohorts/{}/applications/{}/score", house.cohort, ids[0]), &fields)
    };
    // The one whose button was pressed is not complete: nothing is kept, and all comes back.
    let refused = send(&[(0, &["4"], "Half of Anna"), (1, &["3", "3", "3"], "All of Ben")]);
    assert_eq!(refused.status, 422);
    refused.says("Half of Anna").says("All of Ben");
    house.get("ute", &format!("{}?show=all", desk(house))).is_ok().does_not_say("reviewer,").does_not_say("3.0 of 5");
    // It is complete, another is, a third is not: two are kept, and the third comes back.
    let page =
        send(&[(0, &["4", "4", "4"], "All of Anna"), (1, &["3", "3", "3"], "All of Ben"), (2, &["2"], "Half of Cleo")]);
    assert_eq!(page.status, 200);
    page.says("is not kept yet, the rest is").says("Half of Cleo").says("4.0 of 5").says("3.0 of 5");
    house
        .get("ute", &format!("{}?show=all", desk(house)))
        .is_ok()
        .says("4.0 of 5")
        .says("3.0 of 5")
        .does_not_say("2.0 of 5");
    send(&[(0, &["5", "4", "3"], "Anna again"), (2, &["2", "2", "2"], "All of Cleo")]).leads_to();
    house.get("ute", &format!("{}?show=all", desk(house))).is_ok().says("2.0 of 5");
}

// APP6
fn what_others_think_is_read_after_ones_own_points(house: &House) {
    house.role("ute", Role::Chair);
    house.role("lena", Role::Liaison);
    house.apply("anna", Role::Mentee).leads_to();
    let id = id_of(house, "anna", Role::Mentee);
    let page = format!("{}/compare?role=mentee&pick={id}", desk(house));
    score(house, "lena", &id, "4", "Knows what she wants.").leads_to();
    for path in [page.as_str(), desk(house).as_str()] {
        let seen = house.get("ute", path).is_ok();
        seen.does_not_say("Knows what she wants").does_not_say("4.0").does_not_say("Lena");
    }
    let refused = score(house, "ute", &id, "7", "Out of range.");
    assert_eq!(refused.status, 422);
    refused.says("Give from 1 to 5").says("Out of range.");
    score(house, "ute", &id, "2", "Too early.").leads_to();
    house.get("ute", &page).is_ok().says("Knows what she wants.").says("Too early.").says("3.0 of 5");
    house.get("ute", &format!("{}?show=all", desk(house))).is_ok().says("3.0 of 5, 2 reviewers");
    score(house, "ute", &id, "4", "I read it again.").leads_to();
    house.get("ute", &page).is_ok().says("4.0 of 5").does_not_say("Too early.");
    assert_eq!(score(house, "anna", &id, "5", "Take me.").status, 404, "nobody scores their own");
}

// APP6
fn whoever_steps_aside_sees_neither_answers_nor_points(house: &House) {
    house.role("ute", Role::Chair);
    house.role("lena", Role::Liaison);
    let ute = house.person("ute");
    house.apply("anna", Role::Mentee).leads_to();
    house.write(move |tx| {
        let person = membership::the_person(tx, &policy::house(), ute)?;
        membership::write_details(tx, &membership::Person { employer: "anna’s school".into(), ..person })
    });
    let id = id_of(house, "anna", Role::Mentee);
    score(house, "lena", &id, "4", "Knows what she wants.").leads_to();
    house.get("ute", &format!("{}?show=all", desk(house))).is_ok().says("you step aside").does_not_say("4.0");
    let page = format!("{}/compare?role=mentee&pick={id}", desk(house));
    house.get("ute", &page).is_ok().says("You step aside").does_not_say("I have just begun").does_not_say("Knows what");
    assert_eq!(score(house, "ute", &id, "5", "A colleague.").status, 404);
    let page = format!("{}/decision?role=mentee&answer=decline&pick={id}", desk(house));
    house.get("ute", &page).is_ok().says("you step aside here");
    let fields = [("role", "mentee"), ("answer", "decline"), ("pick", id.as_str())];
    assert_eq!(house.post("ute", &format!("{}/decisions", desk(house)), &fields).status, 422);
}

// APP6
fn a_decision_for_many_is_undone_within_ten_minutes_and_nobody_hears_of_it(house: &House) {
    reads_first(house);
    let who = ["anna", "berta", "carla"];
    let pages = who.map(|it| house.apply(it, Role::Mentee).leads_to());
    let before: Vec<String> = pages.iter().zip(who).map(|(page, it)| house.get(it, page).is_ok().text()).collect();
    let letters = house.letters().len();
    decide(house, "decline", Role::Mentee, &who);
    let shown = house.get("ute", &desk(house)).is_ok().says("3 applications: not this time").says("Undo this");
    let undo = shown.body.split('"').find(|it| it.ends_with("/undo")).unwrap().to_owned();
    let double = house.post(
        "ute",
        &format!("{}/decisions", desk(house)),
        &[("role", "mentee"), ("answer", "accept"), ("pick", &id_of(house, "anna", Role::Mentee))],
    );
    assert_eq!(double.status, 422, "one decision at a time");
    minutes_later(house, 9);
    house.post("ute", &undo, &[]).leads_to();
    minutes_later(house, 60);
    let after: Vec<String> = pages.iter().zip(who).map(|(page, it)| house.get(it, page).is_ok().text()).collect();
    assert_eq!(before, after, "everybody stands where they stood");
    assert_eq!(house.letters().len(), letters, "nobody heard of it");
    assert_eq!(house.post("ute", &undo, &[]).status, 409);
    decide(house, "accept", Role::Mentee, &["anna"]);
    let shown = house.get("ute", &desk(house)).is_ok();
    let undo = shown.body.split('"').find(|it| it.ends_with("/undo")).unwrap().to_owned();
    minutes_later(house, 10);
    assert_eq!(house.post("ute", &undo, &[]).says("The ten minutes are over").status, 409);
    assert_eq!(roles_of(house, "anna"), ["mentee"]);
}

// APP8
fn all_who_remain_get_one_letter_in_the_chairs_words(house: &House) {
    reads_first(house);
    house.places(2);
    for who in ["anna", "berta", "carla"] {
        house.apply(who, Role::Mentee).leads_to();
    }
    decide(house, "accept", Role::Mentee, &["anna"]);
    minutes_later(house, 10);
    let page = format!("{}/decision?role=mentee&answer=decline&all=yes", desk(house));
    let seen = house.get("ute", &page).is_ok().says("Berta").says("Carla").does_not_say("Anna");
    seen.says("Thank you for your application").says("2 people");
    let ids = ["berta", "carla"].map(|who| id_of(house, who, Role::Mentee));
    let mut fields =
        vec![("role", "mentee"), ("answer", "decline"), ("pick", ids[0].as_str()), ("pick", ids[1].as_str())];
    fields.extend([("subject", "About your application"), ("text", "")]);
    let preview = format!("{}/preview", desk(house));
    assert_eq!(house.post("ute", &preview, &fields).says("Please write something here").status, 422);
    fields.pop();
    fields.push(("text", "We read it with care.\n\nThere were too many of you."));
    house.post("ute", &preview, &fields).is_ok().says("There were too many of you.").says("Berta");
    house.post("ute", &format!("{}/decisions", desk(house)), &fields).leads_to();
    assert_eq!(letters_named(house, "berta", "application_declined"), 0);
    minutes_later(house, 10);
    minutes_later(house, 10);
    for who in ["berta", "carla"] {
        assert_eq!(letters_named(house, who, "application_declined"), 1, "{who}");
        let page = house.path_of(who, Role::Mentee);
        house.get(who, &page).is_ok().says("not this time").says("Keep it for the next cohort");
        assert_eq!(house.get(who, "/apply/mentee").leads_to(), page, "what was declined is not written anew");
    }
    assert_eq!(letters_named(house, "anna", "application_declined"), 0);
    assert_eq!(super::figures(house).taken, 1, "Berta’s place is free again");
    let letters = house.letters_to("carla");
    let letter = letters.iter().find(|it| it.letter == "application_declined").unwrap();
    assert!(letter.text.contains("There were too many of you."), "{}", letter.text);
    house.get("ute", &format!("/cohorts/{}/places/order", house.cohort)).is_ok().says("In order.").says("cannot take");
}

// APP6, CAP5
fn a_place_given_up_goes_to_the_next_and_the_order_is_proven(house: &House) {
    reads_first(house);
    house.places(1);
    let anna = house.apply("anna", Role::Mentee).leads_to();
    let id = id_of(house, "anna", Role::Mentee);
    let page = format!("{}/decision?role=mentee&answer=wait&pick={id}", desk(house));
    house.get("ute", &page).is_ok().says("nobody else waits");
    let berta = house.apply("berta", Role::Mentee).leads_to();
    house.get("ute", &page).is_ok().says("goes to the end of the waiting list");
    decide(house, "wait", Role::Mentee, &["anna"]);
    minutes_later(house, 10);
    house.get("anna", &anna).is_ok().says("waiting list (place 1)");
    house.get("berta", &berta).is_ok().says("a place is offered");
    assert_eq!(letters_named(house, "anna", "waiting_list"), 1);
    house.post("berta", &format!("{berta}/offer"), &[("answer", "accept")]).leads_to();
    assert_eq!(roles_of(house, "berta"), ["applicant"], "Berta has the place, and is still to be read");
    house.get("ute", &format!("/cohorts/{}/places/order", house.cohort)).is_ok().says("In order.").says("in reserve");
}

fn whoever_withdrew_meanwhile_is_left_alone(house: &House) {
    reads_first(house);
    let anna = house.apply("anna", Role::Mentee).leads_to();
    house.apply("berta", Role::Mentee).leads_to();
    decide(house, "decline", Role::Mentee, &["anna", "berta"]);
    house.post("anna", &format!("{anna}/withdrawal"), &[]).leads_to();
    minutes_later(house, 10);
    house.get("anna", &anna).is_ok().says("withdrawn");
    assert_eq!(letters_named(house, "anna", "application_declined"), 0);
    assert_eq!(letters_named(house, "berta", "application_declined"), 1);
    let id = Id::parse(&id_of(house, "anna", Role::Mentee)).unwrap();
    assert!(!journal_about(house, id).contains(&"application declined".to_owned()));
}

fn what_is_asked_for_and_counted_is_the_chairs_to_choose(house: &House) {
    house.role("ute", Role::Chair);
    house.role("cora", Role::Council);
    let rules = format!("{}/rules", desk(house));
    house.get("ute", &rules).is_ok().says("Clear goals");
    assert_eq!(house.get("cora", &rules).status, 404);
    let many = "a\nb\nc\nd\ne\nf\ng";
    assert_eq!(house.post("ute", &rules, &[("criteria", many)]).says("these are 7").status, 422);
    house.post("ute", &rules, &[("criteria", "Curiosity")]).leads_to();
    house.apply("anna", Role::Mentee).leads_to();
    assert_eq!(roles_of(house, "anna"), ["mentee"], "who is not read first joins at once");
    let id = id_of(house, "anna", Role::Mentee);
    house
        .get("cora", &format!("{}/compare?pick={id}", desk(house)))
        .is_ok()
        .says("Curiosity")
        .does_not_say("Clear goals");
    let page = format!("{}/decision?role=mentee&answer=decline&pick={id}", desk(house));
    house.get("ute", &page).is_ok().says("a place that was given is not taken back");
    assert_eq!(house.get("cora", &page).status, 404);
}
