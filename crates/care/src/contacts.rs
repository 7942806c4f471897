//! Table `contacts`: that a liaison was in contact with a duo, how and when. LIA3.

use jiff::civil::Date;
use platform::prelude::*;
use policy::{Grant, may, of};

row! {
    #[derive(PartialEq, Eq)]
    pub struct Contact {
        pub id: Id,
        pub liaison: Id,
        pub way: String,
        pub day: Date,
    }
}

pub(crate) const WAYS: [(&str, &str); 4] =
    [("letter", "Letter or e-mail"), ("call", "Phone call"), ("video", "Video call"), ("in person", "In person")];

sql! {
    ADD => "insert into contacts (id, duo, liaison, way, day, noted_at) values ($1, $2, $3, $4, $5, $6)";
    OF_DUO => "select id, liaison, way, day from contacts where duo = $1 order by day desc, id desc";
}

pub(crate) fn add(
    tx: &mut Tx,
    grant: &Grant<of::ContactNote, may::Write>,
    duo: Id,
    way: &str,
    day: Date,
) -> Result<(), Failure> {
    let (id, liaison) = (tx.fresh_id(), Id::from(grant.person()));
    tx.exec(&ADD, values![id, duo, liaison, way, day, tx.now()])?;
    Ok(())
}

pub(crate) fn of_duo(tx: &mut Tx, _: &Grant<of::ContactNote>, duo: Id) -> Result<Vec<Contact>, Failure> {
    Ok(tx.rows(&OF_DUO, values![duo])?)
}

pub(crate) fn way_words(way: &str) -> &'static str {
    WAYS.iter().find(|(key, _)| *key == way).map_or("Contact", |(_, words)| words)
}
