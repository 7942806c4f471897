//! `duology audit verify`: looks the whole chain through and names the first bad entry.

use anyhow::{Result, bail};
use platform::{
    app::App,
    audit::{self, Anchor},
    storage::StorageError,
};

/// `heads` are ends of the chain that somebody kept elsewhere: from a letter, from a log.
pub fn verify(app: &App, heads: &[String]) -> Result<()> {
    let anchors: Vec<Anchor> =
        heads.iter().map(|it| it.parse()).collect::<Result<_, String>>().map_err(anyhow::Error::msg)?;
    let found = app.db.read(move |tx| audit::check(tx, &anchors))?;
    let noted = found.clone();
    app.db.write(move |tx| audit::note_check(tx, &noted)).map_err(|it: StorageError| it)?;
    match found {
        Ok(whole) if whole.last == 0 => println!("The audit has no entry yet."),
        Ok(whole) => println!(
            "The audit is whole: {} entries, from {} to {}, and {} signed heads.",
            whole.entries, whole.first, whole.last, whole.heads
        ),
        Err(fault) => bail!("{fault}"),
    }
    Ok(())
}
