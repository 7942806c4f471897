//! The letters of this room. The six check-ins come from the liaison, and answers to them
//! go to the liaison.

use duos::Duo;
use jiff::{SignedDuration, civil::Date};
use letters::{Kind, Post, Sender, To, Value};
use platform::{identity, links, prelude::*};
use program::{Calendar, Cohort, long_day, preset};

use crate::{answer, checkins::CheckIn, liaisons::Liaison, openings::Opening, rules::opening::WAITS};

letters::letter! {
    LIAISON_APPOINTED => "liaison_appointed",
    audience "the liaison of a duo",
    trigger "somebody is appointed to accompany a duo",
    class Essential;
    LIAISON_CHANGED => "liaison_changed",
    audience "both people of a duo",
    trigger "somebody else becomes their liaison",
    class Essential;
    HANDOVER => "handover",
    audience "a liaison who takes over several duos",
    trigger "the chair passes on all duos of a liaison",
    class Essential;
    CHECKIN_1 => "checkin_1",
    audience "both people of a duo",
    trigger "the first check-in is due",
    class Essential;
    CHECKIN_2 => "checkin_2",
    audience "both people of a duo",
    trigger "the second check-in is due",
    class Essential;
    CHECKIN_3 => "checkin_3",
    audience "both people of a duo",
    trigger "the third check-in is due",
    class Essential;
    CHECKIN_4 => "checkin_4",
    audience "both people of a duo",
    trigger "the mid-way survey opens",
    class Essential;
    CHECKIN_5 => "checkin_5",
    audience "both people of a duo",
    trigger "the fifth check-in is due",
    class Essential;
    CHECKIN_6 => "checkin_6",
    audience "both people of a duo",
    trigger "the last check-in is due",
    class Essential;
    CHECKIN_REMINDER => "checkin_reminder",
    audience "who has not answered a check-in",
    trigger "seven days after a check-in, once",
    class Essential;
    CONTACT_WANTED => "contact_wanted",
    audience "the liaison of a duo",
    trigger "somebody ticks “Please contact me” in a check-in",
    class Essential;
    NUDGE => "nudge",
    audience "both people of a duo",
    trigger "little contact is known of, on the first day",
    class Helpful;
    LIAISON_OUTREACH => "liaison_outreach",
    audience "both people of a duo, separately",
    trigger "the liaison sends it from the desk",
    class Essential;
    OPENING_ASKED => "opening_asked",
    audience "the deputy chair",
    trigger "the chair asks to open the check-in answers of a duo",
    class Essential;
    ANSWERS_OPENED => "answers_opened",
    audience "both people of a duo",
    trigger "chair and deputy opened their check-in answers together",
    class Essential;
    CONCERN_RAISED => "concern_raised",
    audience "whom somebody chose to tell in confidence",
    trigger "a concern is raised, or passed on to them",
    class Confidential;
    CONCERN_NEWS => "concern_news",
    audience "whoever raised a concern",
    trigger "somebody noted what is done about it",
    class Confidential;
    TOPIC_NOTE => "topic_note",
    audience "both people of every active duo",
    trigger "the first weekday of each month while the session runs",
    class Helpful
}

/// How long a link to a check-in opens.
const LINK_LASTS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A duo with everything its letters name.
pub(crate) struct About<'a> {
    pub cohort: &'a Cohort,
    pub calendar: &'a Calendar,
    pub duo: &'a Duo,
    pub liaison: &'a Liaison,
}

pub(crate) fn appointed(tx: &mut Tx, cohort: &Cohort, duo: &Duo, liaison: &Liaison) -> Result<(), Failure> {
    let account = account_of(tx, liaison.person)?;
    let values = vec![
        ("mentor", Value::words(&duo.mentor_name)),
        ("mentee", Value::words(&duo.mentee_name)),
        ("link", Value::button(tx.url(&format!("/desk/duos/{}", duo.id)), "Open your desk")),
    ];
    send(tx, &LIAISON_APPOINTED, &account, cohort, duo.id, liaison.id.to_string(), values, None)
}

/// LIA4: tells both partners who accompanies them from now on.
pub(crate) fn changed(tx: &mut Tx, cohort: &Cohort, duo: &Duo, liaison: &Liaison) -> Result<(), Failure> {
    for (person, partner) in [(duo.mentor, &duo.mentee_name), (duo.mentee, &duo.mentor_name)] {
        let account = account_of(tx, person)?;
        let values = vec![
            ("liaison_name", Value::words(&liaison.name)),
            ("liaison_email", Value::words(&liaison.email)),
            ("partner_name", Value::words(partner)),
            ("link", Value::button(tx.url(&format!("/duos/{}", duo.id)), "Open your page")),
        ];
        send(tx, &LIAISON_CHANGED, &account, cohort, duo.id, liaison.id.to_string(), values, None)?;
    }
    Ok(())
}

/// Tells a liaison who takes over how many duos come, and from whom.
pub(crate) fn handed_over(
    tx: &mut Tx,
    cohort: &Cohort,
    from: &Account,
    to: &Account,
    duos: usize,
) -> Result<(), Failure> {
    let calendar = program::calendar::of(tx, cohort)?;
    let today = calendar.today(tx.now());
    let words = if duos == 1 { "one duo".to_owned() } else { format!("{duos} duos") };
    let values = vec![
        ("summary", Value::words(words)),
        ("nominator_name", Value::words(&from.name)),
        ("role", Value::words("liaison")),
        ("date", Value::words(long_day(today))),
        ("due", Value::words(long_day(crate::rules::days::working_days_after(today, 5)))),
        ("link", Value::button(tx.url("/desk"), "Open your desk")),
    ];
    let once = format!("{}|{}", from.id, tx.fresh_id());
    send(tx, &HANDOVER, to, cohort, cohort.id, once, values, None)
}

/// A check-in from the liaison to one of the two.
pub(crate) fn check_in(
    tx: &mut Tx,
    about: &About,
    id: Id,
    person: Id,
    round: i64,
    signed: bool,
) -> Result<(), Failure> {
    let account = account_of(tx, person)?;
    let due = if round == 4 { "midway_survey_closes" } else { "agreement_due" };
    let mut values = vec![
        ("partner_name", Value::words(about.duo.name_of(about.duo.partner_of(person)))),
        ("liaison_name", Value::words(&about.liaison.name)),
        ("due", Value::words(long_day(about.calendar.day(due)))),
        ("no_agreement", Value::yes(!signed)),
        ("is_mentor", Value::yes(person == about.duo.mentor)),
        ("pulse", check_in_link(tx, id, person)?),
    ];
    values.push(("link", side_link(tx, about, round)));
    if round == 5 {
        let left = crate::rules::days::between(about.calendar.today(tx.now()), about.calendar.day("session_ends"));
        values.push(("days_left", Value::words(left.max(0).to_string())));
    }
    let kind = [&CHECKIN_1, &CHECKIN_2, &CHECKIN_3, &CHECKIN_4, &CHECKIN_5, &CHECKIN_6];
    let kind = kind.get(usize::try_from(round - 1).unwrap_or(0)).copied().unwrap_or(&CHECKIN_1);
    send(tx, kind, &account, about.cohort, about.duo.id, id.to_string(), values, Some(about.liaison))
}

/// What a check-in leads to besides the four questions.
fn side_link(tx: &mut Tx, about: &About, round: i64) -> Value {
    let today = about.calendar.today(tx.now());
    let (starts, ends) = (about.calendar.day("orientation"), about.calendar.day("session_ends"));
    match round {
        1 | 2 => Value::button(tx.url(&about.duo.path("/agreement")), "Open the agreement"),
        3 => {
            let guide = crate::rules::days::topic_letter(today, starts, ends).map_or(3, |(_, number)| number);
            Value::button(tx.url(&format!("/guides/{guide:02}")), "Read the guide")
        }
        4 => Value::button(tx.url("/"), "See what is next for you"),
        _ => Value::button(tx.url("/guides/closing"), "Read the closing guide"),
    }
}

pub(crate) fn remind(tx: &mut Tx, about: &About, checkin: &CheckIn) -> Result<(), Failure> {
    let account = account_of(tx, checkin.person)?;
    let values = vec![
        ("liaison_name", Value::words(&about.liaison.name)),
        ("pulse", check_in_link(tx, checkin.id, checkin.person)?),
    ];
    let once = checkin.id.to_string();
    send(tx, &CHECKIN_REMINDER, &account, about.cohort, about.duo.id, once, values, Some(about.liaison))
}

/// Tells the liaison at once that one of the two wants to be contacted. CHK5.
pub(crate) fn contact_wanted(
    tx: &mut Tx,
    cohort: &Cohort,
    checkin: &CheckIn,
    liaison: &Liaison,
    name: &str,
    due: Date,
) -> Result<(), Failure> {
    let account = account_of(tx, liaison.person)?;
    let values = vec![
        ("partner_name", Value::words(name)),
        ("due", Value::words(long_day(due))),
        ("link", Value::button(tx.url(&format!("/desk/duos/{}", checkin.duo)), "Open your desk")),
    ];
    send(tx, &CONTACT_WANTED, &account, cohort, checkin.duo, checkin.id.to_string(), values, None)
}

/// Asks the deputies to confirm; nothing of the reason stands in the letter.
pub(crate) fn opening_asked(tx: &mut Tx, duo: &Duo, opening: Id, asker: Id, to: &[Id]) -> Result<(), Failure> {
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let calendar = program::calendar::of(tx, &cohort)?;
    let from = account_of(tx, asker)?.name;
    for person in to {
        let account = account_of(tx, *person)?;
        let values = vec![
            ("partner_name", Value::words(&from)),
            ("number", Value::words(duo.number.to_string())),
            ("due", Value::words(long_day(calendar.today(tx.now() + WAITS)))),
            ("link", Value::button(tx.url(&format!("/desk/duos/{}/opening", duo.id)), "Read why")),
        ];
        send(tx, &OPENING_ASKED, &account, &cohort, duo.id, opening.to_string(), values, None)?;
    }
    Ok(())
}

/// That something waits for them in confidence; nothing of it stands in the letter.
pub(crate) fn concern_raised(tx: &mut Tx, cohort: &Cohort, concern: Id, to: Id) -> Result<(), Failure> {
    let today = program::calendar::of(tx, cohort)?.today(tx.now());
    let account = account_of(tx, to)?;
    let values = vec![
        ("due", Value::words(long_day(crate::rules::days::working_days_after(today, 2)))),
        ("link", Value::button(tx.url(&format!("/concerns/{concern}")), "Read it")),
    ];
    send(tx, &CONCERN_RAISED, &account, cohort, concern, concern.to_string(), values, None)
}

/// That there is news for whoever raised it.
pub(crate) fn concern_news(tx: &mut Tx, cohort: &Cohort, concern: Id, to: Id, news: Id) -> Result<(), Failure> {
    let account = account_of(tx, to)?;
    let values = vec![("link", Value::button(tx.url(&format!("/concerns/{concern}")), "Read it"))];
    send(tx, &CONCERN_NEWS, &account, cohort, concern, news.to_string(), values, None)
}

/// Tells both people who opened what, and where the reason stands.
pub(crate) fn answers_opened(tx: &mut Tx, cohort: &Cohort, duo: &Duo, opening: &Opening) -> Result<(), Failure> {
    let calendar = program::calendar::of(tx, cohort)?;
    let day = opening.confirmed_at.map(|at| long_day(calendar.today(at))).unwrap_or_default();
    let who = format!("{} and {}", opening.asker, opening.confirmer.as_deref().unwrap_or_default());
    for person in duo.people() {
        let account = account_of(tx, person)?;
        let values = vec![
            ("partner_name", Value::words(duo.name_of(duo.partner_of(person)))),
            ("summary", Value::words(&who)),
            ("date", Value::words(&day)),
            ("link", Value::button(tx.url(&format!("/openings/{}", opening.id)), "Read their reason")),
        ];
        send(tx, &ANSWERS_OPENED, &account, cohort, duo.id, opening.id.to_string(), values, None)?;
    }
    Ok(())
}

/// The small reminder that goes to one of the two by itself.
pub(crate) fn nudge(tx: &mut Tx, about: &About, person: Id, once: &str) -> Result<(), Failure> {
    let account = account_of(tx, person)?;
    let values = vec![
        ("partner_name", Value::words(about.duo.name_of(about.duo.partner_of(person)))),
        ("liaison_name", Value::words(&about.liaison.name)),
        ("liaison_email", Value::words(&about.liaison.email)),
        ("link", Value::button(tx.url(&about.duo.path("/meetings")), "Note a meeting")),
    ];
    let once = format!("{}|{once}", about.duo.id);
    send(tx, &NUDGE, &account, about.cohort, about.duo.id, once, values, Some(about.liaison))
}

/// Writes to each of the two separately; neither learns that the other has it too.
pub(crate) fn outreach(tx: &mut Tx, about: &About, once: &str) -> Result<(), Failure> {
    for person in about.duo.people() {
        let account = account_of(tx, person)?;
        let values = vec![
            ("liaison_name", Value::words(&about.liaison.name)),
            ("link", Value::button(tx.url(&about.duo.path("")), "Open your duo's page")),
        ];
        let once = format!("{}|{once}", about.duo.id);
        send(tx, &LIAISON_OUTREACH, &account, about.cohort, about.duo.id, once, values, Some(about.liaison))?;
    }
    Ok(())
}

/// The month's guide to both, with its opening lines.
pub(crate) fn topic(tx: &mut Tx, about: &About, guide: &preset::Text, month: Date) -> Result<(), Failure> {
    for person in about.duo.people() {
        let account = account_of(tx, person)?;
        let title = format!("{}: {}", month.strftime("%B"), guide.fact("theme"));
        let values = vec![
            ("topic_title", Value::words(title)),
            ("topic_text", Value::lines(opening_lines(guide.body))),
            ("liaison_name", Value::words(&about.liaison.name)),
            ("link", Value::button(tx.url(&format!("/guides/{}", guide.name)), "Read the guide")),
        ];
        let once = format!("{}|{month}", about.duo.id);
        send(tx, &TOPIC_NOTE, &account, about.cohort, about.duo.id, once, values, Some(about.liaison))?;
    }
    Ok(())
}

/// The first paragraph under a guide's first heading, without its marks.
pub(crate) fn opening_lines(body: &str) -> String {
    let mut paragraphs = body.split("\n\n").map(str::trim);
    paragraphs.find(|it| !it.is_empty() && !it.starts_with('#')).unwrap_or_default().replace('*', "")
}

/// A fresh link to the four questions; only its hash is kept.
fn check_in_link(tx: &mut Tx, checkin: Id, person: Id) -> Result<Value, Failure> {
    let token = links::make(tx, answer::PURPOSE, Some(person), checkin, LINK_LASTS)?;
    Ok(Value::button(tx.url(&format!("/check-in/{token}")), "Answer in a minute"))
}

fn account_of(tx: &mut Tx, person: Id) -> Result<Account, Failure> {
    identity::find(tx, person)?.ok_or(Failure::NotFound)
}

#[expect(
    clippy::too_many_arguments,
    reason = "each is a line of the letter's head, and every letter above names all of them"
)]
fn send(
    tx: &mut Tx,
    kind: &'static Kind,
    to: &Account,
    cohort: &Cohort,
    about: Id,
    once: String,
    values: Vec<(&'static str, Value)>,
    from: Option<&Liaison>,
) -> Result<(), Failure> {
    let sender = from.map(|it| Sender { name: it.name.clone(), reply_to: it.email.clone() });
    let to = To::account(to);
    letters::post(tx, Post { kind, to, cohort: Some(cohort), about, once, values, sender, calendar: None })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_letter_opens_with_the_guides_first_words_and_no_marks() {
        let guide = preset::text("guides", "02").unwrap();
        let lines = opening_lines(guide.body);
        assert!(lines.starts_with("What does a good working day look like five years from now?"), "{lines}");
        assert!(!lines.contains('*') && !lines.contains('#'), "{lines}");
    }
}
