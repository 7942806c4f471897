//! What people do when the moment has come.

use anyhow::{Context, Result};

use super::{
    browser::Page,
    people::{Manner, Part, happens},
    play::{Deed, Player},
    scrape::Form,
    story::CHAIR,
    texts::{CHAIR as CHAIRS, MENTEES, MENTORS},
};

impl Player {
    pub(super) fn act(&mut self, who: usize, deed: Deed) -> Result<()> {
        match deed {
            Deed::Register => self.register(who),
            Deed::Apply => self.apply(who),
            Deed::Answer { letter, path } => self.answer_letter(who, &letter, &path),
            Deed::Ask => self.ask(who),
            Deed::Propose => self.propose(),
            Deed::Desk => self.desk(who),
            Deed::Nominate => self.nominate(who),
            Deed::Room => self.room(),
            Deed::Door => self.at_the_door(),
            Deed::Report(kind) => self.report(kind),
            Deed::Lesson(number) => {
                self.signed_in(who)?;
                self.quietly(who, &format!("/lessons/{number}"), "/reading")
            }
            Deed::Pledge => {
                self.signed_in(who)?;
                self.quietly(who, "/pledge", "/pledge")
            }
            Deed::Agree => self.in_the_duo(who, "/agreement/edit", "/agreement", "writing the agreement"),
            Deed::Sign => self.in_the_duo(who, "/agreement", "/signature", "signing the agreement"),
            Deed::Goals => self.in_the_duo(who, "/goals", "/goals", "setting goals"),
            Deed::LogMeeting => self.in_the_duo(who, "", "/meetings", "logging a meeting"),
            Deed::GoOn => self.in_the_duo(who, "", "/going-on", "wishing to go on"),
            Deed::Note => {
                self.in_the_duo(who, "/notebook", "/notebook", "writing a note")?;
                *self.notes.entry(who).or_default() += 1;
                Ok(())
            }
            Deed::Withdraw => self.withdraw(who),
            Deed::Leave => self.in_the_duo(who, "/ending", "/ending", "ending the duo"),
        }
    }

    /// Life has changed: the place goes back, and to the next in line.
    fn withdraw(&mut self, who: usize) -> Result<()> {
        self.signed_in(who)?;
        let home = self.browser.get(Some(who), "/")?;
        let Some(path) = home.links("/applications/").first().cloned() else { return Ok(()) };
        self.quietly(who, &path, "/withdrawal")
    }

    fn register(&mut self, who: usize) -> Result<()> {
        let page = self.answer(who, "/register", "/register")?;
        self.expect(&page, "asking for an account", who);
        Ok(())
    }

    /// The application: the form, the check of one's answers, and off it goes.
    fn apply(&mut self, who: usize) -> Result<()> {
        let role = if self.people[who].part == Part::Mentor { "mentor" } else { "mentee" };
        let page = self.browser.get(Some(who), &format!("/apply/{role}?all=yes"))?;
        let Some(mut form) = page.forms().into_iter().find(|form| form.fields.len() > 10) else {
            self.expect(&Page { status: 499, ..page }, "finding the application form", who);
            return Ok(());
        };
        form.action = format!("/applications/{role}/check");
        form.buttons.clear();
        let checked = self.send(who, &form)?;
        if !self.expect(&checked, "checking the application", who) {
            return Ok(());
        }
        let page = if checked.to.is_empty() { checked } else { self.browser.get(Some(who), &checked.to.clone())? };
        let Some(send) = page.form_to("/submission") else {
            self.expect(&Page { status: 499, ..page }, "finding the button that submits", who);
            return Ok(());
        };
        let sent = self.send(who, &send)?;
        self.expect(&sent, "submitting the application", who);
        Ok(())
    }

    /// Opens the link of a letter and answers what is behind it.
    fn answer_letter(&mut self, who: usize, letter: &str, path: &str) -> Result<()> {
        let page = self.browser.get(Some(who), path)?;
        let forms = page.forms();
        let Some(form) = self.choose(who, letter, &forms) else { return Ok(()) };
        let reply = reply_to(&page);
        let said: Vec<(&str, &str)> = reply.map(|reply| ("reply", reply)).into_iter().collect();
        let done = self.send_with(who, &form, &said)?;
        let part = self.people[who].part;
        // What the other side did meanwhile is no complaint: a place taken, a request answered.
        if done.status != 409 && !(letter.starts_with("match") && done.status == 422) {
            self.expect(&done, letter, who);
        }
        if letter == "account_invitation" && matches!(part, Part::Mentor | Part::Mentee) {
            self.apply(who)?;
        }
        Ok(())
    }

    /// Yes or no: most people say yes, the busy ones less often.
    fn choose(&mut self, who: usize, letter: &str, forms: &[Form]) -> Option<Form> {
        let decides = ["match_request", "match_question_answered", "proposal_to", "place_offer"]
            .iter()
            .any(|start| letter.starts_with(start));
        let first = forms.first()?.clone();
        if !decides {
            return Some(first);
        }
        let asks = |form: &&Form| form.fields.iter().any(|field| field.name == "question");
        if letter == "match_request"
            && happens(&mut self.rng, 15)
            && let Some(question) = forms.iter().find(asks)
        {
            return Some(question.clone());
        }
        let percent = if self.people[who].manner == Manner::Eager { 92 } else { 75 };
        let yes = letter == "place_offer" || happens(&mut self.rng, percent);
        let words: &[&str] = if yes {
            &["yes", "accept", "acceptance", "accepted", "take"]
        } else {
            &["no", "refusal", "decline", "pass"]
        };
        let says = |text: &str| words.contains(&text);
        let fits = |form: &&Form| {
            says(form.action.rsplit('/').next().unwrap_or_default())
                || form
                    .fields
                    .iter()
                    .any(|field| field.kind == "hidden" && field.values.iter().any(|value| says(value)))
        };
        forms.iter().find(fits).cloned().or(Some(first))
    }

    /// A mentee reads the profiles of mentors who know their first topic, asks one and
    /// ranks others behind.
    fn ask(&mut self, who: usize) -> Result<()> {
        self.signed_in(who)?;
        let wanted = if happens(&mut self.rng, 50) { 3 } else { 1 };
        let topic = self.people[who].life.topics.first().copied().unwrap_or_default();
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("topic", topic).finish();
        let mut mentors = self.mentors_at(who, &format!("/mentors?{query}"))?;
        if mentors.len() < wanted {
            mentors.extend(self.mentors_at(who, "/mentors")?);
            mentors.sort();
            mentors.dedup();
        }
        for _ in 0..wanted {
            if mentors.is_empty() {
                break;
            }
            let place = rand::RngExt::random_range(&mut self.rng, 0..mentors.len());
            let mentor = mentors.swap_remove(place);
            let profile = self.browser.get(Some(who), &mentor)?;
            let note = self.note_to(&profile);
            let page = self.browser.get(Some(who), &format!("{mentor}/request"))?;
            if let Some(form) = page.form_to("/request") {
                self.send_with(who, &form, &[("note", &note)])?;
            }
        }
        Ok(())
    }

    fn mentors_at(&mut self, who: usize, path: &str) -> Result<Vec<String>> {
        let page = self.browser.get(Some(who), path)?;
        let is_profile = |link: &String| link.len() == "/mentors/".len() + 32;
        let mut mentors: Vec<String> = page.links("/mentors/").into_iter().filter(is_profile).collect();
        mentors.sort();
        mentors.dedup();
        Ok(mentors)
    }

    /// What somebody writes who has read this profile.
    fn note_to(&self, profile: &Page) -> String {
        let name = profile.heading();
        let mentor = self.people.iter().find(|person| person.part == Part::Mentor && person.name == name);
        let Some(mentor) = mentor else {
            return "I read your profile with joy. Would you have time for me?".to_owned();
        };
        format!("Dear {},\n{} Would you have time for me this year?", mentor.first_name(), mentor.life.asked_for)
    }

    /// A liaison does what is due, and comes back in a week or so.
    fn desk(&mut self, who: usize) -> Result<()> {
        self.signed_in(who)?;
        let place = if who == CHAIR { format!("/cohorts/{}/liaisons", self.cohort) } else { "/desk".to_owned() };
        let desk = self.browser.get(Some(who), &place)?;
        for form in desk.forms().into_iter().filter(|form| form.action.ends_with("/completion")) {
            if happens(&mut self.rng, 85) {
                let done = self.send(who, &form)?;
                self.expect(&done, "doing what is due", who);
            }
        }
        let days = rand::RngExt::random_range(&mut self.rng, 5..9);
        self.plan_in(who, days, 20, Deed::Desk);
        Ok(())
    }

    /// Somebody who knows the program suggests a person who has not asked yet.
    fn nominate(&mut self, who: usize) -> Result<()> {
        let Some(nominee) = self.people.iter().rev().find(|person| person.part == Part::Mentee).cloned() else {
            return Ok(());
        };
        let page = self.browser.get(None, "/nominate")?;
        let Some(form) = page.form_to("/nominate") else { return Ok(()) };
        let nominator = self.people.get(who).context("nobody")?.clone();
        let said = [
            ("no_who", nominator.name.as_str()),
            ("no_who_email", nominator.email.as_str()),
            ("no_for", "mentee"),
            ("no_name", nominee.name.as_str()),
            ("no_mail", nominee.email.as_str()),
            ("no_why", CHAIRS.nominations.first().map_or("", String::as_str)),
            ("no_know", "colleague"),
            ("no_ok", "yes"),
        ];
        let sent = self.send_with(who, &form, &said)?;
        self.expect(&sent, "nominating", who);
        Ok(())
    }

    /// The chair looks at who is left and has pairs proposed.
    fn propose(&mut self) -> Result<()> {
        self.sign_in(CHAIR)?;
        let board = format!("/cohorts/{}/matching", self.cohort);
        self.answer(CHAIR, &board, "/matching/proposals")?;
        // The page of the letters has several forms; the one that sends has no field to fill.
        let form = Form { action: format!("{board}/letters"), ..Form::default() };
        let sent = self.send(CHAIR, &form)?;
        self.expect(&sent, "sending proposals", CHAIR);
        Ok(())
    }

    /// The chair says where the orientation takes place, long before anyone asks.
    fn room(&mut self) -> Result<()> {
        let Some(event) = self.orientation_page()? else { return Ok(()) };
        let page = self.browser.get(Some(CHAIR), &format!("{event}/details"))?;
        let Some(form) = page.form_to("/details") else { return Ok(()) };
        let said = [
            ("from", "12:00"),
            ("to", "14:00"),
            ("place", CHAIRS.place.as_str()),
            ("online_link", CHAIRS.online.as_str()),
            ("words", CHAIRS.words.as_str()),
        ];
        let saved = self.send_with(CHAIR, &form, &said)?;
        self.expect(&saved, "saying where the orientation is", CHAIR);
        Ok(())
    }

    /// The address of the first event of the cohort, which is the orientation.
    fn orientation_page(&mut self) -> Result<Option<String>> {
        self.signed_in(CHAIR)?;
        let events = self.browser.get(Some(CHAIR), &format!("/cohorts/{}/events", self.cohort))?;
        let is_event = |link: &String| link.split('/').nth(2).is_some_and(|id| id.len() == 32);
        let link = events.links("/events/").into_iter().find(is_event);
        Ok(link.map(|link| link.split('/').take(3).collect::<Vec<_>>().join("/")))
    }

    /// On the Saturday: who comes in is noted at the door.
    fn at_the_door(&mut self) -> Result<()> {
        let Some(event) = self.orientation_page()? else { return Ok(()) };
        let door = self.browser.get(Some(CHAIR), &format!("{event}/door"))?;
        for form in door.forms().into_iter().filter(|form| form.action.ends_with("/attendance")) {
            let state = match happens(&mut self.rng, 12) {
                true => "absent",
                false => "came",
            };
            let Some(button) = form.buttons.iter().find(|button| button.value == state).cloned() else { continue };
            let form = Form { buttons: vec![button], ..form };
            let noted = self.send(CHAIR, &form)?;
            self.expect(&noted, "noting who came", CHAIR);
        }
        self.quietly(CHAIR, &format!("{event}/door"), "/attendance/completion")
    }

    /// The chair puts some words into the report and submits it.
    fn report(&mut self, kind: &'static str) -> Result<()> {
        self.sign_in(CHAIR)?;
        let path = format!("/cohorts/{}/reports/{kind}", self.cohort);
        let page = self.browser.get(Some(CHAIR), &path)?;
        if let Some(part) = page.links(&format!("{path}/parts/")).into_iter().next() {
            let words = if kind == "final" { &CHAIRS.last } else { &CHAIRS.interim };
            let editor = self.browser.get(Some(CHAIR), &part)?;
            if let Some(form) = editor.form() {
                let name = form
                    .fields
                    .iter()
                    .find(|field| field.kind == "textarea")
                    .map(|field| field.name.clone())
                    .unwrap_or_default();
                let saved = self.send_with(CHAIR, &form, &[(name.as_str(), words)])?;
                self.expect(&saved, "writing the report", CHAIR);
            }
        }
        let sent = self.answer(CHAIR, &path, "/submission")?;
        self.expect(&sent, "submitting the report", CHAIR);
        if kind == "interim" { self.publish() } else { Ok(()) }
    }

    /// What came of the first half is for everyone: the figures of the report, and of the
    /// last survey that has any.
    fn publish(&mut self) -> Result<()> {
        for (list, kind) in
            [("/reports".to_owned(), "/reports/"), (format!("/cohorts/{}/surveys", self.cohort), "/surveys/")]
        {
            let is_one = |link: &String| link.split('/').count() == 3;
            let page = self.browser.get(Some(CHAIR), &list)?;
            if let Some(one) = page.links(kind).into_iter().rfind(is_one) {
                self.quietly(CHAIR, &format!("{one}/publication"), "/publication")?;
            }
        }
        Ok(())
    }

    fn in_the_duo(&mut self, who: usize, page: &str, ending: &str, what: &str) -> Result<()> {
        let Some(duo) = self.duos.get(&who).cloned() else { return Ok(()) };
        self.signed_in(who)?;
        let shown = self.browser.get(Some(who), &format!("{duo}{page}"))?;
        let Some(form) = shown.form_to(ending) else { return Ok(()) };
        let done = self.send(who, &form)?;
        // A duo that has ended meanwhile takes nothing more; that is as it should be.
        if done.status != 404 && done.status != 409 && !(what == "logging a meeting" && done.status == 422) {
            self.expect(&done, what, who);
        }
        Ok(())
    }

    /// Does something that may no longer be open; a refusal is no complaint.
    fn quietly(&mut self, who: usize, path: &str, ending: &str) -> Result<()> {
        let page = self.browser.get(Some(who), path)?;
        if let Some(form) = page.form_to(ending) {
            self.send(who, &form)?;
        }
        Ok(())
    }

    /// Signs in anew when the cookie has run out.
    fn signed_in(&mut self, who: usize) -> Result<()> {
        let home = self.browser.get(Some(who), "/me")?;
        if home.status == 303 { self.sign_in(who) } else { Ok(()) }
    }
}

/// The reply to the question that stands on a page.
fn reply_to(page: &Page) -> Option<&'static str> {
    let asked = MENTORS.questions.iter().position(|question| page.body.contains(question.as_str()))?;
    MENTEES.replies.get(asked).map(String::as_str)
}
