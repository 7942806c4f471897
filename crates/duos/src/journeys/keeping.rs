//! How long what a duo wrote is kept, taking it along, and its end.

use policy::{Action, Role};
use testing::House;

use super::{later, marta_and_nils, times};
use crate::{Duo, SHREDDED};

testing::on_both_databases! {
    crate::doors().merge(program::doors()); crate::jobs;
    the_day_is_shown_and_both_are_offered_their_record_before_it
    each_takes_along_what_they_may_read_and_nothing_else
    after_its_day_the_record_is_gone_and_every_page_says_so
    the_chair_chooses_the_months_within_bounds
    nobody_loses_a_record_they_were_not_offered
    an_author_who_is_erased_leaves_withdrawn_notes
}

fn write_all(house: &House) -> Duo {
    let duo = marta_and_nils(house);
    for (who, kind, text) in
        [("nils", "shared", "our next step"), ("nils", "private", "mine alone"), ("marta", "private", "hers alone")]
    {
        house.post(who, &duo.path("/notebook"), &[("kind", kind), ("text", text)]).leads_to();
    }
    house.post("nils", &duo.path("/agreement"), &[("revision", "0"), ("purpose", "to learn budgets")]).leads_to();
    house.post("nils", &duo.path("/goals"), &[("revision", "0"), ("goal_1_title", "write a budget")]).leads_to();
    duo
}

fn letters(house: &House, who: &str, name: &str) -> usize {
    house.letter_names_to(who).iter().filter(|it| *it == name).count()
}

fn the_day_is_shown_and_both_are_offered_their_record_before_it(house: &House) {
    let duo = write_all(house);
    house.get("nils", &duo.path("")).is_ok().says("are kept until Sunday 30 April 2028");
    house.get("nils", &duo.path("/notebook")).is_ok().says("Kept until Sunday 30 April 2028, then deleted.");
    later(house, "2028-03-29T15:00:00Z", &["nils"]);
    house.run_jobs();
    assert_eq!(letters(house, "nils", "content_goes"), 0);
    later(house, "2028-04-01T15:00:00Z", &["nils"]);
    house.run_jobs();
    house.run_jobs();
    assert_eq!((letters(house, "nils", "content_goes"), letters(house, "marta", "content_goes")), (1, 1));
    let letter = house.letters_to("nils").pop().unwrap();
    assert_eq!(house.link_in(&letter), duo.path("/export"));
    assert!(!letter.text.contains("our next step") && letter.text.contains("2028"), "{}", letter.text);
}

fn each_takes_along_what_they_may_read_and_nothing_else(house: &House) {
    let duo = write_all(house);
    for file in ["/export/page", "/export/data"] {
        let nils = house.get("nils", &duo.path(file)).is_ok().body;
        for words in ["our next step", "mine alone", "to learn budgets", "write a budget"] {
            assert!(nils.contains(words), "{file}: {words} is not in {nils}");
        }
        assert!(!nils.contains("hers alone"), "{file}");
        let marta = house.get("marta", &duo.path(file)).is_ok().body;
        assert!(marta.contains("hers alone") && !marta.contains("mine alone"), "{file}");
        house.person("otto");
        house.role("carla", Role::Chair);
        for other in ["otto", "carla"] {
            assert_eq!(house.get(other, &duo.path(file)).status, 404, "{other} {file}");
        }
    }
}

fn after_its_day_the_record_is_gone_and_every_page_says_so(house: &House) {
    let duo = write_all(house);
    later(house, "2028-04-02T15:00:00Z", &["nils"]);
    house.run_jobs();
    later(house, "2028-05-03T15:00:00Z", &["nils", "marta"]);
    house.run_jobs();
    house.run_jobs();
    assert_eq!(times(house, SHREDDED, duo.id), 1);
    assert_eq!((letters(house, "nils", "content_gone"), letters(house, "marta", "content_gone")), (1, 1));
    for below in ["", "/notebook", "/agreement", "/goals", "/export", "/export/page"] {
        let page = house.get("nils", &duo.path(below)).is_ok();
        for words in ["our next step", "mine alone", "to learn budgets", "write a budget"] {
            assert!(!page.body.contains(words), "{below}: {words}");
        }
    }
    house.get("nils", &duo.path("")).says("were deleted when their time was over");
    house.get("nils", &duo.path("/export")).says("Nothing is left to take along");
}

fn the_chair_chooses_the_months_within_bounds(house: &House) {
    let duo = write_all(house);
    house.role("carla", Role::Chair);
    let page = "/program/keeping";
    house.get("carla", page).is_ok().says("Sunday 30 April 2028");
    for wrong in ["61", "-1", "a year", ""] {
        let refused = house.post("carla", page, &[("months", wrong)]);
        assert_eq!(refused.status, 422, "{wrong}");
        refused.says("Please give a whole number of months from 0 to 60.");
    }
    house.post("carla", page, &[("months", "24")]).leads_to();
    house.get("nils", &duo.path("")).is_ok().says("are kept until Monday 30 April 2029");
    assert_eq!(house.get("nils", page).status, 404);
    assert!(Action::RunProgram.need().is_some());
}

fn nobody_loses_a_record_they_were_not_offered(house: &House) {
    let duo = write_all(house);
    house.role("carla", Role::Chair);
    // The house slept for years, or the chair has just cut the months down to none.
    later(house, "2030-01-15T15:00:00Z", &["nils", "carla"]);
    house.post("carla", "/program/keeping", &[("months", "0")]).leads_to();
    house.run_jobs();
    house.run_jobs();
    assert_eq!((times(house, SHREDDED, duo.id), letters(house, "nils", "content_goes")), (0, 1));
    house
        .get("nils", &duo.path("/notebook"))
        .is_ok()
        .says("our next step")
        .says("Kept until Thursday 14 February 2030");
    later(house, "2030-02-15T16:00:00Z", &["nils"]);
    house.run_jobs();
    assert_eq!(times(house, SHREDDED, duo.id), 1);
}

fn an_author_who_is_erased_leaves_withdrawn_notes(house: &House) {
    let duo = write_all(house);
    let nils = duo.mentee;
    house.write(move |tx| Ok(platform::keys::shred_author(tx, nils)?));
    let book = house.get("marta", &duo.path("/notebook")).is_ok();
    book.says("This note was withdrawn.").says("hers alone").does_not_say("our next step");
    house.get("marta", &duo.path("")).is_ok().says("This note was withdrawn.");
    assert!(house.get("marta", &duo.path("/goals")).is_ok().body.contains("write a budget"));
}
