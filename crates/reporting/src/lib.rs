//! The committee's dashboard and the reports to the board. Reads all rooms, writes nothing
//! of theirs.
//!
//! | what a person does, or what is kept                    | where                              |
//! |--------------------------------------------------------|------------------------------------|
//! | see how a cohort stands                                | `dashboard.rs`                     |
//! | hand over the chair                                    | `hand_over.rs`                     |
//! | read what happened                                     | `happenings.rs`                    |
//! | all reports; a submitted one, and its files            | `list.rs`, `read.rs`               |
//! | publish a submitted one; what is published             | `publish.rs`, `publications.rs`, `published.rs` |
//! | the draft; write a part; submit                        | `draft.rs`, `write.rs`, `submit.rs`|
//! | submitted reports, and the committee's words           | `reports.rs`, `words.rs`           |
//! | plain numbers from the rooms, the surveys, the standards | `gather.rs`, `heard.rs`, `standards.rs`, `figures.rs` |
//! | what of them may be shown                              | `rules.rs`, `rules/`, `facts.rs`   |
//! | from facts to a report                                 | `made.rs`, `model.rs`, `parts.rs`, `parts/`, `texts.rs` |
//! | as a page, on paper, as a file                         | `page.rs`, `paper.rs`, `files.rs`, `passages.rs` |
//! | letters, what is next, what happens by itself          | `letters.rs`, `next.rs`, `jobs.rs` |
//!
//! Invariants: a report is made from facts alone, and in facts no group smaller than five
//! can be counted. The same facts and words give the same bytes. A submitted report never
//! changes; a board reader sees nothing before.

mod dashboard;
mod draft;
mod facts;
mod figures;
mod files;
mod gather;
mod hand_over;
mod happenings;
mod heard;
mod jobs;
#[cfg(test)]
mod journeys;
mod letters;
mod list;
mod made;
mod model;
mod next;
mod page;
mod paper;
mod parts;
mod passages;
mod publications;
mod publish;
mod published;
mod read;
mod reports;
pub mod rules;
#[cfg(test)]
mod samples;
mod standards;
mod submit;
#[cfg(test)]
mod tests;
mod texts;
mod words;
mod write;

pub use facts::Kind;
pub use files::Format;
pub use jobs::jobs;
pub use made::produce;
pub use next::next_steps;
pub use published::is_anything as is_anything_published;

use platform::doors::Doors;
use policy::Action;

pub fn doors() -> Doors {
    Doors::default()
        .get("/cohorts/{cohort}", Action::ReadDashboard, dashboard::get)
        .get("/committee/hand-over", Action::HandOverChair, hand_over::get)
        .post("/committee/hand-over", Action::HandOverChair, hand_over::post)
        .taking(&["from", "person", "name", "email", "begins", "words"])
        .with_texts(&["words"])
        .asking_again()
        .get("/cohorts/{cohort}/journal", Action::ReadJournal, happenings::get)
        .get("/reports", Action::ReadReport, list::get)
        .get("/reports/{report}", Action::ReadReport, read::get)
        .get("/reports/{report}/report.pdf", Action::ReadReport, read::pdf)
        .asking_again()
        .get("/reports/{report}/report.html", Action::ReadReport, read::html)
        .asking_again()
        .get("/reports/{report}/report.csv", Action::ReadReport, read::csv)
        .asking_again()
        .get("/reports/{report}/report.json", Action::ReadReport, read::json)
        .asking_again()
        .get("/cohorts/{cohort}/reports/{kind}", Action::ReadReportDraft, draft::get)
        .get("/cohorts/{cohort}/reports/{kind}/report.pdf", Action::ReadReportDraft, draft::pdf)
        .asking_again()
        .get("/cohorts/{cohort}/reports/{kind}/parts/{part}", Action::WriteReport, write::get)
        .post("/cohorts/{cohort}/reports/{kind}/parts/{part}", Action::WriteReport, write::post)
        .taking(&["version", "text"])
        .with_texts(&["text"])
        .post("/cohorts/{cohort}/reports/{kind}/submission", Action::SubmitReport, submit::post)
        .get("/reports/{report}/publication", Action::Publish, publish::get)
        .post("/reports/{report}/publication", Action::Publish, publish::post)
        .post("/reports/{report}/publication/end", Action::Publish, publish::end)
        .get("/results", Action::ReadPublished, published::list)
        .get("/results/reports/{report}", Action::ReadPublished, published::get)
}
