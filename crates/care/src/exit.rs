//! How a duo ended early, on its page at the desk: for the liaison what was meant for them,
//! for the chair the wishes alone.

use duos::{Duo, EXIT_RECORD, Exit};
use platform::{audit, prelude::*};
use policy::{Record, of};

/// What was said, for whoever may read it; nothing while the duo runs.
pub(crate) fn of_duo(tx: &mut Tx, visit: &Visit, duo: &Duo, is_liaison: bool) -> Result<Option<Exit>, Failure> {
    let facts = policy::Facts::in_cohort(duo.cohort.number()).assigned(is_liaison);
    let Ok(grant) = visit.grant::<of::ExitAnswer, policy::may::Read>(&facts) else { return Ok(None) };
    if duo.state != "ended" {
        return Ok(None);
    }
    let mut exit = duos::exit(tx, &grant, duo)?;
    if !is_liaison {
        exit.said = None;
    }
    Ok(Some(exit))
}

/// The two see on their own pages who has read it.
pub(crate) fn note_reading(tx: &mut Tx, duo: &Duo, exit: &Exit, is_liaison: bool) {
    let mut whose: Vec<Id> = exit.wishes.iter().map(|it| it.0).collect();
    whose.extend(exit.said.iter().map(|it| it.0).filter(|it| !exit.wishes.iter().any(|wish| wish.0 == *it)));
    if !whose.is_empty() {
        let right = if is_liaison { "as the liaison of your duo" } else { "as chair or deputy" }.to_owned();
        tx.has_read(audit::Reading { record: EXIT_RECORD, about: duo.id, whose, right });
    }
}

pub(crate) fn card(exit: &Exit, reader: policy::Column) -> Markup {
    shell::card(
        "How it ended",
        html! {
            @if exit.said.is_none() && exit.wishes.is_empty() {
                p { "Nothing was said beside that it ended, and nothing needs to be." }
            }
            @if let Some((_, form, answers)) = &exit.said { (forms::summary(form, answers, forms::LIAISON)) }
            @for (_, name, wish) in &exit.wishes {
                p { strong { (name) } ", asked about a new partner: " (wish) "." }
            }
            (shell::readers_line(&policy::who_can_read_as(Record::ExitAnswer, reader)))
        },
    )
}
