//! `duology account recover`: a way in for somebody whom nobody else can help.

use anyhow::{Result, bail};
use platform::{app::App, doors::Failure};

pub fn recover(app: &App, email: String) -> Result<()> {
    let address = email.clone();
    let link = app.db.write(move |tx| membership::recover(tx, &address));
    let Some(link) = link.map_err(|failure: Failure| anyhow::anyhow!("{failure}"))? else {
        bail!("nobody has an open account with the address {email}");
    };
    println!("The second factor of {email} is taken away, every sign-in has ended, and the audit says so.");
    println!("\nThis link sets a new password, once and within 24 hours. Give it to nobody else:\n\n  {link}\n");
    Ok(())
}
