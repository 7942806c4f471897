//! `duology account recover`: whoever has the machine lets somebody in whom nobody else can
//! help, such as the only chair.

use jiff::SignedDuration;
use platform::{audit, identity, links, prelude::*};

use crate::{factors, invitation::PASSWORD};

const LASTS: SignedDuration = SignedDuration::from_hours(24);

/// Takes away the second factor, ends every sign-in, and gives a link that sets a password
/// once. Earlier links of the kind end. None where nobody has an open account with this
/// address.
pub fn recover(tx: &mut Tx, email: &str) -> Result<Option<String>, Failure> {
    let Some(account) = identity::find_by_email(tx, email)? else { return Ok(None) };
    factors::drop_all(tx, account.id)?;
    identity::end_all_sign_ins(tx, account.id)?;
    links::end(tx, PASSWORD, account.id)?;
    let token = links::make(tx, PASSWORD, Some(account.id), account.id, LASTS)?;
    journal::record(tx, "let in anew by whoever runs the machine", account.id, None, None)?;
    audit::note(
        tx,
        audit::Note { action: "let in anew by whoever runs the machine", account: Some(account.id), about: None },
    );
    Ok(Some(tx.url(&format!("/welcome/{token}"))))
}
