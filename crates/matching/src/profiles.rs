//! Tables `profiles`, `profile_cards`, `profile_texts` and `facet_words`: mentors as the directory shows
//! them. Written from a mentor's application, and only while the mentor agrees to be
//! shown; without the tick there is no row.

use forms::Answers;
use platform::prelude::*;
use policy::{Grant, May, Role, of};

use crate::{changes, rules, search::searched};

/// The words of one profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) employer_shown: String,
    pub(crate) region: String,
    pub(crate) topics: Vec<String>,
    pub(crate) strong_topics: Vec<String>,
    pub(crate) organisations: Vec<String>,
    pub(crate) channels: Vec<String>,
    pub(crate) frequency: String,
    pub(crate) zone: String,
    pub(crate) years: String,
    pub(crate) years_leading: String,
    pub(crate) association: String,
    pub(crate) path: String,
    pub(crate) can: String,
    pub(crate) cannot: String,
    pub(crate) learn: String,
    pub(crate) cares: Vec<String>,
    pub(crate) mentored: String,
}

row! {
    /// Whose a profile is, and how it stands; nothing of what it says.
    pub(crate) struct Head {
        pub(crate) id: i64,
        pub(crate) name: String,
        pub(crate) state: String,
        pub(crate) waiting: i64,
        pub(crate) answer_days: Option<i64>,
    }
}

row! {
    struct Texts {
        role: String,
        employer_shown: String,
        region: String,
        topics: String,
        strong_topics: String,
        organisations: String,
        channels: String,
        frequency: String,
        zone: String,
        years: String,
        years_leading: String,
        association: String,
        path: String,
        can: String,
        cannot: String,
        learn: String,
        cares: String,
        mentored: String,
    }
}

sql! {
    HEAD => "select p.id, c.name, p.state, p.waiting, p.answer_days from profiles p join profile_cards c on c.profile = p.id where p.cohort = $1 and p.person = $2";
    STATE => "select state from profiles where cohort = $1 and person = $2";
    TEXTS => "select c.role_words, c.employer_shown, c.region, t.topics, t.strong_topics, t.organisations, t.channels, t.frequency, t.zone, t.years, t.years_leading, t.association, t.path, t.can, t.cannot, t.learn, t.cares, t.mentored from profile_texts t join profile_cards c on c.profile = t.profile where t.profile = $1";
    WRITE => "insert into profiles (person, cohort, topics, organisations, channels, zones, state, waiting, changed_at) values ($1, $2, $3, $4, $5, $6, $7, 0, $8) on conflict (cohort, person) do update set topics = excluded.topics, organisations = excluded.organisations, channels = excluded.channels, zones = excluded.zones, changed_at = excluded.changed_at returning id";
    WRITE_CARD => "insert into profile_cards (profile, name, role_words, employer_shown, region, card_words, card_topics) values ($1, $2, $3, $4, $5, $6, $7) on conflict (profile) do update set name = excluded.name, role_words = excluded.role_words, employer_shown = excluded.employer_shown, region = excluded.region, card_words = excluded.card_words, card_topics = excluded.card_topics";
    DROP_CARD => "delete from profile_cards where profile = $1";
    DROP_TEXTS => "delete from profile_texts where profile = $1";
    WRITE_TEXTS => "insert into profile_texts (profile, topics, strong_topics, organisations, channels, frequency, zone, years, years_leading, association, path, can, cannot, learn, cares, mentored, heads, subjects, words) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";
    FACET_BIT => "select bit from facet_words where facet = $1 and word = $2";
    LAST_BIT => "select max(bit) as bit from facet_words where facet = $1";
    ADD_FACET => "insert into facet_words (facet, word, bit) values ($1, $2, $3)";
    DROP => "delete from profiles where id = $1";
    TAKE => "update profiles set state = 'taken' where cohort = $1 and person = $2 and state <> 'taken'";
    GIVE_BACK => "update profiles set state = 'shown' where cohort = $1 and person = $2 and state = 'taken'";
    PAUSE => "update profiles set state = 'paused' where cohort = $1 and person = $2 and state = 'shown'";
    RETURN => "update profiles set state = 'shown' where cohort = $1 and person = $2 and state = 'paused'";
    COUNT_WAITING => "update profiles set waiting = (select count(*) from requests where requests.cohort = $1 and requests.mentor = $2 and requests.state = 'asked') where cohort = $1 and person = $2";
    SET_ANSWER_DAYS => "update profiles set answer_days = $3 where cohort = $1 and person = $2";
    STALE => "select distinct j.about from journal j left join profile_marks m on m.person = j.about and m.cohort = j.cohort where j.what in ('mentor joined', 'mentor profile changed') and j.cohort is not null and (m.seq is null or m.seq < j.seq)";
    STALE_OF => "select j.cohort, max(j.seq) as newest from journal j left join profile_marks m on m.person = j.about and m.cohort = j.cohort where j.about = $1 and j.what in ('mentor joined', 'mentor profile changed') and j.cohort is not null and (m.seq is null or m.seq < j.seq) group by j.cohort";
    MARK => "insert into profile_marks (person, cohort, seq) values ($1, $2, $3) on conflict (person, cohort) do update set seq = excluded.seq";
}

pub(crate) fn head(tx: &mut Tx, cohort: Id, person: Id) -> Result<Option<Head>, Failure> {
    Ok(tx.row(&HEAD, values![cohort, person])?)
}

/// The whole profile.
pub(crate) fn words<V: May>(tx: &mut Tx, _: &Grant<of::ProfileMentor, V>, head: &Head) -> Result<Words, Failure> {
    let texts: Texts = tx.row(&TEXTS, values![head.id])?.ok_or(Failure::NotFound)?;
    Ok(Words {
        name: head.name.clone(),
        role: texts.role,
        employer_shown: texts.employer_shown,
        region: texts.region,
        topics: lines(&texts.topics),
        strong_topics: lines(&texts.strong_topics),
        organisations: lines(&texts.organisations),
        channels: lines(&texts.channels),
        frequency: texts.frequency,
        zone: texts.zone,
        years: texts.years,
        years_leading: texts.years_leading,
        association: texts.association,
        path: texts.path,
        can: texts.can,
        cannot: texts.cannot,
        learn: texts.learn,
        cares: lines(&texts.cares),
        mentored: texts.mentored,
    })
}

/// Brings the profile of a mentor in step with the application: builds it, changes it, or
/// takes it away when the mentor no longer agrees or no longer takes part.
pub fn refresh_profile(tx: &mut Tx, cohort: Id, person: Id) -> Result<(), Failure> {
    let answers = agreed_answers(tx, cohort, person)?;
    let head = head(tx, cohort, person)?;
    match (answers, head) {
        (Some(answers), _) => write(tx, cohort, person, &words_of(&answers)),
        (None, Some(head)) => drop(tx, cohort, person, head.id),
        (None, None) => Ok(()),
    }
}

/// Takes a profile away for good, whatever the application says.
pub(crate) fn take_away(tx: &mut Tx, cohort: Id, person: Id) -> Result<(), Failure> {
    match head(tx, cohort, person)? {
        Some(head) => drop(tx, cohort, person, head.id),
        None => Ok(()),
    }
}

/// The answers of a mentor of this cohort who agrees to be shown.
fn agreed_answers(tx: &mut Tx, cohort: Id, person: Id) -> Result<Option<Answers>, Failure> {
    if !program::subject(tx, person)?.holds_in(Role::Mentor, cohort.number()) {
        return Ok(None);
    }
    let kept = forms::kept_of(tx, "mentor_application", cohort, person)?;
    Ok(kept.map(|kept| kept.answers).filter(|answers| answers.ticked("show")))
}

/// A profile from an application.
pub(crate) fn words_of(answers: &Answers) -> Words {
    let text = |key: &str| answers.text(key).trim().to_owned();
    let shown = text("mo_employer_shown");
    let cares = ["mo_value", "mo_value_2"].map(text);
    Words {
        name: text("mo_name"),
        role: text("mo_role"),
        employer_shown: if shown.is_empty() { text("mo_employer") } else { shown },
        region: text("mo_city"),
        topics: answers.list("mo_expert"),
        strong_topics: answers.list("mo_expert_strong"),
        organisations: answers.list("mo_type"),
        channels: answers.list("mo_chan"),
        frequency: text("mo_freq"),
        zone: text("mo_tz"),
        years: text("mo_years"),
        years_leading: text("mo_years_lead"),
        association: text("mo_orgexp"),
        path: text("mo_path"),
        can: text("mo_can"),
        cannot: text("mo_cannot"),
        learn: text("mo_learn"),
        cares: cares.into_iter().filter(|it| !it.is_empty()).collect(),
        mentored: text("mo_exp"),
    }
}

impl Words {
    /// What a card shows of the topics: the strong ones, or else the first.
    fn card_topics(&self) -> Vec<String> {
        let shown = if self.strong_topics.is_empty() { &self.topics } else { &self.strong_topics };
        shown.iter().take(3).cloned().collect()
    }

    /// The first words of what a mentee will get; a card has no room for more.
    fn card_words(&self) -> String {
        const ROOM: usize = 140;
        let line = self.can.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() <= ROOM {
            return line;
        }
        let start: String = line.chars().take(ROOM).collect();
        format!("{} …", start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words))
    }

    /// What is searched, in three parts: a name is worth more than a subject, and that more
    /// than a sentence. Contact data is in none.
    fn searched(&self) -> [String; 3] {
        let join = |texts: &[&str], lists: &[&[String]]| {
            let lists = lists.iter().copied().flatten().map(String::as_str);
            searched(&texts.iter().copied().chain(lists).collect::<Vec<_>>().join(" "))
        };
        [
            join(&[&self.name, &self.role, &self.employer_shown, &self.region], &[]),
            join(&[], &[&self.topics, &self.organisations, &self.channels, &self.cares]),
            join(&[&self.association, &self.path, &self.can, &self.cannot, &self.learn], &[]),
        ]
    }
}

fn write(tx: &mut Tx, cohort: Id, person: Id, words: &Words) -> Result<(), Failure> {
    // New words get their bits one after the other, whatever the cohort.
    tx.lock(Id::default())?;
    changes::words_of(tx, cohort, person)?;
    let state = if crate::who::is_taken(tx, cohort, person)? { "taken" } else { "shown" };
    let values = values![
        person,
        cohort,
        bits(tx, "topic", &words.topics)?,
        bits(tx, "organisation", &words.organisations)?,
        bits(tx, "channel", &words.channels)?,
        if words.zone.is_empty() { 0 } else { bit(tx, "zone", &words.zone)? },
        state,
        tx.now(),
    ];
    let profile: i64 = tx.one(&WRITE, values)?;
    let card = values![
        profile,
        &words.name,
        &words.role,
        &words.employer_shown,
        &words.region,
        words.card_words(),
        words.card_topics().join("\n"),
    ];
    tx.exec(&WRITE_CARD, card)?;
    tx.exec(&COUNT_WAITING, values![cohort, person])?;
    write_texts(tx, profile, words)
}

fn write_texts(tx: &mut Tx, profile: i64, words: &Words) -> Result<(), Failure> {
    tx.exec(&DROP_TEXTS, values![profile])?;
    let [heads, subjects, others] = words.searched();
    let values = values![
        profile,
        words.topics.join("\n"),
        words.strong_topics.join("\n"),
        words.organisations.join("\n"),
        words.channels.join("\n"),
        &words.frequency,
        &words.zone,
        &words.years,
        &words.years_leading,
        &words.association,
        &words.path,
        &words.can,
        &words.cannot,
        &words.learn,
        words.cares.join("\n"),
        &words.mentored,
        heads,
        subjects,
        others,
    ];
    tx.exec(&WRITE_TEXTS, values)?;
    Ok(())
}

/// The bits of all these words together.
fn bits(tx: &mut Tx, facet: &'static str, words: &[String]) -> Result<i64, Failure> {
    let mut bits = 0;
    for word in words {
        bits |= bit(tx, facet, word)?;
    }
    Ok(bits)
}

/// Past the sixty-second word of one kind there is no bit left; nobody filters by it then.
const LAST: i64 = 1 << 61;

fn bit(tx: &mut Tx, facet: &'static str, word: &str) -> Result<i64, Failure> {
    if let Some(bit) = tx.row::<i64>(&FACET_BIT, values![facet, word])? {
        return Ok(bit);
    }
    let next = match tx.one::<Option<i64>>(&LAST_BIT, values![facet])? {
        None => 1,
        Some(LAST) => return Ok(0),
        Some(last) => last * 2,
    };
    tx.exec(&ADD_FACET, values![facet, word, next])?;
    Ok(next)
}

fn drop(tx: &mut Tx, cohort: Id, person: Id, profile: i64) -> Result<(), Failure> {
    changes::words_of(tx, cohort, person)?;
    for statement in [&DROP_TEXTS, &DROP_CARD, &DROP] {
        tx.exec(statement, values![profile])?;
    }
    Ok(())
}

/// The mentor's last place is gone; the directory says so from now on.
pub(crate) fn take(tx: &mut Tx, cohort: Id, person: Id) -> Result<(), Failure> {
    changes::state_of(tx, cohort, person)?;
    tx.exec(&TAKE, values![cohort, person])?;
    Ok(())
}

/// The mentor has room again; mentees can ask. Nothing where the directory says so already.
pub(crate) fn give_back(tx: &mut Tx, cohort: Id, person: Id) -> Result<(), Failure> {
    if tx.row::<String>(&STATE, values![cohort, person])?.as_deref() != Some("taken") {
        return Ok(());
    }
    changes::state_of(tx, cohort, person)?;
    tx.exec(&GIVE_BACK, values![cohort, person])?;
    Ok(())
}

/// Takes a pause, or ends it. False when it was so already. PRF3.
pub(crate) fn pause(tx: &mut Tx, cohort: Id, person: Id, paused: bool) -> Result<bool, Failure> {
    let statement = if paused { &PAUSE } else { &RETURN };
    changes::state_of(tx, cohort, person)?;
    Ok(tx.exec(statement, values![cohort, person])? == 1)
}

/// Counts anew how many requests wait for this mentor.
pub(crate) fn count_waiting(tx: &mut Tx, cohort: Id, person: Id) -> Result<(), Failure> {
    changes::state_of(tx, cohort, person)?;
    tx.exec(&COUNT_WAITING, values![cohort, person])?;
    Ok(())
}

/// Works out anew how long this mentor usually takes to answer.
pub(crate) fn set_answer_days(tx: &mut Tx, cohort: Id, person: Id, days: &[i64]) -> Result<(), Failure> {
    tx.exec(&SET_ANSWER_DAYS, values![cohort, person, rules::typical_days(days)])?;
    Ok(())
}

/// Mentors whose application has changed since their profile was written.
pub(crate) fn stale(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&STALE, values![])?)
}

/// Brings one mentor's profiles in step, in every cohort where they are not.
pub(crate) fn bring_in_step(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    for (cohort, newest) in tx.rows::<(Id, i64)>(&STALE_OF, values![person])? {
        refresh_profile(tx, cohort, person)?;
        tx.exec(&MARK, values![person, cohort, newest])?;
    }
    Ok(())
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_ends_at_a_word_and_shows_three_topics() {
        let words = Words {
            can: "patience ".repeat(40),
            topics: ["a", "b", "c", "d"].map(str::to_owned).to_vec(),
            ..Words::default()
        };
        assert!(words.card_words().ends_with("patience …"));
        assert!(words.card_words().chars().count() <= 142);
        assert_eq!(words.card_topics(), ["a", "b", "c"]);
        let strong = Words { strong_topics: vec!["d".to_owned()], ..words };
        assert_eq!(strong.card_topics(), ["d"]);
    }

    // PRF2
    #[test]
    fn a_profile_takes_neither_address_nor_phone_from_the_application() {
        let mut answers = Answers::new();
        for (key, value) in [
            ("mo_name", "Li Chen"),
            ("mo_email", "canary@example.org"),
            ("mo_phone", "555 0100"),
            ("mo_employer", "City Library"),
            ("mo_employer_shown", "a large public library"),
            ("mo_can", "Budgets"),
        ] {
            answers.set(key, value);
        }
        let words = words_of(&answers);
        assert_eq!(words.searched(), ["li chen a large public library", "", "budgets"]);
        assert!(!format!("{words:?}").contains("canary") && !format!("{words:?}").contains("555"));
        assert!(!format!("{words:?}").contains("City Library"));
    }
}
