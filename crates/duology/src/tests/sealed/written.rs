//! What nobody writes of themselves in the year that a demo plays, though some column of
//! the database is there for it: written here, with a mark, through the doors of the house.

use jiff::civil::{Date, date};
use platform::{
    identity,
    ids::Id,
    keys::{self, Scope},
    storage::Query,
};

use super::{marks::Place, year::Played};
use crate::{
    demo::{people::Part, story::CHAIR},
    tests::year::BASE_URL,
};

pub const SEALED_NAME: &str = "/applications/mentor/draft mo_not";
pub const FILE: &str = "/applications/mentee/draft me_cv_file";
pub const REVIEW: &str = "/cohorts/{}/matching/review note";
const ALONE: &str = "/duos/{}/notebook private";

platform::row! { struct Asked { id: Id, question: Vec<u8> } }

impl Played {
    /// On each day on which something of it can be written, what is not written yet.
    pub(super) fn write_what_no_year_does(&mut self, day: Date) {
        let written = self.marks.written();
        let lacks = |place: &str| !written.contains(place);
        if lacks(SEALED_NAME) || lacks(FILE) {
            self.begin_applications(lacks(SEALED_NAME), lacks(FILE));
        }
        if day >= date(2026, 5, 4) && lacks(REVIEW) {
            self.have_the_draft_looked_at();
        }
        if day >= date(2026, 11, 10) && lacks(ALONE) {
            self.write_of_the_duo();
        }
    }

    /// A liaison begins to apply, and leaves it at a name that nobody is to read, and a file.
    fn begin_applications(&mut self, name: bool, file: bool) {
        let liaison = self.liaison();
        self.player.sign_in(liaison).unwrap();
        let mut is_open = |role: &str| {
            let page = self.player.browser.get(Some(liaison), &format!("/apply/{role}?all=yes")).unwrap();
            page.forms().iter().any(|form| form.fields.iter().any(|it| it.name.ends_with("_not")))
        };
        let (mentee, mentor) = (is_open("mentee"), is_open("mentor"));
        if name && mentor {
            let somebody = self.mark(SEALED_NAME);
            self.send(liaison, "/applications/mentor/draft", &[("mo_not", &somebody)]);
        }
        if file && mentee {
            let content = format!("%PDF-1.4\n% {}\n%%EOF\n", self.mark(FILE));
            let (path, field) = ("/applications/mentee/draft", "me_cv_file");
            let page = self.player.browser.upload(liaison, path, field, "cv.pdf", &content).unwrap();
            assert_eq!(page.status, 303, "{}", page.body);
        }
        if name && mentor || file && mentee {
            self.search();
        }
    }

    /// The chair has the house look for pairs, and asks a liaison to look at what it found.
    /// It is searched for at once, for what was said of a draft goes with the draft.
    fn have_the_draft_looked_at(&mut self) {
        let board = format!("/cohorts/{}/matching", self.player.cohort);
        let liaison = self.liaison();
        self.send(CHAIR, &format!("{board}/proposals"), &[]);
        let id = self.account(liaison).to_string();
        self.send(CHAIR, &format!("{board}/letters/reviewers"), &[("reviewer", &id)]);
        self.player.sign_in(liaison).unwrap();
        let page = self.player.browser.get(Some(liaison), &format!("{board}/review")).unwrap();
        let form = page.form_to("/review");
        let about = form.and_then(|form| form.fields.into_iter().find(|it| it.name == "about"));
        if let Some(about) = about.and_then(|it| it.values.into_iter().next()) {
            let note = self.mark(REVIEW);
            let fields = [("about", about.as_str()), ("verdict", "yes"), ("note", &note)];
            self.send(liaison, &format!("{board}/review"), &fields);
            self.search();
        }
        self.send(CHAIR, &format!("{board}/letters/reviewers"), &[]);
    }

    /// A note for oneself, a glass that two break, a concern, points for an application: in
    /// November, when there are duos.
    fn write_of_the_duo(&mut self) {
        let cohort = self.player.cohort;
        let duo = self.app.db.read(move |tx| duos::in_cohort(tx, cohort)).unwrap().remove(0);
        let mentee = duo.mentee;
        let email = self.app.db.read(move |tx| identity::find(tx, mentee)).unwrap().unwrap().email;
        let mentee = self.player.people.iter().position(|it| it.email == email).unwrap();
        let note = self.mark(ALONE);
        self.send(mentee, &duo.path("/notebook"), &[("kind", "private"), ("text", &note)]);
        let reason = self.mark("/desk/duos/{}/opening reason");
        self.send(CHAIR, &format!("/desk/duos/{}/opening", duo.id), &[("reason", &reason)]);
        let chair = self.account(CHAIR).to_string();
        let concern = self.mark("/concerns words");
        let at = self.send(mentee, "/concerns", &[("to", &chair), ("words", &concern)]);
        let words = self.mark("/concerns/{}/notes words");
        self.send(CHAIR, &format!("{at}/notes"), &[("words", &words)]);
        let applicant = duo.mentee;
        let application = self.app.db.read(move |tx| intake::applications_of(tx, applicant)).unwrap().remove(0).id;
        let comment = self.mark("/cohorts/{}/applications/{}/score comment");
        let names = [1, 2, 3].map(|place| format!("score_{place}_{application}"));
        let words = format!("comment_{application}");
        let mut scores = names.iter().map(|it| (it.as_str(), "4")).collect::<Vec<_>>();
        scores.push((&words, &comment));
        self.send(CHAIR, &format!("/cohorts/{cohort}/applications/{application}/score"), &scores);
    }

    /// Somebody who begins the survey and does not send it; what they send later, others see.
    pub(super) fn begin_a_survey(&mut self, letter: &str, text: &str) {
        const DRAFT: &str = "/survey/{} a draft";
        let link = text.split(BASE_URL).find(|it| it.starts_with("/survey/"));
        let (Some(link), "survey_midway", false) = (link, letter, self.marks.written().contains(DRAFT)) else { return };
        let link = link.split_whitespace().next().unwrap_or_default().to_owned();
        // Whoever was quick has answered meanwhile.
        if self.player.browser.get(None, &link).unwrap().form().is_none() {
            return;
        }
        let words = self.mark(DRAFT);
        let fields = [("t1", words.as_str()), ("do", "later")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let page = self.player.browser.post(None, &link, &fields).unwrap();
        assert_eq!(page.status, 303, "{}", page.body);
    }

    /// What the engine was asked, opened with the keys of the house.
    pub(super) fn questions(&self) -> Vec<u8> {
        let field = keys::fields().find(|it| (it.table, it.column) == ("matching_runs", "question")).unwrap();
        let opened = self.app.db.read(move |tx| {
            let asked: Vec<Asked> =
                tx.query(&Query::new("select id, question from matching_runs where question is not null"))?;
            let open = |it: &Asked| keys::open_bytes(tx, &Scope::new("run", it.id), &field.at(it.id), &it.question);
            asked.iter().map(open).collect::<Result<Vec<_>, _>>()
        });
        opened.unwrap().into_iter().flatten().flatten().collect()
    }

    fn liaison(&self) -> usize {
        self.player.people.iter().position(|it| it.part == Part::Liaison).unwrap()
    }

    fn account(&self, who: usize) -> Id {
        let email = self.player.people[who].email.clone();
        self.app.db.read(move |tx| identity::find_by_email(tx, &email)).unwrap().unwrap().id
    }

    /// Sends a form, and says where it leads.
    fn send(&mut self, who: usize, path: &str, fields: &[(&str, &str)]) -> String {
        self.player.sign_in(who).unwrap();
        let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let page = self.player.browser.post(Some(who), path, &fields).unwrap();
        assert_eq!(page.status, 303, "{path}: {}", page.body);
        page.to
    }

    /// A sentence with a mark of its own.
    fn mark(&self, place: &str) -> Place {
        self.marks.with(place.to_owned(), "Somebody may come to harm, they say.")
    }
}
