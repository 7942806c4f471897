use platform::{prelude::*, sql};
use testing::House;

use super::marta_and_nils;

testing::on_both_databases! { crate::doors(); crate::jobs;
    shared_and_private_notes_are_apart
    only_the_author_deletes_a_note
    an_empty_or_endless_note_comes_back
    nothing_the_two_write_is_in_the_database_in_clear
}

// MTG4
fn shared_and_private_notes_are_apart(house: &House) {
    let duo = marta_and_nils(house);
    let path = duo.path("/notebook");
    house.post("nils", &path, &[("kind", "shared"), ("text", "Read the budget together.\n\nThen lunch.")]).leads_to();
    house.post("nils", &path, &[("kind", "private"), ("text", "I was too shy to ask.")]).leads_to();
    let own = house.get("nils", &path).is_ok().says("Read the budget together.").says("I was too shy to ask.");
    own.says("Only the two of you. Not your liaison, not the chair, not the office.")
        .says("Only you. Not your partner, not your liaison, not the chair, not the office.");
    for page in [&path, &duo.path("")] {
        house.get("marta", page).is_ok().says("Read the budget together.").does_not_say("too shy");
    }
    // What does not say for whom it is stays with its author.
    house.post("nils", &path, &[("text", "Unsaid.")]).leads_to();
    house.get("marta", &path).is_ok().does_not_say("Unsaid.");
}

fn only_the_author_deletes_a_note(house: &House) {
    let duo = marta_and_nils(house);
    let path = duo.path("/notebook");
    house.post("nils", &path, &[("kind", "shared"), ("text", "Ours")]).leads_to();
    let removal = format!("{path}/{}/removal", house.read(|tx| Ok(tx.one::<Id>(&NOTE_IDS, values![])?)));
    assert!(!house.get("marta", &path).body.contains(&removal));
    assert_eq!(house.post("marta", &removal, &[]).status, 404);
    assert!(house.get("nils", &path).body.contains(&removal));
    house.post("nils", &removal, &[]).leads_to();
    house.get("nils", &path).is_ok().says("No shared note yet.");
}

fn an_empty_or_endless_note_comes_back(house: &House) {
    let duo = marta_and_nils(house);
    let path = duo.path("/notebook");
    let empty = house.post("nils", &path, &[("kind", "shared"), ("text", "  ")]);
    assert_eq!(empty.status, 422);
    empty.says("Write something first.");
    let long = "word ".repeat(1001);
    let refused = house.post("nils", &path, &[("kind", "private"), ("text", &long)]);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains(long.trim()));
}

sql! {
    NOTE_IDS => "select id from duo_notes";
    NOTES => "select body from duo_notes";
    AGREEMENTS => "select body from agreements";
    GOALS => "select body from duo_goals";
}

/// Stands in everything that is sealed and nowhere else.
const CANARY: &str = "canary-7f3a91";

// C-05 in small
fn nothing_the_two_write_is_in_the_database_in_clear(house: &House) {
    let duo = marta_and_nils(house);
    for kind in ["shared", "private"] {
        house.post("nils", &duo.path("/notebook"), &[("kind", kind), ("text", CANARY)]).leads_to();
    }
    house.post("nils", &duo.path("/agreement"), &[("revision", "0"), ("purpose", CANARY)]).leads_to();
    house.post("nils", &duo.path("/goals"), &[("revision", "0"), ("goal_1_title", CANARY)]).leads_to();
    for below in ["/notebook", "/agreement", "/goals"] {
        assert!(house.get("nils", &duo.path(below)).body.contains(CANARY), "{below}");
    }
    let bodies: Vec<Vec<u8>> = house.read(|tx| {
        let mut bodies = tx.rows(&NOTES, values![])?;
        bodies.extend(tx.rows::<Vec<u8>>(&AGREEMENTS, values![])?);
        bodies.extend(tx.rows::<Vec<u8>>(&GOALS, values![])?);
        Ok(bodies)
    });
    assert_eq!(bodies.len(), 4);
    assert!(bodies.iter().all(|it| !has_canary(it)));
    // The whole file, with what is not yet written back into it.
    let Some(file) = house.file() else { return };
    for end in ["", "-wal"] {
        let bytes = std::fs::read(format!("{}{end}", file.display())).unwrap_or_default();
        assert!(end == "-wal" || !bytes.is_empty());
        assert!(!has_canary(&bytes), "{end}");
    }
}

fn has_canary(bytes: &[u8]) -> bool {
    bytes.windows(CANARY.len()).any(|it| it == CANARY.as_bytes())
}
