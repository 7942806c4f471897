//! Another e-mail address: confirmed from the new mailbox, stopped or put back from the old.

use platform::{identity, prelude::*};
use policy::Role;
use testing::{Answer, House};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    the_new_mailbox_says_yes_and_the_old_one_is_told
    whoever_has_the_mailbox_alone_takes_nothing
    the_old_mailbox_stops_it_before_and_puts_it_back_after
    whoever_moved_it_further_is_out_all_the_same
    nobody_learns_whether_an_address_has_an_account
    the_office_is_asked_to_correct_the_roster
    three_wishes_a_day_are_enough
    nobody_takes_the_old_address_meanwhile
}

const NEW: &str = "anna.new@example.org";

fn wish(house: &House, email: &str) -> Answer {
    house.post("anna", "/me/address", &[("new_email", email)])
}

/// The link in the newest letter of a kind.
fn link(house: &House, letter: &str) -> String {
    let letters = house.letters();
    let found = letters.iter().rfind(|it| it.letter == letter).unwrap_or_else(|| panic!("no {letter}"));
    house.link_in(found)
}

fn address(house: &House, account: Id) -> String {
    house.read(move |tx| Ok(identity::find(tx, account)?.unwrap().email))
}

fn is_signed_in(house: &House, who: &str) -> bool {
    house.get(who, "/me").status == 200
}

fn move_anna(house: &House) -> Id {
    let anna = house.person("anna");
    wish(house, NEW).leads_to();
    house.run_jobs();
    house.post("anna", &link(house, "address_new"), &[]).leads_to();
    anna
}

fn the_new_mailbox_says_yes_and_the_old_one_is_told(house: &House) {
    let anna = house.person("anna");
    let token = house.write(move |tx| Ok(identity::sign_in(tx, anna, "elsewhere", identity::Strength::OneFactor)?));
    house.get("anna", "/me").is_ok().says("You sign in with anna@example.org");
    assert_eq!(wish(house, "no address").says("Enter an e-mail address").status, 422);
    assert_eq!(wish(house, "ANNA@example.org").says("the address you have").status, 422);
    wish(house, NEW).leads_to();
    house.run_jobs();
    house.get("anna", "/me").is_ok().says("It waits for the link");
    let letters = house.letters();
    let to = |name: &str| letters.iter().find(|it| it.letter == name).unwrap().to_address.clone();
    assert_eq!((to("address_asked").as_str(), to("address_new").as_str()), ("anna@example.org", NEW));
    let link = link(house, "address_new");
    for _ in 0..2 {
        house.get("anna", &link).is_ok().says("From now on you sign in with anna.new@example.org");
    }
    assert_eq!(address(house, anna), "anna@example.org", "looking changes nothing");
    assert_eq!(house.post("anna", &link, &[]).leads_to(), "/me");
    assert_eq!(address(house, anna), NEW);
    assert!(is_signed_in(house, "anna"), "here they stay signed in");
    assert!(house.read(move |tx| Ok(identity::bearer(tx, &token)?)).is_none(), "elsewhere they are not");
    assert_eq!(house.post("anna", &link, &[]).status, 409);
    let was = house.read(move |tx| crate::addresses_of(tx, anna));
    assert_eq!(was, [NEW, "anna@example.org"]);
    house.let_proof_grow_old("anna");
    assert!(wish(house, "other@example.org").to.starts_with("/sign-in/again"));
}

fn whoever_has_the_mailbox_alone_takes_nothing(house: &House) {
    let anna = house.person("anna");
    house.person("berta");
    wish(house, NEW).leads_to();
    house.run_jobs();
    let link = link(house, "address_new");
    house.get_as_stranger(&link).is_ok().says("Please sign in as before");
    house.post_as_stranger(&link, &[]).is_ok().says("Please sign in as before");
    house.post("berta", &link, &[]).is_ok().says("Please sign in as before");
    assert_eq!(address(house, anna), "anna@example.org");
    house.days(2);
    house.post("anna", &link, &[]).says("has expired");
    assert_eq!(address(house, anna), "anna@example.org");
}

fn the_old_mailbox_stops_it_before_and_puts_it_back_after(house: &House) {
    let anna = house.person("anna");
    wish(house, NEW).leads_to();
    house.run_jobs();
    let (yes, stop) = (link(house, "address_new"), link(house, "address_asked"));
    house.get_as_stranger(&stop).is_ok().says("it stays with this one");
    house.post_as_stranger(&stop, &[]).is_ok().says("stays with this address");
    assert_eq!(house.post("anna", &yes, &[]).status, 409);
    assert_eq!(address(house, anna), "anna@example.org");
    move_anna(house);
    house.days(6);
    let back = link(house, "address_asked");
    house.get_as_stranger(&back).is_ok().says("it comes back to this one");
    house.post_as_stranger(&back, &[]).is_ok().says("is back with this address");
    assert_eq!(address(house, anna), "anna@example.org");
    assert!(!is_signed_in(house, "anna"), "whoever had moved it is out");
    house.run_jobs();
    assert!(house.letter_names_to("anna").contains(&"account_invitation".to_owned()));
    assert_eq!(house.post_as_stranger(&back, &[]).status, 409);
}

// V-18
// V-19: the mailbox that had the account first has the last word.
fn whoever_moved_it_further_is_out_all_the_same(house: &House) {
    let anna = move_anna(house);
    let back = link(house, "address_asked");
    wish(house, "third@example.org").leads_to();
    house.run_jobs();
    let back_to_the_second = link(house, "address_asked");
    assert_ne!(back, back_to_the_second);
    house.post("anna", &link(house, "address_new"), &[]).leads_to();
    assert_eq!(address(house, anna), "third@example.org");
    house.write(move |tx| Ok(identity::set_password(tx, anna, "known to somebody else")?));
    house.post_as_stranger(&back, &[]).is_ok().says("is back with this address");
    assert_eq!(house.post_as_stranger(&back_to_the_second, &[]).status, 409);
    assert_eq!(address(house, anna), "anna@example.org");
    assert!(!house.read(move |tx| Ok(identity::has_password(tx, anna)?)), "the password that was known is gone");
}

fn nobody_learns_whether_an_address_has_an_account(house: &House) {
    house.person("anna");
    house.person("berta");
    let free = wish(house, "nobody@example.org");
    let taken = wish(house, "berta@example.org");
    assert_eq!((free.leads_to(), free.cookies), (taken.leads_to(), taken.cookies));
    let pages: Vec<String> = ["nobody@example.org", "berta@example.org"]
        .map(|email| house.get("anna", "/me").text().replace(email, ""))
        .to_vec();
    assert_eq!(pages[0].contains("It waits for the link"), pages[1].contains("It waits for the link"));
    house.run_jobs();
    let told = house.letters_to("berta");
    assert_eq!(told.iter().map(|it| it.letter.as_str()).collect::<Vec<_>>(), ["address_taken"]);
    assert!(house.links_in(&told[0]).iter().all(|it| !it.starts_with("/address")), "it opens nothing");
    assert!(!told[0].text.contains("anna") && !told[0].text.contains("Anna"), "nor does it say who asked");
}

fn the_office_is_asked_to_correct_the_roster(house: &House) {
    const ROSTER: &str = "Member number,Name,E-mail,Status,Joined,Expires\n\
        100,Anna Anderson,anna@example.org,active,2015,2027-12-31\n";
    house.write(|tx| crate::import_roster(tx, ROSTER)).unwrap();
    let anna = move_anna(house);
    house.role("sten", Role::Staff);
    house.get("sten", "/roster").is_ok().says("has changed from anna@example.org to anna.new@example.org");
    let standing = house.read(move |tx| {
        let today = program::today(tx)?;
        crate::standing(tx, anna, today)
    });
    assert!(matches!(standing, crate::Standing::Member { .. }), "the number keeps the two together: {standing:?}");
}

fn three_wishes_a_day_are_enough(house: &House) {
    house.person("anna");
    for number in 0..3 {
        wish(house, &format!("n{number}@example.org")).leads_to();
    }
    assert_eq!(wish(house, NEW).says("three times today").status, 422);
    house.post("anna", "/me/address/stop", &[]).leads_to();
    house.get("anna", "/me").is_ok().does_not_say("It waits for the link");
    house.days(1);
    wish(house, NEW).leads_to();
}

fn nobody_takes_the_old_address_meanwhile(house: &House) {
    move_anna(house);
    let before = house.letters().len();
    house.post_as_stranger("/register", &[("name", "Thea Thief"), ("email", "anna@example.org")]).leads_to();
    house.run_jobs();
    assert_eq!(house.letters().len(), before);
    house.days(8);
    house.post_as_stranger("/register", &[("name", "Anna Other"), ("email", "anna@example.org")]).leads_to();
    house.run_jobs();
    assert_eq!(house.letters().len(), before + 1, "after a week it is free");
}
