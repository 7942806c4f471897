//! Table `alumni_letters`: letters of the chair to the group.

use platform::prelude::*;

sql! {
    ADD => "insert into alumni_letters (id, written_by, subject, body, recipients, sent_at) values ($1, $2, $3, $4, $5, $6)";
}

pub fn add(tx: &mut Tx, by: Id, subject: &str, text: &str, recipients: usize) -> Result<Id, Failure> {
    let id = tx.fresh_id();
    let recipients = i64::try_from(recipients).unwrap_or(i64::MAX);
    tx.exec(&ADD, values![id, by, subject, text, recipients, tx.now()])?;
    Ok(id)
}
