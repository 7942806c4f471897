//! Table `roster`: the association's members, as the newest list that was applied has them.

use jiff::{Timestamp, civil::Date};
use platform::{folding::folded, identity::email_key, prelude::*, storage::Query};
use policy::{Grant, Lists, May, Opens, Scope, may, of};

use crate::{
    imports::Done,
    people::Person,
    rules::{
        names::{can_be_one_person, number_key},
        roster::RosterRow,
        standing::Entry,
    },
    undo,
};

row! {
    #[derive(PartialEq, Eq)]
    pub struct Member {
        pub id: Id,
        pub member_number: String,
        pub name: String,
        pub email: String,
        /// `good` or `lapsed`.
        pub standing: String,
        pub joined_year: Option<i64>,
        pub expires_on: Option<Date>,
        /// The kind of membership, as the association calls it.
        pub category: String,
        pub gone_at: Option<Timestamp>,
    }
}

impl Member {
    pub fn is_good(&self) -> bool {
        self.standing == "good"
    }

    /// In good standing on a day: a membership counts through the day it expires on.
    pub(crate) fn is_good_on(&self, day: Date) -> bool {
        self.is_good() && self.expires_on.is_none_or(|last| last >= day)
    }

    pub(crate) fn into_entry(self) -> Entry {
        Entry {
            is_good: self.is_good(),
            number: self.member_number,
            joined_year: self.joined_year,
            expires_on: self.expires_on,
            is_gone: self.gone_at.is_some(),
        }
    }
}

row! {
    /// A member without what only the list's page asks for.
    pub(crate) struct Kept {
        id: Id,
        member_number: String,
        name: String,
        email: String,
        standing: String,
        joined_year: Option<i64>,
        expires_on: Option<Date>,
        category: String,
    }
}

impl Kept {
    pub(crate) fn into_row(self) -> RosterRow {
        RosterRow {
            is_good: self.standing == "good",
            id: self.id,
            number: self.member_number,
            name: self.name,
            email: self.email,
            joined_year: self.joined_year,
            expires_on: self.expires_on,
            category: self.category,
        }
    }
}

sql! {
    PRESENT => "select id, member_number, name, email, standing, joined_year, expires_on, category from roster where gone_at is null order by search_key, id";
    BY_NUMBER => "select id, member_number, name, email, standing, joined_year, expires_on, category, gone_at from roster where number_key = $1";
    BY_ADDRESS => "select id, member_number, name, email, standing, joined_year, expires_on, category, gone_at from roster where email_key = $1 order by id";
    GO => "update roster set gone_at = $2, changed_at = $2 where gone_at is null and id in (select l.member from roster_lines l where l.import = $1 and l.kind = 'gone')";
    FREE_NUMBERS => "update roster set number_key = null where gone_at is not null and number_key in (select l.number_key from roster_lines l where l.import = $1 and l.kind in ('new', 'changed'))";
    FREE_CHANGED => "update roster set number_key = null where id in (select l.member from roster_lines l join roster r on r.id = l.member where l.import = $1 and l.kind = 'changed' and coalesce(l.number_key, '') <> coalesce(r.number_key, ''))";
    CHANGE => "update roster set member_number = l.member_number, number_key = l.number_key, name = l.name, email = l.email, email_key = l.email_key, search_key = l.search_key, standing = l.standing, joined_year = l.joined_year, expires_on = l.expires_on, category = l.category, changed_at = $2 from roster_lines l where l.import = $1 and l.kind = 'changed' and l.member = roster.id and roster.gone_at is null";
    ADD => "insert into roster (id, member_number, number_key, name, email, email_key, search_key, standing, joined_year, expires_on, category, changed_at, gone_at) select l.member, l.member_number, l.number_key, l.name, l.email, l.email_key, l.search_key, l.standing, l.joined_year, l.expires_on, l.category, $2, null from roster_lines l where l.import = $1 and l.kind = 'new'";
    CORRECT => "update roster set name = $2, email = $3, email_key = $4, search_key = $5, standing = $6, joined_year = $7, expires_on = $8, category = $9, changed_at = $10 where id = $1 and gone_at is null";
    FIND => "select id, member_number, name, email, standing, joined_year, expires_on, category, gone_at from roster where id = $1";
    FIGURES => "select count(*) as members, coalesce(sum(case when standing = 'good' and (expires_on is null or expires_on >= $1) then 1 else 0 end), 0) as good from roster where gone_at is null";
    GONE => "select count(*) as gone from roster where gone_at is not null";
}

/// Everyone on the roster today.
pub(crate) fn rows(tx: &mut Tx, _: &impl Lists<of::MembershipRoster>) -> Result<Vec<RosterRow>, Failure> {
    let members: Vec<Kept> = tx.rows(&PRESENT, values![])?;
    Ok(members.into_iter().map(Kept::into_row).collect())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    pub members: i64,
    pub good: i64,
    pub gone: i64,
}

/// How many the roster has, and how many of them are in good standing on a day.
pub fn figures(tx: &mut Tx, on: Date) -> Result<Figures, Failure> {
    let (members, good) = tx.one(&FIGURES, values![on])?;
    Ok(Figures { members, good, gone: tx.one(&GONE, values![])? })
}

/// The roster's entry for a person. One that is still on the list comes before one that is gone.
pub(crate) fn find_person(
    tx: &mut Tx,
    _: &impl Opens<of::MembershipRoster>,
    person: &Person,
) -> Result<Option<Member>, Failure> {
    let key = number_key(&person.member_number);
    let address = email_key(&person.email);
    if !key.is_empty() {
        let found = tx.row::<Member>(&BY_NUMBER, values![key])?;
        // Anyone can type a number; it counts for the person whom the roster has there.
        let theirs = |it: &Member| email_key(&it.email) == address || can_be_one_person(&it.name, &person.name);
        if let Some(member) = found.filter(theirs) {
            return Ok(Some(member));
        }
    }
    let mut members = tx.rows::<Member>(&BY_ADDRESS, values![address])?;
    // Two members may share an address; then the name decides.
    members.sort_by_key(|it| (!can_be_one_person(&it.name, &person.name), it.gone_at.is_some(), !it.is_good()));
    Ok(members.into_iter().next())
}

/// The line about the one who reads it.
pub(crate) fn own_line(
    tx: &mut Tx,
    proof: &Grant<of::MembershipRoster>,
    person: &Person,
) -> Result<Option<Member>, Failure> {
    find_person(tx, proof, person)
}

/// Changes the roster to what the lines of an import say. Those who are gone give up
/// their numbers first, and so do those whose number changes.
pub(crate) fn take_over(tx: &mut Tx, import: Id) -> Result<Done, Failure> {
    undo::keep(tx, import)?;
    let now = tx.now();
    let gone = tx.exec(&GO, values![import, now])?;
    tx.exec(&FREE_NUMBERS, values![import])?;
    tx.exec(&FREE_CHANGED, values![import])?;
    let changed = tx.exec(&CHANGE, values![import, now])?;
    let added = tx.exec(&ADD, values![import, now])?;
    Ok(Done { added, changed, gone })
}

pub(crate) fn find(tx: &mut Tx, _: &Grant<of::MembershipRoster>, member: Id) -> Result<Option<Member>, Failure> {
    Ok(tx.row(&FIND, values![member])?)
}

/// The office puts a line right by hand; its number stays, which lists go by.
pub(crate) fn correct(tx: &mut Tx, row: &RosterRow) -> Result<bool, Failure> {
    let values = values![
        row.id,
        &row.name,
        &row.email,
        email_key(&row.email),
        search_key(&row.name, &row.email, &row.number),
        standing(row.is_good),
        row.joined_year,
        row.expires_on,
        &row.category,
        tx.now(),
    ];
    Ok(tx.exec(&CORRECT, values)? == 1)
}

pub(crate) fn standing(is_good: bool) -> &'static str {
    if is_good { "good" } else { "lapsed" }
}

/// What the search looks through. It begins with the name, so the list is in its order.
pub(crate) fn search_key(name: &str, email: &str, number: &str) -> String {
    format!("{} {} {}", folded(name), email_key(email), number_key(number))
}

/// What the list on the roster's page is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub words: String,
    /// `good`, `lapsed`, `gone`; empty for everyone on the roster.
    pub standing: String,
}

pub(crate) const PAGE: i64 = 25;

/// One page of the list, counted from one, and how many there are in all.
pub(crate) fn list(
    tx: &mut Tx,
    scope: &Scope<of::MembershipRoster, may::Read>,
    filter: &Filter,
    (page, today): (i64, Date),
) -> Result<(Vec<Member>, i64), Failure> {
    let count = narrowed(scope, "count(*) as members", filter, today);
    let total = tx.query::<i64>(&count)?.into_iter().next().unwrap_or(0);
    let mut query = narrowed(scope, LINE, filter, today);
    query.push(" order by search_key, id limit ").bind(PAGE).push(" offset ").bind((page - 1) * PAGE);
    Ok((tx.query(&query)?, total))
}

/// The whole list as it is narrowed, for a file.
pub(crate) fn whole_list(
    tx: &mut Tx,
    scope: &Scope<of::MembershipRoster, may::Export>,
    filter: &Filter,
    today: Date,
) -> Result<Vec<Member>, Failure> {
    let mut query = narrowed(scope, LINE, filter, today);
    query.push(" order by search_key, id");
    Ok(tx.query(&query)?)
}

const LINE: &str = "id, member_number, name, email, standing, joined_year, expires_on, category, gone_at";

/// The one query behind the page, the number of its lines and the file.
fn narrowed<V: May>(_: &Scope<of::MembershipRoster, V>, what: &'static str, filter: &Filter, today: Date) -> Query {
    let mut query = Query::new("select ");
    query.push(what).push(" from roster where ");
    narrow(&mut query, filter, today);
    query
}

fn narrow(query: &mut Query, filter: &Filter, today: Date) {
    query.push(if filter.standing == "gone" { "gone_at is not null" } else { "gone_at is null" });
    match filter.standing.as_str() {
        "good" => {
            query.push(" and standing = 'good' and (expires_on is null or expires_on >= ").bind(today).push(")");
        }
        "lapsed" => {
            query.push(" and (standing <> 'good' or expires_on < ").bind(today).push(")");
        }
        _ => {}
    }
    for word in filter.words.split_whitespace().take(5) {
        let word = if word.contains('@') { email_key(word) } else { folded(word) };
        let word = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        query.push(" and search_key like ").bind(format!("%{word}%")).push(" escape '\\'");
    }
}
