//! Units of work that gather for the audit, on a database.

use crate::{
    audit::{self, Acting, Client, Fault, Note, Reading},
    identity,
    ids::Id,
    jobs, journal, settings, sql,
    storage::{StorageError, Tx, tests::House},
    values,
};

type Refused = Result<(), StorageError>;

sql! {
    BLOCK => "create trigger no_audit before insert on audit begin select raise(abort, 'full'); end";
    CHANGE => "update audit set by_right = 'none' where seq = 1";
    DELETE => "delete from audit where seq = 1";
    DELETE_HEAD => "delete from audit_heads where number = 1";
    OPEN_UP => "drop trigger audit_keeps";
    SPOIL => "update audit set at = 'never' where seq = 1";
}

fn ana_and_bo(house: &House) -> (Id, Id) {
    house
        .db
        .write(|tx| {
            let ana = identity::add(tx, "Ana", "ana@example.org", None)?;
            Ok::<_, StorageError>((ana, identity::add(tx, "Bo", "bo@example.org", None)?))
        })
        .unwrap()
}

fn read_it(tx: &mut Tx, (reader, whose): (Id, Id)) {
    tx.acts(Acting { person: Some(reader), client: Client::Web, request: String::new() });
    let right = "as the liaison of this duo".to_owned();
    tx.has_read(Reading { record: "check-in answer", about: Id::from(7), whose: vec![whose, reader], right });
}

fn check(house: &House) -> Result<audit::Verified, Fault> {
    house.db.read(|tx| audit::check(tx, &[])).map_err(|it: StorageError| it.to_string()).unwrap()
}

// MSG3: what was read stands for the person it belongs to, and not for the one who read.
/// Proof for what is somebody's own.
fn own(person: Id) -> policy::Grant<policy::of::AuditLog> {
    let subject = policy::Subject { person: Some(person.number()), ..policy::Subject::default() };
    policy::grant(&subject, &policy::Facts::of_program().own(true)).unwrap()
}

#[test]
fn a_reading_in_a_unit_that_only_reads_is_written_down() {
    let house = House::open("audit_reading");
    let (ana, bo) = ana_and_bo(&house);
    house
        .db
        .read(move |tx| {
            read_it(tx, (ana, bo));
            Ok::<_, StorageError>(())
        })
        .unwrap();
    let of = |person| {
        house
            .db
            .read(move |tx| audit::readings_of(tx, &own(person), 10))
            .unwrap_or_else(|it: StorageError| panic!("{it}"))
    };
    let seen = of(bo);
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].reader.as_deref(), seen[0].about), (Some("Ana"), Some(Id::from(7))));
    assert_eq!((seen[0].right.as_str(), seen[0].client.as_str()), ("as the liaison of this duo", "web"));
    assert_eq!(of(ana), Vec::new());
    assert_eq!(check(&house).unwrap().entries, 1);
}

#[test]
fn where_a_reading_cannot_be_written_down_the_reader_gets_nothing() {
    let house = House::open("audit_blocked");
    let people = ana_and_bo(&house);
    house.db.write(|tx| tx.exec(&BLOCK, values![]).map(|_| ())).unwrap_or_else(|it: StorageError| panic!("{it}"));
    let read = house.db.read(move |tx| {
        read_it(tx, people);
        Ok::<_, StorageError>("the answer")
    });
    assert!(read.is_err_and(|it| it.to_string().contains("full")));
}

#[test]
fn what_a_refused_unit_changed_is_not_told_and_what_it_read_or_tried_is() {
    let house = House::open("audit_refused");
    let (ana, bo) = ana_and_bo(&house);
    let refused: Refused = house.db.write(move |tx| {
        journal::record(tx, "duo formed", Id::from(9), Some(ana), None)?;
        settings::set(tx, "first", "never kept")?;
        read_it(tx, (ana, bo));
        audit::tried(tx, Note { action: "sign-in refused", account: Some(bo), about: None });
        audit::note(tx, Note { action: "signed in", account: Some(bo), about: None });
        Err(StorageError::Other("refused".to_owned()))
    });
    assert!(refused.is_err());
    let events: Vec<_> = house
        .db
        .read(|tx| audit::account_events(tx, &policy::house(), audit::Events::All, 10, 0))
        .unwrap_or_else(|it: StorageError| panic!("{it}"));
    assert_eq!(events.iter().map(|it| it.action.as_str()).collect::<Vec<_>>(), ["sign-in refused"]);
    assert_eq!(check(&house).unwrap().entries, 2);
}

#[test]
fn units_that_share_a_commit_share_the_chain() {
    let house = House::open("audit_shared");
    let outcomes = house.together(&[
        |tx| journal::record(tx, "one", Id::from(1), None, None),
        |tx| {
            journal::record(tx, "undone", Id::from(2), None, None)?;
            Err(StorageError::Other("refused".to_owned()))
        },
        |tx| journal::record(tx, "two", Id::from(3), None, None),
    ]);
    assert_eq!(outcomes.iter().filter(|it| it.is_none()).count(), 2);
    assert_eq!(check(&house).unwrap().entries, 2);
}

// ACC5
#[test]
fn nobody_changes_or_deletes_an_entry_or_a_head() {
    let house = House::open("audit_triggers");
    house.together(&[|tx| journal::record(tx, "one", Id::from(1), None, None)]);
    assert_eq!(jobs::run(&house.db, audit::JOBS).failed, Vec::new());
    for statement in [&CHANGE, &DELETE, &DELETE_HEAD] {
        let refused: Result<u64, StorageError> = house.db.write(|tx| tx.exec(statement, values![]));
        assert!(refused.is_err_and(|it| it.to_string().contains("only ever added to")), "{}", statement.sqlite);
    }
    let whole = check(&house).unwrap();
    assert_eq!((whole.entries, whole.heads), (1, 1));
}

#[test]
fn a_value_that_is_not_of_its_kind_is_named_by_its_entry() {
    let house = House::open("audit_spoiled");
    house.together(&[|tx| journal::record(tx, "one", Id::from(1), None, None)]);
    house.together(&[|tx| {
        tx.exec(&OPEN_UP, values![])?;
        tx.exec(&SPOIL, values![]).map(|_| ())
    }]);
    assert_eq!(check(&house), Err(Fault::Unreadable(1)));
}

// ACC3: an erasure deletes whose a pseudonym is; the chain stays whole.
#[test]
fn a_forgotten_person_leaves_a_whole_chain_that_names_nobody() {
    let house = House::open("audit_forgotten");
    let (ana, bo) = ana_and_bo(&house);
    house
        .db
        .write(move |tx| {
            read_it(tx, (ana, bo));
            journal::record(tx, "mentor joined", bo, Some(ana), Some(Id::from(5)))?;
            audit::forget(tx, bo);
            Ok::<_, StorageError>(())
        })
        .unwrap();
    assert_eq!(check(&house).unwrap().entries, 3);
    let seen =
        house.db.read(move |tx| audit::readings_of(tx, &own(bo), 10)).unwrap_or_else(|it: StorageError| panic!("{it}"));
    assert_eq!(seen, Vec::new());
}

#[test]
fn what_is_older_than_two_years_is_let_go_and_the_rest_is_whole() {
    let house = House::open("audit_cut");
    let (ana, bo) = ana_and_bo(&house);
    let read = move |tx: &mut Tx| {
        read_it(tx, (ana, bo));
        Ok::<_, StorageError>(())
    };
    house.db.write(read).unwrap();
    assert_eq!(jobs::run(&house.db, audit::JOBS).done, 1);
    house.db.ground.clock.advance(jiff::SignedDuration::from_hours(24 * 31 * 26));
    house.together(&[|tx| journal::record(tx, "later", Id::from(1), None, None)]);
    assert_eq!(jobs::run(&house.db, audit::JOBS), jobs::Run { done: 2, failed: Vec::new() });
    let whole = check(&house).unwrap();
    assert_eq!((whole.first, whole.entries), (2, 1));
    house.db.write(read).unwrap();
    assert_eq!(check(&house).unwrap().entries, 2);
}
