//! Sealing as the rooms see it, on a database of its own.

use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::{ids::Id, storage::tests::House};

crate::sealed! {
    WORDS => "tests", "words", "the words of a test";
}

#[test]
fn what_was_sealed_opens_at_its_place_alone() {
    let house = House::open("sealed");
    let scope = Scope::new("pair", Id::from(1));
    let place = WORDS.at(7).by(Id::from(2)).revision(3);
    let (one, there) = (scope.clone(), place.clone());
    let sealed = house.db.write(move |tx| seal(tx, &one, &there, "between us")).unwrap();
    let opened = |scope: Scope, place: Place| {
        let sealed = sealed.clone();
        house.db.read(move |tx| open(tx, &scope, &place, &sealed)).map_err(|it: StorageError| it.to_string())
    };
    assert_eq!(opened(scope.clone(), place.clone()), Ok(Some("between us".to_owned())));
    for elsewhere in [WORDS.at(8).by(Id::from(2)).revision(3), WORDS.at(7).revision(3), place.clone().revision(4)] {
        assert!(opened(scope.clone(), elsewhere).is_err());
    }
    assert_eq!(opened(Scope::new("pair", Id::from(9)), place), Ok(None));
}

#[test]
fn a_destroyed_key_leaves_nothing_even_where_a_new_one_stands() {
    let house = House::open("shredded");
    let scope = Scope::author(Id::from(1), Id::from(2));
    let before = scope.clone();
    let sealed = house.db.write(move |tx| seal(tx, &before, &WORDS.at(1), "mine")).unwrap();
    assert_eq!(house.db.write(|tx| shred_author(tx, Id::from(1))).unwrap(), 1);
    let (after, again) = (scope.clone(), sealed.clone());
    assert_eq!(house.db.read(move |tx| open(tx, &after, &WORDS.at(1), &again)).unwrap(), None);
    let anew = scope.clone();
    house.db.write(move |tx| seal(tx, &anew, &WORDS.at(2), "anew")).unwrap();
    assert_eq!(house.db.read(move |tx| open(tx, &scope, &WORDS.at(1), &sealed)).unwrap(), None);
}

// A key that is made stands on the disk before anything sealed with it.
#[test]
fn a_unit_that_is_undone_leaves_a_key_and_no_text() {
    let house = House::open("undone");
    let undone = house.db.write(|tx| {
        seal(tx, &Scope::new("pair", 1), &WORDS.at(1), "never kept")?;
        Err::<(), _>(StorageError::Other("refused".to_owned()))
    });
    assert!(undone.is_err());
    assert_eq!(house.db.read(|tx| scopes(tx, "pair")).unwrap().len(), 1);
}

#[test]
fn a_rotation_wraps_every_key_under_a_new_master_and_all_texts_open() {
    let house = House::open("rotated");
    let sealed: Vec<Vec<u8>> = house
        .db
        .write(|tx| (0..50).map(|it| seal(tx, &Scope::new("pair", it), &WORDS.at(it), "still here")).collect())
        .unwrap();
    let old = house.db.ground.keyring.names();
    let new = house.db.ground.keyring.add().unwrap().unwrap();
    assert_eq!(house.db.write(rewrap).unwrap(), 50);
    let hanging = house.db.read(status).unwrap();
    assert_eq!(hanging.iter().map(|it| (it.master.clone(), it.keys)).collect::<Vec<_>>(), [(new.clone(), 50)]);
    assert!(old.iter().all(|it| *it != new));
    house
        .db
        .read(move |tx| {
            for (number, sealed) in sealed.iter().enumerate() {
                let opened = open(tx, &Scope::new("pair", number), &WORDS.at(number), sealed)?;
                assert_eq!(opened.as_deref(), Some("still here"));
            }
            Ok::<_, StorageError>(())
        })
        .unwrap();
}

#[test]
fn a_keyring_that_others_may_read_is_refused_with_a_way_out() {
    let folder = std::env::temp_dir().join(format!("duology_keyring_{}", std::process::id()));
    let file = folder.join("master.key");
    let _ = std::fs::remove_dir_all(&folder);
    let made = Keyring::make(&file).unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o400);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o440)).unwrap();
    let refused = Keyring::read(Source::File(file.clone())).err().unwrap().to_string();
    assert!(refused.contains("may be read by others") && refused.contains("chmod 400"), "{refused}");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let read = Keyring::read(Source::File(file.clone())).unwrap();
    assert_eq!(read.names(), made.names());
    // What another process adds is known when it is first met.
    let added = made.add().unwrap().unwrap();
    assert!(read.named("00000000").is_none());
    assert!(read.named(&added).is_some());
    assert_eq!(read.newest().unwrap().0, added);
    let _ = std::fs::remove_dir_all(&folder);
}

#[test]
fn a_lost_master_key_is_named_in_a_sentence() {
    let house = House::open("lost");
    house.db.write(|tx| seal(tx, &Scope::new("pair", 1), &WORDS.at(1), "x")).unwrap();
    let stranger = Keyring::fresh();
    let (master, wrapped) = wrap(&stranger, &Scope::new("pair", 1), &[7; 32]).unwrap();
    let error = unwrap(&house.db.ground.keyring, &Scope::new("pair", 1), &master, &wrapped).unwrap_err();
    assert!(error.to_string().contains(&format!("lacks the master key {master}")), "{error}");
}

#[test]
fn a_command_or_a_variable_can_give_the_keyring() {
    let line = format!("first {}", "ab".repeat(32));
    let from_command = Keyring::read(Source::Command(format!("echo '{line}'"))).unwrap();
    assert_eq!(from_command.names(), ["first"]);
    let from_variable = Keyring::read(Source::Environment(format!("{line},second {}", "cd".repeat(32)))).unwrap();
    assert_eq!(from_variable.names(), ["first", "second"]);
    assert!(from_variable.add().unwrap().is_err(), "a variable cannot be written; the line is given");
    assert!(Keyring::read(Source::Command("exit 3".to_owned())).is_err());
    assert!(Keyring::read(Source::Environment("rubbish".to_owned())).is_err());
}
