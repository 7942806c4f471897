//! What a door does before the unit of work of its page: something slow that needs a core, or
//! a look at the database first.

use std::sync::Arc;

use super::{acting, admitted, recognise, sign_in_is_enough};
use crate::{
    app::App,
    doors::{Door, Failure, LookFn, PrepareFn},
    storage::StorageError,
    visit::{Prepared, Visit},
};

/// What the door does before the unit of work of its page. Without a failure to tell of, the
/// house is too busy.
pub(super) async fn readied(app: &App, door: &Arc<Door>, visit: &Visit) -> Result<Prepared, Option<Failure>> {
    match (door.prepare, door.look) {
        (Some(prepare), _) => prepared(app, door.calls_out, prepare, visit).await.ok_or(None),
        (None, Some(look)) => worked_out(app, door, visit.clone(), look).await.map_err(Some),
        (None, None) => Ok(Prepared::default()),
    }
}

pub(super) async fn prepared(app: &App, calls_out: bool, prepare: PrepareFn, visit: &Visit) -> Option<Prepared> {
    let places = if calls_out { &app.calling } else { &app.hashing };
    let _place = places.acquire().await.ok()?;
    let (app, visit) = (app.clone(), visit.clone());
    tokio::task::spawn_blocking(move || prepare(&app, &visit)).await.ok()
}

/// Reads as whoever asks, and works out what came of it on a core, with nothing held.
async fn worked_out(app: &App, door: &Arc<Door>, visit: Visit, look: LookFn) -> Result<Prepared, Failure> {
    let (house, opens) = (app.house, door.clone());
    let work = app
        .db
        .run(false, move |tx| {
            let mut visit = visit.clone();
            recognise(tx, house, &mut visit)?;
            tx.acts(acting(&visit));
            admitted(&mut visit, opens.action)?;
            sign_in_is_enough(&visit, &opens, tx.now())?;
            look(tx, &visit)
        })
        .await?;
    let gone = |_| StorageError::Other("what was to be worked out was not".to_owned());
    let _place = app.hashing.acquire().await.ok();
    let worked_out = tokio::task::spawn_blocking(work).await.map_err(gone)?;
    Ok(Prepared { worked_out: Some(worked_out), ..Prepared::default() })
}
