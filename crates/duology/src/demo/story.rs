//! The story of the year: how it is set up, and how people react to letters.

use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use rand::RngExt;

use super::{
    people::{Manner, Part, happens},
    play::{Deed, Player},
};

/// The chair is the first of the cast.
pub const CHAIR: usize = 0;

impl Player {
    /// The first evening: the set-up link, the settings, the roster, the committee.
    pub fn begin(&mut self, annual_meeting: Date, places: usize) -> Result<()> {
        self.set_up(annual_meeting, places)?;
        self.settings()?;
        self.roster()?;
        self.appoint()?;
        let opening = format!("/cohorts/{}/opening", self.cohort);
        let opened = self.browser.post(Some(CHAIR), &opening, &[])?;
        self.expect(&opened, "opening the cohort", CHAIR);
        self.cards()?;
        self.call()
    }

    fn set_up(&mut self, annual_meeting: Date, places: usize) -> Result<()> {
        let link = self.app.db.write(program::setup::link).map_err(|failure| anyhow::anyhow!("{failure}"))?;
        let path = link.context("this house is set up already")?.replace(&self.app.config.base_url, "");
        let page = self.browser.get(Some(CHAIR), &path)?;
        let form = page.form().context("the set-up page has no form")?;
        let (day, places) = (annual_meeting.to_string(), places.to_string());
        let said = [
            ("association", super::ASSOCIATION),
            ("program", super::PROGRAM),
            ("zone", super::ZONE),
            ("annual_meeting", day.as_str()),
            ("midwinter", ""),
            ("places", places.as_str()),
        ];
        let done = self.send_with(CHAIR, &form, &said)?;
        if done.status != 303 {
            bail!("the set-up was refused: {}", first_fault(&done.body));
        }
        let cohort = self.app.db.read(program::current).map_err(|failure| anyhow::anyhow!("{failure}"))?;
        self.cohort = cohort.context("no cohort was begun")?.id;
        Ok(())
    }

    fn settings(&mut self) -> Result<()> {
        let page = self.browser.get(Some(CHAIR), "/program")?;
        let form = page.form().context("the settings have no form")?;
        let said = [
            ("association", super::ASSOCIATION),
            ("name", super::PROGRAM),
            ("zone", super::ZONE),
            ("postal_address", "50 Maple Street, Northfield, MN 55057"),
            ("reply_address", "mentoring@example.org"),
            ("alternative_contact", "Marguerite Ellis, ombudsperson, ombuds@example.org"),
        ];
        let saved = self.send_with(CHAIR, &form, &said)?;
        self.expect(&saved, "saving the settings", CHAIR);
        Ok(())
    }

    /// Mentees of this program see each other as cards.
    fn cards(&mut self) -> Result<()> {
        let page = self.browser.get(Some(CHAIR), &format!("/cohorts/{}/matching/terms", self.cohort))?;
        let form = page.form_to("/terms").context("how mentees choose has no form")?;
        let said = [
            ("answer_days", "7"),
            ("first_reminder", "3"),
            ("second_reminder", "6"),
            ("wishes", "5"),
            ("waiting", "3"),
            ("mentees_each", "1"),
            ("language", "English"),
            ("cards", "yes"),
        ];
        let saved = self.send_with(CHAIR, &form, &said)?;
        self.expect(&saved, "showing mentees to each other", CHAIR);
        Ok(())
    }

    /// The association's member list: everyone of the cast who is a member, and others.
    fn roster(&mut self) -> Result<()> {
        let mut text = "Member number,Name,E-mail,Standing,Joined\n".to_owned();
        for person in self.people.iter().filter(|person| person.member) {
            text.push_str(&format!("{},{},{},good,{}\n", person.number, person.name, person.email, person.joined));
        }
        for (other, name) in super::names::of_members(self.people.len()).into_iter().enumerate() {
            let standing = if other % 9 == 0 { "lapsed" } else { "good" };
            text.push_str(&format!("X{other:05},{name},member{other}@example.org,{standing},{}\n", 2000 + other % 25));
        }
        let shown = self.browser.upload(CHAIR, "/roster/import", "file", "members.csv", &text)?;
        if !self.expect(&shown, "importing the roster", CHAIR) {
            return Ok(());
        }
        let columns = self.browser.get(Some(CHAIR), &shown.to)?;
        let form = columns.form_to("/columns").context("the columns have no form")?;
        // What the house found in the first line is right, so it is sent as it stands.
        let found = self.browser.submit(Some(CHAIR), &form, |_| None)?;
        self.expect(&found, "naming the columns of the roster", CHAIR);
        let difference = self.browser.get(Some(CHAIR), &found.to)?;
        let apply = difference.form().context("the difference has no form")?;
        let applied = self.send(CHAIR, &apply)?;
        self.expect(&applied, "applying the roster", CHAIR);
        Ok(())
    }

    fn appoint(&mut self) -> Result<()> {
        for who in 1..self.people.len() {
            let person = self.people[who].clone();
            let role = match person.part {
                Part::Deputy => "deputy",
                Part::Liaison => "liaison",
                Part::Council => "council",
                Part::Staff => "staff",
                Part::Board => "board",
                Part::Chair | Part::Mentor | Part::Mentee => continue,
            };
            let page = self.browser.get(Some(CHAIR), "/committee")?;
            let form = page.form_to("/committee/members").context("the committee page has no form")?;
            let said =
                [("name", person.name.as_str()), ("email", person.email.as_str()), ("role", role), ("until", "")];
            let invited = self.send_with(CHAIR, &form, &said)?;
            self.expect(&invited, "appointing", who);
        }
        Ok(())
    }

    /// Who applies when: mentors over weeks, mentees in a rush at the beginning.
    fn call(&mut self) -> Result<()> {
        let cohort = self.cohort;
        let days = self
            .app
            .db
            .read(move |tx| {
                let cohort = program::the_cohort(tx, cohort)?;
                let calendar = program::calendar::of(tx, &cohort)?;
                Ok::<_, platform::doors::Failure>(
                    [
                        "mentor_call_opens",
                        "mentee_call_opens",
                        "directory_closes",
                        "orientation",
                        "interim_report_draft",
                        "final_report_due",
                    ]
                    .map(|step| calendar.day(step)),
                )
            })
            .map_err(|failure| anyhow::anyhow!("{failure}"))?;
        let [mentors, mentees, matching, orientation, interim, last] = days;
        let later = program::rules::calendar::add;
        let nominated = self.people.len() - 1;
        for who in (0..self.people.len()).filter(|who| *who != nominated) {
            let day = match self.people[who].part {
                Part::Mentor => later(mentors, self.rng.random_range(0..60)),
                Part::Mentee if happens(&mut self.rng, 60) => later(mentees, self.rng.random_range(0..4)),
                Part::Mentee => later(mentees, self.rng.random_range(4..50)),
                _ => continue,
            };
            let hour = self.rng.random_range(8..21);
            self.plan_on(who, day, hour, Deed::Register);
        }
        self.plan_on(CHAIR, later(orientation, 20), 21, Deed::Desk);
        let liaisons: Vec<usize> =
            (0..self.people.len()).filter(|who| self.people[*who].part == Part::Liaison).collect();
        for (place, who) in liaisons.iter().enumerate() {
            self.plan_on(*who, later(orientation, 12 + i64::try_from(place).unwrap_or(0) % 5), 20, Deed::Desk);
        }
        let on_committee = |who: &usize| !matches!(self.people[*who].part, Part::Mentee | Part::Mentor | Part::Board);
        let committee: Vec<usize> = (0..self.people.len()).filter(on_committee).collect();
        for (place, who) in committee.into_iter().enumerate() {
            self.plan_on(who, later(mentors, 2 + i64::try_from(place).unwrap_or(0) % 9), 19, Deed::Pledge);
        }
        self.plan_on(liaisons.first().copied().unwrap_or(CHAIR), later(mentees, 1), 18, Deed::Nominate);
        for round in [2, 10, 18] {
            self.plan_on(CHAIR, later(matching, round), 19, Deed::Propose);
        }
        self.plan_in(CHAIR, 2, 18, Deed::Room);
        self.plan_on(CHAIR, orientation, 12, Deed::Door);
        self.plan_on(CHAIR, later(interim, 9), 20, Deed::Report("interim"));
        self.plan_on(CHAIR, later(last, -3), 20, Deed::Report("final"));
        Ok(())
    }

    /// What a letter makes its reader do, and when.
    pub(super) fn react(&mut self, who: usize, letter: &str, links: &[String]) {
        // A link with a secret of its own is what the letter asks for; others explain.
        let secret = |link: &&String| link.split(['/', '?']).any(|part| part.len() == 43);
        let task = links.iter().find(secret).or_else(|| links.iter().find(|link| is_a_task(link)));
        let Some(path) = task.cloned() else { return };
        let answer = Deed::Answer { letter: letter.to_owned(), path };
        if letter == "checkin_6" && self.people[who].manner == Manner::Eager {
            self.plan_in(who, 6, 20, Deed::GoOn);
        }
        match letter {
            "account_invitation" | "committee_invitation" | "nomination_to_nominee" => self.plan_in(who, 0, 20, answer),
            "place_offer" => self.plan_in(who, 1, 18, answer),
            "directory_opens" => {
                let days = self.delay(who).unwrap_or(12);
                self.plan_in(who, days, 19, Deed::Ask);
            }
            "match_request_declined" | "match_request_taken" | "no_mentor_left" => self.plan_in(who, 1, 19, Deed::Ask),
            "duo_confirmed" => self.duo_begins(who, links),
            "place_taken" if self.people[who].withdraws => self.plan_in(who, 60, 20, Deed::Withdraw),
            _ => {
                let answered = [
                    "match_request",
                    "match_question",
                    "proposal_to",
                    "checkin_",
                    "survey_",
                    "orientation_invitation",
                    "orientation_missed",
                    "alumni_invitation",
                ];
                if answered.iter().any(|start| letter.starts_with(start))
                    && let Some(days) = self.delay(who)
                {
                    let hour = self.rng.random_range(8..22);
                    self.plan_in(who, days, hour, answer);
                }
            }
        }
    }

    /// A duo has been formed: what its two people will do over the year.
    fn duo_begins(&mut self, who: usize, links: &[String]) {
        let Some(path) = links.iter().find(|link| link.starts_with("/duos/")) else { return };
        let path = path.split('/').take(3).collect::<Vec<_>>().join("/");
        self.duos.insert(who, path.clone());
        let person = self.people[who].clone();
        let start = program::rules::calendar::add(self.today(), 5).max(self.orientation());
        let silent = person.manner == Manner::Silent;
        if !silent {
            self.plan_on(who, program::rules::calendar::add(start, 1), 20, Deed::Pledge);
            for lesson in 1..=8 {
                let early = i64::from(lesson) - 9;
                self.plan_on(who, program::rules::calendar::add(start, early), 21, Deed::Lesson(lesson));
            }
        }
        let mentee = person.part == Part::Mentee;
        if mentee && !silent {
            self.plan_on(who, program::rules::calendar::add(start, 8), 20, Deed::Agree);
            self.plan_on(who, program::rules::calendar::add(start, 9), 20, Deed::Goals);
        }
        if !silent {
            self.plan_on(who, program::rules::calendar::add(start, 12), 20, Deed::Sign);
        }
        self.plan_meetings(who, start, &person);
        let place = self.formed.iter().position(|it| *it == path).unwrap_or_else(|| {
            self.formed.push(path.clone());
            self.formed.len() - 1
        });
        let days = self.rng.random_range(70..150);
        let later = program::rules::calendar::add(start, days);
        // In every program some fall silent, and some end early.
        if place % 12 == 4 {
            self.silent_from.insert(who, later);
        } else if mentee && place % 10 == 7 {
            self.plan_on(who, later, 20, Deed::Leave);
        }
    }

    /// Mentees log most meetings; eager mentors log the others.
    fn plan_meetings(&mut self, who: usize, start: Date, person: &super::people::Person) {
        let every = match (person.part, person.manner) {
            (Part::Mentee, Manner::Eager) => 24,
            (Part::Mentee, Manner::Steady) => 33,
            (Part::Mentee, Manner::Busy) => 55,
            (Part::Mentor, Manner::Eager) => 90,
            _ => return,
        };
        let mut day = program::rules::calendar::add(start, self.rng.random_range(6..20));
        let end = program::rules::calendar::add(start, 300);
        while day < end {
            self.plan_on(who, day, 17, Deed::LogMeeting);
            if happens(&mut self.rng, 25) {
                self.plan_on(who, day, 21, Deed::Note);
            }
            let days = self.rng.random_range(every - 6..every + 10);
            day = program::rules::calendar::add(day, days);
        }
    }

    fn orientation(&self) -> Date {
        let cohort = self.cohort;
        let found = self.app.db.read(move |tx| program::the_cohort(tx, cohort).map(|it| it.anchors().saturday));
        found.unwrap_or_else(|_| self.today())
    }
}

/// Links that ask for something, rather than explain.
fn is_a_task(link: &str) -> bool {
    !["/privacy", "/about", "/unsubscribe", "/help"].iter().any(|start| link.starts_with(start))
}

/// The first sentence of a page's error summary, for complaints.
pub fn first_fault(html: &str) -> String {
    let from = html.find("There is a problem").or_else(|| html.find("<h1")).unwrap_or(0);
    let mut words = String::new();
    let mut inside = false;
    for letter in html.get(from..).unwrap_or_default().chars().take(1500) {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                words.push(' ');
            }
            _ if !inside => words.push(letter),
            _ => {}
        }
    }
    let words: Vec<&str> = words.split_whitespace().take(40).collect();
    words.join(" ")
}
