//! `/cohorts/{cohort}/mentees`: the mentees of a cohort as cards, for one another, where the
//! committee shows them. A card says what the form told each of them that mentees read.

use platform::prelude::*;
use policy::{Condition, Facts, Role, Scope, may, of};

use crate::{terms, who};

const TITLE: &str = "Fellow mentees";
/// Each card opens what was kept sealed, so a page holds no more.
const ON_A_PAGE: usize = 24;
/// The question in which somebody says how they want to be called.
const NAME: &str = "me_name";

/// Which mentees there are, their cards among it.
type Fellows = Scope<of::ProfileMentee, may::Status>;

struct Card {
    name: String,
    is_mine: bool,
    /// What they do: the first that the form asks of it in a line.
    role: String,
    /// What else the form asked, and what was answered.
    lines: Vec<(String, Markup)>,
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = visit.id("cohort")?;
    let scope = scope(tx, visit, cohort)?;
    let cohort = program::the_cohort(tx, cohort)?;
    let all = fellows(tx, &scope)?;
    let pages = all.len().div_ceil(ON_A_PAGE);
    let page = usize::try_from(visit.query.number("page").unwrap_or(1)).unwrap_or(1).clamp(1, pages.max(1));
    let mut cards = Vec::new();
    for (person, name) in all.iter().skip((page - 1) * ON_A_PAGE).take(ON_A_PAGE) {
        cards.push(card(tx, &scope, *person, name)?);
    }
    let lead = format!("Who has a place in {}, with what each of you wrote for the others.", cohort.name);
    let to = |page: usize| format!("{}?page={page}", path(cohort.id));
    Ok(Reply::wide(
        TITLE,
        html! {
            (shell::page_head(TITLE, &lead))
            p.count role="status" { (all.len()) @if all.len() == 1 { " mentee" } @else { " mentees" } }
            (shell::people(html! { @for card in &cards { (draw(card)) } }))
            (shell::pager(page, pages, to))
            (shell::readers_line(&policy::who_can_read_as(policy::Record::ProfileMentee, policy::Column::Mentee)))
            p.hint { "Please keep what you read here to yourself." }
        },
    ))
}

/// Where a mentee finds the cards of their cohort; nothing where none are shown.
pub fn cards_of(tx: &mut Tx, visit: &Visit) -> Result<Option<String>, Failure> {
    let Some(cohort) = who::cohort_as(tx, visit, Role::Mentee)? else { return Ok(None) };
    Ok(scope(tx, visit, cohort.id).ok().map(|_| path(cohort.id)))
}

fn path(cohort: Id) -> String {
    format!("/cohorts/{cohort}/mentees")
}

/// Proof that the cards of a cohort are shown to whoever asks.
fn scope(tx: &mut Tx, visit: &Visit, cohort: Id) -> Result<Fellows, Failure> {
    let are_shown = terms::of(tx, cohort)?.cards;
    // As a mentee alone: the committee reads more than cards, and elsewhere.
    let mut subject = visit.subject.clone();
    subject.memberships.retain(|it| it.role == Role::Mentee);
    let facts = Facts::in_cohort(cohort.number()).when(are_shown, Condition::CardsAreShown);
    policy::scope(&subject, &facts).ok_or(Failure::NotFound)
}

fn fellows(tx: &mut Tx, scope: &Fellows) -> Result<Vec<(Id, String)>, Failure> {
    let cohort = scope.cohort().map(Id::from).ok_or(Failure::NotFound)?;
    program::named_in_cohort(tx, Role::Mentee, cohort)
}

fn card(tx: &mut Tx, scope: &Fellows, person: Id, name: &str) -> Result<Card, Failure> {
    let cohort = scope.cohort().map(Id::from).ok_or(Failure::NotFound)?;
    let mut card = Card {
        name: name.to_owned(),
        is_mine: Id::from(scope.person()) == person,
        role: String::new(),
        lines: Vec::new(),
    };
    let kept = forms::kept_of(tx, "mentee_application", cohort, person)?;
    let Some(kept) = kept.filter(forms::Kept::is_given) else { return Ok(card) };
    let form = forms::as_given(tx, &kept)?;
    for field in form.fields().filter(|it| forms::is_read_by(it, forms::SHOWN) && kept.answers.has(&it.key)) {
        let words = forms::answer_words(field, &kept.answers);
        match field.kind {
            // The name stands above already.
            _ if field.key == NAME => {}
            forms::Kind::Text if card.role.is_empty() => card.role = words,
            _ => card.lines.push((forms::label(field), forms::shown_answer(field, &kept.answers))),
        }
    }
    Ok(card)
}

fn draw(card: &Card) -> Markup {
    shell::person_card(&shell::Person {
        name: &card.name,
        role: &card.role,
        place: "",
        words: "",
        topics: &[],
        badge: card.is_mine.then_some((shell::Tone::Info, "This is you")),
        href: "",
        aside: html! {
            @if !card.lines.is_empty() { dl { @for (label, answer) in &card.lines { div { dt { (label) ": " } dd { (answer) } } } } }
        },
    })
}
