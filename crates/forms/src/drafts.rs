//! Table `form_drafts`: a form while the committee changes it. Nobody is asked it yet.

use jiff::Timestamp;
use platform::{prelude::*, storage::StorageError};

use crate::{form::Form, versions};

/// A form as somebody left it, or as it is asked where nobody changes it.
pub(crate) struct Draft {
    pub form: Form,
    /// 0 where it is the form that is asked.
    pub revision: i64,
    pub edited_by: Option<Id>,
    pub edited_at: Option<Timestamp>,
}

impl Draft {
    pub fn is_begun(&self) -> bool {
        self.revision > 0
    }
}

row! {
    struct Line {
        definition: String,
        based_on: i64,
        revision: i64,
        edited_by: Id,
        edited_at: Timestamp,
    }
}

sql! {
    FIND => "select definition, based_on, revision, edited_by, edited_at from form_drafts where form = $1";
    BEGIN => "insert into form_drafts (form, definition, based_on, revision, edited_by, edited_at) values ($1, $2, $3, 1, $4, $5) on conflict do nothing";
    GO_ON => "update form_drafts set definition = $2, revision = revision + 1, edited_by = $4, edited_at = $5 where form = $1 and revision = $3";
    THROW_AWAY => "delete from form_drafts where form = $1 and revision = $2";
    BEGUN => "select form, revision from form_drafts order by form";
}

pub(crate) fn draft(tx: &mut Tx, name: &str) -> Result<Draft, Failure> {
    let Some(line) = tx.row::<Line>(&FIND, values![name])? else {
        let form = versions::current(tx, name)?;
        return Ok(Draft { form, revision: 0, edited_by: None, edited_at: None });
    };
    let form = versions::read(name, line.based_on, &line.definition)?;
    Ok(Draft { form, revision: line.revision, edited_by: Some(line.edited_by), edited_at: Some(line.edited_at) })
}

/// Names of the forms that are being changed.
pub(crate) fn begun(tx: &mut Tx) -> Result<Vec<String>, Failure> {
    Ok(tx.rows::<(String, i64)>(&BEGUN, values![])?.into_iter().map(|(name, _)| name).collect())
}

/// Keeps a change to what stood at `revision`. False where somebody else was quicker.
pub(crate) fn keep(tx: &mut Tx, form: &Form, revision: i64, by: Id) -> Result<bool, Failure> {
    let definition = serde_json::to_string(form).map_err(|error| StorageError::Other(error.to_string()))?;
    let now = tx.now();
    let kept = match revision {
        0 => tx.exec(&BEGIN, values![&form.name, definition, form.version, by, now])?,
        _ => tx.exec(&GO_ON, values![&form.name, definition, revision, by, now])?,
    };
    Ok(kept == 1)
}

/// Takes the draft away, be it published or not wanted. False where it is another by now.
pub(crate) fn close(tx: &mut Tx, name: &str, revision: i64) -> Result<bool, Failure> {
    Ok(tx.exec(&THROW_AWAY, values![name, revision])? == 1)
}
