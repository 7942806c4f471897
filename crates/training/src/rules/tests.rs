use care::Orientation;
use jiff::civil::{date, time};

use super::{
    attendance::{Presence, of_duo},
    calendar_file::{Entry, calendar_file},
    check::{QUESTIONS, check},
    times::{TimeRefusal, times},
};

// ORI3
#[test]
fn a_duo_attended_when_both_did_in_any_way_and_the_worse_of_two_absences_counts() {
    use Presence::{Absent, Came, Excused, MadeUp, Online};
    let cases = [
        (Some(Came), Some(Online), Some(Orientation::Attended)),
        (Some(MadeUp), Some(Came), Some(Orientation::Attended)),
        (Some(Excused), Some(Came), Some(Orientation::Excused)),
        (Some(Excused), Some(Excused), Some(Orientation::Excused)),
        (Some(Excused), Some(Absent), Some(Orientation::Missed)),
        (Some(Came), None, Some(Orientation::Missed)),
        (None, None, Some(Orientation::Missed)),
    ];
    for (mentor, mentee, expected) in cases {
        assert_eq!(of_duo(mentor, mentee, false), expected, "{mentor:?} {mentee:?}");
        assert_eq!(of_duo(mentee, mentor, false), expected, "{mentee:?} {mentor:?}");
    }
}

#[test]
fn a_duo_formed_later_has_missed_nothing_and_can_make_up_for_it() {
    assert_eq!(of_duo(None, None, true), None);
    assert_eq!(of_duo(Some(Presence::MadeUp), None, true), None);
    assert_eq!(of_duo(Some(Presence::MadeUp), Some(Presence::Came), true), Some(Orientation::Attended));
}

#[test]
fn every_presence_is_found_again_by_its_word() {
    for presence in Presence::AT_THE_DOOR.into_iter().chain([Presence::MadeUp]) {
        assert_eq!(Presence::from_key(presence.key()), Some(presence));
    }
    assert_eq!(Presence::from_key("late"), None);
}

fn entry() -> Entry {
    Entry {
        uid: "7@duology".to_owned(),
        version: 2,
        written_at: "2026-06-12T14:00:00Z".parse().unwrap(),
        starts_at: "2026-06-27T17:00:00Z".parse().unwrap(),
        ends_at: "2026-06-27T19:00:00Z".parse().unwrap(),
        title: "Orientation".to_owned(),
        place: "Room 204, second floor; ring twice".to_owned(),
        words: "Bring a pen\nand a \\ stroke".to_owned(),
        url: "https://example.org/events/7".to_owned(),
    }
}

// ORI1
#[test]
fn a_calendar_file_says_in_utc_when_and_where() {
    let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Duology//Mentoring//EN\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n\
        BEGIN:VEVENT\r\nUID:7@duology\r\nSEQUENCE:2\r\nDTSTAMP:20260612T140000Z\r\nDTSTART:20260627T170000Z\r\nDTEND:20260627T190000Z\r\n\
        SUMMARY:Orientation\r\nLOCATION:Room 204\\, second floor\\; ring twice\r\nDESCRIPTION:Bring a pen\\nand a \\\\ stroke\r\n\
        URL:https://example.org/events/7\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    assert_eq!(calendar_file(&entry()), expected);
}

#[test]
fn long_lines_are_folded_between_letters_and_unfold_to_what_they_were() {
    let words = "Ångström über ß 漢字 🙂 ".repeat(20);
    let file = calendar_file(&Entry { words: words.clone(), ..entry() });
    assert!(file.lines().all(|line| line.len() <= 75), "{file}");
    assert!(file.ends_with("\r\n") && !file.replace("\r\n", "").contains('\n'));
    let unfolded = file.replace("\r\n ", "");
    assert!(unfolded.contains(&format!("DESCRIPTION:{words}")));
}

#[test]
fn nobody_adds_a_line_of_their_own_to_a_calendar_file() {
    let title = "Party\r\nATTENDEE:mailto:a@b.org".to_owned();
    let file = calendar_file(&Entry { title, place: String::new(), ..entry() });
    assert!(!file.lines().any(|line| line.starts_with("ATTENDEE")), "{file}");
    assert!(!file.contains("LOCATION"), "an empty place has no line");
}

fn right(key: &str) -> String {
    QUESTIONS.iter().find(|it| it.key == key).map(|it| it.right.to_owned()).unwrap()
}

#[test]
fn the_three_questions_are_passed_with_the_right_answers_alone() {
    assert_eq!(check(right, true), Vec::new());
    assert_eq!(check(right, false).len(), 1);
    assert_eq!(check(|_| String::new(), true).len(), 3);
    let wrong = check(|key| if key == "ending" { "wait".to_owned() } else { right(key) }, true);
    assert_eq!(wrong, [("ending", "Not quite: nobody has to hold out, and no reason is asked.".to_owned())]);
}

#[test]
fn every_question_offers_its_right_answer() {
    for question in &QUESTIONS {
        assert!(question.options.iter().any(|(key, _)| *key == question.right), "{}", question.key);
    }
}

#[test]
fn an_event_ends_after_it_begins_on_a_day_still_to_come() {
    let (today, day) = (date(2026, 6, 1), date(2026, 6, 27));
    let good = times(Some(day), "9:30", "14:00", today);
    assert_eq!(good, Ok((day, time(9, 30, 0, 0), time(14, 0, 0, 0))));
    let cases = [
        (None, "12:00", "14:00", TimeRefusal::NoDay),
        (Some(date(2026, 5, 31)), "12:00", "14:00", TimeRefusal::PastDay),
        (Some(day), "noon", "14:00", TimeRefusal::NoTime),
        (Some(day), "25:00", "26:00", TimeRefusal::NoTime),
        (Some(day), "12:00", "12:00", TimeRefusal::EndsFirst),
        (Some(day), "12:00", "", TimeRefusal::EndsFirst),
    ];
    for (day, from, to, expected) in cases {
        assert_eq!(times(day, from, to, today), Err(expected), "{day:?} {from} {to}");
    }
    assert!(times(Some(today), "12:00", "13:00", today).is_ok());
}
