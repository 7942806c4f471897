//! What a house says of itself at its most talkative names nobody and tells nothing.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
};

use platform::{
    app::{App, Mode},
    doors::Answer,
    identity,
    post::{self, Security, Smtp},
    prelude::*,
};
use policy::{Action, Role};
use testing::House;

use super::lines;

testing::on_both_databases! {
    super::doors_and_a_broken_one(); crate::house::jobs;
    nobody_is_named_in_any_line_of_the_logs
    a_line_of_the_log_and_an_entry_of_the_audit_bear_one_name
}

fn doors_and_a_broken_one() -> Doors {
    crate::house::doors().post("/broken/{token}", Action::Register, broken).taking(&["name"])
}

/// A door that breaks as a fault of ours would, with an address and a path that are nobody's business.
fn broken(tx: &mut Tx, visit: &Visit) -> Answer {
    let name = visit.form.text("name").to_owned();
    identity::add(tx, &name, ADDRESS, None)?;
    identity::add(tx, &name, ADDRESS, None)?;
    Ok(Reply::go("/"))
}

const NAME: &str = "Zarathustra Canaryson";
const ADDRESS: &str = "zc-canary@example.org";
const PASSWORD: &str = "quinces ripen in october";
const WORDS: &str = "my canary song of nobody's business";

fn nobody_is_named_in_any_line_of_the_logs(house: &House) {
    lines::listen();
    let mut secrets = vec![NAME, "Canaryson", ADDRESS, "zc-canary", PASSWORD, WORDS, "canary song", "203.0.113.77"];
    house.role("cora", Role::Chair);
    let members = format!("number,name,email\n1,{NAME},{ADDRESS}\n");
    let import = house.upload("cora", "/roster/import", "file", &format!("{NAME}.csv"), members.as_bytes()).leads_to();
    house.post("cora", &import, &[]);
    house.post_as_stranger("/register", &[("name", NAME), ("email", ADDRESS)]).leads_to();
    house.run_jobs();
    let letter = house.letters().into_iter().rfind(|it| it.to_address == ADDRESS).unwrap();
    let link = house.link_in(&letter);
    let token: &'static str = link.rsplit('/').next().unwrap().to_owned().leak();
    secrets.push(token);
    house.get_as_stranger(&link).is_ok();
    house.post_as_stranger(&link, &[("password", PASSWORD), ("repeated", "something else entirely")]);
    house.post_as_stranger(&link, &[("password", PASSWORD), ("repeated", PASSWORD)]).leads_to();
    house.post_as_stranger("/sign-in", &[("email", ADDRESS), ("password", WORDS)]);
    house.post_as_stranger("/sign-in", &[("email", ADDRESS), ("password", PASSWORD)]).leads_to();
    house.post_as_stranger("/recover", &[("email", ADDRESS)]).leads_to();
    house.post_as_stranger("/nominate", &[("no_name", NAME), ("no_mail", ADDRESS), ("no_why", WORDS), ("role", WORDS)]);
    house.get_as_stranger(&format!("/mentors?q={}", WORDS.replace(' ', "+")));
    house.get_as_stranger(&format!("/no/such/{token}"));
    let id = house.read(|tx| Ok(identity::find_by_email(tx, ADDRESS)?.unwrap().id));
    house.sign_in("zarathustra", id);
    secrets.push(house.secret_of("zarathustra").leak());
    house.post("zarathustra", "/me", &[("name", NAME), ("city", WORDS)]);
    house.post("zarathustra", "/applications/mentee/draft", &[("me_name", NAME), ("me_goal", WORDS)]);
    let answer = house.post_as_stranger(&format!("/broken/{token}"), &[("name", NAME)]);
    assert_eq!(answer.status, 500);
    // Whoever reads the page can say which request it was, and the log knows it.
    let text = answer.text();
    let number = text.split("the number ").nth(1).and_then(|it| it.split(';').next()).unwrap().to_owned();
    assert!(lines::told().lines().any(|it| it.contains(&number) && it.contains("a request failed")), "{number}");
    house.run_jobs();
    sending_fails(house);
    let told = lines::told();
    for needed in
        ["a request failed", "/broken/{token}", "a letter could not be sent", "(an address)", "looked for work"]
    {
        assert!(told.contains(needed), "the logs do not tell of “{needed}”");
    }
    for line in told.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "no line of JSON: {line}");
        for secret in &secrets {
            assert!(!line.contains(secret), "{secret} is told in: {line}");
        }
        assert!(!line.contains("@example"), "an address is told in: {line}");
    }
}

/// Who reads in the audit that something was done finds the request in the log.
fn a_line_of_the_log_and_an_entry_of_the_audit_bear_one_name(house: &House) {
    lines::listen();
    // Requests are numbered from the second of the clock; at these two no other house of the tests does anything.
    house.at(if house.file().is_some() { "2026-03-29T02:17:41Z" } else { "2026-03-29T02:18:43Z" });
    house.role("cora", Role::Chair);
    house.post("cora", "/conflicts", &[("email", "friend@persona.example")]).leads_to();
    let entries: Vec<(String, String)> = house.read(|tx| {
        let sql = "select action, request from audit where client = 'web' order by seq desc";
        Ok(tx.query(&platform::storage::Query::new(sql))?)
    });
    let (_, request) = entries.iter().find(|it| it.0 == "conflict declared").expect("the audit knows of it");
    assert!(!request.is_empty());
    let told = lines::told();
    let of_it = told.lines().filter(|it| it.contains(&format!("\"{request}\""))).collect::<Vec<_>>();
    let answered = of_it.iter().filter(|it| it.contains("\"answered\"")).collect::<Vec<_>>();
    assert_eq!(answered.len(), 1, "{of_it:#?}");
    assert!(answered[0].contains("\"/conflicts\"") && answered[0].contains("303"), "{}", answered[0]);
}

/// Lets a mail server refuse everybody, quoting whom.
fn sending_fails(house: &House) {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = server.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in server.incoming().flatten() {
            std::thread::spawn(move || refuse(stream));
        }
    });
    let from = "mentoring@example.org".to_owned();
    let smtp = Smtp { host: "127.0.0.1".to_owned(), port, security: Security::None, user: None, password: None, from };
    let config = platform::app::Config { smtp: Some(smtp), mode: Mode::Serving, ..(*house.app.config).clone() };
    let app = App::new(house.app.db.clone(), config, crate::house::house());
    post::send_due(&app).unwrap();
}

fn refuse(mut stream: std::net::TcpStream) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let _ = stream.write_all(b"220 refuser\r\n");
    while let Some(Ok(line)) = lines.next() {
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "RCPT" => format!("550 5.1.1 nobody here is {}\r\n", line.trim_start_matches("RCPT TO:")),
            "QUIT" => "221 bye\r\n".to_owned(),
            _ => "250 so be it\r\n".to_owned(),
        };
        if stream.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}
