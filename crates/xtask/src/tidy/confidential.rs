//! What is confidential and not sealed is read by whoever shows a proof: every function of a
//! room that others can call and that runs a query over one of these columns takes a grant, a
//! scope or what stands for them, or stands below with the reason why not. And the house opens
//! records for itself only where it is said what for.

use super::{
    File,
    functions::{self, Function},
    strings,
};

/// What of a table is the content of a record: its table, the columns, the row of the matrix.
/// What is sealed is looked after by `sealed.rs`, and states, days and ids are seen by all who
/// come to a record.
const CONTENT: &[(&str, &[&str], &str)] = &[
    ("alumni_members", &["helps"], "alumni_group"),
    ("applications", &["verdict"], "application"),
    ("application_scores", &["words"], "application_score"),
    ("attendance", &["state"], "event"),
    ("conflicts", &["email"], "conflict"),
    ("contacts", &["way", "day"], "contact_note"),
    ("duo_wishes", &["wish"], "exit_answer"),
    ("eligibility_overrides", &["reason"], "membership_roster"),
    ("events", &["title", "place", "online_link"], "event"),
    ("going_on", &["person"], "going_on"),
    ("invitations", &["answer"], "event"),
    ("lesson_readings", &["lesson"], "lesson_progress"),
    ("liaisons", &["why", "left_because"], "appointment"),
    ("meetings", &["day", "way", "minutes"], "meeting_log"),
    ("people", &["phone", "employer", "city"], "person_details"),
    ("plan_reviews", &["note", "verdict"], "proposal"),
    ("profile_cards", &["role_words", "employer_shown", "region", "card_words", "card_topics"], "profile_mentor"),
    ("profile_texts", &["words", "path", "can", "cannot", "learn"], "profile_mentor"),
    ("promises", &["note", "answer"], "membership_roster"),
    ("proposals", &["reasons", "parts", "alternatives"], "proposal"),
    ("report_words", &["text"], "report_draft"),
    ("reports", &["facts", "words"], "report_draft"),
    ("roster", &["standing", "expires_on", "category"], "membership_roster"),
    ("roster_lines", &["standing", "expires_on", "category"], "membership_roster"),
    ("roster_corrections", &["words", "answer"], "membership_roster"),
    ("shortlists", &["mentor"], "rank_list"),
    ("survey_results", &["data"], "survey_aggregate"),
    ("tasks", &["title", "words"], "task"),
];

/// Functions that read such a column without a proof: where, which, and why nobody reads too much.
const EXCUSED: &[(&str, &str, &str)] = &[
    ("crates/care/src/liaisons.rs", "stepped_aside", "gives ids alone, to ask nobody a second time"),
    (
        "crates/duos/src/facts.rs",
        "facts",
        "gives days and totals: the state of a duo, which its readers come to by a scope",
    ),
    ("crates/duos/src/facts.rs", "facts_in_cohort", "the same of all duos of a cohort"),
    ("crates/intake/src/applications.rs", "find", STANDS),
    ("crates/intake/src/applications.rs", "of", STANDS),
    ("crates/intake/src/applications.rs", "of_person", STANDS),
    ("crates/intake/src/applications.rs", "of_cohort", STANDS),
    ("crates/intake/src/applications.rs", "own", "gives what is one's own"),
    ("crates/intake/src/applications.rs", "begin", "gives what one begins oneself"),
    ("crates/matching/src/shortlists.rs", "has", "answers with yes or no"),
    (
        "crates/membership/src/corrections.rs",
        "asked",
        "for those who keep the roster: the chair, where there is no office",
    ),
    (
        "crates/membership/src/lapses.rs",
        "to_look_for",
        "the house looks whose membership ran out, and shows it to nobody",
    ),
    ("crates/membership/src/lapses.rs", "look_for", "the same, and notes that it did"),
    ("crates/membership/src/promises.rs", "to_remind", "gives ids alone, to remind whoever has not changed their mind"),
    ("crates/membership/src/promises.rs", "remind", "the same, and writes to them"),
    ("crates/membership/src/roster.rs", "figures", "gives three totals"),
    ("crates/membership/src/staged.rs", "new", IN_HAND),
    ("crates/membership/src/staged.rs", "changed", IN_HAND),
    ("crates/membership/src/staged.rs", "gone", IN_HAND),
    ("crates/membership/src/staged.rs", "unclear", IN_HAND),
    ("crates/membership/src/staged.rs", "faulty", IN_HAND),
];

const STANDS: &str = "gives whose an application is and how it stands, by which its readers are judged; answers, appeal and decision are sealed";
const IN_HAND: &str = "shows a list to whoever hands it in: the chair, where there is no office";

/// Where the house opens records for itself, and what for.
const BY_ITSELF: &[(&str, &str)] = &[
    ("crates/alumni/src/figures.rs", "counts what the group offers"),
    ("crates/alumni/src/jobs.rs", "lets those go who ended the letters"),
    ("crates/alumni/src/members.rs", "somebody joins or leaves; a letter is shown no address"),
    ("crates/care/src/appoint.rs", "compares employers, so that nobody accompanies a colleague"),
    ("crates/evaluation/src/jobs.rs", "asks those about the orientation who were there"),
    ("crates/evaluation/src/results.rs", "answers whether there are results"),
    ("crates/intake/src/details.rs", "fills a form with what whoever fills it in has told, and judges it by the rules"),
    ("crates/matching/src/desk/draft.rs", "drops of a run who is not left any more"),
    ("crates/matching/src/desk/import.rs", "knows the people of a file by their numbers"),
    ("crates/matching/src/desk/mark.rs", "sees whether anything has changed"),
    ("crates/matching/src/desk/question.rs", "gathers what the engine works with"),
    ("crates/matching/src/desk/shift.rs", "sees how much room a mentor has"),
    ("crates/matching/src/duo.rs", "ends what waits when a duo is formed"),
    ("crates/matching/src/figures.rs", "counts"),
    ("crates/matching/src/inputs.rs", "compares employers, so that nobody is paired with a colleague"),
    ("crates/matching/src/jobs.rs", "ends what nobody answered"),
    ("crates/matching/src/search/catalog.rs", "keeps the search in step with the profiles"),
    ("crates/matching/src/search/meaning.rs", "knows which words there are"),
    ("crates/matching/src/theirs.rs", "ends the proposals of somebody who asked to be forgotten"),
    ("crates/membership/src/address.rs", "keeps a person and their line together when the address changes"),
    ("crates/membership/src/imports.rs", "compares the roster with a new list"),
    ("crates/membership/src/people.rs", "judges by the rules whether somebody is a member"),
    ("crates/reporting/src/gather.rs", "counts for the dashboard and the report"),
    ("crates/reporting/src/heard.rs", "takes the totals of surveys into the figures of a report"),
    ("crates/reporting/src/made.rs", "writes a report into a file by the command of the server"),
    ("crates/reporting/src/words.rs", "answers whether a part was written"),
    ("crates/training/src/attendance.rs", "tells care and the duo what follows from a list"),
    ("crates/training/src/events.rs", "moves events with the calendar"),
    ("crates/training/src/figures.rs", "counts who came and who has read"),
    ("crates/training/src/jobs.rs", "invites and reminds"),
];

pub fn faults(file: &File) -> Vec<String> {
    if !functions::is_of_a_room(file) {
        return Vec::new();
    }
    let text = functions::without_tests(&file.text);
    let excused = |name: &str| EXCUSED.iter().any(|(at, of, _)| *at == file.name && *of == name);
    let open = readers(text).into_iter().filter(|it| it.is_visible && !excused(it.name));
    let open = open.map(|it| format!("`{}` reads something confidential without a proof", it.name));
    let itself = calls_on_the_house(text) && !BY_ITSELF.iter().any(|(at, _)| *at == file.name);
    let itself = itself.then(|| "opens records for the house itself, and it is not said what for".to_owned());
    open.chain(itself).collect()
}

fn calls_on_the_house(text: &str) -> bool {
    strings::without_comments(text).contains("policy::house")
}

/// The functions that run such a query and ask for no proof.
fn readers(text: &str) -> Vec<Function<'_>> {
    let queries: Vec<String> = queries(text).map(|name| format!("&{name}")).collect();
    functions::without_proof(text, |body| {
        let runs = |name: &String| body.match_indices(name.as_str()).any(|(at, _)| ends(&body[at + name.len()..]));
        // A query that is put together from parts stands where it is run.
        let own = body.split("\nsql! {").next().unwrap_or_default();
        queries.iter().any(runs) || strings::literals(own).iter().any(|it| is_read(it))
    })
}

/// Whether a name ends here.
fn ends(rest: &str) -> bool {
    !rest.starts_with(|it: char| it.is_ascii_alphanumeric() || it == '_')
}

/// The names of the queries of a file that read one of the columns.
fn queries(text: &str) -> impl Iterator<Item = &str> {
    let named = text.lines().filter_map(|line| line.trim().split_once(" => \""));
    named.filter(|(_, query)| is_read(query)).map(|(name, _)| name)
}

fn is_read(query: &str) -> bool {
    let words: Vec<&str> = strings::words(query).collect();
    let reads = words.first().is_some_and(|it| matches!(*it, "select" | "with"));
    let of = |table: &str| words.windows(2).any(|it| matches!(it[0], "from" | "join") && it[1] == table);
    let names = |column: &&str| words.contains(column);
    reads && CONTENT.iter().any(|(table, columns, _)| of(table) && columns.iter().any(names))
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUERY: &str = "sql! {\n    OF_DUO => \"select m.day, m.way from meetings m where m.duo = $1\";\n}\n";

    fn seen(text: &str) -> Vec<String> {
        faults(&File { name: "crates/duos/src/meetings.rs".to_owned(), text: format!("{QUERY}{text}") })
    }

    #[test]
    fn whoever_reads_something_confidential_asks_for_a_proof() {
        let open = "pub fn of_duo(tx: &mut Tx, duo: Id) -> Rows {\n    tx.rows(&OF_DUO, values![duo])\n}\n";
        assert_eq!(seen(open), ["`of_duo` reads something confidential without a proof"]);
        for proof in ["&Grant<of::MeetingLog>", "&Scope<of::MeetingLog>", "&impl Opens<of::MeetingLog>"] {
            let asks = open.replace("duo: Id", &format!("_: {proof}, duo: Id"));
            assert_eq!(seen(&asks), Vec::<String>::new(), "{proof}");
        }
        let private = open.replace("pub fn", "fn");
        assert_eq!(seen(&private), Vec::<String>::new());
        let round = format!("{private}pub(crate) fn hours(tx: &mut Tx) -> Rows {{\n    of_duo(tx, 7)\n}}\n");
        assert_eq!(seen(&round), ["`hours` reads something confidential without a proof"]);
        let other = open.replace("&OF_DUO,", "&OF_DUO_AND_DAY,");
        assert_eq!(seen(&other), Vec::<String>::new());
        let parts = open.replace("&OF_DUO,", "Query::new(\"select way from meetings\"),");
        assert_eq!(seen(&parts), ["`of_duo` reads something confidential without a proof"]);
    }

    #[test]
    fn days_and_states_are_no_content_and_a_change_is_no_reading() {
        assert!(is_read("select min(m.day) as first from duos d join meetings m on m.duo = d.id"));
        assert!(!is_read("select count(*) as many from meetings where duo = $1"));
        assert!(!is_read("select daylight from meetings"));
        assert!(!is_read("select day from holidays"));
        assert!(!is_read("update meetings set day = $2 where id = $1"));
    }

    #[test]
    fn the_house_opens_for_itself_where_it_is_said_what_for() {
        let text = "fn count(tx: &mut Tx) -> i64 {\n    of_duo(tx, &policy::house()).len()\n}\n";
        assert_eq!(seen(text), ["opens records for the house itself, and it is not said what for"]);
        assert_eq!(seen(&text.replace("house()", "house::<of::MeetingLog>()")).len(), 1);
        assert_eq!(seen("// Not by `policy::house()`.\n"), Vec::<String>::new());
    }

    #[test]
    fn whoever_is_excused_is_there() {
        let root = crate::root();
        let text = |file: &str| std::fs::read_to_string(root.join(file)).unwrap();
        for (file, name, why) in EXCUSED {
            let text = text(file);
            let is_there = readers(functions::without_tests(&text)).iter().any(|it| it.name == *name && it.is_visible);
            assert!(is_there && !why.is_empty(), "{name} of {file} reads nothing confidential any more");
        }
        for (file, why) in BY_ITSELF {
            assert!(calls_on_the_house(&text(file)) && !why.is_empty(), "{file} does not call upon the house any more");
        }
    }

    #[test]
    fn every_record_and_column_that_is_named_is_there() {
        let names: Vec<&str> = policy::Record::ALL.iter().map(|it| it.key()).collect();
        let root = crate::root();
        let files = crate::tidy::files(&root).unwrap();
        let sql: Vec<&File> = files.iter().filter(|it| it.is(&["sql"])).collect();
        for (table, columns, record) in CONTENT {
            assert!(names.contains(record), "{record}");
            for column in *columns {
                let has = |it: &&&File| it.text.contains(&format!(" {table} ")) && it.text.contains(column);
                assert!(sql.iter().find(has).is_some(), "{table} has no {column}");
            }
        }
    }
}
