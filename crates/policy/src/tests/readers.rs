//! The line *Who can read this?*: its words, to whom it speaks, and that it says what the
//! page of the table says.

use super::*;
use crate::matrix::parts;

const OF_COMMITTEE: [Column; 4] = [Column::Liaison, Column::Council, Column::Chair, Column::Staff];

#[test]
fn the_line_who_can_read_this_follows_the_table() {
    let says = who_can_read;
    assert_eq!(
        says(Record::PrivateNote),
        "Only you. Not your partner, not your liaison, not the chair, not the office."
    );
    assert_eq!(says(Record::DuoMessage), "Only the two of you. Not your liaison, not the chair, not the office.");
    assert_eq!(
        says(Record::DuoGoals),
        "The two of you, and your liaison if you both share it. Your liaison and the chair otherwise see whether there are any, and since when, no more. Not the office."
    );
    assert_eq!(says(Record::Proposal), "You, the chair, and members of the committee whom the chair asks to look.");
    assert_eq!(says(Record::ApplicationScore), "You, the chair, and the committee during the selection.");
    assert_eq!(
        says(Record::Escalation),
        "You, the chair, your liaison unless you leave them out, and somebody to whom it is referred."
    );
    assert_eq!(
        says(Record::SurveyAnswer),
        "You until you send it, and the chair the free texts once they are shuffled and without names."
    );
    for record in Record::ALL {
        let line = says(*record);
        assert!(line.ends_with('.') && line.chars().next().is_some_and(char::is_uppercase), "{record:?}: {line}");
    }
}

// Confidentiality 2: m is more than "that it is there" wherever the matrix says what is seen.
#[test]
fn whoever_sees_a_part_is_said_to_see_that_part() {
    let says = who_can_read;
    assert_eq!(
        says(Record::MembershipRoster),
        "You and the office. The committee sees whether you may take part; the chair sees whether you may take part and until when you are a member; no more."
    );
    assert_eq!(
        says(Record::PersonDetails),
        "You, your partner in a duo and the committee. The office sees name and mail address, no more."
    );
    assert!(says(Record::ProfileMentor).ends_with("The office sees name, mail address and membership, no more."));
    assert_eq!(
        says(Record::CheckinAnswer),
        "You and your liaison. The chair sees whether it is due, is late or asks for attention; the office sees how many have answered; no more. Not your partner."
    );
    assert_eq!(
        says(Record::MeetingLog),
        "Only the two of you. Your liaison sees when you last met and how often; the committee and the office see totals alone, from five on; the chair sees day, length and way of each meeting; no more."
    );
    assert_eq!(
        says(Record::AccountSession),
        "Only you. The chair can end sign-ins; the office can end sign-ins and send an invitation again; no more. Not your liaison."
    );
    assert_eq!(
        says(Record::AuditLog),
        "You, the chair what happens in the program, and the office what happens to accounts."
    );
    assert!(
        says(Record::SentMail).contains("the chair sees which letters went out, how many, and whether they arrived")
    );
    assert!(says(Record::MailingList).contains("the chair sees the names, not the addresses, and can send to them"));
}

#[test]
fn what_hangs_on_another_record_has_its_readers() {
    assert_eq!(who_can_read(Record::Attachment), "Whoever reads what it belongs to, and nobody else.");
    for record in Record::ALL {
        assert_ne!(who_can_read(*record), "Nobody.", "{record:?}");
    }
}

#[test]
fn the_line_speaks_to_whoever_reads_the_page() {
    assert_eq!(
        who_can_read_as(Record::CheckinAnswer, Column::Liaison),
        "Whoever answers and you as liaison. The chair sees whether it is due, is late or asks for attention; the office sees how many have answered; no more. Not their partner."
    );
    assert_eq!(
        who_can_read_as(Record::Application, Column::Chair),
        "The applicant, you as chair or deputy, and the committee during the selection. The committee otherwise sees that it is there, since when and how it stands; the office sees that it is there, how it stands and what it says about membership; no more."
    );
    assert_eq!(
        who_can_read_as(Record::MembershipRoster, Column::Staff),
        "The member and you with the rest of the office. The committee sees whether the member may take part; the chair sees whether the member may take part and until when the membership runs; no more."
    );
    assert!(who_can_read_as(Record::ProfileMentee, Column::Mentee).contains(
        "You with the other mentees see name, workplace and interests where the committee shows cards; the office"
    ));
    assert!(who_can_read(Record::ProfileMentee).contains(" Other mentees see name, workplace"));
    assert!(
        who_can_read_as(Record::ProfileMentor, Column::Mentee)
            .contains("you with the other mentees from the day you choose until the session ends")
    );
    for record in Record::ALL {
        for reader in OF_COMMITTEE {
            let line = who_can_read_as(*record, reader);
            for word in ["your ", "of you", "You and", "you and", "You,", "you both", "You until"] {
                assert!(!line.contains(word), "{record:?} {reader:?}: {line}");
            }
        }
    }
}

// One sentence never contradicts the page of the table: both are read from one cell.
#[test]
fn whom_the_line_shuts_out_has_nothing_in_the_table_and_whoever_has_something_is_named() {
    let names = [
        (Column::Liaison, vec!["your liaison", "the committee"]),
        (Column::Council, vec!["the committee", "whom it is referred"]),
        (Column::Chair, vec!["the chair", "the committee"]),
        (Column::Staff, vec!["the office", "whom it is referred"]),
    ];
    for record in Record::ALL.iter().filter(|it| **it != Record::Attachment) {
        let line = who_can_read(*record).to_lowercase();
        let (open, shut) = line.split_once(" not your").or_else(|| line.split_once(" not the")).unwrap_or((&line, ""));
        for (column, words) in &names {
            let of_others = |rule: &&Rule| !rule.bounds.has(Bound::Own);
            let given: Vec<&Rule> = rules(*record, *column).iter().filter(of_others).collect();
            let is_named = words.iter().any(|it| open.contains(it));
            assert!(given.is_empty() || is_named, "{record:?}: {column:?} is not in: {line}");
            let is_shut = shut.contains(words[0].trim_start_matches("your ").trim_start_matches("the "));
            assert!(!is_shut || given.is_empty(), "{record:?}: {column:?} is shut out of: {line}");
        }
    }
}

#[test]
fn the_page_of_the_table_says_of_each_cell_what_the_line_says() {
    let page = page();
    for record in Record::ALL {
        let head = format!("\n## {}\n", record.key());
        let chapter = page.split_once(&head).map(|(_, rest)| rest).unwrap_or_default();
        let chapter = chapter.split("\n## ").next().unwrap_or_default();
        assert!(chapter.contains(&who_can_read(*record)), "{record:?}");
        for column in OF_COMMITTEE {
            for seen in parts(*record, column)
                .iter()
                .filter_map(|part| crate::seen::seen(*record, part).filter(crate::seen::Seen::says_more))
            {
                let line = chapter
                    .lines()
                    .find(|it| it.starts_with(&format!("- {}:", column.key())) && it.contains(seen.theirs));
                assert!(line.is_some(), "{record:?} {column:?}: {}", seen.theirs);
            }
        }
    }
}
