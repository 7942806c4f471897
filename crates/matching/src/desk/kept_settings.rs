//! Table `run_settings`: what the newest run of a cohort counted, where the next one begins.

use platform::{prelude::*, storage::StorageError};

use super::settings::Settings;
use crate::terms;

sql! {
    OF => "select settings from run_settings where cohort = $1";
    WRITE => "insert into run_settings (cohort, settings) values ($1, $2) on conflict (cohort) do update set settings = excluded.settings";
}

pub(crate) fn of(tx: &mut Tx, cohort: Id) -> Result<Option<Settings>, Failure> {
    let kept: Option<String> = tx.row(&OF, values![cohort])?;
    Ok(kept.and_then(|it| serde_json::from_str(&it).ok()))
}

/// What a run of this cohort counts where nobody says otherwise; how many mentees a mentor may
/// take is what the cohort says now.
pub(crate) fn start(tx: &mut Tx, cohort: Id) -> Result<Settings, Failure> {
    let kept = of(tx, cohort)?.unwrap_or_else(Settings::start);
    let mentees_each = u32::try_from(terms::of(tx, cohort)?.mentees_each).unwrap_or(1);
    Ok(Settings { mentees_each, ..kept })
}

pub(crate) fn write(tx: &mut Tx, cohort: Id, settings: &Settings) -> Result<(), Failure> {
    let told = serde_json::to_string(settings).map_err(|error| StorageError::Other(error.to_string()))?;
    tx.exec(&WRITE, values![cohort, told])?;
    Ok(())
}
