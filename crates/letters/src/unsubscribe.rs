//! No more letters of a kind: table `unsubscribes`, and the page behind the link in a
//! letter. Opening the link changes nothing, so mail scanners may; a POST ends them, from
//! the page or from a mail program that knows no cookie (RFC 8058).

use jiff::SignedDuration;
use platform::{links, prelude::*};
use shell::{Style, Tone};

use crate::kinds::Class;

/// As long as anybody keeps a letter.
const LASTS: SignedDuration = SignedDuration::from_hours(10 * 365 * 24);

const CLASSES: [Class; 2] = [Class::Helpful, Class::Alumni];

sql! {
    ADD => "insert into unsubscribes (account, class, unsubscribed_at) values ($1, $2, $3) on conflict (account, class) do nothing";
    DROP => "delete from unsubscribes where account = $1 and class = $2";
    TIMES => "select count(*) as times from unsubscribes where account = $1 and class = $2";
}

/// Whether somebody wants no more letters of a class.
pub fn has_unsubscribed(tx: &mut Tx, account: Id, class: Class) -> Result<bool, Failure> {
    Ok(tx.one::<i64>(&TIMES, values![account, class.key()])? > 0)
}

pub fn set(tx: &mut Tx, account: Id, class: Class, wanted: bool) -> Result<(), Failure> {
    if wanted {
        tx.exec(&DROP, values![account, class.key()])?;
    } else {
        tx.exec(&ADD, values![account, class.key(), tx.now()])?;
    }
    Ok(())
}

/// A class of letters that can be ended, by its word.
pub fn class_named(key: &str) -> Option<Class> {
    CLASSES.into_iter().find(|class| class.key() == key)
}

/// What letters of a class are, to those who may end them.
pub fn words(class: Class) -> &'static str {
    match class {
        Class::Alumni => "letters to former participants",
        _ => "letters with topics, ideas and news",
    }
}

/// The address that ends letters of a class for one person.
pub fn link(tx: &mut Tx, account: Id, class: Class, about: Id) -> Result<String, Failure> {
    let token = links::make(tx, purpose(class), Some(account), about, LASTS)?;
    Ok(tx.url(&format!("/unsubscribe/{token}")))
}

fn purpose(class: Class) -> &'static str {
    match class {
        Class::Alumni => "end alumni letters",
        _ => "end helpful letters",
    }
}

/// Whose link it is, and for which letters; a link of nobody is told so in a sentence.
fn look(tx: &mut Tx, visit: &Visit) -> Result<(Id, Class), Failure> {
    for class in CLASSES {
        if let Ok(link) = links::look(tx, purpose(class), visit.param("token"))?
            && let Some(account) = link.account
        {
            return Ok((account, class));
        }
    }
    Err(not_ours())
}

fn not_ours() -> Failure {
    let title = "This link is not one of ours";
    let body = html! {
        (shell::page_head(title, "Perhaps a part of it was lost on the way. Please open the letter again and follow its last link; it works for as long as you keep the letter."))
        p { "Nothing was changed. If you have an account, you can also choose there which letters come." }
        p { (shell::link_button("/me/letters", "My letters")) }
    };
    Failure::missing(title, body)
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let (account, class) = look(tx, visit)?;
    let has_ended = has_unsubscribed(tx, account, class)?;
    Ok(page(visit, class, has_ended))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let (account, class) = look(tx, visit)?;
    let again = visit.form.ticked("again");
    set(tx, account, class, again)?;
    // A page and no redirection: mail programs that end letters follow none.
    Ok(page(visit, class, !again))
}

fn page(visit: &Visit, class: Class, has_ended: bool) -> Reply {
    let action = format!("/unsubscribe/{}", visit.param("token"));
    let words = words(class);
    if has_ended {
        let body = html! {
            (shell::page_head("You get no more of these", &format!("We send you no more {words}.")))
            (shell::note(Tone::Good, html! { p { "Letters that belong to your part in the program still come: an answer, a date, a decision." } }))
            p { "A change of mind is fine:" }
            (shell::post_button(&action, "Send them again", &[("again", "yes")], Style::Quiet))
        };
        return Reply::page("You get no more of these", body);
    }
    let title = "No more letters of this kind?";
    let body = html! {
        (shell::page_head(title, &format!("We then send you no more {words}.")))
        p { "Letters that belong to your part in the program still come: an answer, a date, a decision. Nobody sees that you ended the others." }
        (shell::post_button(&action, "Send me no more of these", &[], Style::Main))
    };
    Reply::page(title, body)
}
