//! What was opened: `/desk/duos/{duo}/answers` for chair and deputy while their hour lasts,
//! and `/openings/{opening}` for the two people once they are told.

use membership::Stake;
use platform::{audit, prelude::*};
use policy::{Condition, may, of};
use program::calendar;

use crate::{
    checkins, duo_status,
    openings::{self, CHECK_INS, Opening},
    rules::opening::LASTS,
};

pub fn answers(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    let duo = duos::duo(tx, visit.id("duo")?)?.ok_or(Failure::NotFound)?;
    let now = tx.now();
    let is_open = |it: &Opening| it.record == CHECK_INS && it.is_open_to(person, now);
    let opening = openings::of_duo(tx, duo.id)?.into_iter().find(is_open).ok_or(Failure::NotFound)?;
    let facts = policy::Facts::in_cohort(duo.cohort.number())
        .duo(duo.is_of(person))
        .conflict(Stake::of(tx, person)?.is_in(&duo.people()))
        .when(is_open(&opening), Condition::GlassIsBroken);
    let grant = visit.grant::<of::CheckinAnswer, may::Read>(&facts)?;
    let answers = duo_status::answers(tx, &grant, &duo)?;
    let wrote = |person: &Id| answers.iter().any(|(it, _)| it.person == *person && it.answered_at.is_some());
    let whose: Vec<Id> = duo.people().into_iter().filter(wrote).collect();
    let right = format!("{}, opened together for an hour", grant.right().words());
    let reading = audit::Reading { record: checkins::RECORD, about: duo.id, whose, right };
    // Where telling waits for somebody's safety, the list of readings waits with it.
    tx.has_read_shown_from(&reading, opening.tell_at.unwrap_or(now));
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let until = opening.confirmed_at.map_or(now, |at| at + LASTS).to_zoned(calendar.zone().clone());
    let title = format!("Answers of duo {}", duo.number);
    let lead = format!(
        "Open to {} and {} until {}.",
        opening.asker,
        opening.confirmer.unwrap_or_default(),
        until.strftime("%H:%M")
    );
    Ok(Reply::page(
        title.clone(),
        html! {
                    (shell::breadcrumbs(&[(&format!("/desk/duos/{}", duo.id), &format!("Duo {}", duo.number))], "Answers"))
                    (shell::page_head(&title, &lead))
                    (shell::readers_line(&policy::who_can_read_as(policy::Record::CheckinAnswer, policy::Column::Chair)))
        p.hint { "It is open to you two until the hour is over. Each time you open this page it stands in the list that the two people see." }
                    (duo_status::check_ins(&duo, &calendar, &answers))
                },
    ))
}

/// Why, by whom and when something of one's own was opened.
pub fn of_mine(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    let opening =
        openings::find(tx, visit.id("opening")?)?.filter(|it| it.told_at.is_some()).ok_or(Failure::NotFound)?;
    let duo = duos::duo(tx, opening.duo)?.filter(|it| it.is_of(person)).ok_or(Failure::NotFound)?;
    let proof = visit.grant(&policy::Facts::in_cohort(duo.cohort.number()).duo(true))?;
    let reason = openings::reason(tx, &proof, &opening)?;
    let cohort = program::the_cohort(tx, opening.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let moment = |at: jiff::Timestamp| program::day_and_time(at, calendar.zone());
    let (from, until) = opening.confirmed_at.map_or((opening.asked_at, opening.asked_at), |at| (at, at + LASTS));
    let title = "Your check-in answers were opened";
    Ok(Reply::page(
        title,
        html! {
            (shell::breadcrumbs(&[("/me", "My account"), ("/me/readings", "Who has read what is mine")], "Opened"))
            (shell::page_head(title, "Two people of the committee opened together what you and your partner answered in check-ins. Nothing else of your duo was opened, and nothing else can be."))
            (shell::facts(&[
                ("Asked for by", html! { (opening.asker) ", " (moment(opening.asked_at)) }),
                ("Confirmed by", html! { (opening.confirmer.as_deref().unwrap_or_default()) }),
                ("Open", html! { (moment(from)) " to " (moment(until)) }),
                ("Their reason", html! { "“" (reason) "”" }),
            ]))
            (shell::who_has_read(checkins::RECORD, Some(&duo.id.to_string())))
            (shell::readers_line(&policy::who_can_read(policy::Record::Opening)))
        },
    ))
}
