//! `/mentors/{person}`: one mentor's profile, and keeping one in mind.

use platform::{audit, prelude::*};
use policy::{Condition, Facts, Grant, Record, Role, of};
use program::Cohort;

use crate::{
    apart, directory, files,
    profiles::{self, Head, Words},
    shortlists, terms, threshold, who, window,
};

/// What a profile is called where people see who has read theirs.
pub(crate) const RECORD: &str = "profile";

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let mentor = visit.id("person")?;
    let (cohort, mentee, grant) = reader(tx, visit)?;
    let head = visible(tx, &cohort, mentee, mentor)?;
    // Whom they cannot judge freely the committee does not look up.
    if mentee.is_none() && membership::keeps_out_of(tx, visit.person()?)?.contains(&mentor) {
        return Err(Failure::NotFound);
    }
    let words = profiles::words(tx, &grant, &head)?;
    let has_photo = files::photo_of(tx, &cohort, mentor)?.is_some();
    if mentee.is_none() {
        let right = "as a member of the committee".to_owned();
        tx.has_read(audit::Reading { record: RECORD, about: mentor, whose: vec![mentor], right });
    }
    let on_shortlist = match mentee {
        Some(mentee) => shortlists::has(tx, cohort.id, mentee, mentor)?,
        None => false,
    };
    // Whoever has found a mentor only reads.
    let chooses = match mentee {
        Some(mentee) => window::is_open(tx, &cohort)? && !who::is_taken(tx, cohort.id, mentee)?,
        None => false,
    };
    let terms = terms::of(tx, cohort.id)?;
    let room = if terms.mentees_each > 1 { directory::room_words(duos::room_of(tx, cohort.id, mentor)?) } else { None };
    let badge = directory::badge(&head.state, head.waiting, terms.waiting, room);
    let can_do = html! { @if chooses { (what_one_can_do(mentor, &head, on_shortlist)) } };
    let face = face(mentor, &words.name, has_photo);
    let reader = if mentee.is_some() { policy::Column::Mentee } else { policy::Column::from(&visit.subject) };
    Ok(Reply::page(words.name.clone(), page(&head, (&words, face), badge, &can_do, reader)))
}

pub(crate) fn shortlist(tx: &mut Tx, visit: &Visit) -> Answer {
    let mentor = visit.id("person")?;
    let (cohort, mentee, _) = reader(tx, visit)?;
    let mentee = mentee.ok_or(Failure::NotFound)?;
    let head = visible(tx, &cohort, Some(mentee), mentor)?;
    let words = if shortlists::toggle(tx, cohort.id, mentee, mentor)? {
        format!("{} is on your shortlist. Only you can see it.", head.name)
    } else {
        format!("{} is no longer on your shortlist.", head.name)
    };
    Ok(Reply::go(format!("/mentors/{mentor}")).saying(words))
}

/// The profile of a mentor whom this reader may see, as far as the photo goes.
pub(crate) fn seen(tx: &mut Tx, visit: &Visit, mentor: Id) -> Result<(Cohort, Grant<of::ProfileMentor>), Failure> {
    let (cohort, mentee, grant) = reader(tx, visit)?;
    visible(tx, &cohort, mentee, mentor)?;
    if mentee.is_none() && membership::keeps_out_of(tx, visit.person()?)?.contains(&mentor) {
        return Err(Failure::NotFound);
    }
    Ok((cohort, grant))
}

/// The cohort whose profiles a reader may see, and the reader where that is a mentee. To a
/// mentee profiles are there from the day on which they choose until the session ends; to
/// the committee always.
fn reader(tx: &mut Tx, visit: &Visit) -> Result<(Cohort, Option<Id>, Grant<of::ProfileMentor>), Failure> {
    let as_mentee = who::cohort_as(tx, visit, Role::Mentee)?;
    let mentee = if as_mentee.is_some() { Some(visit.person()?) } else { None };
    let cohort = match as_mentee {
        Some(cohort) => cohort,
        None => program::current(tx)?.ok_or(Failure::NotFound)?,
    };
    let facts = known(tx, &cohort)?;
    let grant: Grant<of::ProfileMentor> = visit.grant(&facts)?;
    Ok((cohort, mentee, grant))
}

/// What the access matrix is told of the profiles of a cohort.
pub(crate) fn known(tx: &mut Tx, cohort: &Cohort) -> Result<Facts, Failure> {
    let calendar = program::calendar::of(tx, cohort)?;
    let is_held = threshold::held(tx, cohort)?.is_some();
    let is_open = !is_held && cohort.is_open() && calendar.is_between("directory_opens", "session_ends", tx.now());
    Ok(Facts::in_cohort(cohort.id.number()).when(is_open, Condition::DirectoryIsOpen))
}

/// A profile that this reader may see; a mentor on pause, or kept apart, is not there.
pub(crate) fn visible(tx: &mut Tx, cohort: &Cohort, mentee: Option<Id>, mentor: Id) -> Result<Head, Failure> {
    let head = profiles::head(tx, cohort.id, mentor)?.ok_or(Failure::NotFound)?;
    let Some(mentee) = mentee else { return Ok(head) };
    if head.state == "paused" || apart::are_kept(tx, cohort.id, mentee, mentor)? {
        return Err(Failure::NotFound);
    }
    Ok(head)
}

fn page(
    head: &Head,
    (words, face): (&Words, Markup),
    badge: Option<(shell::Tone, String)>,
    can_do: &Markup,
    reader: policy::Column,
) -> Markup {
    html! {
        (shell::breadcrumbs(&[("/mentors", "Mentors")], &words.name))
        (shell::page_head_with(&words.name, &words.role, face))
        @if let Some((tone, state)) = badge {
            p { (shell::badge(tone, &state)) }
        }
        (can_do)
        (shell::columns(texts(words), facts(head, words)))
        (shell::readers_line(&policy::who_can_read_as(Record::ProfileMentor, reader)))
    }
}

fn face(mentor: Id, name: &str, has_photo: bool) -> Markup {
    html! {
        @if has_photo { img.photo src={ "/mentors/" (mentor) "/photo" } alt={ "Photo of " (name) } width="160" height="160"; }
        @else { (shell::avatar(name)) }
    }
}

fn what_one_can_do(mentor: Id, head: &Head, on_shortlist: bool) -> Markup {
    let ask = format!("/mentors/{mentor}/request");
    let keep = format!("/mentors/{mentor}/shortlist");
    let first = head.name.split_whitespace().next().unwrap_or(&head.name);
    let words = if on_shortlist { "Take off my shortlist" } else { "Keep in mind" };
    shell::actions(html! {
        @if head.state == "shown" { (shell::link_button(&ask, &format!("Ask {first}"))) }
        (shell::post_button(&keep, words, &[], shell::Style::Quiet))
    })
}

/// What a mentor wrote, as it reads in the directory and with a proposal.
pub(crate) fn texts(words: &Words) -> Markup {
    let texts = [
        ("What a mentee will get", &words.can),
        ("Not the right person for", &words.cannot),
        ("My way here", &words.path),
        ("In the association", &words.association),
        ("What I hope to learn", &words.learn),
    ];
    html! {
        @for (title, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            (shell::card(title, html! { @for line in text.lines().filter(|it| !it.trim().is_empty()) { p { (line) } } }))
        }
    }
}

pub(crate) fn facts(head: &Head, words: &Words) -> Markup {
    let typical = head.answer_days.map(directory::typical_words).unwrap_or_default();
    let facts = [
        ("Strong in", words.strong_topics.join(", ")),
        ("Topics", words.topics.join(", ")),
        ("Organisation", words.employer_shown.clone()),
        ("Knows", words.organisations.join(", ")),
        ("Town or region", words.region.clone()),
        ("Ways to meet", words.channels.join(", ")),
        ("How often", words.frequency.clone()),
        ("Time zone", words.zone.clone()),
        ("Years in the profession", words.years.clone()),
        ("Years in leadership", words.years_leading.clone()),
        ("Cares about", words.cares.join(", ")),
        ("Has mentored before", words.mentored.clone()),
        ("Answers", typical),
    ];
    let known: Vec<(&str, Markup)> =
        facts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(label, text)| (label, html! { (text) })).collect();
    shell::card("In brief", shell::facts(&known))
}
