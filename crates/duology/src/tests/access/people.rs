//! Everyone who knocks: those of the year that was played, and those whom no year has by
//! itself.

use jiff::{SignedDuration, ToSpan, tz::TimeZone};
use platform::{
    identity::{self, Strength},
    ids::Id,
    prelude::*,
    storage::Query,
    tokens,
};
use policy::{Role, Subject};
use program::memberships;
use serde_json::{Value, json};
use testing::House;

pub(super) struct Person {
    pub name: &'static str,
    pub id: Option<Id>,
    /// The secret of their sign-in; nobody's for a stranger.
    pub token: Option<String>,
    /// What a program of the association bears instead.
    pub bearer: Option<String>,
    /// What their sign-in lacks: a second factor, or a proof of the last minutes.
    lacks: &'static str,
    /// The one door that a token of theirs opens.
    bears: &'static str,
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
            "lacks": self.lacks,
            "bears": self.bears,
        })
    }

    /// With what the house says that they hold.
    pub fn known(self, house: &House) -> Self {
        let id = self.id.unwrap_or_default();
        Self { subject: house.read(move |tx| Ok(program::subject(tx, id)?)), ..self }
    }

    /// Somebody who took part in a cohort, and does no more.
    pub fn who_took_part(self, cohort: Id) -> Self {
        Self { subject: Subject { former: vec![cohort.number()], ..Subject::default() }, ..self }
    }

    /// Whether they hold one of these roles in the whole program.
    pub fn holds_whole_program(&self, roles: &[&str]) -> bool {
        self.subject.memberships.iter().any(|it| it.cohort.is_none() && roles.contains(&it.role.key()))
    }

    /// Whether all that they hold, they hold in other cohorts than this one.
    pub fn is_elsewhere_alone(&self, cohort: Id) -> bool {
        let held = &self.subject.memberships;
        let here = Some(cohort.number());
        !held.is_empty() && held.iter().all(|it| it.cohort.is_some() && it.cohort != here)
    }

    pub fn is_office(&self) -> bool {
        self.subject.memberships.iter().any(|it| it.role == Role::Staff)
    }

    /// Somebody whom the house does not know, whatever they bring.
    pub fn unknown(name: &'static str, token: Option<String>) -> Self {
        Self { name, id: None, token, bearer: None, lacks: "", bears: "", subject: Subject::default() }
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

pub(super) fn sign_in(house: &House, name: &'static str, id: Id) -> Person {
    let token = house.write(move |tx| Ok(identity::sign_in(tx, id, "test", Strength::TwoFactors)?));
    let subject = house.read(move |tx| Ok(program::subject(tx, id)?));
    Person { name, id: Some(id), token: Some(token), bearer: None, lacks: "", bears: "", subject }
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
    let away = away(house);
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
    let outlived = duos.iter().rev().find(|it| it.is_active()).map_or(d.id, |it| it.id);
    let mut all = vec![
        away,
        whose_role_ended(house, there, outlived),
        Person::unknown("a stranger", None),
        Person::unknown("a bearer of a made-up sign-in", Some("x".repeat(43))),
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
    all.extend([disabled(house), expired(house), with_one_factor(house), proved_long_ago(house)]);
    all.extend(bearers(house, holder(house, "staff")));
    all
}

/// Those whom no year has by itself: one for each role, and for each way to have lost it.
fn nobodys(house: &House, there: Id) -> Vec<Person> {
    let here = house.cohort;
    vec![
        new(house, "nobody", |_, _| Ok(())),
        // Whom a nomination names that they have not answered, and who made it.
        new(house, "nominee", |_, _| Ok(())),
        new(house, "nominator", |_, _| Ok(())),
        new(house, "not-taken", move |tx, id| memberships::enrol(tx, id, Some(here), Role::Applicant)),
        new(house, "mentor-of-the-last-session", move |tx, id| {
            memberships::enrol(tx, id, Some(there), Role::Mentor)?;
            memberships::leave(tx, id, there, Role::Mentor)
        }),
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
        new(house, "chair-whose-term-is-over", |tx, id| {
            let yesterday = tx.now().to_zoned(TimeZone::UTC).date().saturating_sub(2.days());
            memberships::invite(tx, id, Role::Chair, Some(yesterday))?;
            memberships::confirm(tx, id)
        }),
        new(house, "alumna", move |tx, id| memberships::enrol(tx, id, Some(there), Role::Alumna)),
        new(house, "chair-of-another-cohort", move |tx, id| memberships::enrol(tx, id, Some(there), Role::Chair)),
        new(house, "liaison-of-another-cohort", move |tx, id| memberships::enrol(tx, id, Some(there), Role::Liaison)),
        new(house, "staff-of-another-cohort", move |tx, id| memberships::enrol(tx, id, Some(there), Role::Staff)),
        new(house, "board-of-another-cohort", move |tx, id| memberships::enrol(tx, id, Some(there), Role::Board)),
    ]
}

/// A liaison to whom a duo still belongs that runs on, whose role in its cohort has ended and
/// goes on in another.
fn whose_role_ended(house: &House, there: Id, duo: Id) -> Person {
    let here = house.cohort;
    let person = new(house, "liaison-whose-role-ended", move |tx, id| {
        memberships::enrol(tx, id, Some(here), Role::Liaison)?;
        memberships::enrol(tx, id, Some(there), Role::Liaison)?;
        memberships::leave(tx, id, here, Role::Liaison)
    });
    let sql = ("liaisons", "update % set liaison = $2 where duo = $1 and until is null");
    super::planted::change(house, sql, values![duo, person.id].to_vec());
    person
}

/// Whose cookie is still in a browser, and stands, and whose account is disabled.
fn disabled(house: &House) -> Person {
    let person = new(house, "disabled", |tx, id| memberships::enrol(tx, id, None, Role::Chair));
    let id = person.id.unwrap_or_default();
    house.write(move |tx| Ok(identity::disable(tx, id)?));
    Person::unknown("disabled", sign_in(house, "disabled", id).token)
}

/// A mentee who has not been here for a month.
fn expired(house: &House) -> Person {
    let here = house.cohort;
    let mentee = new(house, "expired", move |tx, id| memberships::enrol(tx, id, Some(here), Role::Mentee));
    let sql = ("sign_ins", "update % set expires_at = $2 where account = $1");
    super::planted::change(house, sql, values![mentee.id, house.now()].to_vec());
    Person::unknown("expired", mentee.token)
}

/// A chair who left their browser for more than an hour.
fn away(house: &House) -> Person {
    let chair = new(house, "chair-who-was-away", |tx, id| memberships::enrol(tx, id, None, Role::Chair));
    house.app.db.ground.clock.advance(SignedDuration::from_mins(61));
    Person::unknown("chair who was away", chair.token)
}

fn with_one_factor(house: &House) -> Person {
    let chair = new(house, "chair-with-a-password-alone", |tx, id| memberships::enrol(tx, id, None, Role::Chair));
    let id = chair.id.unwrap_or_default();
    let token = house.write(move |tx| Ok(identity::sign_in(tx, id, "test", Strength::OneFactor)?));
    Person { token: Some(token), lacks: "second factor", ..chair }
}

fn proved_long_ago(house: &House) -> Person {
    let chair = new(house, "chair-who-proved-it-long-ago", |tx, id| memberships::enrol(tx, id, None, Role::Chair));
    let id = chair.id.unwrap_or_default();
    house.write(move |tx| {
        let at = tx.now() - identity::PROOF_LASTS;
        for sign_in in identity::sign_ins(tx, &policy::house(), id)? {
            identity::prove(tx, sign_in.id, at)?;
        }
        Ok(())
    });
    Person { lacks: "proof", ..chair }
}

/// Programs with a token that opens one door, or something else, and with one that was ended.
fn bearers(house: &House, office: Id) -> [Person; 3] {
    let day = SignedDuration::from_hours(24);
    let roster = house.write(move |tx| Ok(tokens::make(tx, "roster", "roster", office, day)?));
    let elsewhere = house.write(move |tx| Ok(tokens::make(tx, "elsewhere", "elsewhere", office, day)?));
    let ended = house.write(move |tx| {
        let secret = tokens::make(tx, "ended", "roster", office, day)?;
        for token in tokens::list(tx)?.iter().filter(|it| it.name == "ended") {
            tokens::end(tx, token.id, office)?;
        }
        Ok(secret)
    });
    let bearer = |name, secret| Person { bearer: Some(secret), ..Person::unknown(name, None) };
    let roster = Person { bears: "PUT /api/roster", ..bearer("a token for the roster", roster) };
    [roster, bearer("a token for something else", elsewhere), bearer("a token that was ended", ended)]
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
