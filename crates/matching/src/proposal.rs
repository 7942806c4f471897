//! `/proposals/{id}`: both people of a proposal read why, and answer, from the page or
//! the letter. Neither sees the other's answer before both have given it.

use platform::{
    links::{self, LinkRefusal},
    prelude::*,
};
use policy::{Grant, may, of};
use program::{calendar, long_day};
use shell::Style;

use crate::{
    access,
    answer::sentence_page,
    by_letter, duo, profile, profiles,
    proposals::{self, Proposal},
    rules::{self, ProposalFacts, ProposalRefusal, Settled},
};

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    let proposal = theirs(tx, visit)?;
    let body = page(tx, &proposal, person, &format!("/proposals/{}/answer", proposal.id))?;
    Ok(Reply::page("A proposal", body))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    let proposal = theirs(tx, visit)?;
    match give(tx, &proposal, person, visit.form.text("answer"))? {
        Ok(words) => Ok(Reply::go("/").saying(words)),
        Err(sentence) => Err(Failure::overtaken("This proposal", sentence_page(&sentence, "/", "Go to the start"))),
    }
}

pub(crate) fn get_by_letter(tx: &mut Tx, visit: &Visit) -> Answer {
    let (proposal, person) = match of_link(tx, visit)? {
        Ok(both) => both,
        Err(refusal) => return Ok(Reply::page("This link", by_letter::refusal_page(refusal))),
    };
    let body = page(tx, &proposal, person, &visit.path)?;
    Ok(Reply::page("A proposal", body))
}

pub(crate) fn post_by_letter(tx: &mut Tx, visit: &Visit) -> Answer {
    let (proposal, person) =
        of_link(tx, visit)?.map_err(|refusal| Failure::overtaken("This link", by_letter::refusal_page(refusal)))?;
    let words = give(tx, &proposal, person, visit.form.text("answer"))?
        .map_err(|sentence| Failure::overtaken("This proposal", sentence_page(&sentence, "/", "Go to the start")))?;
    links::use_up(tx, visit.param("token"))?;
    let body = html! {
        (shell::page_head("Thank you", &words))
        (shell::actions(html! { (shell::link_button("/", "Go to the start")) }))
    };
    Ok(Reply::page("Thank you", body))
}

/// A proposal that was sent to the person who asks.
fn theirs(tx: &mut Tx, visit: &Visit) -> Result<Proposal, Failure> {
    let head = proposals::head(tx, visit.id("id")?)?.ok_or(Failure::NotFound)?;
    let proof: Grant<of::Proposal> = access::of_proposal(tx, visit.person()?, &head)?;
    proposals::find(tx, &proof, head.id)?.ok_or(Failure::NotFound)
}

fn of_link(tx: &mut Tx, visit: &Visit) -> Result<Result<(Proposal, Id), LinkRefusal>, Failure> {
    let link = match links::look(tx, proposals::LINK, visit.param("token"))? {
        Ok(link) => link,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some((head, person)) = proposals::head(tx, link.about)?.zip(link.account) else {
        return Ok(Err(LinkRefusal::Unknown));
    };
    // Whoever takes part no more finds nothing behind the link.
    let Ok(proof): Result<Grant<of::Proposal>, _> = access::of_proposal(tx, person, &head) else {
        return Ok(Err(LinkRefusal::Unknown));
    };
    let proposal = proposals::find(tx, &proof, head.id)?;
    Ok(proposal.map(|it| (it, person)).ok_or(LinkRefusal::Unknown))
}

/// Takes one answer, and says what it comes to: words for the person, or why it counts no more.
fn give(tx: &mut Tx, proposal: &Proposal, person: Id, said: &str) -> Result<Result<String, String>, Failure> {
    let cohort = program::the_cohort(tx, proposal.cohort)?;
    tx.lock(cohort.id)?;
    let head = proposals::head(tx, proposal.id)?.ok_or(Failure::NotFound)?;
    let proof: Grant<of::Proposal, may::Write> = access::of_proposal(tx, person, &head)?;
    let proposal = proposals::find(tx, &proof, head.id)?.ok_or(Failure::NotFound)?;
    if let Err(refusal) = may_answer(tx, &proposal, person) {
        return Ok(Err(refusal.to_string()));
    }
    let yes = match said {
        "yes" => true,
        "no" => false,
        _ => return Ok(Err("Choose yes or no.".to_owned())),
    };
    if !proposals::say(tx, &proposal, person, yes)? {
        return Ok(Err(ProposalRefusal::Answered.to_string()));
    }
    let proposal = proposals::find(tx, &proof, head.id)?.ok_or(Failure::NotFound)?;
    match rules::settle(&proposal.mentee_answer, &proposal.mentor_answer) {
        Settled::Waiting => Ok(Ok("Thank you. We write to you both as soon as the other answer is there.".to_owned())),
        Settled::Refused => {
            proposals::end(tx, &cohort, &proposal, "refused")?;
            Ok(Ok("Thank you for answering. We go on looking.".to_owned()))
        }
        Settled::Form => {
            proposals::close(tx, &proposal, "formed")?;
            let reasons: Vec<String> = proposal.reasons.lines().map(str::to_owned).collect();
            let formed = duo::form(tx, &cohort, proposal.mentor, proposal.mentee, "proposed", &reasons)?;
            Ok(formed
                .map(|_| format!("You and {} are a duo. We have written to you both.", proposal.partner_name(person))))
        }
    }
}

fn may_answer(tx: &Tx, proposal: &Proposal, person: Id) -> Result<(), ProposalRefusal> {
    rules::answer_proposal(&ProposalFacts {
        state: &proposal.state,
        now: tx.now(),
        due_at: proposal.due_at,
        said: proposal.said_by(person),
    })
}

fn page(tx: &mut Tx, proposal: &Proposal, person: Id, action: &str) -> Result<Markup, Failure> {
    let partner = proposal.partner_name(person);
    if let Err(refusal) = may_answer(tx, proposal, person) {
        return Ok(html! { (shell::page_head(&format!("Our proposal: {partner}"), &refusal.to_string())) });
    }
    let cohort = program::the_cohort(tx, proposal.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let day = proposal.due_at.map(|due| long_day(calendar.today(due))).unwrap_or_default();
    let known = if person == proposal.mentee { known_of_mentor(tx, proposal)? } else { known_of_mentee(tx, proposal)? };
    let lead =
        format!("You both decide. Please answer by {day}; neither sees the other's answer before both have given it.");
    Ok(html! {
            (shell::page_head(&format!("Our proposal: {partner}"), &lead))
            (shell::card("Why we think so", html! {
                ul { @for reason in proposal.reasons.lines() { li { (pairing::told(reason, proposal.name_of(person))) } } }
            }))
            (known)
            (shell::actions(html! {
                (shell::post_button(action, &format!("Yes, I would like to work with {partner}"), &[("answer", "yes")], Style::Main))
                (shell::post_button(action, "Not this one", &[("answer", "no")], Style::Quiet))
            }))
            (shell::readers_line(&policy::who_can_read(policy::Record::Proposal)))
    p.hint { "No needs no reason. The other learns only whether you become a duo." }
        })
}

/// The mentor's profile; a mentor who did not agree to be shown is not shown here either.
fn known_of_mentor(tx: &mut Tx, proposal: &Proposal) -> Result<Markup, Failure> {
    let Some(head) = profiles::head(tx, proposal.cohort, proposal.mentor)? else { return Ok(html! {}) };
    let grant = access::of_proposed_mentor(tx, proposal)?;
    let words = profiles::words(tx, &grant, &head)?;
    Ok(shell::columns(profile::texts(&words), profile::facts(&head, &words)))
}

fn known_of_mentee(tx: &mut Tx, proposal: &Proposal) -> Result<Markup, Failure> {
    let _ = access::of_mentee(tx, proposal.cohort, proposal.mentor)?;
    let kept = forms::kept_of(tx, "mentee_application", proposal.cohort, proposal.mentee)?;
    let Some(kept) = kept else { return Ok(html! {}) };
    let form = forms::as_given(tx, &kept)?;
    Ok(forms::summary(&form, &kept.answers, forms::SHOWN))
}
