//! Somebody nominates somebody, who decides. APP1

use platform::identity;
use policy::Role;
use testing::House;

use super::{World, figures, roles_of};

testing::on_both_databases! {
    crate::journeys::doors(); crate::jobs;
    a_nominee_says_yes_and_finds_the_form_begun
    a_nominee_who_is_signed_in_goes_to_the_form
    a_no_deletes_everything_at_once
    without_an_answer_a_nomination_is_reminded_of_once_and_deleted
    a_nominator_learns_the_same_whatever_happens
    who_has_applied_already_is_told_so_and_not_asked_again
    who_applies_before_the_reminder_is_not_reminded
    twenty_nominations_a_day_are_enough
    a_nomination_that_is_wrong_is_shown_again
    the_committee_reads_a_nomination_only_after_a_yes
    the_nomination_asks_what_it_must_and_nothing_else
    the_letter_to_a_nominee_says_all_that_they_must_know
    a_nomination_is_deleted_on_the_day_that_the_letter_named
    a_nominator_learns_that_the_letter_was_delivered_and_nothing_else
}

const NOMINATION: [(&str, &str); 9] = [
    ("no_who", "Nora Nominator"),
    ("no_who_email", "nora@example.org"),
    ("no_for", "mentee"),
    ("no_name", "Tina Tanaka"),
    ("no_mail", "Tina@Example.org"),
    ("no_why", "She asks the questions that others avoid."),
    ("no_know", "colleague"),
    ("no_ok", "no"),
    ("no_tell", "yes"),
];

fn nominate(house: &House) -> String {
    house.post_as_stranger("/nominate", &NOMINATION).leads_to();
    house.link_in(&house.letters_to("tina").pop().unwrap())
}

// APP1: before the yes nothing but the nomination is kept, and it holds no place.
fn a_nominee_says_yes_and_finds_the_form_begun(house: &House) {
    let link = nominate(house);
    let letter = house.letters_to("tina").pop().unwrap();
    for words in ["Nora Nominator", "She asks the questions", "we delete them on", "Dear Tina"] {
        assert!(letter.text.contains(words), "{words}: {}", letter.text);
    }
    for _ in 0..2 {
        house.get_as_stranger(&link).is_ok().says("She asks the questions").says("Begin the form");
    }
    assert!(house.read(|tx| Ok(identity::find_by_email(tx, "tina@example.org")?)).is_none());
    assert_eq!(house.post_as_stranger(&link, &[("answer", "accept")]).leads_to(), "/look-in-your-mail");
    let account = house.read(|tx| Ok(identity::find_by_email(tx, "tina@example.org")?)).unwrap();
    assert_eq!(account.name, "Tina Tanaka");
    assert_eq!(house.letter_names_to("tina"), ["nomination_to_nominee", "account_invitation"]);
    house.sign_in("tina", account.id);
    let form = house.get("tina", "/apply/mentee?all=yes").is_ok();
    assert!(form.body.contains("Tina Tanaka") && form.body.contains("tina@example.org"));
    assert_eq!(roles_of(house, "tina"), ["applicant"]);
    assert_eq!(house.post_as_stranger(&link, &[("answer", "decline")]).status, 409);
    let figures = figures(house);
    assert_eq!((figures.nominations, figures.nominations_accepted, figures.mentee_drafts), (1, 1, 1));
    assert_eq!(figures.taken, 0, "a nomination holds no place");
}

fn a_nominee_who_is_signed_in_goes_to_the_form(house: &House) {
    house.person("tina");
    let link = nominate(house);
    assert_eq!(house.post("tina", &link, &[("answer", "accept")]).leads_to(), "/apply/mentee");
    house.get("tina", "/apply/mentee?all=yes").is_ok().says("I was nominated");
    assert_eq!(house.letter_names_to("tina"), ["nomination_to_nominee"]);
    // The reason is sealed, and the committee reads it once she has applied.
    house.role("ute", Role::Chair);
    let page = format!("/cohorts/{}{}", house.cohort, house.path_of("tina", Role::Mentee));
    assert_eq!(house.get("ute", &page).status, 404, "a draft is its author's");
    house.apply("tina", Role::Mentee).leads_to();
    house.get("ute", &page).is_ok().says("Nora Nominator: “She asks the questions");
    let ute = testing::full_name("ute");
    let seen = house.readings_of("tina");
    assert_eq!(seen, [format!("{ute}: nomination"), format!("{ute}: application")]);
}

// APP1: a no deletes name, address and words at once.
fn a_no_deletes_everything_at_once(house: &House) {
    let link = nominate(house);
    let no = house.links_in(&house.letters_to("tina").pop().unwrap()).into_iter().nth(1).unwrap();
    house.get_as_stranger(&no).is_ok().says("Not now: delete what you have");
    house.post_as_stranger(&link, &[("answer", "decline")]).leads_to();
    assert_eq!(what_is_kept(house), ["declined"]);
    assert_eq!((figures(house).nominations, figures(house).nominations_ended), (1, 1));
    house.get_as_stranger(&link).is_ok().says("has been answered");
    assert!(house.read(|tx| Ok(identity::find_by_email(tx, "tina@example.org")?)).is_none());
    house.days(40);
    house.run_jobs();
    assert_eq!(house.letters_to("tina").len(), 1);
}

// APP1: one reminder after 7 days, deletion after 30.
fn without_an_answer_a_nomination_is_reminded_of_once_and_deleted(house: &House) {
    nominate(house);
    house.days(6);
    house.run_jobs();
    assert_eq!(house.letters_to("tina").len(), 1);
    house.days(1);
    house.run_jobs();
    house.days(3);
    house.run_jobs();
    assert_eq!(house.letter_names_to("tina"), ["nomination_to_nominee", "nomination_reminder"]);
    let link = house.link_in(&house.letters_to("tina").pop().unwrap());
    house.get_as_stranger(&link).is_ok().says("She asks the questions");
    house.days(20);
    house.run_jobs();
    assert_eq!(what_is_kept(house), ["lapsed"]);
    let late = house.post_as_stranger(&link, &[("answer", "accept")]);
    assert_eq!(late.status, 409);
    assert_eq!(house.letters_to("tina").len(), 2);
}

// APP1: nobody learns from the form whether somebody is known or was nominated before.
fn a_nominator_learns_the_same_whatever_happens(house: &House) {
    let first = house.post_as_stranger("/nominate", &NOMINATION);
    let again = house.post_as_stranger("/nominate", &NOMINATION);
    assert_eq!((first.leads_to(), first.cookies), (again.leads_to(), again.cookies));
    assert_eq!(house.letters_to("tina").len(), 1);
    for other in ["b@example.org", "c@example.org", "d@example.org", "e@example.org"] {
        let mut fields = NOMINATION;
        fields[1].1 = other;
        house.post_as_stranger("/nominate", &fields).leads_to();
    }
    assert_eq!(house.letters_to("tina").len(), 3, "nobody is flooded with letters");
}

fn who_has_applied_already_is_told_so_and_not_asked_again(house: &House) {
    let unknown = house.post_as_stranger("/nominate", &with_address("unknown@example.org"));
    house.apply("tina", Role::Mentee).leads_to();
    let before = house.letters_to("tina").len();
    let first = house.post_as_stranger("/nominate", &NOMINATION);
    assert_eq!(
        (first.leads_to(), &first.cookies),
        (unknown.leads_to(), &unknown.cookies),
        "the nominator learns nothing"
    );
    let mut fields = NOMINATION;
    fields[1].1 = "other@example.org";
    house.post_as_stranger("/nominate", &fields).leads_to();
    let letters = house.letters_to("tina").split_off(before);
    assert_eq!(letters.len(), 1, "one such letter is enough");
    assert_eq!(letters[0].letter, "nomination_of_applicant");
    assert!(letters[0].text.contains("There is nothing to do") && letters[0].text.contains("Nora Nominator"));
    assert_eq!(house.link_in(&letters[0]), house.path_of("tina", Role::Mentee));
    assert_eq!(what_is_kept(house).split_off(1), ["lapsed", "lapsed"]);
    house.days(8);
    house.run_jobs();
    assert_eq!(house.letters_to("tina").len(), before + 1);
}

fn who_applies_before_the_reminder_is_not_reminded(house: &House) {
    nominate(house);
    house.apply("tina", Role::Mentee).leads_to();
    house.days(8);
    house.run_jobs();
    assert!(!house.letter_names_to("tina").contains(&"nomination_reminder".to_owned()));
    assert_eq!(what_is_kept(house), ["lapsed"]);
}

fn with_address(address: &str) -> [(&'static str, &str); 9] {
    let mut fields: [(&'static str, &str); 9] = NOMINATION;
    fields[4].1 = address;
    fields
}

fn twenty_nominations_a_day_are_enough(house: &House) {
    let nominated = |number: usize| {
        let address = format!("nominee{number}@example.org");
        let mut fields = NOMINATION;
        fields[4].1 = &address;
        house.post_as_stranger("/nominate", &fields)
    };
    for number in 0..20 {
        nominated(number).leads_to();
    }
    let refused = nominated(20);
    assert_eq!(refused.status, 422);
    refused.says("20 people were nominated from your address").says("She asks the questions");
    house.days(1);
    nominated(21).leads_to();
}

fn a_nomination_that_is_wrong_is_shown_again(house: &House) {
    let mut fields = NOMINATION;
    fields[4].1 = "nora@example.org";
    fields[8].1 = "";
    let refused = house.post_as_stranger("/nominate", &fields);
    assert_eq!(refused.status, 422);
    refused.says("This is your own address").says("will see my name").says("She asks the questions");
    house.at("2026-04-15T10:00:00Z");
    let mentees_alone = house.get_as_stranger("/nominate").is_ok().says("Mentors: The call closed on");
    assert!(!mentees_alone.body.contains("value=\"mentor\"") && mentees_alone.body.contains("value=\"mentee\""));
    house.at("2026-04-21T10:00:00Z");
    let late = house.post_as_stranger("/nominate", &NOMINATION);
    assert_eq!(late.status, 422);
    late.says("The call closed on 20 April 2026");
    house.get_as_stranger("/nominate").is_ok().says("nobody can be nominated now");
    assert_eq!(figures(house).nominations, 0);
    assert_eq!(house.get_as_stranger("/nominations/not-one-of-ours").status, 200);
    house.get_as_stranger("/nominations/not-one-of-ours").says("not one of ours");
}

// APP1: nothing is visible to the committee before consent.
fn the_committee_reads_a_nomination_only_after_a_yes(house: &House) {
    house.role("ute", Role::Chair);
    house.person("tina");
    let link = nominate(house);
    let list = format!("/cohorts/{}/applications", house.cohort);
    house.get("ute", &list).is_ok().says("nominations 1").does_not_say("Nora").does_not_say("Tina");
    house.post("tina", &link, &[("answer", "accept")]).leads_to();
    house.get("ute", &list).is_ok().does_not_say("Tina");
    house.apply("tina", Role::Mentee).leads_to();
    let id = house.path_of("tina", Role::Mentee).replace("/applications/", "");
    house.get("ute", &format!("{list}/{id}")).is_ok().says("Nora Nominator").says("She asks the questions");
}

// APP1: the fields of the form, every one of them required.
fn the_nomination_asks_what_it_must_and_nothing_else(house: &House) {
    let form = house.read(|tx| forms::current(tx, "nomination"));
    let keys: Vec<&str> = form.fields().map(|it| it.key.as_str()).collect();
    assert_eq!(keys, NOMINATION.map(|(name, _)| name));
    assert_eq!(form.field("no_why").unwrap().max, Some(600));
    assert_eq!(form.field("no_for").unwrap().options, ["mentor", "mentee"]);
    assert_eq!(form.field("no_ok").unwrap().options, ["yes", "no"]);
    for place in 0..NOMINATION.len() {
        let mut fields = NOMINATION;
        fields[place].1 = "";
        let refused = house.post_as_stranger("/nominate", &fields);
        assert_eq!(refused.status, 422, "{} is left empty", fields[place].0);
    }
    let mut fields = NOMINATION;
    let long = "a".repeat(601);
    fields[5].1 = &long;
    let refused = house.post_as_stranger("/nominate", &fields);
    assert_eq!(refused.status, 422);
    refused.says("Up to 600 fit here");
    assert_eq!((figures(house).nominations, house.letters().len()), (0, 0));
}

// APP1: the notice, line by line.
fn the_letter_to_a_nominee_says_all_that_they_must_know(house: &House) {
    let link = nominate(house);
    let letter = house.letters_to("tina").pop().unwrap();
    let text = letter.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(letter.subject.starts_with("Nora Nominator thinks of you for the "), "{}", letter.subject);
    for words in [
        "Dear Tina,",
        "Nora Nominator suggested you as a mentee in the",
        "wrote: “She asks the questions that others avoid.”",
        "pairs one mentor with one mentee from",
        "to Friday 30 April 2027",
        "Nothing happens unless you want it.",
        "Fill in the mentee form:",
        "We received only your name, your address and the words above, from Nora Nominator.",
        "If you do not answer we delete them on",
        "22 March 2026",
        "ask us to delete them today or object to this use:",
        "privacy notice:",
        "for the mentoring committee",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let links = house.links_in(&letter);
    assert_eq!(links[0], link);
    assert_eq!(links[1], format!("{link}?answer=decline"));
    let privacy = links.iter().find(|it| it.contains("privacy")).expect("a way to the privacy notice");
    house.get_as_stranger(privacy).is_ok();
    // Objecting takes one click on the page behind the link.
    house.get_as_stranger(&links[1]).is_ok().says("delete what you have");
}

// APP1: the clock of the letter and that of the deletion are one.
fn a_nomination_is_deleted_on_the_day_that_the_letter_named(house: &House) {
    nominate(house);
    house.at("2026-03-22T09:59:00Z");
    house.run_jobs();
    assert!(what_is_kept(house)[0].contains("tina@example.org"), "the thirtieth day is not over");
    house.at("2026-03-22T10:00:00Z");
    house.run_jobs();
    assert_eq!(what_is_kept(house), ["lapsed"]);
    assert_eq!(house.letter_names_to("nora"), Vec::<String>::new(), "who nominated is not told");
}

// APP1: the nominator learns only "delivered".
fn a_nominator_learns_that_the_letter_was_delivered_and_nothing_else(house: &House) {
    house.person("nora");
    let to = house.post("nora", "/nominate", &NOMINATION).leads_to();
    let before = house.get("nora", &to).is_ok().body;
    let link = house.link_in(&house.letters_to("tina").pop().unwrap());
    house.post_as_stranger(&link, &[("answer", "decline")]).leads_to();
    house.days(1);
    house.run_jobs();
    assert_eq!(house.letter_names_to("nora"), Vec::<String>::new());
    house.sign_in("nora", house.person("nora"));
    let after = house.get("nora", &to).is_ok();
    for words in ["Tina", "She asks the questions", "declined"] {
        assert!(!before.contains(words) && !after.body.contains(words), "{words}");
    }
    let done = house.read(|tx| forms::current(tx, "nomination")).done;
    assert!(done.contains("delivered") && done.contains("theirs to tell"), "{done}");
}

/// The states of all nominations, and every text that is still kept beside them.
fn what_is_kept(house: &House) -> Vec<String> {
    house.read(|tx| Ok(tx.rows(&EVERYTHING, &[])?))
}

platform::sql! {
    EVERYTHING => "select state || coalesce(name, '') || coalesce(address, '') || coalesce(reason, '') || coalesce(nominator_name, '') || coalesce(nominator_address, '') as kept from nominations order by id";
}
