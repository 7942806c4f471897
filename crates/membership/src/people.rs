//! Table `people`: what a person told about themselves, beside the account.

use platform::prelude::*;
use policy::{Grant, Opens, of};

use crate::rules::{names, standing::Standing};

row! {
    #[derive(PartialEq, Eq)]
    pub struct Person {
        pub id: Id,
        pub name: String,
        pub email: String,
        pub pronouns: String,
        pub phone: String,
        pub city: String,
        /// Their time zone by its IANA name; empty for the program's.
        pub zone: String,
        pub employer: String,
        /// As they told it; what counts is what the roster says of it.
        pub member_number: String,
        pub joined_year: Option<i64>,
    }
}

sql! {
    FIND => "select a.id, a.name, a.email, coalesce(p.pronouns, '') as pronouns, coalesce(p.phone, '') as phone, coalesce(p.city, '') as city, coalesce(p.zone, '') as zone, coalesce(p.employer, '') as employer, coalesce(p.member_number, '') as member_number, p.joined_year from accounts a left join people p on p.account = a.id where a.id = $1";
    ZONE => "select zone from people where account = $1";
    COLLEAGUES => "select account from people where employer_key <> '' and employer_key = (select employer_key from people where account = $1)";
    WRITE => "insert into people (account, pronouns, phone, city, zone, employer, employer_key, member_number, joined_year, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (account) do update set pronouns = excluded.pronouns, phone = excluded.phone, city = excluded.city, zone = excluded.zone, employer = excluded.employer, employer_key = excluded.employer_key, member_number = excluded.member_number, joined_year = excluded.joined_year, changed_at = excluded.changed_at";
}

pub fn person(tx: &mut Tx, _: &impl Opens<of::PersonDetails>, id: Id) -> Result<Option<Person>, Failure> {
    Ok(tx.row(&FIND, values![id])?)
}

pub fn the_person(tx: &mut Tx, proof: &impl Opens<of::PersonDetails>, id: Id) -> Result<Person, Failure> {
    person(tx, proof, id)?.ok_or(Failure::NotFound)
}

/// Whoever asks, as they told about themselves.
pub(crate) fn whoever_asks(tx: &mut Tx, visit: &Visit) -> Result<Person, Failure> {
    let own: Grant<of::PersonDetails> = visit.own()?;
    the_person(tx, &own, visit.person()?)
}

/// Where somebody lives, as a time zone; empty for that of the program.
pub fn zone_of(tx: &mut Tx, id: Id) -> Result<String, Failure> {
    Ok(tx.row(&ZONE, values![id])?.unwrap_or_default())
}

/// Keeps what a person told. Name and address belong to the account and stay as they are.
pub fn write_details(tx: &mut Tx, person: &Person) -> Result<(), Failure> {
    let it = person;
    let key = names::employer_key(&it.employer);
    let values = values![
        it.id,
        &it.pronouns,
        &it.phone,
        &it.city,
        &it.zone,
        &it.employer,
        key,
        &it.member_number,
        it.joined_year,
        tx.now(),
    ];
    tx.exec(&WRITE, values)?;
    Ok(())
}

/// All that the rules ask of the roster about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub standing: Standing,
    /// The kind of membership; empty where the roster does not say.
    pub category: String,
    pub expires_on: Option<jiff::civil::Date>,
}

/// What the roster says of a person on a day, with the kind of membership and its end.
pub fn look(tx: &mut Tx, person: Id, on: jiff::civil::Date) -> Result<Look, Failure> {
    let person = the_person(tx, &policy::house(), person)?;
    let member = crate::roster::find_person(tx, &policy::house(), &person)?;
    let (category, expires_on) =
        member.as_ref().map_or((String::new(), None), |it| (it.category.clone(), it.expires_on));
    let entry = member.map(crate::roster::Member::into_entry);
    let standing = crate::rules::standing::judge(entry.as_ref(), person.joined_year, on);
    Ok(Look { standing, category, expires_on })
}

/// What the roster says of a person on a day: by the member number they told, if the
/// roster has it for them and not for somebody else, otherwise by their address.
pub fn standing(tx: &mut Tx, person: Id, on: jiff::civil::Date) -> Result<Standing, Failure> {
    Ok(look(tx, person, on)?.standing)
}

/// Everyone who works for the same employer as this person, themselves among them; nobody
/// where the employer is not known.
pub fn colleagues(tx: &mut Tx, person: Id) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&COLLEAGUES, values![person])?)
}
