//! Table `refused_sign_ins`: somebody tried to sign in and was not let in. Kept alike for
//! every address before the answer, so that neither the answer nor the work done for it
//! tells whether there is an account; a job notes it for whoever has the address.

use platform::{
    app::App,
    audit::{self, Acting, Client, Note},
    identity,
    prelude::*,
};

sql! {
    ADD => "insert into refused_sign_ins (id, address) values ($1, $2)";
    WAITING => "select id from refused_sign_ins order by id";
    ADDRESS => "select address from refused_sign_ins where id = $1";
    DROP => "delete from refused_sign_ins where id = $1";
}

/// Keeps that a sign-in with this address was refused. What cannot be kept is logged: the
/// answer is the same.
pub(crate) fn keep(app: &App, address: &str) {
    let address = address.to_owned();
    let kept = app.db.write(move |tx| {
        let id = tx.fresh_id();
        tx.exec(&ADD, values![id, &address])?;
        Ok::<(), Failure>(())
    });
    if let Err(error) = kept {
        tracing::error!(%error, "a refused sign-in could not be kept");
    }
}

pub(crate) fn waiting(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&WAITING, values![])?)
}

/// Notes it, without a word of an address that nobody has.
pub(crate) fn note(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let Some(address) = tx.row::<String>(&ADDRESS, values![id])? else { return Ok(()) };
    let account = identity::find_by_email(tx, &address)?.map(|it| it.id);
    tx.exec(&DROP, values![id])?;
    tx.acts(Acting { person: None, client: Client::Web, request: id.to_string() });
    audit::note(tx, Note { action: "sign-in refused", account, about: None });
    Ok(())
}
