//! Journeys through this room, over HTTP, each on both databases.

use platform::prelude::{Doors, Id, Reply, Tx, Visit, html};
use policy::{Action, Role};
use testing::{Answer, House};

mod applying;
mod carrying;
mod committee;
mod crowd;
mod eligibility;
mod filing;
mod machine;
mod nominating;
mod offering;
mod reviewing;
mod sections;

/// This room, what its journeys lead through, and what is next for whoever asks.
fn doors() -> Doors {
    let next = Doors::default().get("/next", Action::ReadHome, next);
    crate::doors().merge(membership::doors()).merge(program::doors()).merge(forms::doors()).merge(next)
}

/// The titles of the next steps, each between angle quotes.
fn next(tx: &mut Tx, visit: &Visit) -> platform::doors::Answer {
    let steps = crate::next_steps(tx, visit)?;
    Ok(Reply::page("Next", html! { main { @for step in steps { "«" (step.title) "»" } } }))
}

/// Who the association has on its list: number, name, address, standing, year.
const ROSTER: &str = "Member number,Name,E-mail,Status,Joined,Expires\n\
    100,Anna Anderson,anna@example.org,active,2015,2027-12-31\n\
    101,Berta Bergmann,berta@example.org,active,2026,2027-12-31\n\
    102,Carla Castillo,carla@elsewhere.example,active,2019,2027-12-31\n\
    103,Dora Dubois,dora@example.org,lapsed,2012,2020-12-31\n\
    104,Maria Martinez,maria@example.org,active,2001,2027-12-31\n";

trait World {
    fn with_roster(&self) -> &Self;
    fn places(&self, places: i64);
    fn path_of(&self, who: &str, role: Role) -> String;
    fn apply(&self, who: &str, role: Role) -> Answer;
    fn later(&self, moment: &str, who: &[&str]);
}

impl World for House {
    fn with_roster(&self) -> &Self {
        self.write(|tx| membership::import_roster(tx, ROSTER)).unwrap();
        self
    }

    fn places(&self, places: i64) {
        let cohort = self.cohort;
        self.write(move |tx| program::cohorts::set_places(tx, cohort, places));
    }

    /// Where the status of somebody's application is read.
    fn path_of(&self, who: &str, role: Role) -> String {
        let (person, cohort) = (self.person(who), self.cohort);
        self.read(move |tx| crate::application_of(tx, cohort, role, person)).unwrap().path()
    }

    /// Fills in the whole form, checks it and submits it.
    fn apply(&self, who: &str, role: Role) -> Answer {
        self.person(who);
        let fields = if role == Role::Mentor { mentor_fields(who) } else { mentee_fields(who) };
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let check = self.post(who, &format!("/applications/{}/check", role.key()), &fields).leads_to();
        self.get(who, &check).is_ok();
        self.post(who, &check.replace("/check", "/submission"), &[])
    }

    /// Moves the clock beyond what a sign-in lasts, and lets these people sign in again.
    fn later(&self, moment: &str, who: &[&str]) {
        self.at(moment);
        for who in who {
            self.sign_in(who, self.person(who));
        }
    }
}

type Filled = Vec<(&'static str, String)>;

/// A complete application of a mentee who promises to join.
fn mentee_fields(who: &str) -> Filled {
    let mut fields = filled(&[
        ("me_tz", "America/Chicago"),
        ("me_role", "Library assistant"),
        ("me_years", "0–2"),
        ("me_type", "school"),
        ("me_type_next", "public: urban"),
        ("me_member", "will join by the orientation"),
        ("me_why", "I have just begun and want to learn how others lead."),
        ("me_goals_1", "Lead a small project"),
        ("me_goals_1_topic", "projects"),
        ("me_lead", "To begin what others can go on with."),
        ("me_bio", "Two years in a school library, before that a bookshop."),
        ("me_chan", "video"),
        ("me_freq", "monthly"),
        ("me_orient", "in person"),
        ("me_not", "Somebody Secret"),
    ]);
    fields.extend(["me_style_1", "me_style_2", "me_style_3", "me_style_4", "me_style_5", "me_style_6"].map(three));
    fields.extend(["c1", "c2", "c3", "c4", "c5", "c6", "c7"].map(tick));
    fields.extend([
        ("me_name", testing::full_name(who)),
        ("me_email", format!("{who}@example.org")),
        ("me_employer", format!("{who}’s school")),
    ]);
    fields
}

/// A complete application of a mentor.
fn mentor_fields(who: &str) -> Filled {
    let mut fields = filled(&[
        ("mo_tz", "America/Chicago"),
        ("mo_role", "Head of collections"),
        ("mo_type", "academic: research"),
        ("mo_years", "11 or more"),
        ("mo_years_lead", "6–10"),
        ("mo_orgexp", "Two committees and a conference."),
        ("mo_member", "member"),
        ("mo_expert", "managing people"),
        ("mo_path", "Five lines and a detour."),
        ("mo_can", "Honest questions."),
        ("mo_cannot", "Systems."),
        ("mo_chan", "video"),
        ("mo_freq", "monthly"),
        ("mo_cap", "1"),
        ("mo_orient", "in person"),
        ("show", "yes"),
    ]);
    fields.extend(["mo_style_1", "mo_style_2", "mo_style_3", "mo_style_4", "mo_style_5", "mo_style_6"].map(three));
    fields.extend(["mc1", "mc2", "mc3", "mc4", "mc5", "mc6", "mc7", "mc8"].map(tick));
    fields.extend([
        ("mo_name", testing::full_name(who)),
        ("mo_email", format!("{who}@example.org")),
        ("mo_employer", "State University".to_owned()),
    ]);
    fields
}

fn filled(fields: &[(&'static str, &str)]) -> Filled {
    fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

fn three(name: &'static str) -> (&'static str, String) {
    (name, "3".to_owned())
}

fn tick(name: &'static str) -> (&'static str, String) {
    (name, "yes".to_owned())
}

/// Some of the fields otherwise.
fn with(mut fields: Filled, changes: &[(&'static str, &str)]) -> Filled {
    for (name, value) in changes {
        fields.retain(|(it, _)| it != name);
        fields.push((name, (*value).to_owned()));
    }
    fields
}

fn borrowed(fields: &Filled) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// The roles somebody holds in the cohort, by their keys.
fn roles_of(house: &House, who: &str) -> Vec<&'static str> {
    let person = house.person(who);
    let subject = house.read(move |tx| Ok(program::subject(tx, person)?));
    let mut roles: Vec<_> = subject.memberships.iter().map(|it| it.role.key()).collect();
    roles.sort_unstable();
    roles
}

/// What the journal has about a thing, in order.
fn journal_about(house: &House, about: Id) -> Vec<String> {
    house.read(move |tx| Ok(platform::journal::about(tx, about)?)).into_iter().map(|line| line.what).collect()
}

fn figures(house: &House) -> crate::Figures {
    let cohort = house.cohort;
    house.read(move |tx| crate::figures(tx, cohort))
}
