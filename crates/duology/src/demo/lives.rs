//! What an invented person has lived through and wants: drawn once, so that everything
//! they write over a year belongs to one life.

use std::collections::BTreeMap;

use rand::{Rng, RngExt, rngs::StdRng, seq::SliceRandom};

use super::{
    people::{Part, happens},
    texts::{MENTEES, MENTORS, THEMES, Theme},
    work::{self, Post},
};

#[derive(Clone, Debug, Default)]
pub struct Life {
    /// Three that matter most, first, and for mentors a few more.
    pub topics: Vec<&'static str>,
    pub goals: Vec<Goal>,
    pub years: &'static str,
    pub years_leading: &'static str,
    pub next_kind: &'static str,
    pub phone: String,
    /// Where this person stands between the two ends of each pair, 1 to 5.
    pub style: [u8; 6],
    /// What a mentee writes who has read this mentor's profile.
    pub asked_for: &'static str,
    /// Lines for the notebook, in their order.
    pub notes: Vec<&'static str>,
    texts: BTreeMap<&'static str, String>,
}

/// What a mentee wants to be able to do.
#[derive(Clone, Debug)]
pub struct Goal {
    pub topic: &'static str,
    pub title: &'static str,
    pub why: &'static str,
    pub sign: &'static str,
}

impl Life {
    /// What this person says of themselves in a field, if it is about them.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.texts.get(field).map(String::as_str)
    }
}

/// Things in a drawn order, given out one after another, so that what one person says
/// the next one does not.
struct Deck<T> {
    things: Vec<T>,
    next: usize,
}

impl<T: Copy> Deck<T> {
    fn of(rng: &mut StdRng, things: impl IntoIterator<Item = T>) -> Self {
        let mut things: Vec<T> = things.into_iter().collect();
        things.shuffle(rng);
        Self { things, next: 0 }
    }

    /// The next one; when all have been given out they are put in another order.
    fn deal(&mut self, rng: &mut StdRng) -> T {
        if self.next == self.things.len() {
            self.things.shuffle(rng);
            self.next = 0;
        }
        self.next += 1;
        self.things[self.next - 1]
    }
}

fn lines(rng: &mut StdRng, lines: &'static [String]) -> Deck<&'static str> {
    Deck::of(rng, lines.iter().map(String::as_str))
}

/// All that lives are made of.
pub struct Lives {
    /// The first topic of each mentor, with which of its stories is theirs.
    taught: Deck<(&'static Theme, usize)>,
    /// The first topic of each mentee, with which of its wishes is theirs.
    wanted: Deck<(&'static Theme, usize)>,
    cannot: Deck<&'static Vec<String>>,
    mentors: BTreeMap<&'static str, Deck<&'static str>>,
    mentees: BTreeMap<&'static str, Deck<&'static str>>,
    drawn: usize,
}

impl Lives {
    pub fn new(rng: &mut StdRng) -> Self {
        let of_themes = || THEMES.iter().flat_map(|theme| (0..theme.goals.len()).map(move |place| (theme, place)));
        let (said, asked) = (&*MENTORS, &*MENTEES);
        let mentors = [
            ("offices", &said.offices),
            ("offices_more", &said.offices_more),
            ("begin", &said.begin),
            ("moves", &said.moves),
            ("today", &said.today),
            ("manner", &said.manner),
            ("learn", &said.learn),
            ("values", &said.values),
        ];
        let mentees = [
            ("hopes", &asked.hopes),
            ("lead", &asked.lead),
            ("offer", &asked.offer),
            ("bio", &asked.bio),
            ("lives", &asked.lives),
            ("access", &asked.access),
        ];
        Self {
            taught: Deck::of(rng, of_themes()),
            wanted: Deck::of(rng, of_themes()),
            cannot: Deck::of(rng, &said.cannot),
            mentors: mentors.map(|(name, pool)| (name, lines(rng, pool))).into(),
            mentees: mentees.map(|(name, pool)| (name, lines(rng, pool))).into(),
            drawn: 0,
        }
    }

    pub fn of(&mut self, rng: &mut StdRng, part: Part, post: &Post) -> Life {
        self.drawn += 1;
        let phone = if happens(rng, 40) { format!("+1 312 555 01{:02}", self.drawn % 100) } else { String::new() };
        let life = Life {
            years: post.years,
            years_leading: post.years_leading,
            next_kind: work::next_kind(rng, post.kind),
            phone,
            style: std::array::from_fn(|_| rng.random_range(1..=5)),
            ..Life::default()
        };
        match part {
            Part::Mentor => self.mentor(rng, post, life),
            Part::Mentee => self.mentee(rng, post, life),
            _ => life,
        }
    }

    fn mentor(&mut self, rng: &mut StdRng, post: &Post, life: Life) -> Life {
        let (theme, place) = self.taught.deal(rng);
        let own = |text: &str| text.replace("{role}", post.role).replace("{employer}", &post.employer);
        let many = rng.random_range(5..=7);
        let topics = topics(rng, theme, many);
        let cannot = self.cannot(rng, post, &topics);
        let mut say = |name| self.mentors.get_mut(name).map_or("", |deck| deck.deal(rng));
        let [done, asked_for] = &theme.done[place % theme.done.len()];
        let can = &theme.can[place % theme.can.len()];
        let (begin, moves, today) = (say("begin"), say("moves"), own(say("today")));
        let texts = BTreeMap::from([
            ("mo_orgexp", joined(&[say("offices"), say("offices_more")])),
            ("mo_path", format!("{begin}\n{moves}\n{done}\n{today}")),
            ("mo_can", joined(&[can, say("manner")])),
            ("mo_cannot", cannot.to_owned()),
            ("mo_learn", say("learn").to_owned()),
            ("mo_value", say("values").to_owned()),
            ("mo_value_2", say("values").to_owned()),
        ]);
        let notes = notes(rng, &MENTORS.notes);
        Life { topics, asked_for, notes, texts, ..life }
    }

    /// What this person would not be asked for: nothing of their own work or topics.
    fn cannot(&mut self, rng: &mut StdRng, post: &Post, topics: &[&str]) -> &'static str {
        for _ in 0..20 {
            let said = self.cannot.deal(rng);
            let own = |it: &String| post.kind.starts_with(it.as_str()) || topics.contains(&it.as_str());
            if let Some((words, own_of)) = said.split_first()
                && !own_of.iter().any(own)
            {
                return words;
            }
        }
        "Very quick answers."
    }

    fn mentee(&mut self, rng: &mut StdRng, post: &Post, life: Life) -> Life {
        let (theme, place) = self.wanted.deal(rng);
        let role = post.role.to_lowercase();
        let article = if role.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
        let own = |text: &str| {
            let text = text.replace("{a_role}", &format!("{article} {role}"));
            text.replace("{role}", post.role).replace("{employer}", &post.employer)
        };
        // Most people need nothing, and say so by leaving the field empty.
        let needs = happens(rng, 7);
        let mut say = |name| self.mentees.get_mut(name).map_or("", |deck| deck.deal(rng));
        let texts = BTreeMap::from([
            ("me_why", joined(&[&theme.whys[place % theme.whys.len()], say("hopes")])),
            ("me_lead", say("lead").to_owned()),
            ("me_offer", say("offer").to_owned()),
            ("me_bio", joined(&[&own(say("bio")), say("lives")])),
            ("me_access", if needs { say("access").to_owned() } else { String::new() }),
        ]);
        let wishes = if happens(rng, 60) { 3 } else { 2 };
        let topics = topics(rng, theme, wishes);
        let goals: Vec<Goal> = topics.iter().filter_map(|topic| goal(topic, place)).collect();
        let of_topics = goals.iter().filter_map(|goal| super::texts::theme(goal.topic)).flat_map(|theme| &theme.notes);
        let notes = notes(rng, of_topics.chain(&MENTEES.notes));
        Life { topics, goals, notes, texts, ..life }
    }
}

fn goal(topic: &str, place: usize) -> Option<Goal> {
    let theme = super::texts::theme(topic)?;
    let [title, why, sign] = &theme.goals[place % theme.goals.len()];
    Some(Goal { topic: &theme.topic, title, why, sign })
}

/// A first topic and others besides.
fn topics(rng: &mut StdRng, first: &'static Theme, many: usize) -> Vec<&'static str> {
    let mut others: Vec<&'static str> =
        THEMES.iter().map(|theme| theme.topic.as_str()).filter(|topic| *topic != first.topic).collect();
    others.shuffle(rng);
    std::iter::once(first.topic.as_str()).chain(others).take(many).collect()
}

fn notes(rng: &mut impl Rng, lines: impl IntoIterator<Item = &'static String>) -> Vec<&'static str> {
    let mut notes: Vec<&'static str> = lines.into_iter().map(String::as_str).collect();
    notes.shuffle(rng);
    notes
}

fn joined(sentences: &[&str]) -> String {
    let said: Vec<&str> = sentences.iter().copied().filter(|it| !it.is_empty()).collect();
    said.join(" ")
}
