//! The program beside the model: one cohort after the other in a house, and every step done
//! by the page that does it for people.

use std::{cell::RefCell, collections::BTreeMap};

use forms::Answers;
use jiff::{SignedDuration, Timestamp};
use platform::{
    doors::{Behind, PageFn},
    identity,
    prelude::*,
};
use policy::Role;
use serde_json::json;
use testing::{House, Kind};

use super::{
    MENTEES, MENTORS,
    model::{self, Does, Model, Question, Step, Terms},
};

/// How a step gets to its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// As a browser does.
    Doors,
    /// In a unit of work, as a door would open it.
    Pages,
}

type Person = (String, Id);

pub struct World {
    house: House,
    way: Way,
    mentees: Vec<Person>,
    mentors: Vec<Person>,
    chair: Person,
    pages: BTreeMap<&'static str, PageFn>,
    /// Lists that were opened already, as they are sealed: most do not change by a step.
    opened: RefCell<crate::wishes::Opened>,
}

/// Where one mentee stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stands {
    /// Who is asked and until when, what was asked back, how often the mentor was reminded.
    pub live: Vec<(usize, Timestamp, Question, i64)>,
    /// Whom they would like, in order.
    pub list: Vec<usize>,
    pub paired: Vec<usize>,
}

/// What the program has written down, or should have.
#[derive(Debug, PartialEq, Eq)]
pub struct Books {
    pub mentees: Vec<Stands>,
    /// How each mentor's profile stands, and how many wait.
    pub mentors: Vec<(&'static str, i64)>,
}

pub fn expected(model: &Model) -> Books {
    let live = |it: &model::Live| (it.mentor, it.until, it.question, it.reminded);
    let mentee = |it: &model::Mentee| Stands {
        live: it.live.iter().map(live).collect(),
        list: it.list.clone(),
        paired: it.paired.into_iter().collect(),
    };
    let mentor = |at: usize| {
        let state = match (model.is_taken(at), model.paused[at]) {
            (true, _) => "taken",
            (_, true) => "paused",
            _ => "shown",
        };
        (state, i64::try_from(model.waiting(at).len()).unwrap())
    };
    Books { mentees: model.mentees.iter().map(mentee).collect(), mentors: (0..model.mentors()).map(mentor).collect() }
}

row! {
    struct Asked {
        mentee: Id,
        mentor: Id,
        until: Timestamp,
        reminded: i64,
        asked_back: Option<Timestamp>,
        replied: Option<Timestamp>,
    }
}

sql! {
    ASKED => "select r.mentee, r.mentor, r.due_at, r.reminded, q.asked_at, q.replied_at from requests r left join request_questions q on q.request = r.id where r.cohort = $1 and r.state = 'asked'";
    NEWEST => "select id from requests where cohort = $1 and mentee = $2 and mentor = $3 order by choice desc, asked_at desc limit 1";
    LIVE => "select id from requests where cohort = $1 and mentee = $2 and state = 'asked'";
    PROFILES => "select person, state, waiting from profiles where cohort = $1";
}

impl World {
    pub fn new(kind: Kind, way: Way) -> Self {
        let house = House::open(kind, crate::doors(), crate::jobs).unwrap();
        let people = |many: usize, word: &str| -> Vec<Person> {
            (0..many).map(|number| format!("{word}{number}")).map(|who| (who.clone(), house.person(&who))).collect()
        };
        let (mentees, mentors) = (people(MENTEES, "mentee"), people(MENTORS, "mentor"));
        let chair = ("carla".to_owned(), house.role("carla", Role::Chair));
        let page = |door: &platform::doors::Door| match door.behind {
            Behind::Writing(page) => Some((door.path, page)),
            _ => None,
        };
        let pages = crate::doors().list().iter().filter_map(page).collect();
        Self { way, mentees, mentors, chair, pages, house, opened: RefCell::default() }
    }

    /// A cohort in which mentees have begun to choose, by these terms.
    pub fn begin(&self, terms: Terms) -> (Id, Model) {
        let roles = [(&self.mentees, Role::Mentee), (&self.mentors, Role::Mentor)];
        let people: Vec<(Id, Role)> =
            roles.into_iter().flat_map(|(people, role)| people.iter().map(move |it| (it.1, role))).collect();
        let cohort = self.house.write(move |tx| {
            for last in program::cohorts::all(tx)?.iter().filter(|it| it.is_open()) {
                program::cohorts::close(tx, last.id, None)?;
            }
            let cohort = next_cohort(tx)?;
            let decided = crate::terms::Terms {
                answer_days: terms.days,
                reminders: terms.reminders,
                wishes: i64::try_from(terms.list).unwrap(),
                waiting: i64::try_from(terms.waiting).unwrap(),
                mentees_each: i64::try_from(terms.each).unwrap(),
                ..crate::terms::Terms::USUAL
            };
            crate::terms::write(tx, cohort, &decided, None)?;
            people.iter().try_for_each(|(person, role)| join(tx, cohort, *person, *role))?;
            Ok(cohort)
        });
        // In some years the first day of choosing moves behind the turn of the year.
        let opens = self.house.read(move |tx| {
            let here = program::the_cohort(tx, cohort)?;
            let calendar = program::calendar::of(tx, &here)?;
            Ok(calendar.at(calendar.day("directory_opens"), 12))
        });
        self.house.app.db.ground.clock.advance_to(opens);
        self.house.run_jobs();
        let model = self.house.read(move |tx| {
            let here = program::the_cohort(tx, cohort)?;
            let calendar = program::calendar::of(tx, &here)?;
            let (zone, closes) = (calendar.zone().clone(), calendar.day("directory_closes"));
            Ok(Model::new((MENTEES, MENTORS), tx.now(), zone, closes, terms))
        });
        (cohort, model)
    }

    /// Does the same in the program; whether it counted.
    pub fn take(&self, cohort: Id, step: Step) -> bool {
        let wishes = |mentee: usize, mentor: usize, what: &str| {
            let mentor = self.mentors[mentor].1.to_string();
            self.post(&self.mentees[mentee], "/wishes", &[], &[("mentor", &mentor), ("what", what)])
        };
        let answer = |mentee: usize, mentor: Option<usize>, path: &'static str, form: &[(&str, &str)]| {
            let Some((request, at)) = self.request(cohort, mentee, mentor) else { return false };
            let who = if path.ends_with("reply") { &self.mentees[mentee] } else { &self.mentors[at] };
            self.post(who, path, &[("id", request)], form)
        };
        match step {
            Step::Ask(mentee, mentor) => {
                let (person, note) = (self.mentors[mentor].1, "I would like to learn from you.");
                let path = "/mentors/{person}/request";
                self.post(&self.mentees[mentee], path, &[("person", person)], &[("note", note)])
            }
            Step::Accept(mentee, mentor) => answer(mentee, mentor, "/requests/{id}/acceptance", &[("answer", "yes")]),
            Step::Decline(mentee, mentor) => answer(mentee, mentor, "/requests/{id}/refusal", &[("answer", "no")]),
            Step::Question(mentee, mentor) => {
                let form = [("answer", "question"), ("question", "Which budget?")];
                answer(mentee, mentor, "/requests/{id}/question", &form)
            }
            Step::Reply(mentee, mentor) => answer(mentee, mentor, "/requests/{id}/reply", &[("reply", "Ours.")]),
            Step::Withdraw(mentee) => {
                let Some((request, _)) = self.request(cohort, mentee, None) else { return false };
                self.post(&self.mentees[mentee], "/requests/{id}/withdrawal", &[("id", request)], &[])
            }
            // The page says so in a sentence where nothing is done.
            Step::Strike(mentee, mentor) => wishes(mentee, mentor, "remove"),
            Step::Up(mentee, mentor) => wishes(mentee, mentor, "up"),
            Step::Pause(mentor, paused) => {
                let pause = if paused { "yes" } else { "no" };
                self.post(&self.mentors[mentor], "/mentors/mine/pause", &[], &[("pause", pause)])
            }
            Step::Takes(mentor, mentees) => {
                let mentees = mentees.to_string();
                self.post(&self.mentors[mentor], "/mentors/mine/capacity", &[], &[("mentees", &mentees)])
            }
            Step::ByChair(mentee, does) => {
                let Some((request, _)) = self.request(cohort, mentee, None) else { return false };
                let what = match does {
                    Does::Yes => "yes",
                    Does::No => "no",
                    Does::TakeBack => "back",
                };
                let path = "/cohorts/{cohort}/matching/requests/{id}";
                let form = [("what", what), ("why", "They asked me to.")];
                self.post(&self.chair, path, &[("cohort", cohort), ("id", request)], &form)
            }
            Step::Wait(hours) => {
                self.house.app.db.ground.clock.advance(SignedDuration::from_hours(hours));
                true
            }
            Step::Work => {
                self.house.run_jobs();
                true
            }
        }
    }

    /// The newest request to this mentor, or the one that waits.
    fn request(&self, cohort: Id, mentee: usize, mentor: Option<usize>) -> Option<(Id, usize)> {
        let (mentee, number) = (self.mentees[mentee].1, self.number());
        let asked = mentor.map(|it| self.mentors[it].1);
        self.house.read(move |tx| {
            let id = match asked {
                Some(mentor) => tx.row::<Id>(&NEWEST, values![cohort, mentee, mentor])?,
                None => tx.row::<Id>(&LIVE, values![cohort, mentee])?,
            };
            let Some(id) = id else { return Ok(None) };
            Ok(crate::requests::find(tx, id)?.map(|it| (id, number[&it.mentor])))
        })
    }

    fn number(&self) -> BTreeMap<Id, usize> {
        self.mentors.iter().enumerate().map(|(at, it)| (it.1, at)).collect()
    }

    /// Whether what somebody sent was kept.
    fn post(&self, who: &Person, path: &'static str, ids: &[(&str, Id)], form: &[(&str, &str)]) -> bool {
        if self.way == Way::Doors {
            let path = ids
                .iter()
                .fold(path.to_owned(), |path, (name, id)| path.replace(&format!("{{{name}}}"), &id.to_string()));
            // Weeks pass in a case, and a sign-in may end meanwhile.
            self.house.sign_in(&who.0, who.1);
            let answer = self.house.post(&who.0, &path, form);
            assert!(matches!(answer.status, 303 | 404 | 409 | 422), "{path}: {} {}", answer.status, answer.text());
            return answer.status == 303;
        }
        let (page, person, config) = (self.pages[path], who.1, self.house.app.config.clone());
        let owned = |it: &(&str, &str)| (it.0.to_owned(), it.1.to_owned());
        let ids: Vec<(String, String)> = ids.iter().map(|(name, id)| ((*name).to_owned(), id.to_string())).collect();
        let form = Fields::from_pairs(form.iter().map(owned));
        let answer = self.house.app.db.write(move |tx| {
            let account = identity::find(tx, person)?.ok_or(Failure::NotFound)?;
            let mut visit = Visit::by_hand(config.clone(), account, program::subject(tx, person)?);
            (visit.params, visit.form) = (ids.clone(), form.clone());
            page(tx, &visit)
        });
        match answer {
            Ok(_) => true,
            Err(Failure::NotFound | Failure::Refused(_)) => false,
            Err(failure) => panic!("{path}: {failure}"),
        }
    }

    pub fn books(&self, cohort: Id) -> Books {
        let (mentees, mentors, number) = (self.mentees.clone(), self.mentors.clone(), self.number());
        let known = self.opened.take();
        let (books, opened) = self.house.read(move |tx| {
            let asked: Vec<Asked> = tx.rows(&ASKED, values![cohort])?;
            let duos = duos::in_cohort(tx, cohort)?;
            let lists = crate::wishes::all(tx, cohort, &known)?;
            let stands = |mentee: Id| Stands {
                live: asked.iter().filter(|it| it.mentee == mentee).map(|it| live(it, &number)).collect(),
                list: lists.get(&mentee).into_iter().flat_map(|it| &it.1).map(|mentor| number[mentor]).collect(),
                paired: duos.iter().filter(|it| it.mentee == mentee).map(|it| number[&it.mentor]).collect(),
            };
            let profiles: Vec<(Id, String, i64)> = tx.rows(&PROFILES, values![cohort])?;
            let profile = |mentor: Id| {
                let (_, state, waiting) = profiles.iter().find(|it| it.0 == mentor).unwrap();
                let state = ["shown", "paused", "taken"].into_iter().find(|it| it == state).unwrap();
                (state, *waiting)
            };
            let books = Books {
                mentees: mentees.iter().map(|it| stands(it.1)).collect(),
                mentors: mentors.iter().map(|it| profile(it.1)).collect(),
            };
            Ok((books, lists))
        });
        self.opened.replace(opened);
        books
    }

    /// How many letters have reminded a mentor in this house.
    pub fn reminders(&self) -> i64 {
        let written = self.house.read(|tx| Ok(platform::outbox::written(tx)?));
        written.iter().find(|it| it.letter == "match_request_reminder").map_or(0, |it| it.letters)
    }
}

fn live(asked: &Asked, number: &BTreeMap<Id, usize>) -> (usize, Timestamp, Question, i64) {
    let question = match (asked.asked_back, asked.replied) {
        (None, _) => Question::None,
        (_, None) => Question::Asked,
        _ => Question::Replied,
    };
    (number[&asked.mentor], asked.until, question, asked.reminded)
}

fn next_cohort(tx: &mut Tx) -> Result<Id, Failure> {
    let (name, today) = (format!("Case {}", tx.fresh_id()), program::today(tx)?);
    testing::open_cohort(tx, &name, program::rules::calendar::add(today, 46), 25)
}

fn join(tx: &mut Tx, cohort: Id, person: Id, role: Role) -> Result<(), Failure> {
    program::enrol(tx, person, Some(cohort), role)?;
    let (form, what) = match role {
        Role::Mentor => ("mentor_application", "mentor joined"),
        _ => ("mentee_application", "place taken"),
    };
    let (form, about) = (forms::current(tx, form)?, tx.fresh_id());
    let mut answers = Answers::new();
    if role == Role::Mentor {
        answers.set("mo_name", json!("A mentor"));
        answers.set("mo_can", json!("A calm ear and honest questions."));
        answers.set("mo_expert", json!(["managing people"]));
        answers.set("show", json!(true));
    }
    forms::keep(tx, &form, forms::Keep { cohort: Some(cohort), person, about, answers: &answers, given: true })?;
    let about = if role == Role::Mentor { person } else { about };
    Ok(journal::record(tx, what, about, Some(person), Some(cohort))?)
}
