//! Answering a check-in: by the link in the letter, without signing in, or signed in.
//! Looking changes nothing. Behind the link the first answer stands; whoever is signed in may
//! say it anew until the next check-in goes out.

use duos::Duo;
use forms::{Answers, Form};
use jiff::civil::Date;
use platform::{
    identity,
    links::{self, LinkRefusal},
    prelude::*,
};
use program::calendar;
use shell::Faults;

use crate::{
    checkins::{self, Answer, CheckIn},
    letters, liaisons,
    liaisons::Liaison,
    rules::days,
    tasks::{self, NewTask},
    told,
};

pub(crate) const PURPOSE: &str = "check-in";
const TITLE: &str = "Check-in";
const CHANGE: &str = "Change your answer";

pub fn get(tx: &mut Tx, visit: &Visit) -> platform::doors::Answer {
    match links::look(tx, PURPOSE, visit.param("token"))? {
        Ok(link) => show(tx, visit, link.about),
        Err(refusal) => Err(closed(refusal)),
    }
}

pub fn post(tx: &mut Tx, visit: &Visit) -> platform::doors::Answer {
    match links::look(tx, PURPOSE, visit.param("token"))? {
        Ok(link) => take(tx, visit, link.about),
        Err(refusal) => Err(closed(refusal)),
    }
}

/// The same form for somebody who is signed in.
pub fn get_own(tx: &mut Tx, visit: &Visit) -> platform::doors::Answer {
    let checkin = own(tx, visit)?;
    if checkin.answered_at.is_none() {
        return show(tx, visit, checkin.id);
    }
    let is_asked = visit.query.text("change") == "yes";
    if is_asked && checkins::may_be_changed(tx, &checkin)? {
        again(tx, visit, &checkin)
    } else {
        told::one(tx, visit, checkin)
    }
}

pub fn post_own(tx: &mut Tx, visit: &Visit) -> platform::doors::Answer {
    let checkin = own(tx, visit)?;
    if checkin.answered_at.is_some() { change(tx, visit, checkin.id) } else { take(tx, visit, checkin.id) }
}

fn own(tx: &mut Tx, visit: &Visit) -> Result<CheckIn, Failure> {
    let person = visit.person()?;
    let checkin = checkins::find(tx, visit.id("checkin")?)?;
    checkin.filter(|it| it.person == person).ok_or(Failure::NotFound)
}

/// The form with what was answered in it.
fn again(tx: &mut Tx, visit: &Visit, checkin: &CheckIn) -> platform::doors::Answer {
    let facts = facts(tx, checkin.id)?;
    let own = policy::Facts::in_cohort(checkin.cohort.number()).own(true);
    let given = checkins::given(tx, &visit.grant(&own)?, checkin)?.unwrap_or_default();
    let mut answers = Answers::new();
    answers.set("P1", checkin.touch.clone().unwrap_or_default());
    if let Some(day) = checkin.met_on {
        answers.set("P2", day.to_string());
    }
    if let Some(pulse) = given.pulse {
        answers.set("P3", pulse);
    }
    answers.set("P4", given.words);
    answers.set("contact", given.contact);
    Ok(Reply::page(CHANGE, page(visit, &facts, &answers, &Faults::new())))
}

/// What its author says now stands in the place of what they said; their liaison sees that
/// it was changed, and when.
fn change(tx: &mut Tx, visit: &Visit, id: Id) -> platform::doors::Answer {
    let facts = facts(tx, id)?;
    let cohort = program::the_cohort(tx, facts.checkin.cohort)?;
    let today = calendar::of(tx, &cohort)?.today(tx.now());
    let answer = given(visit, &facts, today)?;
    let proof = visit.grant(&policy::Facts::in_cohort(cohort.id.number()).own(true))?;
    let liaison = facts.liaison.as_ref().map(|it| it.person);
    if !checkins::change(tx, &proof, (&facts.checkin, liaison), &answer)? {
        return Err(closed(LinkRefusal::Used));
    }
    journal::record(tx, "check-in answer changed", facts.duo.id, None, Some(facts.duo.cohort))?;
    if checkins::wants_a_word(answer.contact, answer.pulse) {
        ask_liaison(tx, &cohort, &facts, answer.contact, today)?;
    }
    let saying = format!("Your answer is changed. {} sees it from now on.", facts.liaison_name);
    Ok(Reply::go(format!("/check-ins/{id}")).saying(saying))
}

/// Everything the page names.
struct Facts {
    checkin: CheckIn,
    duo: Duo,
    liaison: Option<Liaison>,
    form: Form,
    first_name: String,
    liaison_name: String,
    kept_until: Date,
}

fn facts(tx: &mut Tx, id: Id) -> Result<Facts, Failure> {
    let checkin = checkins::find(tx, id)?.ok_or(Failure::NotFound)?;
    let duo = duos::duo(tx, checkin.duo)?.ok_or(Failure::NotFound)?;
    let liaison = liaisons::of_duo(tx, duo.id)?;
    let liaison_name = liaison.as_ref().map_or_else(|| "Your liaison".to_owned(), |it| it.name.clone());
    let account = identity::find(tx, checkin.person)?.ok_or(Failure::NotFound)?;
    let first_name = account.name.split_whitespace().next().unwrap_or_default().to_owned();
    let form = forms::current(tx, "check_in")?;
    let form = form.filled(&[("first_name", &first_name), ("liaison_name", &liaison_name)]);
    let cohort = program::the_cohort(tx, checkin.cohort)?;
    let kept_until = program::keeping::check_ins_until(&calendar::of(tx, &cohort)?);
    Ok(Facts { checkin, duo, liaison, form, first_name, liaison_name, kept_until })
}

fn show(tx: &mut Tx, visit: &Visit, id: Id) -> platform::doors::Answer {
    let facts = facts(tx, id)?;
    if facts.checkin.answered_at.is_some() {
        return Err(closed(LinkRefusal::Used));
    }
    Ok(Reply::page(TITLE, page(visit, &facts, &Answers::default(), &Faults::new())))
}

/// What was sent, or what is wrong with it.
fn given(visit: &Visit, facts: &Facts, today: Date) -> Result<Answer, Failure> {
    let answers = forms::read(&facts.form, &visit.form)?;
    let mut faults = forms::faults(&facts.form, &answers);
    let met_on = answers.text("P2").parse().ok();
    if met_on.is_some_and(|day| day > today) {
        faults.add("P2", "That day is still to come. Give the day you last met, or leave it empty.");
    }
    if !faults.is_empty() {
        return Err(Failure::refused(TITLE, page(visit, facts, &answers, &faults)));
    }
    Ok(Answer {
        touch: answers.text("P1").to_owned(),
        met_on,
        pulse: answers.number("P3"),
        contact: answers.ticked("contact"),
        words: answers.text("P4").to_owned(),
    })
}

fn take(tx: &mut Tx, visit: &Visit, id: Id) -> platform::doors::Answer {
    let facts = facts(tx, id)?;
    let cohort = program::the_cohort(tx, facts.checkin.cohort)?;
    let today = calendar::of(tx, &cohort)?.today(tx.now());
    let answer = given(visit, &facts, today)?;
    let liaison = facts.liaison.as_ref().map(|it| it.person);
    if !checkins::answer(tx, &facts.checkin, liaison, &answer)? {
        return Err(closed(LinkRefusal::Used));
    }
    links::end(tx, PURPOSE, id)?;
    journal::record(tx, "check-in answered", facts.duo.id, None, Some(facts.duo.cohort))?;
    if checkins::wants_a_word(answer.contact, answer.pulse) {
        ask_liaison(tx, &cohort, &facts, answer.contact, today)?;
    }
    Ok(Reply::page(TITLE, thanks(&facts)))
}

/// A wish to be contacted, or a low answer, is a task for the liaison at once. CHK5.
fn ask_liaison(tx: &mut Tx, cohort: &program::Cohort, facts: &Facts, wanted: bool, today: Date) -> Result<(), Failure> {
    let name = facts.duo.name_of(facts.checkin.person);
    let (kind, title) = if wanted {
        (tasks::CONTACT, format!("{name} would like to hear from you"))
    } else {
        ("pulse", format!("Ask {name} how it is going"))
    };
    let first_name = &facts.first_name;
    let words = format!(
        "Hello {first_name}, thank you for your answer. When may I call you, or would you rather write? What you tell me stays with me."
    );
    let due = days::working_days_after(today, 2);
    let once = format!("{kind}|{}", facts.checkin.id);
    let new = NewTask { cohort: cohort.id, duo: Some(facts.duo.id), person: None, kind, title, words, due, once };
    tasks::add_for_liaison(tx, facts.duo.id, new)?;
    match &facts.liaison {
        Some(liaison) if wanted => letters::contact_wanted(tx, cohort, &facts.checkin, liaison, name, due),
        _ => Ok(()),
    }
}

fn page(visit: &Visit, facts: &Facts, answers: &Answers, faults: &Faults) -> Markup {
    let partner = facts.duo.name_of(facts.duo.partner_of(facts.checkin.person));
    let lead = format!("About you and {partner}. {}", facts.form.intro);
    html! {
        (shell::page_head(&facts.form.title, &lead))
        (shell::error_summary(faults))
        @if facts.checkin.answered_at.is_some() {
            (shell::note(shell::Tone::Info, html! { p { "You have answered. What you send now stands instead, and " (facts.liaison_name) " sees that it was changed." } }))
        }
        (shell::card_plain(shell::form(&visit.path, html! {
            (forms::fields(&facts.form, answers, faults, &[]))
            (shell::readers_line(&policy::who_can_read(policy::Record::CheckinAnswer)))
            p.hint { (format!(
                "{} reads this, and whoever takes over from them. Your words are sealed, and your partner never sees them. Nobody else of the committee does, unless chair and deputy open them together for a grave reason, for an hour; you are then told.",
                facts.liaison_name
            )) }
            (shell::who_has_read(checkins::RECORD, Some(&facts.duo.id.to_string())))
            (program::keeping::line(facts.kept_until))
            (shell::actions(shell::button("Send")))
        })))
    }
}

fn thanks(facts: &Facts) -> Markup {
    html! {
        (shell::page_head("Thank you", &facts.form.done))
        (shell::note(shell::Tone::Good, html! {
            "Your answer is on its way to " (facts.liaison_name) ". You can close this page."
        }))
        p { "What you answered stands under " a href="/me/check-ins" { "My check-ins" } ", with who has read it." }
    }
}

/// What stands where a link does not open.
fn closed(refusal: LinkRefusal) -> Failure {
    let (title, words) = match refusal {
        LinkRefusal::Used => {
            ("Already answered", "Your answer was kept the first time. Thank you; there is nothing more to do.")
        }
        LinkRefusal::Expired => (
            "This link has expired",
            "A check-in can be answered for 30 days. Just answer your liaison's last letter, or sign in to see what is open.",
        ),
        LinkRefusal::Unknown => ("Unknown link", "This link is not one of ours. Please copy it whole from the letter."),
    };
    Failure::overtaken(
        title,
        html! {
            (shell::page_head(title, words))
            (shell::actions(shell::link_quiet("/", "To the home page")))
        },
    )
}
