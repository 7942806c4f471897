//! Everyone who knocks: those of the year that was played, and those whom no year has by
//! itself.

use platform::{identity, ids::Id, prelude::*, storage::Query};
use policy::{Role, Subject};
use program::memberships;
use serde_json::{Value, json};
use testing::House;

pub(super) struct Person {
    pub name: &'static str,
    pub id: Option<Id>,
    /// The secret of their sign-in; nobody's for a stranger.
    pub token: Option<String>,
    subject: Subject,
}

impl Person {
    /// As the oracle is told about them.
    pub fn described(&self) -> Value {
        let held = self.subject.memberships.iter();
        let held = held.map(|it| json!({"role": it.role.key(), "cohort": it.cohort.map(cohort)}));
        json!({
            "id": self.id.map(|it| it.to_string()),
            "memberships": held.collect::<Vec<_>>(),
            "former": self.subject.former.iter().map(|it| cohort(*it)).collect::<Vec<_>>(),
        })
    }
}

fn cohort(number: u128) -> String {
    Id::from_bytes(number.to_be_bytes()).to_string()
}

/// The people of the year, by what they are.
fn holder(house: &House, role: &'static str) -> Id {
    let found: Vec<(Id, String)> = house.read(|tx| {
        let sql = "select distinct person, role from memberships where status = 'confirmed' order by person";
        Ok(tx.query(&Query::new(sql))?)
    });
    found.iter().find(|it| it.1 == role).map(|it| it.0).unwrap()
}

fn sign_in(house: &House, name: &'static str, id: Id) -> Person {
    let token = house.write(move |tx| Ok(identity::sign_in(tx, id, "test", platform::identity::Strength::TwoFactors)?));
    let subject = house.read(move |tx| Ok(program::subject(tx, id)?));
    Person { name, id: Some(id), token: Some(token), subject }
}

/// An account of its own, with what `so` gives it.
fn new(
    house: &House,
    name: &'static str,
    so: impl Fn(&mut Tx, Id) -> Result<(), Failure> + Send + Sync + 'static,
) -> Person {
    let id = house.write(move |tx| {
        let id = identity::add(tx, name, &format!("{name}@persona.example"), None)?;
        so(tx, id)?;
        Ok(id)
    });
    sign_in(house, name, id)
}

pub(super) fn all(house: &House) -> Vec<Person> {
    let here = house.cohort;
    let there = super::records::another_cohort(house);
    let duos = house.read(move |tx| duos::in_cohort(tx, here));
    let [a, b, c, d, e, ..] = duos.as_slice() else { panic!("the year has {} duos", duos.len()) };
    let give = move |person: Id, role: Role, cohort: Option<Id>| {
        house.write(move |tx| memberships::enrol(tx, person, cohort, role));
    };
    give(c.mentor, Role::Council, None);
    give(d.mentor, Role::Chair, None);
    let (replaced, mentee) = (liaison_of(house, a.id), e.mentee);
    hand_over(house, replaced, a.id);
    let ended = e.id;
    house.write(move |tx| {
        let duo = duos::duo(tx, ended)?.ok_or(Failure::NotFound)?;
        let _ = duos::end(tx, &duo, mentee, "")?;
        memberships::leave(tx, mentee, here, Role::Mentee)
    });
    let mut all = vec![
        Person { name: "a stranger", id: None, token: None, subject: Subject::default() },
        Person {
            name: "a bearer of a made-up sign-in",
            id: None,
            token: Some("x".repeat(43)),
            subject: Subject::default(),
        },
        sign_in(house, "mentee of A", a.mentee),
        sign_in(house, "mentor of A", a.mentor),
        sign_in(house, "mentee of B", b.mentee),
        sign_in(house, "mentor of B", b.mentor),
        sign_in(house, "council who mentors in C", c.mentor),
        sign_in(house, "mentee of C", c.mentee),
        sign_in(house, "chair who mentors in D", d.mentor),
        sign_in(house, "mentee who withdrew from E", e.mentee),
        sign_in(house, "liaison of A", liaison_of(house, a.id)),
        sign_in(house, "liaison of B", liaison_of(house, b.id)),
        sign_in(house, "liaison who handed A over", replaced),
        sign_in(house, "waiting", holder(house, "applicant")),
        sign_in(house, "council", holder(house, "council")),
        sign_in(house, "deputy", holder(house, "deputy")),
        sign_in(house, "staff", holder(house, "staff")),
        sign_in(house, "board", holder(house, "board")),
    ];
    all.extend(nobodys(house, there));
    all.extend(super::records::people_elsewhere(house, there).into_iter().map(|(name, id)| sign_in(house, name, id)));
    all.push(disabled(house));
    all
}

/// Those whom no year has by itself: one for each role, and for each way to have lost it.
fn nobodys(house: &House, there: Id) -> Vec<Person> {
    let here = house.cohort;
    vec![
        new(house, "nobody", |_, _| Ok(())),
        new(house, "applicant", move |tx, id| memberships::enrol(tx, id, Some(here), Role::Applicant)),
        new(house, "mentee-without-duo", move |tx, id| memberships::enrol(tx, id, Some(here), Role::Mentee)),
        new(house, "mentor-without-duo", move |tx, id| memberships::enrol(tx, id, Some(here), Role::Mentor)),
        new(house, "chair", move |tx, id| memberships::enrol(tx, id, None, Role::Chair)),
        new(house, "liaison-without-duo", move |tx, id| memberships::enrol(tx, id, None, Role::Liaison)),
        new(house, "former-liaison", move |tx, id| {
            memberships::enrol(tx, id, Some(here), Role::Liaison)?;
            memberships::leave(tx, id, here, Role::Liaison)
        }),
        new(house, "invited", |tx, id| memberships::invite(tx, id, Role::Chair, None)),
        new(house, "alumna", move |tx, id| memberships::enrol(tx, id, Some(there), Role::Alumna)),
        new(house, "chair-of-another-cohort", move |tx, id| memberships::enrol(tx, id, Some(there), Role::Chair)),
        new(house, "liaison-of-another-cohort", move |tx, id| memberships::enrol(tx, id, Some(there), Role::Liaison)),
        new(house, "staff-of-another-cohort", move |tx, id| memberships::enrol(tx, id, Some(there), Role::Staff)),
        new(house, "board-of-another-cohort", move |tx, id| memberships::enrol(tx, id, Some(there), Role::Board)),
    ]
}

/// Whose cookie is still in a browser, and whose account is disabled.
fn disabled(house: &House) -> Person {
    let person = new(house, "disabled", |tx, id| memberships::enrol(tx, id, None, Role::Chair));
    let id = person.id.unwrap_or_default();
    house.write(move |tx| Ok(identity::disable(tx, id)?));
    Person { id: None, subject: Subject::default(), ..person }
}

pub(super) fn liaison_of(house: &House, duo: Id) -> Id {
    let found: Vec<(Id, Id)> =
        house.read(|tx| Ok(tx.query(&Query::new("select duo, liaison from liaisons where until is null"))?));
    found.iter().find(|it| it.0 == duo).map(|it| it.1).unwrap_or_default()
}

fn hand_over(house: &House, liaison: Id, duo: Id) {
    let token = sign_in(house, "liaison", liaison).token;
    let path = format!("/desk/duos/{duo}/hand-over");
    let form = Some("application/x-www-form-urlencoded");
    let answer = house.knock(axum::http::Method::POST, &path, token.as_deref(), form, Vec::new());
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_ne!(liaison_of(house, duo), liaison);
}
