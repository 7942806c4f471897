//! `/me/download`: everything of one's own in one file. ACC3

use jiff::SignedDuration;
use platform::prelude::*;

use crate::archive;

const TITLE: &str = "Take along what is mine";
const TAKEN: &str = "own data taken along";
const MOST_A_DAY: i64 = 5;

sql! {
    TODAY => "select count(*) as times from journal where what = 'own data taken along' and about = $1 and done_at > $2";
}

pub(crate) fn get(_: &mut Tx, _: &Visit) -> Answer {
    let body = html! {
            (shell::breadcrumbs(&[("/me", "My account")], TITLE))
            (shell::page_head(TITLE, "Everything that you told us and wrote here, in one file, to keep where you like."))
            (shell::card_plain(html! {
                p { "In the file (a .zip) you find:" }
                ul {
                    li { strong { "index.html" } ", a page to read, also without a network" }
                    li { strong { "everything.json" } ", the same for programs" }
                    li { "your certificates, where you have some" }
                }
                p { "It holds your account, applications, profile, lists and requests, your duos with your own notes and goals, what you told your liaison, events, letters, and who has read what is yours." }
                p { "What others wrote is not in it. The record that you and your partner share can be taken along from your duo’s page. Answers to surveys that you sent cannot be in it: nobody can tell which are yours." }
                (shell::form("/me/download", shell::button("Take it along")))
                p.hint { "We may ask for your password first. It takes a moment, and can be done " (MOST_A_DAY) " times a day." }
            }))
            (shell::readers_line(&policy::who_can_read(policy::Record::BackupExport)))
    p.hint { "That a file was made is noted, nothing of what is in it." }
            p { "Would you like us to delete it afterwards? " a href="/me/erase" { "Be forgotten" } }
        };
    Ok(Reply::page(TITLE, body))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    let day_ago = tx.now() - SignedDuration::from_hours(24);
    if tx.one::<i64>(&TODAY, values![person, day_ago])? >= MOST_A_DAY {
        let words = "You have taken it along several times today. Please come back tomorrow.";
        let body = html! {
            (shell::page_head(TITLE, words))
            (shell::actions(shell::link_button("/me", "My account")))
        };
        return Err(Failure::too_often(TITLE, body));
    }
    let archive = archive::gather(tx, visit)?;
    let bytes = archive.zipped(tx.now())?;
    journal::record(tx, TAKEN, person, Some(person), None)?;
    Ok(Reply::download(format!("what-is-mine-{}.zip", archive.made_on), "application/zip", bytes))
}
