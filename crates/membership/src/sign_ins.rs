//! One's sign-ins: a list with the device in words, and the end of one or of all others.

use jiff::tz::TimeZone;
use platform::{
    identity::{self, SignIn},
    prelude::*,
};
use shell::Style;

/// `POST /me/sign-ins/{id}/end`
pub fn end(tx: &mut Tx, visit: &Visit) -> Answer {
    let (account, sign_in) = (visit.person()?, visit.id("id")?);
    if !identity::end_sign_in(tx, account, sign_in)? {
        return Err(Failure::NotFound);
    }
    journal::record(tx, "sign-in ended", account, Some(account), None)?;
    let to = if sign_in == visit.sign_in()?.id { "/sign-in" } else { "/me" };
    Ok(Reply::go(to).saying("That sign-in has ended."))
}

/// `POST /me/sign-ins/end`: every sign-in but this one.
pub fn end_others(tx: &mut Tx, visit: &Visit) -> Answer {
    let account = visit.person()?;
    identity::end_other_sign_ins(tx, account, visit.sign_in()?.id)?;
    journal::record(tx, "other sign-ins ended", account, Some(account), None)?;
    Ok(Reply::go("/me").saying("All other sign-ins have ended."))
}

pub(crate) fn list(sign_ins: &[SignIn], this: Id, zone: &TimeZone) -> Markup {
    let time = |at: jiff::Timestamp| program::day_and_time(at, zone);
    html! {
        ul.plain {
            @for sign_in in sign_ins {
                li {
                    strong { (device(&sign_in.agent)) }
                    @if sign_in.id == this { " " (shell::badge(shell::Tone::Good, "This one")) }
                    br;
                    span.hint { "Since " (time(sign_in.created_at)) "; last used " (time(sign_in.last_used_at)) }
                    @if sign_in.id != this {
                        div.actions {
                            (shell::post_button_for(&format!("/me/sign-ins/{}/end", sign_in.id), "End it", &device(&sign_in.agent), &[], Style::Quiet))
                        }
                    }
                }
            }
        }
        @if sign_ins.len() > 1 { (shell::post_button("/me/sign-ins/end", "End all others", &[], Style::Quiet)) }
        @else { p.hint { "You are signed in here and nowhere else." } }
    }
}

/// The browser and the device in two words, as far as they say.
pub(crate) fn device(agent: &str) -> String {
    let first = |names: &[(&str, &'static str)], other: &'static str| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map_or(other, |(_, words)| words)
    };
    let browsers =
        [("Firefox", "Firefox"), ("Edg", "Edge"), ("Chrome", "Chrome"), ("Safari", "Safari"), ("curl", "curl")];
    let devices = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ];
    format!("{}, {}", first(&browsers, "A browser"), first(&devices, "unknown device"))
}
