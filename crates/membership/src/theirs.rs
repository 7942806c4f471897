//! What this room has of a person: the account, what they told about themselves, their line
//! on the roster, and who has read what is theirs.

use jiff::Timestamp;
use platform::{audit, identity, outbox, prelude::*};
use program::{
    Mine,
    mine::{Asking, Entry, Part, SOMEONE},
};

use crate::{address_changes, conflicts, factors, hand_overs, people, roster, sign_ins};

pub fn mine() -> Mine {
    let tables: &[&str] = &[
        "accounts",
        "people",
        "sign_ins",
        "app_codes",
        "recovery_codes",
        "passkeys",
        "outside_accounts",
        "promises",
        "roster_corrections",
        "eligibility_overrides",
        "address_changes",
        "links",
        "audit_people",
        "sign_in_steps",
        "conflicts",
    ];
    Mine { title: "Your account", tables, gather, forget }
}

const MOST_READINGS: i64 = 10_000;

row! {
    struct Promised {
        due: jiff::civil::Date,
        made_at: Timestamp,
        answer: String,
        note: String,
        kept_at: Option<Timestamp>,
    }
}

sql! {
    PROMISES => "select due, made_at, answer, note, kept_at from promises where person = $1 order by made_at, id";
    CORRECTIONS => "select words, asked_at, answer from roster_corrections where person = $1 order by asked_at, id";
    OVERRIDES => "select reason, made_at, ended_at from eligibility_overrides where person = $1 order by made_at, id";
    OUTSIDE => "select issuer, address, linked_at from outside_accounts where account = $1 order by linked_at";
    DROP_PEOPLE => "delete from people where account = $1";
    DROP_CORRECTIONS => "delete from roster_corrections where person = $1";
    DROP_OUTSIDE => "delete from outside_accounts where account = $1";
    DROP_STEPS => "delete from sign_in_steps where account = $1";
    DROP_WAYS => "delete from ways_in where lower(address) = $1";
    DROP_REFUSED => "delete from refused_sign_ins where lower(address) = $1";
    EMPTY_PROMISES => "update promises set note = '' where person = $1";
    EMPTY_OVERRIDES => "update eligibility_overrides set reason = '' where person = $1";
}

fn gather(tx: &mut Tx, asking: &Asking) -> Result<Vec<Part>, Failure> {
    let person = people::the_person(tx, asking, asking.person())?;
    let created = identity::created_at(tx, person.id)?;
    let told = Entry::new()
        .with("name", person.name.clone())
        .with("e-mail", person.email.clone())
        .with("pronouns", person.pronouns.clone())
        .with("phone", person.phone.clone())
        .with("city", person.city.clone())
        .with("time zone", person.zone.clone())
        .with("employer", person.employer.clone())
        .with("member number", person.member_number.clone())
        .with("member since", person.joined_year)
        .at(asking, "account made", created);
    let mut parts = vec![Part::new("What you told about yourself", vec![told]), roster_line(tx, asking, &person)?];
    parts.extend(ways_in(tx, asking)?);
    parts.extend(asked(tx, asking)?);
    parts.push(aside(tx, asking)?);
    let seen = audit::readings_of(tx, &asking.visit().own()?, MOST_READINGS)?.into_iter().map(|it| {
        Entry::new()
            .at(asking, "when", it.at)
            .with("who", it.reader.unwrap_or_else(|| "somebody whose account is gone".to_owned()))
            .with("what", it.record)
            .with("by what right", it.right)
    });
    parts.push(Part::new("Who has read what is yours", seen.collect()));
    Ok(parts)
}

fn roster_line(tx: &mut Tx, asking: &Asking, person: &people::Person) -> Result<Part, Failure> {
    let line = roster::find_person(tx, asking, person)?.map(|it| {
        Entry::new()
            .with("name", it.name)
            .with("e-mail", it.email)
            .with("member number", it.member_number)
            .with("joined", it.joined_year)
            .day("expires", it.expires_on)
            .with("kind of membership", it.category)
    });
    Ok(Part::new("Your line on the roster", line.into_iter().collect()))
}

/// How they sign in; never what proves it.
fn ways_in(tx: &mut Tx, asking: &Asking) -> Result<Vec<Part>, Failure> {
    let person = asking.person();
    let open = identity::sign_ins(tx, asking, person)?.into_iter().map(|it| {
        Entry::new().with("device", sign_ins::device(&it.agent)).at(asking, "since", it.created_at).at(
            asking,
            "last used",
            it.last_used_at,
        )
    });
    let open: Vec<Entry> = open.collect();
    let factors = factors::of(tx, person)?;
    let mut second = Vec::new();
    if factors.has_app {
        second.push(
            Entry::new().with("second factor", "an app with codes").with("recovery codes left", factors.codes_left),
        );
    }
    second.extend(
        factors.passkeys.into_iter().map(|it| Entry::new().with("passkey", it.name).at(asking, "made", it.created_at)),
    );
    let outside = tx.rows::<(String, String, Timestamp)>(&OUTSIDE, values![person])?;
    second.extend(outside.into_iter().map(|(issuer, address, at)| {
        Entry::new().with("sign-in at", issuer).with("as", address).at(asking, "linked", at)
    }));
    Ok(vec![Part::new("Sign-ins", open), Part::new("What proves that it is you", second)])
}

/// What they asked of the office, and what was decided about them.
fn asked(tx: &mut Tx, asking: &Asking) -> Result<Vec<Part>, Failure> {
    let person = asking.person();
    let promised = tx.rows::<Promised>(&PROMISES, values![person])?.into_iter().map(|it| {
        Entry::new()
            .day("member by", it.due)
            .at(asking, "promised", it.made_at)
            .with("your answer", it.answer)
            .with("your words", it.note)
            .at(asking, "kept", it.kept_at)
    });
    let promised: Vec<Entry> = promised.collect();
    let corrections = tx.rows::<(String, Timestamp, String)>(&CORRECTIONS, values![person])?;
    let corrections = corrections.into_iter().map(|(words, at, answer)| {
        Entry::new().with("you asked", words).at(asking, "asked", at).with("the office answered", answer)
    });
    let counted = tx.rows::<(String, Timestamp, Option<Timestamp>)>(&OVERRIDES, values![person])?;
    let counted = counted.into_iter().map(|(reason, made, ended)| {
        Entry::new().with("reason", reason).at(asking, "since", made).at(asking, "until", ended)
    });
    let moved = address_changes::of_account(tx, person)?.into_iter().map(|it| {
        Entry::new()
            .with("from", it.old_email)
            .with("to", it.new_email)
            .at(asking, "asked", it.asked_at)
            .at(asking, "confirmed", it.confirmed_at)
            .at(asking, "put back", it.ended_at)
    });
    Ok(vec![
        Part::new("Promises to join", promised),
        Part::new("Corrections you asked for", corrections.collect()),
        Part::new("Why you count as eligible", counted.collect()),
        Part::new("Changes of your address", moved.collect()),
    ])
}

/// From whom they step aside. That others step aside from them is those others'.
fn aside(tx: &mut Tx, asking: &Asking) -> Result<Part, Failure> {
    let declared = conflicts::of_member(tx, asking, asking.person())?.into_iter().map(|it| {
        let whom = if it.email.is_empty() { it.person_name.unwrap_or_default() } else { it.email };
        Entry::new().with("from", whom).at(asking, "since", it.declared_at).at(asking, "taken back", it.ended_at)
    });
    Ok(Part::new("From whom you step aside", declared.collect()))
}

/// The account is closed and emptied. The line on the roster is the association's; nothing
/// here leads to it any more.
fn forget(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    for address in address_changes::addresses_of(tx, person)? {
        tx.exec(&DROP_WAYS, values![address.to_lowercase()])?;
        tx.exec(&DROP_REFUSED, values![address.to_lowercase()])?;
        let account = Account { id: person, name: String::new(), email: address };
        outbox::forget(tx, &account, SOMEONE)?;
    }
    for statement in [&DROP_PEOPLE, &DROP_CORRECTIONS, &DROP_OUTSIDE, &DROP_STEPS, &EMPTY_PROMISES, &EMPTY_OVERRIDES] {
        tx.exec(statement, values![person])?;
    }
    factors::drop_all(tx, person)?;
    hand_overs::forget(tx, person)?;
    conflicts::forget(tx, person)?;
    address_changes::forget(tx, person)?;
    platform::links::forget(tx, person)?;
    Ok(())
}
