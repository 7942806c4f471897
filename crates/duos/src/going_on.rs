//! Going on after the session, by the wish of both. Neither hears of the other's wish
//! before there are two, so nobody is pressed and nobody is turned down. END4.

use jiff::civil::Date;
use platform::prelude::*;
use policy::{Grant, Opens, may, of};
use program::{Calendar, calendar, long_day};
use shell::Tone;

use crate::{
    access,
    duos::{self, Duo},
    letters,
    rules::going_on::{self as rules, Moment},
};

sql! {
    WISHES => "select person from going_on where duo = $1";
    WISH => "insert into going_on (duo, person, wished_at) values ($1, $2, $3) on conflict (duo, person) do nothing";
    TAKE_BACK => "delete from going_on where duo = $1 and person = $2";
    BY_BOTH => "select g.duo from going_on g join duos d on d.id = g.duo where d.cohort = $1 group by g.duo having count(*) = 2";
}

/// The duos of a cohort whose two people both wish to go on: what both wish, both know.
pub(crate) fn by_both(tx: &mut Tx, cohort: Id) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&BY_BOTH, values![cohort])?)
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs_to_change(tx, visit)?;
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let proof: Grant<of::GoingOn, may::Write> = access::own_wish(visit, &duo)?;
    let person = Id::from(proof.person());
    let view = view(tx, &access::own_wish(visit, &duo)?, &duo, &calendar)?;
    let (true, Moment::Open) = (duo.is_active(), view.moment) else { return Err(closed(&duo, &view)) };
    if visit.form.text("wish") != "yes" {
        tx.exec(&TAKE_BACK, values![duo.id, person])?;
        return Ok(Reply::go(duo.path("")).saying("Your wish is taken back. Nobody has heard of it."));
    }
    tx.exec(&WISH, values![duo.id, person, tx.now()])?;
    if wishes(tx, &proof, &duo)?.len() < 2 {
        let words = "Your wish is kept. Your partner hears of it only if they wish the same.";
        return Ok(Reply::go(duo.path("")).saying(words));
    }
    journal::record(tx, "duo goes on", duo.id, None, Some(duo.cohort))?;
    letters::tell_of_going_on(tx, &cohort, &duo)?;
    let words = format!("You both wish it: your page stays open until {}.", long_day(view.until));
    Ok(Reply::go(duo.path("")).saying(words))
}

fn closed(duo: &Duo, view: &View) -> Failure {
    let words = match view.moment {
        Moment::Agreed => "You both go on already. Either of you may end the duo at any time.",
        Moment::Early => "It is early for that: the last four weeks of the session are the time to say it.",
        _ => "The session is over, so this cannot be said any more.",
    };
    let title = "Going on";
    Failure::overtaken(
        title,
        html! {
            (shell::page_head(title, words))
            (shell::actions(shell::link_button(&duo.path(""), "Back to your shared page")))
        },
    )
}

fn wishes(tx: &mut Tx, _: &impl Opens<of::GoingOn>, duo: &Duo) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&WISHES, values![duo.id])?)
}

/// What one of the two sees of it.
pub(crate) struct View {
    moment: Moment,
    wishes: bool,
    ends: Date,
    until: Date,
}

pub(crate) fn view(tx: &mut Tx, proof: &Grant<of::GoingOn>, duo: &Duo, calendar: &Calendar) -> Result<View, Failure> {
    let wishes = wishes(tx, proof, duo)?;
    let (ends, until) = (calendar.day("session_ends"), calendar.day("follow_up_session"));
    let moment = rules::moment(calendar.today(tx.now()), ends, wishes.len() == 2);
    Ok(View { moment, wishes: wishes.contains(&Id::from(proof.person())), ends, until })
}

/// The card in the room, while there is something to say.
pub(crate) fn card(duo: &Duo, view: &View, partner: &str) -> Markup {
    let (ends, until) = (long_day(view.ends), long_day(view.until));
    let action = duo.path("/going-on");
    let words = match view.moment {
        Moment::Agreed => html! {
            (shell::note(Tone::Good, html! { p { "You both wished to go on: this page stays open until " (until) "." } }))
        },
        Moment::Open if view.wishes => html! {
            p { "You wish to go on until " (until) ". " (partner) " hears of it only by wishing the same." }
            (shell::post_button(&action, "Take my wish back", &[("wish", "no")], shell::Style::Quiet))
        },
        Moment::Open => html! {
                    p { "The session ends on " (ends) ". If both of you wish it, this page stays open until the follow-up session on " (until) "." }
                    (shell::post_button(&action, "I would like to go on", &[("wish", "yes")], shell::Style::Quiet))
                    (shell::readers_line(&policy::who_can_read(policy::Record::GoingOn)))
        p.hint { "The other learns it once both of you wish it." }
                },
        Moment::Early | Moment::Late => return html! {},
    };
    shell::card("Going on", words)
}
