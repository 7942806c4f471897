//! A small world in which each sealed column holds a word that stands nowhere else.

use forms::{Answers, Keep};
use platform::{ids::Id, journal};
use policy::Role;
use serde_json::json;
use testing::House;

use crate::tests::access::planted::change;

/// Each sealed column that holds what somebody wrote.
pub const CANARIES: &[(&str, &str)] = &[
    ("form_answers", "answers"),
    ("form_answers", "sealed"),
    ("answer_files", "content"),
    ("nominations", "words"),
    ("application_scores", "words"),
    ("requests", "note"),
    ("requests", "decline_reason"),
    ("request_questions", "question"),
    ("request_questions", "reply"),
    ("wish_lists", "list"),
    ("matching_runs", "question"),
    ("plan_reviews", "note"),
    ("agreements", "body"),
    ("duo_goals", "body"),
    ("duo_notes", "body"),
    ("checkins", "answers"),
    ("openings", "reason"),
    ("concerns", "content"),
    ("concern_notes", "body"),
    ("survey_drafts", "sealed"),
    ("outbox", "body"),
];

/// Sealed columns whose content nobody chooses.
pub const NOT_CHOSEN: &[(&str, &str, &str)] = &[
    ("survey_secrets", "sealed", "a secret that the house draws"),
    ("app_codes", "sealed", "a secret that the house draws"),
    ("matching_runs", "answer", "made by the engine from the question beside it"),
    ("pair_imports", "plan", "ids of people, and sentences about lines, for a day"),
    ("kept_apart", "mentors", "ids of mentors, which stand in other tables"),
];

/// The word for one column.
pub fn canary(table: &str, column: &str) -> String {
    format!("canary-{table}-{column}-5e1f09")
}

/// The committee, two mentees and two mentors, on the day on which mentees begin to ask.
pub fn before_choosing(world: &House) -> [Id; 3] {
    world.role("carla", Role::Chair);
    world.role("dora", Role::Deputy);
    world.role("lena", Role::Liaison);
    nominate(world);
    let (ana, _) = (mentee(world, "ana"), mentee(world, "bea"));
    let (li, mo) = (mentor(world, "li"), mentor(world, "mo"));
    go_to(world, "2026-05-04T15:00:00Z", &["ana", "li", "mo", "carla", "lena"]);
    score(world, ana);
    [ana, li, mo]
}

/// Lets people of the small world write it everywhere, through the doors of the house.
pub fn plant(world: &House) {
    let [ana, li, mo] = before_choosing(world);
    look_at_pairs(world);
    choose(world, li, mo);
    let cohort = world.cohort;
    let duo = world.read(move |tx| Ok(duos::of_person(tx, cohort, ana)?.unwrap()));
    write_in_the_duo(world, &duo);
    go_to(world, "2026-07-09T15:00:00Z", &["ana", "mo", "lena", "carla"]);
    check_in(world);
    let reason = format!("Somebody may be in danger. {}", canary("openings", "reason"));
    world.post("carla", &format!("/desk/duos/{}/opening", duo.id), &[("reason", &reason)]).leads_to();
    let carla = world.person("carla").to_string();
    let concern = canary("concerns", "content");
    let at = world.post("ana", "/concerns", &[("to", &carla), ("words", &concern)]).leads_to();
    world.post("carla", &format!("{at}/notes"), &[("words", &canary("concern_notes", "body"))]).leads_to();
    letter_with_canary(world, ana);
}

/// The chair has done what was to be done; from now on the concern has a day on which it goes.
pub fn close_the_concern(world: &House) {
    world.sign_in("carla", world.person("carla"));
    let list = world.get("carla", "/concerns").is_ok().body;
    let links = list.split("href=\"").filter_map(|it| it.split('"').next());
    let concern = links.filter_map(|it| it.strip_prefix("/concerns/")).find(|it| *it != "new");
    let path = format!("/concerns/{}/closing", concern.unwrap_or_else(|| panic!("no concern: {list}")));
    world.post("carla", &path, &[]).leads_to();
}

/// Half a year later Ana begins the mid-way survey and does not send it.
pub fn begin_a_survey(world: &House) {
    go_to(world, "2026-11-19T16:00:00Z", &["ana"]);
    let letters = world.letters_to("ana");
    let letter = letters.iter().rfind(|it| it.letter == "survey_midway").unwrap_or_else(|| panic!("no survey"));
    let link = world.link_in(letter);
    let words = canary("survey_drafts", "sealed");
    world.post_as_stranger(&link, &[("s1", "5"), ("t1", &words), ("do", "later")]).leads_to();
    assert!(world.get_as_stranger(&link).body.contains(&words));
}

/// The chair says what she thinks of an application.
fn score(world: &House, applicant: Id) {
    let cohort = world.cohort;
    let id = world.read(move |tx| Ok(intake::applications_of(tx, applicant)?.remove(0).id));
    let words = canary("application_scores", "words");
    let names = [1, 2, 3].map(|place| format!("score_{place}_{id}"));
    let comment = format!("comment_{id}");
    let mut fields = names.iter().map(|it| (it.as_str(), "4")).collect::<Vec<_>>();
    fields.push((&comment, &words));
    world.post("carla", &format!("/cohorts/{cohort}/applications/{id}/score"), &fields).leads_to();
    let page = format!("/cohorts/{cohort}/review/compare?pick={id}");
    assert!(world.get("carla", &page).body.contains(&words));
}

/// Somebody nominates Tina, who begins a form and leaves it at that.
fn nominate(world: &House) {
    let words = canary("nominations", "words");
    let fields = [
        ("no_who", "Nora Nominator"),
        ("no_who_email", "nora@example.org"),
        ("no_for", "mentee"),
        ("no_name", "Tina Tanaka"),
        ("no_mail", "tina@example.org"),
        ("no_why", words.as_str()),
        ("no_know", "colleague"),
        ("no_ok", "no"),
        ("no_tell", "yes"),
    ];
    world.post_as_stranger("/nominate", &fields).leads_to();
    let link = world.link_in(&world.letters_to("tina")[0]);
    assert!(world.get_as_stranger(&link).body.contains(&words));
    world.post_as_stranger(&link, &[("answer", "accept")]).leads_to();
}

fn go_to(world: &House, moment: &str, people: &[&str]) {
    world.at(moment);
    for who in people {
        world.sign_in(who, world.person(who));
    }
    world.run_jobs();
}

/// The chair has the house look for pairs, and asks Lena to look at the draft.
fn look_at_pairs(world: &House) {
    let board = format!("/cohorts/{}/matching", world.cohort);
    world.post("carla", &format!("{board}/proposals"), &[]).leads_to();
    let lena = world.person("lena").to_string();
    world.post("carla", &format!("{board}/letters/reviewers"), &[("reviewer", &lena)]).leads_to();
    let page = world.get("lena", &format!("{board}/review")).is_ok();
    let about =
        page.body.split("name=\"about\" value=\"").nth(1).and_then(|it| it.split('"').next()).unwrap().to_owned();
    let words = canary("plan_reviews", "note");
    let fields = [("about", about.as_str()), ("verdict", "no"), ("note", &words)];
    world.post("lena", &format!("{board}/review"), &fields).leads_to();
    assert!(world.get("carla", &format!("{board}/letters")).body.contains(&words));
}

/// Asks Li, who asks back and cannot; then Mo, who can.
fn choose(world: &House, li: Id, mo: Id) {
    // The list holds the note to the one who is not asked yet; the request, to the one who is.
    let note = format!("{} {}", canary("requests", "note"), canary("wish_lists", "list"));
    world.post("ana", &format!("/mentors/{li}/request"), &[("note", &note)]).leads_to();
    world.post("ana", &format!("/mentors/{mo}/request"), &[("note", &note)]).leads_to();
    let path = asked_path(world, "li");
    let question = canary("request_questions", "question");
    world.post("li", &format!("{path}/question"), &[("question", &question)]).leads_to();
    let reply = canary("request_questions", "reply");
    world.post("ana", &format!("{path}/reply"), &[("reply", &reply)]).leads_to();
    let reason = canary("requests", "decline_reason");
    world.post("li", &format!("{path}/refusal"), &[("answer", "no"), ("reason", &reason)]).is_ok_or_leads();
    world.run_jobs();
    let path = asked_path(world, "mo");
    // Somebody else keeps a list, for Ana's ends with the duo.
    world.sign_in("bea", world.person("bea"));
    world.post("bea", &format!("/mentors/{li}/request"), &[("note", &note)]).leads_to();
    world.post("bea", &format!("/mentors/{mo}/request"), &[("note", &note)]);
    world.post("mo", &format!("{path}/acceptance"), &[("answer", "yes")]).leads_to();
    world.run_jobs();
}

trait Either {
    fn is_ok_or_leads(&self);
}

impl Either for testing::Answer {
    fn is_ok_or_leads(&self) {
        assert!(self.status == 200 || self.status == 303, "{}", self.body);
    }
}

/// The page of the request that waits for a mentor.
fn asked_path(world: &House, who: &str) -> String {
    let home = world.get(who, "/").is_ok();
    let start = home.body.find("/requests/").unwrap_or_else(|| panic!("nothing waits for {who}: {}", home.text()));
    home.body[start..].split(['"', '\'']).next().unwrap().to_owned()
}

fn write_in_the_duo(world: &House, duo: &duos::Duo) {
    let note = canary("duo_notes", "body");
    for (who, kind) in [("ana", "shared"), ("ana", "private"), ("mo", "shared")] {
        world.post(who, &duo.path("/notebook"), &[("kind", kind), ("text", &note)]).leads_to();
    }
    let words = canary("agreements", "body");
    world.post("ana", &duo.path("/agreement"), &[("revision", "0"), ("purpose", &words)]).leads_to();
    let goal = canary("duo_goals", "body");
    world.post("ana", &duo.path("/goals"), &[("revision", "0"), ("goal_1_title", &goal)]).leads_to();
    for below in ["/notebook", "/agreement", "/goals"] {
        assert!(world.get("ana", &duo.path(below)).body.contains("canary-"), "{below}");
    }
}

fn check_in(world: &House) {
    let letters = world.letters_to("ana");
    let letter = letters.iter().find(|it| it.letter == "checkin_1").unwrap_or_else(|| panic!("no check-in"));
    let link = world.links_in(letter).into_iter().find(|it| it.starts_with("/check-in/")).unwrap();
    let words = canary("checkins", "answers");
    world.post_as_stranger(&link, &[("P1", "yes"), ("P2", "2026-07-03"), ("P3", "4"), ("P4", &words)]).is_ok();
}

fn mentor(world: &House, who: &str) -> Id {
    let person = world.role_in_cohort(who, Role::Mentor);
    let mut answers = Answers::new();
    answers.set("mo_name", testing::full_name(who));
    answers.set("mo_can", "A calm ear");
    answers.set("mo_expert", json!(["research"]));
    answers.set("mo_chan", json!(["video"]));
    answers.set("mo_not", json!([canary("form_answers", "sealed")]));
    answers.set("show", true);
    apply(world, person, Role::Mentor, answers)
}

fn mentee(world: &House, who: &str) -> Id {
    let person = world.role_in_cohort(who, Role::Mentee);
    let mut answers = Answers::new();
    answers.set("me_name", testing::full_name(who));
    answers.set("me_why", canary("form_answers", "answers"));
    answers.set("me_goals", json!([{ "text": "something", "topic": canary("matching_runs", "question") }]));
    answers.set("me_not", json!([canary("form_answers", "sealed")]));
    apply(world, person, Role::Mentee, answers)
}

/// An application with everything that belongs to one, and the letter about it.
fn apply(world: &House, person: Id, role: Role, answers: Answers) -> Id {
    let cohort = world.cohort;
    let path = format!("/applications/{}/draft", role.key());
    world.post(&who(world, person), &path, &[]).leads_to();
    // Half of an application is enough here, with a place as if it were whole.
    change(world, ("applications", "update % set state = 'placed', submitted_at = begun_at"), Vec::new());
    world.write(move |tx| {
        let application = intake::applications_of(tx, person)?.remove(0);
        let form = forms::current(tx, application.form())?;
        let about = application.id;
        forms::keep(tx, &form, Keep { cohort: Some(cohort), person, about, answers: &answers, given: true })?;
        let what = if role == Role::Mentor { "mentor joined" } else { "place taken" };
        let about = if role == Role::Mentor { person } else { about };
        journal::record(tx, what, about, Some(person), Some(cohort))?;
        if role == Role::Mentor {
            matching::refresh_profile(tx, cohort, person)?;
        }
        Ok(())
    });
    letter_with_canary(world, person);
    person
}

/// The word by which the small world knows a person.
fn who(world: &House, person: Id) -> String {
    let account = world.read(move |tx| Ok(platform::identity::find(tx, person)?.unwrap()));
    account.email.split('@').next().unwrap().to_owned()
}

/// A letter that says something of its reader's own.
fn letter_with_canary(world: &House, person: Id) {
    world.write(move |tx| {
        let letter = platform::outbox::Letter {
            name: "password_recovery".to_owned(),
            account: Some(person),
            to_name: "Somebody".to_owned(),
            to_address: "somebody@example.org".to_owned(),
            from_name: "Formal Mentoring".to_owned(),
            reply_to: String::new(),
            subject: canary("outbox", "body"),
            text: canary("outbox", "body"),
            html: canary("outbox", "body"),
            calendar: None,
            unsubscribe: None,
            about: person,
            once_key: format!("canary|{person}|{}", tx.now()),
        };
        Ok(platform::outbox::post(tx, &letter)?)
    });
}
