//! The pure report: the same bytes from the same facts, and no small group in any block.

use crate::{
    facts::{Facts, Kind},
    figures::Figures,
    files::{Format, written},
    model::{self, Block, Cover, Report},
    rules::disclose,
    samples,
    texts::{self, Words},
};

fn words(kind: Kind, own: bool) -> Vec<Words> {
    let outline = texts::outline(kind).unwrap();
    let words = |it: &texts::PartOutline| Words {
        key: it.key.clone(),
        title: it.title.clone(),
        text: it.text.clone(),
        own,
        figures: it.figures.clone(),
    };
    outline.parts.iter().map(words).collect()
}

fn report(facts: &Facts, words: &[Words], is_draft: bool) -> Report {
    let outline = texts::outline(facts.kind).unwrap();
    let date = jiff::civil::date(2027, 1, 22);
    let cover = Cover { title: outline.title.clone(), lead: outline.lead.clone(), date, is_draft };
    model::report(&cover, facts, words)
}

/// Everything that is read in a report besides the committee's words.
fn shown(report: &Report) -> Vec<String> {
    let blocks = report.parts.iter().flat_map(|it| &it.blocks);
    blocks
        .flat_map(|block| match block {
            Block::Sentences { text } | Block::Note { text } => vec![text.clone()],
            Block::Figures { items } => items.iter().map(|it| it.figure.clone()).collect(),
            Block::Table { rows, .. } => rows.iter().flat_map(|row| row[1..].to_vec()).collect(),
            Block::Bars { alt, bars, .. } | Block::Funnel { alt, bars, .. } => {
                let mut words: Vec<String> = bars.iter().map(|it| it.words.clone()).collect();
                words.push(alt.clone());
                words
            }
        })
        .collect()
}

// REP1: the same data give the same bytes, in every format.
#[test]
fn the_same_facts_give_the_same_bytes_in_every_format() {
    for kind in Kind::ALL {
        for format in Format::ALL {
            let once = |is_draft| {
                let facts = samples::facts(kind);
                written(&report(&facts, &words(kind, false), is_draft), &facts, format).unwrap()
            };
            for is_draft in [true, false] {
                assert_eq!(once(is_draft), once(is_draft), "{} {}", kind.key(), format.key());
            }
        }
    }
}

#[test]
fn facts_come_back_from_their_json_as_they_were() {
    for kind in Kind::ALL {
        let facts = samples::facts(kind);
        let back: Facts = serde_json::from_str(&facts.json()).unwrap();
        assert_eq!(back, facts);
        assert_eq!(back.hash(), facts.hash());
        assert_eq!(facts.hash().len(), 64);
    }
}

#[test]
fn other_facts_have_another_mark() {
    let one = samples::figures(Kind::Interim);
    let other = Figures { meetings: one.meetings + 1, ..one.clone() };
    assert_ne!(disclose::facts(&one).hash(), disclose::facts(&other).hash());
}

/// A year in which every group has `few` people.
fn small_year(kind: Kind, few: u64) -> Figures {
    let full = samples::figures(kind);
    Figures {
        nominated: few,
        applied: few,
        eligible: few,
        placed: few,
        waiting: 0,
        mentors: few,
        duos: few,
        ended: 1,
        again: 1,
        mentees_oriented: few,
        mentees_met: few,
        mentees_midway: few,
        mentees_alumni: few,
        people: 2 * few,
        people_oriented: few,
        people_lessons: few,
        agreements: few,
        first_contacts: few,
        goals_set: few,
        states: crate::figures::States { on_track: few - 1, ..Default::default() },
        checkins: vec![("First contact".to_owned(), few)],
        concerns: few,
        reasons: vec![("no time".to_owned(), 1)],
        surveys: Vec::new(),
        goals: Vec::new(),
        changes: Vec::new(),
        standards: Vec::new(),
        before: None,
        meetings: few,
        minutes: few * 60,
        by_month: vec![("Jul".to_owned(), few)],
        ..full
    }
}

#[test]
fn no_block_shows_a_group_smaller_than_five() {
    for kind in Kind::ALL {
        for few in [2, 3, 4] {
            let facts = disclose::facts(&small_year(kind, few));
            for words in shown(&report(&facts, &words(kind, true), true)) {
                // Years, dates and the mark of the data hold digits too; a count stands alone.
                let alone = words.split(|it: char| !it.is_alphanumeric() && it != '.').any(|it| it == few.to_string());
                assert!(!alone, "{few} of everything: «{words}»");
            }
        }
    }
}

// The access matrix gives the board the number of concerns, from five on.
#[test]
fn concerns_are_a_number_from_five_on_and_nothing_before_the_session() {
    for (concerns, words) in [(0, "fewer than five"), (4, "fewer than five"), (5, "5"), (12, "12")] {
        let facts = disclose::facts(&Figures { concerns, ..samples::figures(Kind::Interim) });
        let report = report(&facts, &self::words(Kind::Interim, true), false);
        let line = format!("Concerns told in confidence: {words}.");
        assert!(format!("{:?}", report.parts).contains(&line), "{concerns}");
    }
    assert_eq!(disclose::facts(&samples::empty(Kind::Interim)).concerns, None);
}

#[test]
fn one_missing_in_each_group_cannot_be_worked_out_from_any_block() {
    let one = samples::figures(Kind::Final);
    let whole = Figures { ended: 1, agreements: 24, people_oriented: 49, mentees_oriented: 24, mentees_met: 24, ..one };
    let facts = disclose::facts(&whole);
    for words in shown(&report(&facts, &words(Kind::Final, true), false)) {
        // A range may end with the number; alone it must not stand.
        let words = words.replace("–24 of", "").replace("–49 of", "");
        for telling in ["24 of", "49 of", "96 %", "98 %", "1 duo"] {
            assert!(!words.contains(telling), "«{telling}» in «{words}»");
        }
    }
}

#[test]
fn a_report_on_an_empty_year_can_be_read() {
    for kind in Kind::ALL {
        let facts = disclose::facts(&samples::empty(kind));
        let report = report(&facts, &words(kind, false), true);
        assert!(report.parts.len() >= 10);
        for format in Format::ALL {
            assert!(written(&report, &facts, format).unwrap().len() > 500, "{}", format.key());
        }
    }
}

// The words that stand in a report of the preset before the committee adds its own.
#[test]
fn every_report_says_how_it_was_counted() {
    for kind in Kind::ALL {
        let facts = samples::facts(kind);
        let report = report(&facts, &words(kind, false), false);
        let annex = report.parts.last().unwrap();
        assert!(annex.words.contains("Groups smaller than five are not shown"), "{}", annex.words);
        assert!(format!("{:?}", annex.blocks).contains(&facts.hash()));
    }
}

#[test]
fn the_board_reads_no_request_to_the_committee() {
    let facts = samples::facts(Kind::Interim);
    let titles = |is_draft| -> Vec<String> {
        report(&facts, &words(Kind::Interim, false), is_draft).parts.into_iter().map(|it| it.title).collect()
    };
    assert!(titles(true).contains(&"Risks".to_owned()));
    assert!(!titles(false).contains(&"Risks".to_owned()));
    assert!(titles(false).contains(&"Summary".to_owned()));
}

// Five pages and an annex: an A4 page of a PDF is one object of its own.
#[test]
fn a_report_has_few_pages() {
    for kind in Kind::ALL {
        let facts = samples::facts(kind);
        let mut report = report(&facts, &words(kind, false), false);
        report.parts.retain(|it| it.key != "annex");
        let pdf = written(&report, &facts, Format::Pdf).unwrap();
        let text = String::from_utf8_lossy(&pdf);
        let pages = text.matches("/Type /Page").count() - text.matches("/Type /Pages").count();
        let pages = pages + text.matches("/Type/Page").count() - text.matches("/Type/Pages").count();
        assert!((1..=5).contains(&pages), "{} has {pages} pages", kind.key());
    }
}

#[test]
fn a_spreadsheet_takes_no_words_for_a_formula() {
    let facts = samples::facts(Kind::Interim);
    let mut words = words(Kind::Interim, true);
    words[0].text = "=1+1 or \"more\"\nand more".to_owned();
    let csv = written(&report(&facts, &words, true), &facts, Format::Csv).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.contains("\"'=1+1 or \"\"more\"\"\nand more\""), "{csv}");
    assert!(csv.starts_with("\"part\",\"block\",\"what\",\"column\",\"value\"\n"));
}

#[test]
fn the_page_that_is_sent_along_needs_nothing_from_elsewhere() {
    let facts = samples::facts(Kind::Final);
    let html = written(&report(&facts, &words(Kind::Final, true), false), &facts, Format::Html).unwrap();
    let html = String::from_utf8(html).unwrap();
    for outside in ["<link", "<script", "src=", "url(", "@import"] {
        assert!(!html.contains(outside), "{outside}");
    }
    assert!(html.contains("<style>") && html.contains("<svg"));
}
