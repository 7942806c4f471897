//! Where a person stands in the year, also on the days on which nothing is theirs to do:
//! a place, a directory that opens, a duo, and the next date of the calendar.

use jiff::civil::Date;
use platform::prelude::*;
use policy::Role;
use program::{Calendar, Cohort, calendar, long_day};

/// A person's part in one cohort.
#[derive(Clone, Debug)]
struct Part {
    role: Role,
    /// The partners' names, while there are duos; a mentee has one.
    partners: Vec<String>,
    ended: bool,
}

/// One sentence or two for each cohort that is open and in which the person takes part.
pub(crate) fn words(tx: &mut Tx, visit: &Visit) -> Result<Vec<String>, Failure> {
    let person = visit.person()?;
    let mut words = Vec::new();
    for cohort in program::cohorts::all(tx)?.into_iter().filter(Cohort::is_open) {
        let Some(role) = [Role::Mentee, Role::Mentor].into_iter().find(|role| visit.holds_in(*role, cohort.id)) else {
            continue;
        };
        let mut duos = duos::of_person_any(tx, person)?;
        duos.retain(|it| it.cohort == cohort.id);
        let active = duos.iter().rev().filter(|it| it.is_active());
        let partners: Vec<String> = active.map(|it| it.name_of(it.partner_of(person)).to_owned()).collect();
        let ended = partners.is_empty() && !duos.is_empty();
        let part = Part { role, partners, ended };
        let calendar = calendar::of(tx, &cohort)?;
        let today = calendar.today(tx.now());
        words.extend(in_words(&part, &cohort.name, &calendar, today));
    }
    Ok(words)
}

fn in_words(part: &Part, cohort: &str, calendar: &Calendar, today: Date) -> Option<String> {
    let day = |step: &str| long_day(calendar.day(step));
    let before = |step: &str| today < calendar.day(step);
    let until = |step: &str| today <= calendar.day(step);
    Some(match (part.partners.as_slice(), part.role) {
        ([first, others @ ..], _) => {
            let duo = match others {
                [] => format!("You and {first} are a duo of {cohort}."),
                _ => {
                    format!("You are in {} duos of {cohort}: with {}.", others.len() + 1, part.partners.join(", with "))
                }
            };
            match next_date(calendar, today) {
                Some((title, day)) => format!("{duo} Next in the calendar: {title}, {}.", long_day(day)),
                None => duo,
            }
        }
        (_, _) if part.ended => return None,
        (_, Role::Mentor) if before("directory_opens") => format!(
            "You are a mentor of {cohort}. Mentees read the profiles and ask from {} to {}.",
            day("directory_opens"),
            day("directory_closes")
        ),
        (_, Role::Mentor) if until("directory_closes") => {
            format!(
                "You are a mentor of {cohort}. Mentees read the profiles and ask until {}.",
                day("directory_closes")
            )
        }
        (_, _) if before("directory_opens") => {
            format!("You have a place in {cohort}. On {} you choose a mentor.", day("directory_opens"))
        }
        (_, Role::Mentee) if until("directory_closes") => {
            format!("You have a place in {cohort}. Until {} you choose a mentor.", day("directory_closes"))
        }
        (_, role) => {
            let stands = if role == Role::Mentor { "You are a mentor of" } else { "You have a place in" };
            let other = if role == Role::Mentor { "a mentee" } else { "a mentor" };
            if until("duos_confirmed") {
                let day = day("duos_confirmed");
                format!("{stands} {cohort}. The committee looks for {other} for those who have none, until {day}.")
            } else if until("session_ends") {
                format!("{stands} {cohort}, and no duo yet. Whom to ask stands under Help.")
            } else {
                return None;
            }
        }
    })
}

/// The next day of the calendar that is for duos or for everyone.
fn next_date(calendar: &Calendar, today: Date) -> Option<(&'static str, Date)> {
    let ours = |step: &calendar::Step| ["all", "duos"].contains(&step.audience.as_str());
    let coming = calendar.all().into_iter().filter(|(step, day)| ours(step) && *day >= today);
    // Of several on one day the first of the preset's order.
    coming.min_by_key(|(_, day)| *day).map(|(step, day)| (step.title.as_str(), day))
}

/// The applications and the profile of a person in open cohorts: where to look them up.
pub(crate) fn places(tx: &mut Tx, visit: &Visit) -> Result<Vec<(String, &'static str, String)>, Failure> {
    let mut places = Vec::new();
    for application in intake::applications_of(tx, visit.person()?)? {
        let state = application.state();
        let Some(cohort) = program::cohort(tx, application.cohort)?.filter(Cohort::is_open) else { continue };
        if state == intake::State::Withdrawn {
            continue;
        }
        let line = intake::place_in_line(tx, &application)?;
        let stands = intake::rules::status::words(state, line);
        let words = format!("As a {} in {}: {stands}.", application.role, cohort.name);
        places.push((application.path(), "My application", words));
    }
    for cohort in program::cohorts::all(tx)?.iter().filter(|cohort| cohort.is_open()) {
        if visit.holds_in(Role::Mentor, cohort.id) {
            let words = "As mentees read it; a pause in one click.".to_owned();
            places.push(("/mentors/mine".to_owned(), "My profile", words));
            break;
        }
    }
    if let Some(cards) = matching::cards_of(tx, visit)? {
        places.push((cards, "Fellow mentees", "Who else has a place, as cards.".to_owned()));
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use program::rules::calendar::Anchors;

    use super::*;

    fn said(role: Role, partner: Option<&str>, today: Date) -> String {
        let anchors = Anchors { saturday: date(2026, 6, 27), midwinter: None, next_saturday: None };
        let calendar = Calendar::new(calendar::from_rules(&anchors), "America/Chicago", anchors.end());
        let part = Part { role, partners: partner.map(str::to_owned).into_iter().collect(), ended: false };
        in_words(&part, "2026–27", &calendar, today).unwrap_or_default()
    }

    #[test]
    fn somebody_with_a_place_always_reads_what_comes_next() {
        let mentee = |today| said(Role::Mentee, None, today);
        assert!(mentee(date(2026, 3, 1)).ends_with("On Monday 27 April 2026 you choose a mentor."));
        assert!(mentee(date(2026, 5, 1)).ends_with("Until Monday 1 June 2026 you choose a mentor."));
        assert!(mentee(date(2026, 6, 5)).contains("looks for a mentor for those who have none"));
        assert!(mentee(date(2026, 9, 1)).contains("no duo yet"));
    }

    #[test]
    fn a_mentor_reads_when_mentees_ask() {
        let mentor = |today| said(Role::Mentor, None, today);
        assert!(mentor(date(2026, 3, 1)).contains("from Monday 27 April 2026 to Monday 1 June 2026"));
        assert!(mentor(date(2026, 5, 1)).contains("until Monday 1 June 2026"));
        assert!(mentor(date(2026, 6, 5)).contains("looks for a mentee"));
    }

    #[test]
    fn a_duo_reads_the_next_date_of_the_calendar() {
        let duo = |today| said(Role::Mentor, Some("Ana"), today);
        assert!(duo(date(2026, 6, 27)).contains("duo of 2026–27. Next in the calendar: Orientation"));
        assert!(duo(date(2026, 6, 28)).contains("Check-in 1: first contact, Tuesday 7 July 2026."));
        assert_eq!(duo(date(2027, 7, 30)), "You and Ana are a duo of 2026–27.");
    }
}
