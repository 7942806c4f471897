//! `/wishes`: a mentee's list, its order, and what became of each. SLF1.

use platform::prelude::*;
use policy::Role;
use program::{Calendar, calendar, keeping, long_day};
use shell::{Style, Tone};

use crate::{
    access, forget, moves,
    requests::{self, Request},
    rules::{self, State},
    terms::{self, Terms},
    who, window,
    wishes::{self, Wish},
};

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = who::cohort_as(tx, visit, Role::Mentee)?.ok_or(Failure::NotFound)?;
    let mentee = visit.person()?;
    let grant = access::of_list(tx, cohort.id, mentee)?.ok_or(Failure::NotFound)?;
    let list = wishes::of_mentee(tx, &grant, cohort.id)?;
    let made = requests::of_mentee(tx, cohort.id, mentee)?;
    let is_asked = |wish: &Wish| made.iter().any(|it| it.is_open() && it.mentor == wish.mentor);
    let (list, gone): (Vec<Wish>, Vec<Wish>) =
        list.into_iter().partition(|wish| wish.can_still_be_asked() || is_asked(wish));
    let duo = duos::of_person(tx, cohort.id, mentee)?.filter(|it| it.state != "ended");
    let open = window::is_open(tx, &cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let terms = terms::of(tx, cohort.id)?;
    let kept = forget::line(tx, &cohort)?;
    let runs_until = keeping::applications_until(&calendar);
    let body = html! {
        (shell::page_head_with("My list of mentors", "The first is asked; the others follow in this order if need be.",
            html! { @if open && duo.is_none() { (shell::link_quiet("/mentors", "Read profiles")) } }))
        @if let Some(duo) = &duo {
            (shell::note(Tone::Good, html! { "You and " (duo.mentor_name) " are a duo. " a href=(duo.path("")) { "Open your duo" } "." }))
        }
        @if let Some(live) = made.iter().find(|it| it.is_open()) {
            (asked(live, &calendar, list.iter().any(|it| it.mentor != live.mentor)))
        }
        (wishes_card(&list, &made, &terms, open && duo.is_none(), duo.is_some()))
        (past(&made, &gone))
        (kept)
        (shell::readers_line(&policy::who_can_read(policy::Record::RankList)))
        p.hint { "A mentor who is asked reads the note to them, and no other." }
        p.hint { "Once choosing is over, the order of those still free decides too when the house looks for pairs for whoever is left. No page shows it; it stays sealed with the answer of the search until " (long_day(runs_until)) ", so that a plan can be explained." }
    };
    Ok(Reply::page("My list of mentors", body))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = who::cohort_as(tx, visit, Role::Mentee)?.ok_or(Failure::NotFound)?;
    tx.lock(cohort.id)?;
    let mentee = visit.person()?;
    let grant = access::of_list(tx, cohort.id, mentee)?.ok_or(Failure::NotFound)?;
    let list = wishes::of_mentee(tx, &grant, cohort.id)?;
    let mentor = Id::parse(visit.form.text("mentor"));
    // Another window may have taken the mentor off the list meanwhile.
    let place = mentor.and_then(|mentor| Some((mentor, list.iter().position(|wish| wish.mentor == mentor)?)));
    let Some((mentor, place)) = place else {
        return Ok(Reply::go("/wishes").saying("This mentor is not on your list."));
    };
    let live = requests::live_of(tx, cohort.id, mentee)?;
    let is_asked = live.is_some_and(|live| live.mentor == mentor);
    let first_is_asked = requests::live_of(tx, cohort.id, mentee)?.is_some();
    let list = match visit.form.text("what") {
        "up" => rules::moved(list, place, true, first_is_asked),
        "down" => rules::moved(list, place, false, first_is_asked),
        "remove" if !is_asked => list.into_iter().filter(|wish| wish.mentor != mentor).collect(),
        _ => {
            return Ok(Reply::go("/wishes").saying(
                "A mentor who is asked stays on the list until the answer, or until you take the request back.",
            ));
        }
    };
    wishes::write(tx, cohort.id, mentee, &list)?;
    moves::advance(tx, &cohort, mentee)?;
    Ok(Reply::go("/wishes").saying("Your list is saved."))
}

fn asked(live: &Request, calendar: &Calendar, others: bool) -> Markup {
    let day = long_day(calendar.today(live.due_at));
    shell::card(
        &format!("{} is asked", live.mentor_name),
        html! {
            p { "Your request waits for an answer until " strong { (day) } ". "
                @if others { "Without one we ask the next on your list by ourselves." }
                @else { "Nobody else on your list can be asked; another mentor or two would be good to have." }
            }
            (shell::actions(html! { (shell::link_quiet(&format!("/requests/{}", live.id), "Read or take back")) }))
        },
    )
}

fn wishes_card(list: &[Wish], made: &[Request], terms: &Terms, open: bool, paired: bool) -> Markup {
    let asked = made.iter().find(|it| it.is_open()).map(|it| it.mentor);
    html! {
        @if list.is_empty() {
            @if !paired {
                @if open {
                    (shell::empty_state("Nobody on your list yet", &first_words(terms), Some(("/mentors", "Read profiles"))))
                } @else {
                    (shell::empty_state("Nobody on your list", "Choosing is not open today. The calendar says from when to when; who finds nobody gets a proposal from the committee.", Some(("/", "Go to the start"))))
                }
            }
        } @else {
            (shell::card(&format!("{} of {} places on your list", list.len(), terms.wishes), html! {
                ol.list { @for (place, wish) in list.iter().enumerate() { (entry(place, wish, list.len(), asked, terms.waiting)) } }
            }))
        }
    }
}

fn entry(place: usize, wish: &Wish, of: usize, asked: Option<Id>, waiting_at_most: i64) -> Markup {
    let mentor = wish.mentor.to_string();
    let is_asked = asked == Some(wish.mentor);
    let first_movable = usize::from(asked.is_some());
    let button = |what, words| {
        shell::post_button_for("/wishes", words, &wish.name, &[("mentor", &mentor), ("what", what)], Style::Quiet)
    };
    html! {
        li {
            h3 { a href={ "/mentors/" (mentor) } { (wish.name) } }
            @if is_asked { p { (shell::badge(Tone::Info, "Asked")) } }
            @else if wish.profile_state != "shown" { p { (shell::badge(Tone::Plain, "Takes a pause")) } }
            @else if wish.waiting >= waiting_at_most { p { (shell::badge(Tone::Plain, "Full for now")) } }
            p { "“" (wish.note) "”" }
            @if !is_asked {
                (shell::actions(html! {
                    @if place > first_movable { (button("up", "Move up")) }
                    @if place + 1 < of { (button("down", "Move down")) }
                    (button("remove", "Take off the list"))
                }))
            }
        }
    }
}

fn first_words(terms: &Terms) -> String {
    match terms.wishes - 1 {
        0 => "Read the profiles and ask one mentor.".to_owned(),
        1 => "Read the profiles and ask one mentor; one more can wait on your list.".to_owned(),
        more => format!("Read the profiles and ask one mentor; up to {more} more can wait on your list."),
    }
}

/// What became of earlier requests: in words that blame nobody.
fn past(made: &[Request], gone: &[Wish]) -> Markup {
    let over: Vec<&Request> = made.iter().filter(|it| !it.is_open() && it.state() != State::Accepted).collect();
    html! {
        @if !over.is_empty() || !gone.is_empty() {
            (shell::card("Before", html! {
                ul role="list" {
                    @for request in over { li { (request.mentor_name) ": " (outcome(request.state())) } }
                    @for wish in gone { li { (wish.name) ": cannot be asked any more" } }
                }
            }))
        }
    }
}

/// A no and silence read alike.
pub(crate) fn outcome(state: State) -> &'static str {
    match state {
        State::Asked => "asked",
        State::Accepted => "said yes",
        State::Declined | State::Lapsed => "cannot this time",
        State::Withdrawn => "you took the request back",
        State::Taken => "has found another mentee",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // SLF4
    #[test]
    fn a_mentee_cannot_tell_a_no_from_silence() {
        assert_eq!(outcome(State::Declined), outcome(State::Lapsed));
    }
}
