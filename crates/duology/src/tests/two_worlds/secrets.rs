//! What is secret: who writes it, and who may read it.

use super::pair::Pair;

pub struct Secret {
    pub name: &'static str,
    /// Who may read it, and so may see a difference.
    pub readers: &'static [&'static str],
    /// Writes the one words in the one world, the others in the other.
    pub write: fn(&mut Pair, [&str; 2]),
}

pub const SECRETS: &[Secret] = &[
    Secret { name: "a private note", readers: &["ana"], write: private_note },
    Secret { name: "a shared note", readers: &["ana", "mo"], write: shared_note },
    Secret { name: "goals", readers: &["ana", "mo"], write: goals },
    Secret { name: "an agreement", readers: &["ana", "mo"], write: agreement },
    Secret { name: "a check-in answer", readers: &["ana", "lena"], write: check_in },
    Secret { name: "a survey answer", readers: &[], write: survey },
];

fn private_note(pair: &mut Pair, words: [&str; 2]) {
    pair.each(words, |world, words| {
        world.post("ana", &world.duo.path("/notebook"), &[("kind", "private"), ("text", words)]).leads_to();
    });
}

fn shared_note(pair: &mut Pair, words: [&str; 2]) {
    pair.each(words, |world, words| {
        world.post("ana", &world.duo.path("/notebook"), &[("kind", "shared"), ("text", words)]).leads_to();
    });
}

fn goals(pair: &mut Pair, words: [&str; 2]) {
    pair.each(words, |world, words| {
        let title: String = words.chars().take(80).collect();
        world.post("ana", &world.duo.path("/goals"), &[("revision", "0"), ("goal_1_title", title.trim())]).leads_to();
    });
}

/// Both confirm it, and share with their liaison only that it exists.
fn agreement(pair: &mut Pair, words: [&str; 2]) {
    pair.each(words, |world, words| {
        let short: String = words.chars().take(120).collect();
        let fields = [
            ("revision", "0"),
            ("purpose", short.trim()),
            ("goal_1_title", "Lead a project of my own"),
            ("goal_1_why", words),
            ("every_weeks", "3"),
            ("minutes", "60"),
            ("by_way", "video"),
            ("who_invites", "the mentee"),
            ("date_1", "2026-07-10"),
            ("sharing", "only that the agreement exists"),
        ];
        world.post("ana", &world.duo.path("/agreement"), &fields).leads_to();
        for who in ["ana", "mo"] {
            world.post(who, &world.duo.path("/agreement/signature"), &[("revision", "1")]).leads_to();
        }
    });
}

fn check_in(pair: &mut Pair, words: [&str; 2]) {
    pair.each(words, |world, words| {
        let letter = world.house.letters_to("ana").into_iter().find(|it| it.letter == "checkin_1").unwrap();
        let link = world.house.links_in(&letter).into_iter().find(|it| it.starts_with("/check-in/")).unwrap();
        let pulse = if words.len() % 2 == 0 { "4" } else { "5" };
        world
            .house
            .post_as_stranger(&link, &[("P1", "yes"), ("P2", "2026-07-03"), ("P3", pulse), ("P4", words)])
            .is_ok();
    });
}

/// Half a year later both duos answer the mid-way survey; Ana's answer is the secret.
fn survey(pair: &mut Pair, words: [&str; 2]) {
    pair.both(|world| world.go_to("2026-11-19T16:00:00Z"));
    pair.each(words, |world, words| {
        let letter = world.house.letters_to("ana").into_iter().rfind(|it| it.letter == "survey_midway").unwrap();
        let link = world.house.link_in(&letter);
        let level = ["1", "2", "3", "4", "5"][words.len() % 5];
        world.house.post_as_stranger(&link, &[("s1", level), ("t1", words), ("do", "send")]).leads_to();
    });
}
