//! `/cohorts/{cohort}/matching/letters`: the two letters with real names, who has looked at
//! the draft, and the button that sends it. ALG7.

use std::collections::BTreeMap;

use letters::Text;
use platform::{identity, prelude::*};
use policy::{Grant, may, of};
use program::Cohort;
use shell::{Choice, Faults, Input, Tone};

use super::{
    board_path, count, open_cohort,
    reviews::{self, Review},
    way,
};
use crate::{
    access, board, board_view,
    letters::{self as ours, Side},
    proposals::{self, Proposal},
    rules::{self, PublishRefusal, Verdict},
};

const TITLE: &str = "Letters of the draft";

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    let texts = [letters::text(tx, Side::Mentee.kind())?, letters::text(tx, Side::Mentor.kind())?];
    Ok(Reply::wide(TITLE, page(tx, visit, &cohort, &texts, &Faults::new())?))
}

/// Shows the letters as they would be, or keeps their texts. Nothing goes out.
pub(crate) fn write(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    let texts = Side::BOTH.map(|side| Text {
        version: visit.form.number(side.field("version")).unwrap_or(0),
        subject: visit.form.text(side.field("subject")).to_owned(),
        body: visit.form.text(side.field("body")).to_owned(),
    });
    let mut faults = Faults::new();
    for (side, text) in Side::BOTH.into_iter().zip(&texts) {
        if let Err((field, sentence)) = letters::check(side.kind(), text) {
            faults.add(side.field(field), sentence);
        }
    }
    if !faults.is_empty() {
        return Err(Failure::refused(TITLE, page(tx, visit, &cohort, &texts, &faults)?));
    }
    if visit.form.text("do") != "save" {
        return Ok(Reply::wide(TITLE, page(tx, visit, &cohort, &texts, &Faults::new())?));
    }
    for (side, text) in Side::BOTH.into_iter().zip(&texts) {
        if !letters::keep(tx, side.kind(), text, visit.person()?)? {
            let sentence = "Somebody else changed one of the letters meanwhile. Open this page anew to see theirs; your texts are below.";
            let body = page(tx, visit, &cohort, &texts, &Faults::general(sentence))?;
            return Err(Failure::overtaken(TITLE, body));
        }
    }
    let words = "The letters are kept; they go out like this from now on.";
    Ok(Reply::go(format!("{}/letters", board_path(cohort.id))).saying(words))
}

/// Names those who are to look at the draft.
pub(crate) fn ask(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    tx.lock(cohort.id)?;
    let person = visit.person()?;
    let may_be_asked = reviews::committee(tx, cohort.id, person)?;
    let wanted: Vec<Id> = visit.form.all("reviewer").iter().filter_map(|it| Id::parse(it)).collect();
    let wanted: Vec<Id> = may_be_asked.into_iter().filter(|it| wanted.contains(it)).collect();
    reviews::ask(tx, cohort.id, &wanted, person)?;
    let words = match wanted.len() {
        0 => "Nobody is asked to look at the draft.".to_owned(),
        1 => "Asked one person to look at the draft; it stands on their start page.".to_owned(),
        many => format!("Asked {many} people to look at the draft; it stands on their start pages."),
    };
    Ok(Reply::go(format!("{}/letters", board_path(cohort.id))).saying(words))
}

/// Sends every pair of the draft that whoever sends it may decide about.
pub(crate) fn send(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    tx.lock(cohort.id)?;
    let person = visit.person()?;
    let stake = membership::Stake::of(tx, person)?;
    let proof: Grant<of::Proposal, may::Write> = access::of_drafts(visit, cohort.id)?;
    let facts = board::facts(tx, &proof, cohort.id)?;
    let drafts: Vec<_> = facts.drafts.iter().filter(|it| !stake.is_in(&it.people())).collect();
    let anyway = visit.form.ticked("anyway");
    let (_, mark) = reviews::draft(tx, &proof, cohort.id)?;
    let verdicts: Vec<Verdict> = reviews::of_cohort(tx, &proof, cohort.id)?.iter().map(|it| it.verdict(mark)).collect();
    match rules::publish(drafts.len(), &verdicts, anyway) {
        Ok(()) => {}
        Err(refusal @ PublishRefusal::NoDraft) => {
            return Ok(Reply::go(board_path(cohort.id)).saying(refusal.to_string()));
        }
        Err(refusal) => {
            let mut faults = Faults::new();
            faults.add("anyway", refusal.to_string());
            let texts = [letters::text(tx, Side::Mentee.kind())?, letters::text(tx, Side::Mentor.kind())?];
            return Err(Failure::refused(TITLE, page(tx, visit, &cohort, &texts, &faults)?));
        }
    }
    if rules::publish(drafts.len(), &verdicts, false).is_err() {
        journal::record(tx, "pairs sent against a review", cohort.id, Some(person), Some(cohort.id))?;
    }
    let (mut sent, mut dropped) = (0, Vec::new());
    let mut room: BTreeMap<Id, i64> = facts.left_mentors.iter().map(|it| (it.person, it.room)).collect();
    for draft in &drafts {
        let is_free = facts.left_mentees.iter().any(|it| it.person == draft.mentee && it.can_be_proposed);
        let room = room.entry(draft.mentor).or_default();
        // A draft may be days old; what has happened since counts.
        if !is_free || *room == 0 {
            proposals::drop_draft(tx, draft.id)?;
            dropped.push(format!("{} and {}", draft.mentee_name, draft.mentor_name));
        } else if proposals::send(tx, &proof, &cohort, draft.id)? {
            *room -= 1;
            sent += 1;
        }
    }
    if reviews::draft(tx, &proof, cohort.id)?.0.is_empty() {
        reviews::clear(tx, cohort.id)?;
    }
    Ok(Reply::go(board_path(cohort.id)).saying(rules::sent_words(sent, &dropped)))
}

fn page(tx: &mut Tx, visit: &Visit, cohort: &Cohort, texts: &[Text; 2], faults: &Faults) -> Result<Markup, Failure> {
    let stake = membership::Stake::of(tx, visit.person()?)?;
    let proof: Grant<of::Proposal> = access::of_drafts(visit, cohort.id)?;
    let (drafts, mark) = reviews::draft(tx, &proof, cohort.id)?;
    let drafts: Vec<Proposal> = drafts.into_iter().filter(|it| !stake.is_in(&it.people())).collect();
    if drafts.is_empty() {
        let board = board_path(cohort.id);
        return Ok(html! {
            (way(cohort, TITLE))
            (shell::page_head(TITLE, ""))
            (shell::empty_state("There is no draft to send", "Take a run as the draft, or put a pair together by hand.", Some((&board, "Back to the board"))))
        });
    }
    let wanted = visit.query.text("pair");
    let shown = drafts.iter().find(|it| it.id.to_string() == wanted).unwrap_or(&drafts[0]);
    let is_sound = |side: Side| ["subject", "body"].iter().all(|it| faults.of(side.field(it)).is_none());
    let mut previews = Vec::new();
    for (side, text) in Side::BOTH.into_iter().zip(texts) {
        previews.push(if is_sound(side) { Some(ours::preview(tx, cohort, shown, side, text)?) } else { None });
    }
    let reviews = review_lines(tx, &proof, cohort)?;
    let asked: Vec<String> = reviews.iter().map(|(it, _)| it.reviewer.to_string()).collect();
    let mut committee = Vec::new();
    for person in reviews::committee(tx, cohort.id, visit.person()?)? {
        committee.extend(identity::find(tx, person)?.map(|it| Choice::new(person.to_string(), it.name)));
    }
    let path = format!("{}/letters", board_path(cohort.id));
    let calendar = program::calendar::of(tx, cohort)?;
    Ok(html! {
        (way(cohort, TITLE))
        (shell::error_summary(faults))
        (shell::page_head(TITLE, &format!("{} drafted. Nobody hears of them before you send them.", count(drafts.len(), "pair is", "pairs are"))))
        (shell::columns(
            html! {
                (shell::card("As they would arrive", html! {
                    p { "With real names. The links work once the letters are sent." }
                    (choose(&path, &drafts, shown))
                }))
                @for (side, preview) in Side::BOTH.into_iter().zip(&previews) {
                    (shell::card(&format!("To {}, the {}", side.recipient(shown), side.word()), html! {
                        @match preview {
                            Some(it) => { p { strong { (it.subject) } } (shell::prose(letters::shown(&it.text, ""))) }
                            None => { p { "Its text cannot be shown yet; see what is wrong beside it." } }
                        }
                    }))
                }
            },
            html! {
                (looked(&path, &reviews, &committee, &asked, mark))
                (board_view::still_choosing(&calendar, tx.now()))
                (publish(&path, drafts.len(), &reviews, mark, faults))
                (editor(&path, texts, faults))
            },
        ))
        (shell::readers_line(&policy::who_can_read_as(policy::Record::Proposal, policy::Column::Chair)))
    })
}

fn review_lines(tx: &mut Tx, proof: &Grant<of::Proposal>, cohort: &Cohort) -> Result<Vec<(Review, String)>, Failure> {
    let mut lines = Vec::new();
    for review in reviews::of_cohort(tx, proof, cohort.id)? {
        let note = review.note(tx, proof, cohort.id)?;
        lines.push((review, note));
    }
    Ok(lines)
}

fn choose(path: &str, drafts: &[Proposal], shown: &Proposal) -> Markup {
    let options: Vec<Choice> = drafts
        .iter()
        .map(|it| Choice::new(it.id.to_string(), format!("{} and {}", it.mentee_name, it.mentor_name)))
        .collect();
    let value = shown.id.to_string();
    html! {
        @if drafts.len() > 1 {
            form.form method="get" action=(path) novalidate {
                (shell::select_field(&Input::new("pair", "With the names of").value(&value).unmarked(), &options))
                (shell::button_quiet("Show these two"))
            }
        }
    }
}

fn looked(path: &str, reviews: &[(Review, String)], committee: &[Choice], asked: &[String], mark: i64) -> Markup {
    let said = |review: &Review| match review.verdict(mark) {
        Verdict::Nothing => (Tone::Info, "has not looked yet"),
        Verdict::Yes => (Tone::Good, "says yes"),
        Verdict::No => (Tone::Bad, "says no"),
        Verdict::OfEarlier => (Tone::Warn, "looked at an earlier draft"),
    };
    shell::card(
        "Who looks at the draft",
        html! {
            @if !reviews.is_empty() {
                ul role="list" { @for (review, note) in reviews {
                    @let (tone, words) = said(review);
                    li { strong { (review.reviewer_name) } " " (shell::badge(tone, words)) @if !note.is_empty() { p { "“" (note) "”" } } }
                } }
            }
            @if committee.is_empty() { p { "There is nobody else on the committee yet." } }
            @else {
                (shell::form(&format!("{path}/reviewers"), html! {
                    (shell::multi_field(&Input::new("reviewer", "Ask them to look").unmarked()
                        .hint("They see the pairs with their reasons, not those of people from whom they step aside."), committee, asked))
                    (shell::button_quiet("Ask these people"))
                }))
            }
        },
    )
}

fn publish(path: &str, drafts: usize, reviews: &[(Review, String)], mark: i64, faults: &Faults) -> Markup {
    let waits = reviews.iter().any(|(it, _)| it.verdict(mark) != Verdict::Yes);
    shell::card(
        "Send the proposals",
        html! {
            p { "Both people of each pair get their letter, read why, and decide. The house asks once more who you are." }
            (shell::form(path, html! {
                @if waits {
                    (shell::tick_field(&Input::new("anyway", "Send it although not everybody has said yes").faults(faults)))
                }
                (shell::button(&format!("Send {}", count(drafts, "proposal", "proposals"))))
            }))
        },
    )
}

fn editor(path: &str, texts: &[Text; 2], faults: &Faults) -> Markup {
    shell::card(
        "Change the letters",
        html! {
            (shell::form(&format!("{path}/text"), html! {
                @for (side, text) in Side::BOTH.into_iter().zip(texts) {
                    @let version = text.version.to_string();
                    h3 { "To the " (side.word()) }
                    (shell::hidden(side.field("version"), &version))
                    (shell::text_field(&Input::new(side.field("subject"), side.label("subject")).required().value(&text.subject).max(120).faults(faults)))
                    (shell::long_field(&Input::new(side.field("body"), side.label("body")).required().value(&text.body).rows(12).faults(faults)))
                    details {
                        summary { "What you can put in" }
                        p { (letters::names(side.kind())) }
                    }
                }
                (shell::actions(html! {
                    button.button.quiet type="submit" name="do" value="look" { "Show them like this" }
                    button.button.quiet type="submit" name="do" value="save" { "Keep these texts" }
                }))
            }))
            p.hint { "The texts are those of the program; they stay for the next time." }
        },
    )
}
